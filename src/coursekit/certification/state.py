"""Present state of one person, derived from the events; the only place that says which event may follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from coursekit.certification.conditions import Holding, Tenure
from coursekit.certification.events import (
    CHANGES_STATE,
    CORRECTABLE,
    GIVES_LEVEL,
    KIND_TITLES,
    Command,
    Event,
)
from coursekit.errors import DomainError

LEFT = "left"


@dataclass(frozen=True)
class PersonState:
    """What the events of one person add up to.

    Parameters
    ----------
    held : Holding or None
        Level held after the last event (its last day may have passed).
    rank : int
        Its height on the ladder.
    term_event : str
        Event that gave the present term; the certificate belongs to it.
    appeals : mapping of str to str
        Open appeals: id of the appeal -> id of the event appealed against.
    reset_on, spent, withdrawn
        See `Candidate`.
    """

    held: Holding | None = None
    rank: int = 0
    term_event: str = ""
    history: tuple[Tenure, ...] = ()
    appeals: dict[str, str] = field(default_factory=dict)
    reset_on: date | None = None
    spent: frozenset[str] = frozenset()
    last_on: date = date.min
    count: int = 0
    withdrawn: frozenset[str] = frozenset()

    def status(self, today: date) -> str:
        """`valid`, `pending` (not begun), `expired` (not yet lapsed) or `none`."""
        if self.held is None:
            return "none"
        if today > self.held.until:
            return "expired"
        return "valid" if today >= self.held.since else "pending"


AnyEvent = Event | Command


class _Running:
    """The state while events are gone through: the fields of `PersonState`, changed in place."""

    def __init__(self) -> None:
        self.held: Holding | None = None
        self.rank = 0
        self.term_event = ""
        self.history: list[Tenure] = []
        self.appeals: dict[str, str] = {}
        self.reset_on: date | None = None
        self.spent: frozenset[str] = frozenset()
        self.last_on = date.min
        self.withdrawn: frozenset[str] = frozenset()

    def state(self, count: int) -> PersonState:
        return PersonState(
            self.held,
            self.rank,
            self.term_event,
            tuple(self.history),
            dict(self.appeals),
            self.reset_on,
            self.spent,
            self.last_on,
            count,
            self.withdrawn,
        )


def replay(events: Sequence[AnyEvent]) -> PersonState:
    """State after `events` of one person, in order.

    Raises
    ------
    DomainError
        If an event cannot follow the ones before it.
    """
    state = _Running()
    seen: dict[str, AnyEvent] = {}
    for event, effective in zip(events, corrected_events(events), strict=True):
        _check_common(event, effective, state.last_on)
        if event.kind in CHANGES_STATE:
            if effective is not None:
                _step(state, effective)
                state.last_on = max(state.last_on, effective.happened_on)
            elif event.kind in ("demote", "revoke"):
                state.withdrawn = state.withdrawn | frozenset(event.evidence)
        elif event.kind == "correct":
            _check_correction(event, seen)
        else:
            _appeal(state, event, seen)
        seen[event.event_id] = event
    return state.state(len(events))


def state_on(events: Sequence[Event], day: date) -> PersonState:
    """State on `day`, from the events known on it.

    `count` is that of all events, so that a command can tell whether somebody was faster.
    """
    past = known_on(events, day)
    return replay(past) if len(past) == len(events) else replace(replay(past), count=len(events))


def known_on(events: Sequence[Event], day: date) -> Sequence[Event]:
    """What had happened by `day`: what came later has not happened yet, but later corrections of it count."""
    if all(event.happened_on <= day for event in events):
        return events
    past: list[Event] = []
    known: set[str] = set()
    for event in events:
        if event.kind == "correct" or event.happened_on <= day:
            if event.target and event.target not in known:
                continue
            past.append(event)
            known.add(event.event_id)
    return past


def corrected_events(events: Iterable[AnyEvent]) -> Sequence[AnyEvent | None]:
    """Each event with later corrections applied; None where it was voided."""
    listed = list(events)
    changes: dict[str, dict[str, Any]] = {}
    for event in listed:
        if event.kind == "correct":
            changes.setdefault(event.target, {}).update(event.changes)
    if not changes:
        return listed
    result: list[AnyEvent | None] = []
    for event in listed:
        fields = dict(changes.get(event.event_id, {})) if event.kind in CHANGES_STATE else {}
        if fields.pop("void", False):
            result.append(None)
            continue
        for name in ("valid_from", "valid_until"):
            if isinstance(fields.get(name), str):
                fields[name] = date.fromisoformat(fields[name])
        known = {name: value for name, value in fields.items() if name in CORRECTABLE}
        result.append(replace(event, **known) if known else event)
    return result


def _refuse(event: AnyEvent, expected: str, got: str) -> DomainError:
    title = KIND_TITLES.get(event.kind, str(event.kind))
    return DomainError(f"{event.person} 的「{title}」（{event.happened_on}）", expected, got)


def _check_common(event: AnyEvent, effective: AnyEvent | None, last_on: date) -> None:
    if event.kind not in KIND_TITLES:
        raise _refuse(event, "授予、续期、晋级、降级、失效、撤销、更正、申诉之一", str(event.kind))
    if not event.actor.strip() or not event.reason.strip():
        raise _refuse(event, "写明经办账号和原因", "有一项是空的")
    if effective is None or event.kind not in CHANGES_STATE:
        return
    if effective.happened_on < last_on:
        raise _refuse(event, f"不早于上一次变动 {last_on} 的日期", str(effective.happened_on))
    if effective.kind in GIVES_LEVEL:
        _term(effective)


def _term(event: AnyEvent) -> Holding:
    """The level and term an event gives."""
    if event.level is None or event.rank < 1:
        raise _refuse(event, "写明等级", "没有等级")
    if event.valid_from is None or event.valid_until is None:
        raise _refuse(event, "写明有效期的第一天和最后一天", "缺一个日期")
    if event.valid_until < event.valid_from:
        raise _refuse(event, f"不早于 {event.valid_from} 的到期日", str(event.valid_until))
    return Holding(event.level, event.valid_from, event.valid_until)


def _step(state: _Running, event: AnyEvent) -> None:
    held = state.held
    if event.kind == "award":
        if held is not None:
            raise _refuse(event, "现在没有等级", f"{held.level}，到 {held.until}")
        _begin(state, event)
        return
    if held is None:
        raise _refuse(event, "现在有等级", "没有等级")
    if event.kind == "renew":
        if event.level != held.level:
            raise _refuse(event, f"与现有等级 {held.level} 相同", str(event.level))
        term = _term(event)
        if term.until <= held.until or term.since < held.since:
            raise _refuse(event, f"晚于 {held.until} 的到期日", f"{term.since} 至 {term.until}")
        state.held = Holding(held.level, held.since, term.until)
        state.term_event = event.event_id
        return
    if event.kind == "promote" and event.rank <= state.rank:
        raise _refuse(event, f"高于 {held.level} 的等级", str(event.level))
    if event.kind == "demote" and not 0 < event.rank < state.rank:
        raise _refuse(event, f"低于 {held.level} 的等级（最低一级往下用撤销）", str(event.level))
    if event.kind == "lapse" and event.happened_on <= held.until and event.changes.get("cause") != LEFT:
        raise _refuse(event, f"{held.until} 之后的日期，或离岗", str(event.happened_on))
    _end_and_begin(state, held, event)


def _begin(state: _Running, event: AnyEvent) -> None:
    term = _term(event)
    last = state.history[-1].until if state.history else None
    if last is not None and term.since <= last:
        raise _refuse(event, f"晚于上一等级结束日 {last} 的起始日", str(term.since))
    state.held, state.rank, state.term_event = term, event.rank, event.event_id
    state.history.append(Tenure(term.level, term.since))


def _end_and_begin(state: _Running, held: Holding, event: AnyEvent) -> None:
    """Close the present tenure (promote, demote, lapse, revoke) and open the next one, if any."""
    first = _term(event).since if event.kind in GIVES_LEVEL else event.happened_on
    if first < held.since or (event.kind in GIVES_LEVEL and first == held.since):
        raise _refuse(event, f"晚于现有等级起始日 {held.since} 的日期", str(first))
    end = min(held.until, first - timedelta(days=1))
    state.history[-1] = Tenure(held.level, held.since, max(end, held.since))
    if event.kind in ("demote", "revoke"):
        state.reset_on, state.spent = first, state.spent | frozenset(event.evidence)
    state.held, state.rank, state.term_event = None, 0, ""
    if event.kind in GIVES_LEVEL:
        _begin(state, event)


def _check_correction(event: AnyEvent, seen: dict[str, AnyEvent]) -> None:
    target = seen.get(event.target)
    if target is None or target.kind not in CHANGES_STATE:
        raise _refuse(event, "要更正的、这个人更早的一次变动", event.target or "没有写")
    unknown = set(event.changes) - CORRECTABLE
    if unknown or not event.changes:
        got = "、".join(sorted(unknown)) or "没有写"
        raise _refuse(event, "要改的项（等级、起止日、原因、作废）", got)


def _appeal(state: _Running, event: AnyEvent, seen: dict[str, AnyEvent]) -> None:
    if event.kind == "appeal_opened":
        target = seen.get(event.target)
        if target is None or target.kind not in CHANGES_STATE:
            raise _refuse(event, "被申诉的、这个人更早的一次变动", event.target or "没有写")
        if event.target in state.appeals.values():
            raise _refuse(event, "没有未结的申诉", "这次变动已有一个申诉在办")
        state.appeals[event.event_id] = event.target
        return
    if event.target not in state.appeals:
        raise _refuse(event, "一个未结的申诉", event.target or "没有写")
    if event.changes.get("outcome") not in ("upheld", "rejected"):
        raise _refuse(event, "结论 upheld（成立）或 rejected（不成立）", str(event.changes.get("outcome")))
    del state.appeals[event.target]
