"""Who chose which option: letters of any learner's order turned back, and what a trainer should look at."""

from __future__ import annotations

from typing import Any

from coursekit.domain import policy
from coursekit.quiz.choices import chosen, option_rows
from coursekit.quiz.own_paper import own_key, own_sheet

KEY: dict[str, Any] = {
    "paper": "p",
    "minutes": 10,
    "keep": ["T-C1-002"],
    "items": [
        {"id": "T-C1-001", "points": 1, "rule": {"type": "choice", "value": "B", "options": 4}},
        {"id": "T-C1-002", "points": 1, "rule": {"type": "choice", "value": "A", "options": 3}},
        {"id": "T-C1-003", "points": 2, "rule": {"type": "multiple", "value": ["A", "C"], "options": 4}},
        {"id": "T-C1-004", "points": 1, "rule": {"type": "true_false", "value": True}},
    ],
}
SHEET: dict[str, Any] = {
    "paper": "p",
    "items": [
        {"id": "T-C1-001", "options": ["甲", "乙", "丙", "丁"]},
        {"id": "T-C1-002", "options": ["甲", "乙", "丙"]},
        {"id": "T-C1-003", "options": ["甲", "乙", "丙", "丁"]},
        {"id": "T-C1-004"},
    ],
}


def test_letters_come_back_to_the_order_of_the_drawn_paper() -> None:
    """Whatever order a learner saw, the text chosen counts; a right answer by the own key is the key's letter."""
    for learner in ("kh0001", "kh0002", "kh0003", ""):
        shown = {i["id"]: i.get("options", []) for i in own_sheet(SHEET, set(KEY["keep"]), learner)["items"]}
        rules = {i["id"]: i["rule"] for i in own_key(KEY, learner)["items"]}
        for item in SHEET["items"][:3]:
            for text in item["options"]:
                letter = "ABCD"[shown[item["id"]].index(text)]
                found = chosen(KEY, {"answers": {item["id"]: {"value": letter}}}, learner)
                assert found[item["id"]] == {"ABCD"[item["options"].index(text)]}
        right = {"answers": {name: {"value": rule["value"]} for name, rule in rules.items()}}
        assert chosen(KEY, right, learner) == {"T-C1-001": {"B"}, "T-C1-002": {"A"}, "T-C1-003": {"A", "C"}}


def test_answers_that_are_no_letters_choose_nothing() -> None:
    odd = {"T-C1-001": {"value": 3}, "T-C1-002": {"value": "Z"}, "T-C1-003": {"value": ["", None, "D"]}}

    found = chosen(KEY, {"answers": odd}, "")

    assert found == {"T-C1-001": frozenset(), "T-C1-002": frozenset(), "T-C1-003": {"D"}}


def test_what_to_look_at() -> None:
    """An option nobody takes, a wrong one the strong prefer, a right one they avoid; nothing said of few takers."""
    limits = policy.load("item_analysis")
    weak, strong = {"T-C1-001": frozenset("B")}, {"T-C1-001": frozenset("C")}
    takers = [(weak, float(n)) for n in range(20)] + [(strong, 20.0 + n) for n in range(20)]

    rows = {(r.item, r.option): r for r in option_rows(KEY, takers, limits)}

    assert len(rows) == 11
    assert "几乎没人选" in rows["T-C1-001", "A"].remark
    assert "少选" in rows["T-C1-001", "B"].remark
    assert "多选" in rows["T-C1-001", "C"].remark
    assert rows["T-C1-001", "C"].choice.share == 0.5
    assert rows["T-C1-002", "A"].right
    assert {r.remark for r in option_rows(KEY, takers[:5], limits)} == {""}
