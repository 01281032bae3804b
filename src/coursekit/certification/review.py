"""Open a register and make today's overview: the one call behind `report levels` and its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from coursekit import resources
from coursekit.certification.assessment import assess_all
from coursekit.certification.events import Event
from coursekit.certification.gather import gather
from coursekit.certification.overview import Overview, build_overview
from coursekit.certification.policy import LevelPolicy, load_policy
from coursekit.certification.register import Register


def review(
    register: str | Path | None,
    today: date,
    policy: Path | None = None,
    courses: Sequence[Path] = (),
    tables: Sequence[Path] = (),
) -> tuple[LevelPolicy, Overview]:
    """Policy and overview for `today`, from the register and, if given, fresh evidence."""
    rules = load_policy(policy or resources.policy("levels"))
    pieces = gather(rules, courses, tables, today).pieces
    with Register(register) as book:
        everyone = assess_all(book, rules, pieces, today)
        return rules, build_overview(rules, everyone, _histories(book), today)


def _histories(book: Register) -> Iterator[tuple[str, list[Event]]]:
    for person, events, _state in book.states():
        yield person, events
