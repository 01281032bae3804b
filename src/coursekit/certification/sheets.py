"""Tables as HR keeps them: Excel or CSV, Chinese headings, ids with leading zeros, a title row on top."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from coursekit.errors import InputError

MAX_BYTES = 50_000_000
MAX_UNPACKED = 400_000_000
MAX_ROWS = 200_000
_HEADER_SEARCH = 10
_SUMMARY = re.compile(r"^(合计|总计|小计|平均|平均值|备注|说明|制表.*|填表.*)[::]?.*$")
_EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}

# Words a company may put over a column -> our name of it.
HEADINGS: dict[str, tuple[str, ...]] = {
    "staff_id": ("工号", "员工编号", "员工号", "人员编号", "职工号", "员工工号", "编号", "学号", "staff_id"),
    "name": ("姓名", "员工姓名", "名字"),
    "unit": ("部门", "单位", "所属部门", "所属单位", "营销部", "服务部", "片区"),
    "trainer": ("培训师", "带教老师", "带教人", "师傅", "责任培训师"),
    "contact": ("联系方式", "联系电话", "电话", "手机", "手机号"),
    "post_since": ("入岗日期", "上岗日期", "到岗日期", "任职日期", "入岗时间", "上岗时间"),
    "status": ("状态", "在岗状态", "人员状态"),
    "left_on": ("离岗日期", "离职日期", "调离日期", "调出日期"),
    "level": ("等级", "现等级", "客户经理等级", "试卷等级", "报考等级", "当前等级"),
    "level_since": ("取得日期", "等级取得日期", "评定日期", "现等级起始日"),
    "level_until": ("有效期至", "等级到期日", "到期日期", "到期日"),
    "on": ("日期", "考试日期", "考核日期", "发生日期", "评审日期"),
    "paper": ("试卷编号", "试卷", "考试名称", "项目"),
    "theory": ("理论成绩", "理论", "理论分"),
    "skill": ("技能成绩", "技能", "技能分"),
    "refresher": ("复习测试", "复习测试成绩", "年度复习成绩"),
    "appraisal": ("年度考核", "考核等次", "年度考核结果"),
    "onboarding": ("岗前培训", "岗前培训完成"),
    "guidance_case": ("指导案例", "通过的指导案例"),
    "red_line": ("红线", "红线事项", "违规事项"),
    "vocational": ("职业技能等级", "职业资格", "职业资格证书", "技能等级证书"),
    "period": ("考核期", "期间", "考核周期", "季度", "月份"),
}
_BY_HEADING = {heading: name for name, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class SheetRow:
    """One row: where it stands, and its cells as plain text by our name of the column."""

    where: str
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        """Cell text, empty when the column or the value is missing."""
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Sheet:
    """A table: known columns by our names, the others by their own heading."""

    path: Path
    columns: tuple[str, ...]
    others: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def plain(text: str) -> str:
    """Text without full-width forms and outer blanks."""
    return unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "").strip()


def read_sheet(path: Path, needed: Sequence[str] = ("staff_id",)) -> Sheet:
    """First table of an Excel or CSV file.

    Parameters
    ----------
    path : Path
        `.xlsx`, `.xlsm` or `.csv`.
    needed : sequence of str
        Columns (our names) that must be there; the heading row is found by them.

    Raises
    ------
    InputError
        If the file cannot be read, is too large, or lacks a needed column.
    """
    lines = _lines(path)
    for number, line in enumerate(lines[:_HEADER_SEARCH]):
        names = [_BY_HEADING.get(re.sub(r"\s", "", cell), cell) for cell in line]
        if all(name in names for name in needed):
            return _sheet(path, lines, number, names)
    expected = "表头里有" + "、".join(f"「{HEADINGS[name][0]}」" for name in needed)
    got = "、".join(cell for cell in lines[0] if cell)[:80] if lines else "空表"
    raise InputError(str(path), expected, got or "空行", "请看样表的表头。")


def _sheet(path: Path, lines: list[list[str]], header: int, names: list[str]) -> Sheet:
    doubles = sorted({name for name in names if name and names.count(name) > 1})
    if doubles:
        raise InputError(str(path), "每一列的表头各不相同", f"重复的列：{'、'.join(doubles)}")
    rows = []
    first = names.index("staff_id") if "staff_id" in names else 0
    for number, line in enumerate(lines[header + 1 :], header + 2):
        if not any(line) or _SUMMARY.match(line[first] if first < len(line) else ""):
            continue
        cells = {name: cell for name, cell in zip(names, line, strict=False) if name}
        rows.append(SheetRow(f"{path.name} 第 {number} 行", cells))
    known = tuple(name for name in names if name in HEADINGS)
    others = tuple(name for name in names if name and name not in HEADINGS)
    return Sheet(path, known, others, tuple(rows))


def _lines(path: Path) -> list[list[str]]:
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
        return _excel_lines(path, data)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError(str(path), ".xlsx 文件", "旧的 .xls 文件", "请另存为 .xlsx。")
    return _csv_lines(path, data)


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
        raise InputError(str(path), "完整的 CSV 文件", f"格式坏了（{error}）") from error
    if len(lines) > MAX_ROWS:
        raise InputError(str(path), f"不超过 {MAX_ROWS} 行", f"{len(lines)} 行")
    return [[_unquoted(plain(cell)) for cell in line] for line in lines]


def _unquoted(cell: str) -> str:
    """Excel's way to keep leading zeros in CSV: ="0012" or '0012."""
    match = re.fullmatch(r'="(.*)"|\'(\w+)', cell)
    return (match.group(1) or match.group(2) or "") if match else cell


def _excel_lines(path: Path, data: bytes) -> list[list[str]]:
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
            sheet = book.worksheets[0]
            lines = []
            for row in sheet.iter_rows():
                lines.append([_cell_text(cell) for cell in row])
                if len(lines) > MAX_ROWS:
                    raise InputError(str(path), f"不超过 {MAX_ROWS} 行", "更多的行")
            book.close()
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise InputError(str(path), "完整的 .xlsx 文件", "打不开或不完整", "请重新导出一份。") from error
    return lines


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
        return _number_text(float(value), style)
    return plain(str(value))


def _number_text(value: float, style: str) -> str:
    if "%" in style:
        return f"{round(value * 100, 10):g}%"
    if value.is_integer():
        width = len(style) if re.fullmatch("0+", style) else 0  # a format like 00000 shows leading zeros
        return f"{int(value):0{width}d}"
    return repr(value)


def parse_day(text: str) -> date | None:
    """A date as people write it: 2026-3-1, 2026/3/1, 2026.3.1, 2026年3月1日, 20260301; None if it is none."""
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d.*)?", text) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", text
    )
    if match is None:
        return None
    try:
        return date(*(int(group) for group in match.groups()))
    except ValueError:
        return None


def parse_number(text: str) -> tuple[float, bool] | None:
    """A finite number and whether it carried a percent sign; None if it is none."""
    match = re.fullmatch(r"([-+]?\d{1,9}(?:\.\d{1,12})?)(%?)分?", text.replace(",", ""))
    return (float(match.group(1)), bool(match.group(2))) if match else None


def is_error(text: str) -> bool:
    """Whether Excel could not compute the cell."""
    return text in _EXCEL_ERRORS
