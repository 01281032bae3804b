"""Tables as HR keeps them: Excel or CSV, Chinese headings, ids with leading zeros, a title row on top."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coursekit.certification.sheet_files import Lines, read_tables
from coursekit.errors import InputError

_HEADER_SEARCH = 30
_SUMMARY = re.compile(r"^(合计|总计|小计|平均|平均值|备注|说明|注|制表.*|填表.*)([::].*)?$")
_WHOLE = re.compile(r"(\d+)\.0+")  # an id that went through a number cell
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
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


def read_sheet(path: Path, needed: Sequence[str] = ("staff_id",)) -> Sheet:
    """First table of an Excel or CSV file that has the needed columns.

    Headings may stand below a title, in two rows, and on a later sheet of the file.

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
    first: list[str] | None = None
    for number, (title, lines) in enumerate(read_tables(path)):
        first = next((line for line in lines if any(line)), []) if first is None else first
        for at in range(min(len(lines), _HEADER_SEARCH)):
            found = _headings(lines, at, needed)
            if found is not None:
                names, begin = found
                return _sheet(path, title if number else "", lines[begin:], (names, begin))
    expected = "表头里有" + "、".join(f"「{HEADINGS[name][0]}」" for name in needed)
    got = "、".join(re.sub(r"\s+", "", cell) for cell in first or () if cell)[:80]
    raise InputError(str(path), expected, got or "空表", "请看样表的表头。")


def _headings(lines: Lines, at: int, needed: Sequence[str]) -> tuple[list[str], int] | None:
    """Our names of the columns when row `at` is a heading row, alone or with the one below; where data begin."""
    upper = lines[at]
    names = [_name(cell) for cell in upper]
    lower = lines[at + 1] if at + 1 < len(lines) else []
    below = [_name(cell) for cell in lower]
    both = [
        _name(lower[place]) if place < len(lower) and lower[place] else _name(cell)
        for place, cell in enumerate(upper + [""] * (len(lower) - len(upper)))
    ]
    alone = all(name in names for name in needed)
    if alone and not _continues(names, below):
        return names, at + 1
    if all(name in both for name in needed) and (alone or not all(name in below for name in needed)):
        return both, at + 2
    return None


def _continues(names: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below a heading row is its second half: headings, and none of a person's own cells."""
    words = [name for name in below if name]
    place = names.index("staff_id") if "staff_id" in names else 0
    own = below[place] if place < len(below) else ""
    return bool(words) and own in ("", names[place]) and any(word in HEADINGS for word in words)


def _name(cell: str) -> str:
    """Our name of a heading: blanks, a star and a remark in brackets do not count."""
    bare = re.sub(r"\s|^[*]+|[*]+$", "", cell)
    return _BY_HEADING.get(bare) or _BY_HEADING.get(re.sub(r"\([^()]*\)$", "", bare)) or cell


def _sheet(path: Path, title: str, lines: Lines, heading: tuple[list[str], int]) -> Sheet:
    names, begin = heading
    doubles = sorted({name for name in names if name and names.count(name) > 1})
    if doubles:
        shown = "、".join(HEADINGS.get(name, (name,))[0] for name in doubles)
        raise InputError(str(path), "每一列的表头各不相同", f"重复的列：{shown}")
    where = f"{path.name}「{title}」" if title else path.name
    rows = []
    for number, line in enumerate(lines, begin + 1):
        if not any(line) or _SUMMARY.match(next(cell for cell in line if cell)):
            continue
        cells = {name: cell for name, cell in zip(names, line, strict=False) if name}
        if "staff_id" in cells:
            cells["staff_id"] = _staff_id(path, cells["staff_id"])
            if _SUMMARY.match(cells["staff_id"]):
                continue
        rows.append(SheetRow(f"{where} 第 {number} 行", cells))
    known = tuple(name for name in names if name in HEADINGS)
    others = tuple(name for name in names if name and name not in HEADINGS)
    if rows and "staff_id" in known and not any(row.get("staff_id") for row in rows):
        todo = "工号若是公式算的，用 Excel 打开、保存一次再导入。"
        raise InputError(where, "工号那一列有工号", "整列都是空的", todo)
    return Sheet(path, known, others, tuple(rows))


def _staff_id(path: Path, text: str) -> str:
    """The id as it was before a number cell got at it."""
    if _SCIENTIFIC.fullmatch(text):
        todo = "Excel 已经丢了后面的数字，请把这一列设成文本，重新填。"
        raise InputError(f"{path.name} 的工号", "完整的工号", text, todo)
    whole = _WHOLE.fullmatch(text)
    return whole.group(1) if whole else "".join(text.split())


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
