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


# Days off and weekend days worked, as announced by the State Council year by year; kept by hand, so that
# the package that knows them is held against something else.
OFF = {
    2019: "1/1 2/4~2/10 4/5~4/7 5/1~5/4 6/7~6/9 9/13~9/15 10/1~10/7",
    2020: "1/1 1/24~2/2 4/4~4/6 5/1~5/5 6/25~6/27 10/1~10/8",
    2021: "1/1~1/3 2/11~2/17 4/3~4/5 5/1~5/5 6/12~6/14 9/19~9/21 10/1~10/7",
    2022: "1/1~1/3 1/31~2/6 4/3~4/5 4/30~5/4 6/3~6/5 9/10~9/12 10/1~10/7 12/31",
    2023: "1/1~1/2 1/21~1/27 4/5 4/29~5/3 6/22~6/24 9/29~10/6 12/30~12/31",
    2024: "1/1 2/10~2/17 4/4~4/6 5/1~5/5 6/8~6/10 9/15~9/17 10/1~10/7",
    2025: "1/1 1/28~2/4 4/4~4/6 5/1~5/5 5/31~6/2 10/1~10/8",
    2026: "1/1~1/3 2/15~2/23 4/4~4/6 5/1~5/5 6/19~6/21 9/25~9/27 10/1~10/7",
}
WORKED = {
    2019: "2/2 2/3 4/28 5/5 9/29 10/12", 2020: "1/19 4/26 5/9 6/28 9/27 10/10",
    2021: "2/7 2/20 4/25 5/8 9/18 9/26 10/9", 2022: "1/29 1/30 4/2 4/24 5/7 10/8 10/9",
    2023: "1/28 1/29 4/23 5/6 6/25 10/7 10/8", 2024: "2/4 2/18 4/7 4/28 5/11 9/14 9/29 10/12",
    2025: "1/26 2/8 4/27 9/28 10/11", 2026: "1/4 2/14 2/28 5/9 9/20 10/10",
}  # fmt: skip


def announced(year: int, text: str) -> set[dt.date]:
    found = set()
    for span in text.split():
        first, _, last = span.partition("~")
        begin, end = (dt.date(year, *map(int, day.split("/"))) for day in (first, last or first))
        found |= {begin + dt.timedelta(days=n) for n in range((end - begin).days + 1)}
    return found


@pytest.mark.parametrize("year", OFF)
def test_every_day_of_a_year_is_as_announced(year: int) -> None:
    off, worked = announced(year, OFF[year]), announced(year, WORKED[year])
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365 + (year % 4 == 0))]
    expected = [day in worked or (day.weekday() < 5 and day not in off) for day in days]
    assert [calendar.is_working_day(day) for day in days] == expected
    assert not any(day.weekday() < 5 for day in worked)


def known(year: int) -> bool:
    try:
        calendar.is_working_day(dt.date(year, 1, 1))
    except DomainError:
        return False
    return True


def test_after_the_last_day_that_is_known_nothing_is_guessed() -> None:
    year = next(year for year in range(2026, 2090) if not known(year + 1))
    last = calendar.working_days_of_month(year, 12)[-1]
    assert calendar.add_working_days(last - dt.timedelta(days=1), 1) == last
    with pytest.raises(DomainError, match=rf"2004 年起.*{year + 1}-01-01"):
        calendar.add_working_days(last, 1)
