"""Personal data: erased on request or when its time is over, exported under pseudonyms, every look noted.

Names, staff ids and contacts stand only in the table of people. The chain knows random register ids,
so a name can be erased and every digest still holds.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update

from coursekit.certification import schema
from coursekit.certification.database import rewrite, stream
from coursekit.certification.months import add_months
from coursekit.certification.people import Person, change_people, log_access, read_people
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register
from coursekit.certification.seals import DROPPED_NOTES, write_head
from coursekit.certification.state import PersonState
from coursekit.grading.store import write_bytes

_PERSONAL: dict[str, Any] = {
    "staff_id": None,
    "name": None,
    "unit": None,
    "trainer": None,
    "contact": None,
    "post_since": None,
}


def erase(register: Register, people: Sequence[Person], today: date, who: tuple[str, str]) -> None:
    """Remove names, ids and contacts of `people`; the chain, and what it proves, stays.

    Parameters
    ----------
    who : tuple of str
        Account of the clerk, and the purpose.
    """
    ids = [person.person for person in people]
    with register.writing() as connection:
        change_people(connection, {person: {**_PERSONAL, "erased_on": today} for person in ids})
        # where a piece of evidence came from may name a file called after a person
        theirs = update(schema.evidence).where(schema.evidence.c.person.in_(ids))
        connection.execute(theirs.values(source="", salt=""))
        log_access(connection, who, ids, "erase")
    rewrite(register.engine)


def due_for_erasure(register: Register, policy: LevelPolicy, today: date) -> list[Person]:
    """People who left longer ago than the policy keeps their data."""
    months = policy.retention.left_months.value
    with register.reading() as connection:
        return [
            person
            for person in read_people(connection)
            if person.status == "left"
            and person.staff_id is not None
            and person.left_on is not None
            and add_months(person.left_on, months) <= today
        ]


def trim_access_log(register: Register, policy: LevelPolicy, today: date) -> int:
    """Drop notes of access that are older than the policy keeps them; how many."""
    limit = add_months(today, -policy.retention.access_log_months.value)
    notes = schema.access_log.c
    with register.writing() as connection:
        kept = connection.execute(select(func.min(notes.id)).where(notes.at >= limit.isoformat())).scalar()
        old = select(notes.id, notes.seal).order_by(notes.id.desc()).limit(1)
        last = connection.execute(old if kept is None else old.where(notes.id < kept)).first()
        if last is None:
            return 0
        write_head(connection, DROPPED_NOTES, (last.id, last.seal))  # the chain goes on from there
        dropped = int(connection.execute(delete(schema.access_log).where(notes.id <= last.id)).rowcount)
    rewrite(register.engine)
    return dropped


def access_notes(register: Register, person: str = "", last: int = 200) -> list[dict[str, Any]]:
    """The latest notes of access, newest first, of one person or of all."""
    columns = schema.access_log.c
    query = select(schema.access_log).order_by(columns.id.desc()).limit(last)
    if person:
        query = query.where(columns.person == person)
    with register.reading() as connection:
        return [dict(row._mapping) for row in stream(connection, query)]


def pseudonym(secret: bytes, person: str) -> str:
    """Name of a person in one export; another secret gives another name."""
    return "x-" + hmac.new(secret, person.encode(), hashlib.sha256).hexdigest()[:16]


def pseudonymous_rows(register: Register, secret: bytes, today: date) -> Iterator[dict[str, Any]]:
    """One row a person with events: pseudonym, level, months, numbers of events. No names, ids or days.

    Dates are given as years, so that a row cannot be matched with a day somebody remembers.
    """
    for person, events, state in register.states():
        yield {
            "person": pseudonym(secret, person),
            **_coarse(state, today),
            "events": len(events),
            "first_year": events[0].happened_on.year,
            "kinds": sorted({event.kind for event in events}),
        }


def _coarse(state: PersonState, today: date) -> dict[str, Any]:
    held = state.held
    if held is None:
        return {"level": None, "status": "none", "years_at_level": None, "expires_within_a_year": None}
    return {
        "level": held.level,
        "status": state.status(today),
        "years_at_level": (today - held.since).days // 365,
        "expires_within_a_year": held.until - today <= timedelta(days=365),
    }


def write_export(register: Register, path: Path, secret: bytes, today: date) -> int:
    """Write the pseudonymous rows as JSON lines, ordered by pseudonym; how many."""
    rows = sorted(pseudonymous_rows(register, secret, today), key=lambda row: str(row["person"]))
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_bytes(path, lines.encode())
    return len(rows)
