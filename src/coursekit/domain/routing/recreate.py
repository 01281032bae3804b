"""Putting stops back: the cheapest place on a day, the cheapest pattern of days."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from random import Random

from coursekit.domain.routing.options import SearchOptions
from coursekit.domain.routing.plan import Plan, Slot, Undo
from coursekit.domain.routing.problem import Pattern, Problem

# In which orders stops are put back, as cumulated shares: at random, long visits first, far ones
# first, near ones first, many visits first.
ORDERS = (4 / 13, 7 / 13, 9 / 13, 10 / 13)


class Recreate:
    """Greedy insertion with blinks ([1]_ of `search`), over whole patterns of days."""

    def __init__(
        self,
        plan: Plan,
        problem: Problem,
        near: Sequence[Sequence[int]],
        options: SearchOptions,
        random: Random,
    ) -> None:
        self._plan, self._random, self._blink = plan, random, options.blink
        count = options.neighbours
        self._close = [[j for j in row if j != i][:count] for i, row in enumerate(near)]
        self._patterns: list[tuple[Pattern, ...]] = [(), *(stop.patterns for stop in problem.stops)]
        self._wanted = [sorted({day for pattern in p for day in pattern}) for p in self._patterns]
        self._evenness = problem.balance / 2.0
        work = sum(stop.service * len(stop.patterns[0]) for stop in problem.stops)
        nearest = sum(plan.data.travel[i][row[0]] for i, row in enumerate(self._close) if i and row)
        self._mean_load = max((work + nearest) / problem.days, 1e-9)
        self._costs = [math.inf] * problem.days
        self._places: list[tuple[int, int]] = [(0, 0)] * problem.days

    def whole_period(self, undo: Undo) -> None:
        """Put absent stops back, each on the cheapest pattern that fits; others stay absent."""
        plan = self._plan
        for stop in self._order(plan.absent):
            pattern = self._best_pattern(stop)
            if pattern is None:
                continue
            slots: list[Slot] = []
            for day in pattern:
                vehicle, gap = self._places[day]
                plan.insert(stop, (day, vehicle), gap, undo)
                slots.append((day, vehicle))
            plan.place(stop, tuple(slots), undo)

    def one_day(self, day: int, stops: dict[int, int], undo: Undo) -> bool:
        """Put `stops` (with the vehicle each one had) back on `day`; False when one does not fit."""
        plan = self._plan
        for stop in self._order(stops):
            cost, vehicle, gap = self._cheapest_route(stop, day)
            if cost == math.inf:
                return False
            plan.insert(stop, (day, vehicle), gap, undo)
            if vehicle != stops[stop]:
                slots = tuple((d, vehicle if d == day else v) for d, v in plan.slots[stop])
                plan.place(stop, slots, undo)
        return True

    def _order(self, stops: Iterable[int]) -> list[int]:
        """Stops in one of five orders, drawn anew each step."""
        random, data = self._random, self._plan.data
        listed = sorted(stops)
        random.shuffle(listed)
        kind = random.random()
        from_depot = data.travel[0]
        if kind < ORDERS[0]:
            return listed
        if kind < ORDERS[1]:
            return sorted(listed, key=lambda s: -data.demand[s] - data.service[s])
        if kind < ORDERS[2]:
            return sorted(listed, key=lambda s: -from_depot[s])
        if kind < ORDERS[3]:
            return sorted(listed, key=lambda s: from_depot[s])
        return sorted(listed, key=lambda s: (-len(self._patterns[s][0]), len(self._patterns[s])))

    def _best_pattern(self, stop: int) -> Pattern | None:
        """Cheapest pattern that fits; the place on each of its days is left in `_places`."""
        self._price_days(stop)
        costs = self._costs
        cheapest, chosen = math.inf, None
        for pattern in self._patterns[stop]:
            cost = 0.0
            for day in pattern:
                cost += costs[day]
            if cost < cheapest:
                cheapest, chosen = cost, pattern
        return chosen

    def _price_days(self, stop: int) -> None:
        """Cost and place of the best insertion on each day that any pattern of `stop` wants."""
        plan, data, random, blink = self._plan, self._plan.data, self._random.random, self._blink
        costs, places = self._costs, self._places
        wanted = self._wanted[stop]
        for day in wanted:
            costs[day] = math.inf
        for day, vehicle in dict.fromkeys(
            [slot for other in self._close[stop] for slot in plan.slots[other]]
        ):
            route = plan.routes[day][vehicle]
            insertion = route.best[stop] if stop in route.best else route.cheapest(data, stop)
            if insertion is not None and insertion[0] < costs[day] and random() >= blink:
                costs[day] = insertion[0]
                places[day] = (vehicle, insertion[1])
        for day in wanted:
            vehicle = plan.empty[day]
            if vehicle >= 0:
                insertion = plan.routes[day][vehicle].cheapest(data, stop)
                if insertion is not None and insertion[0] < costs[day]:
                    costs[day] = insertion[0]
                    places[day] = (vehicle, insertion[1])
            if costs[day] == math.inf:
                costs[day], *place = self._cheapest_route(stop, day)
                places[day] = (place[0], place[1])
            if self._evenness and costs[day] < math.inf:
                load, extra = plan.loads[day], costs[day] + data.service[stop]
                costs[day] += self._evenness * ((load + extra) ** 2 - load**2) / self._mean_load

    def _cheapest_route(self, stop: int, day: int) -> tuple[float, int, int]:
        """Least added travel over all routes of `day`, its vehicle and gap; `inf` when none has room."""
        plan, data, random, blink = self._plan, self._plan.data, self._random.random, self._blink
        best = (math.inf, 0, 0)
        empty_seen = False
        for vehicle, route in enumerate(plan.routes[day]):
            if len(route.places) == 2:
                if empty_seen:
                    continue
                empty_seen = True
            insertion = route.cheapest(data, stop)
            if insertion is not None and insertion[0] < best[0] and random() >= blink:
                best = (insertion[0], vehicle, insertion[1])
        return best
