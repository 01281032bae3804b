"""Stores: figures of the seed's shop to the digit, margins, stock, targets that cannot all bind, SWOT."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import datasets, policy, stores
from coursekit.domain.stores import Base, StockRule, Targets
from coursekit.errors import DomainError

LEDGER = datasets.load("shop_ledger")
WEEK = StockRule(cycle_days=7, lead_days=1, safety_days=3)
PRICE = st.floats(0.01, 1e4)


def test_the_seeds_shop_to_the_digit() -> None:
    totals = stores.ledger_totals(LEDGER)
    assert (totals["cartons"], totals["sales"], totals["profit"]) == (346, 17816.00, 1425.28)
    assert round(totals["price"], 2) == 51.49
    assert totals["margin"] == pytest.approx(0.08)


def test_shares_of_volume_and_of_sales_are_two_things() -> None:
    table = stores.ledger_by_class(LEDGER)
    assert round(table.loc[[1, 2], "share_cartons"].sum(), 2) == 0.27
    assert table.loc[[1, 2], "share_sales"].sum() > 0.5
    for part in ("cartons", "sales", "profit"):
        assert table[f"share_{part}"].sum() == pytest.approx(1)


def test_a_class_that_did_not_sell_has_zeros_and_no_price() -> None:
    table = stores.ledger_by_class(LEDGER[LEDGER["class"] != 1])
    assert table.loc[1, "cartons"] == 0
    assert pd.isna(table.loc[1, "price"])


def test_only_cartons_make_sense_of_346_for_17816() -> None:
    readings = stores.unit_readings(346, 17816).set_index("unit")
    assert readings.index[readings["plausible"]].tolist() == ["条"]
    assert round(readings.loc["件", "price"], 2) == 1.03


@pytest.mark.parametrize("limits", [[20], [250, 20], [1, 2, 3]])
def test_price_limits_that_make_no_range_are_told(limits: list[int]) -> None:
    rules = policy.load("stores").replace(carton_price__plausible=limits)
    with pytest.raises(DomainError, match="由小到大两个数"):
        stores.unit_readings(346, 17816, rules)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("qty", -1, "不小于 0"),
        ("qty", None, "一个数"),
        ("class", 6, "1、2、3、4、5"),
        ("price", "贵", "一个数"),
        ("cost", math.inf, "不超过一万亿"),
    ],
)
def test_a_bad_row_of_the_ledger_is_named(column: str, value: object, told: str) -> None:
    ledger = LEDGER.head(3).astype({column: "object"})
    ledger.iloc[1, ledger.columns.get_loc(column)] = value
    with pytest.raises(DomainError, match=rf"第 2 行.*{column}.*{told}"):
        stores.ledger_totals(ledger)


def test_a_ledger_without_sales_has_no_totals() -> None:
    with pytest.raises(DomainError, match="大于 0"):
        stores.ledger_totals(LEDGER.assign(qty=0))


@given(PRICE, PRICE)
def test_margin_on_price_and_on_cost_are_one_margin(price: float, cost: float) -> None:
    on_price, on_cost = stores.margin_on_price(price, cost), stores.margin_on_cost(price, cost)
    assert stores.to_margin_on_price(on_cost) == pytest.approx(on_price, rel=1e-6, abs=1e-9)
    assert stores.to_margin_on_cost(on_price) == pytest.approx(on_cost, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    "call",
    [
        lambda: stores.margin_on_price(0, 1),
        lambda: stores.margin_on_cost(1, 0),
        lambda: stores.margin_on_price(math.nan, 1),
        lambda: stores.to_margin_on_cost(1),
        lambda: stores.to_margin_on_price(-1),
        lambda: stores.carton_price(100, 0),
        lambda: stores.carton_price(100, None),  # type: ignore[arg-type]
        lambda: stores.stock_days(-1, 1),
        lambda: stores.unit_readings(0, 1),
        lambda: stores.payback_months(-1, 1),
        lambda: stores.change({"a": 1}, {"b": 1}),
        lambda: stores.change({}, {}),
    ],
)
def test_impossible_numbers_are_told(call: object) -> None:
    with pytest.raises(DomainError):
        call()  # type: ignore[operator]


# --- stock --------------------------------------------------------------------------------------------


def test_stock_that_nobody_buys_lasts_for_ever() -> None:
    assert stores.stock_days(5, 0) == math.inf
    assert stores.stock_days(0, 0) == 0
    assert stores.lost_sales(0, 0, 7) == 0


@given(st.floats(0, 1000), st.floats(0, 100))
def test_after_ordering_the_stock_lasts_past_the_next_delivery(stock: float, pace: float) -> None:
    ordered = stores.order_quantity(stock, pace, WEEK)
    assert ordered >= 0
    held = stock + ordered
    assert held >= pace * 11 - 1e-6
    if ordered:
        assert held < pace * 11 + 1 + 1e-6, "not a carton too many"


@given(st.floats(0, 1000), st.floats(0.01, 100), st.floats(0, 60))
def test_what_is_sold_and_lost_is_the_demand(stock: float, pace: float, wait: float) -> None:
    sold = min(stock, pace * wait)
    assert sold + stores.lost_sales(stock, pace, wait) == pytest.approx(pace * wait, rel=1e-6, abs=1e-6)


def test_stock_rule_comes_from_the_policy() -> None:
    rule = StockRule.from_policy()
    assert stores.reorder_point(5, rule) == 5 * (rule.lead_days + rule.safety_days)


def test_payback_of_a_project_without_gain_never_comes() -> None:
    assert stores.payback_months(1000, 0) == math.inf
    assert stores.payback_months(1000, -5) == math.inf
    assert stores.payback_months(0, 0) == 0


def test_change_from_zero_has_no_percent() -> None:
    assert pd.isna(stores.change({"a": 0}, {"a": 5}).loc["a", "percent"])


# --- targets ------------------------------------------------------------------------------------------


def test_the_seeds_four_targets_cannot_all_bind() -> None:
    proof = stores.prove(stores.base_from_ledger(LEDGER), stores.case_targets())
    assert not proof.all_bind
    assert not proof.claims["holds"].any()
    assert round(proof.sales_needed) == 18_000
    assert round(proof.price_needed, 2) == 40.00
    assert round(proof.profit_at_price_now) == 2_317
    assert round(proof.claims.loc[0, "left"]) == 23_171
    assert proof.price_after > proof.price_needed
    assert proof.surplus > 0


@given(
    st.floats(0.01, 0.5), st.floats(10, 5000), st.floats(0, 1), st.floats(50, 400), st.floats(5, 49), st.floats(0, 1)
)  # fmt: skip
def test_targets_built_to_fit_do_fit(
    margin: float, cartons: float, share: float, high: float, low: float, target_share: float
) -> None:
    base = Base(100, 100 * (share * high + (1 - share) * low), 50, share, high, low)
    price = target_share * high + (1 - target_share) * low
    fitting = Targets(margin, cartons, margin * cartons * price, target_share)
    assert stores.prove(base, fitting).all_bind
    assert abs(stores.prove(base, fitting).surplus) <= 1e-6 * fitting.profit
    assert not stores.prove(base, Targets(margin, cartons, fitting.profit * 1.01, target_share)).all_bind


@pytest.mark.parametrize(
    "targets",
    [
        Targets(0, 450, 1800, 0.35),
        Targets(0.1, 0, 1800, 0.35),
        Targets(0.1, 450, -1, 0.35),
        Targets(0.1, 450, 1800, 35),
        Targets(math.nan, 450, 1800, 0.35),
    ],
)
def test_targets_that_are_none_are_told(targets: Targets) -> None:
    with pytest.raises(DomainError, match="目标的"):
        stores.prove(stores.base_from_ledger(LEDGER), targets)


def test_a_shop_that_sells_one_kind_only_has_no_structure_to_move() -> None:
    with pytest.raises(DomainError, match="一、二类烟"):
        stores.base_from_ledger(LEDGER[LEDGER["class"] > 2])


# --- SWOT ---------------------------------------------------------------------------------------------

FACTORS = pd.DataFrame(
    {"factor": ["位置好", "条盒利薄", "新品上市", "假烟冲击"], "inside": [1, 1, 0, 0], "helps": [1, 0, 1, 0]}
)


def test_each_factor_has_one_box() -> None:
    assert stores.swot_table(FACTORS)["quadrant"].tolist() == list("SWOT")


@pytest.mark.parametrize(
    ("placed", "slip"), [("O", "内外放反"), ("W", "利弊放反"), ("T", "都放反"), (None, "没有放"), ("S", None)]
)
def test_slips_are_named(placed: str | None, slip: str | None) -> None:
    key = stores.swot_table(FACTORS)
    answer = key.copy()
    answer.loc[0, "quadrant"] = placed
    answer = answer.dropna(subset="quadrant")
    assert stores.check_swot(answer, key)["slip"].tolist() == ([slip] if slip else [])


def test_a_factor_placed_twice_is_told() -> None:
    key = stores.swot_table(FACTORS)
    with pytest.raises(DomainError, match="你的 SWOT 表"):
        stores.check_swot(pd.concat([key, key]), key)
