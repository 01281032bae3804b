"""D-12 diary: sixty lines of a manager's work diary, 52 of them one of the six duties, 8 red lines.

The sentences stand in `datasets/diary_slots.toml`, two wordings a slot; what duty a slot belongs to is
kept on the trainer's side.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache

from coursekit import resources
from coursekit.domain import names
from coursekit.domain.calendar import is_working_day
from coursekit.domain.generators import Row
from coursekit.domain.generators.draws import Draws


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[tuple[str, Row], ...]:
    draws = Draws("diary", variant)
    slots = tomllib.loads((resources.datasets() / "diary_slots.toml").read_text("utf-8"))["slots"]
    days = [f"2024-{month:02d}-{day:02d}" for month in (4, 5, 6) for day in range(1, 31)]
    days = sorted(draws.sample([day for day in days if is_working_day(day)], len(slots)))
    made = []
    for day, slot in zip(days, draws.shuffled(sorted(slots)), strict=True):
        text = draws.pick(slots[slot])
        shop = names.shop(draws, draws.weighted({"Z": 5, "B": 3, "S": 1, "Y": 1}))
        text = text.replace("{shop}", shop).replace("{n}", str(draws.between(3, 12)))
        made.append((slot, {"date": day, "sentence": text}))
    return tuple(made)


def slots(variant: str | None) -> list[str]:
    """Slot of every line, in the order of the rows."""
    return [slot for slot, _ in _made(variant)]


def rows(variant: str | None) -> list[Row]:
    """Lines in order of date."""
    return [dict(row) for _, row in _made(variant)]
