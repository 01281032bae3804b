"""Plans as tours through one week: who is visited on which day in which order, and the minutes it takes.

For comparing a person's own week with the practised and the reference plan of the same shops. The reference
plan is a file made by `scripts/reference_plan.py`; it belongs to the shipped customer table only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from coursekit import resources
from coursekit.domain import checks
from coursekit.domain.routing import County
from coursekit.errors import DomainError, InputError

REFERENCE = "reference_plan.csv"
Week = tuple[tuple[str, ...], ...]
Routes = Sequence[Sequence[Sequence[int]]]


def own_week(plan: pd.DataFrame, county: County) -> Week:
    """Days of a weekly plan (`date`, `cust_id`), each in the order people drive: always the nearest shop next.

    Raises
    ------
    DomainError
        If a shop of the plan is not one of the county, or a date is none.
    """
    checks.columns(plan, "走访计划", "date", "cust_id")
    checks.filled(plan, "走访计划", ["cust_id"])
    day = checks.dates(plan, "走访计划", "date").dt.normalize().rename("day")
    number = {code: stop for stop, code in enumerate(county.customers, 1)}
    days = []
    for _, rows in plan.groupby(day, sort=True):
        unknown = [str(code) for code in rows["cust_id"] if code not in number]
        if unknown:
            raise DomainError("走访计划", "客户表里有的客户", "、".join(unknown[:5]))
        left, place, order = {number[code] for code in rows["cust_id"]}, 0, []
        while left:
            place = min(left, key=lambda stop: (county.problem.travel[place][stop], stop))
            left.discard(place)
            order.append(county.customers[place - 1])
        days.append(tuple(order))
    return tuple(days)


def week_of(routes: Routes, county: County, week: int, weekdays: int = 5) -> Week:
    """Week `week` (from 1) of a plan of the whole period, as customer codes in the order of the visits."""
    week = checks.whole("周", week, 1, max(1, len(routes) // weekdays))
    days = routes[(week - 1) * weekdays : week * weekdays]
    if week < 1 or len(days) != weekdays:
        raise DomainError("周", f"1 到 {len(routes) // weekdays}", str(week))
    return tuple(tuple(county.customers[stop - 1] for route in day for stop in route) for day in days)


def reference_routes(county: County) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """The reference plan of the shipped customers, as `routing.score` takes it.

    Raises
    ------
    InputError
        If the file is not there.
    DomainError
        If the plan is of other shops than `county`.
    """
    path = resources.datasets() / REFERENCE
    try:
        rows = pd.read_csv(path, dtype={"cust_id": str})
    except OSError:
        raise InputError(str(path), "参考计划", "没有这个文件", "请重新安装课程。") from None
    number = {code: stop for stop, code in enumerate(county.customers, 1)}
    if set(rows["cust_id"]) != set(number):
        raise DomainError(REFERENCE, "课程自带的客户表", "别的客户", "参考计划只配课程自带的表。")
    days = [rows[rows["day"] == day].sort_values("order") for day in range(1, county.problem.days + 1)]
    return tuple((tuple(number[code] for code in day["cust_id"]),) for day in days)


def week_minutes(week: Week, county: County) -> pd.DataFrame:
    """Visits and minutes of each day of a week.

    Returns
    -------
    DataFrame
        One row a day, from 1: `visits`, `road` [min, from the start and back to it], `stay` [min], `total` [min].
    """
    number: Mapping[str, int] = {code: stop for stop, code in enumerate(county.customers, 1)}
    travel, stops = county.problem.travel, county.problem.stops
    rows = []
    if not isinstance(week, Sequence) or not all(isinstance(day, list | tuple) for day in week):
        raise DomainError("一周的走访", "一天一列客户编码", checks.shown(week))
    unknown = [str(code) for day in week for code in day if code not in number]
    if unknown:
        raise DomainError("走访计划", "客户表里有的客户", "、".join(unknown[:5]))
    for day in week:
        places = [0, *(number[code] for code in day), 0]
        road = sum(travel[a][b] for a, b in pairwise(places))
        stay = sum(stops[number[code] - 1].service for code in day)
        rows.append({"visits": len(day), "road": road, "stay": stay, "total": road + stay})
    return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="day"))
