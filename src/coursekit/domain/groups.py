"""Group customers (chains): visits a month, and the score by rank under both readings of the rule."""

from __future__ import annotations

import math

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

WHERE = "集团指标表"


def rank_scores(kpi: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Score of each department by rank, under both readings of "50 % of the full mark" (INC-25).

    In every month and indicator the departments are ranked; first, second and third get 50, 30 and 20 %. Tied
    departments share the mean of the places they take. The score is the mean over months and indicators.

    Parameters
    ----------
    kpi : DataFrame
        `dept`, `month`, `indicator`, `value` (higher is better); one row each, all departments in each month and
        indicator, as many departments as the policy has shares.

    Returns
    -------
    DataFrame
        Index `dept`: `of_half` (of the 50-point half: 25/15/10 for a place) and `of_full` (of the total:
        50/30/20) [points].

    References
    ----------
    S0-160…S0-162, INC-25. Volume and structure may not be standards for front-line staff today (S1-021, REG-7):
    the score is taught as history.

    Examples
    --------
    >>> rows = [("甲", 3.0), ("乙", 2.0), ("丙", 1.0)]
    >>> table = pd.DataFrame(rows, columns=["dept", "value"]).assign(month=1, indicator="volume_growth")
    >>> rank_scores(table).loc["甲"].tolist()
    [25.0, 50.0]
    """
    rules = rules or policies.load("terminals")
    shares = [float(share) for share in rules["group_score.shares"]]
    if abs(sum(shares) - 100) > 1e-9 or shares != sorted(shares, reverse=True):
        raise DomainError("政策 terminals 的 group_score.shares", "由高到低、合计 100", str(shares))
    checks.columns(kpi, WHERE, "dept", "month", "indicator", "value")
    checks.filled(kpi, WHERE, ["dept", "month", "indicator"], "dept")
    value = checks.numbers(kpi, WHERE, "value", (-math.inf, math.inf), "dept")
    if kpi.duplicated(["dept", "month", "indicator"]).any():
        position = int(kpi.duplicated(["dept", "month", "indicator"]).to_numpy().argmax())
        raise DomainError(f"{WHERE} {checks.row_name(kpi, position, 'dept')}", "每部门每月每项一行", "重复")
    kpi = checks.bare(kpi[["dept", "month", "indicator"]].apply(checks.plain))
    sizes = kpi.groupby(["month", "indicator"])["dept"].size()
    wrong = sizes[sizes != len(shares)]
    if not wrong.empty:
        month, indicator = wrong.index[0]
        raise DomainError(
            WHERE, f"每月每项都有 {len(shares)} 个部门", f"{month} 的 {indicator}：{wrong.iloc[0]} 个"
        )
    depts = kpi["dept"].unique()
    if len(depts) != len(shares):
        raise DomainError(WHERE, f"各月各项是同样的 {len(shares)} 个部门", "、".join(map(str, depts[:9])))
    places = pd.Series(shares, index=range(1, len(shares) + 1))
    table = pd.DataFrame(
        {"dept": kpi["dept"], "value": value.to_numpy(), "month": kpi["month"], "indicator": kpi["indicator"]}
    )
    cells = table.groupby(["month", "indicator"])["value"]
    best, worst = cells.rank(method="min", ascending=False), cells.rank(method="max", ascending=False)
    table["share"] = [
        float(places.loc[int(a) : int(b)].mean()) for a, b in zip(best, worst, strict=True)
    ]  # mean of the places that a tie takes
    mean = table.groupby("dept")["share"].mean() / 100
    return pd.DataFrame(
        {
            "of_half": mean * rules.number("group_score.half"),
            "of_full": mean * rules.number("group_score.full"),
        }
    )


def check_group_month(
    visits: pd.DataFrame, stores: list[str], heads: list[str], rules: Policy | None = None
) -> pd.DataFrame:
    """What a month's visits to a group customer lack.

    Parameters
    ----------
    visits : DataFrame
        `role` (market_manager, customer_manager), `date`, `place` (code of a store or headquarters).
    stores, heads : list of str
        Codes of all stores, and of all headquarters.

    Returns
    -------
    DataFrame
        `role`, `rule` (Chinese), `needs`, `has` for every rule that is not met; empty when all are.

    References
    ----------
    S0-154, S0-155 (DER-12: at least 40 store visits a month for the market manager).
    """
    rules = rules or policies.load("terminals")
    where = "集团走访表"
    checks.columns(visits, where, "role", "date", "place")
    checks.filled(visits, where, ["date"], "place")
    checks.one_of(visits, where, "role", ("market_manager", "customer_manager"), "place")
    for codes in (stores, heads):
        if not isinstance(codes, list | tuple):
            raise DomainError(where, "门店和总部的编码各写成一个列表", checks.shown(codes))
    checks.one_of(visits, where, "place", [*stores, *heads], "place")
    days = checks.dates(visits, where, "date", "place")
    visits = visits.assign(date=days.dt.normalize())
    months = days.dt.strftime("%Y-%m").unique()
    if len(months) > 1:
        raise DomainError(where, "一个月的走访", "、".join(sorted(months)[:5]), "先按月分开。")
    need = {key: rules.whole(f"group_visits.{key}") for key in rules.section("group_visits")}
    leader = visits[visits["role"] == "market_manager"]
    manager = visits[visits["role"] == "customer_manager"]
    per_day = leader[leader["place"].isin(stores)].groupby("date")["place"].nunique()
    full_days = int((per_day >= need["market_manager_stores"]).sum())
    rows = [("market_manager", f"走门店，每次不少于 {need['market_manager_stores']} 店（次）",
             need["market_manager_times"], full_days)]  # fmt: skip
    for role, part in (("market_manager", leader), ("customer_manager", manager)):
        least = min((int((part["place"] == head).sum()) for head in heads), default=need[f"{role}_hq"])
        rows.append((role, "每家总部的采购负责人（次）", need[f"{role}_hq"], least))
    seen = min(
        (int((manager["place"] == store).sum()) for store in stores), default=need["customer_manager_stores"]
    )
    rows.append(("customer_manager", "每家门店（次）", need["customer_manager_stores"], seen))
    table = pd.DataFrame(rows, columns=["role", "rule", "needs", "has"])
    return table[table["has"] < table["needs"]].reset_index(drop=True)
