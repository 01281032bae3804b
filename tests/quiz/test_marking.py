"""Marking: pure, deterministic, explained; the learner's view never holds the key."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import ContentError
from coursekit.quiz.answers import seal_of
from coursekit.quiz.form import Form
from coursekit.quiz.itemmarks import mark_item
from coursekit.quiz.marking import doubled, load_policy, mark_answers, mark_form
from coursekit.quiz.rules import MarkingPolicy

NUMBER = {"type": "number", "value": 0.9026, "tolerance": 0.0005}
MULTIPLE = {"type": "multiple", "value": ["A", "C"], "options": 4}
BLANK = {"type": "blank", "blanks": [{"accept": ["90.26"], "unit": "%", "tolerance": 0.005}]}
TEXT = {
    "type": "text",
    "phrases": [{"name": "时间", "any": ["季初", "季度开始"]}, {"any": ["目前"], "points": 2}],
    "never": ["压货"],
}


@pytest.mark.parametrize(
    ("response", "points"),
    [
        (0.9026, 2),
        ("0.9026", 2),
        ("90.26%", 2),
        ("９０．２６％", 2),
        ("0.9031", 2),  # on the edge of the tolerance
        ("0.90311", 0),
        ("九成", 0),
        (True, 0),
        ([0.9026], 0),
        ("1e400", 0),
        (float("nan"), 0),
    ],
)
def test_a_number_counts_within_its_tolerance_however_it_is_typed(response: object, points: float) -> None:
    assert mark_item("coverage", 2, NUMBER, response).points == points


@pytest.mark.parametrize(
    "response", ["1" + " " * 250 + "x1", "1" * 4400, "0." + "1" * 4400, "1" + "\u3000万\xa0" * 90 + "1"]
)
def test_no_text_keeps_the_marking_busy_or_stops_it(response: str) -> None:
    """250 spaces between two digits kept the whole batch waiting for seconds, 5000 for a day; 4400 digits raised."""
    began = time.process_time()
    mark = mark_item("coverage", 2, NUMBER, response)
    assert time.process_time() - began < 1.5
    assert (mark.points, mark.flags) == (0, ("不是数",))


def test_a_share_typed_as_percent_is_told_so_without_the_key() -> None:
    mark = mark_item("coverage", 2, NUMBER, 90.26)
    assert mark.points == 0
    assert "百分数" in mark.learner_note
    assert "0.9026" not in mark.learner_note
    assert "0.9026" in mark.trainer_note


def test_a_wide_tolerance_makes_no_other_number_a_wrong_sign() -> None:
    rule = {"type": "number", "value": 3.1, "tolerance": 0.25}
    assert mark_item("lost", 2, rule, 6.1).learner_note == "这个数不在允许范围内。"
    assert "正负号" in mark_item("lost", 2, rule, -3.1).learner_note


def test_a_known_wrong_number_gets_its_own_note() -> None:
    rule = NUMBER | {"known": [{"value": 0.8997, "tolerance": 0.0005, "note": "分母是不是用了 309?"}]}
    assert "分母" in mark_item("coverage", 2, rule, "0.8997").learner_note


@pytest.mark.parametrize(
    ("unit", "response", "points"), [("条", "346条", 1), ("条", "346 件", 0), ("万元", "3.2万元", 0)]
)
def test_another_unit_is_not_the_same_number(unit: str, response: str, points: float) -> None:
    rule = {"type": "number", "value": 346, "tolerance": 0, "unit": unit}
    assert mark_item("qty", 1, rule, response).points == points


@pytest.mark.parametrize(
    ("rule", "response", "points"),
    [
        ("half_when_missing", ["A", "C"], 2.0),
        ("half_when_missing", ["C"], 1.0),
        ("half_when_missing", ["A", "B"], 0.0),
        ("half_when_missing", "AC", 2.0),
        ("half_when_missing", "c、a", 2.0),
        ("all_or_nothing", ["C"], 0.0),
        ("per_option", ["C"], 1.0),
        ("per_option", ["A", "B", "C"], 0.0),
    ],
)
def test_multiple_choice_follows_the_policy(rule: str, response: object, points: float) -> None:
    assert mark_item("m", 2, MULTIPLE, response, MarkingPolicy(multiple=rule)).points == points


def test_the_shipped_policy_gives_half_for_missing_and_nothing_for_wrong() -> None:
    policy = load_policy()
    assert mark_item("m", 2, MULTIPLE, ["A"], policy).points == 1
    assert mark_item("m", 2, MULTIPLE, ["A", "D"], policy).points == 0


def test_an_unknown_multiple_rule_is_refused() -> None:
    with pytest.raises(ContentError, match="half_when_missing"):
        MarkingPolicy(multiple="generous")


def test_an_option_that_does_not_exist_is_flagged() -> None:
    mark = mark_item("s", 1, {"type": "choice", "value": "B", "options": 3}, "D")
    assert mark.points == 0
    assert mark.flags == ("没有这个选项",)


@pytest.mark.parametrize(
    ("response", "points"),
    [("90.26", 1), ("90.26%", 1), ("９０．２６％", 1), (["90.264"], 1), ("90.3", 0), (["", ""], 0)],
)
def test_a_blank_takes_its_unit_and_tolerance(response: object, points: float) -> None:
    assert mark_item("b", 1, BLANK, response).points == points


@pytest.mark.parametrize("response", ["明码实价", "明碼實價", " 明码 实价。", "明码實價"])
def test_a_blank_takes_another_spelling(response: str) -> None:
    rule = {"type": "blank", "blanks": [{"accept": ["明码实价"]}]}
    assert mark_item("b", 1, rule, response).points == 1


def test_a_sister_term_is_not_a_spelling() -> None:
    rule = {"type": "blank", "blanks": [{"accept": ["明码实价"]}]}
    assert mark_item("b", 1, rule, "明码标价").points == 0


def test_two_blanks_share_the_points() -> None:
    rule = {"type": "blank", "blanks": [{"accept": ["3"]}, {"accept": ["1"], "unit": "小时"}]}
    mark = mark_item("b", 2, rule, ["3", "2小时"])
    assert (mark.points, mark.state) == (1, "partial")
    assert "第 2 空不对" in mark.learner_note


def test_a_text_is_prescored_and_waits_for_the_trainer() -> None:
    mark = mark_item("why", 3, TEXT, "星级是季 初的数。")
    assert (mark.points, mark.state, mark.needs_trainer) == (1, "review", True)
    assert "时间" in mark.learner_note
    assert "目前" not in mark.learner_note
    assert "目前" in mark.trainer_note
    assert mark.trainer_note.startswith("关键词对上 1/2（季初）")
    assert "季初" not in mark.learner_note


def test_a_text_says_by_name_what_is_missing_and_what_must_not_be_done() -> None:
    """The sentence with what is forbidden earns nothing, as in a plan."""
    mark = mark_item("why", 3, TEXT, "目前是这样。季初先压货。")
    assert mark.points == 2
    assert mark.learner_note == (
        "写到了 1 个要点，还有 1 个没有写到（时间）。写到了“压货”，今天不能这样做，这一句不给分。"
    )


def test_a_refusal_in_a_text_is_no_forbidden_practice() -> None:
    assert mark_item("why", 3, TEXT, "季初目前不压货").flags == ()


@pytest.mark.parametrize(
    ("kind", "value", "response", "note"),
    [
        ("choice", "乙", "A", "选得不对。甲说的是户。"),
        ("choice", "乙", "C", "选得不对。"),
        ("choice", "乙", "B", "选对了。"),
        ("multiple", ["乙"], ["A", "B"], "选了不该选的，这题不给分。甲说的是户。"),
        ("multiple", ["乙"], ["B"], "都选对了。"),
    ],
)
def test_a_known_wrong_option_gets_its_own_note(
    kind: str, value: object, response: object, note: str
) -> None:
    options = ["甲", "乙", "丙"]
    field = {"id": "x", "type": kind, "prompt": "哪一个？", "options": options, "points": 1}
    rule = {"type": kind, "value": value, "known": [{"value": "甲", "note": "甲说的是户。"}]}
    form = Form.model_validate({"title": "一", "fields": [field]})
    assert mark_form(form, {"x": rule}, {"x": response})[0].learner_note == note


def test_a_forbidden_practice_calls_the_trainer_even_when_texts_need_none() -> None:
    mark = mark_item("why", 3, TEXT, "季初目前压货", MarkingPolicy(text_needs_trainer=False))
    assert mark.state == "review"
    assert mark.flags == ("写到了“压货”",)


@pytest.mark.parametrize("response", [None, "", "  ", [], [None, ""]])
def test_nothing_answered_is_missing_not_wrong(response: object) -> None:
    assert mark_item("b", 1, BLANK, response).state == "missing"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@given(anything, st.sampled_from([NUMBER, MULTIPLE, BLANK, TEXT, {"type": "true_false", "value": False}]))
def test_no_answer_breaks_marking_and_marks_stay_in_bounds(response: object, rule: dict[str, object]) -> None:
    mark = mark_item("x", 2, rule, response)
    assert 0 <= mark.points <= 2
    assert mark == mark_item("x", 2, rule, response)
    json.dumps(mark.as_json())


FORM = Form.model_validate(
    {
        "fields": [
            {"id": "coverage", "type": "number", "prompt": "覆盖率", "unit": "%", "points": 2},
            {"id": "base", "type": "choice", "prompt": "分母", "options": ["308", "309"], "points": 1},
        ]
    }
)
RULES = {
    "coverage": {"type": "number", "value": 90.26, "tolerance": 0.005},
    "base": {"type": "choice", "value": "308"},
}


def answer_file(**values: object) -> dict[str, object]:
    content: dict[str, object] = {
        "schema": 1,
        "assignment": "03_figures",
        "learner": "kh0001",
        "answers": {k: {"value": v, "at": "2026-03-01T09:00:00+00:00"} for k, v in values.items()},
    }
    return content | {"seal": seal_of(content)}


def test_a_form_is_marked_in_its_own_order_with_its_own_units() -> None:
    marks = mark_form(FORM, RULES, answer_file(base="A", coverage="90.26%"))
    assert [(m.id, m.points) for m in marks] == [("coverage", 2), ("base", 1)]


def test_an_empty_hand_in_scores_nothing_and_fails_nowhere() -> None:
    assert [m.state for m in mark_form(FORM, RULES, {"answers": {}})] == ["missing", "missing"]


def test_a_pattern_of_the_key_finds_what_is_worded_in_many_ways_within_a_sentence() -> None:
    rule = {"type": "text", "phrases": [{"any": ["月底"], "like": [r"\d月\d+[日号]", "看.{0,4}数"]}]}

    assert mark_item("plan", 2, rule, "做到 8 月 15 日").points == 2
    assert mark_item("plan", 2, rule, "再看一看。订数不变").points == 0
    assert "8月15日" in mark_item("plan", 2, rule, "做到 8 月 15 日").trainer_note
    with pytest.raises(ContentError, match="不是正则表达式"):
        mark_item("plan", 2, {"type": "text", "phrases": [{"any": ["甲"], "like": ["("]}]}, "甲")


@pytest.mark.parametrize("text", ["季初，目前", "季初 目前", "季初目前。", "目前、季度开始：不知道"])
def test_a_list_of_the_keys_words_is_no_answer_where_sentences_are_asked(text: str) -> None:
    mark = mark_item("report", 3, TEXT | {"sentences": True}, text)

    assert (mark.points, mark.state, mark.flags) == (0, "review", ("像是只列了词",))
    assert mark.learner_note == "只有几个词，没有成句。这一格要用话说清楚。"
    assert mark_item("report", 3, TEXT, text).points == 3


@pytest.mark.parametrize("text", ["季初的户，目前少了三家", "星级是季初评的，线路是目前的"])
def test_a_short_sentence_is_an_answer(text: str) -> None:
    assert mark_item("report", 3, TEXT | {"sentences": True}, text).points == 3


def test_a_key_that_misses_a_field_is_refused() -> None:
    with pytest.raises(ContentError, match="缺少 base 的答案"):
        mark_form(FORM, {"coverage": RULES["coverage"]}, {})


def test_a_faulty_rule_is_refused_and_named() -> None:
    with pytest.raises(ContentError, match=r"coverage .*value"):
        mark_form(FORM, RULES | {"coverage": {"type": "number", "tolerance": 1}}, {})


KEY = {
    "paper": "junior",
    "learner": "kh0001",
    "minutes": 90,
    "items": [
        {"id": "T-C3-001", "points": 2, "rule": MULTIPLE},
        {"id": "T-C3-002", "points": 1, "rule": BLANK},
    ],
}


def test_a_paper_without_a_file_is_flagged_and_has_no_marks() -> None:
    sitting = mark_answers(KEY, None)
    assert sitting.flags == ("没有答卷文件",)
    assert not sitting.marks


def paper_file(minutes: float, **change: object) -> dict[str, object]:
    last = f"2026-03-01T{9 + int(minutes // 60):02d}:{int(minutes % 60):02d}:00+00:00"
    content: dict[str, object] = {
        "schema": 1,
        "assignment": "junior",
        "learner": "kh0001",
        "paper": {"started": "2026-03-01T09:00:00+00:00"},
        "answers": {"T-C3-001": {"value": ["A", "C"], "at": last}},
    }
    content |= change
    return content | {"seal": seal_of(content)}


def test_a_paper_in_time_has_no_flags_and_its_points() -> None:
    sitting = mark_answers(KEY, paper_file(91))
    assert (sitting.points, sitting.max_points, sitting.flags) == (2, 3, ())


@pytest.mark.parametrize(
    ("content", "flag"),
    [
        (paper_file(95), "超时 5.0 分钟"),
        (paper_file(30, learner="kh0002"), "不是 kh0001"),
        (paper_file(30, assignment="senior"), "不是 junior"),
        (paper_file(30) | {"seal": "0"}, "被改过"),
        (paper_file(30, answers={"T-C9-999": {"value": "A", "at": ""}}), "不在卷子里"),
    ],
)
def test_odd_answer_files_are_flagged(content: dict[str, object], flag: str) -> None:
    assert any(flag in one for one in mark_answers(KEY, content).flags)


def test_one_file_under_two_names_is_found() -> None:
    first, second, other = answer_file(base="A"), answer_file(base="A"), answer_file(base="B")
    assert doubled({"kh0001": first, "kh0002": second, "kh0003": other}) == {
        "kh0001": ["kh0002"],
        "kh0002": ["kh0001"],
    }


def test_a_copied_file_is_found_under_another_learner() -> None:
    first = answer_file(a="A", b="B", c="C")
    copied = first | {"learner": "kh0002"}
    assert doubled({"kh0001": first, "kh0002": copied, "kh0003": answer_file(a="A")})["kh0002"] == ["kh0001"]


def test_two_learners_may_answer_one_item_in_the_same_second() -> None:
    assert doubled({"kh0001": answer_file(a="A"), "kh0002": answer_file(a="A") | {"learner": "kh0002"}}) == {}
