"""Visits: do the days suffice, does a plan keep the rules, what does the log say."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import datasets, policy, visits
from coursekit.errors import ContentError, DomainError

# --- capacity -----------------------------------------------------------------------------------------

CUSTOMERS = datasets.load("customers")


def test_the_countys_month_fits_with_five_minutes_on_the_road() -> None:
    table = visits.required_visits(CUSTOMERS)
    assert table["customers"].sum() == 308
    assert table["visits"].sum() == 18 * 4 + 100 * 2 + 141 + 41 + 7 + 1
    work = visits.capacity(CUSTOMERS, 5)
    assert work.feasible
    assert work.over == 0
    assert work.days_needed <= work.days


def test_a_second_visit_to_three_stars_does_not_fit_and_by_how_much() -> None:
    rules = policy.load("visits").replace(frequency__3=2)
    work = visits.capacity(CUSTOMERS, 5, rules)
    assert not work.feasible
    assert work.over == pytest.approx(work.needed - 20 * 390)
    assert work.days_needed > 20


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.floats(0, 60))
def test_more_customers_never_need_less(stars: list[int], travel: float) -> None:
    table = pd.DataFrame({"cust_id": [f"K{i}" for i in range(len(stars))], "star": stars})
    whole, part = visits.capacity(table, travel), visits.capacity(table.head(len(stars) // 2 + 1), travel)
    assert whole.needed >= part.needed
    assert whole.feasible == (whole.over == 0)
    assert whole.days_needed * whole.day_minutes >= whole.needed - 1e-6


@pytest.mark.parametrize("star", [None, 6, "五"])
def test_a_star_that_is_none_names_the_customer(star: object) -> None:
    with pytest.raises(DomainError, match=r"第 1 行\(K1\)的 star"):
        visits.required_visits(pd.DataFrame({"cust_id": ["K1"], "star": [star]}))


def test_a_frequency_that_cannot_fit_is_told() -> None:
    rules = policy.load("visits").replace(cycle__weeks=1, frequency__5=6)
    with pytest.raises(DomainError, match=r"frequency\.5"):
        visits.required_visits(CUSTOMERS, rules)
    with pytest.raises(ContentError, match="0 到 20"):
        policy.load("visits").replace(frequency__5=21)


def test_a_month_is_not_four_weeks() -> None:
    assert visits.per_month(4) > 4
    with pytest.raises(DomainError, match="每周期"):
        visits.per_month(-1)


# --- plan ---------------------------------------------------------------------------------------------

SHOPS = pd.DataFrame(
    {
        "cust_id": ["K1", "K2", "K3", "K4"],
        "route": ["A", "A", "A", "B"],
        "star": [5, 3, 0, 5],
        "market": ["C"] * 4,
    }
)
GOOD = pd.DataFrame(
    {
        "date": ["2024-06-17", "2024-06-17", "2024-06-18"],
        "cust_id": ["K1", "K2", "K4"],
        "purpose": ["看库存", "理柜台", "答复问题"],
    }
)
ISSUES = pd.DataFrame({"issue_id": ["W1"], "cust_id": ["K4"]})


def test_a_plan_that_keeps_the_rules_has_no_breach_and_a_high_score() -> None:
    assert visits.check_plan(GOOD, SHOPS, ISSUES).empty
    score = visits.score_plan(GOOD, SHOPS, ISSUES)
    assert score["no_violation"] == 40
    assert score["issues"] == score["frequency"] == 25
    assert score["total"] == pytest.approx(sum(v for k, v in score.items() if k != "total"))


def with_row(**row: object) -> pd.DataFrame:
    return pd.concat(
        [GOOD, pd.DataFrame([{"date": "2024-06-17", "cust_id": "K3", "purpose": "看库存", **row}])]
    )


@pytest.mark.parametrize(
    ("plan", "rule", "row"),
    [
        (with_row(cust_id="K9"), "unknown_customer", 4),
        (with_row(cust_id="K1"), "doubled", 4),
        (with_row(purpose=""), "no_purpose", 4),
        (with_row(purpose="  "), "no_purpose", 4),
        (with_row(purpose=None), "no_purpose", 4),
        (with_row(date="2024-06-22"), "not_working", 4),
        (with_row(date="2024-06-23"), "not_working", 4),
        (with_row(date="2024-06-18"), "two_routes", 3),
        (GOOD[GOOD["cust_id"] != "K4"], "five_star_missed", None),
        (GOOD[GOOD["cust_id"] != "K4"], "issue_missed", None),
    ],
)
def test_each_breach_is_found_with_its_row(plan: pd.DataFrame, rule: str, row: int | None) -> None:
    found = visits.check_plan(plan, SHOPS, ISSUES)
    hits = found[found["rule"] == rule]
    assert len(hits) == 1
    assert pd.isna(hits["row"].iloc[0]) if row is None else hits["row"].iloc[0] == row
    assert hits["text"].iloc[0] == visits.RULES[rule]
    assert visits.score_plan(plan, SHOPS, ISSUES)["total"] < visits.score_plan(GOOD, SHOPS, ISSUES)["total"]


def test_a_holiday_on_a_weekday_and_a_sunday_worked_for_it_are_told_apart() -> None:
    dragon_boat = GOOD.assign(date=["2024-06-10", "2024-06-11", "2024-06-11"])
    assert visits.check_plan(dragon_boat, SHOPS, ISSUES)["what"].tolist()[0] == "2024-06-10"
    worked = GOOD.assign(date=["2024-09-14", "2024-09-14", "2024-09-13"])
    assert visits.check_plan(worked, SHOPS, ISSUES).empty


def test_a_day_too_full_is_found_by_heads_and_by_minutes() -> None:
    shops = pd.DataFrame({"cust_id": [f"K{i}" for i in range(31)], "route": "A", "star": 4, "market": "C"})
    plan = shops[["cust_id"]].assign(date="2024-06-17", purpose="看库存")
    found = visits.check_plan(plan, shops)
    assert found["rule"].tolist() == ["over_visits"]
    rules = policy.load("visits").replace(cycle__day_minutes=360)
    assert set(visits.check_plan(plan, shops, rules=rules)["rule"]) == {"over_visits", "over_minutes"}
    country = shops.assign(market="X")
    assert "over_visits" in set(visits.check_plan(plan.head(26), country)["rule"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"date": "下周一"}, "2024-06-17 这样"),
        ({"date": None}, "date"),
        ({"cust_id": None}, "cust_id"),
        ({"date": "2024-06-24"}, r"第 4 行\(K3\)的 date.*同一周"),
        ({"date": "2024-06-16"}, r"第 4 行\(K3\)的 date.*同一周"),
    ],
)
def test_a_plan_that_cannot_be_judged_is_told(change: dict[str, object], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        visits.check_plan(with_row(**change), SHOPS)
    with pytest.raises(DomainError, match="purpose"):
        visits.check_plan(GOOD.drop(columns="purpose"), SHOPS)


def test_score_weights_that_do_not_sum_are_told() -> None:
    with pytest.raises(DomainError, match="合计 100 分"):
        visits.score_plan(GOOD, SHOPS, ISSUES, rules=policy.load("visits").replace(score__balance=20))


DAY = st.dates(dt.date(2024, 6, 17), dt.date(2024, 6, 21)).map(str)
ROW = st.tuples(DAY, st.sampled_from(["K1", "K2", "K3", "K4", "K9"]), st.sampled_from(["看库存", "", None]))


@given(st.lists(ROW, min_size=1, max_size=30))
def test_any_plan_is_judged_and_its_score_lies_between_0_and_100(
    rows: list[tuple[str, str, str | None]],
) -> None:
    plan = pd.DataFrame(rows, columns=["date", "cust_id", "purpose"])
    score = visits.score_plan(plan, SHOPS, ISSUES)
    assert 0 <= score["total"] <= 100
    doubled = plan.duplicated(["date", "cust_id"]).sum()
    found = visits.check_plan(plan, SHOPS, ISSUES)
    assert (found["rule"] == "doubled").sum() == doubled
    assert (found["rule"] == "unknown_customer").sum() == (plan["cust_id"] == "K9").sum()


# --- log ----------------------------------------------------------------------------------------------

LOG = pd.DataFrame(
    {
        "plan_id": ["J1", "J2", "J3", "J4", "J5"],
        "date": pd.to_datetime(["2024-05-31", "2024-05-06", "2024-05-07", "2024-05-08", "2024-05-09"]),
        "cust_id": ["K1", "K1", "K2", "K4", "K4"],
        "planned": [True, True, True, True, False],
        "arrive": pd.to_datetime(["2024-06-03 09:00", "2024-05-06 09:00", None, None, "2024-05-09 10:00"]),
        "leave": pd.to_datetime(["2024-06-03 09:20", "2024-05-06 09:03", None, None, "2024-05-09 10:30"]),
        "purpose": ["看库存", None, "看库存", "看库存", "急访"],
        "result": ["已完成", None, None, None, "已完成"],
        "reason": ["推迟一个工作日", None, "客户外出", None, None],
    }
)


def test_breaches_of_a_log_and_what_is_none() -> None:
    found = visits.check_log(LOG)
    assert list(zip(found["plan_id"], found["breach"], strict=True)) == [
        ("J2", "short"), ("J2", "no_purpose"), ("J2", "no_result"), ("J4", "missed"),
    ]  # fmt: skip


def test_the_log_in_numbers() -> None:
    summary = visits.summarize_log(LOG)
    assert (summary.planned, summary.executed, summary.excused, summary.missed) == (4, 2, 1, 1)
    assert (summary.urgent, summary.short) == (1, 1)
    assert summary.execution_rate == 0.5


def test_a_visit_counts_in_the_month_it_was_made() -> None:
    may = visits.shortfalls(LOG, SHOPS, "2024-05").set_index("cust_id")
    assert may.loc["K1", "made"] == 1
    assert visits.shortfalls(LOG, SHOPS, "2024-06").set_index("cust_id").loc["K1", "made"] == 1
    assert may.loc["K4", "short"] == 3


def test_a_shop_that_joined_in_the_month_is_not_counted_short() -> None:
    joined = pd.to_datetime(["2020-01-01"] * 3 + ["2024-05-20"])
    assert "K4" not in set(visits.shortfalls(LOG, SHOPS.assign(joined=joined), "2024-05")["cust_id"])


@pytest.mark.parametrize(
    ("row", "change", "told"),
    [
        (0, {"leave": pd.Timestamp("2024-06-03 08:00")}, "离店不早于到店"),
        (0, {"leave": pd.NaT}, "都有"),
        (0, {"leave": pd.Timestamp("2024-06-04 09:00")}, "同一天"),
        (1, {"plan_id": "J1"}, "没有出现过"),
        (1, {"cust_id": None}, "cust_id"),
    ],
)
def test_a_row_that_contradicts_itself_is_named(row: int, change: dict[str, object], told: str) -> None:
    log = LOG.copy()
    for column, value in change.items():
        log.loc[row, column] = value
    with pytest.raises(DomainError, match=rf"第 {row + 1} 行.*{told}"):
        visits.check_log(log)


@pytest.mark.parametrize("month", ["五月", "2023-01", "2024-13"])
def test_a_month_without_visits_is_told(month: str) -> None:
    with pytest.raises(DomainError, match=r"月|2024-05"):
        visits.shortfalls(LOG, SHOPS, month)


def test_a_visit_to_a_shop_nobody_knows_is_told() -> None:
    with pytest.raises(DomainError, match="客户表里有的客户"):
        visits.shortfalls(LOG.assign(cust_id="K8"), SHOPS, "2024-05")


def test_the_shipped_log_has_the_planted_shares() -> None:
    log = datasets.load("visits")
    summary = visits.summarize_log(log)
    assert 0.93 < summary.execution_rate < 0.98
    assert summary.planned == summary.executed + summary.excused + summary.missed
    found = visits.check_log(log)["breach"].value_counts()
    assert 0.01 < found["short"] / summary.executed < 0.05
    assert 0.01 < found["no_purpose"] / summary.executed < 0.04
