"""Growth and forecasts: divide, do not subtract; a forecast from too little is refused."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import forecast, policy
from coursekit.errors import DomainError


def test_the_half_year_backwards_to_the_digit() -> None:
    half = policy.load("analysis").section("half_year")
    cases = forecast.last_year(half["cases"], half["cases_growth"])
    revenue = forecast.last_year(half["revenue"], half["revenue_growth"])
    profit = forecast.last_year(half["tax_profit"], half["tax_profit_growth"])
    assert (round(cases, 1), round(revenue, 1), round(profit, 1)) == (13290.9, 30492.5, 9135.8)
    assert round(forecast.per_case(half["revenue"], half["cases"])) == 24530
    assert round(forecast.per_case(revenue, cases)) == 22942
    assert half["tax_profit"] / half["revenue"] < profit / revenue, "the ratio fell though all three grew"


@given(st.floats(1, 1e6), st.floats(-0.9, 5))
def test_growth_undoes_last_year(value: float, rate: float) -> None:
    assert forecast.growth(value, forecast.last_year(value, rate)) == pytest.approx(rate, rel=1e-6, abs=1e-9)


@given(st.floats(0, 1e6), st.floats(1, 1e6))
def test_accuracy_lies_between_0_and_1(guess: float, actual: float) -> None:
    assert 0 <= forecast.accuracy(guess, actual) <= 1
    assert forecast.accuracy(actual, actual) == 1


def test_forecasts_of_a_steady_and_of_a_seasonal_history() -> None:
    steady = pd.Series([5.0] * 13)
    assert forecast.naive(steady) == forecast.moving_average(steady) == forecast.seasonal(steady) == 5
    year = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 11]
    assert forecast.seasonal(pd.Series(year)) == pytest.approx(22)


@pytest.mark.parametrize(
    "call",
    [
        lambda: forecast.last_year(1, -1),
        lambda: forecast.growth(1, 0),
        lambda: forecast.accuracy(1, 0),
        lambda: forecast.per_case(1, 0),
        lambda: forecast.naive(pd.Series([], dtype=float)),
        lambda: forecast.moving_average(pd.Series([1, 2, 3])),
        lambda: forecast.seasonal(pd.Series([1.0] * 12)),
        lambda: forecast.seasonal(pd.Series([0.0] * 13)),
        lambda: forecast.naive(pd.Series([1.0, math.nan])),
        lambda: forecast.naive(pd.Series([1.0, -1.0])),
    ],
)
def test_what_gives_no_forecast_is_told(call: object) -> None:
    with pytest.raises(DomainError):
        call()  # type: ignore[operator]
