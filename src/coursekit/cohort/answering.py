"""Fills a released notebook and its form the way one manager of the sample would."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

from coursekit.course.cells import form_field
from coursekit.quiz.answers import seal_of
from coursekit.quiz.form import Form
from coursekit.quiz.items import LETTERS
from coursekit.quiz.marking import with_letters

_MARKS = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)
_REGION = re.compile(r"### BEGIN SOLUTION\n(.*?)[ \t]*### END SOLUTION", re.DOTALL)
_ASSIGNED = re.compile(r"^([ \t]*)([A-Za-z_]\w*) = .*$", re.MULTILINE)
# What people really mix up; the first one that fits is taken.
_SLIPS = (
    (".notna()", ".isna()"), (".isna()", ".notna()"), (" > 0", " >= 0"), (" >= ", " > "), (" <= ", " < "),
    ("sorted(", "list("), (" / ", " * "), (" * ", " / "), (" - ", " + "), (".sum()", ".count()"),
    (".nunique()", ".count()"), (".mean()", ".sum()"),
)  # fmt: skip


def solution_cells(source: NotebookNode) -> list[str]:
    """Grade ids of the cells a learner fills in with code, in order."""
    return [
        cell.metadata["nbgrader"]["grade_id"]
        for cell in source.cells
        if cell.cell_type == "code"
        and cell.metadata.get("nbgrader", {}).get("solution")
        and form_field(cell) is None
    ]


def fill(released: NotebookNode, source: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    """The released notebook with `answers` (`right`, `wrong` or `blank`) in its solution cells."""
    notebook = copy.deepcopy(released)
    solutions = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in source.cells}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        how = answers.get(grade_id, "blank")
        if how != "blank":
            solved = _MARKS.sub("", solutions[grade_id])
            cell.source = solved if how == "right" else slip(solutions[grade_id])
    return notebook


def slip(source: str) -> str:
    """A solution with one believable mistake in it."""
    region = _REGION.search(source)
    if region is None:
        return _MARKS.sub("", source)
    body = region.group(1)
    for old, new in _SLIPS:
        if old in body:
            wrong = body.replace(old, new, 1)
            return _MARKS.sub("", source.replace(body, wrong, 1))
    assigned = list(_ASSIGNED.finditer(body))
    if assigned:
        last = assigned[-1]
        wrong = body[: last.start()] + f"{last.group(1)}{last.group(2)} = 0" + body[last.end() :]
        return _MARKS.sub("", source.replace(body, wrong, 1))
    return _MARKS.sub("", source)


def form_answers(
    form: Form, rules: Mapping[str, Any], wrong: frozenset[str], draw: random.Random
) -> dict[str, Any]:
    """Value by field: what the key wants, and something believable but wrong in the fields `wrong`."""
    return {
        one.id: _answer(with_letters(rules[one.id], one.options), len(one.options), one.id in wrong, draw)
        for one in form.fields
    }


def _answer(rule: Mapping[str, Any], options: int, wrong: bool, draw: random.Random) -> Any:
    kind = rule["type"]
    if kind == "number":
        known = rule.get("known") or []
        if not wrong:
            return rule["value"]
        return known[0]["value"] if known else round(float(rule["value"]) * 1.1 + 1, 2)
    if kind == "multiple":
        value = list(rule["value"])
        return value[:-1] if wrong and len(value) > 1 else value
    if kind == "choice":
        others = [letter for letter in LETTERS[:options] if letter != rule["value"]]
        return draw.choice(others) if wrong and others else rule["value"]
    phrases = rule["phrases"][: max(1, len(rule["phrases"]) // 2)] if wrong else rule["phrases"]
    return "".join(f"这里我写到{phrase['any'][0]}，照这样办。" for phrase in phrases)


def answers_file(assignment: str, learner: str, values: Mapping[str, Any], at: str) -> dict[str, Any]:
    """Content of `answers.json` as the answer page writes it."""
    content: dict[str, Any] = {
        "schema": 1,
        "assignment": assignment,
        "learner": learner,
        "answers": {name: {"value": value, "at": at} for name, value in values.items()},
    }
    content["seal"] = seal_of(content)
    return content
