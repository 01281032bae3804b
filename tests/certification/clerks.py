"""A process that forks clerks to be killed: for each number on standard input, one clerk from there on.

Speaks in lines: `pid N`, `ready`, `confirmed N` (from the clerk) and `gone` once the clerk is dead.
Run as `python -m tests.certification.clerks URL`.
"""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta

import psycopg  # noqa: F401 - loaded before the first clerk is forked

from coursekit.certification.events import Command
from coursekit.certification.register import Register

BATCH = 3


def command(number: int) -> Command:
    """Command `number` of a fixed plan: award, renew, promote for one person after the other."""
    person, step = divmod(number, 3)
    first = date(2026, 1, 1) + timedelta(days=200 * step)
    level, rank = ("junior", 1) if step < 2 else ("intermediate", 2)
    return Command(
        ("award", "renew", "promote")[step],  # type: ignore[arg-type]
        f"p-{person:06d}",
        first,
        "hr01",
        "达到条件",
        level,
        rank,
        first,
        first + timedelta(days=900),
        event_id=f"event-{number:08d}",
    )


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def clerk(url: str, number: int) -> None:
    """Record batch after batch until killed, and say so after each one."""
    with Register(url) as register:
        say("ready")
        while True:
            register.append([command(n) for n in range(number, number + BATCH)])
            number += BATCH
            say(f"confirmed {number}")


def main(url: str) -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            clerk(url, int(line))
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main(sys.argv[1])
