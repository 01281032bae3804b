"""A generated bank large enough to draw whole papers from."""

from __future__ import annotations

import random
from typing import Any

from coursekit.quiz.bank import parse_item
from coursekit.quiz.items import AREAS, LEVELS, Item

LESSONS = "01_duties"


def many(per_cell: dict[str, int], seed: int = 1) -> list[Item]:
    """Items of each type, `per_cell[type]` in every area and level; stems and numbers invented."""
    source = random.Random(seed)
    items = []
    number = dict.fromkeys(AREAS, 100)
    for kind, count in per_cell.items():
        for area in AREAS:
            for level in LEVELS:
                for _ in range(count):
                    number[area] += 1
                    items.append(parse_item(_raw(kind, area, level, number[area], source)))
    return items


def _raw(kind: str, area: str, level: str, number: int, source: random.Random) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "id": f"T-{area}-{number}",
        "type": kind,
        "area": area,
        "lesson": LESSONS,
        "level": level,
        "difficulty": source.randint(1, 5),
        "importance": "X",
        "scope": "company",
        "owner": "某县城区营销部",
        "status": "historical",
        "stem": f"{area} 的第 {number} 题,每月走访不少于几次?",
        "explanation": "见课文。",
    }
    if kind in ("single", "multiple"):
        right = {0} if kind == "single" else {0, 2}
        raw["options"] = [
            {"text": f"{n + 1} 次", "correct": True}
            if n in right
            else {"text": f"{n + 1} 次", "why": "记混了"}
            for n in range(4)
        ]
    elif kind == "true_false":
        raw |= {"answer": number % 2 == 0, "why": "记混了"}
    elif kind == "blank":
        raw |= {"stem": raw["stem"] + "____", "blanks": [{"accept": ["4"], "unit": "次"}]}
    else:
        raw |= {"phrases": [{"any": ["先登记"], "points": 1}], "model_answer": "先登记,再上门。"}
    return raw
