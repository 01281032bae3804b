"""The figures HR looks at, as tables: who holds what, what ends soon, what is missing, what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from coursekit.certification.assessment import Assessed
from coursekit.certification.events import KIND_TITLES, Event
from coursekit.certification.months import add_months
from coursekit.certification.policy import PARTS, LevelPolicy
from coursekit.certification.report_rows import (
    DAYS,
    EVENT_COLUMNS,
    EXPIRING_COLUMNS,
    GAP_COLUMNS,
    GONE_COLUMNS,
    event_rows,
    expiring_rows,
    facing,
    gap_rows,
    people_columns,
    person_row,
    quarter,
    title_of,
)
from coursekit.certification.spool import Row, Spool
from coursekit.certification.terms import level_on

_UNKNOWN = "（没有写）"
QUARTERS = 8  # the last ones, whose events are listed
_TARGET = GAP_COLUMNS.index("目标等级")  # what is lacking and in which way stand beside it


@dataclass(frozen=True)
class Overview:
    """Tables with Chinese headings, each with the rows behind a figure of the report.

    Those with a row a person or event stand outside memory.

    Parameters
    ----------
    mix : level, people today, share, a year ago, change, cap
    people : one row a person: level, term, proposal, why
    expiring : those whose term ends within `review.expiring_days`
    passing : pass rates by part, by unit and by trainer
    gaps : one row a person and gap to the next level
    reasons : number of people by gap
    movements : events by quarter and kind, quarters without any included
    events : the events of the last quarters, one row each
    gone : those who left, with the level they held a year ago
    refreshers : number of people whose refresher test is overdue
    quota_notes : caps that are exceeded, in words
    """

    today: date
    mix: pd.DataFrame
    people: Spool
    expiring: Spool
    passing: pd.DataFrame
    gaps: Spool
    reasons: pd.DataFrame
    movements: pd.DataFrame
    events: Spool
    gone: Spool
    refreshers: int
    quota_notes: tuple[str, ...]

    def tables(self) -> dict[str, pd.DataFrame | Spool]:
        """Sheet name -> table, in the order of the report."""
        return {
            "等级构成": self.mix,
            "每个人": self.people,
            "即将到期": self.expiring,
            "通过率": self.passing,
            "差在哪里": self.gaps,
            "原因汇总": self.reasons,
            "变动": self.movements,
            "变动明细": self.events,
            "离岗的人": self.gone,
        }


def build_overview(
    policy: LevelPolicy,
    stream: Iterable[tuple[Assessed | None, Sequence[Event]]],
    today: date,
) -> Overview:
    """All tables of the report.

    Parameters
    ----------
    stream : iterable of (Assessed or None, events)
        Everyone's decision of today with their history; people who left come without a decision.
    """
    counts = _Counts(today)
    span = (add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 - 3 * QUARTERS), today)
    people = Spool(people_columns(policy), ["工号"], DAYS)
    expiring = Spool(EXPIRING_COLUMNS, ["还有几天", "工号"], DAYS)
    gaps = Spool(GAP_COLUMNS, ["工号"], DAYS)
    moved = Spool(EVENT_COLUMNS, ["生效日", "工号"], DAYS)
    gone = Spool(GONE_COLUMNS, ["登记号"])
    for one, events in stream:
        then = counts.add_history(events)
        moved.add(event_rows(policy, one, events, span))
        if one is None:
            if then is not None:
                gone.add([(events[0].person, title_of(policy, then))])
            continue
        counts.add(one, level_on(events, today))
        people.add([person_row(policy, one, then, today)])
        expiring.add(expiring_rows(policy, one, today))
        lacking = gap_rows(policy, one)
        gaps.add(lacking)
        counts.reasons.update({row[_TARGET : _TARGET + 3] for row in lacking})
    mix, notes = _mix(policy, counts)
    return Overview(
        today,
        mix,
        people,
        expiring,
        _passing(policy, counts.passing),
        gaps,
        _reasons(counts.reasons),
        _movements(counts.moves, today),
        moved,
        gone,
        counts.refreshers,
        notes,
    )


class _Counts:
    """Numbers gathered while people pass by."""

    def __init__(self, today: date) -> None:
        self._today, self._year_ago = today, add_months(today, -12)
        self.total = self.refreshers = 0
        self.now: Counter[str | None] = Counter()
        self.then: Counter[str | None] = Counter()
        self.moves: Counter[tuple[str, str]] = Counter()
        self.passing: dict[tuple[str, str, str], Counter[str]] = {}
        self.reasons: Counter[Row] = Counter()

    def add_history(self, events: Sequence[Event]) -> str | None:
        """Level a year ago, which is given back, and every event by quarter."""
        then = level_on(events, self._year_ago)
        if then is not None:
            self.then[then] += 1
        for event in events:
            if event.happened_on > self._today:
                continue
            self.moves[(quarter(event.happened_on), KIND_TITLES[event.kind])] += 1
        return then

    def add(self, one: Assessed, now: str | None) -> None:
        """Level now, and the parts against the level that matters to the person."""
        self.total += 1
        self.refreshers += bool(one.decision.notices)
        self.now[now] += 1
        groups = [
            ("全体", "全体"),
            ("部门", one.person.unit or _UNKNOWN),
            ("培训师", one.person.trainer or _UNKNOWN),
        ]
        for part in facing(one):
            for by, name in groups:
                self.passing.setdefault((by, name, part.part), Counter())[part.state] += 1


def _mix(policy: LevelPolicy, counts: _Counts) -> tuple[pd.DataFrame, tuple[str, ...]]:
    now, then, total = counts.now, counts.then, counts.total
    rows, notes = [], []
    unknown = sorted(name for name in {*now, *then} if name is not None and name not in policy.levels)
    for name in [*reversed(policy.ladder), *unknown, None]:
        share = 100 * now[name] / total if total else 0.0
        quota = policy.levels[name].quota if name in policy.levels else None
        cap = quota.share.value if quota else None
        if cap is not None and share > cap:
            notes.append(f"{policy.level_title(name)}占 {share:.2f}%，超过上限 {cap:g}%")
        rows.append(
            {
                "等级": title_of(policy, name),
                "人数": now[name],
                "占比（%）": round(share, 2),
                "去年同日": then[name] if name else None,
                "增减": now[name] - then[name] if name else None,
                "上限（%）": cap,
            }
        )
    frame = pd.DataFrame(rows)
    for column in ("去年同日", "增减"):
        frame[column] = frame[column].astype("Int64")
    return frame, tuple(notes)


def _passing(policy: LevelPolicy, counts: dict[tuple[str, str, str], Counter[str]]) -> pd.DataFrame:
    rows = []
    order = {"全体": 0, "部门": 1, "培训师": 2}
    for (by, name, part_name), found in sorted(
        counts.items(), key=lambda item: (order[item[0][0]], item[0][1])
    ):
        judged = found["passed"] + found["short"]
        rows.append(
            {
                "分组": by,
                "名称": name,
                "部分": policy.part_title(part_name),
                "通过": found["passed"],
                "不够": found["short"],
                "没有证据": found["missing"],
                "通过率（%）": round(100 * found["passed"] / judged, 1) if judged else None,
            }
        )
    columns = ["分组", "名称", "部分", "通过", "不够", "没有证据", "通过率（%）"]
    frame = pd.DataFrame(rows, columns=columns)
    titles = [policy.part_title(part) for part in PARTS]
    frame["部分"] = pd.Categorical(frame["部分"], titles, ordered=True)
    frame = frame.sort_values("部分", kind="stable").sort_values(
        ["分组", "名称"], key=lambda column: column.map(order).fillna(9) if column.name == "分组" else column,
        kind="stable", ignore_index=True,
    )  # fmt: skip
    frame["部分"] = frame["部分"].astype(str)
    return frame


def _reasons(counts: Counter[Row]) -> pd.DataFrame:
    found = sorted(counts.items(), key=lambda item: (-item[1], *map(str, item[0])))
    rows = [(*reason, count) for reason, count in found]
    return pd.DataFrame(rows, columns=["目标等级", "差什么", "性质", "人数"])


def _movements(moves: Counter[tuple[str, str]], today: date) -> pd.DataFrame:
    first = min((name for name, _kind in moves), default=quarter(today))
    quarters = [
        quarter(date(year, month, 1))
        for year in range(int(first[:4]), today.year + 1)
        for month in (1, 4, 7, 10)
    ]
    rows = [
        {"季度": name, **{title: moves[(name, title)] for title in KIND_TITLES.values()}}
        for name in quarters
        if first <= name <= quarter(today) and moves
    ]
    return pd.DataFrame(rows, columns=["季度", *KIND_TITLES.values()])
