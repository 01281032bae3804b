"""The plan while it is being searched: routes, where each stop stands, and how to take a step back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from coursekit.domain.routing.problem import Problem
from coursekit.domain.routing.route import Route, RouteData

Slot = tuple[int, int]


@dataclass
class Undo:
    """What a step changed, enough to take it back."""

    absent: frozenset[int]
    routes: dict[Slot, Route] = field(default_factory=dict)
    slots: dict[int, tuple[Slot, ...]] = field(default_factory=dict)


class Plan:
    """Routes by day and vehicle; changed only through `move`, so that sums stay right."""

    def __init__(self, problem: Problem) -> None:
        self.data = RouteData(problem)
        days, vehicles, size = problem.days, problem.vehicles, len(problem.stops)
        self.routes = [[Route(self.data, day, (0, 0)) for _ in range(vehicles)] for day in range(days)]
        self.slots: list[tuple[Slot, ...]] = [()] * (size + 1)
        self.absent = set(range(1, size + 1))
        self.loads = [0.0] * days
        self.empty = [0] * days  # first empty route of each day, -1 for none

    def begin(self) -> Undo:
        """Start remembering a step."""
        return Undo(frozenset(self.absent))

    def move(self, slot: Slot, places: tuple[int, ...], undo: Undo) -> None:
        """Give `slot` a route over `places`."""
        day, vehicle = slot
        undo.routes.setdefault(slot, self.routes[day][vehicle])
        self._put(slot, Route(self.data, day, places))

    def place(self, stop: int, slots: tuple[Slot, ...], undo: Undo) -> None:
        """Remember where `stop` stands now; nowhere makes it absent."""
        undo.slots.setdefault(stop, self.slots[stop])
        self.slots[stop] = slots
        if slots:
            self.absent.discard(stop)
        else:
            self.absent.add(stop)

    def insert(self, stop: int, slot: Slot, gap: int, undo: Undo) -> None:
        """Put `stop` behind position `gap` of the route in `slot`."""
        places = self.routes[slot[0]][slot[1]].places
        self.move(slot, (*places[: gap + 1], stop, *places[gap + 1 :]), undo)

    def take_out(self, stops: Iterable[int], slots: Iterable[Slot], undo: Undo) -> None:
        """Take `stops` out of the routes in `slots`."""
        gone = set(stops)
        for slot in slots:
            places = self.routes[slot[0]][slot[1]].places
            self.move(slot, tuple([p for p in places if p not in gone]), undo)

    def revert(self, undo: Undo) -> None:
        """Take a step back."""
        for slot, route in undo.routes.items():
            self._put(slot, route)
        for stop, slots in undo.slots.items():
            self.slots[stop] = slots
        self.absent = set(undo.absent)

    def travel(self) -> float:
        """Travel of all routes."""
        return sum([route.travel for day in self.routes for route in day])

    def _put(self, slot: Slot, route: Route) -> None:
        day, vehicle = slot
        routes = self.routes[day]
        old = routes[vehicle]
        self.loads[day] += route.travel + route.service - old.travel - old.service
        routes[vehicle] = route
        if len(route.places) == 2:
            if not 0 <= self.empty[day] < vehicle:
                self.empty[day] = vehicle
        elif self.empty[day] == vehicle:
            self.empty[day] = next((v for v, r in enumerate(routes) if len(r.places) == 2), -1)
