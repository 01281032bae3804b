"""Four degrees (四度): satisfaction, loyalty, contribution, dependence."""

from __future__ import annotations

import math

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

DEGREES = {"satisfaction": "满意度", "loyalty": "忠诚度", "contribution": "贡献度", "dependence": "依存度"}


def four_degrees(customers: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """The four degrees of each customer and where to begin.

    The source names the four and says that satisfaction is the precondition of the others; how to
    measure them is a convention of this course:

    - satisfaction: score of the survey [0–100];
    - loyalty: order cycles with an order / all order cycles × 100;
    - contribution: rank among the customers by gross margin given to the company, 100 = the largest;
    - dependence: cigarettes' share of the shop's turnover × 100.

    Parameters
    ----------
    customers : DataFrame
        `cust_id`, `satisfaction` [0–100], `cycles_ordered`, `cycles` [count], `margin` [yuan],
        `cigarette_sales`, `all_sales` [yuan].

    Returns
    -------
    DataFrame
        `cust_id`, the four degrees [0–100] and `first`: the Chinese name of the degree to work on first
        (satisfaction whenever it does not pass, else the weakest that does not pass, else empty).

    References
    ----------
    S0-136.
    """
    rules = rules or policies.load("customers")
    where = "四度表"
    names = ("satisfaction", "cycles_ordered", "cycles", "margin", "cigarette_sales", "all_sales")
    checks.columns(customers, where, "cust_id", *names)
    checks.unique(customers, where, "cust_id")
    upper = {"satisfaction": 100.0}
    v = {name: checks.numbers(customers, where, name, (0, upper.get(name, math.inf))) for name in names}
    for part, whole in (("cycles_ordered", "cycles"), ("cigarette_sales", "all_sales")):
        for position, (a, b) in enumerate(zip(v[part], v[whole], strict=True)):
            if b <= 0 or a > b:
                place = f"{where} {checks.row_name(customers, position, 'cust_id')}"
                raise DomainError(place, f"{part} 不大于 {whole},{whole} 大于 0", f"{a:g} 与 {b:g}")
    result = pd.DataFrame({"cust_id": customers["cust_id"]}, index=customers.index)
    result["satisfaction"] = v["satisfaction"]
    result["loyalty"] = v["cycles_ordered"] / v["cycles"] * 100
    result["contribution"] = v["margin"].rank(pct=True, method="max") * 100
    result["dependence"] = v["cigarette_sales"] / v["all_sales"] * 100
    must, others = rules.number("four_degrees.satisfaction_pass"), rules.number("four_degrees.others_pass")
    rows = result[list(DEGREES)].itertuples(index=False)
    result["first"] = [_first(dict(zip(DEGREES, row, strict=True)), must, others) for row in rows]
    return result


def _first(degrees: dict[str, float], must: float, others: float) -> str:
    if degrees["satisfaction"] < must:
        return DEGREES["satisfaction"]
    weak = {name: value for name, value in degrees.items() if name != "satisfaction" and value < others}
    return DEGREES[min(weak, key=lambda name: weak[name])] if weak else ""
