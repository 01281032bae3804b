"""Banks as tables, Excel or CSV: columns 题目, 题型, 选项A …, 正确答案, 解析, in any order."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from coursekit.errors import InputError
from coursekit.quiz.formats.answers import (
    blank_answer,
    choice_answer,
    count_blanks,
    short_answer,
    truth_answer,
    truth_options,
)
from coursekit.quiz.formats.marks import RIGHT_HERE, half, is_field, letters, show, truth, type_of
from coursekit.quiz.formats.model import (
    INDEFINITE,
    Answer,
    Doubt,
    ImportedItem,
    ImportResult,
    ItemType,
    Reject,
    check_item,
)
from coursekit.quiz.formats.options import split_options

_STEM = {
    "题目",
    "题干",
    "试题",
    "试题内容",
    "题目内容",
    "试题题干",
    "题干内容",
    "问题",
    "question",
    "stem",
    "试题题目",
}
_TYPE = {"题型", "类型", "题目类型", "试题类型", "type", "questiontype"}
_ANSWER = {"答案", "正确答案", "标准答案", "参考答案", "answer", "correctanswer", "key"}
_EXPLAIN = {"解析", "答案解析", "试题解析", "题目解析", "explanation", "说明"}
_OPTIONS = {"选项", "备选项", "选项内容", "试题选项", "options", "备选答案"}
_OPTION = re.compile(r"^(?:选项|答案选项|备选答案|option)?[(\s]*([a-z]|\d{1,2})[)\s]*(?:选项)?$")
_DATE_LIKE = (datetime, date, time)

_MAX_UNPACKED = 100_000_000
Row = tuple[int, list[Any]]


def looks_like(text: str) -> bool:
    """Whether one of the first lines is a header with a stem column and an answer column."""
    for line in text.split("\n")[:10]:
        for separator in (",", "\t", ";"):
            names = {_name(cell) for cell in line.split(separator)}
            if names & _STEM and names & _ANSWER:
                return True
    return False


def read_csv(text: str) -> ImportResult:
    """Items of a CSV text (comma, tab or semicolon); `line` is the physical line where the row starts."""
    header = next(line for line in text.split("\n") if looks_like(line))
    separator = max((",", "\t", ";"), key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    begin = 1
    try:
        for row in reader:
            rows.append((begin, list(row)))
            begin = reader.line_num + 1
    except csv.Error:
        broken = Reject(
            begin, "这一行的引号不成对，后面读不下去", "\n".join(text.split("\n")[begin - 1 :][:5])
        )
        result = _read_rows(rows, "csv")
        return ImportResult("csv", result.items, (*result.rejects, broken))
    return _read_rows(rows, "csv")


def read_xlsx(data: bytes, where: str) -> ImportResult:
    """Items of every sheet of an Excel file that has a header with stem and answer.

    Raises
    ------
    InputError
        If the file is no Excel file, or no sheet has such a header.
    """
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > _MAX_UNPACKED:
            expected = f"展开后不超过 {_MAX_UNPACKED // 1_000_000} MB 的 Excel 文件"
            raise InputError(where, expected, f"{size // 1_000_000} MB", "请把题库拆成几个文件。")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except InputError:
        raise
    except Exception:  # openpyxl raises whatever it stumbles over
        raise InputError(where, "Excel 文件(.xlsx)", "打不开", "请用 Excel 另存为 .xlsx 再导入。") from None
    results = []
    for sheet in book.worksheets:
        rows: list[Row] = []
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            rows.append((number, [_excel_value(cell) for cell in cells]))
        if not has_header([row for _, row in rows]):
            continue
        if sheet.sheet_state != "visible":
            hidden = Reject(1, "隐藏的工作表没有读；要读就先取消隐藏", str(sheet.title))
            results.append(ImportResult("xlsx", (), (hidden,)))
            continue
        _spread_types(rows, sheet.merged_cells.ranges)
        results.append(_read_rows(rows, "xlsx"))
    if not results:
        raise InputError(
            where,
            "表头里有“题目”和“正确答案”的工作表",
            "没有这样的工作表",
            "请对照 quiz export 导出的样子改表头。",
        )
    items = tuple(item for result in results for item in result.items)
    return ImportResult("xlsx", items, tuple(reject for result in results for reject in result.rejects))


def has_header(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether one of the first rows names a stem column and an answer column."""
    return any(_header(list(row)) for row in rows[:10])


def read_table(rows: list[Row]) -> ImportResult:
    """Items of a table whose rows carry the line they stand on."""
    return _read_rows(rows, "table")


def _spread_types(rows: list[Row], merged: Iterable[Any]) -> None:
    """A type written once in a merged cell holds for all its rows."""
    header = next((found for _, row in rows[:10] if (found := _header(row))), {})
    place = header.get("type")
    for area in merged:
        if place is None or area.min_col != place + 1 or area.max_col != place + 1:
            continue
        for _, row in rows[area.min_row : area.max_row]:
            row[place] = rows[area.min_row - 1][1][place]


def _excel_value(cell: Any) -> Any:
    value = cell.value
    if (
        isinstance(value, float | int)
        and not isinstance(value, bool)
        and "%" in str(cell.number_format or "")
    ):
        return f"{round(value * 100, 10):.10g}%"
    return value


def _name(cell: Any) -> str:
    return re.sub(r"[\s*(必填)选填:]", "", half(str(cell if cell is not None else "")).lower()).strip('"')


def _header(row: list[Any]) -> dict[str, Any] | None:
    columns: dict[str, Any] = {"options": {}}
    for place, cell in enumerate(row):
        name = half(str(cell if cell is not None else "")).strip().lower()
        name = re.sub(r"\((?:必填|选填|可选)\)|[*:\s]", "", name)
        for field, words in (("stem", _STEM), ("type", _TYPE), ("answer", _ANSWER), ("explain", _EXPLAIN)):
            if name in words:
                columns.setdefault(field, place)
        if name in _OPTIONS:
            columns["all"] = place
        match = _OPTION.match(name)
        if match and name not in _ANSWER:
            index = ord(match[1]) - 97 if match[1].isalpha() else int(match[1]) - 1
            columns["options"].setdefault(index, place)
    return columns if "stem" in columns and "answer" in columns else None


def _read_rows(rows: list[Row], dialect: str) -> ImportResult:
    items: list[ImportedItem] = []
    rejects: list[Reject] = []
    columns: dict[str, Any] | None = None
    for number, row in rows:
        if not any(_filled(cell) for cell in row):
            continue
        if columns is None:
            columns = _header(row)
            continue
        try:
            item = _item(number, row, columns)
            if item is not None:
                items.append(check_item(item))
        except Doubt as doubt:
            text = " | ".join(str(cell).strip() for cell in row if _filled(cell))
            rejects.append(Reject(number, doubt.reason, text))
    return ImportResult(dialect, tuple(items), tuple(rejects))


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _text(row: list[Any], place: int | None) -> str:
    if place is None or place >= len(row) or row[place] is None:
        return ""
    value = row[place]
    if isinstance(value, _DATE_LIKE):
        raise Doubt("有一格被 Excel 变成了日期，请把单元格改成文本再填")
    if isinstance(value, bool):
        return "正确" if value else "错误"
    if isinstance(value, float):
        return f"{value:.10g}"
    text = str(value).strip()
    if text.startswith("#") and text.rstrip("!?").isupper():
        raise Doubt("有一格是 Excel 的错误值")
    return text


def _item(number: int, row: list[Any], columns: dict[str, Any]) -> ImportedItem | None:
    stem = show(_text(row, columns["stem"]))
    answer = _text(row, columns["answer"])
    type_word = _text(row, columns.get("type"))
    kind = type_of(re.sub(r"[\[\]【】()]", "", half(type_word))) if type_word else None
    kind = {"single": "single", "multiple": "multiple", "true_false": "true_false"}.get(
        type_word.lower(), kind
    )
    if type_word.lower() in ("blank", "short"):
        kind = type_word.lower()
    if is_field(stem) and not answer:
        return None
    if not stem:
        raise Doubt("题干是空的")
    if kind == "unsupported":
        raise Doubt("这种题型不能导入（只收单选、多选、判断、填空、简答）")
    options = _row_options(row, columns)
    explanation = _text(row, columns.get("explain"))
    if not answer:
        raise Doubt("没有答案")
    return _build(number, kind, stem, options, answer, explanation)


def _row_options(row: list[Any], columns: dict[str, Any]) -> tuple[str, ...]:
    if "all" in columns and _text(row, columns["all"]):
        return _cell_options(_text(row, columns["all"]))
    places = columns["options"]
    texts = [show(_text(row, places.get(index))) for index in range(max(places, default=-1) + 1)]
    while texts and not texts[-1]:
        texts.pop()
    if any(not text for text in texts):
        raise Doubt("中间有一个选项是空的")
    stripped = [re.sub(r"^([A-Z])\s*[.、:)]\s*", "", half(text)[:4]) for text in texts]
    lettered = [re.match(r"^([A-Z])\s*[.、:)]\s*\S", half(text)) for text in texts]
    if texts and all(m and m[1] == chr(65 + i) for i, m in enumerate(lettered)) and stripped:
        texts = [text[re.match(r"^[A-Z]\s*[.、:)]\s*", half(text)).end() :] for text in texts]  # type: ignore[union-attr]
    if any(RIGHT_HERE.search(half(text)) for text in texts):
        raise Doubt("选项里写着“正确答案”，又另有答案一列")
    return tuple(texts)


def _cell_options(text: str) -> tuple[str, ...]:
    found = split_options(text)
    if found is not None:
        if half(text[: found.start]).strip():
            raise Doubt("“选项”一格里，第一个选项前面有别的文字")
        if found.marked:
            raise Doubt("选项里写着“正确答案”，又另有答案一列")
        return _without_separators(found.texts)
    for separator in ("\n", "|", "$;$", ";"):
        parts = [
            show(part) for part in text.replace("｜", "|").replace("；", ";").split(separator) if part.strip()
        ]
        if len(parts) > 1:
            return tuple(parts)
    raise Doubt("“选项”一格分不成几个选项")


def _without_separators(texts: tuple[str, ...]) -> tuple[str, ...]:
    """`A.甲|B.乙|C.丙`: what sets the options apart is no part of them."""
    if all(half(text).endswith("|") for text in texts[:-1]):
        return tuple(text.rstrip("|｜ ") for text in texts)
    if any("|" in half(text) for text in texts):
        raise Doubt("“选项”一格里有“|”，不能确定选项从哪里分开")
    return texts


def _build(
    number: int, kind: str | None, stem: str, options: tuple[str, ...], raw: str, explanation: str
) -> ImportedItem:
    kind = kind if kind not in (None, "choice") else _infer(stem, options, raw)
    answer: Answer
    indefinite = kind == "indefinite"
    kind = "multiple" if indefinite else kind
    if kind in ("single", "multiple"):
        if not options:
            raise Doubt("没有选项")
        answer = choice_answer(raw, options)
    elif kind == "true_false":
        if options and truth_options(options) is None:
            raise Doubt("判断题的两个选项不是一对一错")
        answer, options = truth_answer(raw, options), ()
    else:
        if options:
            raise Doubt("填空题或简答题里出现了选项")
        answer = blank_answer(raw, count_blanks(stem)) if kind == "blank" else short_answer(raw)
    kept: ItemType = kind  # type: ignore[assignment]
    note = INDEFINITE if indefinite and len(str(answer)) == 3 else ""
    return ImportedItem(kept, stem, options, answer, number, explanation, note)


def _infer(stem: str, options: tuple[str, ...], raw: str) -> str:
    if options:
        if truth_options(options) is not None:
            return "true_false"
        return "multiple" if len(choice_answer(raw, options)) > 1 else "single"
    if truth(raw) is not None:
        return "true_false"
    if letters(raw) is not None:
        raise Doubt("答案是字母，却没有选项")
    if count_blanks(stem):
        return "blank"
    raise Doubt("题型不明：没有题型，题干里没有空格")
