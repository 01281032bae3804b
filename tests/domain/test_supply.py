"""Supply: points of the last cycle, allocation that loses nothing, success kept apart from coverage."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import datasets, policy, supply
from coursekit.errors import DomainError

POINTS = st.dictionaries(st.sampled_from([f"K{i:02}" for i in range(30)]), st.integers(0, 500), min_size=1)


@given(POINTS, st.integers(0, 300), st.integers(0, 15))
def test_allocation_keeps_sum_caps_and_order(points: dict[str, int], cartons: int, cap: int) -> None:
    result = supply.allocate(points, cartons, cap)
    assert result.cartons.sum() + result.left == cartons
    assert result.cartons.between(0, cap).all()
    assert set(result.cartons.index) == set(points)
    for low, high in itertools.pairwise(sorted(points, key=lambda c: points[c])):
        more = result.cartons[low] <= result.cartons[high]
        assert points[low] == points[high] or more, "more points never give less"
    takers = [c for c in points if points[c] > 0]
    assert result.left == max(0, cartons - cap * len(takers)), "nothing is kept back while somebody has room"
    assert all(result.cartons[c] == 0 for c in points if points[c] == 0)


@given(POINTS, st.integers(0, 300), st.data())
def test_allocation_with_own_caps(points: dict[str, int], cartons: int, data: st.DataObject) -> None:
    caps = {c: data.draw(st.integers(0, 20)) for c in points}
    result = supply.allocate(points, cartons, caps)
    assert result.cartons.sum() + result.left == cartons
    assert all(0 <= result.cartons[c] <= caps[c] for c in points)
    room = sum(caps[c] for c in points if points[c] > 0)
    assert result.left == max(0, cartons - room)


@given(POINTS, st.integers(0, 300), st.randoms())
def test_the_order_of_rows_does_not_matter(points: dict[str, int], cartons: int, random: object) -> None:
    rows = list(points.items())
    random.shuffle(rows)  # type: ignore[attr-defined]
    left, right = supply.allocate(points, cartons, 9).cartons, supply.allocate(dict(rows), cartons, 9).cartons
    pd.testing.assert_series_equal(left, right)


def shared_out(points: dict[str, float], supply_: int, caps: dict[str, int]) -> dict[str, int]:
    """The rule as its docstring states it, written anew: caps first, then whole parts, then largest remainders."""
    exact = {c: Fraction(str(p)) for c, p in points.items()}
    given = dict.fromkeys(points, 0)
    active, rest = {c for c in points if exact[c] and caps[c]}, supply_
    while active and rest:
        whole = sum(exact[c] for c in active)
        share = {c: exact[c] * rest / whole for c in active}
        capped = {c for c in active if share[c] >= caps[c]}
        if capped:
            given |= {c: caps[c] for c in capped}
            rest -= sum(caps[c] for c in capped)
            active -= capped
            continue
        given |= {c: int(share[c]) for c in active}
        spare = rest - sum(int(share[c]) for c in active)
        for c in sorted(active, key=lambda c: (int(share[c]) - share[c], -exact[c], c))[:spare]:
            given[c] += 1
        break
    return given


POINT = st.sampled_from([0, 0.1, 0.2, 0.3, 1, 2, 5, 7.77, 100])


@given(
    st.dictionaries(st.sampled_from("abcdefghij"), st.tuples(POINT, st.integers(0, 6)), min_size=1),
    st.integers(0, 40),
)
def test_the_share_is_the_one_of_the_rule_to_the_carton(
    rows: dict[str, tuple[float, int]], cartons: int
) -> None:
    points, caps = {c: p for c, (p, _) in rows.items()}, {c: cap for c, (_, cap) in rows.items()}
    result = supply.allocate(points, cartons, caps).cartons.to_dict()
    assert result == shared_out(points, cartons, caps)


def test_shares_without_a_cap_differ_from_proportion_by_less_than_one() -> None:
    points = {"a": 41.7, "b": 13.2, "c": 7.9, "d": 0.1}
    result = supply.allocate(points, 17, 1000).cartons
    total = sum(points.values())
    assert all(abs(result[c] - 17 * p / total) < 1 for c, p in points.items())


def test_ties_go_to_the_smaller_code() -> None:
    assert supply.allocate({"K2": 1, "K1": 1, "K3": 1}, 2, 9).cartons.to_dict() == {"K1": 1, "K2": 1, "K3": 0}


@pytest.mark.parametrize(
    ("points", "cartons", "caps"),
    [
        ({}, 1, 1),
        ({"a": -1}, 1, 1),
        ({"a": math.nan}, 1, 1),
        ({"a": "多"}, 1, 1),
        ({"a": 1}, -1, 1),
        ({"a": 1}, 1.5, 1),
        ({"a": 1}, 1, {}),
        ({"a": 1}, 1, -1),
        (pd.Series([1, 2], index=["a", "a"]), 1, 1),
    ],
)
def test_what_cannot_be_allocated_is_told(points: object, cartons: object, caps: object) -> None:
    with pytest.raises(DomainError):
        supply.allocate(points, cartons, caps)  # type: ignore[arg-type]


ORDERS = pd.DataFrame(
    {"cust_id": ["K1", "K1", "K2"], "cycle": [1, 2, 2], "class": [1, 3, 5], "qty": [10, 1, 40]}
)


def test_the_last_cycle_counts_and_not_the_same() -> None:
    assert supply.points_for_cycle(ORDERS, 2).to_dict() == {"K1": 50}
    assert supply.points_for_cycle(ORDERS, 3).to_dict() == {"K1": 3, "K2": 40}


def test_the_first_cycle_has_no_points_to_go_by() -> None:
    with pytest.raises(DomainError, match="第 0 周期"):
        supply.points_for_cycle(ORDERS, 1)


@pytest.mark.parametrize(("column", "value"), [("class", 9), ("qty", -1), ("qty", None), ("cust_id", None)])
def test_a_bad_order_is_named(column: str, value: object) -> None:
    orders = ORDERS.astype("object")
    orders.loc[1, column] = value
    with pytest.raises(DomainError, match=rf"第 2 行.*{column}"):
        supply.order_points(orders)


def test_points_that_are_all_zero_are_told() -> None:
    rules = policy.load("supply").replace(points__per_carton=[[c, 0] for c in range(1, 6)])
    with pytest.raises(DomainError, match="per_carton"):
        supply.order_points(ORDERS, rules)


def test_only_law_abiding_shops_are_eligible() -> None:
    table = pd.DataFrame({"cust_id": ["K1", "K2", "K3"], "law_class": ["A", "W", "B"]})
    assert supply.eligible(table).tolist() == ["K1", "K3"]
    with pytest.raises(DomainError, match="law_class"):
        supply.eligible(table.assign(law_class=[None, "A", "A"]))


DEBITS = pd.DataFrame(
    {
        "order_id": range(1, 9),
        "cust_id": ["K1"] * 5 + ["K2"] * 3,
        "ok": [False, False, True, False, False, True, False, True],
        "amount": [100.0] * 8,
        "fail_reason": [
            "余额不足",
            "余额不足",
            None,
            "余额不足",
            "银行系统故障",
            None,
            "忘记存款",
            None,
        ],
    }
)


def test_the_shipped_tables_give_success_and_points() -> None:
    orders = datasets.load("settlement")
    rate = supply.success_rate(orders)
    assert rate.whole == orders["ok"].notna().sum()
    assert 0.95 < rate.value < 0.96
    assert supply.fail_reasons(orders)["orders"].sum() == rate.whole - rate.part
    assert not supply.reminder_list(orders).empty
    sales = datasets.load("sales_week").merge(datasets.load("sku")[["sku", "class"]], on="sku")
    tight = datasets.load("tight_supply").iloc[0]
    points = supply.points_for_cycle(sales, tight["week"], column="week")
    week_before = sales[sales["week"] == tight["week"] - pd.Timedelta(days=7)]
    assert set(points.index) == set(week_before["cust_id"])
    fit = points[points.index.isin(supply.eligible(datasets.load("customers")))]
    given_out = supply.allocate(fit, int(tight["supply"]), 10)
    assert given_out.cartons.sum() == tight["supply"]


def test_a_balance_without_a_result_is_told() -> None:
    table = DEBITS.assign(balance=1.0).astype({"ok": "object"})
    table.loc[1, "ok"] = None
    with pytest.raises(DomainError, match=r"第 2 行.*ok"):
        supply.success_rate(table)
    assert supply.success_rate(table.assign(balance=[1, None, 1, 1, 1, 1, 1, 1])).whole == 7
    with pytest.raises(DomainError, match="开通了电子结算的订单"):
        supply.success_rate(table.assign(ok=None, balance=None))


def test_success_counts_debits_and_amount_counts_yuan() -> None:
    assert str(supply.success_rate(DEBITS)) == "电子结算成功率 3/8 单 = 37.50%"
    assert supply.success_by_amount(DEBITS).value == pytest.approx(0.375)
    heavier = DEBITS.assign(amount=[1, 1, 1, 1, 1, 995, 1, 1])
    assert supply.success_by_amount(heavier).value > 0.9


def test_reminders_look_at_the_latest_orders_and_at_money_only() -> None:
    rules = policy.load("supply").replace(reminders__recent_orders=4)
    assert supply.reminder_list(DEBITS, rules).to_dict("records") == [
        {"cust_id": "K1", "failures": 2, "orders": 4}
    ]


def test_reasons_are_counted_and_gaps_are_told() -> None:
    assert supply.fail_reasons(DEBITS)["orders"].tolist() == [3, 1, 1]
    with pytest.raises(DomainError, match=r"第 1 行.*要写原因"):
        supply.fail_reasons(DEBITS.assign(fail_reason=None))
    with pytest.raises(DomainError, match=r"第 3 行.*扣成了就空着"):
        supply.fail_reasons(DEBITS.assign(fail_reason="余额不足"))


@pytest.mark.parametrize("change", [{"ok": "成"}, {"order_id": 1}, {"cust_id": None}])
def test_a_bad_debit_is_told(change: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        supply.success_rate(DEBITS.assign(**change))


def test_supplied_never_exceeds_ordered() -> None:
    with pytest.raises(DomainError, match="供货量"):
        supply.fill_rate(5, 6)
