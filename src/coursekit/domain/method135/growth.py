"""Step "analyse": growth against a benchmark, and warnings under both readings of the rule.

The rule says: own month-on-month growth over the benchmark's growth, 0.8 or less, warns. "Growth" can be the
rate (this/last - 1) or the index (this/last). With rates the quotient means nothing when the benchmark did
not grow: -2 % over -4 % is 0.5 and would warn the customer who did better. Both readings are computed; the
naive flag of the rate reading is shown beside the sound one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

NOTES = {
    "new": "上期没有数，不能比",
    "no_benchmark": "没有可比的同类",
    "benchmark_not_growing": "基准没有增长，增长率之比没有意义",
}
WHERE = "对比表"
_ANY = (-math.inf, math.inf)


def two_periods(
    sales: pd.DataFrame, before: Sequence[object], now: Sequence[object], by: str = "cust_id"
) -> pd.DataFrame:
    """Volume and amount of two periods of equal length, by customer (or another column).

    Parameters
    ----------
    sales : DataFrame
        `week`, `qty` [cartons], `amount` [yuan] and the column `by`.
    before, now : sequence
        Weeks of the two periods; the same number of them, none in both. Calendar months have four or five
        Mondays: comparing them as they come makes growth out of nothing.

    Returns
    -------
    DataFrame
        `by`, `qty_before`, `qty_now` [cartons], `amount_before`, `amount_now` [yuan]; zero where nothing was
        sold; sorted by `by`.
    """
    where = "销售表"
    checks.columns(sales, where, "week", "qty", "amount", by)
    if by in ("week", "qty", "amount"):
        raise DomainError("by", "分户的一列，如 cust_id", by)
    checks.filled(sales, where, ["week", by], by)
    week, weeks = _weeks(sales, [before, now], by)
    if weeks[0].empty or len(weeks[0]) != len(weeks[1]) or any(period.duplicated().any() for period in weeks):
        raise DomainError("两期的周", "两期周数相同、不重复", f"{len(weeks[0])} 周与 {len(weeks[1])} 周")
    if set(weeks[0]) & set(weeks[1]):
        raise DomainError("两期的周", "两期没有相同的周", str(sorted(set(weeks[0]) & set(weeks[1]))[0]))
    table = pd.DataFrame({"week": week, by: checks.plain(sales[by])})
    for column in ("qty", "amount"):
        table[column] = checks.numbers(sales, where, column, (0, math.inf), by)
    parts = []
    for period, name in zip(weeks, ("before", "now"), strict=True):
        rows = table[table["week"].isin(period)]
        if rows.empty:
            raise DomainError(where, f"有 {period.iloc[0]} 起各周的数", "没有这些周")
        parts.append(rows.groupby(by)[["qty", "amount"]].sum().add_suffix(f"_{name}"))
    result = parts[0].join(parts[1], how="outer").fillna(0).sort_index()
    return result[["qty_before", "qty_now", "amount_before", "amount_now"]].reset_index()


def _weeks(
    sales: pd.DataFrame, periods: Sequence[Sequence[object]], by: str
) -> tuple[pd.Series, list[pd.Series]]:
    """The column of weeks and the weeks of the periods, both as dates when the table's are.

    A week that lies before or after all weeks of the table is no week without sales: its figures are missing.
    """
    for period in periods:
        if isinstance(period, str) or np.ndim(period) != 1:  # type: ignore[arg-type]
            raise DomainError("两期的周", "两期各列出几周", checks.shown(period))
        if any(checks.is_missing(value) for value in period):
            raise DomainError("两期的周", "每周都填了", "空着")
    asked = [pd.DataFrame({"week": pd.Series(list(period), dtype="object")}) for period in periods]
    week = checks.plain(sales["week"])
    for table in asked:
        checks.columns(table, "两期的周", "week", empty=True)
    if checks.read_dates(week).notna().any() or week.dtype.kind == "M":
        week = checks.dates(sales, "销售表", "week", by)
        found = [checks.dates(table, "两期的周", "week", "week") for table in asked]
    else:
        strange = [
            value for table in asked for value in table["week"] if not checks.like(week.iloc[0])(value)
        ]
        if strange:
            raise DomainError(
                "两期的周", f"和表里同一种写法的周，如 {week.iloc[0]}", checks.shown(strange[0])
            )
        if week.dtype.kind in "iuf":
            asked = [
                table.assign(week=checks.numbers(table, "两期的周", "week", _ANY, "week")) for table in asked
            ]
        found = [table["week"] for table in asked]
    first, last = week.min(), week.max()
    for value in (value for period in found for value in period):
        if not first <= value <= last:
            span = f"{first} 到 {last} 之间的周".replace(" 00:00:00", "")
            raise DomainError("两期的周", span, f"{value}，表里没有这些周".replace(" 00:00:00", ""))
    return week, found


def customer_comparisons(periods: pd.DataFrame, group: str, rules: Policy | None = None) -> pd.DataFrame:
    """Each customer's growth beside that of his class: volume and amount.

    Parameters
    ----------
    periods : DataFrame
        As from `two_periods`, with a further column `group`: the class that is the benchmark.
    rules : Policy, optional
        Policy `method135`; `warning.benchmark` chooses the ratio of sums or the mean of ratios.

    Returns
    -------
    DataFrame
        `object` (客户), `key`, `group`, `measure` (销量, 金额), `before`, `now`, `benchmark` (index of the class;
        newcomers, who had nothing before, are left out of it).
    """
    rules = rules or policies.load("method135")
    how = rules["warning.benchmark"]
    if how not in ("sums", "mean"):
        raise DomainError("政策 method135 的 warning.benchmark", "sums 或 mean", repr(how))
    checks.columns(periods, WHERE, "cust_id", group, "qty_before", "qty_now", "amount_before", "amount_now")
    checks.unique(periods, WHERE, "cust_id")
    checks.filled(periods, WHERE, [group])
    found = []
    for measure, name in (("qty", "销量"), ("amount", "金额")):
        before = checks.numbers(periods, WHERE, f"{measure}_before", (0, math.inf))
        now = checks.numbers(periods, WHERE, f"{measure}_now", (0, math.inf))
        old = before > 0
        groups = periods[group]
        if how == "sums":
            index = now[old].groupby(groups[old]).sum() / before[old].groupby(groups[old]).sum()
        else:
            index = (now[old] / before[old]).groupby(groups[old]).mean()
        found.append(
            pd.DataFrame(
                {
                    "object": "客户", "key": periods["cust_id"], "group": groups, "measure": name,
                    "before": before, "now": now, "benchmark": groups.map(index),
                }
            )
        )  # fmt: skip
    return pd.concat(found, ignore_index=True)


def group_comparisons(own: pd.DataFrame, whole: pd.DataFrame, kind: str, key: str) -> pd.DataFrame:
    """Brands or markets of an area beside the same of the sub-centre.

    Parameters
    ----------
    own, whole : DataFrame
        As from `two_periods(by=key)`: the area's and the sub-centre's. Every key of `own` is in `whole`.
    kind : str
        `品牌` or `市场`.
    key : str
        Column of the brand or market.
    """
    if not isinstance(kind, str) or kind not in ("品牌", "市场"):
        raise DomainError("预警对象", "品牌或市场", checks.shown(kind))
    columns = ("qty_before", "qty_now", "amount_before", "amount_now")
    for table, where in ((own, "片区"), (whole, "分中心")):
        checks.columns(table, where, key, *columns)
        checks.unique(table, where, key)
    own, whole = checks.bare(own), checks.bare(whole)
    lost = own.loc[~own[key].isin(whole[key]), key]
    if not lost.empty:
        raise DomainError("分中心", f"有 {lost.iloc[0]} 的数", "没有")
    both = own.merge(whole, on=key, suffixes=("", "_whole"))
    found = []
    for measure, name in (("qty", "销量"), ("amount", "金额")):
        values = {c: checks.numbers(both, WHERE, c, (0, math.inf), key) for c in
                  (f"{measure}_before", f"{measure}_now", f"{measure}_before_whole", f"{measure}_now_whole")}  # fmt: skip
        base = values[f"{measure}_before_whole"]
        found.append(
            pd.DataFrame(
                {
                    "object": kind, "key": both[key], "group": "分中心", "measure": name,
                    "before": values[f"{measure}_before"], "now": values[f"{measure}_now"],
                    "benchmark": (values[f"{measure}_now_whole"] / base).where(base > 0),
                }
            )
        )  # fmt: skip
    return pd.concat(found, ignore_index=True)


def warning_reading(rules: Policy) -> str:
    """Which reading of the rule the policy goes by: `index` or `rate`."""
    reading = str(rules["warning.reading"])
    if reading not in ("index", "rate"):
        raise DomainError("政策 method135 的 warning.reading", "index 或 rate", repr(reading))
    return reading


def warnings(comparisons: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Both readings of the warning rule for every comparison.

    Parameters
    ----------
    comparisons : DataFrame
        `object`, `key`, `measure`, `before`, `now`, `benchmark` (index now/before; missing = no class).

    Returns
    -------
    DataFrame
        The same rows with `own_index`, `own_rate`, `benchmark_rate`, `ratio_index`, `ratio_rate`,
        `flag_index`, `flag_rate` (only where the benchmark grew), `flag_rate_naive` (the quotient whatever its
        meaning), `flag` (the policy's reading) and `note` (see `NOTES`; empty when all is well). Where nothing
        can be compared the ratios are missing and no flag is set: a newcomer is not in trouble.

    References
    ----------
    Warning rules of a provincial platform of 2012; S2-023…S2-025.

    Examples
    --------
    >>> rows = pd.DataFrame({"object": "客户", "key": ["K1"], "measure": "销量", "before": [100.0], "now": [98.0],
    ...                      "benchmark": [0.96]})
    >>> warnings(rows)[["flag_index", "flag_rate", "flag_rate_naive", "note"]].values.tolist()
    [[False, False, True, '基准没有增长，增长率之比没有意义']]
    """
    rules = rules or policies.load("method135")
    limit, inclusive, reading = (
        rules.number("warning.ratio"),
        rules["warning.inclusive"],
        warning_reading(rules),
    )
    checks.columns(comparisons, WHERE, "object", "key", "measure", "before", "now", "benchmark")
    table = comparisons.reset_index(drop=True).copy()
    before = checks.numbers(table, WHERE, "before", (0, math.inf), "key")
    now = checks.numbers(table, WHERE, "now", (0, math.inf), "key")
    bench = checks.numbers(table, WHERE, "benchmark", (-math.inf, math.inf), "key", missing=True)
    new, alone = before == 0, bench.isna() | (bench <= 0)
    table["own_index"] = (now / before).where(~new)
    table["own_rate"] = table["own_index"] - 1
    table["benchmark_rate"] = bench - 1
    table["ratio_index"] = (table["own_index"] / bench).where(~alone)
    still = table["benchmark_rate"].abs() < 1e-9
    table["ratio_rate"] = (table["own_rate"] / table["benchmark_rate"]).where(~alone & ~still)

    def low(ratio: pd.Series) -> pd.Series:
        rounded = ratio.round(9)
        return (rounded <= limit) if inclusive else (rounded < limit)

    growing = table["benchmark_rate"] > 1e-9
    table["flag_index"] = low(table["ratio_index"])
    table["flag_rate_naive"] = low(table["ratio_rate"])
    table["flag_rate"] = table["flag_rate_naive"] & growing
    table["flag"] = table["flag_index" if reading == "index" else "flag_rate"]
    note = pd.Series("", index=table.index).mask(~growing, NOTES["benchmark_not_growing"])
    table["note"] = note.mask(alone, NOTES["no_benchmark"]).mask(new, NOTES["new"])
    return table


def large_customers(customers: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Large accounts: more cartons a month than the limit AND than the multiple of the market type's mean.

    Parameters
    ----------
    customers : DataFrame
        `cust_id` (unique), `market` (C town, X country), `cartons` [a month].

    Returns
    -------
    DataFrame
        `cust_id`, `market`, `cartons`, `mean` (of the market type), `large`; in the order given.
    """
    rules = rules or policies.load("method135")
    checks.columns(customers, "客户表", "cust_id", "market", "cartons")
    checks.unique(customers, "客户表", "cust_id")
    checks.filled(customers, "客户表", ["market"])
    table = customers[["cust_id", "market"]].copy()
    table["cartons"] = checks.numbers(customers, "客户表", "cartons", (0, math.inf))
    table["mean"] = table.groupby("market")["cartons"].transform("mean")
    limit, multiple = rules.number("large.cartons"), rules.number("large.multiple")
    table["large"] = (table["cartons"] > limit) & (table["cartons"] > multiple * table["mean"])
    return table
