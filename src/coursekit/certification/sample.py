"""Made-up sheets for the demo and for tests: a roster, a score sheet and a KPI sheet of 16 managers.

The levels held at the start are those of S2-035: 2 senior, 9 intermediate, 5 junior. Names and
scores are invented; sheets look like those HR keeps.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from coursekit.certification.months import add_months
from coursekit.certification.policy import LevelPolicy

START_LEVELS = ("senior",) * 2 + ("intermediate",) * 9 + ("junior",) * 5
_UNITS = ("城区一部", "城区二部", "河东服务部", "南山服务部")
_TRAINERS = ("周培训师", "吴培训师")
_YEARS_IN_POST = {"senior": 14, "intermediate": 7, "junior": 2}
_STRENGTH = {"senior": 86, "intermediate": 78, "junior": 70}
_NEXT = {"junior": "intermediate", "intermediate": "senior", "senior": "senior"}


@dataclass(frozen=True)
class SampleSheets:
    """Where the sheets were written."""

    roster: Path
    scores: Path
    kpi: Path


def write_sample(
    folder: Path, people: Sequence[tuple[str, str]], policy: LevelPolicy, today: date
) -> SampleSheets:
    """Write the three sheets for `people`.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    people : sequence of (staff id, name)
        Usually 16; levels repeat for more.
    today : date
        Day the sheets are for; scores lie in the months before it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(2935)  # noqa: S311 - made-up scores, no secret
    levels = [START_LEVELS[number % len(START_LEVELS)] for number in range(len(people))]
    cast = list(zip(people, levels, strict=True))
    sheets = SampleSheets(folder / "名册.xlsx", folder / "成绩.xlsx", folder / "业绩.xlsx")
    _write(sheets.roster, "客户经理名册", _roster(cast, policy, today, draw))
    _write(sheets.scores, "等级评定成绩", _scores(cast, policy, today, draw))
    _write(sheets.kpi, "业绩考核表", _kpi(cast, policy, today, draw))
    return sheets


_Cast = list[tuple[tuple[str, str], str]]
_Rows = list[list[object]]


def _roster(cast: _Cast, policy: LevelPolicy, today: date, draw: random.Random) -> _Rows:
    heading = ["工号", "姓名", "部门", "培训师", "入岗日期", "状态", "现等级", "取得日期", "有效期至"]
    rows: _Rows = [list(heading)]
    for number, ((staff_id, name), level) in enumerate(cast):
        post = add_months(today, -12 * _YEARS_IN_POST[level]) - timedelta(days=draw.randrange(200))
        term = policy.levels[level].validity_months.value
        # terms end spread over the time ahead; every fifth ends within the renewal window
        ahead = draw.randrange(20, 80) if number % 5 == 1 else draw.randrange(150, 30 * term - 60)
        until = today + timedelta(days=ahead)
        terms = 2 if number % 3 == 0 else 1  # some have been renewed once
        since = add_months(until, -terms * term) + timedelta(days=1)
        title = policy.level_title(level)
        trainer = _TRAINERS[number % 2]
        rows.append([staff_id, name, _UNITS[number % 4], trainer, post, "在岗", title, since, until])
    return rows


def _scores(cast: _Cast, policy: LevelPolicy, today: date, draw: random.Random) -> _Rows:
    heading = ["工号", "姓名", "日期", "等级", "项目", "理论成绩", "技能成绩", "复习测试"]
    rows: _Rows = [[*heading, "年度考核", "岗前培训", "指导案例"]]
    day = add_months(today, -1)
    appraised = date(today.year, 1, 15)
    for number, ((staff_id, name), level) in enumerate(cast):
        base = _STRENGTH[level]
        sat = [level] if number % 5 == 1 else [_NEXT[level]]
        for of_level in sat:
            title = policy.level_title(of_level)
            theory: object = min(98, base + draw.randrange(-12, 12))
            if number == 7:
                theory = "缺考"
            rows.append([staff_id, name, day, title, f"{title}试卷", theory, *[None] * 5])
        for month, item in ((-5, "走访计划评审"), (-3, "经营指导案例"), (-2, "上半年练习")):
            score = min(97, base + draw.randrange(-14, 12))
            rows.append([staff_id, name, add_months(today, month), None, item, None, score, *[None] * 4])
        if number % 4:
            row = [staff_id, name, add_months(today, -4), None, "年度复习", None, None, base, *[None] * 3]
            rows.append(list(row))
        word = "优秀" if base > 80 else draw.choice(["良好", "良好", "合格"])
        case = "老街片区库存指导" if number % 3 == 0 and level != "junior" else None
        rows.append([staff_id, name, appraised, *[None] * 5, word, "完成", case])
    return rows


def _kpi(cast: _Cast, policy: LevelPolicy, today: date, draw: random.Random) -> _Rows:
    titles = [str(indicator.title.value) for indicator in policy.indicators.values()]
    rows: _Rows = [["工号", "姓名", "考核期", *titles]]
    quarter = (today.month - 1) // 3  # closed quarters of this year
    closed = [(today.year, quarter), (today.year, quarter - 1)]
    closed = [(year, q) if q >= 1 else (year - 1, q + 4) for year, q in closed]
    for number, ((staff_id, name), level) in enumerate(cast):
        for year, q in sorted(closed):
            base = 72 if number == 12 else 84 + _STRENGTH[level] // 10
            cells: list[object] = [min(100.0, round(base + draw.uniform(-6, 6), 1)) for _ in titles]
            if number == 9 and (year, q) == max(closed):
                cells[2] = "未统计"
            rows.append([staff_id, name, f"{year}Q{q}", *cells])
    return rows


def _write(path: Path, title: str, rows: _Rows) -> None:
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.append([title])
    for row in rows:
        sheet.append(row)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A3"
    for letter in "ABCDEFGHIJK":
        sheet.column_dimensions[letter].width = 16
    book.save(path)
