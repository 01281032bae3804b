"""What HR records by hand: a lapse on leaving, a demotion or revocation by decision, corrections, appeals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coursekit.certification.database import stream
from coursekit.certification.events import CORRECTABLE, Command, Event, EventKind
from coursekit.certification.months import last_day
from coursekit.certification.people import Person, find_person, log_access
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register, append_events
from coursekit.certification.scores import level_name
from coursekit.certification.state import LEFT, PersonState, replay
from coursekit.errors import DomainError, InputError


@dataclass(frozen=True)
class Order:
    """An order of HR about one person.

    Parameters
    ----------
    kind : str
        `lapse`, `demote`, `revoke`, `correct`, `appeal_opened` or `appeal_decided`.
    who : str
        Staff id, register id or full name.
    on : date
        Day it takes effect.
    actor, reason, purpose : str
        Account, why (no names in it), and the purpose for the access log.
    target : str
        Event that is corrected or appealed (its id or the first characters of it).
    changes : mapping
        Corrected fields, or `{"outcome": "upheld"}`.
    """

    kind: EventKind
    who: str
    on: date
    actor: str
    reason: str
    purpose: str = "登记变动"
    target: str = ""
    changes: Mapping[str, Any] | None = None
    level: str | None = None


def carry_out(register: Register, policy: LevelPolicy, order: Order) -> Event:
    """Record an order.

    Raises
    ------
    InputError
        If the person or the event is not found, the reason names the person, or the order cannot
        follow what the register holds.
    """
    register.keep_policy(policy)
    with register.writing() as connection:
        person = find_person(connection, order.who)
        _no_names(person, order.reason)
        _no_names(person, str((order.changes or {}).get("reason", "")))
        known = list(register_events(connection, person.person))
        command = _command(policy, order, person, (replay(known), known))
        try:
            event = append_events(connection, [command])[0]
        except DomainError as error:  # HR knows the person by staff id
            where = error.where.replace(person.person, person.shown)
            raise DomainError(where, error.expected, error.got, error.todo) from error
        log_access(connection, (order.actor, order.purpose), [person.person], order.kind)
    return event


def register_events(connection: Any, person: str) -> list[Event]:
    """Events of one person on an open connection."""
    from sqlalchemy import select

    from coursekit.certification import schema
    from coursekit.certification.register import event_from_row

    query = select(schema.events).where(schema.events.c.person == person).order_by(schema.events.c.seq)
    return [event_from_row(row) for row in stream(connection, query)]


def _no_names(person: Person, reason: str) -> None:
    for text in (person.name, person.staff_id, person.contact):
        if text and len(text) > 1 and text in reason:
            todo = "链上的原因永远删不掉，请写事由，不写人。"
            raise InputError("原因", "不含姓名、工号、电话的文字", f"里面有「{text}」", todo)


def _command(
    policy: LevelPolicy, order: Order, person: Person, known: tuple[PersonState, list[Event]]
) -> Command:
    state, events = known
    level: str | None = None
    first: date | None = None
    last: date | None = None
    changes: dict[str, Any] = dict(order.changes or {})
    if order.kind == "lapse" and state.held is not None and order.on <= state.held.until:
        changes["cause"] = LEFT
    if order.kind == "demote":
        if state.held is not None:
            policy.require(state.held.level)
        level = policy.below(state.held.level) if state.held else None
        level = _level(policy, order.level) if order.level else level
        if level is None:
            raise InputError(person.shown, "一个更低的等级", "已是最低一级", "最低一级往下用 revoke。")
        first, last = order.on, last_day(order.on, policy.levels[level].validity_months.value)
    if order.kind == "correct":
        changes = _correction(policy, changes)
    target = _target(order, events) if order.target else ""
    return Command(
        order.kind,
        person.person,
        order.on,
        order.actor,
        order.reason,
        level,
        policy.rank(level),
        first,
        last,
        policy.digest,
        (),
        target,
        changes,
        expects=len(events),
    )


def _level(policy: LevelPolicy, text: str) -> str:
    """The level a clerk means, by its name in the policy or in Chinese."""
    found = level_name(policy, text)
    if found is None:
        titles = "、".join(f"{policy.level_title(one)}（{one}）" for one in policy.ladder)
        raise InputError("等级", titles, text)
    return found


def _correction(policy: LevelPolicy, changes: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(changes) - CORRECTABLE)
    if unknown or not changes:
        raise InputError("更正", "level、valid_from、valid_until、reason、void", "、".join(unknown) or "空的")
    if "level" in changes:
        changes["level"] = _level(policy, changes["level"])
        changes["rank"] = policy.rank(changes["level"])
    return changes


def _target(order: Order, events: list[Event]) -> str:
    found = [event for event in events if event.event_id.startswith(order.target)]
    if len(found) != 1 or len(order.target) < 6:
        got = f"{len(found)} 条对得上" if len(order.target) >= 6 else "太短"
        raise InputError(
            f"登记号 {order.target}", "这个人的一条记录（至少六位）", got, "用 levels show 看登记号。"
        )
    return found[0].event_id
