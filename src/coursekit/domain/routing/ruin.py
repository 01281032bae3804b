"""Which stops a step takes out: strings of neighbours, from the whole period or from one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from coursekit.domain.routing.options import SearchOptions
from coursekit.domain.routing.plan import Plan, Slot, Undo

SPLIT = 0.5  # share of strings that keep a part of themselves in place [1]
KEEP_ONE = 0.99  # how often that part is a single stop [1]


class Ruin:
    """Takes strings of neighbouring stops out of a plan ([1]_ of `search`)."""

    def __init__(
        self, plan: Plan, near: Sequence[Sequence[int]], options: SearchOptions, random: Random
    ) -> None:
        self._plan, self._near, self._options, self._random = plan, near, options, random

    def whole_period(self, undo: Undo) -> None:
        """Take strings out with all visits of their stops; the stops become absent."""
        plan, random = self._plan, self._random
        used = [len(r.places) - 2 for day in plan.routes for r in day if len(r.places) > 2]
        longest, strings = self._measure(used)
        removed: dict[int, None] = {}
        ruined: set[Slot] = set()
        for stop in self._near[random.randint(1, len(self._near) - 1)]:
            if len(ruined) >= strings:
                break
            if stop in removed or not plan.slots[stop]:
                continue
            slot = random.choice(plan.slots[stop])
            if slot in ruined:
                continue
            ruined.add(slot)
            removed |= dict.fromkeys(self._string(plan.routes[slot[0]][slot[1]].places, stop, longest))
        touched = dict.fromkeys(slot for stop in removed for slot in plan.slots[stop])
        plan.take_out(removed, touched, undo)
        for stop in removed:
            plan.place(stop, (), undo)

    def one_day(self, day: int, undo: Undo) -> dict[int, int]:
        """Take strings out of one day only; gives back the stops and the vehicle each one had."""
        plan = self._plan
        routes = plan.routes[day]
        where = {stop: v for v, route in enumerate(routes) for stop in route.places[1:-1]}
        if not where:
            return {}
        longest, strings = self._measure([len(r.places) - 2 for r in routes if len(r.places) > 2])
        removed: dict[int, int] = {}
        ruined: set[int] = set()
        for stop in self._near[self._random.choice(list(where))]:
            if len(ruined) >= strings:
                break
            vehicle = where.get(stop)
            if vehicle is None or vehicle in ruined:
                continue
            ruined.add(vehicle)
            removed |= self._owned(self._string(routes[vehicle].places, stop, longest), where)
        plan.take_out(removed, [(day, vehicle) for vehicle in sorted(ruined)], undo)
        return removed

    @staticmethod
    def _owned(stops: Sequence[int], where: Mapping[int, int]) -> dict[int, int]:
        return {stop: where[stop] for stop in stops}

    def _measure(self, used: Sequence[int]) -> tuple[float, int]:
        """Longest string and number of strings of this step, from the sizes of the routes in use."""
        options = self._options
        mean = sum(used) / len(used) if used else 1.0
        longest = min(options.longest_string, mean)
        most = 4.0 * options.removed / (1.0 + longest) - 1.0
        return longest, int(self._random.random() * most + 1.0)

    def _string(self, places: Sequence[int], stop: int, longest: float) -> Sequence[int]:
        """A run of stops of the route that holds `stop`, at times with a part of it left in place."""
        random = self._random
        size = len(places) - 2
        length = int(random.random() * min(longest, size) + 1.0)
        at = places.index(stop)
        spare = 0
        if 1 < length < size and random.random() < SPLIT:
            spare = 1
            while length + spare < size and random.random() > KEEP_ONE:
                spare += 1
        window = length + spare
        first = random.randint(max(1, at - window + 1), min(at, size - window + 1))
        chosen = places[first : first + window]
        if not spare:
            return chosen
        gap = random.randint(0, window - spare)
        return [*chosen[:gap], *chosen[gap + spare :]]
