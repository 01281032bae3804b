"""Weeks as tours: the own plan, the practised one and the reference plan, and the minutes of each."""

from __future__ import annotations

import importlib.util

import pandas as pd
import pytest

from coursekit import resources
from coursekit.domain import datasets, routing, visits
from coursekit.errors import CoursekitError, DomainError
from coursekit.resources import content_root


@pytest.fixture(scope="module")
def place() -> routing.County:
    """The shipped customers."""
    return routing.county(datasets.load("customers"))


def test_an_own_day_goes_to_the_nearest_shop_next(place):
    travel = place.problem.travel
    plan = pd.DataFrame(
        {"date": ["2024-06-17"] * 4 + ["2024-06-18"], "cust_id": [*place.customers[:4], place.customers[9]]}
    )

    week = visits.own_week(plan, place)

    assert [len(day) for day in week] == [4, 1]
    assert set(week[0]) == set(place.customers[:4])
    first = place.customers.index(week[0][0]) + 1
    assert travel[0][first] == min(travel[0][stop] for stop in range(1, 5))


def test_a_shop_that_is_not_there_is_named(place):
    plan = pd.DataFrame({"date": ["2024-06-17"], "cust_id": ["K9999"]})
    with pytest.raises(DomainError, match="K9999"):
        visits.own_week(plan, place)


def test_the_weeks_of_a_plan_add_up_to_what_the_independent_scorer_says(place):
    for routes in (routing.practice(place), visits.reference_routes(place)):
        scored = routing.score(place.problem, routes)
        weeks = [visits.week_minutes(visits.week_of(routes, place, week), place) for week in (1, 2, 3, 4)]
        days = pd.concat(weeks)

        assert days["road"].sum() == pytest.approx(scored.travel)
        assert list(days["total"]) == pytest.approx(scored.day_loads)
        assert days["visits"].sum() == 462


@pytest.mark.parametrize("week", [0, 5])
def test_a_week_outside_the_period_is_refused(place, week):
    with pytest.raises(DomainError, match="1 到 4"):
        visits.week_of(routing.practice(place), place, week)


def test_the_shipped_reference_plan_may_be_used_by_the_lesson(place):
    """The same check as `scripts/reference_plan.py --check`: no rule broken, even days, less road than practice."""
    path = content_root() / "scripts" / "reference_plan.py"
    spec = importlib.util.spec_from_file_location("reference_plan", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    assert script.faults(place) == []


def test_the_reference_plan_is_of_the_shipped_table_only():
    with pytest.raises(DomainError, match="只配课程自带的表"):
        visits.reference_routes(routing.county(datasets.load("customers").head(20)))


def test_a_lost_reference_plan_is_named(place, tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "datasets", lambda: tmp_path)
    with pytest.raises(CoursekitError, match="没有这个文件"):
        visits.reference_routes(place)
