"""Who is who: names and staff ids stand in their own table, apart from the chain of events.

Every row added or changed is noted in a chain of its own as a salted digest, so that a row somebody
changed behind the register's back is found, and a name can still be erased.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from coursekit.certification import schema
from coursekit.certification.database import stream
from coursekit.certification.register import now_text
from coursekit.certification.seals import NOTES, ROSTER, add_sealed, new_salt, origin
from coursekit.errors import InputError

_ENCODER = json.JSONEncoder(ensure_ascii=False)
ACTOR_VARIABLE = "COURSEKIT_ACTOR"


@dataclass(frozen=True)
class Person:
    """One customer manager as the register knows them; after erasure only `person` is left."""

    person: str
    staff_id: str | None
    name: str | None = None
    unit: str | None = None
    trainer: str | None = None
    contact: str | None = None
    post_since: date | None = None
    status: str = "active"
    left_on: date | None = None
    erased_on: date | None = None

    @property
    def shown(self) -> str:
        """How people call them: name and staff id, or the register id after erasure."""
        if self.staff_id is None:
            return f"（已删除）{self.person}"
        return f"{self.name}（{self.staff_id}）" if self.name else self.staff_id


_FIELDS = tuple(Person.__dataclass_fields__)


def read_people(connection: Connection) -> list[Person]:
    """Everyone, by staff id."""
    columns = schema.people.c
    query = select(schema.people).order_by(columns.staff_id, columns.person)
    return [person_from_row(row) for row in stream(connection, query)]


def person_from_row(row: Row[Any]) -> Person:
    """Person from their row, whose columns are in the order of the fields."""
    return Person(*tuple(row)[: len(_FIELDS)])


def find_person(connection: Connection, text: str) -> Person:
    """The one person meant by a staff id, a register id or a full name.

    Raises
    ------
    InputError
        If nobody or more than one is meant.
    """
    columns = schema.people.c
    for column in (columns.staff_id, columns.person, columns.name):
        rows = list(stream(connection, select(schema.people).where(column == text)))
        if len(rows) == 1:
            return person_from_row(rows[0])
        if rows:
            ids = "、".join(sorted(str(row.staff_id) for row in rows))
            raise InputError(f"「{text}」", "一个人", f"{len(rows)} 个同名的人", f"请改用工号：{ids}。")
    raise InputError(
        f"「{text}」", "名册里的工号或姓名", "查无此人", "先运行 coursekit levels roster 导入名册。"
    )


def add_people(connection: Connection, people: Sequence[Person]) -> None:
    """Add new rows."""
    if people:
        rows = [_row(person) for person in people]
        connection.execute(insert(schema.people), rows)
        _note(connection, rows)


def change_people(connection: Connection, changes: Mapping[str, Mapping[str, Any]]) -> None:
    """Change columns of rows, by register id."""
    key = schema.people.c.person
    rows = []
    for person, fields in changes.items():
        old = person_from_row(connection.execute(select(schema.people).where(key == person)).one())
        rows.append(_row(replace(old, **fields)))
        connection.execute(update(schema.people).where(key == person).values(**fields, salt=rows[-1]["salt"]))
    _note(connection, rows)


def _row(person: Person) -> dict[str, Any]:
    return {**{name: getattr(person, name) for name in _FIELDS}, "salt": new_salt()}


def _note(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    at = now_text()
    notes: list[dict[str, Any]] = [
        {
            "person": row["person"],
            "at": at,
            "origin": row_origin(row["salt"], [row[name] for name in _FIELDS]),
        }
        for row in rows
    ]
    add_sealed(connection, ROSTER, notes)


def row_origin(salt: str, values: Sequence[object]) -> str:
    """Salted digest of a row of `people`, whose values are in the order of the fields of `Person`."""
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return origin(salt, _ENCODER.encode(plain))


def log_access(connection: Connection, who: tuple[str, str], people: Iterable[str], action: str) -> None:
    """Note that `who` (account, purpose) looked at or changed personal data."""
    actor, purpose = who
    at = now_text()
    rows: list[dict[str, Any]] = [
        {"at": at, "actor": actor, "action": action, "person": person, "purpose": purpose}
        for person in people
    ]
    add_sealed(connection, NOTES, rows)
