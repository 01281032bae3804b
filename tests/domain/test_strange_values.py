"""Single values, and tables in unusual clothes: the right answer or an error that names the rule, nothing else."""

from __future__ import annotations

import datetime as dt
import decimal
import fractions
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from coursekit.domain import (
    calendar,
    checks,
    customers,
    datasets,
    facts,
    forecast,
    groups,
    method135,
    policy,
    service,
    stores,
    supply,
    terminals,
    units,
    visits,
)
from coursekit.domain.routing import county
from coursekit.errors import CoursekitError, DomainError
from tests.domain.test_wild_tables import (
    COMPLAINTS,
    NO_ISSUES,
    PLAN,
    RESULTS,
    SHOPS,
    USES,
    WEEK,
)

STRANGE: list[Any] = [
    None, np.nan, pd.NA, pd.NaT, "", "x", "五", "５", -1, 0, 1.5, True, np.True_, 10**400, 1e308, float("-inf"),
    decimal.Decimal("1.1"), decimal.Decimal("NaN"), decimal.Decimal("sNaN"), fractions.Fraction(1, 3), np.int64(3),
    np.array([1, 2]), np.array(3), [1], {}, {"a": 1}, 1j, b"5", dt.date(1, 1, 1), dt.date.max, dt.datetime(2024, 6, 17, 8),
    pd.Timestamp("2024-06-17", tz="UTC"), pd.Period("2024-06"), np.datetime64("2024-06-17"), "2024-02-30",
    "2024-06-170", 45460, pd.Series([1, 2]), pd.DataFrame({"a": [1]}), object(), "2031-01-01",
]  # fmt: skip
RULE = stores.StockRule(7, 1, 3)
PLACE = county(SHOPS)
SHOP = {"star": 5, "scale": 1, "biz_type": "F", "law_class": "B", "credit": "A", "e_settle": True}
SALE = pd.DataFrame({"week": [1, 2], "cust_id": "a", "class": 1, "qty": 1, "amount": 1})
DATED = SALE.assign(week=pd.to_datetime(["2024-06-10", "2024-06-17"]))
MISSED = pd.DataFrame({"plan_id": ["p1"], "met": [False]})
WARNED = pd.DataFrame({"warning_id": ["w"], "key": "k", "measure": "m", "before": 1, "benchmark": 1})
MET = pd.DataFrame({"role": ["market_manager"], "date": ["2024-06-17"], "place": ["s1"]})
LOG, ALL_SHOPS, TERMINALS = (
    datasets.load("visits").head(9),
    datasets.load("customers"),
    datasets.load("terminals").head(9),
)
VISIT = policy.load("visits")
DEBIT = pd.DataFrame({"order_id": [1], "cust_id": "K1", "ok": True})


def _without_text() -> policy.Policy:
    rules = policy.load("service")
    key = "emergency.weather.few"
    bad = policy.Entry("打电话", "处置", ("typical",))
    return policy.Policy(rules.name, rules.title, {**rules.entries, key: bad})


def _tagged(name: str) -> Callable[[Any], Any]:
    return lambda value: customers.customer_tags({**SHOP, name: value})


CALLS: dict[str, tuple[Callable[..., Any], list[Any]]] = {
    "units.convert": (units.convert, [346, "条", "件"]),
    "units.parse": (units.parse, ["1箱", "条"]),
    "units.split": (units.split, [346]),
    "as_date": (calendar.as_date, ["2024-06-17"]),
    "as_month": (calendar.as_month, ["2024-06"]),
    "is_working_day": (calendar.is_working_day, ["2024-06-17"]),
    "add_working_days": (calendar.add_working_days, ["2024-06-17", 3]),
    "working_days_between": (calendar.working_days_between, ["2024-06-17", "2024-06-20"]),
    "working_days_of_month": (calendar.working_days_of_month, [2024, 6]),
    "demand_deadlines": (method135.demand_deadlines, [2024, 6]),
    "complaint_due": (service.complaint_due, [dt.date(2024, 6, 17), "特殊", True]),
    "callback_due": (service.callback_due, [dt.datetime(2024, 5, 1, 16)]),
    "respond": (service.respond, ["weather", "few"]),
    "respond_to_demand": (service.respond_to_demand, ["planned", False, True, True]),
    "carton_price": (stores.carton_price, [17816, 346]),
    "unit_readings": (stores.unit_readings, [346, 17816]),
    "margin_on_price": (stores.margin_on_price, [100, 92]),
    "margin_on_cost": (stores.margin_on_cost, [100, 92]),
    "to_margin_on_cost": (stores.to_margin_on_cost, [0.08]),
    "to_margin_on_price": (stores.to_margin_on_price, [0.08]),
    "payback_months": (stores.payback_months, [3600, 150]),
    "change": (stores.change, [{"a": 1}, {"a": 2}]),
    "StockRule": (stores.StockRule, [7, 1, 3]),
    "stock_days": (stores.stock_days, [35, 5]),
    "reorder_point": (stores.reorder_point, [5, RULE]),
    "order_quantity": (stores.order_quantity, [12, 5, RULE]),
    "lost_sales": (stores.lost_sales, [20, 5, 7]),
    "capital_tied": (stores.capital_tied, [40, 92.5]),
    "quadrant": (stores.quadrant, [True, False]),
    "prove": (
        lambda *v: stores.prove(stores.Base(*v[:6]), stores.Targets(*v[6:])),
        [346, 17816, 1425.28, 0.27, 98.0, 34.3, 0.1, 450, 1800, 0.35],
    ),
    "allocate": (supply.allocate, [{"K1": 50, "K2": 30}, 7, 3]),
    "allocate, points": (lambda v: supply.allocate({"K1": v, "K2": 3}, 7, 3), [5]),
    "allocate, caps": (lambda v: supply.allocate({"K1": 5, "K2": 3}, 7, {"K1": v, "K2": 3}), [5]),
    "fill_rate": (supply.fill_rate, [200, 90]),
    "Rate": (lambda a, b: supply.Rate("成功率", a, b, "单").value, [1, 2]),
    "Share": (lambda a, b: customers.Share("覆盖率", a, b).value, [1, 2]),
    "reconcile": (customers.reconcile, [{"a": 5}, "a"]),
    "reconcile, total": (lambda v: customers.reconcile({"a": 5, "b": v}, "a"), [5]),
    "top_share": (lambda v: customers.top_share(SALE.assign(cust_id=["a", "b"]), "qty", v), [0.2]),
    "pareto_table, column": (lambda v: customers.pareto_table(SALE.assign(cust_id=["a", "b"]), v), ["qty"]),
    "bands_of": (customers.bands_of, [[[0, "a"], [1, "b"]]]),
    "Band": (lambda v: customers.grade(pd.Series([1, 2]), [customers.Band(v, "a")]), [0]),
    "grade": (customers.grade, [pd.Series([1, 2]), customers.bands_of([[0, "a"]])]),
    "stars_from_points": (customers.stars_from_points, [pd.Series([1.0, 2])]),
    **{f"customer_tags, {name}": (_tagged(name), [SHOP.get(name, True)]) for name in [*SHOP, "weak", "invest", "cust_id"]},
    "per_month": (visits.per_month, [4]),
    "capacity": (lambda v: visits.capacity(SHOPS, v), [5]),
    "check_plan, five stars": (lambda v: visits.check_plan(WEEK, SHOPS, None, v), [1]),
    "check_plan, issues": (lambda v: visits.check_plan(WEEK, SHOPS, v), [NO_ISSUES]),
    "score_plan": (lambda v, n: visits.score_plan(WEEK, SHOPS, v, n), [NO_ISSUES, 1]),
    "week_of": (lambda v: visits.week_of([[[1]]] * 20, PLACE, v), [1]),
    "week_minutes": (lambda v: visits.week_minutes(v, PLACE), [(("K0001",),)]),
    "shortfalls": (lambda v: visits.shortfalls(LOG, ALL_SHOPS, v), ["2024-02"]),
    "last_year": (forecast.last_year, [100, 0.1]),
    "growth": (forecast.growth, [100, 90]),
    "per_case": (forecast.per_case, [100, 90]),
    "accuracy": (forecast.accuracy, [90, 100]),
    "naive": (forecast.naive, [pd.Series([1, 2])]),
    "draft_plan": (lambda v: method135.draft_plan(WARNED, v), ["2024-06"]),
    "draft_improvements": (lambda v: method135.draft_improvements(MISSED, v), ["2024-06"]),
    "two_periods": (lambda a, b, by: method135.two_periods(SALE, a, b, by), [[1], [2], "cust_id"]),
    "two_periods, week": (lambda a, b: method135.two_periods(SALE, [a], [b]), [1, 2]),
    "two_periods, day": (lambda a, b: method135.two_periods(DATED, [a], [b]), ["2024-06-10", "2024-06-17"]),
    "points_for_cycle": (lambda v, c: supply.points_for_cycle(SALE, v, column=c), [2, "week"]),
    "points_for_cycle, day": (lambda v: supply.points_for_cycle(DATED, v, column="week"), ["2024-06-17"]),
    "check_complaints": (lambda v: service.check_complaints(COMPLAINTS, v), [dt.date(2024, 12, 1)]),
    "check_terminals": (lambda v: terminals.check_terminals(TERMINALS, v), [dt.date(2024, 12, 31)]),
    "check_group_month": (lambda a, b: groups.check_group_month(MET, a, b), [["s1"], ["h1"]]),
    "facts.get": (facts.get, ["S2-001"]),
    "datasets.load": (datasets.load, ["sku", "kh0001"]),
    "policy[]": (VISIT.entry, ["score.issues"]),
    "policy.section": (VISIT.section, ["score"]),
    "policy.replace": (lambda v: VISIT.replace(cycle__weeks=v), [4]),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_a_strange_value_is_answered_or_refused(name: str) -> None:
    function, good = CALLS[name]
    function(*good)
    for place in range(len(good)):
        for value in STRANGE:
            try:
                function(*good[:place], value, *good[place + 1 :])
            except CoursekitError as error:
                assert re.search("[\u4e00-\u9fff]", str(error))  # noqa: PT017 - either is right


def clothes(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The same table as pandas people keep it."""
    yield table.set_axis([0] * len(table))
    yield table.set_axis(pd.MultiIndex.from_product([range(len(table)), ["x"]]))
    yield table.rename_axis(index=table.columns[0], columns="feature")
    yield table.astype(object)
    yield table.convert_dtypes()
    yield table.astype({name: "category" for name in table.columns if table[name].dtype.kind != "M"})
    yield table.assign(
        **{
            name: [None if pd.isna(v) else decimal.Decimal(str(v)) for v in table[name]]
            for name in table.columns
            if table[name].dtype.kind == "f"
        }
    )


def same(one: Any, other: Any) -> bool:
    """Whether two answers say the same, whatever their types and index."""
    return _plain(one) == _plain(other)


def _plain(answer: Any) -> Any:
    if isinstance(answer, tuple):
        return [_plain(part) for part in answer]
    if isinstance(answer, pd.Series):
        keys = answer.index if answer.name == "points" else range(len(answer))
        return [(key, _plain(value)) for key, value in zip(keys, answer.astype(object), strict=True)]
    if isinstance(answer, pd.DataFrame):
        index = [answer.index] if answer.index.name == "star" else []
        columns = [*index, *(answer[name].astype(object) for name in answer)]
        return [list(answer.columns), [[_plain(value) for value in column] for column in columns]]
    if checks.is_missing(answer):
        return None
    number = isinstance(answer, int | float | np.number | decimal.Decimal) and not isinstance(answer, bool)
    return f"{float(answer):.9g}" if number else str(answer)


@pytest.mark.parametrize("use", USES)
def test_clothes_change_no_answer_and_no_table(use: str) -> None:
    function, table = USES[use]
    expected = function(table)
    for dressed in clothes(table):
        before = dressed.copy(deep=True)
        assert same(function(dressed), expected)
        pd.testing.assert_frame_equal(dressed, before)


@pytest.mark.parametrize("use", USES)
def test_two_lines_of_headers_are_refused(use: str) -> None:
    function, table = USES[use]
    heads = pd.MultiIndex.from_product([table.columns, [""]])
    with pytest.raises(DomainError, match="一层表头"):
        function(table.set_axis(heads, axis=1))


# --- right numbers where a wrong one was given ---------------------------------------------------------


def test_a_missing_score_gets_no_star_from_its_neighbour_of_the_same_index() -> None:
    points = pd.Series([40.0, None, 20.0], index=[0, 0, 1])
    assert customers.stars_from_points(points).tolist() == [5, pd.NA, 2]


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_a_shop_of_which_nothing_is_known_is_not_weak(missing: object) -> None:
    assert "weak" not in customers.customer_tags({**SHOP, "weak": missing})


@pytest.mark.parametrize("said", ["否", "False", 2, np.nan])
def test_a_no_in_words_is_not_taken_for_yes(said: object) -> None:
    for call in (
        lambda: customers.customer_tags({**SHOP, "weak": "否"}),
        lambda: service.complaint_due(dt.date(2024, 6, 17), "特殊", said),  # type: ignore[arg-type]
        lambda: service.respond_to_demand("planned", False, said, True),  # type: ignore[arg-type]
        lambda: service.respond_to_demand("planned", said, True, True),  # type: ignore[arg-type]
        lambda: stores.quadrant(said, True),  # type: ignore[arg-type]
    ):
        with pytest.raises(DomainError, match="True 或 False"):
            call()


def test_executed_in_words_is_not_taken_for_done() -> None:
    said = RESULTS.assign(executed=["是", "否"])
    cycle = method135.Cycle(
        WARNED, PLAN, said, MISSED.assign(improvement_id="i", cause="", action="", next_plan_id=""), PLAN
    )
    with pytest.raises(DomainError, match=r"第 1 行\(p1\)的 executed.*True 或 False"):
        method135.check_loop(cycle)
    with pytest.raises(DomainError, match=r"第 1 行\(p1\)的 met.*True 或 False"):
        method135.draft_improvements(MISSED.assign(met="否"), "2024-06")
    with pytest.raises(DomainError, match=r"第 1 行\(a\)的 passed.*True 或 False"):
        terminals.pass_list(pd.DataFrame({"cust_id": ["a"], "passed": ["False"]}))


def test_targets_copied_as_text_are_still_found() -> None:
    copied = RESULTS.assign(executed=True, before=None, after=["5.0", "6"])
    mended = MISSED.assign(improvement_id="i", cause="", action="", next_plan_id="").head(0)
    found = method135.check_loop(method135.Cycle(WARNED.assign(warning_id="w1"), PLAN, copied, mended, PLAN))
    assert found["fault"].tolist() == ["target_as_result", "target_as_result"]


def test_stars_as_text_hide_no_five_star_shop() -> None:
    with pytest.raises(DomainError, match=r"star.*下列之一"):
        visits.check_plan(WEEK, SHOPS.assign(star=SHOPS["star"].astype(str)))
    with pytest.raises(DomainError, match=r"第 1 行\(K0001\)的 star.*True"):
        visits.required_visits(SHOPS.assign(star=True))


def test_blanks_around_a_code_are_told_and_not_looked_up() -> None:
    padded = ALL_SHOPS.assign(law_class=ALL_SHOPS["law_class"] + " ")
    for call in (supply.eligible, customers.service_packages):
        with pytest.raises(DomainError, match="前后没有空格"):
            call(padded)
    with pytest.raises(DomainError, match="前后没有空格"):
        visits.check_plan(WEEK.assign(cust_id=WEEK["cust_id"] + " "), SHOPS)
    with pytest.raises(DomainError, match=r"第 1 行.*route.*前后没有空格"):
        visits.check_plan(WEEK, SHOPS.assign(route=SHOPS["route"] + " "))


def test_a_market_that_is_neither_town_nor_country_is_told() -> None:
    with pytest.raises(DomainError, match=r"第 1 行\(K0001\)的 market.*C、X"):
        visits.check_plan(WEEK, SHOPS.assign(market="城镇"))


def test_routes_of_two_kinds_are_two_routes() -> None:
    mixed = SHOPS.assign(route=[1, "A"] * (len(SHOPS) // 2))
    found = visits.check_plan(WEEK.head(2), mixed, None, 0)
    assert found[["rule", "found"]].to_numpy().tolist() == [["two_routes", "走了 1、A 线"]]


def test_an_unknown_year_in_a_plan_names_its_row() -> None:
    with pytest.raises(DomainError, match=r"第 1 行的 date.*2004"):
        visits.check_plan(WEEK.assign(date="2035-06-18"), SHOPS)


def test_days_written_two_ways_are_one_day_of_a_tour() -> None:
    week = WEEK.assign(date=["2024-06-17", "2024/6/17 08:30", "2024-06-18"])
    assert visits.own_week(week, PLACE) == visits.own_week(WEEK, PLACE)
    with pytest.raises(DomainError, match=r"第 1 行.*date"):
        visits.own_week(WEEK.assign(date=None), PLACE)
    with pytest.raises(DomainError, match="客户表里有的客户"):
        visits.week_minutes((("K9999",),), PLACE)
    with pytest.raises(DomainError, match="一天一列客户编码"):
        visits.week_minutes(("K0001",), PLACE)  # type: ignore[arg-type]


@pytest.mark.parametrize("month", ["2024", "2024Q1", "2024-5", "202405", None])
def test_only_a_month_is_taken_for_a_month(month: object) -> None:
    with pytest.raises(DomainError, match="像 2024-06 这样的月份"):
        visits.shortfalls(LOG, ALL_SHOPS, month)  # type: ignore[arg-type]


def test_a_week_outside_the_sales_makes_no_growth() -> None:
    with pytest.raises(DomainError, match="2024-06-24，表里没有这些周"):
        method135.two_periods(DATED, ["2024-06-10"], ["2024-06-24"])
    with pytest.raises(DomainError, match="同一种写法的周"):
        method135.two_periods(SALE, ["1"], ["2"])
    with pytest.raises(DomainError, match="两期各列出几周"):
        method135.two_periods(SALE, "1", "2")
    with pytest.raises(DomainError, match="分户的一列"):
        method135.two_periods(SALE, [1], [2], by="week")


def test_classes_kept_as_categories_and_weeks_as_text_give_the_same_points() -> None:
    text = DATED.assign(week=["2024/6/10", "2024-06-17"]).astype({"class": "category"})
    assert supply.points_for_cycle(text, "2024-06-17", column="week").to_dict() == {"a": 5.0}


def test_caps_are_found_whatever_the_codes_are() -> None:
    points = pd.Series([5, 3], index=[101, 102])
    expected = {"101": 2, "102": 3}
    assert supply.allocate(points, 5, {101: 2, 102: 3}).cartons.to_dict() == expected  # type: ignore[dict-item]
    assert supply.allocate(points, 5, pd.Series([2, 3], index=[101, 102])).cartons.to_dict() == expected
    with pytest.raises(DomainError, match="客户对数的表"):
        supply.allocate([1, 2], 5, 3)  # type: ignore[arg-type]


def test_two_weights_for_a_class_are_told() -> None:
    rules = policy.load("supply").replace(points__per_carton=[[1, 5], [1, 4]])
    with pytest.raises(DomainError, match="一类烟一个分数"):
        supply.order_points(SALE, rules)


def test_two_points_for_a_label_are_told() -> None:
    rules = policy.load("service").replace(satisfaction__quality=[["好", 90], ["好", 80]])
    table = pd.DataFrame({"resp_id": [1], "quality": "好", "service": "良", "reputation": "知名"})
    with pytest.raises(DomainError, match="标签各不相同"):
        service.score_satisfaction(table, rules)
    with pytest.raises(DomainError, match=r"satisfaction\.quality，好：应当是0 到 100"):
        service.score_satisfaction(table, rules.replace(satisfaction__quality=[["好", 120]]))


def test_order_ten_is_later_than_order_nine() -> None:
    orders = pd.DataFrame(
        {
            "order_id": [str(n) for n in range(1, 16)],
            "cust_id": "K1",
            "ok": [True] * 13 + [False] * 2,
            "fail_reason": [None] * 13 + ["余额不足 ", "余额不足"],
        }
    )
    assert supply.reminder_list(orders)["failures"].tolist() == [2]
    assert supply.fail_reasons(orders)["orders"].tolist() == [2]


def test_rows_are_counted_in_the_whole_table() -> None:
    orders = pd.DataFrame(
        {"order_id": ["a", "b", "c"], "cust_id": "K1", "ok": [None, True, False], "balance": [None, 1.0, 1.0]}
    )
    with pytest.raises(DomainError, match=r"第 3 行\(c\)的 fail_reason"):
        supply.fail_reasons(orders.assign(fail_reason=None))
    with pytest.raises(DomainError, match=r"第 3 行\(c\)的 ok"):
        supply.success_rate(orders.assign(ok=[None, True, "没扣成"]))
    calls = pd.DataFrame(
        {
            "id": [1, 2],
            "key": [False, True],
            "opened": "2024-06-17 09:00",
            "called_back": ["2024-06-17", "2024-06-16"],
        }
    )
    with pytest.raises(DomainError, match=r"第 2 行\(2\)的 called_back"):
        service.check_callbacks(calls)
    done = RESULTS.assign(executed=[False, True])
    with pytest.raises(DomainError, match=r"第 2 行\(p2\)的 after.*做了就有结果"):
        method135.evaluate(PLAN, done)


def test_departments_that_change_places_are_told() -> None:
    rows = [(d, m, i) for m in (1, 2) for i, d in enumerate("甲乙丙" if m == 1 else "甲乙丁")]
    kpi = pd.DataFrame(rows, columns=["dept", "month", "value"]).assign(indicator="x")
    with pytest.raises(DomainError, match=r"同样的 3 个部门.*丁"):
        groups.rank_scores(kpi)
    with pytest.raises(DomainError, match="2 的 x：4 个"):
        groups.rank_scores(
            pd.concat([kpi, pd.DataFrame({"dept": ["戊"], "month": 2, "value": 1, "indicator": "x"})])
        )


def test_visits_of_two_months_are_told_and_times_make_no_second_day() -> None:
    two = pd.concat([MET, MET.assign(date="2024-07-01")])
    with pytest.raises(DomainError, match="2024-06、2024-07"):
        groups.check_group_month(two, ["s1"], ["h1"])
    stores_of = [f"s{n}" for n in range(10)]
    day = pd.DataFrame({"role": "market_manager", "place": stores_of})
    day["date"] = [f"2024-06-17 {n + 8:02}:00" for n in range(10)]
    lacking = groups.check_group_month(day, stores_of, ["h1"])
    assert lacking.loc[lacking["rule"].str.startswith("走门店"), "has"].tolist() == [1]


def test_full_width_digits_in_a_file_are_faults() -> None:
    table = datasets.load("customers").head(12)
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    table["licence_no"] = [
        value.translate(wide) if n == 1 else value for n, value in enumerate(table["licence_no"])
    ]
    table["phone"] = [value.translate(wide) if n == 2 else value for n, value in enumerate(table["phone"])]
    table["name"] = ["  " if n == 3 else value for n, value in enumerate(table["name"])]
    table.iloc[4, [table.columns.get_loc(name) for name in ("lon", "lat")]] = [29.3, 113.4]
    found = customers.cleaning_report(table)
    found = found[found["kind"] == "错"]
    assert found[["row", "rule"]].to_numpy().tolist() == [
        [2, "licence_length"], [3, "phone_form"], [4, "name_missing"], [5, "position_missing"],
    ]  # fmt: skip


def test_a_route_that_is_blank_is_not_counted() -> None:
    table = pd.DataFrame({"cust_id": ["a", "b"], "route": ["A", " "], "star": [1, 2]})
    assert customers.head_count(table)["线路合计"] == 1


@pytest.mark.parametrize(
    ("text", "told"), [("2024-06-17 08:30:00.500", "08:30:00.5"), ("2024年6月17日08:30", "08:30"), ("2024/6/17T8:30", "08:30")]
)  # fmt: skip
def test_times_as_databases_write_them_are_read(text: str, told: str) -> None:
    found = checks.read_dates(pd.Series([text], dtype="object"))
    assert found.tolist() == [pd.Timestamp(f"2024-06-17 {told}")]


@pytest.mark.parametrize("stars", [[np.int64(1)], [1.0]])
def test_numbers_of_numpy_are_numbers(stars: list[Any]) -> None:
    assert units.split(stars[0]) == {"箱": 0, "件": 0, "条": 1}
    assert calendar.add_working_days("2024-06-17", np.int64(1)) == dt.date(2024, 6, 18)  # type: ignore[arg-type]


def test_exact_numbers_are_not_mixed_with_floats() -> None:
    price, cost = decimal.Decimal(100), decimal.Decimal(92)
    assert stores.margin_on_price(price, cost) == pytest.approx(0.08)  # type: ignore[arg-type]
    assert stores.margin_on_cost(price, cost) == pytest.approx(8 / 92)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0, np.inf, "不小于 0 的数"), (1e-9, np.inf, "大于 0 的数"), (-np.inf, np.inf, "一个数"),
        (-np.inf, 1 - 1e-9, "小于 1 的数"), (0, 100, "0 到 100 之间的数"), (1e-9, 1, "大于 0、不大于 1 的数"),
    ],
)  # fmt: skip
def test_bounds_are_told_in_words(low: float, high: float, told: str) -> None:
    with pytest.raises(DomainError, match=f"应当是{told}，看到的是空着"):
        checks.number("数", None, low, high)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: checks.number("数", 2e12), "不超过一万亿"),
        (lambda: checks.whole("数", 1.5), "整数，看到的是1.5"),
        (lambda: checks.number("数", 10**5000), "太大的数"),
        (lambda: policy.load("visits").replace(frequency__5=1.5).whole("frequency.5"), r"frequency\.5：应当是整数，看到的是1\.5"),
        (lambda: visits.required_visits(SHOPS, policy.load("visits").replace(frequency__5=1.5)), r"frequency\.5"),
        (lambda: customers.cleaning_report(SHOPS, policy.load("customers").replace(file__phone_pattern="1(")), "正则式"),
        (lambda: customers.cleaning_report(SHOPS, policy.load("customers").replace(file__as_of="六月底")), r"file\.as_of"),
        (lambda: units.convert("1e9", "条", "件"), "一个数"),
        (lambda: supply.Rate("成功率", 0, 0, "单"), "分母大于 0"),
        (lambda: stores.StockRule(7, -1, 3), "lead_days"),
        (lambda: stores.reorder_point(5, None), "订货规则"),  # type: ignore[arg-type]
        (lambda: stores.change([1], [1]), "两张表"),  # type: ignore[arg-type]
        (lambda: customers.reconcile([1], "a"), "名称对合计"),  # type: ignore[arg-type]
        (lambda: customers.bands_of([[1]]), "一档一对"),
        (lambda: customers.grade(pd.Series([1]), [(0, "a")]), "bands_of 给出的"),  # type: ignore[list-item]
        (lambda: customers.grade([1], []), "一列数"),  # type: ignore[arg-type]
        (lambda: customers.stars_from_points([1]), "一列数"),  # type: ignore[arg-type]
        (lambda: forecast.naive({1: 2}), "一列数"),  # type: ignore[arg-type]
        (lambda: groups.check_group_month(MET, "s1", ["h1"]), "各写成一个列表"),  # type: ignore[arg-type]
        (lambda: units.parse(5), "这样的文字"),  # type: ignore[arg-type]
        (lambda: supply.allocate(pd.Series([1, 2], index=["a", "a"]), 1, 1), "编码不重复，看到的是a"),
        (lambda: supply.allocate({"a": 1}, 1, pd.Series([1, 2], index=["a", "a"])), "编码不重复，看到的是a"),
        (lambda: supply.allocate({1: 1, "1": 2}, 1, 1), "至少一个客户，编码不重复"),
        (lambda: visits.week_of([[[1]]], PLACE, 1), "周：应当是1 到 0"),
        (lambda: visits.required_visits(SHOPS.assign(star=pd.Timestamp("2024-01-01"))), "star.*下列之一"),
        (lambda: customers.segments(SHOPS.assign(coop=True, dependence=1, value=1)), "一列数.*是否"),
        (lambda: supply.success_by_amount(DEBIT.assign(amount=0)), "amount：应当是合计大于 0"),
        (lambda: policy.load("customers").number("abc.cuts"), r"abc\.cuts：应当是一个数"),
        (lambda: service.respond("weather", "few", _without_text()), r"emergency\.weather\.few.*五项"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told(call: Callable[[], object], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        call()
