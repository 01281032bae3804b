"""An answer that hands over what the course library computes is named for a person; an own one never is."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from tests import typical

from coursekit import resources
from coursekit.course import build
from coursekit.grading.course import NotebookSource
from coursekit.grading.flags_library import library_flags
from coursekit.grading.strict import read_source

EXERCISES = {folder.name: folder for folder in build.exercise_folders(resources.content_root())}
SETUP = "from coursekit import learn\nfrom coursekit.domain import customers, policy\nrules = policy.load('stars')"


@cache
def given(name: str) -> NotebookSource:
    """An exercise as learners get it."""
    notebook = json.loads((EXERCISES[name] / f"{name}.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return read_source(notebook, name, {})


def handed_in(name: str, grade_id: str, code: str) -> dict[str, Any]:
    """The solved notebook of an exercise with another answer in one cell."""
    solved = typical.source(EXERCISES[name])
    answered = [
        {**cell, "source": typical._with(cell.source, code)}
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
        else cell
        for cell in solved.cells
    ]
    return {"cells": answered}


def cells(*parts: tuple[str, str, dict[str, bool]]) -> dict[str, Any]:
    return {
        "cells": [
            {
                "cell_type": "code",
                "source": text,
                "metadata": {"nbgrader": {"grade_id": name, **kind}} if name else {},
            }
            for name, text, kind in parts
        ]
    }


def seen(answer: str, own: str = "", text: str = "def f(table):\n    pass") -> list[str]:
    """Flags of an answer, with a cell of the learner's own before it."""
    locked, solution = {"locked": True}, {"solution": True}
    source = read_source(cells(("setup", SETUP, locked), ("f", text, solution)), "ps1", {})
    submitted = cells(("setup", SETUP, locked), ("", own, {}), ("f", answer, solution))
    return [str(flag) for flag in library_flags(source, submitted)]


@pytest.mark.parametrize(
    ("name", "grade_id", "code", "called"),
    [
        ("02_files", "issue_table", "return customers.cleaning_report(table)", "customers.cleaning_report"),
        ("05_cooperation", "new_plan", "from coursekit.domain.customers import reallocate_visits as move\nreturn move(table)", "customers.reallocate_visits"),
        ("06_service", "tags_of", "import coursekit.domain.customers as c\nreturn c.customer_tags(shop)", "customers.customer_tags"),
        ("07_capacity", "visits_due", "from coursekit.domain import visits\ntotal = visits.required_visits(table)['visits'].sum()", "visits.required_visits"),
        ("09_visit_log", "missed", "import coursekit\nreturn coursekit.domain.visits.check_log(log)", "visits.check_log"),
        ("10_warnings", "own_index", "index = getattr(method135, 'warnings')(table)", "method135.warnings"),
        ("13_swot", "price_after", "price = stores.prove(base, share).price_after", "stores.prove"),
        ("14_forecast", "last_year", "from coursekit.domain.forecast import *\npast = last_year(value, growth)", "forecast.*"),
    ],
)  # fmt: skip
def test_an_answer_that_calls_the_library_is_named_with_its_line(
    name: str, grade_id: str, code: str, called: str
) -> None:
    flags = library_flags(given(name), handed_in(name, grade_id, code))

    assert [flag.code for flag in flags] == ["library"], "not again where the cell shows its own result"
    assert flags[0].place.startswith(f"{grade_id} 第 ")
    assert flags[0].reason == f"答案里用了课程库的 {called}，看看是不是没有自己算"


@pytest.mark.parametrize("name", EXERCISES)
def test_neither_the_reference_nor_a_typical_wrong_answer_is_flagged(name: str) -> None:
    """What the instructor's part of a cell calls (13: `base_of`, 17: working days) is no answer."""
    assert library_flags(given(name), typical.source(EXERCISES[name])) == []
    for grade_id, code in typical.wrongs(EXERCISES[name]).CODE.values():
        assert library_flags(given(name), handed_in(name, grade_id, code)) == [], code


@pytest.mark.parametrize(
    ("own", "answer"),
    [
        ("def mine(table):\n    return customers.segments(table)", "def f(table):\n    return mine(table)"),
        ("ready = customers.segments", "def f(table):\n    return ready(table)"),
        ("", "call = customers.segments\ndef f(table):\n    return call(table)"),
        ("", "def f(table):\n    return map(customers.segments, [table])"),
        ("", "%time\ndef f(table):\n    return customers.segments(table)"),
    ],
)
def test_another_name_for_the_library_is_the_library(own: str, answer: str) -> None:
    assert any("customers.segments" in flag for flag in seen(answer, own))


@pytest.mark.parametrize(
    ("own", "answer"),
    [
        ("print(customers.segments(learn.load('coop190')))", "def f(table):\n    return table['coop'] >= 70"),
        ("customers = learn.load('customers')", "def f(table):\n    return customers.merge(table)"),
        ("", "def f(customers):\n    return customers.segments"),
        ("", "def f(table):\n    return rules['stars']\npolicy.load('visits')"),
        ("", "from coursekit.domain import plots\nplots.use_style()\nlearn.load('sku')"),
        ("", "def f(:"),
        ("", "x" * 300_000),
        ("", "(" * 5000),
        ("", "f = " + "-" * 50_000 + "1"),
    ],
)
def test_own_work_tables_and_what_cannot_be_read_are_not_flagged(own: str, answer: str) -> None:
    assert seen(answer, own) == []


def test_what_the_instructor_wrote_into_the_cell_may_be_used() -> None:
    text = "def f(table):\n    found = customers.segments(table)\n    return None"
    assert (
        seen("def f(table):\n    found = customers.segments(table)\n    return len(found)", text=text) == []
    )
    assert seen("def f(table):\n    return customers.abc(table)", text=text) != []


def test_a_long_answer_gets_a_few_flags() -> None:
    assert len(seen("\n".join(f"customers.a{n}(1)" for n in range(50)))) == 3
