"""Remembered and derived insertion prices are what a fresh look at the route gives."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.domain.routing import Problem, Stop
from coursekit.domain.routing.plan import Plan
from coursekit.domain.routing.route import PLACE, SHIFT, Route, Shelf
from coursekit.domain.routing.scale import NEVER, Scaled


def some(seed: int, size: int, side: int, windows: bool = False, **limits: tuple[float, ...]) -> Problem:
    """Stops on a coarse grid, so that places coincide and lie on one line now and then."""
    random = Random(seed)
    places = [(random.randrange(side), random.randrange(side)) for _ in range(size + 1)]
    travel = [[math.dist(a, b) for b in places] for a in places]
    stops = tuple(
        Stop(
            random.choice((0.0, 2.5)),
            ((0,), (1,)),
            demand=random.choice((0.5, 1.0)),
            opens=random.choice((0.0, 10.0)) if windows else 0.0,
            closes=random.choice((40.0, math.inf)) if windows else math.inf,
        )
        for _ in range(size)
    )
    whole = {"day_length": (80.0,) * 2, "capacity": (8.0,) * 2} | limits
    return Problem(travel, stops, 2, 1, **whole)


def fresh_price(problem: Problem, data: Scaled, places: tuple[int, ...], stop: int) -> float:
    """Least added travel in parts from all gaps, by driving each longer route; `inf` when none keeps the limits."""
    best = math.inf
    for gap in range(len(places) - 1):
        order = (*places[: gap + 1], stop, *places[gap + 1 :])
        clock = demand = way = 0
        fits = True
        for a, b in pairwise(order):
            way += data.travel[a][b]
            clock = max(clock + data.service[a] + data.travel[a][b], data.opens[b])
            fits = fits and clock <= data.closes[b]
            demand += data.demand[b]
        if fits and clock <= data.day_length[0] and demand <= data.capacity[0]:
            best = min(best, way)
    return best - sum(data.travel[a][b] for a, b in pairwise(places))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000), st.integers(3, 12), st.sampled_from([3, 40]), st.booleans())
def test_a_price_is_what_a_fresh_look_gives(seed: int, size: int, side: int, windows: bool) -> None:
    problem = some(seed, size, side, windows)
    data = Scaled(problem)
    shelf = Shelf(data, data.day_length[0], data.capacity[0])
    random = Random(seed)
    route: Route = shelf.empty
    for _ in range(40):
        for stop in range(1, size + 1):
            if data.bits[stop] & route.mask or random.random() < 0.3:
                continue
            price = shelf.price(route, stop)
            wanted = fresh_price(problem, data, route.places, stop)
            assert (math.inf if price == NEVER else price >> SHIFT) == wanted
            assert price == NEVER or price & PLACE in route.places
        fitting = [s for s, price in sorted(route.prices.items()) if price != NEVER]
        if fitting and random.random() < 0.7:
            route = shelf.grown(route, random.choice(fitting))
        else:
            route = shelf.without(route, random.getrandbits(size + 1) & ~1)
        assert route.mask == sum(data.bits[p] for p in route.places[1:-1])
        legs = [data.travel[a][b] for a, b in pairwise(route.places)]
        assert route.travel == sum(legs)
        assert route.load == route.travel + sum(data.service[p] for p in route.places)
        assert route.demand == sum(data.demand[p] for p in route.places)


def test_the_same_stops_are_one_route_in_the_shorter_order() -> None:
    problem = some(4, 6, 40, day_length=(math.inf,) * 2)
    data = Scaled(problem)
    shelf = Shelf(data, data.day_length[0], data.capacity[0])

    def build(order: tuple[int, ...]) -> Route:
        route = shelf.empty
        for stop in order:
            shelf.price(route, stop)
            route = shelf.grown(route, stop)
        return route

    first, second = build((1, 2, 3, 4, 5)), build((5, 3, 1, 4, 2))
    third = build((1, 2, 3, 4, 5))

    assert third.mask == first.mask == second.mask
    assert third.travel == min(first.travel, second.travel)


def test_routes_not_met_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coursekit.domain.routing.route.KEPT", 3)
    data = Scaled(some(4, 7, 40))
    shelf = Shelf(data, NEVER, NEVER)
    made = []
    for stop in range(1, 8):
        shelf.price(shelf.empty, stop)
        made.append(shelf.grown(shelf.empty, stop))
    assert shelf.grown(shelf.empty, 6) is made[5]
    assert shelf.grown(shelf.empty, 1) is not made[0]


def test_a_detour_shorter_than_the_straight_way_is_noticed() -> None:
    travel = [[0.0, 1.0, 9.0], [1.0, 0.0, 1.0], [9.0, 1.0, 0.0]]
    problem = Problem(travel, (Stop(0.0, ((0,),)), Stop(0.0, ((0,),))), 1, 1, (12.0,), (math.inf,))
    plan = Plan(problem, Scaled(problem))
    shelf = plan.shelves[0]
    shelf.price(shelf.empty, 1)
    one = shelf.grown(shelf.empty, 1)
    shelf.price(one, 2)
    both = shelf.grown(one, 2)

    alone = shelf.without(both, plan.data.bits[1])

    assert alone.travel == 2 * 9 * plan.data.parts
    assert plan.spoilt()
    assert not plan.spoilt()
