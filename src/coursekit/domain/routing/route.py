"""One day's route of one vehicle: never changed, so that what was computed about it stays true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from coursekit.domain.routing.problem import Problem

Insertion = tuple[float, int]
EPSILON = 1e-9


class Route:
    """Stops between two depots, with the figures that tell at once what an insertion costs.

    `best` remembers the cheapest feasible place for each stop that asked; most routes survive most
    steps of the search, so most answers are already there.
    """

    __slots__ = ("_edges", "_limits", "_times", "best", "demand", "places", "service", "travel")

    def __init__(self, data: RouteData, day: int, places: tuple[int, ...]) -> None:
        self.places = places
        self._limits = (data.day_length[day], data.capacity[day])
        travel = data.travel
        self._edges = [travel[a][b] for a, b in pairwise(places)]
        self.travel = sum(self._edges)
        self.service = sum([data.service[p] for p in places])
        self.demand = sum([data.demand[p] for p in places])
        self.best: dict[int, Insertion | None] = {}
        self._times: tuple[list[float], list[float]] | None = None

    def cheapest(self, data: RouteData, stop: int) -> Insertion | None:
        """Least added travel for `stop` and the place it goes to, or None if it fits nowhere."""
        try:
            return self.best[stop]
        except KeyError:
            found = self.best[stop] = self._search(data, stop)
            return found

    def _search(self, data: RouteData, stop: int) -> Insertion | None:
        length, capacity = self._limits
        if self.demand + data.demand[stop] > capacity + EPSILON:
            return None
        row = data.travel[stop]
        legs = [row[p] for p in self.places]
        added = [a + b - e for a, b, e in zip(legs, legs[1:], self._edges, strict=False)]
        if not data.windows:
            cost = min(added)
            if self.travel + self.service + cost + data.service[stop] > length + EPSILON:
                return None
            return cost, added.index(cost)
        earliest, latest = self._schedule(data)
        places = self.places
        opens, closes, service = data.opens[stop], data.closes[stop], data.service[stop]
        best: Insertion | None = None
        for at, cost in enumerate(added):
            if best is not None and cost >= best[0]:
                continue
            start = earliest[at] + data.service[places[at]] + legs[at]
            if start < opens:
                start = opens
            if start > closes + EPSILON or start + service + legs[at + 1] > latest[at + 1] + EPSILON:
                continue
            best = (cost, at)
        return best

    def _schedule(self, data: RouteData) -> tuple[list[float], list[float]]:
        """Earliest start of service at each place, and the latest that keeps all later ones in time."""
        if self._times is None:
            places, edges = self.places, self._edges
            clock, earliest = 0.0, [0.0]
            for at in range(1, len(places)):
                clock = max(clock + data.service[places[at - 1]] + edges[at - 1], data.opens[places[at]])
                earliest.append(clock)
            latest = [self._limits[0]] * len(places)
            for at in range(len(places) - 2, -1, -1):
                room = latest[at + 1] - edges[at] - data.service[places[at]]
                latest[at] = min(room, data.closes[places[at]])
            self._times = (earliest, latest)
        return self._times


class RouteData:
    """The problem as flat lists over places, depot included, for the inner loops."""

    __slots__ = ("capacity", "closes", "day_length", "demand", "opens", "service", "travel", "windows")

    def __init__(self, problem: Problem) -> None:
        stops = problem.stops
        self.travel: Sequence[Sequence[float]] = [[float(x) for x in row] for row in problem.travel]
        self.service = [0.0, *(float(s.service) for s in stops)]
        self.demand = [0.0, *(float(s.demand) for s in stops)]
        self.opens = [0.0, *(float(s.opens) for s in stops)]
        self.closes = [math.inf, *(float(s.closes) for s in stops)]
        self.windows = any(s.opens > 0 or s.closes < math.inf for s in stops)
        self.day_length = problem.day_length
        self.capacity = problem.capacity
