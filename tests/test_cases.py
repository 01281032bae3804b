"""The store cases: each has a story with a sketch, a sheet of numbers, and a plan that a trainer settles."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest

from coursekit import resources
from coursekit.course import workspace
from coursekit.domain import facts, policy
from coursekit.errors import InputError
from coursekit.grading import form_view
from coursekit.grading.forms import as_mark, rules_for
from coursekit.grading.new_course import case_names, new_course
from coursekit.quiz.form import load_form
from coursekit.quiz.itemmarks import ItemMark
from coursekit.quiz.marking import load_policy, mark_form
from coursekit.quiz.rubric import load_scale

FOLDER = resources.assignments() / "cases"
STEPS = [one.name for one in load_scale().criteria]
LEARNERS = (None, "kh0001", "A7")


@cache
def rules(name: str, who: str | None) -> dict[str, Any]:
    """The key of one learner."""
    return rules_for(FOLDER / name, who)


def plan_rule(name: str, who: str | None) -> dict[str, Any]:
    """The key's rule for the plan of one learner."""
    return dict(rules(name, who)["plan"])


def marked(name: str, who: str | None, plan: object) -> ItemMark:
    """The mark of a plan, as the trainer's side gives it."""
    form = load_form(FOLDER / name / "form.yaml")
    return mark_form(form, rules(name, who), {"plan": plan}, load_policy())[-1]


def test_there_are_twelve_cases():
    assert [name[:3] for name in case_names()] == [f"K{number:02}" for number in range(1, 13)]


@pytest.mark.parametrize("name", case_names())
def test_a_case_shows_a_sketch_that_learners_receive(name):
    assert "](display.svg)" in (FOLDER / name / "exercise.py").read_text("utf-8")
    assert f"{workspace.CASES}/{name}/display.svg" in workspace.wanted(resources.content_root())


@pytest.mark.parametrize("name", case_names())
def test_a_learner_reads_the_criteria_and_steps_that_the_machine_uses(name):
    text = (FOLDER / name / "exercise.py").read_text("utf-8")

    assert "，".join(STEPS) in text
    assert all(f"{number} " in text and meaning in text for number, meaning in enumerate(load_scale().steps))
    assert load_form(FOLDER / name / "form.yaml").field("plan").points == 12
    assert "折成 12 分" in text


@pytest.mark.parametrize("who", LEARNERS)
@pytest.mark.parametrize("name", case_names())
def test_the_reference_plan_gets_full_marks_and_waits_for_the_trainer(name, who):
    mark = marked(name, who, plan_rule(name, who)["reference"])

    assert [(one.name, one.step) for one in mark.steps] == [(step, 3) for step in STEPS]
    assert (mark.points, mark.flags, mark.needs_trainer) == (mark.max_points, (), True)
    assert as_mark(mark).points is None


@pytest.mark.parametrize("name", case_names())
@pytest.mark.parametrize("nothing", [None, "", " \n", "。。。"])
def test_an_empty_plan_is_missing_and_gets_nothing(name, nothing):
    mark = marked(name, "kh0001", nothing)

    assert (mark.points, mark.state, mark.steps) == (0, "missing", ())


@pytest.mark.parametrize("name", case_names())
def test_a_plan_that_recommends_what_is_forbidden_gets_no_points_for_it(name):
    """Every forbidden act of a case, put into a sentence that would else earn points."""
    rule = plan_rule(name, "kh0001")
    good = {phrase["name"]: phrase["any"][0] for phrase in rule["phrases"]}
    words = [word for one in rule["never"] for word in ([one] if isinstance(one, str) else one["any"])]
    assert words
    for word in words:
        mark = marked(name, "kh0001", f"7 月 5 日以前{good['做什么']} 1 次，{word}。")
        assert mark.points == 0, word
        assert mark.flags, word
        whole = marked(name, "kh0001", rule["reference"] + f"再{word}。")
        assert {one.name: one.step for one in whole.steps}["做什么"] == 0, word


@pytest.mark.parametrize("name", case_names())
def test_the_same_sentence_without_the_act_earns_points(name):
    good = {phrase["name"]: phrase["any"][0] for phrase in plan_rule(name, "kh0001")["phrases"]}

    assert marked(name, "kh0001", f"7 月 5 日以前{good['做什么']} 1 次。").points > 0


@pytest.mark.parametrize("name", case_names())
def test_a_plan_without_own_numbers_never_gets_full_marks(name):
    """The reference with another learner's numbers: what it finds is not backed by this shop."""
    others = re.sub(r"\d[\d,.]*", "987654321", plan_rule(name, "kh0001")["reference"])
    mark = marked(name, "kh0001", others)

    assert {one.name: one.step for one in mark.steps}["凭哪个数"] == 1
    assert mark.points < mark.max_points


@pytest.mark.parametrize("name", case_names())
def test_a_list_of_the_keys_words_earns_next_to_nothing(name):
    """Each case's own words with an own number and a date: only what says more than the word counts."""
    rule = plan_rule(name, "kh0001")
    words = [phrase["any"][0] for phrase in rule["phrases"]]
    number = f"{next(value for value in rule['numbers'] if value > 0):.2f}"

    assert marked(name, "kh0001", "、".join(words) + "。").points == 0
    assert marked(name, "kh0001", "，".join([*words, number, "6 月 1 日以前"]) + "。").points <= 1.4


@pytest.mark.parametrize("name", case_names())
def test_a_slogan_with_one_number_earns_a_third_at_most(name):
    mark = marked(name, "kh0001", "加强管理，提高认识，目标是达到更好，月底检查，下周提高到 100 元。")

    assert mark.points <= mark.max_points / 3


@pytest.mark.parametrize("name", case_names())
def test_what_a_case_forbids_is_a_risk_of_the_register(name):
    risks = {one["risk"] for one in plan_rule(name, None)["never"] if not isinstance(one, str)}

    assert all(facts.get(risk).id == risk for risk in risks)


@pytest.mark.parametrize(
    "name", ["K07_village", "K08_hard", "K09_boutique", "K10_online", "K11_newbrand", "K12_typhoon"]
)
def test_a_teaching_number_stands_in_the_policy_and_moves_the_key(name, tmp_path, monkeypatch):
    """A province's own constants change the answers: none is written into the case."""
    section = policy.load("cases").section(name[:3].lower())
    before = rules(name, "kh0001")
    keys = {"k07": ("counter_area", 2.5), "k08": ("hourly", 61), "k09": ("position", 97), "k10": ("rebate", 0.05),
            "k11": ("recent_weeks", 8), "k12": ("call_minutes", 7)}  # fmt: skip
    key, value = keys[name[:3].lower()]
    assert section[key] != value
    (tmp_path / "cases.toml").write_text(
        f'[{name[:3].lower()}]\n{key} = {{ value = {value}, source = "employer", note = "本单位" }}\n',
        "utf-8",
    )
    monkeypatch.setenv(policy.OVERRIDE_VARIABLE, str(tmp_path))

    assert rules_for(FOLDER / name, "kh0001") != before


def test_formgrader_shows_the_plan_and_each_step_with_its_reason(tmp_path):
    """The hand-in's page holds an empty field; the view puts the answer and the proposal under it."""
    cell = {
        "cell_type": "code",
        "metadata": {"nbgrader": {"grade_id": "form_plan"}},
        "outputs": [],
        "source": "",
    }
    path = tmp_path / "K07_village.ipynb"
    path.write_text(json.dumps({"cells": [cell, {**cell, "metadata": {}}], "metadata": {}}), "utf-8")
    mark = marked(
        "K07_village", "kh0001", "柜台上落灰<script>。送他一盒茶，再降他的星级。\n月底理柜台 1 次。"
    )

    form_view.put(tmp_path, [mark])

    cells = json.loads(path.read_text("utf-8"))["cells"]
    shown = cells[0]["outputs"][0]["data"]["text/html"]
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert all(one.name in shown and one.reason in shown for one in mark.steps)
    assert "今天不能做的事" in shown
    assert "写到了“降他的星级”" in shown
    assert cells[1]["outputs"] == []


def test_a_decided_field_is_shown_without_its_key(tmp_path):
    form = load_form(FOLDER / "K07_village" / "form.yaml")
    key = rules("K07_village", "kh0001")
    wrong = mark_form(form, key, {"area": 1}, load_policy())[0]

    assert str(key["area"]["value"]) not in form_view.view(wrong)


def test_steps_of_a_plan_are_kept_in_the_record():
    mark = as_mark(marked("K07_village", "kh0001", "柜台上落灰。"))

    assert mark.as_json()["steps"][0] == {
        "name": "发现了什么", "step": 1, "top": 3, "meaning": "写到了",
        "reason": "对上“落灰”，同一句里没有自己数据里的数",
    }  # fmt: skip


def test_an_unknown_case_is_named_with_those_there_are(tmp_path):
    with pytest.raises(InputError, match="K01_beihuan"):
        new_course(tmp_path / "班", names=["K99_nothing"])
