"""How much of an area a learner seems to know, with the honest uncertainty of few answers. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coursekit.quiz.items import AREAS, Item
from coursekit.quiz.journal import Answer

AREA_NAMES = {
    "C1": "角色职责与红线",
    "C2": "客户档案",
    "C3": "分类与星级",
    "C4": "走访与计划",
    "C5": "135 工作法",
    "C6": "终端经营指导",
    "C7": "分析与预测",
    "C8": "货源与结算",
    "C9": "应急投诉满意度",
    "C10": "终端与应知应会",
}
_Z = 1.959964  # 95 % of a normal distribution


@dataclass(frozen=True)
class AreaMastery:
    """One area.

    Parameters
    ----------
    area : str
        C1 … C10.
    items, answered, right : int
        Items in the bank, items answered at least once, items whose latest answer was right.
    low, high : float
        Bounds of the share the learner would get right over the whole area [0–1], 95 %.
    enough : bool
        Whether there are enough answers to say anything.
    """

    area: str
    items: int
    answered: int
    right: int
    low: float
    high: float
    enough: bool

    @property
    def text(self) -> str:
        """The area in one plain line."""
        name = f"{self.area} {AREA_NAMES[self.area]}"
        if not self.items:
            return f"{name}：题库里还没有题"
        if not self.answered:
            return f"{name}：{self.items} 题，还没有做"
        counts = f"{name}：{self.items} 题，做过 {self.answered} 题，最近一次答对 {self.right} 题"
        if not self.enough:
            return f"{counts}。做得还少，看不出掌握多少"
        return f"{counts}。估计能答对 {self.low:.0%} 到 {self.high:.0%}"


def mastery(items: Mapping[str, Item], answers: Sequence[Answer], enough: int = 5) -> list[AreaMastery]:
    """Every area, from the latest answer to each item in its present revision."""
    latest: dict[str, bool] = {}
    for answer in answers:
        item = items.get(answer.item)
        if item is not None and item.revision == answer.revision:
            latest[answer.item] = answer.right
    out = []
    for area in AREAS:
        names = [name for name, item in items.items() if item.area == area]
        tried = [latest[name] for name in names if name in latest]
        low, high = wilson(sum(tried), len(tried))
        out.append(AreaMastery(area, len(names), len(tried), sum(tried), low, high, len(tried) >= enough))
    return out


def wilson(right: int, count: int) -> tuple[float, float]:
    """Bounds of a share after `right` of `count` [0–1], 95 % (Wilson's score interval).

    >>> [round(x, 3) for x in wilson(8, 10)]
    [0.49, 0.943]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not count:
        return 0.0, 1.0
    share, z2 = right / count, _Z * _Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = _Z / (1 + z2 / count) * math.sqrt(share * (1 - share) / count + z2 / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)
