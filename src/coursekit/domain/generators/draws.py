"""Seeded draws that give the same values on every machine and Python version.

Only `random.Random.random()` is documented to keep its sequence between Python versions, so every
other draw is built on it here; sums are `math.fsum`, because `sum` of floats rounds otherwise from
Python 3.12 on.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def seed(name: str, variant: str | None) -> int:
    """Seed of table `name` for one learner; `None` is the shipped table."""
    text = f"coursekit/{name}/{'' if variant is None else 'learner/' + variant}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


class Draws:
    """One stream of random values.

    Parameters
    ----------
    name : str
        Table, or part of a table, the stream belongs to.
    variant : str or None
        Learner id; `None` for the shipped table.
    """

    def __init__(self, name: str, variant: str | None = None) -> None:
        self._random = random.Random(seed(name, variant)).random  # noqa: S311 - teaching data, not secrets

    def unit(self) -> float:
        """Uniform in [0, 1)."""
        return self._random()

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._random() < probability

    def between(self, low: int, high: int) -> int:
        """Whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def span(self, low: float, high: float) -> float:
        """Uniform in [low, high)."""
        return low + (high - low) * self._random()

    def normal(self, mean: float = 0.0, spread: float = 1.0) -> float:
        """Nearly normal (sum of twelve uniforms): exact on every machine, never beyond six spreads."""
        unit = self._random
        return mean + spread * (math.fsum([unit() for _ in range(12)]) - 6.0)

    def lognormal(self, median: float, sigma: float) -> float:
        """Positive, skewed to the right; `sigma` is the spread of the logarithm."""
        return median * math.exp(self.normal(0.0, sigma))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely."""
        return items[int(self._random() * len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight says."""
        left = self._random() * math.fsum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return list(weights)[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a new order."""
        mixed = list(items)
        for i in range(len(mixed) - 1, 0, -1):
            j = int(self._random() * (i + 1))
            mixed[i], mixed[j] = mixed[j], mixed[i]
        return mixed

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items in random order."""
        if count > len(items):
            raise ValueError(f"cannot draw {count} of {len(items)}")
        return self.shuffled(items)[:count]


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """Split a whole number in proportion to weights by largest remainder; the parts sum to `total`."""
    if not total:
        return [0] * len(weights)
    whole = math.fsum(weights)
    parts, gaps = [], []
    for weight in weights:
        exact = total * weight / whole
        part = int(exact)
        parts.append(part)
        gaps.append(part - exact)
    if short := total - sum(parts):
        for i in sorted(range(len(parts)), key=gaps.__getitem__)[:short]:
            parts[i] += 1
    return parts
