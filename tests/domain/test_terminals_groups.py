"""Terminals, group customers, delivery: thresholds included, both readings of the score, missing is no pass."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import datasets, delivery, groups, policy, terminals
from coursekit.errors import DomainError

DAY = "2024-06-30"
SHOP = {
    "cust_id": "K1", "tier": "one_diamond", "area_m2": 15, "box_positions": 40, "counters": 1, "pos_installed": True,
    "pos_level": 2, "info_point": False, "last_scan": "2024-06-23", "stock_acc": 95.0,
}  # fmt: skip


def check(**change: object) -> dict[str, bool]:
    result = terminals.check_terminals(pd.DataFrame([SHOP | change]), DAY)
    return dict(zip(result["rule"], result["passed"], strict=True))


def test_a_shop_on_every_threshold_passes() -> None:
    assert check() == {"standard": True, "pos": True, "scan": True, "stock": True}


@pytest.mark.parametrize(
    ("change", "rule", "passed"),
    [
        ({"area_m2": 14.9}, "standard", False),
        ({"tier": "two_diamond", "box_positions": 100}, "standard", True),
        ({"tier": "two_diamond", "box_positions": 99}, "standard", False),
        ({"tier": "rural_boutique", "box_positions": 60}, "standard", True),
        ({"tier": "city_boutique", "counters": 1}, "standard", False),
        ({"last_scan": "2024-06-22"}, "scan", False),
        ({"last_scan": None}, "scan", False),
        ({"pos_installed": False}, "pos", False),
        ({"pos_installed": False}, "scan", False),
        ({"stock_acc": 94.9}, "stock", False),
        ({"stock_acc": None}, "stock", False),
        ({"info_point": True, "stock_acc": 97.9}, "stock", False),
        ({"info_point": True, "stock_acc": 98}, "stock", True),
    ],
)
def test_each_threshold_and_what_is_missing(change: dict[str, object], rule: str, passed: bool) -> None:
    assert check(**change)[rule] is passed


def test_a_one_star_pos_that_is_no_information_point_has_no_accuracy_to_keep() -> None:
    assert "stock" not in check(pos_level=1)


@pytest.mark.parametrize(
    "change",
    [
        {"tier": "boutique"},
        {"area_m2": -1},
        {"stock_acc": 101},
        {"last_scan": "2024-07-01"},
        {"pos_level": 4},
        {"info_point": None},
    ],
)
def test_an_impossible_shop_is_named(change: dict[str, object]) -> None:
    with pytest.raises(DomainError, match=rf"K1.*{next(iter(change))}"):
        check(**change)


def test_the_shipped_shops_pass_in_part() -> None:
    checked = terminals.check_terminals(datasets.load("terminals"), DAY)
    assert 0.2 < terminals.pass_list(checked).mean() < 0.8
    assert len(terminals.pass_list(checked)) == 200


# --- group customers ----------------------------------------------------------------------------------


def kpi(*values: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"dept": ["甲", "乙", "丙"], "month": 1, "indicator": "volume_growth", "value": values}
    )


def test_both_readings_of_fifty_percent() -> None:
    scores = groups.rank_scores(kpi(3, 2, 1))
    assert scores.loc[["甲", "乙", "丙"], "of_half"].tolist() == [25, 15, 10]
    assert scores.loc[["甲", "乙", "丙"], "of_full"].tolist() == [50, 30, 20]


@given(st.lists(st.integers(-3, 3), min_size=3, max_size=3))
def test_ties_share_and_all_places_are_given_out(values: list[int]) -> None:
    scores = groups.rank_scores(kpi(*values))
    assert scores["of_full"].sum() == pytest.approx(100)
    assert scores["of_half"].sum() == pytest.approx(50)
    for one, other in (("甲", "乙"), ("乙", "丙")):
        left, right = ("甲乙丙".index(one), "甲乙丙".index(other))
        same = values[left] == values[right]
        assert same == (scores.loc[one, "of_full"] == pytest.approx(scores.loc[other, "of_full"]))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (kpi(1, 2, 3).head(2), "3 个部门"),
        (pd.concat([kpi(1, 2, 3)] * 2), "重复"),
        (kpi(1, 2, math.nan), "一个数"),
        (kpi(1, 2, 3).drop(columns="month"), "month"),
    ],
)
def test_scores_of_a_broken_table_are_told(table: pd.DataFrame, told: str) -> None:
    with pytest.raises(DomainError, match=told):
        groups.rank_scores(table)


def test_shares_that_do_not_sum_are_told() -> None:
    rules = policy.load("terminals").replace(group_score__shares=[50, 30, 30])
    with pytest.raises(DomainError, match="合计 100"):
        groups.rank_scores(kpi(1, 2, 3), rules)


def test_the_shipped_indicators_give_scores() -> None:
    scores = groups.rank_scores(datasets.load("group_kpi"))
    assert scores["of_half"].tolist() == pytest.approx((scores["of_full"] / 2).tolist())


STORES = [f"S{n}" for n in range(10)]


def month() -> pd.DataFrame:
    days = [f"2024-05-{d:02}" for d in (6, 13, 20, 27)]
    rows = [("market_manager", day, store) for day in days for store in STORES]
    rows += [("market_manager", "2024-05-08", "HQ"), ("customer_manager", "2024-05-09", "HQ")]
    rows += [("customer_manager", "2024-05-23", "HQ")] + [
        ("customer_manager", "2024-05-10", s) for s in STORES
    ]
    return pd.DataFrame(rows, columns=["role", "date", "place"])


def test_a_full_month_lacks_nothing_and_each_gap_is_told() -> None:
    full = month()
    assert groups.check_group_month(full, STORES, ["HQ"]).empty
    assert groups.check_group_month(full[full["date"] != "2024-05-06"], STORES, ["HQ"])["has"].tolist() == [3]
    assert groups.check_group_month(full[full["date"] != "2024-05-09"], STORES, ["HQ"])["has"].tolist() == [1]
    unseen = full[~((full["role"] == "customer_manager") & (full["place"] == "S3"))]
    assert groups.check_group_month(unseen, STORES, ["HQ"])["rule"].tolist() == ["每家门店（次）"]
    with pytest.raises(DomainError, match="place"):
        groups.check_group_month(full.assign(place="S99"), STORES, ["HQ"])


# --- delivery -----------------------------------------------------------------------------------------


def test_level_two_delivery_in_numbers() -> None:
    figures = delivery.level2_figures()
    assert (round(figures["share"], 4), figures["per_point"]) == (0.0660, 23.5)


def test_a_lonely_shop_is_served_by_the_mobile_group() -> None:
    table = pd.DataFrame(
        {"cust_id": [f"K{n}" for n in range(12)], "lon": [113.4] * 11 + [113.6], "lat": 29.3}
    )
    assert delivery.service_modes(table)["mode"].tolist() == ["fixed"] * 11 + ["mobile"]
    with pytest.raises(DomainError, match="lon"):
        delivery.service_modes(table.assign(lon=None))


def test_the_radius_is_measured_on_the_earth_that_the_roads_lie_on() -> None:
    """A degree of latitude is 111.19 km on a globe of 6371 km: 0.9995 km are within one kilometre."""
    table = pd.DataFrame({"cust_id": ["K1", "K2"], "lon": 113.4, "lat": [29.3, 29.3 + 0.9995 / 111.1949]})
    assert delivery.service_modes(table)["neighbours"].tolist() == [1, 1]


def test_the_county_has_both_kinds() -> None:
    modes = delivery.service_modes(datasets.load("customers"))["mode"].value_counts()
    assert modes["fixed"] > 100
    assert modes["mobile"] > 50
