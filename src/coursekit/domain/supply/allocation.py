"""Give out a short supply by points: whole cartons, nothing lost, nobody above the cap, ties by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

WHERE = "积分表"


@dataclass(frozen=True)
class Allocation:
    """Cartons by customer, and what found no taker [cartons] because all caps were reached or nobody has points."""

    cartons: pd.Series
    left: int


def eligible(customers: pd.DataFrame, rules: Policy | None = None) -> pd.Series:
    """Customers (`cust_id`) who may receive tight supply: law-abiding by policy `supply`.

    References
    ----------
    S0-116 (temporary replenishment goes only to law-abiding shops; borrowed here).
    """
    rules = rules or policies.load("supply")
    checks.columns(customers, "客户表", "cust_id", "law_class")
    checks.unique(customers, "客户表", "cust_id")
    checks.filled(customers, "客户表", ["law_class"])
    return customers.loc[customers["law_class"].isin(rules["allocation.law_classes"]), "cust_id"]


def allocate(
    points: Mapping[str, float] | pd.Series, supply: int, caps: int | Mapping[str, int] | pd.Series
) -> Allocation:
    """Share `supply` in proportion to points, in whole cartons.

    Everybody gets the whole part of his proportional share; the rest goes one carton each by largest
    remainder, ties to more points, then to the smaller `cust_id`. Whoever would get more than his cap gets
    the cap, and what he cannot take is shared again among the others. The same input gives the same result
    on every machine (exact fractions, no floats).

    Parameters
    ----------
    points : mapping or Series
        Points by customer, not negative. Customers with zero points get nothing.
    supply : int
        Cartons to give out, not negative.
    caps : int, mapping or Series
        Most cartons for each customer, or one cap for all.

    Returns
    -------
    Allocation
        `cartons` has all customers of `points`, sorted by `cust_id`; `cartons.sum() + left == supply`.
        With one cap for all, more points never give fewer cartons.

    References
    ----------
    S2-013; the method of largest remainder is a teaching convention.

    Examples
    --------
    >>> allocate({"K1": 50, "K2": 30, "K3": 20}, 7, 3).cartons.to_dict()
    {'K1': 3, 'K2': 2, 'K3': 2}
    """
    for name, given_as in (("积分", points), ("上限", caps)):
        if isinstance(given_as, pd.DataFrame) or (
            name == "积分" and not isinstance(given_as, Mapping | pd.Series)
        ):
            raise DomainError(WHERE, f"{name}写成客户对数的表(dict 或 Series)", type(given_as).__name__)
    for given_as in (points, caps):
        if isinstance(given_as, pd.Series) and given_as.index.has_duplicates:
            raise DomainError(WHERE, "编码不重复", str(given_as.index[given_as.index.duplicated()][0]))
    share = {str(c): _points(str(c), p) for c, p in dict(points).items()}
    if not share or len(share) < len(dict(points)):
        raise DomainError(WHERE, "至少一个客户，编码不重复", f"{len(share)} 个")
    own = {str(c): cap for c, cap in dict(caps).items()} if isinstance(caps, Mapping | pd.Series) else None
    limit = {c: checks.whole(f"{c} 的上限", caps if own is None else own.get(c)) for c in share}
    rest = checks.whole("供货量（条）", supply)
    given = dict.fromkeys(share, 0)
    active = [c for c in sorted(share) if share[c] > 0 and limit[c] > 0]
    while rest and active:
        total = sum((share[c] for c in active), Fraction(0))
        full = [c for c in active if share[c] * rest / total >= limit[c]]
        if not full:
            break
        for c in full:  # whose share reaches the cap gets it; the others share what is left
            given[c] = limit[c]
        rest -= sum(limit[c] for c in full)
        active = [c for c in active if c not in full]
    if rest and active:
        total = sum((share[c] for c in active), Fraction(0))
        quota = {c: share[c] * rest / total for c in active}
        for c in active:
            given[c] = int(quota[c])
        rest -= sum(given[c] for c in active)
        # a quota below its cap never exceeds the cap by one more carton
        for c in sorted(active, key=lambda c: (given[c] - quota[c], -share[c], c))[:rest]:
            given[c] += 1
        rest = 0
    cartons = pd.Series({c: given[c] for c in sorted(given)}, dtype="int64", name="cartons")
    cartons.index.name = "cust_id"
    return Allocation(cartons, rest)


def _points(customer: str, value: object) -> Fraction:
    return Fraction(str(checks.number(f"{WHERE} {customer} 的积分", value)))
