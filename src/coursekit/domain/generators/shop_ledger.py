"""D-6 shop_ledger: one month of one shop's sales, line by line.

The base case is the shop of S0-056 and S0-057 with the unit put right (INC-05): 346 cartons (条),
17,816 yuan, 8 % profit, classes 1 and 2 together 93 cartons (27 %), class 2 close to class 3 in
volume and more than twice its profit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from coursekit.domain import names
from coursekit.domain.generators import Row, sku
from coursekit.domain.generators.draws import Draws, shares

DAYS = 31
MONTH = "2024-05"


@dataclass(frozen=True)
class Month:
    """Figures one month is calibrated to: cartons by class 1 to 5, yuan, per cent of sales."""

    cartons: tuple[int, ...]
    prices: tuple[int, ...]
    sales: int
    profit_percent: int


BASE = Month((12, 81, 79, 92, 82), (185, 102, 46, 26, 15), 17_816, 8)
MARGINS = (10.0, 9.5, 8.0, 4.0, 1.5)
ITEMS = (2, 3, 4, 3, 2)


def month(draws: Draws, variant: str | None) -> Month:
    """Figures of the shipped ledger, or others for a learner."""
    if variant is None:
        return BASE
    cartons = tuple(round(count * draws.span(0.8, 1.25)) for count in BASE.cartons)
    prices = tuple(round(price * draws.span(0.93, 1.12)) for price in BASE.prices)
    sales = sum(n * p for n, p in zip(cartons, prices, strict=True)) + draws.between(-40, 40)
    return Month(cartons, prices, sales, draws.between(7, 10))


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("shop_ledger", variant)
    figures = month(draws, variant)
    lines = _lines(draws, variant, figures)
    _settle_prices(draws, lines, figures)
    _settle_costs(lines, figures)
    for line in lines:
        line["price"], line["cost"] = _yuan(line["price"]), _yuan(line["cost"])
    return tuple(sorted(lines, key=lambda line: (str(line["date"]), _int(line["class"]), str(line["sku"]))))


def rows(variant: str | None) -> list[Row]:
    """Sales lines in order of date."""
    return [dict(row) for row in _made(variant)]


def _lines(draws: Draws, variant: str | None, figures: Month) -> list[Row]:
    """Cartons of each class spread over items and days; fairs and weekends sell more."""
    # Names outside the sku table: this shop's prices are those of its own time and place.
    taken = {row["sku"] for row in sku.rows(variant)}
    labels = draws.shuffled([f"{b}({k})" for b in names.BRANDS for k in names.BRAND_LINES])
    free = [label for label in labels if label not in taken]
    lines: list[Row] = []
    for rank, count in enumerate(figures.cartons, start=1):
        items = [free.pop() for _ in range(ITEMS[rank - 1])]
        steps = [1 + 0.06 * (k - (len(items) - 1) / 2) for k in range(len(items))]
        for item, quantity, step in zip(
            items, shares(count, [draws.span(0.6, 1.4) for _ in items]), steps, strict=True
        ):
            tag = round(figures.prices[rank - 1] * step * 2) * 50  # fen, on half yuan
            while quantity > 0:
                qty = min(quantity, draws.weighted({1: 60, 2: 28, 3: 9, 5: 3}))
                quantity -= qty
                lines.append(
                    {
                        "date": f"{MONTH}-{_day(draws):02d}",
                        "sku": item,
                        "class": rank,
                        "qty": qty,
                        "cost": 0,
                        "price": tag,
                    }
                )
    return lines


def _day(draws: Draws) -> int:
    """2024-05-01 is a Wednesday and a holiday; Saturdays and Sundays sell half as much again."""
    return draws.weighted(
        {day: 1.5 if (day + 1) % 7 in (5, 6) or day <= 5 else 1.0 for day in range(1, DAYS + 1)}
    )


def _settle_prices(draws: Draws, lines: list[Row], figures: Month) -> None:
    """Let known buyers pay half a yuan less, or ask more, until the month comes to its sum."""
    gap = figures.sales * 100 - sum(_int(line["price"]) * _int(line["qty"]) for line in lines)
    singles = draws.shuffled([line for line in lines if line["qty"] == 1 and _int(line["class"]) <= 4])
    turn = 0
    while gap:
        step = max(-50, min(50, gap))
        line = singles[turn % len(singles)]
        line["price"] = _int(line["price"]) + step
        gap -= step
        turn += 1


def _settle_costs(lines: list[Row], figures: Month) -> None:
    """Purchase costs (moving average, to the fen) so that the profit is the stated share of sales."""
    for line in lines:
        margin = MARGINS[_int(line["class"]) - 1] * figures.profit_percent / 8
        line["cost"] = round(_int(line["price"]) * (1 - margin / 100))
    target = figures.sales * (100 - figures.profit_percent)
    gap = target - sum(_int(line["cost"]) * _int(line["qty"]) for line in lines)
    order = sorted((line for line in lines if line["qty"] == 1), key=lambda line: -_int(line["price"]))
    turn = 0
    while gap:
        step = 1 if gap > 0 else -1
        order[turn % len(order)]["cost"] = _int(order[turn % len(order)]["cost"]) + step
        gap -= step
        turn += 1


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return value


def _yuan(fen: object) -> float:
    return _int(fen) / 100
