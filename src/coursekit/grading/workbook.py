"""Tables to one Excel file, a sheet each; text that Excel would take for a formula stays text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from coursekit.grading.store import write_bytes

_WIDE = 48
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> Path:
    """Write `tables` (sheet name -> table) to `path`, whole or not at all."""
    import openpyxl
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.columns, start=1):
            longest = max([len(str(column)) * 2, *(_width(value) for value in table[column])])
            sheet.column_dimensions[get_column_letter(number)].width = min(_WIDE, longest + 2)
        sheet.append(
            [
                _head(sheet, str(column), Font(bold=True), PatternFill("solid", fgColor="DDE6EE"))
                for column in table.columns
            ]
        )
        for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
            sheet.append(
                [_safe(sheet, column, value) for column, value in zip(table.columns, row, strict=True)]
            )
        if len(table):
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"
    out = io.BytesIO()
    book.save(out)
    write_bytes(path, out.getvalue())
    return path


def _head(sheet: Any, text: str, font: Any, fill: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = font, fill
    return cell


def _width(value: object) -> int:
    return sum(2 if ord(letter) > 255 else 1 for letter in str(value)) if value is not None else 0


def _safe(sheet: Any, column: object, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    if column == "得分率" and isinstance(value, float):
        cell = WriteOnlyCell(sheet, round(value, 4))
        cell.number_format = "0%"
        return cell
    return value
