"""Issue certificates from the register, and say which of them no longer stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from coursekit.certification import schema
from coursekit.certification.credential import Grant, credential_id, issue
from coursekit.certification.database import stream
from coursekit.certification.events import Event
from coursekit.certification.keys import Signer
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register, event_from_row, now_text
from coursekit.certification.seals import CERTIFICATES, add_sealed, next_number
from coursekit.certification.state import replay
from coursekit.certification.terms import Term, terms
from coursekit.errors import InputError

_AT_ONCE = 500


@dataclass(frozen=True)
class Certificate:
    """One issued credential."""

    credential_id: str
    person: str
    event_id: str
    level: str
    valid_from: date
    valid_until: date
    status_index: int
    token: str
    decided_on: date
    new: bool = False


def _from_row(row: Row[Any], given: Event, *, new: bool = False) -> Certificate:
    return Certificate(
        row.credential_id,
        row.person,
        row.event_id,
        row.level,
        row.valid_from,
        row.valid_until,
        row.status_index,
        row.jwt,
        given.happened_on,
        new,
    )


def issue_certificate(
    register: Register,
    policy: LevelPolicy,
    signer: Signer,
    person: str,
    today: date,
    now: datetime | None = None,
) -> Certificate:
    """The certificate of the term `person` holds on `today`; asked for again, the same one.

    Parameters
    ----------
    now : datetime, optional
        When it is signed, with time zone; noon of `today` by default.

    Raises
    ------
    InputError
        If the person holds no valid level.
    """
    with register.writing() as connection:
        query = select(schema.events).where(schema.events.c.person == person).order_by(schema.events.c.seq)
        events = [event_from_row(row) for row in stream(connection, query)]
        state = replay(events)
        if state.held is None or state.status(today) != "valid":
            found = {"none": "没有等级", "pending": "等级还没开始", "expired": "等级已过期"}
            raise InputError("证书", f"{today} 有有效的等级", found[state.status(today)])
        policy.require(state.held.level)
        term = terms(events)[state.term_event]
        given = next(event for event in events if event.event_id == state.term_event)
        mine = select(schema.credentials).where(schema.credentials.c.event_id == term.event_id)
        issued = list(stream(connection, mine.order_by(schema.credentials.c.issue)))
        for row in issued:
            if _matches(row, term):
                return _from_row(row, given)
        moment = now or datetime.combine(today, time(12), UTC)
        row = _store(connection, policy, signer, (given, term, len(issued) + 1, moment))
        return _from_row(row, given, new=True)


def _store(
    connection: Connection, policy: LevelPolicy, signer: Signer, what: tuple[Event, Term, int, datetime]
) -> Row[Any]:
    event, term, number, moment = what
    index = next_number(connection, CERTIFICATES)  # the write lock is held: one clerk at a time takes a place
    identity = credential_id(event.event_id, number)
    grant = Grant(term, event.digest, event.policy, index, moment)
    token = issue(policy, signer, grant, identity)
    row = {
        "credential_id": identity,
        "event_id": event.event_id,
        "issue": number,
        "person": term.person,
        "level": term.level,
        "valid_from": term.since,
        "valid_until": term.until,
        "key_id": signer.key_id,
        "issued_at": now_text(),
        "jwt": token,
    }
    add_sealed(connection, CERTIFICATES, [row])
    known = schema.credentials.c.credential_id == identity
    return connection.execute(select(schema.credentials).where(known)).one()


def _matches(row: Row[Any], term: Term) -> bool:
    return (row.level, row.valid_from, row.valid_until) == (term.level, term.since, term.until)


def with_certificates(register: Register, people: Sequence[str]) -> list[str]:
    """Those of `people` to whom a certificate was issued: what changes for them changes the status list."""
    known = schema.credentials.c.person
    found: set[str] = set()
    with register.reading() as connection:
        for start in range(0, len(people), _AT_ONCE):
            some = select(known).where(known.in_(people[start : start + _AT_ONCE])).distinct()
            found |= {row.person for row in stream(connection, some)}
    return sorted(found)


def _histories(connection: Connection) -> Iterator[tuple[str, list[Event]]]:
    holders = select(schema.credentials.c.person)
    columns = schema.events.c
    query = select(schema.events).where(columns.person.in_(holders)).order_by(columns.person, columns.seq)
    rows = stream(connection, query)
    for person, group in groupby((event_from_row(row) for row in rows), key=lambda event: event.person):
        yield person, list(group)


def revoked_places(register: Register) -> tuple[list[int], int]:
    """Places of certificates that no longer stand, and the number of places in use.

    A certificate stands while its term was not ended early, voided or corrected to something else.
    """
    with register.reading() as connection:
        issued: dict[str, list[Row[Any]]] = {}
        for row in stream(connection, select(schema.credentials)):
            issued.setdefault(row.person, []).append(row)
        places = [row.status_index for rows in issued.values() for row in rows]
        gone: list[int] = []
        for person, events in _histories(connection):
            found = terms(events)
            for row in issued[person]:
                term = found.get(row.event_id)
                if term is None or term.ended_on is not None or not _matches(row, term):
                    gone.append(row.status_index)
    return sorted(gone), max(places, default=-1) + 1
