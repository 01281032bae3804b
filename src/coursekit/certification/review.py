"""Open a register and make today's overview: the one call behind `report levels` and its page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from coursekit import resources
from coursekit.certification.assessment import assess_stream
from coursekit.certification.gather import gather
from coursekit.certification.overview import Overview, build_overview
from coursekit.certification.people import ACTOR_VARIABLE, log_access
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
        with book.writing() as connection:
            log_access(connection, (_account(), "等级报告"), ["*"], "report")
        return rules, build_overview(rules, assess_stream(book, rules, pieces, today), today)


def _account() -> str:
    return os.environ.get(ACTOR_VARIABLE) or "report"
