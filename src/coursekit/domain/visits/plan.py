"""Check a visit plan against its rules, and score it. Many plans are right: only rules are checked.

A plan is a table of visits: `date`, `cust_id`, `purpose`, and `issue_id` where the visit is to answer an
open question of the customer.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.calendar import is_working_day
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

WHERE = "走访计划"
RULES = {
    "unknown_customer": "客户档案里有这家客户",
    "doubled": "同一家客户一天只排一次",
    "no_purpose": "每次走访写明目的",
    "not_working": "排在工作日",
    "two_routes": "一天只走一条线路",
    "over_visits": "一天的户数不超过上限",
    "over_minutes": "一天的停留分钟数不超过可用时间",
    "issue_missed": "有待办问题的客户排上走访",
    "five_star_missed": "五星户排够次数",
}
Found = Iterator[tuple[str, int | None, str, str]]  # rule, row from 1, customer or day, what is there


def check_plan(
    plan: pd.DataFrame,
    customers: pd.DataFrame,
    open_issues: pd.DataFrame | None = None,
    five_star_least: int = 1,
    rules: Policy | None = None,
) -> pd.DataFrame:
    """Every breach of a rule in a plan of one week.

    Parameters
    ----------
    plan : DataFrame
        `date`, `cust_id`, `purpose`; optional `issue_id`.
    customers : DataFrame
        `cust_id` (unique), `route`, `star` 0–5; optional `market` (C town, X country: sets the most visits
        a day; without it the town's number holds).
    open_issues : DataFrame, optional
        `issue_id`, `cust_id`: questions that wait for an answer.
    five_star_least : int
        Visits that every five-star shop needs within the plan.
    rules : Policy, optional
        Policy `visits`.

    Returns
    -------
    DataFrame
        `rule` (key of `RULES`), `text` (the rule), `row` (from 1; missing where no row is to blame), `what`
        (customer, day or issue), `found`; by rule, then row. Empty when the plan keeps every rule.

    Raises
    ------
    DomainError
        If a column is missing, a date or customer code is empty, a star is none, or the dates lie in more
        than one week: such a plan cannot be judged.

    References
    ----------
    S0-036, S0-037, S2-022, S1-045.
    """
    rules = rules or policies.load("visits")
    least = checks.whole("五星户至少走访次数", five_star_least)
    table = _plan(plan, customers)
    found = [*_row_faults(table), *_day_faults(table, rules)]
    if open_issues is not None:
        found += _missed_issues(table, open_issues)
    found += _missed_stars(table, customers, least)
    result = pd.DataFrame(found, columns=["rule", "row", "what", "found"])
    result.insert(1, "text", result["rule"].map(RULES))
    result["row"] = result["row"].astype("Int64")
    order = result["rule"].map(list(RULES).index)
    return (
        result.assign(order=order)
        .sort_values(["order", "row"], kind="stable", ignore_index=True)
        .drop(columns="order")
    )


def _plan(plan: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Plan with route, star and market of each shop, and rows counted from 1."""
    checks.columns(plan, WHERE, "date", "cust_id", "purpose")
    checks.columns(customers, "客户表", "cust_id", "route", "star")
    checks.unique(customers, "客户表", "cust_id")
    checks.one_of(customers, "客户表", "star", range(6))
    checks.unpadded(customers, "客户表", "route")
    if "market" in customers.columns:
        checks.one_of(customers, "客户表", "market", ("C", "X"), missing=True)
    checks.filled(plan, WHERE, ["cust_id"])
    table = plan.reset_index(drop=True).copy()
    days = checks.dates(table, WHERE, "date")
    table["date"] = days.dt.normalize()
    monday = table["date"].dt.to_period("W").to_numpy()
    away = monday != monday[0]
    if away.any():
        place = f"{WHERE} {checks.row_name(table, int(away.argmax()), 'cust_id')}的 date"
        got = f"{table['date'].iloc[int(away.argmax())]:%Y-%m-%d}"
        raise DomainError(
            place, f"和第 1 行（{table['date'].iloc[0]:%Y-%m-%d}）同一周", got, "一周一张计划。"
        )
    table["row"] = range(1, len(table) + 1)
    shop = customers.set_index("cust_id")
    table["known"] = table["cust_id"].isin(shop.index)
    for column in ("route", "star", "market"):
        table[column] = table["cust_id"].map(shop[column]) if column in shop.columns else None
    return table


def _row_faults(table: pd.DataFrame) -> Found:
    for row, shop in table.loc[~table["known"], ["row", "cust_id"]].itertuples(index=False):
        yield "unknown_customer", int(row), str(shop), "查无此户"
    doubled = table.duplicated(["date", "cust_id"])
    for row, shop, day in table.loc[doubled, ["row", "cust_id", "date"]].itertuples(index=False):
        yield "doubled", int(row), str(shop), f"{day:%Y-%m-%d} 又排了一次"
    empty = table["purpose"].isna() | (table["purpose"].astype("str").str.strip() == "")
    for row, shop in table.loc[empty, ["row", "cust_id"]].itertuples(index=False):
        yield "no_purpose", int(row), str(shop), "没有写目的"


def _day_faults(table: pd.DataFrame, rules: Policy) -> Found:
    for day, visits in table.groupby("date", sort=True):
        name = f"{pd.Timestamp(str(day)):%Y-%m-%d}"
        if not _works(name, int(visits["row"].iloc[0])):
            yield "not_working", int(visits["row"].iloc[0]), name, "这天不上班"
        routes = sorted(visits["route"].dropna().unique(), key=str)
        if len(routes) > 1:
            yield "two_routes", int(visits["row"].iloc[0]), name, f"走了 {'、'.join(map(str, routes))} 线"
        country = bool((visits["market"] == "X").mean() > 0.5)
        most = rules.whole("cycle.country_most" if country else "cycle.city_most")
        if len(visits) > most:
            yield "over_visits", None, name, f"排了 {len(visits)} 户，上限 {most} 户"
        stars = visits.loc[visits["known"], "star"].dropna().astype(int)
        minutes = sum(rules.number(f"stay_minutes.{star}") for star in stars)
        if minutes > rules.number("cycle.day_minutes"):
            yield (
                "over_minutes",
                None,
                name,
                f"停留合计 {minutes:g} 分钟，可用 {rules.number('cycle.day_minutes'):g} 分钟",
            )


def _works(day: str, row: int) -> bool:
    try:
        return is_working_day(day)
    except DomainError as error:  # the calendar does not know the year
        raise DomainError(f"{WHERE} 第 {row} 行的 date", error.expected, error.got, error.todo) from None


def _missed_issues(table: pd.DataFrame, issues: pd.DataFrame) -> Found:
    for issue, shop in _waiting(table, issues):
        yield "issue_missed", None, f"{issue}({shop})", "本周没有排"


def _waiting(table: pd.DataFrame, issues: pd.DataFrame) -> list[tuple[str, str]]:
    """Open issues whose shop is not visited."""
    checks.columns(issues, "待办问题", "issue_id", "cust_id", empty=True)
    if issues.empty:
        return []
    checks.unique(issues, "待办问题", "issue_id")
    checks.filled(issues, "待办问题", ["cust_id"], "issue_id")
    planned = set(table["cust_id"])
    pairs = zip(issues["issue_id"], issues["cust_id"], strict=True)
    return [(str(issue), str(shop)) for issue, shop in pairs if shop not in planned]


def _missed_stars(table: pd.DataFrame, customers: pd.DataFrame, least: int) -> Found:
    counts = table["cust_id"].value_counts()
    for shop in customers.loc[customers["star"] == 5, "cust_id"]:
        times = int(counts.get(shop, 0))
        if times < least:
            yield "five_star_missed", None, str(shop), f"排了 {times} 次，应不少于 {least} 次"


def score_plan(
    plan: pd.DataFrame,
    customers: pd.DataFrame,
    open_issues: pd.DataFrame,
    five_star_least: int = 1,
    rules: Policy | None = None,
) -> dict[str, float]:
    """Score of a weekly plan [points of 100], by part and `total`.

    - `no_violation`: full, less the deduction for each breach of a rule other than missed issues and stars
      (these two have their own part), not below zero;
    - `issues`: share of open issues whose shop is visited (full when there are none);
    - `frequency`: share of the visits due to five-star shops in this plan's week that are planned, and how
      many of the other shops planned are different ones, half each (how many visits there are in all does
      not count);
    - `balance`: 1 - (largest day - smallest day) / largest day, by minutes of stay, over the days used.

    Raises
    ------
    DomainError
        If the parts of the policy do not sum to 100, or the plan cannot be judged.
    """
    rules = rules or policies.load("visits")
    weights = {name: rules.number(f"score.{name}") for name in rules.section("score")}
    if abs(sum(weights.values()) - 100) > 1e-9:
        raise DomainError(f"政策 {rules.name} 的 score", "合计 100 分", f"{sum(weights.values()):g} 分")
    table = _plan(plan, customers)
    checks.columns(open_issues, "待办问题", "issue_id", "cust_id", empty=True)
    breaches = check_plan(plan, customers, open_issues, five_star_least, rules)
    own = breaches[~breaches["rule"].isin(["issue_missed", "five_star_missed"])]
    lost = len(own) * rules.number("deduction.per_violation")
    issues = 1 - len(_waiting(table, open_issues)) / len(open_issues) if len(open_issues) else 1.0
    parts = {
        "no_violation": max(0.0, weights["no_violation"] - lost),
        "issues": weights["issues"] * issues,
        "frequency": weights["frequency"] * _frequency(table, customers, five_star_least),
        "balance": weights["balance"] * _balance(table, rules),
    }
    return {
        **{name: round(points, 2) for name, points in parts.items()},
        "total": round(sum(parts.values()), 2),
    }


def _frequency(table: pd.DataFrame, customers: pd.DataFrame, least: int) -> float:
    counts = table["cust_id"].value_counts()
    five = customers.loc[customers["star"] == 5, "cust_id"]
    due = len(five) * least
    met = sum(min(least, int(counts.get(shop, 0))) for shop in five)
    others = table[table["star"] != 5]
    spread = others["cust_id"].nunique() / len(others) if len(others) else 1.0
    return 0.5 * (met / due if due else 1.0) + 0.5 * spread


def _balance(table: pd.DataFrame, rules: Policy) -> float:
    stay = {star: rules.number(f"stay_minutes.{star}") for star in range(6)}
    minutes = (
        table["star"].map(lambda star: 0.0 if pd.isna(star) else stay[int(star)]).groupby(table["date"]).sum()
    )
    top = float(minutes.max())
    return 1 - (top - float(minutes.min())) / top if top else 0.0
