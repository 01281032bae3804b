"""The levels report as an Excel file: one sheet for each figure, with the rows behind it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from coursekit.certification.overview import Overview

_WIDE = {"为什么", "说明", "复评还差", "留意"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_workbook(overview: Overview, path: Path) -> Path:
    """Write the tables of `overview`; text that Excel would take for a formula stays text."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    bold, fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
    for name, table in overview.tables().items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(table.columns, 1):
            width = 48 if column in _WIDE else max(10, 2 * len(str(column)) + 4)
            sheet.column_dimensions[get_column_letter(number)].width = width
        head = []
        for column in table.columns:
            cell = openpyxl.cell.WriteOnlyCell(sheet, str(column))
            cell.font, cell.fill, cell.alignment = bold, fill, Alignment(vertical="center")
            head.append(cell)
        sheet.append(head)
        for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
            sheet.append([_safe(sheet, value) for value in row])
        if len(table):
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    book.save(part)
    part.replace(path)
    return path


def _safe(sheet: Any, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    return value
