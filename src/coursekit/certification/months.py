"""Calendar months, as policies count them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

LAST_DAY = date(9999, 12, 31)


@lru_cache(maxsize=4096)
def add_months(start: date, months: int) -> date:
    """Same day `months` later (or earlier); the last day of a shorter month.

    Examples
    --------
    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    index = start.year * 12 + start.month - 1 + months
    if index // 12 > LAST_DAY.year:
        return LAST_DAY
    year, month = max(index // 12, 1), index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def last_day(start: date, months: int) -> date:
    """Last day of a term of `months` that begins on `start`; the month's last when it has no such day.

    Examples
    --------
    >>> last_day(date(2026, 1, 1), 24)
    datetime.date(2027, 12, 31)
    >>> last_day(date(2024, 2, 29), 24)
    datetime.date(2026, 2, 28)
    """
    end = add_months(start, months)
    return end if end.day < start.day else end - timedelta(days=1)


def fresh_until(end: date, months: int) -> date:
    """Last day on which a period that ended on `end` still counts; the end of a month leads to one.

    Examples
    --------
    >>> fresh_until(date(2026, 6, 30), 9)
    datetime.date(2027, 3, 31)
    """
    found = add_months(end, months)
    return period_end(found.year, found.month) if end == period_end(end.year, end.month) else found


def period_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
