"""Points of a customer: what was ordered in a cycle, weighed by cigarette class."""

from __future__ import annotations

import math

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
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
    weights = {int(c): float(p) for c, p in rules["points.per_carton"]}
    if any(weight < 0 for weight in weights.values()) or not any(weights.values()):
        raise DomainError("政策 supply 的 points.per_carton", "不为负、不全为 0 的分数", str(weights))
    checks.columns(orders, WHERE, "cust_id", "class", "qty")
    checks.filled(orders, WHERE, ["cust_id"])
    checks.one_of(orders, WHERE, "class", sorted(weights))
    qty = checks.numbers(orders, WHERE, "qty", (0, math.inf))
    points = qty * orders["class"].map(weights)
    return points.groupby(orders["cust_id"]).sum().sort_index().rename("points")


def points_for_cycle(orders: pd.DataFrame, cycle: int, rules: Policy | None = None) -> pd.Series:
    """Points that count when `cycle` is allocated: those of the LAST cycle, never of the same one.

    Parameters
    ----------
    orders : DataFrame
        `cust_id`, `cycle` (whole number), `class`, `qty` [cartons].
    cycle : int
        The cycle whose tight supply is to be given out.

    Raises
    ------
    DomainError
        If there are no orders of the last cycle: without them there is nothing to allocate by.

    References
    ----------
    S2-013, S2-014.
    """
    rules = rules or policies.load("supply")
    checks.columns(orders, WHERE, "cycle")
    number = checks.numbers(orders, WHERE, "cycle", (-math.inf, math.inf))
    last = cycle - int(rules["points.lag_cycles"])
    rows = orders[number == last]
    if rows.empty:
        raise DomainError(
            WHERE,
            f"有第 {last} 周期的订单",
            f"只有第 {number.min():g} 到 {number.max():g} 周期",
            "第一个周期没有积分可用。",
        )
    return order_points(rows, rules)
