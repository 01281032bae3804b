"""The plan while it is being searched: routes, where each stop stands, and how to take a step back."""

from __future__ import annotations

from typing import NamedTuple

from coursekit.domain.routing.problem import Problem
from coursekit.domain.routing.route import Route, Shelf
from coursekit.domain.routing.scale import Scaled

Visit = tuple[int, int]  # a stop, and the slot it is (or was) in


class State(NamedTuple):
    """All of a plan that changes, as it was."""

    routes: list[Route]
    slots: list[tuple[int, ...]]
    absent: list[int]
    loads: list[int]
    travel: int


class Plan:
    """Routes by slot (day × vehicles + vehicle); changed only through `put`, so that sums stay right.

    `slots[stop]` are the slots of its visits; a stop without any is in `absent`, in ascending order
    between two steps.
    """

    def __init__(self, problem: Problem, data: Scaled) -> None:
        self.data, self.vehicles, self.days = data, problem.vehicles, problem.days
        kinds = list(zip(data.day_length, data.capacity, strict=True))
        self.kinds = {kind: Shelf(data, *kind) for kind in dict.fromkeys(kinds)}
        self.shelves = [self.kinds[kind] for kind in kinds for _ in range(problem.vehicles)]
        self.routes = [shelf.empty for shelf in self.shelves]
        self.slots: list[tuple[int, ...]] = [()] * (len(problem.stops) + 1)
        self.absent = list(range(1, len(problem.stops) + 1))
        self.loads = [0] * problem.days
        self.travel = 0

    def state(self) -> State:
        """Everything as it is now."""
        return State(self.routes[:], self.slots[:], self.absent[:], self.loads[:], self.travel)

    def restore(self, state: State) -> None:
        """Back to `state`, which then belongs to the plan."""
        self.routes, self.slots, self.absent, self.loads, self.travel = state

    def put(self, slot: int, route: Route) -> None:
        """Give `slot` another route."""
        old = self.routes[slot]
        self.routes[slot] = route
        self.travel += route.travel - old.travel
        self.loads[slot // self.vehicles] += route.load - old.load

    def day(self, day: int) -> range:
        """Slots of a day."""
        return range(day * self.vehicles, (day + 1) * self.vehicles)

    def spoilt(self) -> bool:
        """Whether a route made since the last question may break a limit."""
        found = False
        for shelf in self.kinds.values():
            found, shelf.spoilt = found or shelf.spoilt, False
        return found
