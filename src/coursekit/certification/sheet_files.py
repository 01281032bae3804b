"""Tables out of the files HR sends: Excel or CSV, any of the usual encodings, cells as plain text."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from coursekit.errors import InputError, unreadable

Lines = list[list[str]]

MAX_BYTES = 50_000_000
MAX_UNPACKED = 400_000_000
MAX_ROWS = 200_000
_TAIL = 2_000_000
_DIGITS_KEPT = 1e15  # Excel keeps fifteen digits of a number; what looks like more is made up
_MERGED = re.compile(rb'mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


def plain(text: str) -> str:
    """Text without full-width forms and outer blanks."""
    return unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "").strip()


def read_tables(path: Path) -> Iterator[tuple[str, Lines]]:
    """Title and rows of each table in an Excel or CSV file, one after the other.

    Raises
    ------
    InputError
        If the file cannot be read, is too large, or is something else.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(str(path), f"不超过 {MAX_BYTES // 1_000_000} MB 的表", f"{size // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            str(path), "Excel 或 CSV 文件", "打不开", "检查路径，并关掉正在用它的程序。"
        ) from error
    if not data.strip():
        raise InputError(str(path), "Excel 或 CSV 文件", "空文件")
    if data[:2] == b"PK":
        yield from _excel_tables(path, data)
        return
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError(str(path), ".xlsx 文件", "旧的 .xls 文件", "请另存为 .xlsx。")
    yield "", _csv_lines(path, data)


def _csv_lines(path: Path, data: bytes) -> list[list[str]]:
    if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(str(path), "Excel 或 CSV 文件", "二进制文件")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            break
    else:
        raise InputError(str(path), "UTF-8 或 GBK 文字", "认不出的编码", "请另存为 UTF-8 的 CSV。")
    separator = "\t" if text.count("\t") > text.count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(str(path), "完整的 CSV 文件", f"格式坏了（{unreadable(error)}）") from error
    if len(lines) > MAX_ROWS:
        raise InputError(str(path), f"不超过 {MAX_ROWS} 行", f"{len(lines)} 行")
    return [[_unquoted(plain(cell)) for cell in line] for line in lines]


def _unquoted(cell: str) -> str:
    """Excel's way to keep leading zeros in CSV: ="0012" or '0012."""
    match = re.fullmatch(r'="(.*)"|\'(\w+)', cell)
    return (match.group(1) or match.group(2) or "") if match else cell


def _excel_tables(path: Path, data: bytes) -> Iterator[tuple[str, Lines]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > MAX_UNPACKED:
            expected = f"展开后不超过 {MAX_UNPACKED // 1_000_000} MB 的表"
            raise InputError(str(path), expected, f"{size // 1_000_000} MB", "请只留要用的那一张表。")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns about styles that mean nothing here
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=True)
            for sheet in book.worksheets:
                yield sheet.title, _rows(path, sheet, data)
            book.close()
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise InputError(str(path), "完整的 .xlsx 文件", "打不开或不完整", "请重新导出一份。") from error


def _rows(path: Path, sheet: Any, data: bytes) -> Lines:
    lines: Lines = []
    for row in sheet.iter_rows():
        lines.append([_cell_text(cell) for cell in row])
        if len(lines) > MAX_ROWS:
            raise InputError(str(path), f"不超过 {MAX_ROWS} 行", "更多的行")
    for column, first, last in _merged(data, str(getattr(sheet, "_worksheet_path", ""))):
        for line in lines[first:last]:
            top = lines[first - 1]
            if column < len(top) and column < len(line) and not line[column]:
                line[column] = top[column]
    return lines


def _merged(data: bytes, part: str) -> Iterator[tuple[int, int, int]]:
    """Cells merged downwards: column from 0, first and last row from 1. Their list ends the sheet's XML."""
    from openpyxl.utils import column_index_from_string

    tail = b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(part) as stream:
        while chunk := stream.read(_TAIL):
            tail = (tail + chunk)[-_TAIL:]
    for match in _MERGED.finditer(tail):
        left, first, _right, last = (group.decode() for group in match.groups())
        if int(last) > int(first):
            yield column_index_from_string(left) - 1, int(first), int(last)


def _cell_text(cell: Any) -> str:
    value, style = cell.value, str(getattr(cell, "number_format", "") or "")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number_text(value, style)
    return plain(str(value))


def _number_text(value: float, style: str) -> str:
    if "%" in style:
        return f"{round(value * 100, 10):g}%"
    if abs(value) >= _DIGITS_KEPT:
        return f"{value:.5E}"
    if isinstance(value, int) or value.is_integer():
        width = len(style) if re.fullmatch("0+", style) else 0  # a format like 00000 shows leading zeros
        return f"{int(value):0{width}d}"
    return repr(value)
