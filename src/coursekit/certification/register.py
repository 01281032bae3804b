"""The register: append-only events, chained by digest, one writer at a time, present state derived."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from coursekit.certification import schema
from coursekit.certification.database import (
    RESTORE,
    ConflictError,
    DamagedError,
    address,
    file_digest,
    open_engine,
    reading,
    steady,
    stream,
    upgrade,
    writing,
)
from coursekit.certification.events import Command, Event, same_command
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.seals import (
    EVENTS,
    POLICIES,
    Head,
    add_sealed,
    read_head,
    read_heads,
    take_write_lock,
    write_head,
)
from coursekit.certification.state import PersonState, replay
from coursekit.errors import InputError

_CHUNK = 500
_COLUMNS = tuple(schema.events.columns.keys())


def now_text() -> str:
    """This moment in UTC, to the microsecond, as the register writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def new_person_id() -> str:
    """A random id that says nothing about the person."""
    return f"p-{secrets.token_hex(8)}"


class Register:
    """The level register of a company.

    Parameters
    ----------
    where : str or Path, optional
        File name or database URL; see `database.address`.
    create : bool
        Whether an empty database becomes a register.
    """

    def __init__(self, where: str | Path | None = None, *, create: bool = True) -> None:
        self.url = address(where)
        self.engine: Engine = open_engine(self.url)
        upgrade(self.engine, create=create)

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on one unchanging state."""
        with reading(self.engine) as connection:
            yield connection

    @contextmanager
    def steady(self) -> Iterator[Connection]:
        """A connection on one unchanging state that keeps nobody from writing, however long it is read."""
        with steady(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that may write; all or nothing, one writer at a time."""
        with writing(self.engine) as connection:
            take_write_lock(connection)
            yield connection

    def append(self, commands: Sequence[Command]) -> list[Event]:
        """Record `commands`, all or none; a command recorded before is not recorded again.

        Raises
        ------
        DomainError
            If one of them cannot follow what the register holds.
        ConflictError
            If `expects` is given and somebody else was faster.
        """
        with self.writing() as connection:
            return append_events(connection, commands)

    def events(self, person: str | None = None) -> Iterator[Event]:
        """Events in order, of one person or of all, without holding them in memory."""
        query = select(schema.events).order_by(schema.events.c.seq)
        if person is not None:
            query = query.where(schema.events.c.person == person)
        with self.steady() if person is None else self.reading() as connection:
            for row in stream(connection, query):
                yield event_from_row(row)

    def state(self, person: str) -> PersonState:
        """Present state of one person."""
        return replay(list(self.events(person)))

    def states(self) -> Iterator[tuple[str, list[Event], PersonState]]:
        """Person, events and state of everyone with events, in bounded memory."""
        query = select(schema.events).order_by(schema.events.c.person, schema.events.c.person_seq)
        with self.steady() as connection:
            group: list[Event] = []
            for row in stream(connection, query):
                event = event_from_row(row)
                if group and group[0].person != event.person:
                    yield group[0].person, group, replay(group)
                    group = []
                group.append(event)
            if group:
                yield group[0].person, group, replay(group)

    def head(self) -> tuple[int, str]:
        """Number and digest of the last event."""
        return self.heads()[EVENTS]

    def heads(self) -> dict[int, Head]:
        """Number and digest of the last event, and of the last row of every sealed table, by head id."""
        with self.reading() as connection:
            return read_heads(connection)

    def standing(self) -> tuple[dict[int, Head], str]:
        """All heads, and the digest of the whole file (empty when it is no file), at one moment."""
        with self.reading() as connection:
            return read_heads(connection), file_digest(connection)

    def keep_policy(self, policy: LevelPolicy) -> None:
        """Store the policy under its digest, so that old decisions stay explainable."""
        content = json.dumps(policy.content(), ensure_ascii=False)
        with self.writing() as connection:
            known = schema.policies.c.digest == policy.digest
            if connection.execute(select(schema.policies.c.digest).where(known)).first() is None:
                add_sealed(connection, POLICIES, [{"digest": policy.digest, "content": content}])


def event_from_row(row: Row[Any]) -> Event:
    """Event from its row."""
    event = object.__new__(Event)  # a frozen dataclass is slow to make, and there are millions
    values = event.__dict__
    values.update(zip(_COLUMNS, row, strict=True))
    try:
        values["evidence"] = tuple(json.loads(row.evidence)) if row.evidence != "[]" else ()
        values["changes"] = json.loads(row.changes) if row.changes != "{}" else {}
    except (ValueError, TypeError) as error:
        raise DamagedError(f"第 {row.seq} 条登记", "读得出来的内容", str(error), RESTORE) from error
    return event


def _row_from_event(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in Event.__dataclass_fields__}
    values["evidence"] = json.dumps(list(event.evidence)) if event.evidence else "[]"
    changes = dict(event.changes)
    values["changes"] = (
        json.dumps(changes, ensure_ascii=False, sort_keys=True, default=str) if changes else "{}"
    )
    return values


def _known_events(connection: Connection, people: Sequence[str]) -> dict[str, list[Event]]:
    known: dict[str, list[Event]] = {person: [] for person in people}
    columns = schema.events.c
    for start in range(0, len(people), _CHUNK):
        chunk = people[start : start + _CHUNK]
        query = select(schema.events).where(columns.person.in_(chunk)).order_by(columns.seq)
        for row in stream(connection, query):
            known[row.person].append(event_from_row(row))
    return known


def append_events(connection: Connection, commands: Sequence[Command]) -> list[Event]:
    """Check and record `commands` in the open transaction; see `Register.append`."""
    seq, previous = read_head(connection, EVENTS)
    known = _known_events(connection, sorted({command.person for command in commands}))
    recorded_at = now_text()
    fresh: list[Event] = []
    result: list[Event] = []
    for command in commands:
        mine = known[command.person]
        earlier = next((event for event in mine if event.event_id == command.event_id), None)
        if earlier is not None:
            result.append(_again(command, earlier))
            continue
        if command.expects is not None and command.expects != len(mine):
            got = f"{len(mine)} 条" if len(mine) != command.expects else ""
            raise ConflictError(
                command.person, f"{command.expects} 条记录", got, "别人刚改过，请重新看一遍再定。"
            )
        replay([*mine, command])
        seq += 1
        event = _chained(command, seq, len(mine) + 1, (previous, recorded_at))
        previous = event.digest
        mine.append(event)
        fresh.append(event)
        result.append(event)
    if fresh:
        connection.execute(insert(schema.events), [_row_from_event(event) for event in fresh])
        write_head(connection, EVENTS, (seq, previous))
    return result


def _again(command: Command, earlier: Event) -> Event:
    if same_command(command, earlier):
        return earlier
    raise InputError(
        f"登记号 {command.event_id}", "没有用过的登记号", f"已用于 {earlier.kind}（{earlier.happened_on}）"
    )


def _chained(command: Command, seq: int, person_seq: int, link: tuple[str, str]) -> Event:
    previous, recorded_at = link
    event = Event(
        seq=seq,
        person_seq=person_seq,
        event_id=command.event_id,
        kind=command.kind,
        person=command.person,
        happened_on=command.happened_on,
        recorded_at=recorded_at,
        actor=command.actor,
        reason=command.reason,
        level=command.level,
        rank=command.rank,
        valid_from=command.valid_from,
        valid_until=command.valid_until,
        policy=command.policy,
        evidence=tuple(command.evidence),
        target=command.target,
        changes=json.loads(json.dumps(dict(command.changes), default=str)) if command.changes else {},
        previous=previous,
    )
    return replace(event, digest=event.computed_digest())
