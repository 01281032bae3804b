"""Tables to one Excel file, a sheet each; text that Excel would take for a formula stays text.

openpyxl makes the book: sheets, heads, styles, widths, filters. The rows are then streamed into it as
plain XML, since openpyxl takes longer to write a person's row than the kit to decide their level.
"""

from __future__ import annotations

import io
import math
import re
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from xml.sax.saxutils import escape

import pandas as pd

_WIDEST = 48  # characters; longer text is wrapped
_LOOKED_AT = 300  # rows that decide the width of a column
_MOST = 1_048_575  # rows a sheet takes below its heads
_LONGEST = 32_000  # characters a cell takes
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_END = b"</sheetData>"
_FIRST_DAY = date(1899, 12, 30).toordinal()
_SHARES = "得分率"
_KEPT_LEFT = ["工号", "姓名"]


class _Styles(NamedTuple):
    """Numbers of the cell styles in the book."""

    text: int
    wrapped: int
    day: int
    moment: int
    share: int


class Rows(Protocol):
    """A table that need not fit into memory; the first rows decide how wide a column is."""

    @property
    def columns(self) -> Sequence[str]:
        """Headings."""

    def __len__(self) -> int: ...

    def frame(self, first: int | None = None) -> pd.DataFrame:
        """The first rows."""

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """All rows."""


Table = pd.DataFrame | Rows


def write_workbook(tables: Mapping[str, Table], path: Path) -> Path:
    """Write `tables` (sheet name -> table) to `path`, whole or not at all.

    Dates become Excel dates, numbers numbers; all text is text, so that ids keep their zeros.
    """
    tables = {name: part for title, table in tables.items() for name, part in _sheets(title, table)}
    frame, styles = _frame(tables)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    sheets = {f"xl/worksheets/sheet{n}.xml": table for n, table in enumerate(tables.values(), 1)}
    try:
        with (
            zipfile.ZipFile(io.BytesIO(frame)) as source,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as target,
        ):
            for info in source.infolist():
                data = source.read(info)
                with target.open(info.filename, "w") as stream:
                    if info.filename in sheets:
                        head, data = data.split(_END)
                        stream.write(head)
                        for line in _lines(sheets[info.filename], styles):
                            stream.write(line.encode())
                        data = _END + data
                    stream.write(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


@dataclass(frozen=True)
class _Part:
    """Some rows of a table that is too long for one sheet."""

    table: Table
    start: int

    @property
    def columns(self) -> Sequence[str]:
        return [str(column) for column in self.table.columns]

    def __len__(self) -> int:
        return min(len(self.table) - self.start, _MOST)

    def frame(self, first: int | None = None) -> pd.DataFrame:
        return _beginning(self.table).head(_LOOKED_AT if first is None else first)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        return islice(_all_rows(self.table), self.start, self.start + _MOST)


def _sheets(title: str, table: Table) -> Iterator[tuple[str, Table]]:
    """The table, or its parts when it is longer than a sheet."""
    if len(table) <= _MOST:
        yield title, table
        return
    for number, start in enumerate(range(0, len(table), _MOST), 1):
        yield f"{title}（{number}）", _Part(table, start)


def _beginning(table: Table) -> pd.DataFrame:
    """The rows that decide how wide a column is."""
    return table.head(_LOOKED_AT) if isinstance(table, pd.DataFrame) else table.frame(_LOOKED_AT)


def _frame(tables: Mapping[str, Table]) -> tuple[bytes, _Styles]:
    """The book without its rows, and the styles for them."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    styles = _Styles(0, 0, 0, 0, 0)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "C2" if list(table.columns[:2]) == _KEPT_LEFT else "A2"
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
        first = _beginning(table)
        for number, column in enumerate(table.columns, start=1):
            cell = sheet.cell(1, number, str(column))
            cell.data_type = "s"
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
            sheet.column_dimensions[get_column_letter(number)].width = min(_width(column, first), _WIDEST)
        styles = _styles(sheet, Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True))
        if len(table):
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), styles


def _styles(sheet: Any, plain: Any, wrapped: Any) -> _Styles:
    from openpyxl.cell import Cell

    numbers = []
    forms = [("@", plain), ("@", wrapped), ("yyyy-mm-dd", plain), ("yyyy-mm-dd hh:mm", plain), ("0%", plain)]
    for form, alignment in forms:
        cell = Cell(sheet, 1, 1)
        cell.number_format, cell.alignment = form, alignment
        numbers.append(cell.style_id)
    return _Styles(*numbers)


def _width(column: object, table: pd.DataFrame) -> int:
    shown = [str(column), *(str(value) for value in table[column] if value is not None)]
    return 3 + max(sum(2 if ord(letter) > 255 else 1 for letter in text) for text in shown)


def _all_rows(table: Table) -> Iterator[tuple[Any, ...]]:
    if isinstance(table, pd.DataFrame):
        columns = [table.iloc[:, number].tolist() for number in range(len(table.columns))]
        return zip(*columns, strict=True)
    return table.rows()


def _lines(table: Table, styles: _Styles) -> Iterator[str]:
    """Rows of the sheet as XML."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(number) for number in range(1, len(table.columns) + 1)]
    first = _beginning(table)
    texts = [styles.wrapped if _width(column, first) > _WIDEST else styles.text for column in table.columns]
    shares = [column == _SHARES for column in table.columns]
    heads = list(zip(letters, texts, shares, strict=True))
    for number, row in enumerate(_all_rows(table), 2):
        yield f'<row r="{number}">{_cells(row, number, heads, styles)}</row>'


def _cells(row: Sequence[Any], number: int, heads: Sequence[tuple[str, int, bool]], styles: _Styles) -> str:
    found = []
    for value, (letter, text, share) in zip(row, heads, strict=True):
        place = f'r="{letter}{number}"'
        if isinstance(value, str):
            if value:
                found.append(f'<c {place} s="{text}" t="inlineStr"><is>{_text(value)}</is></c>')
        elif isinstance(value, bool):
            found.append(f'<c {place} t="b"><v>{value:d}</v></c>')
        elif isinstance(value, int | float):
            if math.isfinite(value):
                style = f' s="{styles.share}"' if share else ""
                found.append(f"<c {place}{style}><v>{round(value, 4) if share else value!r}</v></c>")
        elif isinstance(value, date) and not pd.isna(value):
            form = styles.moment if isinstance(value, datetime) else styles.day
            found.append(f'<c {place} s="{form}"><v>{_serial(value)!r}</v></c>')
        elif not pd.isna(value):
            found.append(f'<c {place} s="{text}" t="inlineStr"><is>{_text(str(value))}</is></c>')
    return "".join(found)


def _serial(value: date) -> int | float:
    """Days since Excel's first day."""
    days = value.toordinal() - _FIRST_DAY
    if isinstance(value, datetime):
        return days + (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return days


def _text(value: str) -> str:
    kept = escape(_UNWRITABLE.sub("", value)[:_LONGEST])
    return f'<t xml:space="preserve">{kept}</t>' if kept != kept.strip() or "\n" in kept else f"<t>{kept}</t>"
