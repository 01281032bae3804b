"""Decisions and states as plain data, for `--json`, Excel and the report."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from coursekit.certification.assessment import Assessed
from coursekit.certification.conditions import Gap, Holding
from coursekit.certification.decision import LevelView
from coursekit.certification.events import KIND_TITLES, Event
from coursekit.certification.evidence import Evidence
from coursekit.certification.people import Person
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.state import PersonState

ACTION_TITLES = {**KIND_TITLES, "keep": "保持", "none": "暂不评级"}
GAP_TITLES = {"missing": "没有证据", "short": "不够", "not_yet": "时间没到", "barred": "禁止期内"}
STATE_TITLES = {"passed": "通过", "short": "不够", "missing": "没有证据"}


def plain(value: Any) -> Any:
    """`value` with dates as ISO text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def holding_json(held: Holding | None) -> dict[str, Any] | None:
    """A held level as plain data."""
    return None if held is None else plain(asdict(held))


def view_json(view: LevelView) -> dict[str, Any]:
    """Stand against one level as plain data."""
    parts = [
        {
            "part": part.part,
            "score": part.score,
            "need": part.need,
            "state": part.state,
            "until": plain(part.until),
            "why": part.why,
        }
        for part in view.parts
    ]
    gaps = [plain(asdict(gap)) for gap in view.gaps]
    return {
        "level": view.level,
        "reached": view.reached,
        "total": view.total,
        "parts": parts,
        "missing": gaps,
    }


def assessed_json(one: Assessed) -> dict[str, Any]:
    """One decision as plain data."""
    decision = one.decision
    target = decision.target
    return {
        "person": one.person.staff_id,
        "name": one.person.name,
        "held": holding_json(decision.held),
        "action": decision.action,
        "level": decision.level,
        "candidate_for": decision.candidate_for,
        "why": decision.why,
        "next": target,
        "missing": view_json(decision.view(target))["missing"] if target else [],
        "notices": list(decision.notices),
        "levels": [view_json(view) for view in decision.views],
    }


def gap_line(gap: Gap) -> str:
    """A gap for people: what, how much, by when."""
    tail = f"，最晚 {gap.by}" if gap.by else ""
    return f"{gap.title}：{gap.note}{tail}"


def state_json(person: Person, state: PersonState, today: date) -> dict[str, Any]:
    """What a person holds today, as plain data."""
    return {
        "person": person.staff_id,
        "name": person.name,
        "register_id": person.person,
        "status": state.status(today),
        "held": holding_json(state.held),
        "history": [plain(asdict(tenure)) for tenure in state.history],
        "open_appeals": dict(state.appeals),
        "events": state.count,
    }


def event_line(policy: LevelPolicy, event: Event) -> str:
    """An event for people."""
    title = KIND_TITLES[event.kind]
    level = ""
    if event.level:
        known = event.level in policy.levels
        level = " " + (policy.level_title(event.level) if known else event.level)
    term = f"，{event.valid_from} 至 {event.valid_until}" if event.valid_from else ""
    about = f" {event.target[:8]}" if event.target else ""
    changes = changes_line(policy, event)
    what = f"（{changes}）" if changes else ""
    return (
        f"{event.happened_on} {title}{level}{term}{about}{what}。"
        f"{event.reason}（经办 {event.actor}，登记号 {event.event_id}）"
    )


def changes_line(policy: LevelPolicy, event: Event) -> str:
    """What a correction corrected, how an appeal ended, or why a level lapsed."""
    return "、".join(_change(policy, name, value) for name, value in event.changes.items() if name != "rank")


_CHANGE_TITLES = {"level": "等级", "valid_from": "起始日", "valid_until": "到期日", "reason": "原因"}
_CHANGES = {
    ("void", True): "作废",
    ("outcome", "upheld"): "成立",
    ("outcome", "rejected"): "不成立",
    ("cause", "left"): "离岗",
}


def _change(policy: LevelPolicy, name: str, value: Any) -> str:
    """One corrected field, or the outcome of an appeal, for people."""
    if (name, value) in _CHANGES:
        return _CHANGES[name, value]
    if name == "level" and value in policy.levels:
        value = policy.level_title(value)
    return f"{_CHANGE_TITLES.get(name, name)}改为 {value}"


PIECE_TITLES = {
    "theory": "理论",
    "skill": "技能",
    "performance": "业绩",
    "refresher": "复习测试",
    "appraisal": "考核",
    "onboarding": "入职培训",
    "guidance_case": "指导案例",
    "red_line": "红线",
    "vocational": "职业技能等级证书",
}


def piece_line(policy: LevelPolicy, piece: Evidence) -> str:
    """A piece of evidence for people: what, when, how much, and where it came from."""
    found = piece.grade or ("" if piece.score is None else f"{piece.score:g}")
    indicator = policy.indicators.get(piece.item) if piece.kind == "performance" else None
    item = indicator.title.value if indicator else piece.item
    words = [f"{PIECE_TITLES[piece.kind]} {item}", str(piece.on), found or piece.reason, piece.source]
    return "，".join(word for word in words if word) + f"（摘要 {piece.digest[:12]}）"


def piece_json(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as plain data; whose it is stands outside."""
    names = ("digest", "kind", "item", "on", "score", "level", "grade", "reason", "source")
    return {name: plain(getattr(piece, name)) for name in names}
