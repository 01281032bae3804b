"""The problem in whole numbers and flat arrays, so that sums come out the same on every machine."""

from __future__ import annotations

import math
from random import Random
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from coursekit.domain.routing.problem import Pattern, Problem
from coursekit.errors import DomainError

FINEST = 10**6  # a unit is cut into at most this many parts
LONGEST = 2**21  # longest travel in parts, if a part need not be more than a unit for that
MOST = 2**40  # longest visit, latest opening and largest demand in parts, likewise
SLACK = 1e-4  # [part], so that 0.1 + 0.2 is not more than 0.3
NEVER = 1 << 56  # cost of what does not fit, limit of what has none; a hundred of them can be added

# columns of `Scaled.stop`
SERVICE, DEMAND, OPENS, CLOSES, VISITS, FIRST, LAST, LONG, FAR, NEAR, MANY, NAME = range(12)
# columns of `Scaled.day`
LENGTH, CAPACITY, DAY_NAME = range(3)

Whole = npt.NDArray[Any]  # of int64
Index = npt.NDArray[Any]  # of int32


class Scaled(NamedTuple):
    """A problem of `n` stops, `D` days, `m` patterns in all; place 0 is the depot.

    Times are rounded up and limits down, so that a route that keeps the limits here keeps them in truth.

    Attributes
    ----------
    travel : shape (n + 1, n + 1)
    stop : shape (n + 1, 12)
        Columns `SERVICE` … `NAME`: times and demand of a visit; visits in the period; the patterns of the
        stop are the rows from `FIRST` to before `LAST` of `days`; four orders in which stops are put back,
        least first; random bits that name it.
    near : shape (n + 1, n)
        All stops, the nearest first.
    days : shape (m, most visits)
        Days of each pattern, ascending.
    day : shape (D, 3)
        Columns `LENGTH`, `CAPACITY`, and `DAY_NAME`: random bits, the same for days of the same limits.
    vehicles : int
    close : int
        How many of `near` an insertion looks at: the stop itself and its neighbours.
    windows : bool
        Whether any stop has a window.
    """

    travel: Index
    stop: Whole
    near: Index
    days: Index
    day: Whole
    vehicles: int
    close: int
    windows: bool


def scaled(problem: Problem, neighbours: int) -> Scaled:
    """`problem` in whole numbers; an insertion looks at the routes of so many `neighbours`.

    Raises
    ------
    DomainError
        If a travel, a visit, an opening or a demand is too large a number to be added up.
    """
    longest = max(max(row) for row in problem.travel)
    latest = max(max(stop.service, stop.opens) for stop in problem.stops)
    most = max(stop.demand for stop in problem.stops)
    if longest >= 2**31 or max(latest, most) > MOST:
        got = f"路程 {longest:g}，停留或开门 {latest:g}，装载 {most:g}"
        raise DomainError("路程、停留和装载", f"路程不到 {2**31}，其余不超过 {MOST}", got)
    parts = _parts(max(longest / LONGEST, latest / MOST))
    loads = _parts(most / MOST)
    names = Random(0).getrandbits  # noqa: S311  (names of sets, not secrets)
    travel = np.array([[_up(x * parts) for x in row] for row in problem.travel], dtype=np.int32)
    near = np.argsort(travel[:, 1:], axis=1, kind="stable").astype(np.int32) + 1
    size = len(near) - 1
    table = [[0, 0, 0, NEVER, 0, 0, 0, 0, 0, 0, 0, names(63)]]
    days: list[Pattern] = []
    for place, stop in enumerate(problem.stops, 1):
        service, demand, out = _up(stop.service * parts), _up(stop.demand * loads), int(travel[0, place])
        visits, first = len(stop.patterns[0]), len(days)
        days += stop.patterns
        window = (_up(stop.opens * parts), _down(stop.closes * parts))
        orders = (-demand - service, -out, out, len(stop.patterns) - visits * 2**16)
        table.append([service, demand, *window, visits, first, len(days), *orders, names(63)])
    width = max(map(len, days))
    limits = [
        (_down(a * parts), _down(b * loads))
        for a, b in zip(problem.day_length, problem.capacity, strict=True)
    ]
    kinds = {limit: names(63) for limit in dict.fromkeys(limits)}
    return Scaled(
        travel=travel,
        stop=np.array(table, dtype=np.int64),
        near=near,
        close=min(neighbours + 1, size),
        days=np.array([(*pattern, *(-1,) * (width - len(pattern))) for pattern in days], dtype=np.int32),
        day=np.array([(*limit, kinds[limit]) for limit in limits], dtype=np.int64),
        vehicles=problem.vehicles,
        windows=any(s.opens > 0 or s.closes < math.inf for s in problem.stops),
    )


def _parts(share: float) -> int:
    """Into how many parts a unit is cut where the largest number of units is `share` of what may be."""
    parts = FINEST
    while parts > 1 and share * parts > 1:
        parts //= 10
    return parts


def _up(parts: float) -> int:
    return math.ceil(parts - SLACK)


def _down(parts: float) -> int:
    return NEVER if parts >= NEVER else math.floor(parts + SLACK)
