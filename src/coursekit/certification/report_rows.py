"""What the levels report says about one person: their line, their term's end, what they lack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from coursekit.certification.assessment import RECORDED, Assessed
from coursekit.certification.conditions import Gap
from coursekit.certification.parts import PartView
from coursekit.certification.people import Person
from coursekit.certification.policy import PARTS, LevelPolicy
from coursekit.certification.shape import ACTION_TITLES, GAP_TITLES, STATE_TITLES, gap_line
from coursekit.certification.spool import Row

NO_LEVEL = "无等级"
CHANGING = {"建议": [ACTION_TITLES[action] for action in sorted(RECORDED)]}  # rows of people to be changed
_WHO = ("工号", "姓名", "部门", "培训师")
_STATUS = {"valid": "有效", "expired": "已过期", "pending": "未开始", "none": ""}
DAYS = ("到期日", "到哪天")
EXPIRING_COLUMNS = (*_WHO, "现等级", "到期日", "还有几天", "复评还差")
GAP_COLUMNS = (
    *_WHO, "目标等级", "差什么", "性质", "有", "要", "差多少", "单位", "到哪天", "说明"
)  # fmt: skip


def people_columns(policy: LevelPolicy) -> tuple[str, ...]:
    """Headings of `person_row`; the parts carry the policy's names."""
    parts = [text for part in PARTS for text in _part_heads(policy, part)]
    return (
        *_WHO, "现等级", "到期日", "状态", "建议", "建议等级", "为什么", "对照等级", *parts, "总分", "留意"
    )  # fmt: skip


def _part_heads(policy: LevelPolicy, part: str) -> tuple[str, str]:
    title = policy.part_title(part)
    return title, f"{title}结果"


def _who(person: Person) -> Row:
    return (person.staff_id, person.name or "", person.unit or "", person.trainer or "")


def person_row(policy: LevelPolicy, one: Assessed, today: date) -> Row:
    """Level, term, proposal and scores of one person."""
    decision, held = one.decision, one.state.held
    view = decision.view(decision.target) if decision.target else decision.views[-1]
    parts = [value for part in view.parts for value in (part.score, STATE_TITLES[part.state])]
    return (
        *_who(one.person),
        policy.level_title(held.level) if held else NO_LEVEL,
        held.until if held else None,
        _STATUS[one.state.status(today)],
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
    lacking = [gap_line(gap) for gap in one.decision.view(held.level).gaps]
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
    return (gap.title, GAP_TITLES[gap.kind], have, need, gap.short, unit, gap.by or gap.since, gap.note)


def _unit(gap: Gap) -> str:
    if gap.kind in ("not_yet", "barred"):
        return "天"
    return "个" if gap.what == "guidance_cases" else "分"


def facing(one: Assessed) -> Sequence[PartView]:
    """Parts against the level that matters to the person now."""
    target = one.decision.target or one.decision.level
    view = one.decision.view(target) if target else one.decision.views[0]
    return view.parts
