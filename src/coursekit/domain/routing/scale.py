"""The problem in whole numbers, so that sums come out the same on every machine."""

from __future__ import annotations

import math

from coursekit.domain.routing.problem import Problem

FINEST = 10**6  # a unit of time is cut into at most this many parts
LONGEST = 2**21  # longest travel in parts; larger numbers are slower to add
DEMAND_PARTS = 10**6
SLACK = 1e-4  # [part], so that 0.1 + 0.2 is not more than 0.3
NEVER = 1 << 60  # cost of what does not fit, limit of what has none


class Scaled:
    """Times and demands of a problem as integers, in lists over places, depot included.

    Times are rounded up and limits down, so that a route that keeps the limits here keeps them in
    truth. `bits[p]` stands for place p in sets of places.
    """

    __slots__ = (
        "bits",
        "capacity",
        "closes",
        "day_length",
        "demand",
        "opens",
        "parts",
        "service",
        "travel",
        "windows",
    )

    def __init__(self, problem: Problem) -> None:
        stops = problem.stops
        longest = max(max(row) for row in problem.travel)
        self.parts = FINEST
        while self.parts > 1 and longest * self.parts > LONGEST:
            self.parts //= 10
        self.travel = [[self._up(x) for x in row] for row in problem.travel]
        self.service = [0, *(self._up(s.service) for s in stops)]
        self.opens = [0, *(self._up(s.opens) for s in stops)]
        self.closes = [NEVER, *(self._down(s.closes) for s in stops)]
        self.windows = any(s.opens > 0 or s.closes < math.inf for s in stops)
        self.day_length = [self._down(x) for x in problem.day_length]
        self.demand = [0, *(math.ceil(s.demand * DEMAND_PARTS - SLACK) for s in stops)]
        self.capacity = [
            NEVER if x == math.inf else math.floor(x * DEMAND_PARTS + SLACK) for x in problem.capacity
        ]
        self.bits = [1 << place for place in range(len(stops) + 1)]

    def _up(self, time: float) -> int:
        return math.ceil(time * self.parts - SLACK)

    def _down(self, time: float) -> int:
        return NEVER if time == math.inf else math.floor(time * self.parts + SLACK)
