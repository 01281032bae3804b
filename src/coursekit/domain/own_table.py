"""Read a learner's own export (CSV or Excel, Chinese headers) as one of the course's tables."""

from __future__ import annotations

import csv
import io
import unicodedata
import warnings
import zipfile
from pathlib import Path

import pandas as pd

from coursekit.domain import catalogue
from coursekit.domain.catalogue import Column, Table
from coursekit.domain.columns import convert
from coursekit.errors import InputError, unreadable

_UNITS = {"条", "箱", "件", "包", "盒", "支", "万支", "元", "千元", "万元"}
LARGEST_BYTES = 20_000_000
LARGEST_ROWS = 200_000
LARGEST_UNPACKED = 300_000_000


def read_own(path: str | Path, name: str) -> pd.DataFrame:
    """Read a learner's own export.

    Parameters
    ----------
    path : str or Path
        A `.csv` (UTF-8, UTF-16 or GBK) or `.xlsx` file whose first row holds the headers.
    name : str
        The table of the course it stands for; headers are mapped by the catalogue, which also says
        what an own export need not have or may have besides.

    Returns
    -------
    DataFrame
        Columns named and typed as in the catalogue. Headers that stand for no column are left out,
        named in a warning and in `attrs["unmapped"]`.

    Raises
    ------
    InputError
        If the file cannot be read, a needed column is missing or doubled (all are named), or a
        value is not of its type.
    """
    if not isinstance(path, str | Path):
        raise InputError("文件", "一个 CSV 或 Excel 文件的路径", repr(path)[:80])
    file, table = Path(path), catalogue.table(name).own
    _size(file)
    rows = _excel(file) if file.suffix.lower() in (".xlsx", ".xlsm") else _separated(file)
    numbered = [(line, row) for line, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    lines, rows = [line for line, _ in numbered], [row for _, row in numbered]
    if len(rows) < 2:
        raise InputError(file.name, "一行表头，下面至少一行数据", f"{len(rows)} 行有内容")
    if len(rows) > LARGEST_ROWS:
        raise InputError(file.name, f"最多 {LARGEST_ROWS} 行", f"{len(rows)} 行", "请先按线路或月份拆开。")
    mapped, unmapped = _headers(file.name, rows[0], table)
    width = len(rows[0])
    for line, row in zip(lines[1:], rows[1:], strict=True):
        if len(row) != width:
            raise InputError(
                f"{file.name} 第 {line} 行",
                f"{width} 格",
                f"{len(row)} 格",
                "文件可能没有存完，或格子里多了逗号；请重新导出。",
            )
    frame = pd.DataFrame(
        {column: [row[at] for row in rows[1:]] for column, at in mapped.items()}, index=lines[1:], dtype=str
    )
    result = convert(frame, table, where=file.name, strict=not table.raw)
    result.attrs["unmapped"] = unmapped
    if unmapped:
        warnings.warn(f"{file.name} 里这些列在课程里没有对应，没有读入：{'、'.join(unmapped)}", stacklevel=2)
    return result


def _size(file: Path) -> None:
    if not file.is_file():
        raise InputError(str(file), "一个 CSV 或 Excel 文件", "没有这个文件", "请看看文件名和文件夹。")
    size = file.stat().st_size
    if size == 0:
        raise InputError(file.name, "有内容的文件", "0 个字节", "请重新导出。")
    if size > LARGEST_BYTES:
        raise InputError(
            file.name,
            f"不超过 {LARGEST_BYTES // 1_000_000} MB",
            f"{size / 1_000_000:.0f} MB",
            "请先按线路或月份拆开。",
        )


def _excel(file: Path) -> list[list[str]]:
    refusal = InputError(
        file.name, "完整的 Excel 工作簿(.xlsx)", "打不开的文件", "请在 Excel 里另存一次再试。"
    )
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED:
                raise InputError(file.name, "正常大小的工作簿", "解开以后过大", "请只导出需要的那张表。")
        sheet = pd.read_excel(file, header=None, dtype=object, engine="openpyxl")
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise refusal from error
    return [[_cell(value) for value in row] for row in sheet.itertuples(index=False)]


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _separated(file: Path) -> list[list[str]]:
    text = _decoded(file)
    head = text.partition("\n")[0]
    separator = max(",\t;", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=None), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(
            file.name, "完整的 CSV", f"读到中间断了（{unreadable(error)}）", "文件可能没有存完；请重新导出。"
        ) from error


def _decoded(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(
            str(file), "能读的文件", f"读不出来({error.strerror})", "请看看文件是不是正被别的程序占着。"
        ) from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data or data[:4] in (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF"):
        raise InputError(
            file.name,
            "CSV 文字文件，或扩展名为 .xlsx 的工作簿",
            "二进制文件",
            "请在 Excel 里另存为 .xlsx 或 CSV。",
        )
    else:
        codings = ("utf-8-sig", "gb18030")
    for coding in codings:
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise InputError(file.name, "UTF-8 或 GBK 编码的文字", "两种都解不开", "请重新导出，编码选 UTF-8。")


def _plain(header: str) -> str:
    """Header without spaces, full-width forms, case and a unit in brackets."""
    text = unicodedata.normalize("NFKC", header).strip().lower().replace(" ", "")
    return text.split("(")[0] or text


def _other_unit(header: str, column: Column) -> bool:
    """Whether the brackets of a header name a unit of count or money that is not the column's."""
    unit = unicodedata.normalize("NFKC", header).partition("(")[2].strip(") ")
    return unit in _UNITS and column.unit in _UNITS and unit != column.unit


def _headers(where: str, headers: list[str], table: Table) -> tuple[dict[str, int], list[str]]:
    """Place of every column the file has, and the headers that stand for none."""
    known = {
        _plain(word): column for column in table.columns for word in (column.name, column.label, *column.also)
    }
    mapped: dict[str, int] = {}
    unmapped, doubled = [], []
    for at, header in enumerate(headers):
        column = known.get(_plain(header))
        if column is None or _other_unit(header, column):
            unmapped.append(header.strip() or f"第 {at + 1} 列（没有表头）")
        elif column.name in mapped:
            doubled.append(header.strip())
        else:
            mapped[column.name] = at
    if doubled:
        raise InputError(
            f"{where} 的表头", "每列只出现一次", f"重复的列：{'、'.join(doubled)}", "请删去多余的一列。"
        )
    missing = [c.label for c in table.columns if not c.optional and c.name not in mapped]
    if missing:
        rest = f"认不出的列：{'、'.join(unmapped)}" if unmapped else "没有认不出的列"
        raise InputError(
            f"{where} 的表头", f"有这些列：{'、'.join(missing)}", rest, "请把表头改成课程目录里的中文名。"
        )
    return mapped, unmapped
