"""Putting stops back: the cheapest place on a day, the cheapest pattern of days."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coursekit.domain.routing.options import SearchOptions
from coursekit.domain.routing.plan import Plan, Visit
from coursekit.domain.routing.problem import Pattern, Problem
from coursekit.domain.routing.route import SHIFT
from coursekit.domain.routing.scale import NEVER

# In which orders stops are put back, as cumulated shares: at random, long visits first, far ones
# first, near ones first, many visits first.
ORDERS = (4 / 13, 7 / 13, 9 / 13, 10 / 13)
NO_SLOT = NO_DAY = -1


class Recreate:
    """Greedy insertion with blinks ([1]_ of `search`), over whole patterns of days."""

    def __init__(
        self,
        plan: Plan,
        problem: Problem,
        near: Sequence[Sequence[int]],
        options: SearchOptions,
        random: Callable[[], float],
    ) -> None:
        self._plan, self._random, self._blink = plan, random, options.blink
        data, size = plan.data, len(near)
        self._close = [
            sum([data.bits[j] for j in row if j != i][: options.neighbours]) for i, row in enumerate(near)
        ]
        self._patterns: list[tuple[Pattern, ...]] = [(), *(stop.patterns for stop in problem.stops)]
        self._wanted = [
            [(day, plan.day(day)) for day in sorted({day for pattern in p for day in pattern})]
            for p in self._patterns
        ]
        self._keys: tuple[list[int], ...] = (
            [-data.demand[s] - data.service[s] for s in range(size)],
            [-data.travel[0][s] for s in range(size)],
            data.travel[0],
            [len(p) - (len(p[0]) << SHIFT) if p else 0 for p in self._patterns],
        )
        self._liked_share, self._liked, self._discount = options.liked, NO_DAY, 0
        nearest = [data.travel[stop][near[stop][min(1, size - 2)]] for stop in range(1, size)]
        self._most = options.discount * (sum(nearest) // (size - 1) or 1)
        self._evenness = round(500 * problem.balance)
        work = sum(data.service[s] * len(p[0]) for s, p in enumerate(self._patterns) if p)
        way = sum(min(data.travel[s][o] for o in (*row[:2], 0) if o != s) for s, row in enumerate(near) if s)
        self._mean_load = 1000 * max((work + way) // problem.days, 1)
        self._costs = [NEVER] * problem.days
        self._best = [0] * problem.days

    def put_back(self, visits: Sequence[Visit] = ()) -> bool:
        """Put absent stops back on the cheapest pattern that fits, and each of `visits` on its day.

        Stops that do not fit stay absent. False, with the work half done, when a visit does not fit.
        """
        plan, random = self._plan, self._random
        routes, shelves, slots, best = plan.routes, plan.shelves, plan.slots, self._best
        self._liked = NO_DAY
        if self._liked_share and random() < self._liked_share:
            # a day cheaper for all of them, or a cluster would never move there: its first stop pays the way
            self._liked, self._discount = int(random() * plan.days), int(random() * self._most)
        left = []
        for stop, old in self._order(plan.absent, visits):
            if old != NO_SLOT:
                cost, slot = self._cheapest(stop, plan.day(old // plan.vehicles))
                if cost == NEVER:
                    return False
                plan.put(slot, shelves[slot].grown(routes[slot], stop))
                if slot != old:
                    slots[stop] = tuple([slot if s == old else s for s in slots[stop]])
                continue
            pattern = self._best_pattern(stop)
            if pattern is None:
                left.append(stop)
                continue
            chosen = tuple([best[day] for day in pattern])
            for slot in chosen:
                plan.put(slot, shelves[slot].grown(routes[slot], stop))
            slots[stop] = chosen
        left.sort()
        plan.absent = left
        return True

    def _order(self, absent: Sequence[int], visits: Sequence[Visit]) -> list[Visit]:
        """What to put back, in one of five orders, drawn anew each step."""
        random = self._random
        kind = random()
        drawn = [(random(), stop, NO_SLOT) for stop in absent]
        drawn += [(random(), stop, slot) for stop, slot in visits]
        drawn.sort()
        if kind >= ORDERS[0]:
            which = 0 if kind < ORDERS[1] else 1 if kind < ORDERS[2] else 2 if kind < ORDERS[3] else 3
            key = self._keys[which]
            drawn.sort(key=lambda one: key[one[1]])
        return [(stop, slot) for _, stop, slot in drawn]

    def _best_pattern(self, stop: int) -> Pattern | None:
        """Cheapest pattern that fits; the slot for each of its days is left in `_best`."""
        costs, best, evenness = self._costs, self._best, self._evenness
        loads, service = self._plan.loads, self._plan.data.service[stop]
        for day, slots in self._wanted[stop]:
            cost, best[day] = self._cheapest(stop, slots)
            if evenness and cost < NEVER:
                more = cost + service
                cost += evenness * more * (2 * loads[day] + more) // self._mean_load
            if day == self._liked and cost < NEVER:
                cost = max(cost - self._discount, 1)
            costs[day] = cost
        cheapest, chosen = NEVER, None
        for pattern in self._patterns[stop]:
            cost = 0
            for day in pattern:
                cost += costs[day]
            if cost < cheapest:
                cheapest, chosen = cost, pattern
        return chosen

    def _cheapest(self, stop: int, slots: range) -> tuple[int, int]:
        """Least added travel over the routes in `slots`, and which; `NEVER` when none has room.

        Routes without a near stop are asked only when no other has room.
        """
        plan = self._plan
        routes, random, blink, close = plan.routes, self._random, self._blink, self._close[stop]
        low, best = NEVER, NO_SLOT
        for slot in slots:
            route = routes[slot]
            if route.mask & close or not route.mask:
                try:
                    price = route.prices[stop]
                except KeyError:
                    price = plan.shelves[slot].price(route, stop)
                if price < low and random() >= blink:
                    low, best = price, slot
        if best == NO_SLOT:
            for slot in slots:
                price = plan.shelves[slot].price(routes[slot], stop)
                if price < low and random() >= blink:
                    low, best = price, slot
            if best == NO_SLOT:
                return NEVER, NO_SLOT
        return low >> SHIFT, best
