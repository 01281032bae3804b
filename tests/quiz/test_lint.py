"""Lint: each rule catches its failing example and leaves the mended one alone."""

from __future__ import annotations

from typing import Any

import pytest
from tests.quiz import sample

from coursekit.domain import policy
from coursekit.quiz.bank import BankFile, parse_item
from coursekit.quiz.items import Bank
from coursekit.quiz.lint import lint_item
from coursekit.quiz.lint_bank import doubles, habits
from coursekit.quiz.reading import interval


def rules_of(raw: dict[str, Any]) -> set[str]:
    return {finding.rule for finding in lint_item(parse_item(raw))}


def options(*texts: str) -> list[dict[str, Any]]:
    """The first is right."""
    return [{"text": texts[0], "correct": True}] + [{"text": text, "why": "常见的想法"} for text in texts[1:]]


def single(**change: Any) -> dict[str, Any]:
    return sample.SINGLE | change


@pytest.mark.parametrize("raw", sample.ALL, ids=lambda raw: raw["type"] + raw["id"][-2:])
def test_a_good_item_passes(raw: dict[str, Any]) -> None:
    assert [finding for finding in lint_item(parse_item(raw)) if not finding.hint] == []


FAILING = {
    "why": single(
        options=[{"text": "多走", "correct": True}, {"text": "少走"}, {"text": "不走", "why": "误会"}]
    ),
    "explanation": single(explanation=""),
    "facts": single(facts=["S0-999"]),
    "scope": single(facts=["S4-006"]),
    "risk": single(options=options("把新品强制上柜", "先看周边客群", "先问店主意见")),
    "gap": single(stem="某公司的职责里，日常分析的第四个方面是什么？"),
    "negative": single(stem="某公司的规定里，哪一项不属于基本服务？"),
    "catch_all": single(options=options("以上都对", "多停留一会儿", "加密走访")),
    "longest": single(
        options=options("增加走访次数，每次多停留一会儿，并且介绍新品", "减少次数", "不去", "打电话")
    ),
    "repeat": single(
        stem="某公司要求做好明码标价，店主先做什么？",
        options=options("把明码标价签摆好", "清点库存", "擦净柜台"),
    ),
    "overlap": single(options=options("10–20 户", "20–30 户", "30–40 户")),
    "phrase": sample.SHORT
    | {"phrases": [{"name": "要点", "any": ["先登记，再上门"]}], "model_answer": "先登记，再上门。"},
    "model_answer": sample.SHORT | {"model_answer": "星级是季初的数。"},
}


@pytest.mark.parametrize("rule", FAILING)
def test_each_rule_catches_its_example(rule: str) -> None:
    assert rule in rules_of(FAILING[rule])


@pytest.mark.parametrize(
    "text",
    [
        "可以帮他存款",
        "借别的客户的订货日补货",
        "过节送购物卡",
        "在门口贴卷烟海报",
        "告诉他低焦就是低害",
        "替客户核定销量",
    ],
)
def test_no_flagged_act_is_a_right_answer(text: str) -> None:
    assert "risk" in rules_of(single(options=options(text, "先看周边客群再说", "先问问店主意见")))


@pytest.mark.parametrize(
    "text", ["不能在门口贴卷烟海报", "拒绝压货", "禁止强制上柜", "不替他垫款，提醒他存钱"]
)
def test_refusing_a_flagged_act_is_fine(text: str) -> None:
    assert "risk" not in rules_of(single(options=options(text, "先看周边客群再说", "先问问店主意见")))


def test_a_risk_may_be_asked_as_a_risk() -> None:
    stem = "某公司检查时发现四种做法，哪一种踩了红线？"
    raw = single(stem=stem, options=options("向客户压货", "介绍新品", "整理柜台"), risk=["REG-8"])
    assert "risk" not in rules_of(raw)
    assert "risk" in rules_of(raw | {"risk": []})


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("登记，上门", "里有逗号"),
        ("登记,上门", "里有逗号"),
        ("登记；上门", "里有逗号"),
        ("暴 雪", "在题干里"),
        ("1,200", ""),
        ("一、二类", ""),
        ("登记", ""),
    ],
)
def test_a_key_phrase_is_one_word_that_the_stem_does_not_hold(word: str, found: str) -> None:
    """Commas inside and words of the stem are hinted; a thousands comma and an enumeration are not."""
    raw = sample.SHORT | {"stem": "明天有暴雪，写出你的安排。", "phrases": [{"name": "要点", "any": [word]}]}

    hints = [f for f in lint_item(parse_item(raw | {"model_answer": word})) if f.rule == "phrase"]

    assert [f.hint for f in hints] == [True] * bool(found)
    assert all(found in f.text for f in hints)


def test_a_true_statement_and_a_model_answer_are_watched_too() -> None:
    assert "risk" in rules_of(sample.TRUE_FALSE | {"stem": "某公司要求客户经理帮客户存款。", "answer": True})
    assert "risk" in rules_of(sample.SHORT | {"model_answer": "过节送礼，关系就好了。"})


def test_an_emphasised_negative_passes() -> None:
    assert "negative" not in rules_of(
        FAILING["negative"] | {"stem": "某公司的规定里，哪一项**不属于**基本服务？"}
    )


def test_touching_ranges_with_an_open_end_do_not_overlap() -> None:
    one, two = interval("不足 10 条"), interval("10 条以上")
    assert one is not None
    assert two is not None
    assert not one.overlaps(two)


@pytest.mark.parametrize(
    ("one", "other"), [("0.5", "50%"), ("10 条以上", "12 条"), ("不超过 3 天", "3–7 天")]
)
def test_numbers_that_both_hold_overlap(one: str, other: str) -> None:
    a, b = interval(one), interval(other)
    assert a is not None
    assert b is not None
    assert a.overlaps(b)


def test_an_unused_parameter_and_a_missing_one_are_named() -> None:
    template = sample.TEMPLATE["template"] | {
        "params": sample.TEMPLATE["template"]["params"] | {"spare": {"min": 1, "max": 2}}
    }
    assert any("spare" in f.text for f in lint_item(parse_item(sample.TEMPLATE | {"template": template})))
    hidden = sample.TEMPLATE | {"stem": "{all} 户里一部分开通，覆盖率是多少？"}
    assert any("open" in f.text for f in lint_item(parse_item(hidden)))


def test_a_template_that_cannot_be_filled_is_caught() -> None:
    template = sample.TEMPLATE["template"] | {"where": ["open > all"]}
    assert any(
        "生成不出题" in f.text for f in lint_item(parse_item(sample.TEMPLATE | {"template": template}))
    )


def bank(kind: str, raws: list[dict[str, Any]]) -> BankFile:
    letter = Bank.PREFIX[kind]
    items = [parse_item(raw | {"id": f"{letter}-C3-{n:03d}"}) for n, raw in enumerate(raws, 1)]
    from pathlib import Path

    return BankFile(Path(f"{kind}.yaml"), Bank.model_construct(bank=kind, kind=kind, title="", items=items))  # type: ignore[arg-type]


def distinct(n: int) -> str:
    """A stem like no other."""
    return "".join(chr(0x4E00 + (n * 97 + k * 31) % 8000) for k in range(30))


def bank_rules(*banks: BankFile) -> set[str]:
    rules = policy.load("bank")
    return {finding.rule for finding in [*habits(banks, rules), *doubles(banks, rules)]}


def test_keys_always_in_one_place_are_seen() -> None:
    raws = [single(stem=distinct(n), order="keep") for n in range(12)]
    assert "position" in bank_rules(bank("practice", raws))


def test_keys_always_longest_are_seen() -> None:
    raws = [single(stem=distinct(n), options=options("走访加一次", "不去", "打电话")) for n in range(12)]
    assert "longest" in bank_rules(bank("practice", raws))


def test_statements_that_are_always_wrong_are_seen() -> None:
    raws = [sample.TRUE_FALSE | {"stem": distinct(n)} for n in range(12)]
    assert "truth" in bank_rules(bank("test", raws))


def test_a_test_item_that_stands_in_practice_is_seen() -> None:
    practice, test = bank("practice", [sample.SINGLE]), bank("test", [sample.SINGLE])
    found = list(doubles([practice, test], policy.load("bank")))
    assert any("考试题不能出现在练习里" in finding.text for finding in found)


def test_different_items_are_no_doubles() -> None:
    assert "double" not in bank_rules(bank("practice", list(sample.ALL)))
