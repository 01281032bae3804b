"""Bands by thresholds, closed on the left: a value equal to a threshold belongs to the band above it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from coursekit.domain import checks
from coursekit.errors import DomainError


@dataclass(frozen=True)
class Band:
    """Everything from `low` (included) up to the next band's `low` is called `name`."""

    low: float
    name: Any

    def __post_init__(self) -> None:
        checks.number(f"分档 {self.name} 的下限", self.low, -math.inf)


def bands_of(steps: Sequence[Sequence[Any]], where: str = "分档表") -> tuple[Band, ...]:
    """Bands from `[low, name]` pairs in any order; lows must differ.

    >>> [band.low for band in bands_of([[1000, "一星"], [0, "普通"]])]
    [0.0, 1000.0]
    """
    if not isinstance(steps, Sequence) or not all(isinstance(s, list | tuple) and len(s) == 2 for s in steps):
        raise DomainError(where, "一档一对：[下限, 名称]", checks.shown(steps))
    bands = tuple(
        sorted((Band(checks.number(where, low, -math.inf), name) for low, name in steps), key=lambda b: b.low)
    )
    lows = [band.low for band in bands]
    if not bands or len(set(lows)) < len(lows):
        raise DomainError(where, "至少一档、下限各不相同", str(lows))
    return bands


def grade(values: pd.Series, bands: Sequence[Band], where: str = "分档") -> pd.Series:
    """Name of the band of each value.

    Parameters
    ----------
    values : Series of numbers
        Finite; a missing or impossible value is an error, never a band.
    bands : sequence of Band
        As from `bands_of`.

    Returns
    -------
    Series of object
        Band names; `None` where the value lies below the lowest band, that is, where the table of
        bands says nothing.

    Examples
    --------
    >>> tons = bands_of([[3000, "三星"], [2000, "二星"], [1000, "一星"], [0, "普通"]])
    >>> grade(pd.Series([999.9, 1000, 3000]), tons).tolist()
    ['普通', '一星', '三星']
    """
    if not isinstance(values, pd.Series):
        raise DomainError(where, "一列数(Series)", type(values).__name__)
    if not isinstance(bands, Sequence) or not all(isinstance(band, Band) for band in bands):
        raise DomainError(where, "bands_of 给出的分档", checks.shown(bands))
    table = pd.DataFrame({"value": values})
    checks.columns(table, where, "value")
    numbers = checks.numbers(table, where, "value", (-math.inf, math.inf))
    ordered = sorted(bands, key=lambda band: band.low)
    places = np.searchsorted([band.low for band in ordered], numbers.to_numpy(), side="right") - 1
    names = [ordered[place].name if place >= 0 else None for place in places]
    return pd.Series(names, index=values.index, dtype="object", name=values.name)


def count_bands(grades: pd.Series, bands: Sequence[Band]) -> Mapping[Any, int]:
    """How many are in each band, highest band first, empty bands included.

    >>> steps = bands_of([[1, "高"], [0, "低"]])
    >>> count_bands(grade(pd.Series([0.5, 0.2]), steps), steps)
    {'高': 0, '低': 2}
    """
    ordered = sorted(bands, key=lambda band: band.low, reverse=True)
    return {band.name: int((grades == band.name).sum()) for band in ordered}
