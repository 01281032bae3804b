"""Checks and costs a plan from the problem alone, so that a planner cannot mark its own work."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral

import numpy as np

from coursekit.domain import checks
from coursekit.domain.routing.problem import Problem

TOLERANCE = 1e-6


@dataclass(frozen=True)
class PlanScore:
    """What a plan costs and which rules it breaks.

    Attributes
    ----------
    travel : float
        Sum of all routes' travel. [unit of the problem]
    day_loads : tuple of float, length days
        Travel and visits of each day. [unit of the problem]
    waiting : float
        Time spent before shops open. [unit of the problem]
    violations : tuple of str
        One Chinese line for each broken rule; empty for a plan that keeps them all.
    """

    travel: float
    day_loads: tuple[float, ...]
    waiting: float
    violations: tuple[str, ...]

    @property
    def load_variation(self) -> float:
        """Coefficient of variation of the day loads (population standard deviation over mean)."""
        mean = sum(self.day_loads) / max(len(self.day_loads), 1)
        if mean == 0:
            return 0.0
        return math.sqrt(sum((load - mean) ** 2 for load in self.day_loads) / len(self.day_loads)) / mean


def score(problem: Problem, routes: Sequence[Sequence[Sequence[int]]]) -> PlanScore:
    """Score `routes[day][vehicle]`, each a sequence of stop numbers without the depot.

    Parameters
    ----------
    problem : Problem
    routes : sequence of sequences of sequences of int
        Stops are numbered from 1 as in `problem.stops`.

    Returns
    -------
    PlanScore
        Rule breaks are listed, never raised: a plan comes from a person as often as from a planner.
    """
    broken: list[str] = []
    if not _is_list(routes):
        broken.append(f"计划应当是一天一天的路线，看到的是 {checks.shown(routes)}")
        routes = ()
    if len(routes) != problem.days:
        broken.append(f"计划有 {len(routes)} 天，周期是 {problem.days} 天")
    visited: dict[int, list[int]] = defaultdict(list)
    travel = waiting = 0.0
    loads = []
    for day, vehicles in enumerate(routes[: problem.days]):
        if not _is_list(vehicles) or not all(map(_is_list, vehicles)):
            broken.append(f"第 {day + 1} 天：应当是一条一条的路线，看到的是 {checks.shown(vehicles)}")
            vehicles = ()
        used = [route for route in vehicles if len(route)]
        if len(used) > problem.vehicles:
            broken.append(f"第 {day + 1} 天：{len(used)} 条路线，最多 {problem.vehicles} 条")
        load = 0.0
        for route in used:
            known = [stop for stop in route if _is_stop(stop, len(problem.stops))]
            unknown = [checks.shown(stop) for stop in route if not _is_stop(stop, len(problem.stops))]
            broken += [f"第 {day + 1} 天：没有编号为 {stop} 的店" for stop in unknown]
            way, wait, busy, faults = _drive(problem, day, known)
            travel, waiting, load = travel + way, waiting + wait, load + busy
            broken += faults
            for stop in known:
                visited[stop].append(day)
        loads.append(load)
    for number, shop in enumerate(problem.stops, 1):
        twice = sorted({day for day in visited[number] if visited[number].count(day) > 1})
        broken += [
            f"第 {day + 1} 天第 {number} 户：一天走访了 {visited[number].count(day)} 次" for day in twice
        ]
        if tuple(sorted(visited[number])) not in shop.patterns and not twice:
            days = "、".join(str(day + 1) for day in sorted(visited[number])) or "一天都没有"
            broken.append(f"第 {number} 户：走访日（{days}）不在允许的安排里")
    return PlanScore(travel, tuple(loads), waiting, tuple(broken))


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence | np.ndarray) and not isinstance(value, str)


def _is_stop(value: object, stops: int) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool) and 1 <= int(value) <= stops


def _drive(problem: Problem, day: int, route: Sequence[int]) -> tuple[float, float, float, list[str]]:
    """Travel, waiting, travel plus visits, and broken rules of one route driven stop by stop."""
    clock = way = wait = service = demand = 0.0
    faults = []
    place = 0
    for number in route:
        stop = problem.stops[number - 1]
        leg = problem.travel[place][number]
        way += leg
        clock += leg
        if clock < stop.opens:
            wait += stop.opens - clock
            clock = stop.opens
        if clock > stop.closes + TOLERANCE:
            faults.append(f"第 {day + 1} 天第 {number} 户：到店晚于最晚时间 {clock - stop.closes:.1f}")
        clock += stop.service
        service += stop.service
        demand += stop.demand
        place = number
    if route:
        way += problem.travel[place][0]
        clock += problem.travel[place][0]
    if clock > problem.day_length[day] + TOLERANCE:
        faults.append(f"第 {day + 1} 天：用时 {clock:.1f}，超出 {clock - problem.day_length[day]:.1f}")
    if demand > problem.capacity[day] + TOLERANCE:
        faults.append(f"第 {day + 1} 天：装载 {demand:g}，超出 {demand - problem.capacity[day]:g}")
    return way, wait, way + service, faults
