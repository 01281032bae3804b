"""D-15 mgr_grades: sixteen customer managers in three rounds of grading.

The last round has the outcome of S2-035: 2 senior, 9 intermediate, 5 junior. Scores come from brand
cultivation, customer service and basic work (S1-046), never from volume or structure (S1-021).
"""

from __future__ import annotations

import math
from functools import lru_cache

from coursekit.domain.generators import Row
from coursekit.domain.generators.draws import Draws

PERIODS = ("2011-H1", "2011-H2", "2012-H1")
BASE = ((1, 8, 7), (2, 8, 6), (2, 9, 5))
GRADES = ("senior", "intermediate", "junior")


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("mgr_grades", variant)
    managers = [f"M{k:02d}" for k in range(1, 17)]
    skill = {id: draws.normal(78, 7) for id in managers}
    made: list[Row] = []
    for period, counts in zip(PERIODS, BASE, strict=True):
        if variant is not None:
            senior = draws.between(1, 3)
            middle = draws.between(7, 10)
            counts = (senior, middle, 16 - senior - middle)
        scores = {id: _scores(draws, skill[id]) for id in managers}
        order = sorted(managers, key=lambda id: (-_total(scores[id]), id))
        ladder = [grade for grade, count in zip(GRADES, counts, strict=True) for _ in range(count)]
        grade = dict(zip(order, ladder, strict=True))
        for id in managers:
            brand, service, basic = scores[id]
            made.append(
                {
                    "period": period,
                    "mgr_id": id,
                    "brand_score": brand,
                    "service_score": service,
                    "basic_score": basic,
                    "total": _total(scores[id]),
                    "grade": grade[id],
                }
            )
            skill[id] += draws.normal(0.8, 2.0)
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """One row per round and manager."""
    return [dict(row) for row in _made(variant)]


def _scores(draws: Draws, skill: float) -> tuple[float, float, float]:
    brand, service, basic = (max(40.0, min(100.0, round(draws.normal(skill, 4), 1))) for _ in range(3))
    return brand, service, basic


def _total(scores: tuple[float, float, float]) -> float:
    return round(math.fsum(scores) / 3, 2)
