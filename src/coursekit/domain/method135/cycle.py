"""Steps "plan" to "improve": plan lines, results, gaps, improvements, and a check that the loop closes.

Everything is a table with ids. Nothing in the loop may be orphaned: a warning has a plan line, a plan line a
source and a result, an undone line a reason, a missed target an improvement, an improvement a line in the next
month's plan.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.calendar import as_month, working_days_of_month
from coursekit.domain.method135.growth import warning_reading
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError

ANY = (-math.inf, math.inf)
PLAN = ("plan_id", "month", "source_id", "key", "measure", "action", "target")
RESULTS = ("plan_id", "executed", "before", "after", "reason")
IMPROVEMENTS = ("improvement_id", "plan_id", "cause", "action", "next_plan_id")
FAULTS = {
    "doubled": "编号重复",
    "warning_without_plan": "预警没有排进计划",
    "plan_without_source": "计划行没有来源",
    "plan_without_result": "计划行没有结果",
    "result_without_plan": "结果找不到计划行",
    "undone_without_reason": "没有做，也没有写原因",
    "target_as_result": "把目标当结果抄了",
    "gap_without_improvement": "没有达到，却没有改进项",
    "improvement_without_gap": "改进项找不到没达到的计划行",
    "improvement_not_in_next_plan": "改进项没有进下月计划",
}


@dataclass(frozen=True)
class Cycle:
    """One month of the method as tables.

    Attributes
    ----------
    warnings : DataFrame
        `warning_id` and what it is about; only those that call for action.
    plan : DataFrame
        `plan_id`, `month` (2024-05), `source_id` (a warning, or an improvement of the month before), `key`
        (customer, brand or area), `measure`, `action`, `target` (number to reach; higher is better).
    results : DataFrame
        `plan_id`, `executed`, `before`, `after` (numbers), `reason` (why not executed).
    improvements : DataFrame
        `improvement_id`, `plan_id` (the line that missed), `cause`, `action`, `next_plan_id`.
    next_plan : DataFrame
        Plan of the following month; its `source_id` points back to the improvements.
    """

    warnings: pd.DataFrame
    plan: pd.DataFrame
    results: pd.DataFrame
    improvements: pd.DataFrame
    next_plan: pd.DataFrame


def demand_deadlines(year: int, month: int, rules: Policy | None = None) -> tuple[dt.date, dt.date]:
    """When the month's direct demand is to be entered (before this day) and confirmed (last working day).

    Examples
    --------
    >>> [str(day) for day in demand_deadlines(2024, 6)]
    ['2024-06-25', '2024-06-28']
    """
    rules = rules or policies.load("method135")
    days = working_days_of_month(year, month)
    return days[0].replace(day=rules.whole("demand.entry_day")), days[-1]


def draft_plan(flagged: pd.DataFrame, month: str, rules: Policy | None = None) -> pd.DataFrame:
    """A plan line for each warning, with the limit of the warning as its `target`.

    The target is where the policy's reading of the rule stops to warn, to the hundredth: before × benchmark ×
    ratio for indices, before × (1 + ratio × (benchmark - 1)) for rates. Beyond it nobody is warned; right on
    it the policy's `warning.inclusive` decides. It is a mark of the customer's recovery to watch, not a sales task: volume and structure may not be
    standards of performance (S1-021, REG-7). The action is left for the manager to write.

    Parameters
    ----------
    flagged : DataFrame
        Rows of `growth.warnings` with `flag` true: `warning_id`, `key`, `measure`, `before`, `benchmark`.
    month : str
        Month of the plan, such as `2024-07`.
    """
    rules = rules or policies.load("method135")
    as_month(month)
    checks.columns(flagged, "预警表", "warning_id", "key", "measure", "before", "benchmark", empty=True)
    if flagged.empty:
        return pd.DataFrame(columns=list(PLAN))
    checks.unique(flagged, "预警表", "warning_id")
    before = checks.numbers(flagged, "预警表", "before", (0, float("inf")), "warning_id")
    bench = checks.numbers(flagged, "预警表", "benchmark", (0, float("inf")), "warning_id")
    ratio = rules.number("warning.ratio")
    by_rate = warning_reading(rules) == "rate"
    target = before * (1 + ratio * (bench - 1)) if by_rate else before * bench * ratio
    number = [f"P{month.replace('-', '')}-{n:03}" for n in range(1, len(flagged) + 1)]
    return pd.DataFrame(
        {
            "plan_id": number,
            "month": month,
            "source_id": flagged["warning_id"].to_numpy(),
            "key": flagged["key"].to_numpy(),
            "measure": flagged["measure"].to_numpy(),
            "action": "",
            "target": target.round(2).to_numpy(),
        }
    )


def evaluate(plan: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    """Targets held against results.

    Parameters
    ----------
    plan, results : DataFrame
        As in `Cycle`. A plan line without a result stays in the table with nothing known.

    Returns
    -------
    DataFrame
        `plan_id`, `target`, `executed`, `before`, `after`, `change` (after - before), `gap` (target - after, not
        below zero), `met` (missing when there is no result).

    Raises
    ------
    DomainError
        If an id is doubled, a target is no number, or a line said to be executed has no `after`.
    """
    checks.columns(plan, "计划", *PLAN)
    checks.unique(plan, "计划", "plan_id")
    table = checks.bare(plan[["plan_id"]])
    table["target"] = checks.numbers(plan, "计划", "target", ANY, "plan_id")
    checks.columns(results, "结果", *RESULTS, empty=True)
    if results.empty:
        known = pd.DataFrame({"plan_id": [], "executed": []}).assign(before=math.nan, after=math.nan)
    else:
        checks.unique(results, "结果", "plan_id")
        known = checks.bare(results[["plan_id"]].astype("object"))
        for column in ("before", "after"):
            known[column] = checks.numbers(results, "结果", column, ANY, "plan_id", missing=True)
        known["executed"] = checks.booleans(results, "结果", "executed", "plan_id")
        silent = (known["executed"] & known["after"].isna()).to_numpy()
        if silent.any():
            place = f"结果 {checks.row_name(results, int(silent.argmax()), 'plan_id')}的 after"
            raise DomainError(place, "一个数（做了就有结果）", "空着")
    table = table.astype({"plan_id": "object"}).merge(known, on="plan_id", how="left")
    table["executed"] = table["executed"].astype("boolean")
    table["change"] = table["after"] - table["before"]
    table["gap"] = (table["target"] - table["after"]).clip(lower=0)
    table["met"] = (table["after"] >= table["target"]).astype("boolean").mask(table["after"].isna())
    return table[["plan_id", "target", "executed", "before", "after", "change", "gap", "met"]]


def completion(evaluated: pd.DataFrame) -> dict[str, float]:
    """Share of plan lines executed, and of lines with a result that met their target (0–1; missing when none)."""
    checks.columns(evaluated, "评估表", "plan_id", "executed", "met")
    met = _known(evaluated, "met").dropna()
    executed = _known(evaluated, "executed").fillna(False).astype(bool)
    return {"executed": float(executed.mean()), "met": float(met.mean()) if len(met) else float("nan")}


def draft_improvements(evaluated: pd.DataFrame, month: str) -> pd.DataFrame:
    """An improvement to fill in for every plan line that was not executed or did not reach its target."""
    as_month(month)
    checks.columns(evaluated, "评估表", "plan_id", "met")
    checks.unique(evaluated, "评估表", "plan_id")
    missed = evaluated.loc[~_known(evaluated, "met").fillna(False).astype(bool), "plan_id"].tolist()
    number = [f"G{month.replace('-', '')}-{n:03}" for n in range(1, len(missed) + 1)]
    table = pd.DataFrame({"improvement_id": number, "plan_id": missed})
    return table.assign(cause="", action="", next_plan_id="")


def _known(table: pd.DataFrame, column: str) -> pd.Series:
    """A column of true, false or missing as such."""
    given = table[column].notna()
    filled = table.assign(**{column: table[column].astype("object").where(given, other=False)})
    return checks.booleans(filled, "评估表", column, "plan_id").astype("boolean").mask(~given)


def check_loop(cycle: Cycle) -> pd.DataFrame:
    """Everything in the loop that hangs loose.

    Returns
    -------
    DataFrame
        `fault` (key of `FAULTS`), `text`, `id` (the thing that is loose), by kind of fault, then as the tables
        list them. Empty when the loop is closed.

    References
    ----------
    S2-024, S0-054; INC-10 shows what happens without: targets stand where results should.
    """
    tables = {
        "预警": (cycle.warnings, ("warning_id",)), "计划": (cycle.plan, PLAN), "结果": (cycle.results, RESULTS),
        "改进": (cycle.improvements, IMPROVEMENTS), "下月计划": (cycle.next_plan, PLAN),
    }  # fmt: skip
    for name, (table, columns) in tables.items():
        checks.columns(table, f"{name}表", *columns, empty=True)
    found: list[tuple[str, str]] = []
    for table, columns in tables.values():
        ids = pd.Series(_texts(table[columns[0]]), dtype="object")
        found += [("doubled", i) for i in ids[ids.duplicated()].unique()]
    found += _plan_faults(cycle) + _result_faults(cycle) + _improvement_faults(cycle)
    result = pd.DataFrame(found, columns=["fault", "id"])
    result.insert(1, "text", result["fault"].map(FAULTS))
    order = result["fault"].map(list(FAULTS).index)
    return (
        result.assign(order=order)
        .sort_values("order", kind="stable", ignore_index=True)
        .drop(columns="order")
    )


def _plan_faults(cycle: Cycle) -> list[tuple[str, str]]:
    sources = set(_texts(cycle.plan["source_id"]))
    loose = [w for w in _texts(cycle.warnings["warning_id"]) if w not in sources]
    plans = zip(_texts(cycle.plan["plan_id"]), _texts(cycle.plan["source_id"]), strict=True)
    return [("warning_without_plan", w) for w in loose] + [
        ("plan_without_source", plan) for plan, source in plans if not source
    ]


def _result_faults(cycle: Cycle) -> list[tuple[str, str]]:
    results = cycle.results
    given = results["executed"].notna()
    done = results.assign(executed=results["executed"].astype("object").where(given, other=False))
    executed_at = done["executed"]
    if not results.empty:
        executed_at = checks.booleans(done, "结果表", "executed", "plan_id")
    before_at, after_at = (
        checks.numbers(results, "结果表", column, ANY, "plan_id", missing=True)
        for column in ("before", "after")
    )
    aims = checks.numbers(cycle.plan, "计划表", "target", ANY, "plan_id", missing=True)
    planned, answered = set(_texts(cycle.plan["plan_id"])), set(_texts(results["plan_id"]))
    targets = dict(zip(_texts(cycle.plan["plan_id"]), aims, strict=True))
    found = [("plan_without_result", p) for p in _texts(cycle.plan["plan_id"]) if p not in answered]
    found += [("result_without_plan", p) for p in _texts(results["plan_id"]) if p not in planned]
    rows = zip(
        _texts(results["plan_id"]), executed_at, before_at, after_at, _texts(results["reason"]), strict=True
    )
    for plan, executed, before, after, reason in rows:
        if not executed:
            found += [("undone_without_reason", plan)] if not reason else []
        elif pd.isna(before) and plan in targets and after == targets[plan]:
            found.append(("target_as_result", plan))
    return found


def _improvement_faults(cycle: Cycle) -> list[tuple[str, str]]:
    target = checks.numbers(cycle.plan, "计划表", "target", ANY, "plan_id", missing=True)
    reached = checks.numbers(cycle.results, "结果表", "after", ANY, "plan_id", missing=True)
    targets = dict(zip(_texts(cycle.plan["plan_id"]), target, strict=True))
    after = dict(zip(_texts(cycle.results["plan_id"]), reached, strict=True))
    missed = [p for p in targets if p in after and not after[p] >= targets[p]]
    improved = set(_texts(cycle.improvements["plan_id"]))
    back = dict(zip(_texts(cycle.next_plan["plan_id"]), _texts(cycle.next_plan["source_id"]), strict=True))
    found = [("gap_without_improvement", p) for p in missed if p not in improved]
    rows = zip(
        *(_texts(cycle.improvements[c]) for c in ("improvement_id", "plan_id", "next_plan_id")), strict=True
    )
    for improvement, plan, following in rows:
        if plan not in missed:
            found.append(("improvement_without_gap", improvement))
        if back.get(following) != improvement:
            found.append(("improvement_not_in_next_plan", improvement))
    return found


def _texts(column: Iterable[object]) -> list[str]:
    return ["" if checks.is_missing(value) else str(value).strip() for value in column]
