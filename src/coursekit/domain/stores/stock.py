"""How long the stock lasts, when to order, how much, what being out of stock costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError


@dataclass(frozen=True)
class StockRule:
    """Days that a shop orders by: the order cycle, from order to delivery, kept for safety [days]."""

    cycle_days: float
    lead_days: float
    safety_days: float

    def __post_init__(self) -> None:
        for name, low in (("cycle_days", 1e-9), ("lead_days", 0.0), ("safety_days", 0.0)):
            checks.number(f"订货规则的 {name}", getattr(self, name), low)

    @classmethod
    def from_policy(cls, rules: Policy | None = None) -> StockRule:
        """Rule of policy `stores`, section `stock`."""
        rules = rules or policies.load("stores")
        return cls(*(rules.number(f"stock.{name}") for name in ("cycle_days", "lead_days", "safety_days")))


def stock_days(stock: float, daily_sales: float) -> float:
    """Days the stock [cartons] lasts at `daily_sales` [cartons a day]; infinite when nothing sells.

    >>> stock_days(35, 5)
    7.0
    """
    held, pace = checks.number("库存（条）", stock), checks.number("日销（条）", daily_sales)
    return held / pace if pace else (0.0 if held == 0 else math.inf)


def _rule(rule: StockRule) -> StockRule:
    if not isinstance(rule, StockRule):
        raise DomainError("订货规则", "StockRule", checks.shown(rule))
    return rule


def reorder_point(daily_sales: float, rule: StockRule) -> float:
    """Stock [cartons] at which to order when orders are possible any day: lead time and safety days.

    >>> reorder_point(5, StockRule(cycle_days=7, lead_days=1, safety_days=3))
    20.0
    """
    return checks.number("日销（条）", daily_sales) * float(_rule(rule).lead_days + rule.safety_days)


def order_quantity(stock: float, daily_sales: float, rule: StockRule) -> int:
    """Whole cartons to order on the order day, so that stock reaches beyond the NEXT delivery.

    What is ordered today arrives after the lead days; the one after it a cycle later. So the stock has to
    cover lead + cycle + safety days.

    References
    ----------
    S0-016, S2-005 (a beginner's formula; a teaching convention).

    Examples
    --------
    >>> order_quantity(12, 5, StockRule(cycle_days=7, lead_days=1, safety_days=3))
    43
    """
    held, pace = checks.number("库存（条）", stock), checks.number("日销（条）", daily_sales)
    target = pace * float(_rule(rule).cycle_days + rule.lead_days + rule.safety_days)
    return max(0, math.ceil(round(target - held, 9)))


def days_without(stock: float, daily_sales: float, days_to_delivery: float) -> float:
    """Days out of stock before the next delivery.

    >>> days_without(20, 5, 7)
    3.0
    """
    wait = checks.number("离下次到货（天）", days_to_delivery)
    return max(0.0, wait - stock_days(stock, daily_sales))


def lost_sales(stock: float, daily_sales: float, days_to_delivery: float) -> float:
    """Cartons not sold for want of stock before the next delivery (nobody takes a substitute).

    >>> lost_sales(20, 5, 7)
    15.0
    """
    pace = checks.number("日销（条）", daily_sales)
    return days_without(stock, daily_sales, days_to_delivery) * pace if pace else 0.0


def capital_tied(stock: float, cost: float) -> float:
    """Money that lies in stock [yuan]: cartons × cost [yuan a carton].

    >>> capital_tied(40, 92.5)
    3700.0
    """
    return checks.number("库存（条）", stock) * checks.number("进价", cost)
