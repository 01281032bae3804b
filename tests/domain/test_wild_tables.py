"""Whatever stands in a learner's table, a function answers or names the fault: never another error, never a warning."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from coursekit.domain import (
    customers,
    datasets,
    delivery,
    groups,
    method135,
    service,
    stores,
    supply,
    terminals,
    visits,
)
from coursekit.domain.routing import county
from coursekit.errors import CoursekitError, DomainError

SHOPS = datasets.load("customers").head(40)
SALES = datasets.load("sales_week").iloc[::99].merge(datasets.load("sku")[["sku", "class"]], on="sku")
WEEKS = sorted(SALES["week"].unique())
LOG, DEBITS = datasets.load("visits").head(60), datasets.load("settlement").head(80)
MONTH = f"{LOG['date'].iloc[0]:%Y-%m}"
COMPLAINTS = datasets.load("complaints").head(60)
WEEK = pd.DataFrame(
    {
        "date": ["2024-06-17", "2024-06-17", "2024-06-18"],
        "cust_id": list(SHOPS["cust_id"][:3]),
        "purpose": ["促电子结算", "盘点", "宣传"],
    }
)
COMPARED = pd.DataFrame(
    {
        "object": "客户",
        "key": ["K1", "K2"],
        "measure": "销量",
        "before": [100.0, 50],
        "now": [80.0, 60],
        "benchmark": [1.0, 1.1],
    }
)
FLAGGED = method135.warnings(COMPARED).assign(warning_id=["w1", "w2"])
PLAN = pd.DataFrame(
    {
        "plan_id": ["p1", "p2"],
        "month": "2024-06",
        "source_id": ["w1", "w2"],
        "key": ["a", "b"],
        "measure": "销量",
        "action": "x",
        "target": [5.0, 6],
    }
)
RESULTS = pd.DataFrame(
    {
        "plan_id": ["p1", "p2"],
        "executed": [True, False],
        "before": [1.0, 2],
        "after": [4.0, None],
        "reason": ["", "下雨"],
    }
)
MENDED = pd.DataFrame(
    {"improvement_id": ["i1"], "plan_id": ["p1"], "cause": "c", "action": "a", "next_plan_id": ["p1"]}
)
NO_ISSUES = pd.DataFrame({"cust_id": [], "issue_id": []})


def _loop(plan: pd.DataFrame, results: pd.DataFrame) -> pd.DataFrame:
    return method135.check_loop(method135.Cycle(FLAGGED, plan, results, MENDED, PLAN))


USES: dict[str, tuple[Callable[[pd.DataFrame], Any], pd.DataFrame]] = {
    "required_visits": (visits.required_visits, SHOPS),
    "capacity": (lambda t: visits.capacity(t, 5), SHOPS),
    "check_plan": (lambda t: visits.check_plan(t, SHOPS), WEEK),
    "check_plan, shops": (lambda t: visits.check_plan(WEEK, t), SHOPS),
    "score_plan": (lambda t: visits.score_plan(t, SHOPS, NO_ISSUES), WEEK),
    "check_log": (visits.check_log, LOG),
    "summarize_log": (visits.summarize_log, LOG),
    "shortfalls": (lambda t: visits.shortfalls(t, datasets.load("customers"), MONTH), LOG),
    "two_periods": (lambda t: method135.two_periods(t, WEEKS[:1], WEEKS[1:2]), SALES),
    "warnings": (method135.warnings, COMPARED),
    "draft_plan": (lambda t: method135.draft_plan(t, "2024-06"), FLAGGED),
    "evaluate, plan": (lambda t: method135.evaluate(t, RESULTS), PLAN),
    "evaluate, results": (lambda t: method135.evaluate(PLAN, t), RESULTS),
    "check_loop, plan": (lambda t: _loop(t, RESULTS), PLAN),
    "check_loop, results": (lambda t: _loop(PLAN, t), RESULTS),
    "large_customers": (method135.large_customers, SHOPS.assign(cartons=100.0)),
    "base_from_ledger": (stores.base_from_ledger, datasets.load("shop_ledger").head(60)),
    "ledger_by_class": (stores.ledger_by_class, datasets.load("shop_ledger").head(60)),
    "eligible": (supply.eligible, SHOPS),
    "fail_reasons": (supply.fail_reasons, DEBITS),
    "reminder_list": (supply.reminder_list, DEBITS),
    "success_rate": (supply.success_rate, DEBITS),
    "success_by_amount": (supply.success_by_amount, DEBITS),
    "order_points": (supply.order_points, SALES),
    "cleaning_report": (customers.cleaning_report, datasets.load("customers_raw").head(40)),
    "coverage": (customers.coverage, SHOPS),
    "head_count": (customers.head_count, SHOPS),
    "online_shares": (customers.online_shares, SHOPS),
    "segments": (customers.segments, datasets.load("coop190").head(40)),
    "reallocate_visits": (customers.reallocate_visits, datasets.load("coop190").head(40)),
    "abc": (lambda t: customers.abc(t, "value"), datasets.load("coop190").head(40)),
    "service_packages": (customers.service_packages, SHOPS),
    "check_complaints": (lambda t: service.check_complaints(t, dt.date(2024, 12, 1)), COMPLAINTS),
    "check_callbacks": (service.check_callbacks, COMPLAINTS),
    "respond_to_all": (service.respond_to_all, datasets.load("events")),
    "score_satisfaction": (service.score_satisfaction, datasets.load("satisfaction").head(40)),
    "check_terminals": (lambda t: terminals.check_terminals(t, "2024-12-31"), datasets.load("terminals").head(40)),
    "rank_scores": (groups.rank_scores, datasets.load("group_kpi")),
    "service_modes": (delivery.service_modes, SHOPS),
    "county": (county, SHOPS),
}  # fmt: skip
WILD: list[Any] = [
    None, np.nan, pd.NA, pd.NaT, "", "  ", "x", "五", -1, -1e9, 0, 1e308, float("inf"), "1,000", "３", True, [1], {},
    dt.date(1, 1, 1), "2024-02-30", pd.Timestamp("2262-01-01"), 2**70, 1.5, 1j, b"x",
    pd.Timestamp("2024-01-01", tz="Asia/Shanghai"),
]  # fmt: skip


def wild(table: pd.DataFrame, source: random.Random) -> pd.DataFrame:
    """The table with one thing wrong, or one thing unusual, about it."""
    columns = list(table.columns)
    column = source.choice(columns)
    whole: list[Callable[[], pd.DataFrame]] = [
        lambda: table.drop(columns=column),
        lambda: table.head(0),
        lambda: pd.concat([table, table.head(3)]),
        lambda: table.sample(frac=1, random_state=source.randrange(9)),
        lambda: table.astype(object),
        lambda: table.astype(str),
        lambda: table.rename(columns={column: source.choice(columns)}),
        lambda: table.assign(**{column: [source.choice(WILD) for _ in range(len(table))]}),
    ]
    if source.random() < 0.5:
        return source.choice(whole)()
    changed = table.astype({column: object})
    changed.iat[source.randrange(len(table)), columns.index(column)] = source.choice(WILD)
    return changed


@pytest.mark.parametrize("use", USES)
def test_a_wild_table_is_answered_or_its_fault_named(use: str) -> None:
    function, table = USES[use]
    function(table)
    source = random.Random(use)
    for _ in range(25):
        try:
            function(wild(table, source))
        except CoursekitError as error:
            assert str(error)  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["2024-02-30"], "像 2024-06-17"),
        (["1,000"], "像 2024-06-17"),
        ([5], "像 2024-06-17"),
        ([pd.Timestamp("2024-06-17", tz="UTC")], "像 2024-06-17"),
        ([[1]], "一个值"),
    ],
)
def test_what_is_no_date_is_named(values: list[object], told: str) -> None:
    with pytest.raises(DomainError, match=rf"第 1 行\(.*{told}"):
        visits.check_plan(WEEK.head(1).assign(date=values), SHOPS)


@pytest.mark.parametrize(
    "written", ["2024/6/17", "2024年6月17日", "20240617", "2024.6.17", "2024-06-17 08:30"]
)
def test_a_date_may_be_written_as_people_do(written: str) -> None:
    usual = visits.check_plan(WEEK.head(1), SHOPS)
    assert visits.check_plan(WEEK.head(1).assign(date=written), SHOPS).equals(usual)


def test_two_columns_of_one_name_are_refused() -> None:
    table = SHOPS.rename(columns={"owner": "star"})
    with pytest.raises(DomainError, match="有两列都叫 star"):
        visits.required_visits(table)


def test_ids_of_two_kinds_are_refused() -> None:
    mixed = SALES.astype({"cust_id": object})
    mixed.iat[1, mixed.columns.get_loc("cust_id")] = 7
    with pytest.raises(DomainError, match=r"第 2 行\(7\).*不混着文字、日期和数"):
        supply.order_points(mixed)


def test_a_blank_id_is_a_missing_one() -> None:
    with pytest.raises(DomainError, match=r"第 1 行.*填了值"):
        visits.check_plan(WEEK.assign(cust_id=["  ", *WEEK["cust_id"][1:]]), SHOPS)
