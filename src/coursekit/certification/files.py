"""The file of one person after the other: who they are, their events, their kept evidence.

Three sorted streams are merged, so that a register of any size passes through little memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, select

from coursekit.certification import schema
from coursekit.certification.database import stream
from coursekit.certification.events import Event
from coursekit.certification.evidence import Evidence
from coursekit.certification.evidence_store import piece_from_row
from coursekit.certification.people import Person, person_from_row
from coursekit.certification.register import event_from_row


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
    who = _Groups(connection, schema.people, people.person)
    what = _Groups(connection, schema.events, events.person, events.person_seq)
    why = _Groups(connection, schema.evidence, evidence.person, evidence.kept_at.desc())
    while (person := min((g.next for g in (who, what, why) if g.next is not None), default=None)) is not None:
        about = next((person_from_row(row) for row in who.take(person)), None)
        staff_id = about.staff_id if about else None
        history = [event_from_row(row) for row in what.take(person)]
        yield PersonFile(person, about, history, [piece_from_row(row, staff_id) for row in why.take(person)])


class _Groups:
    """Rows of a table, person by person."""

    def __init__(self, connection: Connection, table: Table, *order: ColumnElement[Any]) -> None:
        rows = stream(connection, select(table).order_by(*order))
        place = list(table.columns.keys()).index("person")
        self._groups = groupby(rows, key=itemgetter(place))
        self.next: str | None = None
        self._rows: list[Row[Any]] = []
        self._advance()

    def _advance(self) -> None:
        found = next(self._groups, None)
        self.next = found[0] if found else None
        self._rows = list(found[1]) if found else []

    def take(self, person: str) -> list[Row[Any]]:
        """Rows of `person`, which is not behind the stream; empty when it has none."""
        if self.next != person:
            return []
        rows = self._rows
        self._advance()
        return rows
