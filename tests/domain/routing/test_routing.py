"""The route search keeps every rule, repeats itself, and says when the work does not fit; the scorer is strict."""

from __future__ import annotations

import math
from itertools import permutations
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.domain import datasets
from coursekit.domain.routing import (
    Problem,
    SearchOptions,
    Stop,
    county,
    practice,
    score,
    solve,
    spread_patterns,
    workload,
)
from coursekit.errors import DomainError


def plane(seed: int, stops: int, days: int, **more: object) -> Problem:
    """Stops at random on a plane, some of them twice in the period."""
    random = Random(seed)
    places = [(random.random() * 50, random.random() * 50) for _ in range(stops + 1)]
    travel = [[math.dist(a, b) for b in places] for a in places]
    once = tuple((day,) for day in range(days))
    twice = tuple((day, day + days // 2) for day in range(days // 2)) or once
    made = tuple(Stop(5.0, twice if n % 3 == 0 else once, demand=1.0) for n in range(stops))
    limits = {"vehicles": 1, "day_length": (math.inf,) * days, "capacity": (math.inf,) * days} | more
    return Problem(travel, made, days, **limits)  # type: ignore[arg-type]


def test_a_small_tour_is_the_best_of_all_tours() -> None:
    problem = plane(7, 7, 1)
    best = min(
        sum(problem.travel[a][b] for a, b in zip((0, *tour), (*tour, 0), strict=True))
        for tour in permutations(range(1, 8))
    )

    found = solve(problem, SearchOptions(iterations=400))

    assert found.travel == pytest.approx(best)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 14), st.sampled_from([2, 4, 6]), st.booleans())
def test_a_plan_serves_every_stop_and_breaks_no_rule(seed: int, stops: int, days: int, even: bool) -> None:
    problem = plane(seed, stops, days, vehicles=3, capacity=(8.0,) * days, balance=0.5 if even else 0.0)

    found = solve(problem, SearchOptions(iterations=60, seed=seed))

    assert found.unserved == ()
    checked = score(problem, found.routes)
    assert checked.violations == ()
    assert checked.travel == pytest.approx(found.travel)


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = plane(3, 25, 4, vehicles=2, capacity=(12.0,) * 4)
    options = SearchOptions(iterations=150, seed=11)

    assert solve(problem, options) == solve(problem, options)


def test_progress_is_told() -> None:
    told: list[int] = []

    solve(plane(1, 5, 2), SearchOptions(iterations=250), told.append)

    assert told == [100, 200]


def test_work_that_does_not_fit_the_days_is_left_over_not_squeezed_in() -> None:
    problem = plane(5, 12, 1, day_length=(60.0,))

    found = solve(problem, SearchOptions(iterations=100))

    assert found.unserved
    assert max(score(problem, found.routes).day_loads) <= 60.0


def test_windows_are_kept_and_waiting_counts() -> None:
    travel = [[0.0, 10.0, 20.0], [10.0, 0.0, 10.0], [20.0, 10.0, 0.0]]
    late = Stop(5.0, ((0,),), opens=100.0)
    early = Stop(5.0, ((0,),), closes=40.0)
    problem = Problem(travel, (late, early), 1, 1, (200.0,), (math.inf,))

    found = solve(problem, SearchOptions(iterations=50))

    assert found.routes == (((2, 1),),)
    checked = score(problem, found.routes)
    assert checked.violations == ()
    assert checked.waiting == 100.0 - 35.0


def test_the_scorer_names_every_broken_rule() -> None:
    problem = plane(2, 3, 2, day_length=(30.0, 30.0), capacity=(1.0, 9.0))

    said = "\n".join(score(problem, [[[1, 2, 9]], [[1], [2]]]).violations)

    for words in ("没有编号为 9 的店", "装载", "超出", "最多 1 条", "第 3 户：走访日（一天都没有）"):
        assert words in said
    assert "计划有 1 天" in score(problem, [[[1]]]).violations[0]


def test_patterns_spread_visits_evenly() -> None:
    assert spread_patterns(1, weeks=2, weekdays=2) == ((0,), (1,), (2,), (3,))
    assert spread_patterns(2, weeks=2, weekdays=3, slack=1, allowed=[0, 1]) == (
        (0, 3),
        (0, 4),
        (1, 3),
        (1, 4),
    )
    with pytest.raises(DomainError, match="均匀排开"):
        spread_patterns(3, weeks=4)


def test_a_problem_that_contradicts_itself_is_refused() -> None:
    stop = Stop(1.0, ((0,),))
    flat = [[0.0, 1.0], [1.0, 0.0]]
    with pytest.raises(DomainError, match="路程表"):
        Problem([[0.0]], (stop,), 1, 1, (9.0,), (9.0,))
    with pytest.raises(DomainError, match="周期"):
        Problem(flat, (stop,), 1, 1, (9.0, 9.0), (9.0,))
    with pytest.raises(DomainError, match="至少一种走访日安排"):
        Problem(flat, (Stop(1.0, ()),), 1, 1, (9.0,), (9.0,))
    with pytest.raises(DomainError, match="之间的走访日"):
        Problem(flat, (Stop(1.0, ((3,),)),), 1, 1, (9.0,), (9.0,))


@pytest.fixture(scope="module")
def shops() -> pd.DataFrame:
    """The shipped county."""
    return datasets.load("customers")


def test_the_county_plan_needs_less_travel_than_practice_and_breaks_no_rule(shops: pd.DataFrame) -> None:
    place = county(shops)
    by_hand = score(place.problem, practice(place))

    found = solve(place.problem, SearchOptions(iterations=500))
    checked = score(place.problem, found.routes)

    assert found.unserved == ()
    assert checked.violations == ()
    assert checked.travel < by_hand.travel
    assert min(checked.day_loads) > 0


def test_practice_visits_every_shop_as_often_as_the_policy_says(shops: pd.DataFrame) -> None:
    place = county(shops)
    visits = sum(len(route) for day in practice(place) for route in day)

    assert visits == place.problem.visits == 462


def test_workload_is_told_in_minutes(shops: pd.DataFrame) -> None:
    need, there_is = workload(county(shops))

    assert there_is == 20 * 390
    assert 5000 < need < there_is


def test_an_urgent_visit_falls_on_its_day(shops: pd.DataFrame) -> None:
    first = str(shops["cust_id"].iloc[0])

    stop = county(shops, urgent={first: 7}).problem.stops[0]

    assert all(7 in pattern for pattern in stop.patterns)
    with pytest.raises(DomainError, match="急访"):
        county(shops, urgent={first: 99})
    with pytest.raises(DomainError, match="客户表里有的客户"):
        county(shops, urgent={"没有": 1})
