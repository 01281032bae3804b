"""Ruin and recreate for the periodic routing problem.

Strings of neighbouring stops are taken out of their routes, either with all their visits and put
back on the cheapest of their day patterns, or from one day and put back on that day; simulated
annealing decides what stays [1]_. How many routes a plan gets is settled early and seldom changes
later, so a few short searches come first and only the best is gone on with. All sums are of whole
numbers and only `Random.random` is drawn from, so the same seed gives the same plan on every machine
and with every version of Python.

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
from random import Random
from typing import NamedTuple

from coursekit.domain.routing.options import SearchOptions
from coursekit.domain.routing.plan import Plan, State
from coursekit.domain.routing.problem import Problem
from coursekit.domain.routing.recreate import Recreate
from coursekit.domain.routing.ruin import Ruin
from coursekit.domain.routing.scale import NEVER, Scaled

TOLD_EVERY = 100  # steps between two reports of progress
MILLION = 10**6  # shares of even days are whole numbers of this

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
        Told the number of steps done, every hundred steps.

    Returns
    -------
    Solution
        When stops stay unserved, the workload exceeds the days or a window cannot be met.
    """
    if not problem.stops:
        return Solution(((),) * problem.days, 0.0, ())
    return _Annealing(problem, options or SearchOptions()).run(on_progress)


class _Found(NamedTuple):
    """The best plan of some steps: stops it leaves out, cost, and the plan."""

    absent: int
    cost: int
    state: State


class _Annealing:
    def __init__(self, problem: Problem, options: SearchOptions) -> None:
        self._problem, self._options = problem, options
        self._random = Random(options.seed).random  # noqa: S311  (a search, not a secret)
        data = Scaled(problem)
        self._plan = Plan(problem, data)
        size = len(problem.stops)
        near = [sorted(range(1, size + 1), key=row.__getitem__) for row in data.travel]
        self._ruin = Ruin(self._plan, problem, near, options, self._random)
        self._recreate = Recreate(self._plan, problem, near, options, self._random)
        nearest = [data.travel[stop][near[stop][min(1, size - 1)]] for stop in range(1, size + 1)]
        self._unit = sum(nearest) // size or 1
        self._absence = max([max(row) for row in data.travel]) + self._unit
        self._visits = [0, *(len(stop.patterns[0]) for stop in problem.stops)]
        self._evenness = round(500 * problem.balance)
        self._free = round(MILLION * problem.even_enough**2)
        self._done = 0
        self._told: Callable[[int], None] | None = None
        # stops of one visit gain nothing from a step that leaves their day as it is
        self._one_day = options.one_day * sum([v for v in self._visits if v > 1]) / problem.visits

    def run(self, on_progress: Callable[[int], None] | None) -> Solution:
        """Several short searches from nothing, then on from the best of them."""
        options, plan = self._options, self._plan
        self._told = on_progress
        if options.starts < 2:
            return self._solution(self._anneal(options.iterations, options.start_heat).state)
        steps = int(options.iterations * options.share)
        empty = plan.state()
        found: list[_Found] = []
        for _ in range(options.starts):
            plan.restore(empty)
            empty = plan.state()
            found.append(self._anneal(steps, options.start_heat))
        plan.restore(min(found, key=lambda one: (one.absent, one.cost)).state)
        left = options.iterations - options.starts * steps
        return self._solution(self._anneal(left, options.last_heat).state)

    def _anneal(self, steps: int, heat: float) -> _Found:
        """The best plan of `steps` steps from the plan as it is, from temperature `heat` down."""
        options, plan, random, told = self._options, self._plan, self._random, self._told
        self._recreate.put_back()
        cost = best = self._cost()
        kept = plan.state()
        cooling = round((options.end_heat / heat) ** (1.0 / max(steps, 1)), 12)
        heat = heat * self._unit / 2**16
        for _ in range(steps):
            before = plan.state()
            new = self._cost() if self._step() else NEVER
            if new < cost + heat * CHANCES[int(random() * DRAWS)]:
                cost = new
                if (len(plan.absent), new) < (len(kept.absent), best):
                    best, kept = new, plan.state()
            else:
                plan.restore(before)
            heat *= cooling
            self._done += 1
            if told is not None and self._done % TOLD_EVERY == 0:
                told(self._done)
        return _Found(len(kept.absent), best, kept)

    def _step(self) -> bool:
        """Change the plan; False when a day could not take back what it had."""
        if self._random() >= self._one_day:
            visits = self._ruin.whole_period()
        else:
            visits = self._ruin.one_day(int(self._random() * self._problem.days))
        return self._recreate.put_back(visits) and not self._plan.spoilt()

    def _cost(self) -> int:
        """Travel, the price of absent visits, and the price of uneven days."""
        plan = self._plan
        cost = plan.travel
        if plan.absent:
            cost += self._absence * sum([self._visits[stop] for stop in plan.absent])
        if self._evenness:
            total = sum(plan.loads) or 1
            spread = len(plan.loads) * sum([load * load for load in plan.loads]) - total * total
            spread -= self._free * total * total // MILLION
            if spread > 0:
                cost += self._evenness * spread // (1000 * total)
        return cost

    def _solution(self, kept: State) -> Solution:
        problem, plan = self._problem, self._plan
        routes = tuple(
            tuple(kept.routes[slot].places[1:-1] for slot in plan.day(day)) for day in range(problem.days)
        )
        legs = [problem.travel[a][b] for route in kept.routes for a, b in pairwise(route.places)]
        return Solution(routes, math.fsum(legs), tuple(kept.absent))
