"""Items as a table: the Excel file that other tools, and our own importer, take."""

from __future__ import annotations

import io
from collections.abc import Iterable

from coursekit.quiz.formats.model import ImportedItem


def rows(items: Iterable[ImportedItem]) -> list[list[str]]:
    """Header and one row an item, as `read_csv` and `read_xlsx` take them."""
    names = {
        "single": "单选题",
        "multiple": "多选题",
        "true_false": "判断题",
        "blank": "填空题",
        "short": "简答题",
    }
    kept = list(items)
    width = max([len(item.options) for item in kept] + [4])
    table = [["题型", "题目", *[f"选项{chr(65 + i)}" for i in range(width)], "正确答案", "解析"]]
    for item in kept:
        options = [*item.options, *[""] * (width - len(item.options))]
        table.append([names[item.type], item.stem, *options, answer_text(item), item.explanation])
    return table


def answer_text(item: ImportedItem) -> str:
    """The answer in the words of Chinese banks: letters, 正确/错误, blanks set apart by `|`."""
    answer = item.answer
    if isinstance(answer, bool):
        return "正确" if answer else "错误"
    if item.type in ("single", "multiple"):
        return ",".join(chr(65 + int(str(index))) for index in answer)
    if item.type == "blank":
        return "|".join(";".join(blank) for blank in answer if isinstance(blank, list))
    return ";".join(str(phrase) for phrase in answer)


def write_xlsx(items: Iterable[ImportedItem]) -> bytes:
    """An Excel file with every cell as text, so that Excel turns nothing into a date."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = "题库"
    for row in rows(items):
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.number_format = "@"
            cell.data_type = "s" if cell.value is not None else cell.data_type
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
