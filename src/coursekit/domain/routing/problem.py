"""Data of a periodic routing problem and the day patterns a visit frequency allows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from coursekit.domain import checks
from coursekit.errors import DomainError

Pattern = tuple[int, ...]

UNEQUAL = 1e-6  # share by which the two ways between two places may differ, for rounding


@dataclass(frozen=True)
class Stop:
    """A shop to visit.

    Attributes
    ----------
    service : float
        Time of one visit. [min, or the unit of the travel matrix]
    patterns : tuple of tuples of int
        Allowed sets of visit days, each ascending, days counted from 0; equally long, not empty.
    demand : float
        What one visit takes of a route's capacity. [any]
    opens, closes : float
        A visit starts no earlier than `opens` and no later than `closes`, counted from the start of
        the day. [as `service`]
    """

    service: float
    patterns: tuple[Pattern, ...]
    demand: float = 0.0
    opens: float = 0.0
    closes: float = math.inf


@dataclass(frozen=True)
class Problem:
    """A periodic vehicle routing problem with symmetric travel times.

    Attributes
    ----------
    travel : sequence of sequences of float, shape (n + 1, n + 1)
        Travel between places; place 0 is the depot. [min, or any one unit]
    stops : tuple of Stop, length n
        Stop i (from 1) is `stops[i - 1]`.
    days, vehicles : int
        Length of the period and routes a day.
    day_length : tuple of float, length `days`
        Longest route of each day, travel, waiting and visits together; `inf` for none.
    capacity : tuple of float, length `days`
        Most demand of one route of each day; `inf` for none.
    balance : float
        Price of uneven days: `balance` times the sum over days of (load - mean)² / (2 mean), where
        load is travel plus visits; 0 for none. [cost per unit of load]
    even_enough : float
        Coefficient of variation of the day loads up to which that price is not asked; beyond it, only
        for what is more.

    Raises
    ------
    DomainError
        If shapes do not fit, a number is negative, missing or no number, travel is not the same both
        ways, a window is reversed, a stop has no pattern, or a pattern names a day outside the period or
        names its days out of order.
    """

    travel: Sequence[Sequence[float]]
    stops: tuple[Stop, ...]
    days: int
    vehicles: int
    day_length: tuple[float, ...]
    capacity: tuple[float, ...]
    balance: float = 0.0
    even_enough: float = 0.0

    def __post_init__(self) -> None:
        for name, value in (("天数", self.days), ("每天的路线", self.vehicles)):
            checks.whole(name, value, 1)
        self._check_travel()
        if len(self.day_length) != self.days or len(self.capacity) != self.days:
            raise DomainError("周期", f"{self.days} 天各有时长和容量", f"{len(self.day_length)} 天")
        for name, limits in (("一天的时长", self.day_length), ("一天的容量", self.capacity)):
            for day, limit in enumerate(limits, 1):
                _limit(f"第 {day} 天：{name}", limit)
        checks.number("轻重不匀的价", self.balance)
        checks.number("够匀的变异系数", self.even_enough)
        for number, stop in enumerate(self.stops, 1):
            self._check_stop(f"第 {number} 户", stop)

    def _check_travel(self) -> None:
        size = len(self.stops) + 1
        if len(self.travel) != size or any(len(row) != size for row in self.travel):
            raise DomainError("路程表", f"{size} 行 {size} 列（起点加各店）", f"{len(self.travel)} 行")
        try:
            table = np.array(self.travel, dtype=float)
        except (TypeError, ValueError):
            raise DomainError("路程表", "不小于 0 的数", "有不是数的路程") from None
        if not (np.isfinite(table) & (table >= 0)).all():
            raise DomainError("路程表", "不小于 0 的数", "有空的、负的或无穷大的路程")
        apart = np.argwhere(np.abs(table - table.T) > UNEQUAL * (table + table.T))
        if len(apart):
            a, b = apart[0].tolist()
            raise DomainError(
                "路程表", "来回一样远", f"{a} 到 {b} 是 {table[a, b]:g}，回来是 {table[b, a]:g}"
            )

    def _check_stop(self, where: str, stop: Stop) -> None:
        if not (0 <= stop.service < math.inf and 0 <= stop.demand < math.inf):
            raise DomainError(where, "不小于 0 的停留和装载", f"{stop.service}、{stop.demand}")
        if not 0 <= stop.opens <= stop.closes:
            raise DomainError(where, "最早时间不晚于最晚时间", f"{stop.opens} 到 {stop.closes}")
        visits = {len(pattern) for pattern in stop.patterns}
        if len(visits) != 1 or 0 in visits:
            raise DomainError(where, "至少一种走访日安排，次数相同", f"{stop.patterns}")
        days = {day for pattern in stop.patterns for day in pattern}
        if not days <= set(range(self.days)) or not all(float(day).is_integer() for day in days):
            raise DomainError(where, f"0 到 {self.days - 1} 之间的走访日", f"{stop.patterns}")
        if any(list(pattern) != sorted(set(pattern)) for pattern in stop.patterns):
            raise DomainError(where, "走访日从早到晚，一天不写两次", f"{stop.patterns}")

    @property
    def visits(self) -> int:
        """Visits of the whole period."""
        return sum(len(stop.patterns[0]) for stop in self.stops)


def _limit(where: str, limit: float) -> None:
    """A limit may be infinite."""
    if limit != math.inf:
        checks.number(where, limit)


def spread_patterns(
    frequency: int, weeks: int, weekdays: int = 5, slack: int = 0, allowed: Sequence[int] | None = None
) -> tuple[Pattern, ...]:
    """Day sets that spread `frequency` visits evenly over `weeks` weeks.

    Parameters
    ----------
    frequency : int
        Visits in the period; divides `weeks`, or is a whole multiple of it. [visits]
    weeks, weekdays : int
        Length of the period and working days of a week.
    slack : int
        How many weekdays a visit may lie off the first visit's weekday (0: always the same one).
    allowed : sequence of int, optional
        Weekdays that are possible at all, from 0; all by default.

    Returns
    -------
    tuple of tuples of int
        Patterns in ascending order, days from 0.

    Raises
    ------
    DomainError
        If the visits cannot be spread evenly over days that are possible.

    Examples
    --------
    >>> spread_patterns(2, weeks=4, weekdays=2)
    ((0, 4), (1, 5), (2, 6), (3, 7))
    >>> spread_patterns(4, weeks=2, weekdays=4)
    ((0, 2, 4, 6), (1, 3, 5, 7))
    """
    weeks, weekdays = checks.whole("周数", weeks, 1), checks.whole("一周走几天", weekdays, 1, 7)
    slack = checks.whole("可以差几天", slack)
    frequency = checks.whole("走访频率", frequency, 1)
    usable = range(weekdays) if allowed is None else sorted(set(allowed))
    if not usable or any(day not in range(weekdays) for day in usable):
        raise DomainError("可以走访的日子", f"0 到 {weekdays - 1} 之间的日子，至少一天", f"{list(usable)}")
    if (
        (frequency <= weeks and weeks % frequency)
        or (frequency > weeks and frequency % weeks)
        or frequency > weeks * weekdays
    ):
        raise DomainError("走访频率", f"能在 {weeks} 周里均匀排开的次数", f"{frequency} 次")
    if frequency > weeks:
        a_week = frequency // weeks
        gap = weekdays // a_week
        starts = [
            tuple(first + gap * k for k in range(a_week)) for first in range(weekdays - gap * (a_week - 1))
        ]
        kept = [s for s in starts if s[0] < gap + weekdays % a_week and all(day in usable for day in s)]
        if not kept:
            raise DomainError("可以走访的日子", f"一周 {a_week} 次排得开的日子", f"{list(usable)}")
        return tuple(tuple(w * weekdays + day for w in range(weeks) for day in s) for s in kept)
    step = weeks // frequency
    found: set[Pattern] = set()
    for start, first in product(range(step), usable):
        near = [day for day in usable if abs(day - first) <= slack]
        for rest in product(near, repeat=frequency - 1):
            found.add(tuple((start + step * k) * weekdays + day for k, day in enumerate((first, *rest))))
    return tuple(sorted(found))
