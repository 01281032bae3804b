"""D-8 complaints: two years of complaints with opening, call-back and closing.

Time limits are the petroleum company's (S4-006: 1, 3 or, with leave, 7 working days); the call-back
within 24 hours is a tobacco company's promise to its key customers (S0-134). The two are kept apart.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from coursekit.domain.calendar import add_working_days, is_working_day
from coursekit.domain.generators import Row, assumed, customers
from coursekit.domain.generators.draws import Draws

FIRST, DAYS = date(2023, 1, 3), 720
TOPICS = (
    "送货晚点",
    "紧俏烟分配",
    "烟有瑕疵",
    "扣款出错",
    "服务态度",
    "订货系统卡顿",
    "价签没有发",
    "订单送错",
)
CLASSES = {"ordinary": 62, "larger": 26, "special": 12}


@lru_cache(maxsize=8)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("complaints", variant)
    count, late = assumed.count("complaints.count"), assumed.count("complaints.late")
    if variant is not None:
        count, late = count + draws.between(-15, 15), late + draws.between(-4, 6)
    shops = [row for row in customers.rows(variant) if row["star"] != 0]
    opened = sorted(_opened(draws) for _ in range(count))
    tardy = set(draws.sample(range(count), late))
    made = [_row(draws, k, when, draws.pick(shops), k in tardy) for k, when in enumerate(opened)]
    keys = [row for row in made if row["key"]]
    for row in draws.sample(keys, min(len(keys), assumed.count("complaints.callback_late"))):
        row["called_back"] = _after(str(row["opened"]), draws.between(25 * 60, 44 * 60))
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """One row per complaint in order of opening."""
    return [dict(row) for row in _made(variant)]


def _opened(draws: Draws) -> datetime:
    """Complaints come on working days, and now and then on a day off."""
    while True:
        day = FIRST + timedelta(days=draws.between(0, DAYS))
        if is_working_day(day) or draws.chance(0.15):
            return datetime(day.year, day.month, day.day) + timedelta(minutes=draws.between(8 * 60, 18 * 60))


def _row(draws: Draws, number: int, opened: datetime, shop: Row, late: bool) -> Row:
    kind = draws.weighted(CLASSES)
    approved = kind == "special" and draws.chance(0.75)
    ordinary, larger, special = (int(days) for days in assumed.value("complaints.limits"))
    limit = ordinary if kind == "ordinary" else special if approved else larger
    took = limit + draws.between(1, 3) if late else draws.between(0, limit)
    closed = add_working_days(opened.date(), took)
    clock = draws.between(9 * 60, 17 * 60) if took else min(opened.hour * 60 + opened.minute + 150, 20 * 60)
    key = int(str(shop["star"])) == 5 or draws.chance(0.08)
    return {
        "id": f"T{number + 1:03d}",
        "cust_id": shop["cust_id"],
        "opened": f"{opened:%Y-%m-%d %H:%M}",
        "topic": draws.pick(TOPICS),
        "class": kind,
        "approved": approved,
        "closed": f"{datetime(closed.year, closed.month, closed.day) + timedelta(minutes=clock):%Y-%m-%d %H:%M}",
        "key": key,
        "called_back": _after(f"{opened:%Y-%m-%d %H:%M}", draws.between(20, 22 * 60)) if key else None,
    }


def _after(start: str, minutes: int) -> str:
    return f"{datetime.fromisoformat(start) + timedelta(minutes=minutes):%Y-%m-%d %H:%M}"
