"""Evidence from KPI sheets; volume and structure columns are refused aloud (document 293, S1-021)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coursekit.certification.evidence import Evidence
from coursekit.certification.indicators import refusal
from coursekit.certification.months import period_end
from coursekit.certification.policy import Indicator, LevelPolicy
from coursekit.certification.sheet_files import plain
from coursekit.certification.sheets import (
    Sheet,
    SheetRow,
    is_error,
    parse_day,
    parse_number,
    read_sheet,
)
from coursekit.errors import ContentError

_ABSENT = {"缺", "无", "未统计", "待统计", "—", "-", "/", "N/A"}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True)
class KpiSheet:
    """Pieces read, and what was left aside with the reason."""

    pieces: tuple[Evidence, ...]
    refused: tuple[str, ...]


def parse_period(text: str) -> date | None:
    """Last day of a quarter or month: 2026Q3, 2026年第三季度, 2026-09, 2026年9月, or a date in it.

    Examples
    --------
    >>> parse_period("2026年第三季度"), parse_period("2026-02")
    (datetime.date(2026, 9, 30), datetime.date(2026, 2, 28))
    """
    quarter = re.fullmatch(r"(\d{4})年?[-/ ]?(?:Q|q|第)?([一二三四1-4])(?:季度?)?", text)
    if quarter and re.search(r"[Qq季]", text):
        return period_end(int(quarter.group(1)), 3 * _QUARTERS[quarter.group(2)])
    month = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?", text)
    if month and 1 <= int(month.group(2)) <= 12:
        return period_end(int(month.group(1)), int(month.group(2)))
    day = parse_day(text)
    return period_end(day.year, day.month) if day else None


def read_kpi(path: Path, policy: LevelPolicy, sheet: Sheet | None = None) -> KpiSheet:
    """Performance evidence of a sheet with a row per person and period, a column per indicator.

    Raises
    ------
    InputError
        If the file cannot be read.
    ContentError
        With every faulty cell, or when the sheet has none of the policy's indicators.
    """
    sheet = sheet or read_sheet(path, ("staff_id", "period"))
    titles = {plain(str(indicator.title.value)): name for name, indicator in policy.indicators.items()}
    columns = {heading: titles.get(heading, heading) for heading in sheet.others}
    taken = {heading: name for heading, name in columns.items() if name in policy.indicators}
    refused = tuple(_aside(heading) for heading in sheet.others if heading not in taken)
    if not taken:
        wanted = "、".join(titles)
        faults = [f"没有一列是办法里的业绩指标（{wanted}）", *refused]
        raise ContentError(str(path), faults)
    pieces: list[Evidence] = []
    faults = []
    for row in sheet.rows:
        person, end = row.get("staff_id"), parse_period(row.get("period"))
        if not person:
            faults.append(f"{row.where}：没有工号")
            continue
        if end is None:
            faults.append(f"{row.where}：考核期要像 2026Q3 或 2026-09，看到的是「{row.get('period')}」")
            continue
        for heading, name in taken.items():
            found = _cell(row, heading, policy.indicators[name])
            if isinstance(found, str):
                faults.append(f"{row.where}：{heading}{found}")
            else:
                reason = "" if found is not None else f"表里是「{row.get(heading) or '空'}」"
                pieces.append(
                    Evidence(person, "performance", name, end, found, reason=reason, source=row.where)
                )
    if faults:
        raise ContentError(str(path), faults)
    return KpiSheet(tuple(pieces), refused)


def _aside(heading: str) -> str:
    return refusal(heading) or f"「{heading}」不在办法的指标里，没有采用"


def _cell(row: SheetRow, heading: str, indicator: Indicator) -> float | str | None:
    text = row.get(heading)
    if not text or text in _ABSENT:
        return None
    if is_error(text):
        return f"：公式出错（{text}）"
    number = parse_number(text)
    if number is None:
        return f"：要是数，看到的是「{text}」"
    value, percent = number
    if indicator.target.unit != "%":
        return "：单位不是 %，不要带 %" if percent else value
    if 0 < value <= 1 and not percent:
        return f"：单位是 %，{text} 请写成 {value * 100:g} 或 {value * 100:g}%"
    if not 0 <= value <= 100:
        return f"：{text} 不在 0% 到 100% 之间"
    return value
