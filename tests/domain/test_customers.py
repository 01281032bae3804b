"""Customers: totals side by side, faults found and not mended, classes by left-closed limits."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import customers, datasets, policy
from coursekit.domain.customers.bands import Band
from coursekit.domain.generators import customers_raw
from coursekit.errors import DomainError


def shops(**columns: object) -> pd.DataFrame:
    size = max(len(c) for c in columns.values() if isinstance(c, list))
    return pd.DataFrame({"cust_id": [f"K{i}" for i in range(1, size + 1)], **columns})


# --- totals -------------------------------------------------------------------------------------------


def test_the_raw_file_counts_308_309_310() -> None:
    counts = customers.head_count(datasets.load("customers_raw"))
    assert counts["线路合计"] == counts["许可证号不重复"] == 308
    assert counts["星级合计（不含未定级）"] == 309
    assert counts["星级合计（含未定级）"] == counts["行数"] == 310


def test_differences_are_reported_not_mended() -> None:
    totals = {"线路": 308, "星级": 309, "星级加新户": 310}
    report = customers.reconcile(totals, "线路")
    assert report["difference"].tolist() == [0, 1, 2]
    assert report["total"].tolist() == list(totals.values())
    assert report["agrees"].tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("totals", "told"), [({"a": 1}, "下列之一：a"), ({"b": -1}, "整数"), ({"b": 1.5}, "整数")]
)
def test_reconcile_refuses_what_is_no_total(totals: dict[str, float], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        customers.reconcile(totals, "b")  # type: ignore[arg-type]


def test_coverage_and_both_readings_of_online() -> None:
    table = datasets.load("customers")
    assert str(customers.coverage(table)) == "电子结算覆盖率 278/308 = 90.26%"
    assert customers.coverage(table).rest == 30
    of_all, of_settled = customers.online_shares(table)
    assert (round(of_all.value, 4), round(of_settled.value, 4)) == (0.0390, 0.0432)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (shops(e_settle=[True, None]), r"第 2 行\(K2\)的 e_settle.*空着"),
        (shops(e_settle=[True, 90]), r"第 2 行\(K2\).*True 或 False"),
        (pd.DataFrame({"cust_id": ["K1", "K1"], "e_settle": [True, True]}), "没有出现过的编码"),
        (pd.DataFrame({"cust_id": ["K1"]}), "有这些列：e_settle"),
        (pd.DataFrame({"cust_id": [], "e_settle": []}), "至少一行"),
        ([1, 2], "一张表"),
    ],
)
def test_coverage_of_a_bad_table_names_row_and_rule(table: pd.DataFrame, told: str) -> None:
    with pytest.raises(DomainError, match=told):
        customers.coverage(table)


# --- cleaning -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("variant", [None, "kh0001", "kh0002", "t-17"])
def test_planted_faults_are_found_and_little_else(variant: str | None) -> None:
    """Precision and recall over (customer, field) of the planted single-field faults: 0.9 and more."""
    raw, good = pd.DataFrame(customers_raw.rows(variant)), pd.DataFrame(customers_raw.truth(variant))
    both = raw.set_index("cust_id").join(good.set_index("cust_id"), how="inner", suffixes=("", "_good"))
    fields = ("licence_no", "owner", "phone", "scale", "joined", "lon")
    planted = {
        (shop, field)
        for field in fields
        for shop in both.index[(both[field].fillna("") != both[f"{field}_good"].fillna(""))]
    }
    loaded = datasets.load("customers_raw", variant)
    report = customers.cleaning_report(loaded)
    report = report[~report["rule"].isin(["licence_doubled", "route_unknown"])]
    found = set(zip(report["cust_id"], report["field"], strict=True))
    phantoms = set(raw["cust_id"]) - set(good["cust_id"])
    found = {(shop, field) for shop, field in found if shop not in phantoms}
    assert len(found & planted) / len(planted) >= 0.9
    assert len(found & planted) / len(found) >= 0.9


def test_phantom_rows_are_found_twice_over() -> None:
    report = customers.cleaning_report(datasets.load("customers_raw"))
    assert (report["rule"] == "route_unknown").sum() == 2
    assert (report["rule"] == "licence_doubled").sum() == 4, "the old record and the true one, each"


def test_the_clean_file_has_no_finding_and_the_table_is_left_alone() -> None:
    table = datasets.load("customers_raw")
    before = table.copy(deep=True)
    customers.cleaning_report(table)
    pd.testing.assert_frame_equal(table, before)
    assert customers.cleaning_report(datasets.load("customers")).empty


def test_every_rule_of_the_report_can_be_met() -> None:
    table = datasets.load("customers").head(12).copy()
    table["cust_id"] = [None, "K2", "K2", *[f"K{i}" for i in range(3, 12)]]
    for row, (field, value) in enumerate(
        [("name", None), ("star", 7), ("lon", None), ("phone", None), ("joined", None)], start=3
    ):
        table[field] = table[field].astype("object")
        table.iloc[row, table.columns.get_loc(field)] = value
    found = set(customers.cleaning_report(table)["rule"])
    assert {
        "id_missing", "id_doubled", "name_missing", "star_unknown", "position_missing", "phone_form", "joined_future",
    } <= found  # fmt: skip


# --- bands and stars ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tons", "expected"),
    [
        (0, "普通"),
        (999.99, "普通"),
        (1000, "一星"),
        (1999, "一星"),
        (2000, "二星"),
        (3000, "三星"),
        (9e9, "三星"),
    ],
)
def test_a_value_on_the_limit_belongs_above(tons: float, expected: str) -> None:
    bands = customers.bands_of(policy.load("stars")["petroleum.tons"])
    assert customers.grade(pd.Series([tons]), bands).tolist() == [expected]


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6, unique=True),
    st.lists(st.floats(-2e6, 2e6), min_size=1),
)
def test_every_value_is_in_its_band_and_order_is_kept(lows: list[float], values: list[float]) -> None:
    bands = customers.bands_of([[low, rank] for rank, low in enumerate(sorted(lows))])
    names = customers.grade(pd.Series(values), bands)
    for value, name in zip(values, names, strict=True):
        below = [low for low in lows if low <= value]
        assert name == (len(below) - 1 if below else None)
    assert sum(customers.count_bands(names, bands).values()) == names.notna().sum()


@pytest.mark.parametrize("value", [None, math.nan, math.inf, "三千"])
def test_a_value_that_is_no_number_gets_no_band(value: object) -> None:
    with pytest.raises(DomainError, match="第 1 行"):
        customers.grade(pd.Series([value], dtype="object"), (Band(0, "低"),))


@pytest.mark.parametrize("steps", [[], [[1, "a"], [1, "b"]], [[math.nan, "a"]]])
def test_bands_that_are_none_are_told(steps: list[list[object]]) -> None:
    with pytest.raises(DomainError):
        customers.bands_of(steps)


@pytest.mark.parametrize(
    ("bundles", "points"), [(15, 15), (14.99, 14.5), (12, 14.5), (11.9, 14), (5, 13), (1, 5), (0.5, 3)]
)
def test_fujian_volume_points_at_the_boundaries(bundles: float, points: float) -> None:
    table = shops(cartons=[bundles * 50], class1_cartons=[0], sales=[bundles * 50 * 100.0])
    assert customers.fujian_points(table)["volume"].tolist() == [points]


@pytest.mark.parametrize(("price", "points"), [(150, 15), (149.99, 14), (60, 6), (59.99, None)])
def test_fujian_price_points_end_where_the_published_part_ends(price: float, points: float | None) -> None:
    result = customers.fujian_points(shops(cartons=[100], class1_cartons=[26], sales=[100 * price]))
    assert result["class1_share"].tolist() == [10]
    if points is None:
        assert result[["carton_price", "points"]].isna().all(axis=None)
    else:
        assert result["carton_price"].tolist() == [points]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"cartons": [0], "class1_cartons": [0], "sales": [1]}, "cartons"),
        ({"cartons": [5], "class1_cartons": [6], "sales": [1]}, "不超过总条数 5"),
        ({"cartons": [5], "class1_cartons": [1], "sales": [-1]}, "sales"),
        ({"cartons": ["五"], "class1_cartons": [1], "sales": [1]}, "一个数"),
    ],
)
def test_a_shop_that_cannot_be_scored_is_told(columns: dict[str, list[object]], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        customers.fujian_points(shops(**columns))


def test_stars_follow_the_cuts_and_stay_missing_without_points() -> None:
    stars = customers.stars_from_points(pd.Series([36, 35.99, 31, 25, 19, 0, None]))
    assert stars.tolist()[:-1] == [5, 4, 4, 3, 2, 1]
    assert stars.isna().tolist()[-1]


def test_star_cuts_in_the_wrong_order_are_told() -> None:
    with pytest.raises(DomainError, match="一档比一档低"):
        customers.stars_from_points(pd.Series([1]), policy.load("stars").replace(star_cuts__four=37))


# --- segments -----------------------------------------------------------------------------------------

SEGMENT_CASES = [
    (70, 0, 0, "high"), (69.9, 0, 0, "medium"), (40, 100, 100, "medium"),
    (39.9, 50, 0, "low_dependent"), (0, 49.9, 50, "low_hard"), (0, 0, 49.9, "low_small"),
]  # fmt: skip


@pytest.mark.parametrize(("coop", "dependence", "value", "expected"), SEGMENT_CASES)
def test_segments_at_their_limits(coop: float, dependence: float, value: float, expected: str) -> None:
    table = customers.segments(shops(coop=[coop], dependence=[dependence], value=[value]))
    assert table["segment"].tolist() == [expected]
    assert table["actions"].str.len().gt(0).all()


@pytest.mark.parametrize("bad", [-1, 101, None, "高"])
def test_a_score_out_of_range_names_the_customer(bad: object) -> None:
    with pytest.raises(DomainError, match=r"第 2 行\(K2\)的 coop"):
        customers.segments(shops(coop=[50, bad], dependence=[1, 1], value=[1, 1]))


def test_limits_in_the_wrong_order_are_told() -> None:
    rules = policy.load("customers").replace(segments__coop_medium=80)
    with pytest.raises(DomainError, match="小于 coop_high"):
        customers.segments(shops(coop=[1], dependence=[1], value=[1]), rules)


SCORE = st.integers(0, 100)
COOP_ROW = st.tuples(SCORE, SCORE, SCORE, st.integers(0, 12))


@given(st.lists(COOP_ROW, min_size=1, max_size=25))
def test_reallocation_keeps_the_total_and_gives_only_to_the_low_class(rows: list[tuple[int, ...]]) -> None:
    coop, dependence, value, now = (list(column) for column in zip(*rows, strict=True))
    table = customers.reallocate_visits(shops(coop=coop, dependence=dependence, value=value, visits_now=now))
    assert table["visits_new"].sum() == sum(now)
    low = table["segment"].str.startswith("low")
    assert (table.loc[low, "change"] >= 0).all()
    assert (table.loc[table["segment"] == "high", "change"] <= 0).all()
    assert (table.loc[table["segment"] == "medium", "change"] == 0).all()
    assert not ((table["visits_new"] == 0) & (table["visits_now"] > 0)).any()
    taken = table.loc[low & (table["change"] > 0), "visits_new"]
    assert (taken <= policy.load("customers")["visits.most"]).all()
    shuffled = table.sample(frac=1, random_state=1)
    assert (
        shuffled.set_index("cust_id")["visits_new"].to_dict()
        == table.set_index("cust_id")["visits_new"].to_dict()
    )


def test_the_hard_group_gets_the_first_freed_visit() -> None:
    table = shops(coop=[90, 0, 0, 0], dependence=[0, 90, 0, 0], value=[0, 0, 90, 0], visits_now=[2, 1, 1, 1])
    result = customers.reallocate_visits(table).set_index("segment")["change"]
    assert result.to_dict() == {"high": -1, "low_dependent": 0, "low_hard": 1, "low_small": 0}


@pytest.mark.parametrize("visits", [-1, 1.5, 40, None])
def test_visits_that_cannot_be_are_told(visits: object) -> None:
    with pytest.raises(DomainError, match="visits_now"):
        customers.reallocate_visits(shops(coop=[1], dependence=[1], value=[1], visits_now=[visits]))


# --- service packages ---------------------------------------------------------------------------------


def test_everyone_gets_the_standard_service_and_nobody_gets_value_adding_unasked() -> None:
    table = customers.service_packages(datasets.load("customers"))
    standard = table[table["service"].str.contains("明码标价")]
    assert standard["cust_id"].nunique() == 308
    assert "增值性" not in set(table["kind"])
    assert table["source"].str.contains(r"S\d-\d{3}").all()


@pytest.mark.parametrize(
    ("changes", "tag"),
    [
        ({"star": 5}, "five_star"), ({"star": 4}, "middle_star"), ({"star": 3}, "middle_star"), ({"star": 2}, "low_star"),
        ({"star": 0}, "unrated"), ({"scale": 1}, "large"), ({"biz_type": "F"}, "venue"), ({"e_settle": False}, "no_settlement"),
        ({"weak": True}, "weak"), ({"invest": True}, "invest"),
        ({"scale": 1, "law_class": "A", "credit": "AA"}, "reliable"),
    ],
)  # fmt: skip
def test_each_tag_comes_from_its_condition(changes: dict[str, object], tag: str) -> None:
    plain = {"star": 1, "scale": 3, "biz_type": "Z", "law_class": "C", "credit": "C", "e_settle": True}
    assert tag in customers.customer_tags({**plain, **changes})
    if tag != "low_star":
        assert tag not in customers.customer_tags(plain)


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"star": None}, "star"), ({"star": 6}, "0、1、2、3、4、5"), ({"credit": np.nan}, "credit")],
)
def test_a_shop_with_gaps_gets_no_package(changes: dict[str, object], told: str) -> None:
    plain = {"star": 1, "scale": 3, "biz_type": "Z", "law_class": "C", "credit": "C", "e_settle": True}
    with pytest.raises(DomainError, match=told):
        customers.package_for({**plain, **changes})


# --- value --------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(lambda v: sum(v) > 0))
def test_abc_classes_stand_in_order_and_a_reaches_its_share(values: list[int]) -> None:
    table = customers.abc(shops(cartons=values), "cartons")
    assert table["abc"].is_monotonic_increasing
    assert table.loc[table["abc"] == "A", "share"].sum() >= 0.8 - 1e-9
    assert table["reached"].iloc[-1] == pytest.approx(1)


def test_ties_are_ordered_by_code_whatever_the_order_of_rows() -> None:
    table = shops(cartons=[5, 5, 5])
    assert customers.pareto_table(table, "cartons")["cust_id"].tolist() == ["K1", "K2", "K3"]
    assert customers.pareto_table(table[::-1], "cartons")["cust_id"].tolist() == ["K1", "K2", "K3"]


@pytest.mark.parametrize("values", [[0, 0], [-1, 2], [None, 2]])
def test_a_total_that_cannot_be_shared_is_told(values: list[object]) -> None:
    with pytest.raises(DomainError, match="cartons"):
        customers.abc(shops(cartons=values), "cartons")


def test_abc_cuts_that_make_no_sense_are_told() -> None:
    rules = policy.load("customers").replace(abc__cuts=[0.95, 0.8])
    with pytest.raises(DomainError, match=r"abc\.cuts"):
        customers.abc(shops(cartons=[1]), "cartons", rules)


def test_top_share_rounds_the_heads_up() -> None:
    assert customers.top_share(shops(q=[5, 3, 2]), "q", 0.5) == pytest.approx(0.8)
    with pytest.raises(DomainError, match="占比"):
        customers.top_share(shops(q=[5]), "q", 1.5)


DEGREES = {
    "satisfaction": [95, 60, 85], "cycles_ordered": [26, 26, 10], "cycles": [26, 26, 26], "margin": [900, 100, 500],
    "cigarette_sales": [70, 70, 70], "all_sales": [100, 100, 100],
}  # fmt: skip


def test_satisfaction_goes_first_then_the_weakest_degree() -> None:
    result = customers.four_degrees(shops(**DEGREES))
    assert result["first"].tolist() == ["", "满意度", "忠诚度"]
    assert result["contribution"].tolist() == pytest.approx([100, 100 / 3, 200 / 3])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"cycles": [26, 0, 26]}, r"K2.*cycles"),
        ({"all_sales": [1, 100, 100]}, r"K1.*all_sales"),
        ({"satisfaction": [101, 1, 1]}, "0 到 100"),
    ],
)
def test_degrees_of_impossible_numbers_are_told(changes: dict[str, list[int]], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        customers.four_degrees(shops(**{**DEGREES, **changes}))
