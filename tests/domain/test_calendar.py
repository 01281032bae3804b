"""Chinese working days: exchanged weekends, unknown years."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import calendar
from coursekit.errors import DomainError

KNOWN = st.dates(dt.date(2010, 1, 1), dt.date(2024, 12, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-10-12", True),  # Saturday worked for the National Day week
        ("2024-09-14", True),
        ("2024-10-13", False),
        ("2024-10-07", False),  # Monday of the holiday week
        ("2024-06-10", False),  # Dragon Boat Festival
        ("2024-06-11", True),
    ],
)
def test_exchanged_days(day: str, works: bool) -> None:
    assert calendar.is_working_day(day) is works


@given(KNOWN, st.integers(0, 15))
def test_adding_and_counting_agree(start: dt.date, days: int) -> None:
    end = calendar.add_working_days(start, days)
    assert calendar.working_days_between(start, end) == days
    assert days == 0 or calendar.is_working_day(end)


@pytest.mark.parametrize("day", ["1999-01-04", "2090-01-04"])
def test_a_year_whose_holidays_nobody_knows_is_told(day: str) -> None:
    with pytest.raises(DomainError, match="2004 年起"):
        calendar.is_working_day(day)


@pytest.mark.parametrize("day", ["", "昨天", None, "2024-02-30", pd.NaT])
def test_what_is_no_date_is_told(day: object) -> None:
    with pytest.raises(DomainError, match="日期"):
        calendar.as_date(day)  # type: ignore[arg-type]


def test_an_end_before_its_start_is_told() -> None:
    with pytest.raises(DomainError, match="不早于"):
        calendar.working_days_between("2024-05-02", "2024-05-01")


@pytest.mark.parametrize("days", [-1, 1.5, True])
def test_only_whole_days_are_added(days: object) -> None:
    with pytest.raises(DomainError, match="整数"):
        calendar.add_working_days("2024-05-02", days)  # type: ignore[arg-type]


def test_the_months_working_days_and_a_month_that_is_none() -> None:
    assert calendar.working_days_of_month(2024, 10)[0] == dt.date(2024, 10, 8)
    with pytest.raises(DomainError, match="年月"):
        calendar.working_days_of_month(2024, 13)
