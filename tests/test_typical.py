"""The typical wrong answers that every exercise and case states are tried: what they cost and what is said.

Cells run in this process from the solved notebook on (no kernel), marks and the learner's page are made by
the grading's own functions: see `tests/typical.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coursekit import resources
from coursekit.course import build
from coursekit.course.leaks import leaked, secret_lines
from coursekit.quiz.items import LETTERS
from coursekit.quiz.marking import mark_form, with_letters
from tests import typical

EXERCISES = {folder.name: folder for folder in build.exercise_folders(resources.content_root())}
# exercises whose later hidden checks call or read more than one thing that the learner wrote
ATTACKED = (
    "02_files", "03_figures", "06_service", "07_capacity", "08_week_plan", "09_visit_log", "11_close_loop", "12_store", "13_swot", "15_points",
)  # fmt: skip

LESSON_EXERCISES = {name: folder for name, folder in EXERCISES.items() if name[0] != "K"}
VAGUE = "我会提高认识，认真对待，加强学习，按要求把工作做好，努力让客户放心，请大家多多支持。"


@pytest.fixture
def on(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typical.Bench:
    """The exercise of this test, solved."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(tmp_path)
    return typical.bench(EXERCISES[request.param], tmp_path)


def stated(folder: Path) -> dict[str, dict[str, Any]]:
    """What `about.toml` says of typical wrong answers, by id."""
    return {one["id"]: one for one in build.about(folder)["typical"]}


@pytest.mark.parametrize("on", EXERCISES, indirect=True)
def test_a_typical_wrong_answer_costs_and_is_told_what_the_exercise_states(on: typical.Bench) -> None:
    """Points of its task only (or of tasks that call it), the words stated, nothing secret."""
    said, code, fields = stated(on.folder), typical.wrongs(on.folder).CODE, typical.fields(on.folder)
    secrets = secret_lines(typical.source(on.folder), (on.folder / "key.py").read_text("utf-8"))
    assert said.keys() == code.keys() | fields.keys(), (
        "each stated one can be tried, each tried one is stated"
    )
    assert len(said) >= 3
    for name, one in said.items():
        if name in code:
            cell, text = code[name]
            tried, may = typical.try_code(on, cell, text), on.may_lose(cell)
        else:
            field, answer = fields[name]
            tried, may = typical.try_field(on, field, answer), {f"form_{field}"}
            assert [word for word in typical.right_words(on.folder, field) if word in tried.page] == [], name
        assert tried.loses == one["loses"], f"{name}: {one['wrong']}"
        proposed = next(iter(tried.marks.values())).points if tried.told else None
        assert proposed == pytest.approx(one.get("proposed"), abs=0.005), f"{name}: what the machine proposes"
        assert set(tried.loses) <= may, f"{name} costs points of a task that has nothing to do with it"
        assert [words for words in one["said"] if words not in tried.page] == [], f"{name}: {tried.page}"
        assert tried.swallowed == [], f"{name}: the author's words do not reach the page"
        assert leaked(secrets, [tried.page]) == [], name


@pytest.mark.parametrize("on", ["03_figures"], indirect=True)
def test_the_right_code_and_the_right_answer_lose_nothing(on: typical.Bench) -> None:
    """What tries the wrong answers would see if one were right."""
    right = typical.try_code(on, "route_total", 'total = int(table["route"].count())')

    assert right.loses == []
    assert typical.try_field(on, "which_rate", "B").loses == []


@pytest.mark.parametrize("on", ATTACKED, indirect=True)
def test_what_a_learner_wrote_is_no_measure_of_what_he_wrote_later(on: typical.Bench) -> None:
    """Answers that agree with each other and not with ours earn nothing from the later hidden check."""
    for codes, hidden in typical.wrongs(on.folder).ATTACKS:
        tried = typical.try_codes(on, codes)
        assert hidden in tried.marks
        assert hidden in tried.loses, codes


@pytest.mark.parametrize("folder", LESSON_EXERCISES.values(), ids=LESSON_EXERCISES.keys())
def test_a_right_text_is_proposed_in_full_in_any_words_and_a_list_of_words_is_not(folder: Path) -> None:
    """What the machine proposes is settled by a trainer, who should not have to turn over most of it."""
    form, rules = typical.key(folder)
    texts = typical.wrongs(folder).texts(rules)
    assert texts.keys() == {name for name, rule in rules.items() if rule["type"] == "text"}

    for field, right in texts.items():
        listed = "，".join(phrase["any"][0] for phrase in rules[field]["phrases"])
        full = form.field(field).points
        assert [text for text in right if _proposed(folder, field, text) != full] == []
        assert _proposed(folder, field, listed) == 0
        assert _proposed(folder, field, VAGUE) <= full / 4, field


@pytest.mark.parametrize("folder", EXERCISES.values(), ids=EXERCISES.keys())
def test_a_stated_typical_error_says_more_than_that_it_is_wrong(folder: Path) -> None:
    for name, one in stated(folder).items():
        assert one["wrong"], name
        assert max(len(words) for words in one["said"]) >= 8, f"{name}: {one['said']}"


@pytest.mark.parametrize("folder", EXERCISES.values(), ids=EXERCISES.keys())
def test_every_wrong_option_has_its_word_and_no_right_one(folder: Path) -> None:
    """Who chooses wrongly reads why; a word for an option that is not there would never be read."""
    form, rules = typical.key(folder)
    for field in form.fields:
        rule = with_letters(rules[field.id], field.options)
        if rule["type"] in ("choice", "multiple"):
            right = {rule["value"]} if isinstance(rule["value"], str) else set(rule["value"])
            wrong = set(LETTERS[: len(field.options)]) - right
            assert sorted(one["value"] for one in rule.get("known", [])) == sorted(wrong), field.id


def _proposed(folder: Path, field: str, text: str) -> float:
    form, rules = typical.key(folder)
    return next(mark.points for mark in mark_form(form, rules, {field: text}) if mark.id == field)
