"""Cooperation × dependence × value: which group a customer is in, and where visits go.

The basis is cooperation, not the star: a rule for stars and a rule for cooperation can point opposite
ways (INC-17), so a plan must name its basis.
"""

from __future__ import annotations

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

SEGMENTS = {
    "high": "高配合",
    "medium": "中配合",
    "low_dependent": "低配合·高依存",
    "low_hard": "低配合·低依存·高价值",
    "low_small": "低配合·低依存·低价值",
}
WHERE = "配合度表"
# Freed visits go to the hard group first (S0-011), then to the easy one, then to the rest of the low class.
_TURN = {"low_hard": 0, "low_dependent": 1, "low_small": 2}


def segments(customers: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Class, group and measures of each customer.

    Parameters
    ----------
    customers : DataFrame
        `cust_id` (unique); `coop`, `dependence`, `value`, each 0–100 [分].
    rules : Policy, optional
        Policy `customers`: limits are closed on the left.

    Returns
    -------
    DataFrame
        Indexed like the input: `cust_id`, `coop_class` (高/中/低), `segment` (key), `group` (Chinese name)
        and `actions` (texts joined by ；).

    References
    ----------
    S0-004…S0-011; the score limits are teaching conventions (INC-16: the text has none).

    Examples
    --------
    >>> one = pd.DataFrame({"cust_id": ["K1"], "coop": [20], "dependence": [30], "value": [80]})
    >>> segments(one)["group"].tolist()
    ['低配合·低依存·高价值']
    """
    rules = rules or policies.load("customers")
    high, medium = rules.number("segments.coop_high"), rules.number("segments.coop_medium")
    if medium >= high:
        raise DomainError(
            "政策 customers 的 segments", "coop_medium 小于 coop_high", f"{medium:g} 与 {high:g}"
        )
    checks.columns(customers, WHERE, "cust_id", "coop", "dependence", "value")
    checks.unique(customers, WHERE, "cust_id")
    scores = pd.DataFrame(
        {c: checks.numbers(customers, WHERE, c, (0, 100)) for c in ("coop", "dependence", "value")}
    )
    depends = scores["dependence"] >= rules.number("segments.dependence_high")
    worth = scores["value"] >= rules.number("segments.value_high")
    keys = [
        "high"
        if c >= high
        else "medium"
        if c >= medium
        else "low_dependent"
        if d
        else "low_hard"
        if v
        else "low_small"
        for c, d, v in zip(scores["coop"], depends, worth, strict=True)
    ]
    result = pd.DataFrame({"cust_id": customers["cust_id"], "segment": keys}, index=customers.index)
    result["coop_class"] = result["segment"].map(lambda key: {"high": "高", "medium": "中"}.get(key, "低"))
    result["group"] = result["segment"].map(SEGMENTS)
    result["actions"] = result["segment"].map(lambda key: "；".join(rules[f"actions.{key}"]))
    return result[["cust_id", "coop_class", "segment", "group", "actions"]]


def reallocate_visits(customers: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Move visits from the high-cooperation class to the low class; the total stays the same.

    High class: what goes beyond the routine visits is freed. Freed visits go one at a time to the low
    class: everybody gets one before anybody gets two; in each round the hard group first, then who has
    fewest, then by `cust_id`; nobody above the policy's most. Visits that find no place stay where they
    were. Nobody's visits fall to zero.

    Parameters
    ----------
    customers : DataFrame
        As for `segments`, and `visits_now` [visits a month, whole, not negative].

    Returns
    -------
    DataFrame
        `cust_id`, `segment`, `group`, `visits_now`, `visits_new`, `change` [visits a month].

    References
    ----------
    S0-006, S0-007, S0-011.
    """
    rules = rules or policies.load("customers")
    table = segments(customers, rules)[["cust_id", "segment", "group"]]
    checks.columns(customers, WHERE, "visits_now")
    now = checks.numbers(customers, WHERE, "visits_now", (0, 31))
    broken = (now % 1 != 0).to_numpy()
    if broken.any():
        place = f"{WHERE} {checks.row_name(customers, int(broken.argmax()), 'cust_id')}的 visits_now"
        raise DomainError(place, "整数次", f"{now[broken].iloc[0]:g}")
    routine, most = rules.whole("visits.routine"), rules.whole("visits.most")
    visits = dict(zip(table["cust_id"], now.astype(int), strict=True))
    group = dict(zip(table["cust_id"], table["segment"], strict=True))
    givers = sorted((c for c in visits if group[c] == "high"), key=lambda c: (-visits[c], str(c)))
    takers = [c for c in visits if group[c] in _TURN]
    new = dict(visits)
    while True:
        open_takers = [c for c in takers if new[c] < most]
        giver = max(givers, key=lambda c: new[c], default=None)
        if giver is None or new[giver] <= routine or not open_takers:
            break
        taker = min(open_takers, key=lambda c: (_round(new[c], visits[c]), _TURN[group[c]], new[c], str(c)))
        new[giver] -= 1
        new[taker] += 1
    table["visits_now"] = table["cust_id"].map(visits)
    table["visits_new"] = table["cust_id"].map(new)
    table["change"] = table["visits_new"] - table["visits_now"]
    return table


def _round(now: int, before: int) -> int:
    """How many visits a customer was already given: everybody gets one before anybody gets two."""
    return now - before
