"""What the levels report says about one person: their line, their term's end, what they lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from coursekit.certification.assessment import RECORDED, Assessed
from coursekit.certification.conditions import Gap
from coursekit.certification.events import KIND_TITLES, Event
from coursekit.certification.parts import PartView
from coursekit.certification.people import Person
from coursekit.certification.policy import PARTS, LevelPolicy
from coursekit.certification.shape import ACTION_TITLES, GAP_TITLES, STATE_TITLES, changes_line, gap_line
from coursekit.certification.spool import Row
from coursekit.certification.state import corrected_events

Span = tuple[date, date]

NO_LEVEL = "无等级"
CHANGING = {"建议": [ACTION_TITLES[action] for action in sorted(RECORDED)]}  # rows of people to be changed
_WHO = ("工号", "姓名", "部门", "培训师")
_STATUS = {"valid": "有效", "expired": "已过期", "pending": "未开始", "none": ""}
DAYS = ("到期日", "最晚哪天", "哪天够", "生效日", "起", "止")
EXPIRING_COLUMNS = (*_WHO, "现等级", "到期日", "还有几天", "复评还差")
GAP_COLUMNS = (
    *_WHO, "目标等级", "差什么", "性质", "有", "要", "差多少", "单位", "最晚哪天", "哪天够", "说明"
)  # fmt: skip
EVENT_COLUMNS = (
    "季度", "生效日", "工号", "姓名", "变动", "等级", "起", "止", "作废", "改了什么", "原因", "经办", "登记号"
)  # fmt: skip
GONE_COLUMNS = ("登记号", "去年同日")


def people_columns(policy: LevelPolicy) -> tuple[str, ...]:
    """Headings of `person_row`; the parts carry the policy's names."""
    parts = [text for part in PARTS for text in _part_heads(policy, part)]
    return (
        *_WHO, "现等级", "到期日", "状态", "去年同日",
        "建议", "建议等级", "为什么", "对照等级", *parts, "总分", "留意",
    )  # fmt: skip


def _part_heads(policy: LevelPolicy, part: str) -> tuple[str, str]:
    title = policy.part_title(part)
    return title, f"{title}结果"


def _who(person: Person) -> Row:
    return (person.staff_id, person.name or "", person.unit or "", person.trainer or "")


def title_of(policy: LevelPolicy, level: str | None) -> str:
    """Name of a level; one that an earlier policy gave and this one does not know keeps its own."""
    return policy.level_title(level) if level is None or level in policy.levels else level


def person_row(policy: LevelPolicy, one: Assessed, then: str | None, today: date) -> Row:
    """Level, term, level a year ago, proposal and scores of one person."""
    decision, held = one.decision, one.state.held
    view = decision.view(decision.target) if decision.target else decision.views[-1]
    parts = [value for part in view.parts for value in (part.score, STATE_TITLES[part.state])]
    return (
        *_who(one.person),
        title_of(policy, held.level if held else None),
        held.until if held else None,
        _STATUS[one.state.status(today)],
        "" if then is None else title_of(policy, then),
        ACTION_TITLES[decision.action],
        policy.level_title(decision.level),
        decision.why,
        policy.level_title(view.level),
        *parts,
        view.total,
        "；".join(decision.notices),
    )


def expiring_rows(policy: LevelPolicy, one: Assessed, today: date) -> list[Row]:
    """One row when the term ends soon or has ended, with what a renewal lacks."""
    held = one.state.held
    if held is None or held.until > today + timedelta(days=policy.review.expiring_days.value):
        return []
    gaps = one.decision.view(held.level).gaps
    lacking = [gap_line(replace(gap, by=None) if gap.by == held.until else gap) for gap in gaps]
    left = (held.until - today).days
    renewal = "；".join(lacking) or "不差，可以续期"
    return [(*_who(one.person), policy.level_title(held.level), held.until, left, renewal)]


def gap_rows(policy: LevelPolicy, one: Assessed) -> list[Row]:
    """One row for each thing between the person and the next level."""
    target = one.decision.target
    if target is None:
        return []
    who, title = _who(one.person), policy.level_title(target)
    return [(*who, title, *_gap(gap)) for gap in one.decision.view(target).gaps]


def _gap(gap: Gap) -> Row:
    have = "" if gap.have is None else f"{gap.have:g}" if isinstance(gap.have, float) else gap.have
    need = f"{gap.need:g}" if isinstance(gap.need, float) else gap.need
    unit = "" if gap.short is None else _unit(gap)
    return (gap.title, GAP_TITLES[gap.kind], have, need, gap.short, unit, gap.by, gap.since, gap.note)


def _unit(gap: Gap) -> str:
    if gap.kind in ("not_yet", "barred"):
        return "天"
    return "个" if gap.what == "guidance_cases" else "分"


def quarter(day: date) -> str:
    """Quarter of a day, for people."""
    return f"{day.year}年{(day.month - 1) // 3 + 1}季度"


def event_rows(policy: LevelPolicy, one: Assessed | None, events: Sequence[Event], span: Span) -> list[Row]:
    """One row an event of a person within `span` (first and last day), with those that were voided marked."""
    first, last = span
    rows: list[Row] = []
    who: tuple[str | None, str] = (one.person.staff_id, one.person.name or "") if one else (None, "")
    for event, effective in zip(events, corrected_events(events), strict=True):
        if first <= event.happened_on <= last:
            rows.append(
                (
                    quarter(event.happened_on),
                    event.happened_on,
                    who[0] or event.person,
                    who[1],
                    KIND_TITLES[event.kind],
                    title_of(policy, event.level) if event.level else "",
                    event.valid_from,
                    event.valid_until,
                    "已作废" if effective is None else "",
                    changes_line(policy, event),
                    event.reason,
                    event.actor,
                    event.event_id,
                )
            )
    return rows


def facing(one: Assessed) -> Sequence[PartView]:
    """Parts against the level that matters to the person now."""
    target = one.decision.target or one.decision.level
    view = one.decision.view(target) if target else one.decision.views[0]
    return view.parts
