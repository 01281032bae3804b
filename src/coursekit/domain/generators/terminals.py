"""D-13 terminals: two hundred shops around the four building thresholds and the point-of-sale checks.

Thresholds are those of a province's question bank of April 2022 (S1-024…029, S1-034, S1-035); many
shops stand exactly on a threshold or one step from it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from coursekit.domain.generators import Row, assumed, customers
from coursekit.domain.generators.draws import Draws

CHECKED = date(2024, 6, 30)
TIERS = {"rural_boutique": 30, "city_boutique": 25, "one_diamond": 25, "two_diamond": 20}


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("terminals", variant)
    shops = draws.sample(customers.rows(variant), assumed.count("terminals.count"))
    return tuple(
        _row(draws, str(shop["cust_id"]), str(shop["market"]))
        for shop in sorted(shops, key=lambda shop: str(shop["cust_id"]))
    )


def rows(variant: str | None) -> list[Row]:
    """One row per shop on the day of the check, 30 June 2024."""
    return [dict(row) for row in _made(variant)]


def _row(draws: Draws, id: str, market: str) -> Row:
    fitting = {
        tier: weight
        for tier, weight in TIERS.items()
        if not (tier == "rural_boutique" and market == "C")
        and not (tier == "city_boutique" and market == "X")
    }
    tier = draws.weighted(fitting)
    boxes = assumed.count(
        "terminals.two_diamond_boxes" if tier == "two_diamond" else "terminals.rural_boutique_boxes"
    )
    installed = draws.chance(0.93)
    level = draws.weighted({3: 25, 2: 30, 1: 30, 0: 15}) if installed else 0
    info = installed and draws.chance(0.12)
    stock = assumed.number("terminals.info_stock" if info else "terminals.pos_stock")
    days = assumed.count("terminals.scan_days")
    gap = draws.weighted({0: 30, 2: 20, days - 1: 12, days: 12, days + 1: 10, days + 9: 6})
    scanned = CHECKED - timedelta(days=gap)
    return {
        "cust_id": id,
        "tier": tier,
        "area_m2": _near(draws, assumed.count("terminals.one_diamond_area"), (-3, -1, 0, 0, 1, 4, 9, 20)),
        "box_positions": _near(draws, boxes, (-12, -1, 0, 0, 1, 5, 14, 30)),
        "counters": _near(draws, assumed.count("terminals.city_boutique_counters"), (-1, 0, 0, 1, 2)),
        "pos_installed": installed,
        "pos_level": level,
        "info_point": info,
        "last_scan": scanned.isoformat() if installed and draws.chance(0.97) else None,
        "stock_acc": round(min(100.0, stock + draws.pick((-4.0, -0.5, 0.0, 0.0, 0.5, 1.5, 3.0))), 1)
        if installed
        else None,
    }


def _near(draws: Draws, threshold: int, steps: tuple[int, ...]) -> int:
    return max(1, threshold + draws.pick(steps))
