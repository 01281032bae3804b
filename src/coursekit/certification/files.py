"""The file of one person after the other: who they are, their events, their kept evidence.

Three sorted streams are merged, so that a register of any size passes through little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, select

from coursekit.certification import schema
from coursekit.certification.database import stream
from coursekit.certification.events import Event
from coursekit.certification.evidence import Evidence
from coursekit.certification.evidence_store import piece_from_row
from coursekit.certification.people import Person
from coursekit.certification.register import event_from_row

T = TypeVar("T")


@dataclass(frozen=True)
class PersonFile:
    """What the register holds about one person; `about` is None for events without a person."""

    person: str
    about: Person | None
    events: list[Event]
    evidence: list[Evidence]


def person_files(connection: Connection) -> Iterator[PersonFile]:
    """Files of everyone, by register id."""
    people, events, evidence = schema.people.c, schema.events.c, schema.evidence.c
    who = _Groups(
        stream(connection, select(schema.people).order_by(people.person)), lambda row: Person(**row._mapping)
    )
    what = _Groups(
        stream(connection, select(schema.events).order_by(events.person, events.person_seq)), event_from_row
    )
    why = _Groups(
        stream(connection, select(schema.evidence).order_by(evidence.person, evidence.kept_at.desc())),
        _as_it_is,
    )
    while (person := min((g.next for g in (who, what, why) if g.next is not None), default=None)) is not None:
        about = who.take(person)
        staff_id = about[0].staff_id if about else None
        pieces = [piece_from_row(row, staff_id) for row in why.take(person)]
        yield PersonFile(person, about[0] if about else None, what.take(person), pieces)


def _as_it_is(row: Row[Any]) -> Row[Any]:
    return row


class _Groups(Generic[T]):
    """Rows of a sorted stream, person by person."""

    def __init__(self, rows: Iterable[object], make: Callable[..., T]) -> None:
        self._groups = groupby(rows, key=lambda row: row.person)  # type: ignore[attr-defined]
        self._make = make
        self.next: str | None = None
        self._rows: list[T] = []
        self._advance()

    def _advance(self) -> None:
        found = next(self._groups, None)
        self.next = found[0] if found else None
        self._rows = [self._make(row) for row in found[1]] if found else []

    def take(self, person: str) -> list[T]:
        """Rows of `person`, which is not behind the stream; empty when it has none."""
        if self.next != person:
            return []
        rows = self._rows
        self._advance()
        return rows
