"""Ruin and recreate for the periodic routing problem.

Strings of neighbouring stops are taken out of their routes, either with all their visits and put
back on the cheapest of their day patterns, or from one day and put back on that day; simulated
annealing decides what stays [1]_. How many routes a plan gets is settled early and seldom changes
later, and so are the villages that share a day: so short searches come first, and only the best of them
are gone on with, in rounds. All sums are of whole
numbers and chance is our own, so the same seed gives the same plan on every machine and with every
version of Python, numpy and numba.

References
----------
.. [1] J. Christiaens, G. Vanden Berghe, *Slack Induction by String Removals for Vehicle Routing
   Problems*, Transportation Science 54(2), 2020.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from coursekit.domain.routing.desk import BEST, LEFT_OUT, Course, Desk, Weights, empty_desk
from coursekit.domain.routing.options import SearchOptions
from coursekit.domain.routing.plan import ABSENT, MADE, SIZE, Plan, empty_plan
from coursekit.domain.routing.problem import Problem
from coursekit.domain.routing.scale import SERVICE, VISITS, Scaled, scaled

TOLD_EVERY = 1000  # steps between two reports of progress

# Quantiles of the exponential distribution, in 1 / 2**16: a table, because a logarithm's last digit
# is not the same on every machine.
DRAWS = 4096
CHANCES = [round(-math.log((n + 0.5) / DRAWS) * 2**16) for n in range(DRAWS)]


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
        Told the number of steps done, every thousand steps.

    Returns
    -------
    Solution
        When stops stay unserved, the workload exceeds the days or a window cannot be met.
    """
    if not problem.stops:
        return Solution(((),) * problem.days, 0.0, ())
    return Search(problem, options or SearchOptions()).run(on_progress)


class _Found(NamedTuple):
    """The best plan of some steps: stops it leaves out, cost, and the plan."""

    absent: int
    cost: int
    plan: Plan


def _worth(found: _Found) -> tuple[int, int]:
    return found.absent, found.cost


class Search:
    """One search: the arrays it works on, and the courses of annealing it takes."""

    def __init__(self, problem: Problem, options: SearchOptions) -> None:
        self._problem, self._options = problem, options
        data = self.data = scaled(problem, options.neighbours)
        self.plan, self._saved, self.kept = (empty_plan(data) for _ in range(3))
        self.desk = empty_desk(data, options.seed)
        apart = [
            sorted(row[:place] + row[place + 1 :]) for place, row in enumerate(data.travel[1:, 1:].tolist())
        ]
        nearest = [row[0] if row else 0 for row in apart]
        self._unit = sum(nearest) // len(nearest) or 1
        self.weights = self._weigh(nearest)
        self._done = 0
        self._told: Callable[[int], None] | None = None

    @property
    def work(self) -> tuple[Scaled, Plan, Plan, Plan, Desk, Weights]:
        """What `anneal` works on."""
        return self.data, self.plan, self._saved, self.kept, self.desk, self.weights

    def _weigh(self, nearest: list[int]) -> Weights:
        problem, options, data = self._problem, self._options, self.data
        visits = data.stop[:, VISITS].tolist()
        work = int((data.stop[:, SERVICE] * data.stop[:, VISITS]).sum())
        way = sum(min(near, int(data.travel[0, s])) for s, near in enumerate(nearest, 1))
        return Weights(
            removed=float(options.removed),
            longest=int(options.longest_string),
            blink=float(options.blink),
            # stops of one visit gain nothing from a step that leaves their day as it is
            one_day=options.one_day * sum([v for v in visits if v > 1]) / problem.visits,
            liked=float(options.liked),
            discount=int(options.discount * self._unit),
            absence=int(data.travel.max()) + self._unit,
            evenness=problem.balance / 2.0,
            free=float(problem.even_enough) ** 2,
            mean_load=float(max((work + way) // problem.days, 1)),
        )

    def run(self, on_progress: Callable[[int], None] | None) -> Solution:
        """Short searches from nothing, then rounds on from the best of them: fewer each round, in the end one."""
        options = self._options
        self._told = on_progress
        shared = options.starts > 1
        short = int(options.iterations * options.share) if shared else options.iterations
        found = [
            self._anneal(empty_plan(self.data), short, options.start_heat) for _ in range(options.starts)
        ]
        found.sort(key=_worth)
        rounds = options.rounds() if shared else []
        left = options.iterations - options.starts * short
        for number, count in enumerate(rounds, 1):
            steps = left // (len(rounds) - number + 1) // count if number < len(rounds) else left
            left -= steps * count
            again = [self._anneal(one.plan, steps, options.last_heat) for one in found[:count]]
            found = sorted(again, key=_worth)
        return self._solution(found[0].plan)

    def _anneal(self, start: Plan, steps: int, heat: float) -> _Found:
        """The best plan of `steps` steps from `start`, from temperature `heat` down."""
        cooling = round((self._options.end_heat / heat) ** (1.0 / max(steps, 1)), 12)
        heat *= self._unit / 2**16
        _copy(start, self.plan)
        # imported here, because only who searches should wait for numba
        from coursekit.domain.routing.anneal import anneal

        first, chances = True, np.array(CHANCES)
        while steps or first:
            some = min(steps, TOLD_EVERY - self._done % TOLD_EVERY)
            heat = anneal(*self.work, Course(some, heat, cooling, first, chances))
            steps, first = steps - some, False
            self._done += some
            if self._told is not None and self._done % TOLD_EVERY == 0:
                self._told(self._done)
        best = empty_plan(self.data)
        _copy(self.kept, best)
        return _Found(int(self.desk.now[LEFT_OUT]), int(self.desk.now[BEST]), best)

    def _solution(self, kept: Plan) -> Solution:
        problem = self._problem
        flat = [
            tuple(kept.route[slot, :size].tolist()) for slot, size in enumerate(kept.slot[:, SIZE].tolist())
        ]
        each = problem.vehicles
        routes = tuple(tuple(flat[day * each : (day + 1) * each]) for day in range(problem.days))
        legs = [problem.travel[a][b] for route in flat for a, b in pairwise((0, *route, 0))]
        return Solution(routes, math.fsum(legs), tuple(sorted(kept.absent[: kept.sums[ABSENT]].tolist())))


def _copy(source: Plan, target: Plan) -> None:
    made = max(source.sums[MADE], target.sums[MADE])
    for numbers, place in zip(source, target, strict=True):
        place[:] = numbers
    target.sums[MADE] = made
