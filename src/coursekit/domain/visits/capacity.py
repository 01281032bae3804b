"""From class rules to visits, minutes and days of a cycle; whether they fit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

STARS = (5, 4, 3, 2, 1, 0)
WHERE = "客户表"


@dataclass(frozen=True)
class Capacity:
    """Work of one cycle against the time there is.

    Attributes
    ----------
    visits : int
        Visits due in the cycle.
    stay, travel : float
        Minutes in shops and on the road.
    days, day_minutes : int, float
        Working days of the cycle and minutes of each.
    """

    visits: int
    stay: float
    travel: float
    days: int
    day_minutes: float

    @property
    def needed(self) -> float:
        """Minutes needed."""
        return self.stay + self.travel

    @property
    def available(self) -> float:
        """Minutes there are."""
        return self.days * self.day_minutes

    @property
    def days_needed(self) -> int:
        """Whole days that the work takes (rounded up)."""
        return math.ceil(round(self.needed / self.day_minutes, 9))

    @property
    def feasible(self) -> bool:
        """Whether the work fits into the days."""
        return self.needed <= self.available + 1e-9

    @property
    def over(self) -> float:
        """Minutes too many; zero when it fits."""
        return max(0.0, self.needed - self.available)


def required_visits(customers: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Visits and minutes of one cycle by star.

    Parameters
    ----------
    customers : DataFrame
        `cust_id` (unique), `star` 0–5.

    Returns
    -------
    DataFrame
        Index `star` from 5 to 0: `customers` [家], `frequency` [visits a cycle each], `visits` [a cycle],
        `stay` [minutes a visit], `minutes` [a cycle].

    References
    ----------
    S2-004…S2-006, S0-134; the numbers are teaching conventions.

    Examples
    --------
    >>> shops = pd.DataFrame({"cust_id": ["K1", "K2"], "star": [5, 3]})
    >>> int(required_visits(shops)["visits"].sum())
    5
    """
    rules = rules or policies.load("visits")
    checks.columns(customers, WHERE, "cust_id", "star")
    checks.unique(customers, WHERE, "cust_id")
    checks.one_of(customers, WHERE, "star", STARS)
    days = rules.whole("cycle.weeks") * rules.whole("cycle.weekdays")
    stars = customers["star"].astype(int)
    rows = []
    for star in STARS:
        frequency, stay = rules.whole(f"frequency.{star}"), rules.number(f"stay_minutes.{star}")
        if frequency > days:
            raise DomainError(
                f"政策 {rules.name} 的 frequency.{star}", f"不超过一个周期的 {days} 天", f"{frequency} 次"
            )
        count = int((stars == star).sum())
        rows.append((star, count, frequency, count * frequency, stay, count * frequency * stay))
    table = pd.DataFrame(rows, columns=["star", "customers", "frequency", "visits", "stay", "minutes"])
    return table.set_index("star")


def capacity(customers: pd.DataFrame, travel_minutes: float, rules: Policy | None = None) -> Capacity:
    """Whether one manager can make all visits of a cycle.

    Parameters
    ----------
    customers : DataFrame
        As for `required_visits`.
    travel_minutes : float
        Minutes on the road for each visit, on average. Leaving it out (0) is the usual mistake: give what
        the log shows.

    Examples
    --------
    >>> shops = pd.DataFrame({"cust_id": ["K1"], "star": [5]})
    >>> capacity(shops, 10).needed
    120.0
    """
    rules = rules or policies.load("visits")
    table = required_visits(customers, rules)
    visits = int(table["visits"].sum())
    return Capacity(
        visits=visits,
        stay=float(table["minutes"].sum()),
        travel=visits * checks.number("每次路上的分钟", travel_minutes),
        days=rules.whole("cycle.weeks") * rules.whole("cycle.weekdays"),
        day_minutes=rules.number("cycle.day_minutes"),
    )


def per_month(visits_per_cycle: float, rules: Policy | None = None) -> float:
    """Visits a calendar month from visits a cycle: a month is 4.33 weeks, not 4.

    >>> round(per_month(4), 2)
    4.33
    """
    rules = rules or policies.load("visits")
    number = checks.number("每周期次数", visits_per_cycle)
    return number / rules.number("cycle.weeks") * rules.number("cycle.month_weeks")
