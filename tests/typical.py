"""Tries the typical wrong answers of an exercise: cells in this process, marks and page by the real code.

`about.toml` states each with what it loses and what is said; `typical.py` beside it (never given to
learners) holds what to put into the solution cell or the field.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pandas as pd

from coursekit.course import build, learner
from coursekit.domain import datasets
from coursekit.grading import store
from coursekit.grading.feedback import render
from coursekit.grading.forms import as_mark, rules_for
from coursekit.grading.marks import CellOutcome, Mark, mark_test
from coursekit.grading.settings import Settings
from coursekit.grading.standings import CellStanding, Standing
from coursekit.grading.tasks import Exercise, read_exercise
from coursekit.quiz.form import Form, load_form
from coursekit.quiz.marking import load_policy, mark_form

WHO = "kh0002"
_SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?### END SOLUTION", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One code cell of the solved notebook, the names that were there before it ran, and which heading it is under."""

    cell: nbformat.NotebookNode
    before: Mapping[str, object]
    task: int

    @property
    def grade_id(self) -> str:
        """The cell as nbgrader calls it."""
        return str(self.grading.get("grade_id", ""))

    @property
    def grading(self) -> Mapping[str, Any]:
        """What nbgrader knows of the cell."""
        return self.cell.metadata.get("nbgrader", {})

    @property
    def is_test(self) -> bool:
        """Whether the machine marks this cell."""
        return bool(self.grading.get("grade")) and not self.grading.get("solution")


@dataclass(frozen=True)
class Bench:
    """An exercise solved by one learner, ready for one cell or field to be answered wrongly."""

    folder: Path
    steps: tuple[Step, ...]
    names: Mapping[str, object]
    words: Exercise

    def may_lose(self, grade_id: str) -> set[str]:
        """Checks of the task of a solution cell, and of tasks that use what it makes."""
        names = set(next(_names(s.cell.source)[1] for s in self.steps if s.grade_id == grade_id))
        own, users = {s.task for s in self.steps if s.grade_id == grade_id}, set()
        for step in self.steps:
            needs, makes = _names(step.cell.source)
            if needs & names:
                users.add(step.task)
                names |= set() if step.is_test else makes
        return {s.grade_id for s in self.steps if s.is_test and s.task in own | users}

    def after(self, number: int) -> Mapping[str, object]:
        """Names that were there after a cell of the solved notebook."""
        return self.steps[number + 1].before if number + 1 < len(self.steps) else self.names


@dataclass(frozen=True)
class Tried:
    """What came of a wrong answer: marks by grade id, the page as text, cells whose message the page leaves out."""

    marks: Mapping[str, Mark]
    page: str
    swallowed: list[str]

    @property
    def told(self) -> str:
        """What the machine saw in a text; the marks then hold its proposal."""
        return "".join(mark.told for mark in self.marks.values())

    @property
    def loses(self) -> list[str]:
        """Cells and fields that did not get their points, in the order of the notebook."""
        return [name for name, mark in self.marks.items() if mark.status != "passed"]


def bench(folder: Path, desk: Path) -> Bench:
    """Solve the exercise of `folder` in `desk`, a folder like one of a hand-in (the working directory)."""
    learner.write(desk, learner.learner(WHO))
    form = folder / "form.yaml"
    (desk / form.name).write_bytes(form.read_bytes())
    names: dict[str, object] = {"__name__": "__main__"}
    steps, task = [], 0
    for cell in source(folder).cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        task += cell.cell_type == "markdown" and cell.source.startswith("## ")
        if cell.cell_type == "code" and not name.startswith("form_") and name not in ("hand_in", "show_map"):
            steps.append(Step(cell, dict(names), task))
            outcome = _run(cell.source, names)
            assert outcome.ended == "ok", f"the solution fails in {name}: {outcome.evalue}"
    return Bench(folder, tuple(steps), names, _words(folder, desk))


def try_code(on: Bench, grade_id: str, code: str) -> Tried:
    """Put `code` in place of a cell's solution and run what comes after it and uses what it makes.

    Cells before it, and those that use nothing of it, are as in the solved notebook: passed.
    """
    return try_codes(on, {grade_id: code})


def try_codes(on: Bench, codes: Mapping[str, str]) -> Tried:
    """As `try_code`, for several cells at once, by grade id."""
    at = next(n for n, step in enumerate(on.steps) if step.grade_id in codes)
    names = {
        name: value.copy() if isinstance(value, list | dict | pd.DataFrame) else value
        for name, value in on.steps[at].before.items()
    }
    touched: set[str] = set()
    marks = {}
    for number, step in enumerate(on.steps):
        changed = step.grade_id in codes
        text = _with(step.cell.source, codes[step.grade_id]) if changed else step.cell.source
        outcome = CellOutcome("", "ok")
        uses, makes = _names(text)
        if changed or (number > at and uses & touched):
            touched |= makes
            outcome = _run(text, names)
        elif number > at:
            names.update({name: on.after(number)[name] for name in makes & on.after(number).keys()})
        if step.is_test:
            marks[step.grade_id] = _mark(step, outcome)
    return _tried(on, marks)


def try_field(on: Bench, field: str, answer: object, given: float | None = None) -> Tried:
    """Give a field `answer`; of a text, `given` is what the trainer gives, the proposal if None. [points]"""
    form, rules = key(on.folder)
    item = next(m for m in mark_form(form, rules, {field: answer}, load_policy()) if m.id == field)
    mark = as_mark(item)
    if mark.status == "manual":
        points = item.points if given is None else given
        status = "passed" if points >= mark.max_points else "failed" if points <= 0 else "partial"
        mark = replace(mark, points=points, status=status)
    return _tried(on, {mark.grade_id: mark})


@cache
def source(folder: Path) -> nbformat.NotebookNode:
    """The instructor's notebook of an exercise."""
    return build.source_notebook(folder)


@cache
def wrongs(folder: Path) -> ModuleType:
    """The exercise's `typical.py`."""
    spec = importlib.util.spec_from_file_location(f"typical_{folder.name}", folder / "typical.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fields(folder: Path) -> dict[str, tuple[str, object]]:
    """Wrong answers to fields by id: field and value, for one learner's tables."""
    tables = {name: datasets.load(name, WHO) for name in build.about(folder)["tables"]}
    return dict(wrongs(folder).fields(tables, key(folder)[1]))


def right_words(folder: Path, field: str) -> list[str]:
    """What a page must not tell of a field: its key, where it is long enough to be one."""
    rule = key(folder)[1][field]
    if rule["type"] == "number":
        value = rule["value"]
        texts = {f"{value:g}", f"{value:.1f}", f"{value:.2f}", f"{value:,.2f}"}
        return sorted(text for text in texts if len(text) >= 4)
    value = rule.get("value", [])
    return [text for text in ([value] if isinstance(value, str) else value) if len(text) >= 4]


@cache
def key(folder: Path) -> tuple[Form, dict[str, Any]]:
    """The form and its rules for one learner."""
    return load_form(folder / "form.yaml"), rules_for(folder, WHO)


def _with(source: str, code: str) -> str:
    found = _SOLUTION.search(source)
    assert found, "no solution region in this cell"
    body = "\n".join(found[1] + line if line.strip() else line for line in code.strip("\n").splitlines())
    return source[: found.start()] + body + source[found.end() :]


@cache
def _names(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names that a cell needs from before, and names that it makes."""
    needs: set[str] = set()
    makes: set[str] = set()
    for statement in ast.parse(text).body:
        nodes = list(ast.walk(statement))
        names = [node for node in nodes if isinstance(node, ast.Name)]
        own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        loads = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        inner = own if isinstance(statement, ast.FunctionDef | ast.For) else set()
        needs |= loads - makes - inner
        makes |= {statement.name} if isinstance(statement, ast.FunctionDef) else own
        makes |= {
            one.asname or one.name
            for node in nodes
            if isinstance(node, ast.Import | ast.ImportFrom)
            for one in node.names
        }
    return frozenset(needs), frozenset(makes)


def _run(text: str, names: dict[str, object]) -> CellOutcome:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # a warning of a learner's code is none of ours, and costs nothing
            exec(compile(text, "cell", "exec"), names)  # noqa: S102 -- the kit's own content
    except Exception as error:
        return CellOutcome("", "error", type(error).__name__, str(error))
    return CellOutcome("", "ok")


def _mark(step: Step, outcome: CellOutcome) -> Mark:
    name, points = step.grade_id, float(step.grading["points"])
    return mark_test(name, replace(outcome, grade_id=name), points, step.cell.source)


def _words(folder: Path, desk: Path) -> Exercise:
    """The exercise as a course knows it: source notebook, form, `about.toml`."""
    course = desk / "course"
    place = course / "source" / folder.name
    place.mkdir(parents=True)
    (place / f"{folder.name}.ipynb").write_text(json.dumps(source(folder), ensure_ascii=False), "utf-8")
    (place / "form.yaml").write_bytes((folder / "form.yaml").read_bytes())
    private = course / store.PRIVATE / "about"
    private.mkdir(parents=True)
    (private / f"{folder.name}.toml").write_bytes((folder / "about.toml").read_bytes())
    return read_exercise(course, folder.name)


def _tried(on: Bench, marks: Mapping[str, Mark]) -> Tried:
    left_out = [
        name
        for name, mark in marks.items()
        if mark.reason.startswith("AssertionError") and not on.words.task(name).saying(mark.reason)
    ]
    return Tried(marks, _page(on, marks), left_out)


def _page(on: Bench, marks: Mapping[str, Mark]) -> str:
    """Text of the page a learner gets for these marks."""
    cells = tuple(
        CellStanding(m.grade_id, m.points, m.max_points, m.status, m.reason, bool(m.told), "", m.told)
        for m in marks.values()
    )
    row = Standing(WHO, "", "", "graded", sum(m.points or 0 for m in marks.values()), 0.0, cells=cells)
    page = render(row, on.words, Settings("班"))
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "\n", body))
