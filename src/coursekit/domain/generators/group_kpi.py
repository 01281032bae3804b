"""D-14 group_kpi: five indicators of group customers in three departments, month by month (S0-161).

Growth on last year in volume, key brand, and class-1 key brand; shares of the key brand. Kept to show
the two readings of the rank scores (INC-25); today such indicators must not grade staff (REG-7).
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain.generators import Row
from coursekit.domain.generators.draws import Draws

DEPARTMENTS = ("第一营销部", "第二营销部", "第三营销部")
INDICATORS = {
    "volume_growth": (3.0, 6.0),
    "key_growth": (6.0, 9.0),
    "key_class1_growth": (9.0, 12.0),
    "key_share": (34.0, 5.0),
    "key_class1_share": (27.0, 6.0),
}


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("group_kpi", variant)
    made: list[Row] = []
    level = {(d, i): draws.normal(0, 0.5) for d in DEPARTMENTS for i in INDICATORS}
    for month in range(1, 13):
        for department in DEPARTMENTS:
            for indicator, (middle, spread) in INDICATORS.items():
                value = middle + spread * (level[department, indicator] + draws.normal(0, 0.35))
                made.append(
                    {"dept": department, "month": month, "indicator": indicator, "value": round(value, 2)}
                )
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """One row per month, department and indicator."""
    return [dict(row) for row in _made(variant)]
