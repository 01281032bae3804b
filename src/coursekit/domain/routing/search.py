"""Ruin and recreate for the periodic routing problem.

Strings of neighbouring stops are taken out of their routes, either with all their visits and put
back on the cheapest of their day patterns, or from one day and put back on that day; simulated
annealing decides what stays [1]_.

References
----------
.. [1] J. Christiaens, G. Vanden Berghe, *Slack Induction by String Removals for Vehicle Routing
   Problems*, Transportation Science 54(2), 2020.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from coursekit.domain.routing.options import SearchOptions
from coursekit.domain.routing.plan import Plan, Undo
from coursekit.domain.routing.problem import Problem
from coursekit.domain.routing.recreate import Recreate
from coursekit.domain.routing.route import Route
from coursekit.domain.routing.ruin import Ruin

TOLD_EVERY = 100  # steps between two reports of progress


@dataclass(frozen=True)
class Solution:
    """The best plan found.

    Attributes
    ----------
    routes : tuple of tuples of tuples of int
        `routes[day][vehicle]`, stops from 1, without the depot.
    travel : float
        Travel of all routes. [unit of the problem]
    unserved : tuple of int
        Stops that fit on none of their patterns; empty when the workload fits the days.
    """

    routes: tuple[tuple[tuple[int, ...], ...], ...]
    travel: float
    unserved: tuple[int, ...]


def solve(
    problem: Problem,
    options: SearchOptions | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Solution:
    """Search for a plan of least travel (plus the price of uneven days) that keeps every rule.

    Parameters
    ----------
    problem : Problem
    options : SearchOptions, optional
    on_progress : callable, optional
        Told the number of steps done, every hundred steps.

    Returns
    -------
    Solution
        When stops stay unserved, the workload exceeds the days or a window cannot be met.
    """
    if not problem.stops:
        return Solution(((),) * problem.days, 0.0, ())
    return _Annealing(problem, options or SearchOptions()).run(on_progress)


class _Annealing:
    def __init__(self, problem: Problem, options: SearchOptions) -> None:
        self._problem, self._options = problem, options
        self._random = Random(options.seed)  # noqa: S311  (a search, not a secret)
        self._plan = Plan(problem)
        travel = self._plan.data.travel
        size = len(problem.stops)
        near = [sorted(range(1, size + 1), key=travel[i].__getitem__) for i in range(size + 1)]
        self._ruin = Ruin(self._plan, near, options, self._random)
        self._recreate = Recreate(self._plan, problem, near, options, self._random)
        self._unit = sum(travel[i][near[i][min(1, size - 1)]] for i in range(1, size + 1)) / size or 1.0
        self._absence = max(max(row) for row in travel) + self._unit
        self._visits = [0, *(len(stop.patterns[0]) for stop in problem.stops)]

    def run(self, on_progress: Callable[[int], None] | None) -> Solution:
        options, plan, random = self._options, self._plan, self._random
        self._recreate.whole_period(plan.begin())
        cost = best = self._cost()
        kept = self._snapshot()
        heat = options.start_heat * self._unit
        cooling = (options.end_heat / options.start_heat) ** (1.0 / max(options.iterations, 1))
        for step in range(1, options.iterations + 1):
            undo = plan.begin()
            new = self._cost() if self._step(undo) else math.inf
            if new < cost - heat * math.log(random.random() or 1e-300):
                cost = new
                if (len(plan.absent), new) < (len(kept[1]), best - 1e-9):
                    best, kept = new, self._snapshot()
            else:
                plan.revert(undo)
            heat *= cooling
            if on_progress is not None and step % TOLD_EVERY == 0:
                on_progress(step)
        return self._solution(*kept)

    def _step(self, undo: Undo) -> bool:
        """Change the plan; False when a day could not take back what it had."""
        if self._random.random() >= self._options.one_day:
            self._ruin.whole_period(undo)
            self._recreate.whole_period(undo)
            return True
        day = self._random.randrange(self._problem.days)
        stops = self._ruin.one_day(day, undo)
        return bool(stops) and self._recreate.one_day(day, stops, undo)

    def _cost(self) -> float:
        """Travel, the price of absent visits, and the price of uneven days."""
        plan = self._plan
        cost = plan.travel()
        if plan.absent:
            cost += self._absence * sum([self._visits[stop] for stop in plan.absent])
        if self._problem.balance:
            mean = sum(plan.loads) / len(plan.loads) or 1.0
            cost += self._problem.balance / 2.0 * sum([(load - mean) ** 2 for load in plan.loads]) / mean
        return cost

    def _snapshot(self) -> tuple[list[list[Route]], tuple[int, ...]]:
        return [list(day) for day in self._plan.routes], tuple(sorted(self._plan.absent))

    def _solution(self, routes: list[list[Route]], absent: tuple[int, ...]) -> Solution:
        plan = tuple(tuple(route.places[1:-1] for route in day) for day in routes)
        return Solution(plan, sum(route.travel for day in routes for route in day), absent)
