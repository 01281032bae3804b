"""The drill from a learner's own exports: customers, sales by week or month, visits, kinds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from coursekit import learn
from coursekit.domain import policy
from coursekit.errors import InputError
from coursekit.quiz import practice as practising
from coursekit.quiz.drill import DrillCard, drill_cards, not_asked
from coursekit.quiz.practice import Practice, own_cards
from coursekit.quiz.practice_page import DrillRound

SHEET = "客户编码,店名,线路,星级\nK1,桃园店,C,4\nK2,永丰店,D,4\n"
MONTHS = (
    "月份,客户编号,类别,销量(条)\n2024-05-01 00:00:00,K1,一类,20\n2024年6月,K1,三类,180\n202406,K2,一类,100\n"
)
LOG = "拜访日期,客户编码,拜访结果\n2024-06-03,K1,已完成\n2024-06-20,K1,\n2024-06-11,K2,要灯箱\n"
CARTONS, WEAK, VISIT = "月均", "比同星级弱在哪几类烟", "最近一次走访"


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def cards_of(folder: Path, sheet: str = SHEET, **texts: str) -> tuple[list[DrillCard], str]:
    files = {name: write(folder, f"{name}.csv", text) for name, text in texts.items()}
    return own_cards(policy.load("practice"), write(folder, "客户.csv", sheet), **files)


def answers(cards: list[DrillCard], label: str) -> dict[str, str]:
    return {card.key: one.answer for card in cards for one in card.fields if one.label == label}


def test_own_exports_ask_what_the_course_table_asks(tmp_path: Path) -> None:
    cards, told = cards_of(tmp_path, sales=MONTHS, visits=LOG)
    assert answers(cards, CARTONS) == {"D-K1": "100", "D-K2": "50"}  # two months
    assert answers(cards, WEAK) == {"D-K1": "一、二类", "D-K2": "三类"}
    assert answers(cards, VISIT) == {"D-K1": "06-03（已完成）", "D-K2": "06-11（要灯箱）"}
    assert told == ""


def test_sales_by_order_day_count_weeks_not_days(tmp_path: Path) -> None:
    days = "订货日期,客户编码,数量\n2024-06-03,K1,20\n2024-06-05,K1,10\n2024-06-11,K1,30\n"
    cards, _ = cards_of(tmp_path, sales=days)
    assert answers(cards, CARTONS) == {"D-K1": "130"}  # 60 cartons in two weeks


def test_kinds_come_from_a_table_of_the_own_brands(tmp_path: Path) -> None:
    sales = "月份,客户编码,品规,数量\n2024-05,K1,甲,2\n2024-05,K1,乙,18\n2024-05,K2,甲,10\n2024-05,K2,乙,10\n"
    cards, told = cards_of(tmp_path, sales=sales, skus="品规,类别\n甲,一类\n乙,三类\n")
    assert answers(cards, WEAK) == {"D-K1": "一、二类", "D-K2": "三类"}
    assert WEAK not in told
    cards, told = cards_of(tmp_path, sales=sales)
    assert answers(cards, WEAK) == {}
    assert "销量表里没有类别，也没有品规表可查" in told


def test_columns_of_the_customer_sheet_are_used_where_no_other_table_tells(tmp_path: Path) -> None:
    sheet = (
        "客户编码,店名,线路,星级,月均条数,薄弱环节,上次拜访\n"
        "K1,桃园店,C,4,88.5,陈列,2024-06-26\nK2,永丰店,D,4,,,\nK3,海边店,D,3,40,,\n"
    )
    cards, told = cards_of(tmp_path, sheet)
    assert answers(cards, CARTONS) == {"D-K1": "88", "D-K3": "40"}
    assert answers(cards, "弱项") == {"D-K1": "陈列"}
    assert answers(cards, VISIT) == {"D-K1": "06-26"}
    assert told == ""
    cards, _ = cards_of(tmp_path, sheet, sales=MONTHS, visits=LOG)
    assert answers(cards, CARTONS) == {"D-K1": "100", "D-K2": "50", "D-K3": "40"}
    assert answers(cards, VISIT) == {"D-K1": "06-03（已完成）", "D-K2": "06-11（要灯箱）"}


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        ({}, "没有问的：月均（没有给销量表）、比同星级弱在哪几类烟（没有给销量表）、最近一次走访（没有给走访记录）。"),
        ({"sales": MONTHS}, "没有问的：最近一次走访（没有给走访记录）。"),
        ({"sales": "客户编码,数量,类别\nK1,3,一类\nK2,3,三类\n", "visits": LOG},
         "没有问的：月均（销量表里没有周、日期或月份）。"),
        ({"sales": MONTHS, "visits": "日期,客户编码\n2024-06-03,9\n"},
         "没有问的：最近一次走访（走访记录里的客户编码和客户表对不上，或者没有去成的走访）。"),
        ({"sales": "月份,客户编码,数量\n2024-05,9,3\n", "visits": LOG},
         "没有问的：月均（销量表里的客户编码和客户表对不上）、比同星级弱在哪几类烟（销量表里没有类别，也没有品规表可查）。"),
    ],
)  # fmt: skip
def test_what_is_not_asked_is_told_in_one_line(tmp_path: Path, tables: dict[str, str], line: str) -> None:
    cards, told = cards_of(tmp_path, **tables)
    assert told == line
    practice = Practice(tmp_path, {}, "kh0001", cards, fuzz=False, told=told)
    assert DrillRound(practice, cards).view()["note"].endswith(f"由程序来对。{line}")


def test_cartons_in_another_unit_are_not_taken_for_cartons(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"有这些列：数量.*销量（箱）"):
        cards_of(tmp_path, sales="月份,客户编码,销量（箱）\n2024-05,K1,3\n")
    with pytest.warns(UserWarning, match=r"没有读入：月均销量\(箱\)"):
        cards, _ = cards_of(tmp_path, "客户编码,店名,线路,星级,月均销量(箱)\nK1,桃园店,C,4,3\n")
    assert answers(cards, CARTONS) == {}


@pytest.mark.parametrize("month", ["6月", "2024-13", "去年6月", "20240", "6"])
def test_a_month_without_its_year_or_that_is_none_is_refused(tmp_path: Path, month: str) -> None:
    with pytest.raises(InputError, match=rf"第 2 行「月份」.*年和月.*{month}"):
        cards_of(tmp_path, sales=f"月份,客户编码,数量\n{month},K1,3\n")


def test_the_last_visit_is_the_day_of_arrival_not_the_planned_one() -> None:
    customers = pd.DataFrame({"cust_id": ["K1"], "name": ["桃园店"]})
    visits = pd.DataFrame(
        {
            "cust_id": ["K1", "K1"],
            "date": pd.to_datetime(["2024-06-20", "2024-06-21"]),
            "arrive": pd.to_datetime(["2024-06-24 09:10", None]),
            "result": ["已完成", None],
        }
    )
    cards = drill_cards(customers, visits=visits)
    assert answers(cards, VISIT) == {"D-K1": "06-24（已完成）"}
    assert VISIT not in not_asked(cards, None, visits)


def test_further_tables_without_customers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="先给客户表"):
        practising.show(tmp_path, sales=write(tmp_path, "销量.csv", MONTHS))


def test_the_practice_page_takes_all_own_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "客户.csv", SHEET)
    write(tmp_path, "销量.csv", MONTHS)
    page = learn.practice("客户.csv", sales="销量.csv").session
    assert len(page.practice.cards) == 2
    assert page.practice.told == "没有问的：最近一次走访（没有给走访记录）。"
