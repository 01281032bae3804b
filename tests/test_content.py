"""Every exercise of the kit: its solution earns everything, its untouched release earns nothing, and
nothing of a solution, hidden test or key is in what learners receive.

Cells run in this process (no kernel): what is tested is the content, not the engine that grades it.
"""

from __future__ import annotations

import copy
import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import pytest

from coursekit import resources
from coursekit.course import build, learner, workspace
from coursekit.course.checks import form_faults, known_facts, unknown_facts
from coursekit.course.leaks import leaked, secret_lines
from coursekit.domain import datasets
from coursekit.quiz import marking
from coursekit.quiz.form import Form, load_form
from tests import typical

ROOT = resources.content_root()
EXERCISES = {folder.name: folder for folder in build.exercise_folders(ROOT)}
LESSON_EXERCISES = [name for name in EXERCISES if name[0] != "K"]
LEARNERS = ("kh0001", "kh0002", "A7")


@dataclass(frozen=True)
class Points:
    """What machine-marked cells earned, by grade id, and what they could earn."""

    earned: dict[str, float]
    possible: dict[str, float]
    errors: dict[str, str]


@cache
def source(name: str) -> nbformat.NotebookNode:
    return build.source_notebook(EXERCISES[name])


@cache
def release(name: str) -> nbformat.NotebookNode:
    return build.release_notebook(EXERCISES[name])


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Iterator[Path]:
    """A folder like one of a hand-in on the trainer's side; matplotlib draws nowhere."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(
    notebook: nbformat.NotebookNode, tests: nbformat.NotebookNode, desk: Path, name: str, who: str
) -> Points:
    """Run `notebook` with the test cells of `tests`, cell by cell, as `who`."""
    learner.write(desk, learner.learner(who))
    (desk / "form.yaml").write_bytes((EXERCISES[name] / "form.yaml").read_bytes())
    full = {cell["id"]: cell.source for cell in tests.cells}
    names: dict[str, object] = {"__name__": "__main__"}
    points = Points({}, {}, {})
    for cell in notebook.cells:
        grading = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code":
            continue
        is_test = grading.get("grade") and not grading.get("solution")
        text = full[cell["id"]] if is_test else cell.source
        try:
            exec(compile(text, f"{name}:{cell['id']}", "exec"), names)  # noqa: S102 -- the kit's own content
            passed = True
        except Exception as error:
            points.errors[cell["id"]] = f"{type(error).__name__}: {error}"
            passed = False
        if is_test:
            points.possible[grading["grade_id"]] = grading["points"]
            points.earned[grading["grade_id"]] = grading["points"] if passed else 0
    return points


def rules_of(name: str, who: str) -> tuple[Form, dict[str, dict]]:
    """The form of an exercise and the key for one learner."""
    folder = EXERCISES[name]
    spec = importlib.util.spec_from_file_location(f"key_{name}", folder / "key.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    about = build.about(folder)
    tables = {table: datasets.load(table, who) for table in about["tables"]}
    return load_form(folder / "form.yaml"), module.answers(tables)


def right_answer(rule: dict, options: list[str]) -> object:
    """An answer that a rule accepts in full, as the widget saves it (options by their letters)."""
    letters = {text: "ABCDEFGHIJ"[place] for place, text in enumerate(options)}
    if rule.get("reference"):
        return rule["reference"]
    if rule["type"] == "text":
        return "".join(f"这里我写到{phrase['any'][0]}，照这样办。" for phrase in rule["phrases"])
    if rule["type"] == "multiple":
        return [letters.get(value, value) for value in rule["value"]]
    return letters.get(rule["value"], rule["value"])


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("who", sorted({*LEARNERS} - {typical.WHO}))
def test_the_solution_earns_full_marks(name, who, desk):
    """That of the learner left out here is run in `test_typical`, before anything is answered wrongly."""
    points = run(source(name), source(name), desk, name, who)

    assert points.errors == {}
    assert points.earned == points.possible


@pytest.mark.parametrize("name", EXERCISES)
def test_the_untouched_release_earns_nothing(name, desk):
    points = run(release(name), source(name), desk, name, LEARNERS[0])

    assert sum(points.earned.values()) == 0
    assert not points.errors.keys() - points.earned.keys(), (
        "cells that are no tests must run before anything is filled in"
    )


@pytest.mark.parametrize("name", ["06_service"])
def test_functions_that_give_nothing_earn_nothing(name, desk):
    """No tags for any shop and no services for no tags agreed with each other, and earned 3 points."""
    empty = copy.deepcopy(release(name))
    for cell in empty.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = re.sub(r"(?m)^( +)return .*$", r"\1return []", cell.source)

    assert run(empty, source(name), desk, name, LEARNERS[0]).earned["check_services_own"] == 0


@pytest.mark.parametrize("name", EXERCISES)
def test_an_untouched_cell_is_told_in_words(name, desk):
    """A learner who runs a check too early reads a sentence, not the name of an exception."""
    points = run(release(name), release(name), desk, name, LEARNERS[0])

    for cell, error in points.errors.items():
        assert error.startswith("AssertionError: "), f"{cell}: {error}"
        assert "没有" in error, f"{cell}: {error}"


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("who", LEARNERS)
def test_the_key_gives_full_marks_to_right_answers_and_none_to_an_empty_form(name, who):
    form, rules = rules_of(name, who)
    right = {field: right_answer(rule, form.field(field).options) for field, rule in rules.items()}

    full = marking.mark_form(form, rules, {"answers": right})
    empty = marking.mark_form(form, rules, {"answers": {}})

    assert [(mark.id, mark.points) for mark in full] == [(field.id, field.points) for field in form.fields]
    assert sum(mark.points or 0 for mark in empty) == 0


def test_the_same_letter_everywhere_earns_little():
    """B was right in 11 of 17 choices, A in all 12 multiple ones: half the points for whoever never read."""
    right = {"choice": [], "multiple": []}
    for name in LESSON_EXERCISES:
        form, rules = rules_of(name, LEARNERS[0])
        for field, rule in rules.items():
            if rule["type"] in right:
                value = marking.with_letters(rule, form.field(field).options)["value"]
                right[rule["type"]].append(set(value))

    assert len(right["choice"]) >= 17
    for letter in "ABCD":
        assert sum(letter in one for one in right["choice"]) <= 0.4 * len(right["choice"]), letter
        assert sum(letter in one for one in right["multiple"]) <= 0.7 * len(right["multiple"]), letter
    for same in right["multiple"]:
        assert right["multiple"].count(same) <= 0.25 * len(right["multiple"]), same


@pytest.mark.parametrize("name", EXERCISES)
def test_learners_differ_in_their_answers(name):
    """What one learner computes is no answer for the next."""
    numbers = [
        {field: rule["value"] for field, rule in rules_of(name, who)[1].items() if rule["type"] == "number"}
        for who in LEARNERS
    ]

    assert any(len({values[field] for values in numbers}) > 1 for field in numbers[0])


@pytest.mark.parametrize("name", EXERCISES)
def test_nothing_secret_is_in_what_learners_receive(name, tmp_path):
    """Lessons are left out: they may teach the very method an exercise asks for."""
    folder = EXERCISES[name]
    workspace.refresh(tmp_path, ROOT)
    received = [p.read_text("utf-8") for p in tmp_path.rglob("*") if p.is_file() and name in p.parts]
    assert len(received) >= 1, "the exercise must be in the workspace"
    received.append((folder / "about.toml").read_text("utf-8"))
    texts = [json.dumps(json.loads(t), ensure_ascii=False) if t.startswith("{") else t for t in received]

    secrets = secret_lines(source(name), (folder / "key.py").read_text("utf-8"))

    assert secrets, "an exercise without solution or key is none"
    assert leaked(secrets, [t.replace('\\"', '"') for t in texts]) == []


@pytest.mark.parametrize("name", EXERCISES)
def test_another_table_is_part_of_the_hidden_checks(name):
    """Constants must not pass: some hidden check uses a table or limits that the learner cannot see."""
    hidden = "\n".join(cell.source for cell in source(name).cells if "BEGIN HIDDEN TESTS" in cell.source)

    assert "pd.DataFrame(" in hidden or "pd.Series(" in hidden or "[[" in hidden


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_says_what_it_measures_and_what_goes_wrong(name):
    about = build.about(EXERCISES[name])

    assert about["lesson"] == name
    assert about["tables"]
    assert len(about["measures"]) >= 3
    assert all(case["wrong"] and case["said"] for case in about["typical"])
    assert len(about["typical"]) >= 3


def test_notebooks_are_those_of_their_sources():
    stale = [build.short(path, ROOT) for path in build.stale(build.plan(ROOT).built)]

    assert stale == [], "run `coursekit build`"


def test_forms_agree_with_cells_and_every_cited_fact_exists():
    assert form_faults(ROOT) == []
    assert unknown_facts(ROOT, known_facts(ROOT)) == []
