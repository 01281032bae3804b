"""The store cases: each has a story with a sketch, a sheet of numbers, and a plan that a trainer settles."""

from __future__ import annotations

import pytest

from coursekit import resources
from coursekit.course import workspace
from coursekit.errors import InputError
from coursekit.grading.new_course import case_names, new_course
from coursekit.quiz.form import load_form
from coursekit.quiz.marking import mark_form

FOLDER = resources.assignments() / "cases"
STEPS = {"发现了什么", "凭哪个数", "做什么", "做到多少", "哪天以前", "怎样查"}


@pytest.mark.parametrize("name", case_names())
def test_a_case_shows_a_sketch_that_learners_receive(name):
    assert "](display.svg)" in (FOLDER / name / "exercise.py").read_text("utf-8")
    assert f"{workspace.CASES}/{name}/display.svg" in workspace.wanted(resources.content_root())


@pytest.mark.parametrize("name", case_names())
def test_the_plan_of_a_case_waits_for_the_trainer(name):
    """Key phrases only propose points, whatever is written."""
    form = load_form(FOLDER / name / "form.yaml")
    plan = form.field("plan")
    rule = {"type": "text", "phrases": [{"name": step, "any": [step]} for step in sorted(STEPS)]}

    mark = mark_form(form.model_copy(update={"fields": [plan]}), {"plan": rule}, {"plan": "凭哪个数"})[0]

    assert mark.needs_trainer
    assert 0 < mark.points < mark.max_points
    assert all(step in (FOLDER / name / "exercise.py").read_text("utf-8") for step in STEPS)


def test_an_unknown_case_is_named_with_those_there_are(tmp_path):
    with pytest.raises(InputError, match="K01_beihuan"):
        new_course(tmp_path / "班", names=["K99_nothing"])
