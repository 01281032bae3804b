"""After every step of the search its sums, routes and prices are what a fresh look at the plan gives."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.domain.routing import Problem, SearchOptions, Stop, compiled, score, solve
from coursekit.domain.routing.anneal import anneal, cost_of
from coursekit.domain.routing.desk import ASKED, BEHIND, COST, PRICE, Course
from coursekit.domain.routing.plan import ABSENT, LOAD, LOADS, OUT, SIZE, TAKEN, TRAVEL, VERSION, WAY, Plan
from coursekit.domain.routing.scale import (
    CAPACITY,
    CLOSES,
    DEMAND,
    LENGTH,
    NEVER,
    OPENS,
    SERVICE,
    VISITS,
    Scaled,
)
from coursekit.domain.routing.search import CHANCES, Search
from coursekit.errors import DomainError
from tests.domain.routing.plain import uncompiled

DAYS = 4


def some(seed: int, size: int, windows: bool, **limits: object) -> Problem:
    """Stops on a coarse grid, so that places coincide; some on fixed days, some twice, some free."""
    random = Random(seed)
    places = [(random.randrange(12), random.randrange(12)) for _ in range(size + 1)]
    travel = [[math.dist(a, b) for b in places] for a in places]
    patterns = (((0, 2),), ((1, 3), (0, 2)), tuple((day,) for day in range(DAYS)), ((3,),))
    stops = tuple(
        Stop(
            random.choice((0.0, 2.5)),
            random.choice(patterns),
            demand=random.choice((0.5, 1.0)),
            opens=random.choice((0.0, 10.0)) if windows else 0.0,
            closes=random.choice((40.0, math.inf)) if windows else math.inf,
        )
        for _ in range(size)
    )
    lengths = tuple(random.choice((30.0, 60.0)) for _ in range(DAYS))
    whole = {"day_length": lengths, "capacity": (4.0,) * DAYS, "balance": random.choice((0.0, 1.0))} | limits
    return Problem(travel, stops, DAYS, random.choice((1, 2)), **whole)  # type: ignore[arg-type]


def orders(plan: Plan) -> list[list[int]]:
    return [plan.route[slot, :size].tolist() for slot, size in enumerate(plan.slot[:, SIZE].tolist())]


def way(data: Scaled, order: Sequence[int]) -> int:
    return int(sum(int(data.travel[a, b]) for a, b in pairwise((0, *order, 0))))


def keeps(data: Scaled, order: Sequence[int], day: int) -> bool:
    """Whether a route keeps windows, length and capacity, by driving it."""
    clock = demand = last = 0
    for stop in order:
        ready = clock + int(data.stop[last, SERVICE]) + int(data.travel[last, stop])
        clock, last = max(ready, int(data.stop[stop, OPENS])), stop
        demand += int(data.stop[stop, DEMAND])
        if clock > data.stop[stop, CLOSES]:
            return False
    back = clock + int(data.stop[last, SERVICE]) + int(data.travel[last, 0])
    return back <= data.day[day, LENGTH] and demand <= data.day[day, CAPACITY]


def check_plan(problem: Problem, data: Scaled, plan: Plan) -> None:
    """Every number the plan carries, counted again from its routes."""
    routes = orders(plan)
    for slot, order in enumerate(routes):
        assert plan.slot[slot, WAY] == way(data, order)
        assert plan.slot[slot, LOAD] == way(data, order) + data.stop[order, SERVICE].sum()
        assert plan.slot[slot, TAKEN] == data.stop[order, DEMAND].sum()
        assert keeps(data, order, slot // problem.vehicles)
    each = problem.vehicles
    for day in range(problem.days):
        assert plan.sums[LOADS + day] == plan.slot[day * each : (day + 1) * each, LOAD].sum()
    assert plan.sums[TRAVEL] == plan.slot[:, WAY].sum()
    absent = set(plan.absent[: plan.sums[ABSENT]].tolist())
    for number, stop in enumerate(problem.stops, 1):
        stands = sorted(slot for slot, order in enumerate(routes) if number in order)
        assert sorted(s for s in plan.where[number].tolist() if s != OUT) == stands
        assert (number in absent) == (not stands)
        assert not stands or tuple(slot // each for slot in stands) in stop.patterns


def check_prices(data: Scaled, search: Search) -> None:
    """Every price that counts, against the shortest route that holds the stop and keeps the limits."""
    plan, desk = search.plan, search.desk
    for slot, order in enumerate(orders(plan)):
        for stop in range(1, len(data.stop)):
            price = desk.price[slot, stop]
            if stop in order or price[ASKED] != plan.slot[slot, VERSION]:
                continue
            grown = [[*order[:at], stop, *order[at:]] for at in range(len(order) + 1)]
            fitting = [way(data, one) for one in grown if keeps(data, one, slot // data.vehicles)]
            assert price[PRICE] == (min(fitting) - way(data, order) if fitting else NEVER)
            assert not fitting or way(data, grown[price[BEHIND]]) == min(fitting)


def steps(search: Search, count: int) -> Iterator[None]:
    """One step after the other, hot enough that many worse plans stay."""
    for n in range(count):
        course = Course(1, 1.0, 1.0, n == 0, np.array(CHANCES))
        anneal(*search.work, course)
        yield


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 14), st.booleans())
def test_all_numbers_are_right_after_each_step(seed: int, size: int, windows: bool) -> None:
    problem = some(seed, size, windows)
    search = Search(problem, SearchOptions(seed=seed, removed=4.0))
    for _ in steps(search, 30):
        check_plan(problem, search.data, search.plan)
        check_prices(search.data, search)
    check_plan(problem, search.data, search.kept)
    assert search.desk.now[COST] == cost(search)


def cost(search: Search) -> int:
    """Cost of the plan, in plain Python."""
    function = cost_of.py_func  # type: ignore[attr-defined]
    return int(function(search.data, search.plan, search.weights))


def test_plain_python_takes_the_same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled computes what is written: no overflow, no other order of sums."""
    problems = [some(seed, 12, windows) for seed, windows in ((1, True), (2, False), (3, False))]
    options = SearchOptions(iterations=60, seed=4)
    fast = [solve(problem, options) for problem in problems]

    uncompiled(monkeypatch)

    assert [solve(problem, options) for problem in problems] == fast


def test_a_detour_shorter_than_the_straight_way_is_no_plan() -> None:
    """Taking the stop between two others out would make the day too long."""
    travel = [[0.0, 1.0, 9.0], [1.0, 0.0, 1.0], [9.0, 1.0, 0.0]]
    problem = Problem(travel, (Stop(0.0, ((0,),)), Stop(0.0, ((0,),))), 1, 1, (12.0,), (math.inf,))
    search = Search(problem, SearchOptions(seed=1))

    for _ in steps(search, 50):
        check_plan(problem, search.data, search.plan)


@pytest.mark.parametrize("large", [1e3, 1e6, 9e8])
def test_large_numbers_are_added_up_right(large: float) -> None:
    """Travel, visits and demands of thousands of millions, and a price of uneven days beyond all of them."""
    problem = some(5, 8, False)
    stops = tuple(Stop(s.service * large, s.patterns, s.demand * large) for s in problem.stops)
    travel = [[way * large / 30 for way in row] for row in problem.travel]
    limits = tuple(1000 * large for _ in range(DAYS))
    wide = Problem(travel, stops, DAYS, 1, limits, limits, balance=1e12)

    found = solve(wide, SearchOptions(iterations=200))

    assert found.unserved == ()
    assert score(wide, found.routes).violations == ()


def test_numbers_too_large_to_be_added_up_are_refused() -> None:
    flat, stop = [[0.0, 1.0], [1.0, 0.0]], Stop(1.0, ((0,),))
    for travel, bad in (
        ([[0.0, 3e9], [3e9, 0.0]], stop),
        (flat, Stop(1e13, ((0,),))),
        (flat, Stop(1.0, ((0,),), demand=1e13)),
        (flat, Stop(1.0, ((0,),), opens=1e13)),
    ):
        with pytest.raises(DomainError, match="路程、停留和装载"):
            solve(Problem(travel, (bad,), 1, 1, (math.inf,), (math.inf,)), SearchOptions(iterations=10))


def test_where_nothing_can_be_written_the_code_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[dict[str, object]] = []

    def refuse(**options: object) -> object:
        made.append(options)
        if options.get("cache"):
            raise RuntimeError("no locator available")
        return lambda function: function

    monkeypatch.setattr(compiled, "njit", refuse)

    def nothing() -> None: ...

    assert compiled.entry(nothing) is nothing
    assert [one.get("cache", False) for one in made] == [True, False]


def test_code_is_kept_under_a_name_that_changes_with_any_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(compiled, "njit", lambda **_: lambda function: function)

    def name(text: str) -> str:
        monkeypatch.setattr(compiled, "sources", lambda: text.encode())

        def nothing() -> None: ...

        return compiled.entry(nothing).__qualname__

    assert name("a") == name("a") != name("b")


def test_visits_of_a_stop_are_counted() -> None:
    problem = some(1, 5, False)

    assert Search(problem, SearchOptions()).data.stop[1:, VISITS].tolist() == [
        len(stop.patterns[0]) for stop in problem.stops
    ]
