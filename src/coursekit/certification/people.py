"""Who is who: names and staff ids stand in their own table, apart from the chain of events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from coursekit.certification import schema
from coursekit.certification.database import stream
from coursekit.certification.register import now_text
from coursekit.certification.seals import NOTES, add_sealed
from coursekit.errors import InputError

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


def read_people(connection: Connection) -> list[Person]:
    """Everyone, by staff id."""
    columns = schema.people.c
    query = select(schema.people).order_by(columns.staff_id, columns.person)
    return [person_from_row(row) for row in stream(connection, query)]


def person_from_row(row: Row[Any]) -> Person:
    """Person from their row, whose columns are in the order of the fields."""
    return Person(*tuple(row))


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
        connection.execute(insert(schema.people), [_row(person) for person in people])


def change_person(connection: Connection, person: str, changes: dict[str, Any]) -> None:
    """Change columns of one row."""
    connection.execute(update(schema.people).where(schema.people.c.person == person).values(**changes))


def _row(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in Person.__dataclass_fields__}


def log_access(connection: Connection, who: tuple[str, str], people: Iterable[str], action: str) -> None:
    """Note that `who` (account, purpose) looked at or changed personal data."""
    actor, purpose = who
    at = now_text()
    rows: list[dict[str, Any]] = [
        {"at": at, "actor": actor, "action": action, "person": person, "purpose": purpose}
        for person in people
    ]
    add_sealed(connection, NOTES, rows)
