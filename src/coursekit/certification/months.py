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
    """Last day of a term of `months` that begins on `start`.

    Examples
    --------
    >>> last_day(date(2026, 1, 1), 24)
    datetime.date(2027, 12, 31)
    """
    return add_months(start, months) - timedelta(days=1)


def period_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
