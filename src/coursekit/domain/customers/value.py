"""Which customers carry the volume: cumulated shares, ABC, the share of the top."""

from __future__ import annotations

import math

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError


def pareto_table(customers: pd.DataFrame, column: str) -> pd.DataFrame:
    """Customers from the largest down with their share and the cumulated share.

    Parameters
    ----------
    customers : DataFrame
        `cust_id` (unique) and `column` (not negative, not all zero).

    Returns
    -------
    DataFrame
        `cust_id`, `column`, `rank` (from 1), `share`, `reached` (cumulated share, 0–1) and `heads`
        (share of customers up to here). Ties are ordered by `cust_id`, so the result is always the same.

    References
    ----------
    S4-013 (general management saying, not a rule of the trade).
    """
    where = "客户表"
    checks.columns(customers, where, "cust_id", column)
    checks.unique(customers, where, "cust_id")
    table = checks.bare(customers[["cust_id"]])
    table["cust_id"] = checks.plain(table["cust_id"])
    table[column] = checks.numbers(customers, where, column, (0, math.inf))
    total = table[column].sum()
    if total <= 0:
        raise DomainError(f"{where}的 {column}", "合计大于 0", f"{total:g}")
    table = table.sort_values([column, "cust_id"], ascending=[False, True], ignore_index=True)
    table["rank"] = table.index + 1
    table["share"] = table[column] / total
    table["reached"] = table[column].cumsum() / total
    table["heads"] = table["rank"] / len(table)
    return table


def abc(customers: pd.DataFrame, column: str, rules: Policy | None = None) -> pd.DataFrame:
    """ABC class of each customer: A until the first cut of cumulated share is reached, then B, then C.

    The customer who carries the sum over a cut still belongs to the class before it, so A always
    reaches its share. Returns the table of `pareto_table` with a column `abc`.

    Examples
    --------
    >>> table = pd.DataFrame({"cust_id": list("wxyz"), "cartons": [80, 10, 6, 4]})
    >>> abc(table, "cartons")["abc"].tolist()
    ['A', 'B', 'B', 'C']
    """
    rules = rules or policies.load("customers")
    cuts = [float(cut) for cut in rules["abc.cuts"]]
    if len(cuts) != 2 or not 0 < cuts[0] < cuts[1] <= 1:
        raise DomainError("政策 customers 的 abc.cuts", "两个由小到大、在 0 到 1 之间的数", str(cuts))
    table = pareto_table(customers, column)
    before = (table["reached"] - table["share"]).round(12)
    table["abc"] = ["A" if b < cuts[0] else "B" if b < cuts[1] else "C" for b in before]
    return table


def top_share(customers: pd.DataFrame, column: str, fraction: float) -> float:
    """Share of the total (0–1) that the largest `fraction` of customers carry; their number is rounded up.

    >>> top_share(pd.DataFrame({"cust_id": list("abcde"), "q": [8, 1, 1, 0, 0]}), "q", 0.2)
    0.8
    """
    part = checks.number("占比", fraction, 0, 1)
    table = pareto_table(customers, column)
    heads = math.ceil(round(part * len(table), 9))
    return float(table[column].head(heads).sum() / table[column].sum())
