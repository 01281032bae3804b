"""D-3 coop190: one manager's 190 shops by cooperation, dependence and value (S0-004…010).

How many shops each class holds the source does not say (INC-16); the shares are assumed. Today's
visits follow habit: most go where one is welcome, which is what the rule of S0-006 turns round.
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain.generators import Row, assumed
from coursekit.domain.generators.draws import Draws, shares


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("coop190", variant)
    weights, count = list(assumed.value("coop190.shares")), assumed.count("coop190.count")
    if variant is not None:
        count += draws.between(-14, 14)
        weights = [weight + draws.between(-4, 4) for weight in weights]
    high, medium = assumed.value("coop190.bounds")
    bands = ((high, 98), (medium, high - 1), (8, medium - 1))
    habits = ({2: 5, 3: 4, 4: 1}, {1: 3, 2: 6, 3: 1}, {1: 8, 2: 2})
    made: list[Row] = []
    for band, habit, part in zip(bands, habits, shares(count, weights), strict=True):
        for _ in range(part):
            size = draws.unit()  # a large shop creates value, whatever it thinks of the company
            made.append(
                {
                    "coop": draws.between(*band),
                    "dependence": _score(draws, 0.3 + 0.5 * draws.unit()),
                    "value": _score(draws, 0.15 + 0.75 * size),
                    "visits_now": draws.weighted(habit),
                }
            )
    if variant is not None:
        _set_apart(made)
    return tuple({"cust_id": f"P{k:03d}", **row} for k, row in enumerate(draws.shuffled(made), start=1))


def _set_apart(made: list[Row]) -> None:
    """Who counts the shops of small value for those of great value must not find the same number."""
    medium, line = assumed.value("coop190.bounds")[1], assumed.count("coop190.line")
    loose = [row for row in made if int(str(row["coop"])) < medium and int(str(row["dependence"])) < line]
    small = [row for row in loose if int(str(row["value"])) < line]
    if small and 2 * len(small) == len(loose):
        small[0]["value"] = int(str(small[0]["value"])) + line


def rows(variant: str | None) -> list[Row]:
    """One row per shop."""
    return [dict(row) for row in _made(variant)]


def _score(draws: Draws, middle: float) -> int:
    return max(0, min(100, round(100 * draws.normal(middle, 0.12))))
