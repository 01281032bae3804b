"""The visit log against its plan: what was done, what was missed without a word, who got too few visits.

A visit that was cancelled with a reason is no breach; one that was put off counts in the month it was made.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.calendar import as_month
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

WHERE = "走访记录"
BREACHES = {
    "missed": "没有去，也没有写原因",
    "short": "停留时间不够",
    "no_purpose": "没有写目的",
    "no_result": "去了，没有写结果",
}


@dataclass(frozen=True)
class LogSummary:
    """A log in numbers [visits]: planned, of these executed, missed with and without a reason; urgent ones apart."""

    planned: int
    executed: int
    excused: int
    missed: int
    urgent: int
    short: int

    @property
    def execution_rate(self) -> float:
        """Executed of planned, 0–1 (missed with a reason counts as not executed, but is no breach)."""
        return self.executed / self.planned if self.planned else float("nan")


def _log(log: pd.DataFrame) -> pd.DataFrame:
    """Checked copy with `done` and `stay` [minutes]."""
    checks.columns(
        log, WHERE, "plan_id", "date", "cust_id", "planned", "arrive", "leave", "purpose", "result", "reason"
    )
    checks.unique(log, WHERE, "plan_id")
    checks.filled(log, WHERE, ["cust_id"], "plan_id")
    table = log.reset_index(drop=True).copy()
    table["planned"] = checks.booleans(table, WHERE, "planned", "plan_id")
    arrive, leave = (checks.dates(table, WHERE, c, "plan_id", missing=True) for c in ("arrive", "leave"))
    stay = checks.minutes(leave, arrive)
    for bad, rule in (
        (arrive.isna() != leave.isna(), "到店和离店时间都有，或者都没有"),
        (stay < 0, "离店不早于到店"),
        (arrive.dt.normalize() != leave.dt.normalize(), "同一天到店和离店"),
    ):
        bad = bad & (arrive.notna() | leave.notna())
        if bad.any():
            position = int(bad.to_numpy().argmax())
            got = f"{arrive.iloc[position]} 到 {leave.iloc[position]}"
            raise DomainError(f"{WHERE} {checks.row_name(table, position, 'plan_id')}", rule, got)
    table["done"], table["stay"] = arrive.notna(), stay
    table["month"] = arrive.fillna(checks.dates(table, WHERE, "date", "plan_id")).dt.to_period("M")
    return table


def _empty(column: pd.Series) -> pd.Series:
    return column.isna() | (column.astype("str").str.strip() == "")


def check_log(log: pd.DataFrame, rules: Policy | None = None) -> pd.DataFrame:
    """Every breach in a visit log.

    Parameters
    ----------
    log : DataFrame
        `plan_id` (unique), `date` (planned), `cust_id`, `planned` (true; false = urgent visit), `arrive` and
        `leave` (datetimes; both missing = not made), `purpose`, `result`, `reason`.

    Returns
    -------
    DataFrame
        `row` (from 1), `plan_id`, `cust_id`, `breach` (key of `BREACHES`), `text`; by row.

    Raises
    ------
    DomainError
        If a row contradicts itself: leaves before it arrives, or has only one of the two times.

    References
    ----------
    S0-038, S2-022.
    """
    rules = rules or policies.load("visits")
    table = _log(log)
    least = rules.number("log.least_stay")
    marks = {
        "missed": ~table["done"] & _empty(table["reason"]),
        "short": table["done"] & (table["stay"] < least),
        "no_purpose": table["done"] & _empty(table["purpose"]),
        "no_result": table["done"] & _empty(table["result"]),
    }
    rows = [
        (
            position + 1,
            table["plan_id"].iloc[position],
            table["cust_id"].iloc[position],
            breach,
            BREACHES[breach],
        )
        for breach, bad in marks.items()
        for position in bad.to_numpy().nonzero()[0]
    ]
    found = pd.DataFrame(rows, columns=["row", "plan_id", "cust_id", "breach", "text"])
    return found.sort_values("row", kind="stable", ignore_index=True)


def summarize_log(log: pd.DataFrame, rules: Policy | None = None) -> LogSummary:
    """The log in numbers; columns as for `check_log`."""
    rules = rules or policies.load("visits")
    table = _log(log)
    planned = table[table["planned"]]
    missed = ~planned["done"] & _empty(planned["reason"])
    return LogSummary(
        planned=len(planned),
        executed=int(planned["done"].sum()),
        excused=int((~planned["done"]).sum() - missed.sum()),
        missed=int(missed.sum()),
        urgent=int((~table["planned"]).sum()),
        short=int((table["done"] & (table["stay"] < rules.number("log.least_stay"))).sum()),
    )


def shortfalls(
    log: pd.DataFrame, customers: pd.DataFrame, month: str, rules: Policy | None = None
) -> pd.DataFrame:
    """Shops that were visited less often in a calendar month than their star asks.

    The policy's frequency holds for a four-week cycle and is taken as the least for a calendar month, so
    nobody is accused for a long month. A visit counts in the month it was made, not planned.

    Parameters
    ----------
    log : DataFrame
        As for `check_log`.
    customers : DataFrame
        `cust_id` (unique), `star` 0–5; optional `joined`: shops that joined in or after the month are left out.
    month : str
        Such as `"2024-05"`.

    Returns
    -------
    DataFrame
        `cust_id`, `star`, `due`, `made`, `short` [visits], most short first, then by `cust_id`.

    References
    ----------
    S2-004…S2-006, S2-022; the judging pattern follows a published skill paper (large shop, three visits of at
    least four).
    """
    rules = rules or policies.load("visits")
    checks.columns(customers, "客户表", "cust_id", "star")
    checks.unique(customers, "客户表", "cust_id")
    checks.one_of(customers, "客户表", "star", range(6))
    period = pd.Period(as_month(month), freq="M")
    table = _log(log)
    unknown = ~table["cust_id"].isin(customers["cust_id"])
    if unknown.any():
        position = int(unknown.to_numpy().argmax())
        place = f"{WHERE} {checks.row_name(table, position, 'plan_id')}的 cust_id"
        raise DomainError(place, "客户表里有的客户", str(table["cust_id"].iloc[position]))
    if not (table["month"] == period).any():
        raise DomainError(WHERE, f"有 {month} 的走访", f"{table['month'].min()} 到 {table['month'].max()}")
    made = table[table["done"] & (table["month"] == period)]["cust_id"].value_counts()
    shops = customers
    if "joined" in customers.columns:
        joined = checks.dates(customers, "客户表", "joined", missing=True)
        shops = customers[~(joined.dt.to_period("M") >= period)]
    result = shops[["cust_id", "star"]].reset_index(drop=True).apply(checks.plain)
    result["due"] = [rules.whole(f"frequency.{int(star)}") for star in result["star"]]
    result["made"] = result["cust_id"].map(made).fillna(0).astype(int)
    result["short"] = result["due"] - result["made"]
    result = result[result["short"] > 0]
    return result.sort_values(["short", "cust_id"], ascending=[False, True], ignore_index=True)
