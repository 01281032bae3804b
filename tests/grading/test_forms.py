"""Form tasks are marked from the trainer's key, and what is not at hand is never a zero."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from coursekit.errors import CoursekitError
from coursekit.grading import forms, store
from coursekit.grading.forms import FormMarks, mark_forms, rules_for
from coursekit.grading.handin import Graded, HandIn
from coursekit.quiz.itemmarks import ItemMark
from coursekit.resources import CONTENT_VARIABLE, assignments

FORM = """
fields:
  - {id: total, type: number, prompt: 一共几户, points: 2, unit: 户}
  - {id: why, type: text, prompt: 说明原因, points: 3}
"""
KEY = """
def answers(tables):
    return {
        "total": {"type": "number", "value": 308, "tolerance": 0},
        "why": {"type": "text", "phrases": [{"any": ["季初"], "points": 1}]},
    }
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """An exercise and a course with nothing handed in."""
    content = tmp_path / "content"
    exercise = content / "assignments" / "exercises" / "03_figures"
    exercise.mkdir(parents=True)
    for folder in ("notebooks", "datasets"):
        (content / folder).mkdir()
    (exercise / "form.yaml").write_text(FORM, "utf-8")
    (exercise / "key.py").write_text(KEY, "utf-8")
    policy = content / "assignments" / "policy"
    policy.mkdir()
    shutil.copy(assignments() / "policy" / "marking.toml", policy)
    monkeypatch.setenv(CONTENT_VARIABLE, str(content))
    return exercise, tmp_path / "course"


def hand_in(course: Path, text: str) -> None:
    """Store an answers.json for kh0001."""
    folder = course / "submitted" / "kh0001" / "03_figures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answers.json").write_text(text, "utf-8")


def answered(**fields: object) -> str:
    """Text of an answers.json."""
    return json.dumps({"schema": 1, "answers": {name: {"value": value} for name, value in fields.items()}})


def test_numbers_are_marked_and_texts_wait_for_a_person(place: tuple[Path, Path]) -> None:
    hand_in(place[1], answered(total="308 户", why="因为季初换了标准"))

    marks = mark_forms(place[1], "03_figures", "kh0001").marks

    assert (marks["form_total"].points, marks["form_total"].status) == (2, "passed")
    assert (marks["form_why"].points, marks["form_why"].status) == (None, "manual")


def test_an_empty_field_is_a_zero_and_says_so(place: tuple[Path, Path]) -> None:
    hand_in(place[1], answered(total=300))

    marks = mark_forms(place[1], "03_figures", "kh0001").marks

    assert marks["form_total"].points == 0
    assert marks["form_why"].points == 0
    assert "没有作答" in marks["form_why"].reason


@pytest.mark.parametrize("text", ["{", '{"schema": 1, "answers": 3}', "\x00"])
def test_unreadable_answers_are_not_run(place: tuple[Path, Path], text: str) -> None:
    hand_in(place[1], text)

    marks = mark_forms(place[1], "03_figures", "kh0001").marks

    assert {mark.status for mark in marks.values()} == {"not_run"}
    assert {mark.points for mark in marks.values()} == {None}


def test_answers_that_were_not_sent_along_are_not_run(place: tuple[Path, Path]) -> None:
    record = place[1] / ".coursekit" / "collected" / "03_figures" / "kh0001.json"
    store.write_json(record, {"file": "作业3.ipynb", "flags": []})

    marks = mark_forms(place[1], "03_figures", "kh0001").marks

    assert marks["form_total"].points is None
    assert "整个交来" in marks["form_total"].reason


def test_no_key_reaches_a_reason_of_a_decided_field(place: tuple[Path, Path]) -> None:
    hand_in(place[1], answered(total=300))

    assert "308" not in mark_forms(place[1], "03_figures", "kh0001").marks["form_total"].reason


@pytest.mark.parametrize(
    ("key", "word"),
    [
        (None, "没有 key.py"),
        ("x = 1", "没有函数 answers"),
        ("1 / 0", "不能运行"),
        ("def answers(t): return t['a']", "算答案时出错"),
    ],
)
def test_a_faulty_key_is_named(place: tuple[Path, Path], key: str | None, word: str) -> None:
    path = place[0].with_name(f"04_{abs(hash(word)) % 1000}") / "key.py"
    path.parent.mkdir()
    if key is not None:
        path.write_text(key, "utf-8")
    with pytest.raises(CoursekitError, match=word):
        rules_for(path.parent, "kh0001")


def test_an_unknown_exercise_is_named(place: tuple[Path, Path]) -> None:
    with pytest.raises(CoursekitError, match="没有这个练习"):
        mark_forms(place[1], "99_none", "kh0001")


def test_an_answered_field_is_not_called_no_response(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cell of a field never changes: an answered plan stood under nbgrader's “No response.”."""
    marks = [ItemMark("plan", 0, 12, "review", given="理柜台"), ItemMark("rate", 0, 2, "missing")]
    monkeypatch.setattr(forms, "mark_forms", lambda *_: FormMarks({}, items=tuple(marks)))
    cells = [SimpleNamespace(is_form=True, grade_id=f"form_{mark.id}", points=1) for mark in marks]
    hand_in = object.__new__(HandIn)
    hand_in.course = SimpleNamespace(root=tmp_path, path=lambda *_: tmp_path)
    hand_in.source = SimpleNamespace(name="K01", notebooks=[SimpleNamespace(name="K01", cells=cells)])
    hand_in.student, hand_in._rules = "kh0001", None
    hand_in.graded = Graded("kh0001", {"K01": {}}, {"K01": frozenset({"form_plan", "form_rate", "essay"})})

    hand_in._mark_forms()

    assert not hand_in.graded.flags

    assert hand_in.graded.unanswered["K01"] == {"form_rate", "essay"}
