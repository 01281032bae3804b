"""Which terms of a level still stand, and which ended early: what a status list must say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coursekit.certification.events import CHANGES_STATE, GIVES_LEVEL, Event
from coursekit.certification.state import corrected_events, known_on


@dataclass(frozen=True)
class Term:
    """A term given by one event, with the day it really ended.

    Parameters
    ----------
    since, until : date
        As given (and corrected).
    ended_on : date or None
        Last day it stood when something ended it early; None when it ran or runs to `until`.
    why : str
        Kind of the event that ended it.
    """

    event_id: str
    person: str
    level: str
    since: date
    until: date
    ended_on: date | None = None
    why: str = ""


def terms(events: Sequence[Event]) -> dict[str, Term]:
    """Terms of one person by the event that gave them; voided ones are left out."""
    found: dict[str, Term] = {}
    running: list[str] = []
    for original, event in zip(events, corrected_events(events), strict=True):
        if event is None or event.kind not in CHANGES_STATE:
            continue
        if event.kind != "renew":
            first = event.valid_from if event.kind in GIVES_LEVEL else event.happened_on
            for event_id in running:
                found[event_id] = _ended(found[event_id], first, event.kind)
            running = []
        if event.kind in GIVES_LEVEL and event.level and event.valid_from and event.valid_until:
            found[original.event_id] = Term(
                original.event_id, event.person, event.level, event.valid_from, event.valid_until
            )
            running.append(original.event_id)
    return found


def level_on(events: Sequence[Event], day: date) -> str | None:
    """Level whose term stood on `day`, from what is known today: what a certificate says and no more."""
    for term in reversed(terms(known_on(events, day)).values()):
        last = term.until if term.ended_on is None else term.ended_on
        if term.since <= day <= last:
            return term.level
    return None


def _ended(term: Term, first: date | None, why: str) -> Term:
    if first is None or first > term.until:
        return term
    last = max(first - timedelta(days=1), term.since - timedelta(days=1))
    return Term(term.event_id, term.person, term.level, term.since, term.until, last, why)
