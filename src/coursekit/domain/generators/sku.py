"""D-2b sku: sixty invented specifications in five classes.

Classes follow the ex-tax transfer price of a carton (100, 70, 30 and 16.5 yuan); wholesale and
retail prices are made from it with the mark-ups of the assumptions file.
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain import names
from coursekit.domain.generators import Row, assumed
from coursekit.domain.generators.draws import Draws

PARTS = ("floor", "ceiling", "count", "tight")


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("sku", variant)
    labels = draws.shuffled([(brand, line) for brand in names.BRANDS for line in names.BRAND_LINES])
    made: list[Row] = []
    bands = zip(*(assumed.value(f"sku.class_{part}") for part in PARTS), strict=True)
    for rank, (low, high, count, tight) in enumerate(bands, start=1):
        step = (high - low) / count
        for k in range(count):
            brand, line = labels.pop()
            transfer = round(low + step * (k + draws.unit() * 0.9), 1)
            wholesale = round(transfer * assumed.number("sku.to_wholesale") * 2) / 2
            made.append(
                {
                    "sku": f"{brand}({line})",
                    "brand": brand,
                    "class": rank,
                    "transfer": transfer,
                    "wholesale": wholesale,
                    "retail": float(round(wholesale * assumed.number("sku.to_retail"))),
                    "tight_flag": k >= count - tight,
                    "key_flag": False,
                }
            )
    for row in draws.sample([row for row in made if row["class"] != 5], assumed.count("sku.key_items")):
        row["key_flag"] = True
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """Specifications from the dearest class down."""
    return [dict(row) for row in _made(variant)]
