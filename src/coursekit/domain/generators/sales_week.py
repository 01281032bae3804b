"""D-2 sales_week: what every shop ordered in 26 weeks, main items only.

The level of the shops is lognormal with the mean of DER-07; weeks follow the holidays of the first
half of 2024. A few shops fall or rise in the last four weeks, one line falls, a few brands fade, a few shops pause,
and the newcomer has no earlier month: the stuff warnings are made of.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from statistics import NormalDist

from coursekit.domain.generators import Row, assumed, customers, sku
from coursekit.domain.generators.draws import Draws, shares

FIRST_WEEK = date(2024, 1, 1)
WEEKS = 26
LAST_MONTH = 22  # first of the last four weeks, counted from 0
WEEKS_A_MONTH = WEEKS / 6


@dataclass
class Shop:
    """One shop's habits: cartons a week, items with their weights before and in the last month, weeks without."""

    cust_id: str
    level: float
    menu: dict[str, float]
    late_menu: dict[str, float]
    roots: dict[str, float]
    lines: int
    drift: float
    closed: range


@lru_cache(maxsize=4)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("sales_week", variant)
    items = {str(row["sku"]): row for row in sku.rows(variant)}
    fading = set(draws.sample([name for name, row in items.items() if row["key_flag"]], 3))
    shops = _shops(draws, variant, items, fading)
    prices = {name: float(str(row["wholesale"])) for name, row in items.items()}
    holidays, spread = dict(assumed.value("sales.holiday")), assumed.number("sales.wobble")
    made: list[Row] = []
    for week in range(WEEKS):
        monday = (FIRST_WEEK + timedelta(weeks=week)).isoformat()
        season = holidays.get(monday, 1.0)
        for shop in shops:
            if week in shop.closed:
                continue
            late = shop.drift if week >= LAST_MONTH else 1.0
            wobble = draws.lognormal(1.0, spread)
            cartons = max(1, round(shop.level * season * late * wobble))
            menu = shop.late_menu if week >= LAST_MONTH else shop.menu
            for name, qty in _basket(draws, menu, shop, cartons):
                amount = qty * prices[name]
                made.append(
                    {"week": monday, "cust_id": shop.cust_id, "sku": name, "qty": qty, "amount": amount}
                )
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """Order lines by week and shop."""
    return [row.copy() for row in _made(variant)]


def _shops(draws: Draws, variant: str | None, items: dict[str, Row], fading: set[str]) -> list[Shop]:
    """Better shops sell more: levels are handed out by stars and scale, with some luck."""
    files = customers.rows(variant)
    rank = sorted(
        files,
        key=lambda row: int(str(row["star"])) - 0.9 * int(str(row["scale"])) + draws.normal(0, 0.9),
    )
    sigma = assumed.number("sales.sigma")
    bell = NormalDist()
    levels = [math.exp(sigma * bell.inv_cdf((k + 0.5) / len(rank))) for k in range(len(rank))]
    unit = assumed.number("sales.mean") / WEEKS_A_MONTH / (math.fsum(levels) / len(levels))
    # Holidays raise and pauses lower the yearly mean a little: take it out of the unit.
    unit /= 1 + math.fsum(factor - 1 for _, factor in assumed.value("sales.holiday")) / WEEKS
    level = {str(row["cust_id"]): unit * value for row, value in zip(rank, levels, strict=True)}
    ids = draws.shuffled([str(row["cust_id"]) for row in files if row["star"] != 0])
    falling = ids[: round(len(ids) * assumed.number("sales.falling"))]
    rising = ids[len(falling) : len(falling) + round(len(ids) * assumed.number("sales.rising"))]
    pausing = ids[-assumed.count("sales.pauses") :]
    weak, weakness = draws.pick(customers.ROUTES), assumed.number("sales.weak_route")
    shops = []
    for row in files:
        id = str(row["cust_id"])
        drift = draws.span(0.45, 0.72) if id in falling else draws.span(1.3, 1.7) if id in rising else 1.0
        drift *= weakness if row["route"] == weak else 1.0
        closed = range(0)
        if row["star"] == 0:
            closed = range(0, 24)  # joined in the middle of June
        elif id in pausing:
            start = draws.between(3, 18)
            closed = range(start, start + draws.between(2, 4))
        menu = _menu(draws, row, items)
        lines = max(2, min(6, round(1.2 + math.sqrt(level[id]) * 0.42)))
        late = {name: weight * (0.45 if name in fading else 1.0) for name, weight in menu.items()}
        roots = {name: math.sqrt(weight) for name, weight in menu.items()}
        shops.append(Shop(id, level[id], menu, late, roots, lines, drift, closed))
    return shops


def _menu(draws: Draws, row: Row, items: dict[str, Row]) -> dict[str, float]:
    """Items a shop keeps; town and large shops lean to the dearer classes."""
    lean = (0.25 if row["market"] == "C" else -0.35) + 0.12 * (int(str(row["star"])) - 3)
    lean += 0.5 if row["biz_type"] in ("F", "Y") else 0.0
    weights = assumed.value("sales.class_weights")
    menu: dict[str, float] = {}
    counts = {1: 4, 2: 3, 3: 5, 4: 3, 5: 2}
    for rank, wanted in counts.items():
        pool = [name for name, item in items.items() if item["class"] == rank]
        weight = weights[rank - 1] * math.exp(lean * (3 - rank) * 0.5)
        for place, name in enumerate(draws.sample(pool, wanted)):
            # Inside a class the cheaper half is bought more often.
            dear = pool.index(name) / len(pool)
            menu[name] = weight / wanted * (1.6 - 1.2 * dear) / (1 + 0.3 * place)
    return menu


def _basket(draws: Draws, menu: dict[str, float], shop: Shop, cartons: int) -> list[tuple[str, int]]:
    """Items of one order: a few of the menu, with the cartons split among them."""
    left = dict(menu)
    chosen: list[str] = []
    for _ in range(min(shop.lines, cartons)):
        name = draws.weighted(left)
        chosen.append(name)
        del left[name]
    extra = shares(cartons - len(chosen), [shop.roots[name] for name in chosen])
    return sorted([(name, 1 + more) for name, more in zip(chosen, extra, strict=True)])
