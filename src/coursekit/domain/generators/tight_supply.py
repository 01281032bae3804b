"""D-5 tight_supply: what there was of six tight items in eight order cycles, and what was asked for.

The supply of a cycle is what the shops got of the item that week in `sales_week`; the points of a
shop come from the cycle before (S2-013).
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain.generators import Row, assumed, sales_week, sku
from coursekit.domain.generators.draws import Draws


@lru_cache(maxsize=4)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("tight_supply", variant)
    sold: dict[tuple[str, str], int] = {}
    for row in sales_week.rows(variant):
        key = (str(row["week"]), str(row["sku"]))
        sold[key] = sold.get(key, 0) + int(str(row["qty"]))
    weeks = sorted({week for week, _ in sold})[-assumed.count("tight_supply.cycles") :]
    tight = [str(row["sku"]) for row in sku.rows(variant) if row["tight_flag"]]
    names = sorted(draws.sample(tight, assumed.count("tight_supply.items")))
    low, high = assumed.value("tight_supply.share")
    made: list[Row] = []
    for cycle, week in enumerate(weeks, start=1):
        for name in names:
            supply = max(1, sold.get((week, name), 0))
            demand = max(supply + 1, round(supply / draws.span(low, high)))
            made.append({"cycle": cycle, "week": week, "sku": name, "demand": demand, "supply": supply})
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """One row per cycle and item."""
    return [dict(row) for row in _made(variant)]
