"""D-2b sku: sixty invented specifications in five classes.

Classes follow the ex-tax transfer price of a carton (100, 70, 30 and 16.5 yuan); wholesale and
retail prices are made from it with the mark-ups of the assumptions file.
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain import names
from coursekit.domain.generators import Row
from coursekit.domain.generators.draws import Draws

# class: lowest and highest transfer price [yuan per carton], specifications, tight ones among them
CLASSES = {
    1: (100.0, 330.0, 14, 4),
    2: (70.0, 99.9, 10, 2),
    3: (30.0, 69.9, 18, 2),
    4: (16.5, 29.9, 12, 0),
    5: (9.0, 16.4, 6, 0),
}
TO_WHOLESALE = 1.36
TO_RETAIL = 1.12
KEY_ITEMS = 16


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("sku", variant)
    labels = draws.shuffled([(brand, line) for brand in names.BRANDS for line in names.BRAND_LINES])
    made: list[Row] = []
    for rank, (low, high, count, tight) in CLASSES.items():
        step = (high - low) / count
        for k in range(count):
            brand, line = labels.pop()
            transfer = round(low + step * (k + draws.unit() * 0.9), 1)
            wholesale = round(transfer * TO_WHOLESALE * 2) / 2
            made.append(
                {
                    "sku": f"{brand}({line})",
                    "brand": brand,
                    "class": rank,
                    "transfer": transfer,
                    "wholesale": wholesale,
                    "retail": float(round(wholesale * TO_RETAIL)),
                    "tight_flag": k >= count - tight,
                    "key_flag": False,
                }
            )
    for row in draws.sample([row for row in made if row["class"] != 5], KEY_ITEMS):
        row["key_flag"] = True
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """Specifications from the dearest class down."""
    return [dict(row) for row in _made(variant)]
