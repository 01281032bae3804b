"""A plan is pre-scored by criterion in steps 0 to 3, with reasons; what is forbidden earns nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.domain import policy
from coursekit.errors import ContentError
from coursekit.quiz.itemmarks import mark_item
from coursekit.quiz.rubric import forbidden, load_scale, pre_score, sentences_of
from coursekit.quiz.rules import parse_rule

WORDS = {
    "发现了什么": ["落灰"],
    "凭哪个数": ["元"],
    "做什么": ["理柜台", "送礼"],
    "做到多少": ["减到"],
    "哪天以前": ["日以前", "月底"],
    "怎样查": ["再算"],
}
RULE = {
    "type": "text",
    "scale": "plan",
    "phrases": [{"name": name, "any": words} for name, words in WORDS.items()],
    "numbers": [8, 183.72, 1234.5],
    "never": [{"any": ["送礼", "送他一份礼"], "risk": "REG-5"}, "降星级"],
}
WHOLE = (
    "有 8 个品种落灰。一平方米挣 183.7 元。理柜台 1 次。七月减到 6 个。7 月 5 日以前做。8 月 1 日再算一遍。"
)


def steps(text: str) -> dict[str, int]:
    """Step by criterion."""
    return {one.name: one.step for one in mark_item("plan", 12, RULE, text).steps}


def test_a_plan_with_all_of_it_gets_full_marks_and_still_waits_for_the_trainer():
    mark = mark_item("plan", 12, RULE, WHOLE)

    assert set(steps(WHOLE).values()) == {3}
    assert (mark.points, mark.state, mark.flags) == (12, "review", ())


@pytest.mark.parametrize("nothing", ["", None, "  \n ", "。。。", []])
def test_an_empty_plan_is_missing_and_gets_nothing(nothing: object):
    mark = mark_item("plan", 12, RULE, nothing)

    assert (mark.points, mark.state, mark.steps) == (0, "missing", ())


def test_a_step_rises_with_a_word_a_number_and_a_closed_plan():
    assert steps("柜台上落灰。")["发现了什么"] == 1
    assert steps("柜台上有 8 个落灰。")["发现了什么"] == 2
    assert steps(WHOLE.replace("8 月 1 日再算一遍。", ""))["发现了什么"] == 2
    assert steps("没有一句有用的话。") == dict.fromkeys(WORDS, 0)


@pytest.mark.parametrize("number", ["7", "9 个，8.6", "8 月 3 日", "8 号"])
def test_a_finding_needs_a_number_out_of_the_own_data(number: str):
    assert steps(f"有 {number} 落灰。")["发现了什么"] == 1


@pytest.mark.parametrize("number", ["183.72", "183.7", "184", "１８３．７", "1,234.50", "1235", "0.12345 万"])
def test_a_number_counts_as_the_writer_rounded_it(number: str):
    assert steps(f"一平方米挣 {number} 元。")["凭哪个数"] == 2


def test_a_vague_date_is_named_and_a_day_is_a_number():
    assert steps("月底做完。")["哪天以前"] == 1
    assert steps("7 月 31 日以前做完。")["哪天以前"] == 2


@pytest.mark.parametrize(
    "act",
    [
        "6 月 3 日送礼 1 份",
        "先送他一份礼，再理柜台 2 次",
        "不收钱，就送礼 1 次",
        "不得不送礼 1 次",
        "给老户分别送礼 1 次",
    ],
)
def test_a_sentence_that_recommends_what_is_forbidden_earns_nothing_and_calls_the_trainer(act: str):
    mark = mark_item("plan", 12, RULE, act)

    assert mark.points == 0
    assert "REG-5" in mark.flags[0]
    assert "这一句不给分" in mark.trainer_note


@pytest.mark.parametrize(
    "salad",
    [
        "落灰，183.72 元，理柜台，减到，日以前，再算。",
        "落灰、元、理柜台、减到、月底、再算。",
        "落灰。元。理柜台。减到。月底。再算。",
        "落灰，元，理柜台，减到，月底，再算，8，1。",
    ],
)
def test_a_list_of_the_words_says_nothing(salad: str):
    assert set(steps(salad.replace("183.72 元", "元，183.72")).values()) == {0}


def test_one_number_does_not_carry_the_whole_plan():
    said = steps("有东西落灰，挣 8 元的，要理柜台去，减到少些，月底做完，再算一下。")

    assert sorted(said.values()) == [1, 1, 1, 1, 1, 3], "one number, one criterion"


def test_the_numbers_go_round_so_that_as_many_criteria_as_possible_have_one():
    said = steps("有 8 个品种落灰，只挣 183.72 元，理柜台以后减到 6 个，要 2 次。7 月 5 日以前做，再算一遍。")

    assert set(said.values()) == {3}


def test_a_date_is_no_target():
    assert steps("减到 7 月 5 日。")["做到多少"] == 1
    assert steps("七月减到三个。")["做到多少"] == 2
    assert steps("七月五日以前做完。")["哪天以前"] == 2


def test_a_heading_on_its_own_line_belongs_to_what_stands_under_it():
    assert steps("再算：\n8 月 1 日看台账")["怎样查"] == 2
    assert steps("再算\n8 月 1 日看台账")["怎样查"] == 0


def test_the_rest_of_such_a_plan_keeps_its_points_but_not_the_act():
    mark = mark_item("plan", 12, RULE, WHOLE.replace("理柜台 1 次", "送礼 1 次"))

    steps = {one.name: one.step for one in mark.steps}
    assert steps.pop("做什么") == 0
    assert set(steps.values()) == {2}, "target, date and check of a forbidden act close nothing"
    assert all("今天能做的做法" in one.reason for one in mark.steps if one.step == 2)


@pytest.mark.parametrize(
    "refusal", ["不送礼，理柜台 1 次", "不能给他送礼，理柜台 1 次", "拒绝送礼；理柜台 1 次"]
)
def test_a_refusal_is_no_recommendation(refusal: str):
    mark = mark_item("plan", 12, RULE, refusal)

    assert mark.flags == ()
    assert {one.name: one.step for one in mark.steps}["做什么"] == 2


def test_steps_are_data_and_the_learners_view_holds_no_key():
    mark = mark_item("plan", 12, RULE, "月底理柜台 1 次。")
    trainer, learner = mark.as_json(), mark.as_json("learner")

    assert trainer["steps"][2] == {
        "name": "做什么", "step": 2, "top": 3, "meaning": "有数撑着",
        "reason": "对上“理柜台”，同一句里有数；全篇还缺做到多少、怎样查",
    }  # fmt: skip
    assert trainer["steps"][3]["reason"].startswith("没有对上要点的话（找的是：")
    assert "减到" in trainer["steps"][3]["reason"]
    assert all("reason" not in one for one in learner["steps"])
    assert "减到" not in str(learner)
    assert "183" not in str(learner)


@given(st.text(max_size=300))
def test_any_text_is_scored_and_never_above_the_top(text: str):
    mark = mark_item("plan", 12, RULE, text)

    assert 0 <= mark.points <= 12
    assert all(0 <= one.step <= 3 for one in mark.steps)


def test_criteria_other_than_the_policys_are_refused():
    rule = parse_rule("plan", RULE | {"phrases": RULE["phrases"][:2]})
    with pytest.raises(ContentError, match="要点应当依次是"):
        pre_score(rule, "理柜台", load_scale())


def test_a_scale_that_makes_no_sense_is_refused():
    rules = policy.load("marking")
    values = {key: rules[key] for key in rules}
    values["plan.steps"] = ["没有", "有"]
    values["plan.criteria.date"] = values["plan.criteria.date"] | {"number": "some"}
    with pytest.raises(ContentError, match="应当有 4 个") as error:
        load_scale(values)
    assert "own、any、amount、date 之一，看到的是 some" in str(error.value)


def test_a_refusal_said_a_thousand_times_does_not_hold_up_the_batch() -> None:
    """Each was looked for from the beginning of the text; a hand-in of such plans took a minute."""
    began = time.process_time()
    assert forbidden(["送"], sentences_of("不送" * 2500)) == ()
    assert time.process_time() - began < 0.7
