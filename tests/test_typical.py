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
from coursekit.quiz.marking import with_letters
from tests import typical

EXERCISES = {folder.name: folder for folder in build.exercise_folders(resources.content_root())}


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


@pytest.mark.parametrize(
    ("on", "codes", "loses"),
    [
        ("06_service", {"tags_of": "tags = []\nno_account = False\nreturn []"}, "check_services_own"),
        ("07_capacity", {"days_needed": "days = 0", "impossible": "pass"}, "check_impossible_own"),
        (
            "07_capacity",
            {"days_needed": "days = 99", "impossible": "too_much = True"},
            "check_impossible_own",
        ),
        ("03_figures", {"route_total": "total = 1", "coverage": "part = whole = 1"}, "check_coverage_own"),
        (
            "09_visit_log",
            {"made_in": "made = log[:0]", "too_few": "times = made_in(log, month)"},
            "check_few_own",
        ),
        (
            "12_store",
            {"with_amounts": "sales = 1\nprofit = 0", "margins": "on_price = on_cost = 0"},
            "check_margins_own",
        ),
        ("13_swot", {"price_after": "price = 0", "own_targets": "profit = 0"}, "check_targets_more"),
    ],
    indirect=["on"],
)
def test_what_an_earlier_task_got_wrong_is_no_gift_to_a_later_one(
    on: typical.Bench, codes: dict[str, str], loses: str
) -> None:
    """Hidden checks do not charge an earlier error twice; constants that agree with each other earn nothing."""
    assert loses in typical.try_codes(on, codes).loses


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
