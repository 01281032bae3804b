"""Chinese working days: public holidays and the weekends worked in exchange for them.

`chinesecalendar` knows the days from 2004 up to the year the State Council last announced; beyond that
nobody knows the exchanged days, so a date there is an error and not a guess.
"""

from __future__ import annotations

import datetime as dt
import re
from numbers import Integral

import chinese_calendar

from coursekit.errors import DomainError

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}([ T].*)?|\d{8}", re.DOTALL)
_MONTH = re.compile(r"\d{4}-\d{2}")


def as_date(value: dt.date | str, where: str = "日期") -> dt.date:
    """Date from a date, a datetime (its day), or text like 2024-06-17.

    >>> as_date("2024-06-17")
    datetime.date(2024, 6, 17)
    """
    if isinstance(value, dt.datetime):
        if value != value:
            raise DomainError(where, "一个日期", "空着")
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value)
    try:
        if not _WRITTEN.fullmatch(text):
            raise ValueError(text)
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise DomainError(where, "像 2024-06-17 这样的日期", repr(value)[:80]) from None


def as_month(value: str, where: str = "月份") -> dt.date:
    """First day of a month from text like 2024-06 (no other writing: 2024 alone would be taken for January).

    >>> as_month("2024-06")
    datetime.date(2024, 6, 1)
    """
    try:
        if not isinstance(value, str) or not _MONTH.fullmatch(value):
            raise ValueError(value)
        return dt.date.fromisoformat(f"{value}-01")
    except ValueError:
        raise DomainError(where, "像 2024-06 这样的月份", repr(value)[:80]) from None


def is_working_day(day: dt.date | str) -> bool:
    """Whether people work on `day`.

    Raises
    ------
    DomainError
        If the year's holidays are not known.

    Examples
    --------
    >>> is_working_day("2024-10-12"), is_working_day("2024-10-01")
    (True, False)
    """
    date = as_date(day)
    try:
        return bool(chinese_calendar.is_workday(date))
    except NotImplementedError:
        raise DomainError(
            "日期",
            "放假安排已公布的年份（2004 年起）",
            str(date),
            "升级 chinesecalendar，或检查日期写错没有。",
        ) from None


def add_working_days(start: dt.date | str, days: int) -> dt.date:
    """The `days`-th working day after `start`; the start itself does not count.

    >>> add_working_days("2024-02-08", 1)
    datetime.date(2024, 2, 9)
    >>> add_working_days("2024-02-09", 1)
    datetime.date(2024, 2, 18)
    """
    if isinstance(days, bool) or not isinstance(days, Integral) or days < 0:
        raise DomainError("工作日数", "不小于 0 的整数", repr(days)[:80])
    day, left = as_date(start), int(days)
    is_working_day(day)  # a year whose holidays are not known
    while left:
        day += dt.timedelta(days=1)
        left -= is_working_day(day)
    return day


def working_days_between(start: dt.date | str, end: dt.date | str) -> int:
    """Working days after `start` up to and with `end`.

    >>> working_days_between("2024-06-07", "2024-06-11")
    1
    """
    first, last = as_date(start), as_date(end)
    if last < first:
        raise DomainError("结束日期", f"不早于开始日期 {first}", str(last))
    return sum(is_working_day(first + dt.timedelta(days=n)) for n in range(1, (last - first).days + 1))


def working_days_of_month(year: int, month: int) -> list[dt.date]:
    """All working days of a month; the last is the day when demand must be confirmed (method 135).

    >>> len(working_days_of_month(2024, 2)), str(working_days_of_month(2024, 2)[-1])
    (18, '2024-02-29')
    """
    try:
        day = dt.date(int(year), int(month), 1)
        if (year, month) != (day.year, day.month) or isinstance(month, bool):
            raise ValueError(year, month)
    except (ValueError, TypeError, OverflowError):
        raise DomainError("年月", "像 2024、6 这样的年和月", f"{year}、{month}"[:80]) from None
    found = []
    while day.month == month:
        if is_working_day(day):
            found.append(day)
        day += dt.timedelta(days=1)
    return found
