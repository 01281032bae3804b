"""What a warm process gets ready before a learner's program runs, and the key that runs after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coursekit.grading.course import AssignmentSource
from coursekit.grading.forms import exercise_folder, key_of, rules_for
from coursekit.grading.inside import own_tables
from coursekit.grading.new_course import case_names, exercise_names
from coursekit.grading.preload import imports_of, tables_of
from coursekit.grading.strict import read_source


def source_of(*cells: str) -> AssignmentSource:
    found = [
        {"cell_type": "code", "source": text, "metadata": {"nbgrader": {"grade_id": f"c{number}"}}}
        for number, text in enumerate(cells)
    ]
    return AssignmentSource("a", Path(), (read_source({"cells": found}, "a", {}),))


def test_tables_are_those_the_cells_load_for_the_learner() -> None:
    cells = ("sales = learn.load('sales_week')", "rules = policy.load('visits')\nlearn.load(name)", "(")

    assert tables_of(source_of(*cells, "other = datasets.load('sku', 'hidden-check')")) == ("sales_week",)


def test_a_styled_table_needs_what_pandas_imports_for_it() -> None:
    assert imports_of(source_of("import math", "t.style.hide()")) == ("math", "pandas.io.formats.style")


@pytest.mark.parametrize("name", [*exercise_names(), *case_names()])
def test_a_key_says_the_same_beside_the_warm_process(name: str) -> None:
    key = key_of(name)
    assert key is not None
    asked = key.asked(own_tables.SAMPLE)

    found = own_tables.rules(asked["text"], asked["where"], list(asked["names"]), asked["learner"])

    assert json.loads(found) == rules_for(exercise_folder(name), own_tables.SAMPLE)


@pytest.mark.parametrize(
    "text", ["1 / 0", "answers = 3", "def answers(tables):\n    return {'a': object()}", "("]
)
def test_a_key_that_cannot_be_used_is_left_to_the_driver(text: str) -> None:
    assert own_tables.rules(text, "key.py", [], "kh0001") == b""


def test_tables_that_cannot_be_made_are_told_to_whoever_loads_them() -> None:
    own_tables.make(["no_such_table", "sku"], "not an id")
