"""Method 135: both readings of the warning rule, and a loop in which nothing hangs loose."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import datasets, method135, policy
from coursekit.domain.method135 import Cycle
from coursekit.errors import DomainError

# --- growth and warnings ------------------------------------------------------------------------------


def row(before: float, now: float, benchmark: float | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "object": "客户",
            "key": ["K1"],
            "measure": "销量",
            "before": [before],
            "now": [now],
            "benchmark": [benchmark],
        }
    )


@pytest.mark.parametrize(
    ("before", "now", "benchmark", "index", "rate", "naive"),
    [
        (100, 98, 0.96, False, False, True),  # did better than a falling class: only the naive reading warns
        (100, 79, 1.00, True, False, False),  # flat benchmark: the rates cannot be divided
        (100, 104, 1.05, False, False, False),  # 0.8 of the rate, above 0.8 of the index
        (100, 103.9, 1.05, False, True, True),
        (100, 90, 1.10, False, True, True),
        (100, 85, 1.10, True, True, True),
        (100, 0, 1.20, True, True, True),
    ],
)
def test_readings_of_the_rule(
    before: float, now: float, benchmark: float, index: bool, rate: bool, naive: bool
) -> None:
    rules = policy.load("method135").replace(warning__inclusive=False)
    table = method135.warnings(row(before, now, benchmark), rules)
    assert table[["flag_index", "flag_rate", "flag_rate_naive"]].values.tolist() == [[index, rate, naive]]


def test_exactly_0_8_warns_only_where_the_policy_includes_it() -> None:
    rules = policy.load("method135")
    assert method135.warnings(row(100, 80, 1.0))["flag"].tolist() == [True]
    assert method135.warnings(row(100, 80, 1.0), rules.replace(warning__inclusive=False))[
        "flag"
    ].tolist() == [False]
    rated = rules.replace(warning__reading="rate")
    assert method135.warnings(row(100, 104, 1.05), rated)["flag"].tolist() == [True]


@pytest.mark.parametrize(
    ("before", "benchmark", "note"),
    [(0, 1.1, "new"), (5, None, "no_benchmark"), (5, 0.9, "benchmark_not_growing")],
)
def test_what_cannot_be_compared_is_noted_and_not_warned(
    before: float, benchmark: float | None, note: str
) -> None:
    table = method135.warnings(row(before, 5, benchmark))
    assert table["note"].tolist() == [method135.NOTES[note]]
    assert not table["flag"].any()


@given(st.floats(0, 1e5), st.floats(0, 1e5), st.floats(0.01, 10))
def test_scaling_volume_changes_no_flag(before: float, now: float, benchmark: float) -> None:
    """Units do not matter: cartons or cases give the same warning."""
    one, other = (method135.warnings(row(before * k, now * k, benchmark)) for k in (1, 250))
    near = abs((now / before if before > 1e-300 else 0) / benchmark - 0.8) < 1e-6
    if before > 1e-6 and not near:
        assert one["flag_index"].tolist() == other["flag_index"].tolist()


def periods(**changes: list[float]) -> pd.DataFrame:
    table = {
        "cust_id": ["K1", "K2", "K3"], "star": [3, 3, 3], "qty_before": [100, 10, 0], "qty_now": [110, 5, 50],
        "amount_before": [5000, 500, 0], "amount_now": [5500, 250, 2500],
    }  # fmt: skip
    return pd.DataFrame(table | changes)


def test_the_benchmark_leaves_newcomers_out_and_both_averages_differ() -> None:
    sums = method135.customer_comparisons(periods(), "star")
    assert sums["benchmark"].iloc[0] == pytest.approx(115 / 110)
    rules = policy.load("method135").replace(warning__benchmark="mean")
    assert method135.customer_comparisons(periods(), "star", rules)["benchmark"].iloc[0] == pytest.approx(0.8)
    flagged = method135.warnings(sums)
    assert flagged.loc[flagged["flag"], "key"].tolist() == ["K2", "K2"], "volume and amount"


@pytest.mark.parametrize(
    ("rules", "told"),
    [({"warning__reading": "percent"}, "index 或 rate"), ({"warning__benchmark": "max"}, "sums 或 mean")],
)
def test_a_reading_the_policy_does_not_know_is_told(rules: dict[str, str], told: str) -> None:
    changed = policy.load("method135").replace(**rules)
    with pytest.raises(DomainError, match=told):
        method135.warnings(method135.customer_comparisons(periods(), "star", changed), changed)


def test_two_periods_need_the_same_number_of_weeks() -> None:
    sales = datasets.load("sales_week")
    weeks = sorted(sales["week"].unique())
    with pytest.raises(DomainError, match="4 周与 5 周"):
        method135.two_periods(sales, weeks[:4], weeks[4:9])
    with pytest.raises(DomainError, match="没有相同的周"):
        method135.two_periods(sales, weeks[:4], weeks[3:7])
    with pytest.raises(DomainError, match="没有这些周"):
        method135.two_periods(sales, [pd.Timestamp("2020-01-06")], weeks[:1])
    with pytest.raises(DomainError, match="qty"):
        method135.two_periods(sales.assign(qty=-1), weeks[:1], weeks[1:2])


def test_the_shipped_sales_give_warnings_for_some_and_not_for_most() -> None:
    sales, customers = datasets.load("sales_week"), datasets.load("customers")
    weeks = sorted(sales["week"].unique())
    table = method135.two_periods(sales, weeks[-8:-4], weeks[-4:])
    assert table["qty_now"].sum() == sales[sales["week"].isin(weeks[-4:])]["qty"].sum()
    flagged = method135.warnings(
        method135.customer_comparisons(table.merge(customers[["cust_id", "star"]], on="cust_id"), "star")
    )
    share = flagged.loc[flagged["flag"], "key"].nunique() / 308
    assert 0.02 < share < 0.4


def test_brands_and_markets_are_held_against_the_subcentre() -> None:
    own = pd.DataFrame(
        {"brand": ["甲"], "qty_before": [10], "qty_now": [7], "amount_before": [100], "amount_now": [99]}
    )
    whole = pd.DataFrame(
        {
            "brand": ["甲", "乙"],
            "qty_before": [100, 0],
            "qty_now": [100, 5],
            "amount_before": [9, 0],
            "amount_now": [9, 1],
        }
    )
    flagged = method135.warnings(method135.group_comparisons(own, whole, "品牌", "brand"))
    assert flagged["flag"].tolist() == [True, False]
    with pytest.raises(DomainError, match="乙"):
        method135.group_comparisons(whole, own, "品牌", "brand")
    with pytest.raises(DomainError, match="品牌或市场"):
        method135.group_comparisons(own, whole, "客户", "brand")


def test_a_large_customer_passes_both_conditions() -> None:
    table = pd.DataFrame(
        {
            "cust_id": list("abcdefgh"),
            "market": ["C"] * 6 + ["X"] * 2,
            "cartons": [1001, 10, 10, 10, 10, 10, 2000, 1900],
        }
    )
    assert method135.large_customers(table)["large"].tolist() == [True] + [False] * 7


# --- the loop -----------------------------------------------------------------------------------------


def closed() -> Cycle:
    """A loop with nothing loose: one target met, one missed and taken up again."""
    return Cycle(
        warnings=pd.DataFrame({"warning_id": ["W1", "W2"]}),
        plan=pd.DataFrame(
            {"plan_id": ["P1", "P2"], "month": "2024-05", "source_id": ["W1", "W2"], "key": ["K1", "K2"],
             "measure": "销量", "action": ["理柜台", "看库存"], "target": [100.0, 50.0]}
        ),
        results=pd.DataFrame(
            {"plan_id": ["P1", "P2"], "executed": [True, True], "before": [80.0, 40.0], "after": [105.0, 45.0],
             "reason": ["", ""]}
        ),
        improvements=pd.DataFrame(
            {"improvement_id": ["G1"], "plan_id": ["P2"], "cause": ["断货"], "action": ["提前订"], "next_plan_id": ["N1"]}
        ),
        next_plan=pd.DataFrame(
            {"plan_id": ["N1"], "month": "2024-06", "source_id": ["G1"], "key": ["K2"], "measure": "销量",
             "action": ["提前订"], "target": [50.0]}
        ),
    )  # fmt: skip


def test_a_closed_loop_has_no_fault() -> None:
    assert method135.check_loop(closed()).empty


def changed(table: str, **values: object) -> Cycle:
    cycle = closed()
    return dataclasses.replace(cycle, **{table: getattr(cycle, table).assign(**values)})


@pytest.mark.parametrize(
    ("cycle", "fault", "what"),
    [
        (changed("warnings", warning_id=["W1", "W3"]), "warning_without_plan", "W3"),
        (changed("plan", source_id=["W1", None]), "plan_without_source", "P2"),
        (changed("results", plan_id=["P1", "P9"]), "plan_without_result", "P2"),
        (changed("results", plan_id=["P1", "P9"]), "result_without_plan", "P9"),
        (changed("results", executed=[True, False]), "undone_without_reason", "P2"),
        (changed("results", before=[None, 40], after=[100.0, 45]), "target_as_result", "P1"),
        (changed("improvements", plan_id=["P9"]), "gap_without_improvement", "P2"),
        (changed("improvements", plan_id=["P1"]), "improvement_without_gap", "G1"),
        (changed("improvements", next_plan_id=["N9"]), "improvement_not_in_next_plan", "G1"),
        (changed("next_plan", source_id=["G9"]), "improvement_not_in_next_plan", "G1"),
        (changed("results", plan_id=["P1", "P1"]), "doubled", "P1"),
    ],
)
def test_each_loose_end_is_found(cycle: Cycle, fault: str, what: str) -> None:
    found = method135.check_loop(cycle)
    assert (fault, what) in set(zip(found["fault"], found["id"], strict=True))
    assert found["text"].notna().all()


def test_a_table_without_its_columns_is_told() -> None:
    cycle = dataclasses.replace(closed(), results=pd.DataFrame({"plan_id": []}))
    with pytest.raises(DomainError, match=r"结果表.*executed"):
        method135.check_loop(cycle)


def test_evaluation_tells_gap_met_and_unknown() -> None:
    cycle = closed()
    table = method135.evaluate(cycle.plan, cycle.results.head(1))
    assert table["gap"].tolist()[0] == 0
    assert table["met"].tolist()[0]
    assert pd.isna(table["met"].iloc[1])
    assert method135.completion(table) == {"executed": 0.5, "met": 1.0}
    assert method135.evaluate(cycle.plan, cycle.results.head(0))["met"].isna().all()


@pytest.mark.parametrize(
    ("plan", "results", "told"),
    [
        ({"target": [None, 1]}, {}, "target"),
        ({"plan_id": ["P1", "P1"]}, {}, "plan_id"),
        ({}, {"after": [None, 1]}, "after"),
        ({}, {"executed": [None, True]}, "executed"),
    ],
)
def test_an_evaluation_of_impossible_tables_is_told(
    plan: dict[str, object], results: dict[str, object], told: str
) -> None:
    cycle = closed()
    with pytest.raises(DomainError, match=told):
        method135.evaluate(cycle.plan.assign(**plan), cycle.results.assign(**results))


@given(st.lists(st.tuples(st.floats(1, 1e4), st.floats(0.5, 2), st.floats(0, 1e4)), min_size=1, max_size=12))
def test_drafts_lead_to_a_closed_loop(rows: list[tuple[float, float, float]]) -> None:
    """Warnings → drafted plan → results → drafted improvements → next plan: nothing hangs loose."""
    flagged = pd.DataFrame(
        [(f"W{i}", f"K{i}", "销量", before, bench) for i, (before, bench, _) in enumerate(rows)],
        columns=["warning_id", "key", "measure", "before", "benchmark"],
    )
    plan = method135.draft_plan(flagged, "2024-05")
    results = pd.DataFrame(
        {"plan_id": plan["plan_id"], "executed": True, "before": flagged["before"], "after": [r[2] for r in rows],
         "reason": ""}
    )  # fmt: skip
    improvements = method135.draft_improvements(method135.evaluate(plan, results), "2024-05")
    improvements["next_plan_id"] = [f"N{i}" for i in range(len(improvements))]
    following = pd.DataFrame(
        {"plan_id": improvements["next_plan_id"], "month": "2024-06", "source_id": improvements["improvement_id"],
         "key": "", "measure": "", "action": "", "target": 1.0}
    )  # fmt: skip
    assert method135.check_loop(Cycle(flagged, plan, results, improvements, following)).empty


def test_a_drafted_target_is_the_limit_of_the_warning() -> None:
    flagged = pd.DataFrame(
        {"warning_id": ["W1"], "key": ["K1"], "measure": ["销量"], "before": [100.0], "benchmark": [1.1]}
    )
    target = method135.draft_plan(flagged, "2024-05")["target"].iloc[0]
    assert method135.warnings(row(100, target - 0.01, 1.1))["flag_index"].iloc[0]
    assert method135.warnings(row(100, target, 1.1))["flag_index"].iloc[0], "0.8 is counted in"
    assert not method135.warnings(row(100, target + 0.01, 1.1))["flag_index"].iloc[0]
    by_rate = policy.load("method135").replace(warning__reading="rate")
    target = method135.draft_plan(flagged, "2024-05", by_rate)["target"].iloc[0]
    assert target == 108
    assert method135.warnings(row(100, target - 0.01, 1.1), by_rate)["flag"].iloc[0]
    assert not method135.warnings(row(100, target + 0.01, 1.1), by_rate)["flag"].iloc[0]
    assert method135.draft_plan(flagged.head(0), "2024-05").empty


@pytest.mark.parametrize("month", ["五月", "2024-13", "2024"])
def test_a_month_that_is_none_is_told(month: str) -> None:
    with pytest.raises(DomainError, match="月份"):
        method135.draft_plan(pd.DataFrame(), month)


def test_demand_is_due_before_the_25th_and_confirmed_on_the_last_working_day() -> None:
    assert method135.demand_deadlines(2024, 9) == (dt.date(2024, 9, 25), dt.date(2024, 9, 30))
    assert method135.demand_deadlines(2025, 1)[1] == dt.date(2025, 1, 27)
