"""Points of a customer: what was ordered in a cycle, weighed by cigarette class."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.calendar import as_date
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

WHERE = "订单表"


def order_points(orders: pd.DataFrame, rules: Policy | None = None) -> pd.Series:
    """Points by customer over all rows of `orders`.

    Parameters
    ----------
    orders : DataFrame
        `cust_id`, `class` 1–5, `qty` [cartons].
    rules : Policy, optional
        Policy `supply`: points a carton of each class.

    Returns
    -------
    Series of float
        Points [分], indexed and sorted by `cust_id`.

    References
    ----------
    S2-013 (volume and grade; the weights are a teaching convention).

    Examples
    --------
    >>> orders = pd.DataFrame({"cust_id": ["K2", "K1", "K2"], "class": [1, 3, 5], "qty": [2, 10, 4]})
    >>> order_points(orders).to_dict()
    {'K1': 30.0, 'K2': 14.0}
    """
    rules = rules or policies.load("supply")
    weights = {float(c): float(p) for c, p in rules["points.per_carton"]}
    if len(weights) < len(rules["points.per_carton"]):
        raise DomainError(
            "政策 supply 的 points.per_carton", "一类烟一个分数", str(rules["points.per_carton"])
        )
    if any(weight < 0 for weight in weights.values()) or not any(weights.values()):
        raise DomainError("政策 supply 的 points.per_carton", "不为负、不全为 0 的分数", str(weights))
    checks.columns(orders, WHERE, "cust_id", "class", "qty")
    checks.filled(orders, WHERE, ["cust_id"])
    checks.one_of(orders, WHERE, "class", [int(c) if c.is_integer() else c for c in sorted(weights)])
    qty = checks.numbers(orders, WHERE, "qty", (0, math.inf))
    points = qty * orders["class"].astype("float64").map(weights)
    return points.groupby(checks.plain(orders["cust_id"])).sum().sort_index().rename("points")


def points_for_cycle(
    orders: pd.DataFrame, cycle: float | str | dt.date, rules: Policy | None = None, column: str = "cycle"
) -> pd.Series:
    """Points that count when `cycle` is allocated: those of the LAST cycle, never of the same one.

    Parameters
    ----------
    orders : DataFrame
        `cust_id`, `class`, `qty` [cartons], and `column`: cycle numbers, or the first day of each cycle.
    cycle : int or date
        The cycle whose tight supply is to be given out: its number, or its first day.
    column : str
        Column that says which cycle an order belongs to, such as `"week"` of table `sales_week`.

    Raises
    ------
    DomainError
        If there are no orders of the last cycle: without them there is nothing to allocate by.

    References
    ----------
    S2-013, S2-014.
    """
    rules = rules or policies.load("supply")
    checks.columns(orders, WHERE, column)
    lag = rules.whole("points.lag_cycles")
    if checks.read_dates(orders[column]).notna().any():
        days = checks.dates(orders, WHERE, column)
        first = as_date(cycle, "周期的头一天")  # type: ignore[arg-type]
        last: Any = pd.Timestamp(first) - pd.Timedelta(days=lag * rules.whole("points.cycle_days"))
        rows, named = orders[days == last], f"{str(last)[:10]} 那一周期"
    else:
        last = checks.number("周期", cycle, -math.inf) - lag
        rows, named = (
            orders[checks.numbers(orders, WHERE, column, (-math.inf, math.inf)) == last],
            f"第 {last:g} 周期",
        )
    if rows.empty:
        whole = orders[column].astype("object")
        span = f"{whole.min()} 到 {whole.max()}"
        raise DomainError(WHERE, f"有{named}的订单", span, "第一个周期没有上期积分可用。")
    return order_points(rows, rules)
