"""Practice: the same ten all day, wrong ones come back, nothing is lost when the bank is upgraded."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.quiz import sample

from coursekit.errors import InputError
from coursekit.quiz.bank import parse_item
from coursekit.quiz.drill import DrillField, drill_cards, pick
from coursekit.quiz.items import Item
from coursekit.quiz.journal import Journal
from coursekit.quiz.mastery import mastery, wilson
from coursekit.quiz.practice import Practice, open_practice
from coursekit.quiz.practice_page import PracticePage


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)


def bank(count: int = 30, revision: int = 1) -> dict[str, Item]:
    """Single-choice items over three areas; option A of the key is always 「对的」."""
    items = {}
    for n in range(1, count + 1):
        area = ("C2", "C3", "C6")[n % 3]
        raw = sample.SINGLE | {
            "id": f"P-{area}-{n:03d}",
            "area": area,
            "stem": f"某公司第 {n} 问？",
            "revision": revision,
        }
        items[raw["id"]] = parse_item(raw)
    return items


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def practice(tmp_path: Path, clock: Clock) -> Practice:
    return Practice(tmp_path, bank(), "kh0001", clock=clock, fuzz=False)


def test_the_daily_ten_stay_the_same_all_day_and_change_the_next(practice: Practice, clock: Clock) -> None:
    first = [item.id for item in practice.daily()]
    practice.record(first[0], True, "A", "daily")
    clock.later(hours=3)
    assert [item.id for item in practice.daily()] == first
    assert len(set(first)) == 10
    clock.later(days=1)
    assert [item.id for item in practice.daily()] != first


def test_the_daily_ten_mix_the_areas(practice: Practice) -> None:
    areas = [item.area for item in practice.daily()]
    assert max(areas.count(area) for area in set(areas)) <= 4


def test_what_was_wrong_is_due_soon_and_what_was_right_later(practice: Practice, clock: Clock) -> None:
    right, wrong = list(practice.items)[:2]
    for _ in range(3):
        practice.record(right, True, "A", "daily")
        practice.record(wrong, False, "B", "daily")
        clock.later(days=4)
    cards = practice.journal.cards()
    assert datetime.fromisoformat(cards[wrong][1]["due"]) < clock.now
    assert datetime.fromisoformat(cards[right][1]["due"]) > clock.now


def test_reviews_come_before_new_items_but_leave_room_for_them(practice: Practice, clock: Clock) -> None:
    missed = list(practice.items)[:9]
    for name in missed:
        practice.record(name, False, "B", "area")
    clock.later(days=2)
    today = [item.id for item in practice.daily()]
    assert len(set(today) & set(missed)) == 5


def test_an_error_leaves_the_wrong_book_after_two_right_answers(practice: Practice) -> None:
    name = next(iter(practice.items))
    practice.record(name, False, "B", "daily")
    assert [item.id for item in practice.wrong()] == [name]
    practice.record(name, True, "A", "wrong")
    assert practice.wrong()
    practice.record(name, True, "A", "wrong")
    assert practice.wrong() == []


def test_an_upgrade_of_the_bank_keeps_the_journal(tmp_path: Path, clock: Clock) -> None:
    old = Practice(tmp_path, bank(30), "kh0001", clock=clock, fuzz=False)
    kept, rewritten, gone = "P-C3-001", "P-C6-002", "P-C2-030"
    for name in (kept, rewritten, gone):
        old.record(name, False, "B", "daily")
    items = bank(29)
    items[rewritten] = bank(30, revision=2)[rewritten]
    new = Practice(tmp_path, items, "kh0001", clock=clock, fuzz=False)
    assert [item.id for item in new.wrong()] == [kept]
    assert all(item.id in items for item in new.daily())
    assert {answer.item for answer in new.journal.answers()} == {kept, rewritten, gone}
    new.record(rewritten, True, "A", "daily")
    assert new.journal.cards()[rewritten][0] == 2


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01not a database at all, but long enough to be looked at" * 40]
)
def test_a_broken_journal_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "practice.sqlite"
    path.write_bytes(content)
    if not content:
        assert Journal(path).answers() == []
        return
    with pytest.raises(InputError, match="练习记录"):
        Journal(path)
    assert path.read_bytes() == content


def test_a_journal_of_a_newer_kit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "practice.sqlite"
    Journal(path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '9'")
    db.close()
    with pytest.raises(InputError, match="更新 coursekit"):
        Journal(path)


def test_few_answers_say_little(practice: Practice) -> None:
    names = practice.areas()["C3"]
    for name in names[:3]:
        practice.record(name, True, "A", "area")
    c3 = next(area for area in practice.mastery() if area.area == "C3")
    assert (c3.answered, c3.right, c3.enough) == (3, 3, False)
    assert "看不出" in c3.text
    for name in names[3:8]:
        practice.record(name, False, "B", "area")
    c3 = next(area for area in practice.mastery() if area.area == "C3")
    assert c3.enough
    assert c3.low < 3 / 8 < c3.high
    assert c3.high - c3.low > 0.4


def test_only_the_latest_answer_counts_for_mastery(practice: Practice) -> None:
    name = practice.areas()["C3"][0]
    practice.record(name, False, "B", "area")
    practice.record(name, True, "A", "area")
    c3 = next(area for area in mastery(practice.items, practice.journal.answers()) if area.area == "C3")
    assert (c3.answered, c3.right) == (1, 1)


def test_bounds_stay_bounds() -> None:
    for count in range(1, 30):
        for right in range(count + 1):
            low, high = wilson(right, count)
            assert 0 <= low <= right / count + 1e-12
            assert right / count - 1e-12 <= high <= 1


CUSTOMERS = pd.DataFrame(
    {
        "cust_id": ["K1", "K2"],
        "name": ["桃园店", "永丰店"],
        "route": ["C", "D"],
        "star": [4, 0],
        "e_settle": [True, False],
    }
)
SALES = pd.DataFrame(
    {"cust_id": ["K1", "K1"], "week": pd.to_datetime(["2024-01-01", "2024-01-08"]), "qty": [24, 36]}
)


def test_drill_cards_ask_only_what_the_table_holds() -> None:
    one, two = drill_cards(CUSTOMERS, SALES)
    assert [f.label for f in one.fields] == ["线路", "星级", "月均", "电子结算"]
    assert [f.label for f in two.fields] == ["线路", "星级", "电子结算"]
    assert one.fields[2].answer == "130"  # 60 cartons in two weeks
    assert two.fields[1].answer == "未定级"


def test_the_weak_kind_of_a_shop_is_seen_beside_shops_of_its_star() -> None:
    """K1 sells few of classes 1 and 2 where its peer sells many; a shop without a star, or alone, has no peers."""
    customers = pd.DataFrame({"cust_id": ["K1", "K2", "K3", "K4"], "star": [4, 4, 0, 5]})
    sales = pd.DataFrame(
        {
            "cust_id": ["K1", "K1", "K2", "K2", "K3", "K4"],
            "week": pd.to_datetime(["2024-01-01"] * 6),
            "sku": ["甲", "乙", "甲", "乙", "乙", "甲"],
            "qty": [2, 18, 10, 10, 5, 5],
        }
    )
    skus = pd.DataFrame({"sku": ["甲", "乙"], "class": [1, 3]})

    cards = drill_cards(customers, sales, skus=skus, weak=0.05)
    asked = {c.key: f.answer for c in cards for f in c.fields if f.label == "比同星级弱在哪几类烟"}

    assert asked == {"D-K1": "一、二类", "D-K2": "三类"}
    assert drill_cards(customers, sales, skus=skus, weak=0.5) == drill_cards(customers, sales)
    assert drill_cards(customers[2:3], sales, skus=skus) == drill_cards(customers[2:3], sales)


@pytest.mark.parametrize(
    ("answer", "said", "right"),
    [
        ("一、二类", "一二类", True),
        ("一、二类", "三类", False),
        ("C线", "c", True),
        ("C线", "C 线", True),
        ("C线", "D", False),
        ("4星", "4", True),
        ("4星", "3星", False),
        ("开通", "", False),
    ],
)
def test_what_is_said_is_taken_as_people_say_it(answer: str, said: str, right: bool) -> None:
    assert DrillField("x", answer).right(said) is right


@pytest.mark.parametrize(
    ("said", "right"), [("130", True), ("140 条", True), ("117", True), ("150", False), ("130 件", False)]
)
def test_monthly_cartons_may_be_near(said: str, right: bool) -> None:
    assert DrillField("月均", "130", "条", 0.1).right(said) is right


@pytest.mark.parametrize(
    ("said", "right"),
    [("06-26", True), ("6月26日", True), ("6.26", True), ("2024-06-26", True), ("0626", False), ("6-25", False),
     ("26", False), ("", False), ("还没解决", False)],
)  # fmt: skip
def test_the_day_of_the_last_visit_is_enough(said: str, right: bool) -> None:
    assert DrillField("最近一次走访", "06-26（还没解决）").right(said) is right


def test_overdue_customers_come_first() -> None:
    cards = drill_cards(CUSTOMERS)
    assert [card.key for card in pick(cards, ["D-K2"], 1, "seed")] == ["D-K2"]


def send(page: PracticePage, kind: str, name: str = "", **rest: Any) -> dict[str, Any]:
    page.handle({"kind": kind, "id": name, "n": 1, **rest})
    return page.state()


def letter_of(view: dict[str, Any], name: str, text: str) -> str:
    item = next(item for item in view["items"] if item["id"] == name)
    return "ABCD"[item["options"].index(text)]


def test_a_daily_round_counts_the_first_answer_and_explains(practice: Practice) -> None:
    page = PracticePage(practice)
    send(page, "daily")
    view = page.view()
    name = view["items"][0]["id"]
    state = send(page, "answer", name, response=letter_of(view, name, "改成电话，不再上门"))
    told = state["items"][name]["feedback"]
    assert told["state"] == "wrong"
    assert told["explanation"]
    send(page, "answer", name, response=letter_of(view, name, "增加次数，多停留"))
    assert [a.right for a in practice.journal.answers()] == [False]
    send(page, "home")
    assert "1 / 10" in page.state()["progress"]
    send(page, "daily")
    assert len(page.view()["items"]) == 9


def test_a_mock_paper_is_taken_up_again_and_explained_at_the_end(practice: Practice, clock: Clock) -> None:
    page = PracticePage(practice)
    send(page, "mock")
    send(page, "start")
    view = page.view()
    first, second = view["items"][0]["id"], view["items"][1]["id"]
    state = send(page, "answer", first, response=letter_of(view, first, "增加次数，多停留"))
    assert "feedback" not in state["items"][first]
    again = PracticePage(practice)
    send(again, "mock")
    assert again.view()["title"] == view["title"]
    assert again.state()["items"][first]["response"]
    send(again, "answer", second, response="A" if letter_of(view, second, "增加次数，多停留") != "A" else "B")
    state = send(again, "finish")
    assert "得 1 分" in state["result"]
    assert state["items"][second]["feedback"]["explanation"]
    assert [(a.item, a.right) for a in practice.journal.answers()] == [
        (name, name == first) for name in [i["id"] for i in view["items"]] if name in (first, second)
    ]
    fresh = PracticePage(practice)
    send(fresh, "mock")
    assert fresh.view()["title"] == "模拟卷 2"


def test_a_drill_said_aloud_is_judged_by_the_learner(tmp_path: Path, clock: Clock) -> None:
    practice = Practice(tmp_path, bank(), "kh0001", drill_cards(CUSTOMERS, SALES), clock=clock, fuzz=False)
    page = PracticePage(practice)
    send(page, "drill")
    assert "C线" not in str(page.view())
    state = send(page, "answer", "D-K1", response=["", "", "", ""])
    assert "C线" in str(state["items"]["D-K1"]["feedback"])
    send(page, "said_right", "D-K1")
    send(page, "answer", "D-K2", response=["D", "未定级", "开通"])
    assert {a.item: a.right for a in practice.journal.answers()} == {"D-K1": True, "D-K2": False}


def test_the_menu_offers_areas_and_lessons_and_survives_nonsense(practice: Practice) -> None:
    page = PracticePage(practice)
    send(page, "areas")
    assert {a["kind"] for a in page.view()["actions"]} == {"area:C2", "area:C3", "area:C6", "back"}
    send(page, "area:C3")
    assert len(page.view()["items"]) == 10
    send(page, "home")
    for kind in ("area:C99", "lesson:zz", "", "daily:::", "said_right"):
        send(page, kind, "no such item")
    send(page, "home")
    assert page.view()["title"] == "练习"


def test_the_shipped_banks_and_tables_make_a_practice(tmp_path: Path) -> None:
    practice = open_practice(tmp_path, "kh0001")
    assert len(practice.daily()) == 10
    assert len(practice.cards) == 308
    assert (tmp_path / ".coursekit" / "practice" / "practice.sqlite").is_file()
