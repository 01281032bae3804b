"""Working days in China, with the days swapped around holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar


@lru_cache(maxsize=4096)
def works(day: date) -> bool:
    """Whether offices work on that day (2004 to 2025)."""
    return bool(chinese_calendar.is_workday(day))


def workdays(first: date, last: date) -> list[date]:
    """Working days from `first` to `last`, both included."""
    days = (first + timedelta(days=k) for k in range((last - first).days + 1))
    return [day for day in days if works(day)]


def add_workdays(day: date, count: int) -> date:
    """The day `count` working days later; the first day itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= works(day)
    return day
