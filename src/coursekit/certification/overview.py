"""The figures HR looks at, as tables: who holds what, what ends soon, what is missing, what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from coursekit.certification.assessment import Assessed
from coursekit.certification.conditions import Gap, Holding
from coursekit.certification.events import CHANGES_STATE, KIND_TITLES, Event
from coursekit.certification.months import add_months
from coursekit.certification.parts import PartView
from coursekit.certification.people import Person
from coursekit.certification.policy import PARTS, LevelPolicy
from coursekit.certification.shape import ACTION_TITLES, GAP_TITLES, STATE_TITLES, gap_line
from coursekit.certification.state import replay

_WHO = ["工号", "姓名", "部门", "培训师"]
_EXPIRING_COLUMNS = [*_WHO, "现等级", "到期日", "还有几天", "复评还差"]
_GAP_COLUMNS = [*_WHO, "目标等级", "差什么", "性质", "有", "要", "差多少", "单位", "到哪天", "说明"]
_STATUS = {"valid": "有效", "expired": "已过期", "pending": "未开始", "none": ""}
NO_LEVEL = "无等级"
_UNKNOWN = "（没有写）"


@dataclass(frozen=True)
class Overview:
    """Tables with Chinese headings, each with the rows behind a figure of the report.

    Parameters
    ----------
    mix : level, people today, share, a year ago, change, cap
    people : one row a person: level, term, proposal, why
    expiring : those whose term ends within `review.expiring_days`
    passing : pass rates by part, by unit and by trainer
    gaps : one row a person and gap to the next level
    reasons : number of people by gap
    movements : events by quarter and kind
    quota_notes : caps that are exceeded, in words
    """

    today: date
    mix: pd.DataFrame
    people: pd.DataFrame
    expiring: pd.DataFrame
    passing: pd.DataFrame
    gaps: pd.DataFrame
    reasons: pd.DataFrame
    movements: pd.DataFrame
    quota_notes: tuple[str, ...]

    def tables(self) -> dict[str, pd.DataFrame]:
        """Sheet name -> table, in the order of the report."""
        return {
            "等级构成": self.mix,
            "每个人": self.people,
            "即将到期": self.expiring,
            "通过率": self.passing,
            "差在哪里": self.gaps,
            "原因汇总": self.reasons,
            "变动": self.movements,
        }


@dataclass(frozen=True)
class Standing:
    """What one person held on a day."""

    level: str | None
    held: Holding | None


def standing_on(events: Sequence[Event], day: date) -> Standing:
    """Level that was valid on `day`, from what is known today (later corrections included)."""
    corrections = [event for event in events if event.kind == "correct"]
    past = [event for event in events if event.kind in CHANGES_STATE and event.happened_on <= day]
    kept = {event.event_id for event in past}
    state = replay([*past, *(event for event in corrections if event.target in kept)])
    held = state.held
    valid = held is not None and held.since <= day <= held.until
    return Standing(held.level if held is not None and valid else None, held)


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
    counts = _Counts()
    rows: dict[str, list[dict[str, object]]] = {"people": [], "expiring": [], "gaps": []}
    for one, events in stream:
        counts.add_history(events, today)
        if one is None:
            continue
        counts.add(one, standing_on(events, today).level)
        rows["people"].append(_person_row(policy, one, today))
        rows["expiring"] += _expiring_rows(policy, one, today)
        rows["gaps"] += _gap_rows(policy, one)
    mix, notes = _mix(policy, counts)
    people = pd.DataFrame(rows["people"])
    gaps = pd.DataFrame(rows["gaps"], columns=_GAP_COLUMNS)
    expiring = pd.DataFrame(rows["expiring"], columns=_EXPIRING_COLUMNS)
    return Overview(
        today,
        mix,
        people.sort_values("工号", ignore_index=True) if len(people) else people,
        expiring.sort_values(["还有几天", "工号"], ignore_index=True),
        _passing(policy, counts.passing),
        gaps.sort_values("工号", kind="stable", ignore_index=True),
        _reasons(gaps),
        _movements(counts.moves),
        notes,
    )


class _Counts:
    """Numbers gathered while people pass by."""

    def __init__(self) -> None:
        self.total = 0
        self.now: Counter[str | None] = Counter()
        self.then: Counter[str | None] = Counter()
        self.moves: Counter[tuple[str, str]] = Counter()
        self.passing: dict[tuple[str, str, str], Counter[str]] = {}

    def add_history(self, events: Sequence[Event], today: date) -> None:
        """Level a year ago, and every event by quarter."""
        then = standing_on(events, add_months(today, -12)).level
        if then is not None:
            self.then[then] += 1
        for event in events:
            self.moves[(_quarter(event.happened_on), KIND_TITLES[event.kind])] += 1

    def add(self, one: Assessed, level: str | None) -> None:
        """Level now, and the parts against the level that matters to the person."""
        self.total += 1
        self.now[level] += 1
        groups = [
            ("全体", "全体"),
            ("部门", one.person.unit or _UNKNOWN),
            ("培训师", one.person.trainer or _UNKNOWN),
        ]
        for part in _facing(one):
            for by, name in groups:
                self.passing.setdefault((by, name, part.part), Counter())[part.state] += 1


def _quarter(day: date) -> str:
    return f"{day.year}年{(day.month - 1) // 3 + 1}季度"


def _mix(policy: LevelPolicy, counts: _Counts) -> tuple[pd.DataFrame, tuple[str, ...]]:
    now, then, total = counts.now, counts.then, counts.total
    rows, notes = [], []
    for name in [*reversed(policy.ladder), None]:
        share = 100 * now[name] / total if total else 0.0
        quota = policy.levels[name].quota if name else None
        cap = quota.share.value if quota else None
        if cap is not None and share > cap:
            notes.append(f"{policy.level_title(name)}占 {share:.2f}%，超过上限 {cap:g}%")
        rows.append(
            {
                "等级": policy.level_title(name),
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


def _base(person: Person) -> dict[str, object]:
    return {
        "工号": person.staff_id,
        "姓名": person.name or "",
        "部门": person.unit or "",
        "培训师": person.trainer or "",
    }


def _person_row(policy: LevelPolicy, one: Assessed, today: date) -> dict[str, object]:
    decision, held = one.decision, one.state.held
    row = _base(one.person)
    row["现等级"] = policy.level_title(held.level) if held else NO_LEVEL
    row["到期日"] = held.until.isoformat() if held else ""
    row["状态"] = _STATUS[one.state.status(today)]
    row["建议"] = ACTION_TITLES[decision.action]
    row["建议等级"] = policy.level_title(decision.level)
    row["为什么"] = decision.why
    target = decision.target
    view = decision.view(target) if target else decision.views[-1]
    row["对照等级"] = policy.level_title(view.level)
    for part in view.parts:
        row[policy.part_title(part.part)] = part.score
        row[f"{policy.part_title(part.part)}结果"] = STATE_TITLES[part.state]
    row["总分"] = view.total
    row["留意"] = "；".join(decision.notices)
    return row


def _expiring_rows(policy: LevelPolicy, one: Assessed, today: date) -> list[dict[str, object]]:
    held = one.state.held
    if held is None or held.until > today + timedelta(days=policy.review.expiring_days.value):
        return []
    row = _base(one.person)
    row["现等级"] = policy.level_title(held.level)
    row["到期日"] = held.until.isoformat()
    row["还有几天"] = (held.until - today).days
    lacking = [gap_line(gap) for gap in one.decision.view(held.level).gaps]
    row["复评还差"] = "；".join(lacking) or "不差，可以续期"
    return [row]


def _facing(one: Assessed) -> list[PartView]:
    """Parts against the level that matters to the person now."""
    target = one.decision.target or one.decision.level
    view = one.decision.view(target) if target else one.decision.views[0]
    return list(view.parts)


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


def _unit(gap: Gap) -> str:
    if gap.kind in ("not_yet", "barred"):
        return "天"
    return "个" if gap.what == "guidance_cases" else "分"


def _gap_rows(policy: LevelPolicy, one: Assessed) -> list[dict[str, object]]:
    target = one.decision.target
    rows: list[dict[str, object]] = []
    for gap in one.decision.view(target).gaps if target else ():
        row = _base(one.person)
        row["目标等级"] = policy.level_title(target)
        row["差什么"] = gap.title
        row["性质"] = GAP_TITLES[gap.kind]
        row["有"] = "" if gap.have is None else str(gap.have)
        row["要"] = str(gap.need)
        row["差多少"] = gap.short
        row["单位"] = "" if gap.short is None else _unit(gap)
        row["到哪天"] = str(gap.by or gap.since or "")
        row["说明"] = gap.note
        rows.append(row)
    return rows


def _reasons(gaps: pd.DataFrame) -> pd.DataFrame:
    grouped = gaps.groupby(["目标等级", "差什么", "性质"], sort=False)["工号"].nunique()
    return (
        grouped.rename("人数")
        .reset_index()
        .sort_values(["人数", "目标等级", "差什么"], ascending=[False, True, True], ignore_index=True)
    )


def _movements(moves: Counter[tuple[str, str]]) -> pd.DataFrame:
    quarters = sorted({quarter for quarter, _kind in moves})
    rows = [
        {"季度": quarter, **{title: moves[(quarter, title)] for title in KIND_TITLES.values()}}
        for quarter in quarters
    ]
    return pd.DataFrame(rows, columns=["季度", *KIND_TITLES.values()])
