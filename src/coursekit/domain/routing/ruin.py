"""Which stops a step takes out: strings of neighbours, from the whole period or from one day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from coursekit.domain.routing.options import SearchOptions
from coursekit.domain.routing.plan import Plan, Visit
from coursekit.domain.routing.problem import Problem
from coursekit.domain.routing.route import Route

SPLIT = 0.5  # share of strings that keep a part of themselves in place [1]
KEEP_ONE = 0.99  # how often that part is a single stop [1]


class Ruin:
    """Takes strings of neighbouring stops out of a plan ([1]_ of `search`)."""

    def __init__(
        self,
        plan: Plan,
        problem: Problem,
        near: Sequence[Sequence[int]],
        options: SearchOptions,
        random: Callable[[], float],
    ) -> None:
        self._plan, self._near, self._options, self._random = plan, near, options, random
        self._fixed = [False, *(len(s.patterns) == 1 and len(s.patterns[0]) > 1 for s in problem.stops)]

    def whole_period(self) -> list[Visit]:
        """Take strings out, each stop with all its visits if its days can change.

        Those stops become absent; of the others only the visit in the string goes, and is given back.
        """
        plan, random, fixed = self._plan, self._random, self._fixed
        routes, slots, bits = plan.routes, plan.slots, plan.data.bits
        longest, strings = self._measure(routes)
        removed: list[int] = []
        visits: list[Visit] = []
        gone = 0  # stops removed from all their routes
        alone: dict[int, int] = {}  # stops removed from one slot only, and all slots that change
        for stop in self._near[int(random() * (len(self._near) - 1)) + 1]:
            here = slots[stop]
            if not here or gone & bits[stop]:
                continue
            slot = here[int(random() * len(here))]
            if slot in alone:
                continue
            alone[slot] = 0
            for other in self._string(routes[slot].places, stop, longest):
                if fixed[other]:
                    alone[slot] |= bits[other]
                    visits.append((other, slot))
                elif not gone & bits[other]:
                    gone |= bits[other]
                    removed.append(other)
            if len(alone) >= strings:
                break
        for stop in removed:
            for slot in slots[stop]:
                alone.setdefault(slot, 0)
            slots[stop] = ()
        for slot, some in alone.items():
            plan.put(slot, plan.shelves[slot].without(routes[slot], gone | some))
        plan.absent += removed
        return visits

    def one_day(self, day: int) -> list[Visit]:
        """Take strings out of one day only; gives back the visits."""
        plan, random, bits = self._plan, self._random, self._plan.data.bits
        where = {stop: slot for slot in plan.day(day) for stop in plan.routes[slot].places[1:-1]}
        if not where:
            return []
        listed = list(where)
        longest, strings = self._measure([plan.routes[slot] for slot in plan.day(day)])
        visits: list[Visit] = []
        ruined: set[int] = set()
        for stop in self._near[listed[int(random() * len(listed))]]:
            slot = where.get(stop, -1)
            if slot < 0 or slot in ruined:
                continue
            ruined.add(slot)
            gone = 0
            for other in self._string(plan.routes[slot].places, stop, longest):
                gone |= bits[other]
                visits.append((other, slot))
            plan.put(slot, plan.shelves[slot].without(plan.routes[slot], gone))
            if len(ruined) >= strings:
                break
        return visits

    def _measure(self, routes: Iterable[Route]) -> tuple[float, int]:
        """Longest string and number of strings of this step, from the sizes of the routes in use."""
        options = self._options
        used = [len(route.places) - 2 for route in routes if route.mask]
        mean = sum(used) / len(used) if used else 1.0
        longest = min(options.longest_string, mean)
        most = 4.0 * options.removed / (1.0 + longest) - 1.0
        return longest, int(self._random() * most + 1.0)

    def _string(self, places: tuple[int, ...], stop: int, longest: float) -> tuple[int, ...]:
        """A run of stops of the route that holds `stop`, at times with a part of it left in place."""
        random = self._random
        size = len(places) - 2
        length = int(random() * min(longest, size) + 1.0)
        at = places.index(stop)
        spare = 0
        if 1 < length < size and random() < SPLIT:
            spare = 1
            while length + spare < size and random() > KEEP_ONE:
                spare += 1
        window = length + spare
        first, last = max(1, at - window + 1), min(at, size - window + 1)
        first += int(random() * (last - first + 1))
        chosen = places[first : first + window]
        if not spare:
            return chosen
        gap = int(random() * (window - spare + 1))
        return chosen[:gap] + chosen[gap + spare :]
