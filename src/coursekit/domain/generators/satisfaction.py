"""D-9 satisfaction: answers on the petroleum company's form (S4-010, S4-011), as typed in.

The labels of the form are printed without separators; where a clerk split them wrongly (INC-45) the
cell holds a label that does not exist. A few cells are blank because nobody answered.
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain.generators import Row, assumed
from coursekit.domain.generators.draws import Draws

# Worst first.
LABELS = {
    "quality": ("不合格", "合格", "一般", "好", "良", "优良", "非常优良"),
    "service": ("恶劣", "不好", "一般", "好", "良", "优良", "非常优良"),
    "reputation": ("不知道", "知道", "知名", "知名度较高", "知名度高", "驰名", "非常驰名"),
}
WRONG = {
    "quality": ("良好", "优良良", "好一般", "合格不合格"),
    "service": ("良好", "优良良", "好一般", "不好恶劣"),
    "reputation": ("驰名知名", "知名知道", "度高"),
}
LEAN = (3, 7, 14, 20, 22, 24, 10)


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("satisfaction", variant)
    count = assumed.count("satisfaction.count") + (0 if variant is None else draws.between(-30, 30))
    wrong, blank = assumed.number("satisfaction.missplit"), assumed.number("satisfaction.blank")
    made: list[Row] = []
    for number in range(1, count + 1):
        row: Row = {"resp_id": f"Q{number:03d}"}
        mood = draws.between(-1, 1)
        for field, labels in LABELS.items():
            at = draws.weighted(dict(enumerate(LEAN))) + mood
            row[field] = labels[max(0, min(6, at))]
            luck = draws.unit()
            if luck < wrong:
                row[field] = draws.pick(WRONG[field])
            elif luck < wrong + blank:
                row[field] = None
        made.append(row)
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """One row per answered form."""
    return [dict(row) for row in _made(variant)]
