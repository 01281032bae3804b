"""The sample cohort: 16 invented managers, the same files every time, every kind of hand-in among them."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursekit.cohort import MANAGERS, Role, role_of, write_handins
from coursekit.cohort.answering import form_answers, slip
from coursekit.grading.submission import grade_ids
from coursekit.grading.unpack import unpack
from coursekit.quiz.form import Form
from coursekit.quiz.marking import mark_form

DUE = datetime(2026, 3, 9, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Hand-ins of the first exercise."""
    return write_handins(tmp_path_factory.mktemp("cohort"), "03_figures", 0, DUE)


def test_there_are_sixteen_different_people() -> None:
    assert len({one.id for one in MANAGERS}) == len({one.name for one in MANAGERS}) == 16


@pytest.mark.parametrize("exercise", [0, 1, 2])
def test_every_kind_of_hand_in_is_there_each_time(exercise: int) -> None:
    roles = {role_of(person, exercise) for person in range(16)}

    assert roles >= set(Role) - {Role.TAMPERED}


def test_nobody_is_in_trouble_every_time() -> None:
    bad = {Role.UNTOUCHED, Role.BROKEN, Role.RAISING, Role.ENDLESS, Role.COPIED}

    assert all(any(role_of(person, number) not in bad for number in range(3)) for person in range(16))


def test_the_same_files_come_out_again(files: list[Path], tmp_path: Path) -> None:
    again = write_handins(tmp_path, "03_figures", 0, DUE)

    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in again]


def test_one_is_late_and_the_others_in_time(files: list[Path]) -> None:
    assert sum(path.stat().st_mtime > DUE.timestamp() for path in files) == 1


def test_one_zip_has_chinese_names_in_gbk(files: list[Path]) -> None:
    raw = files[3].read_bytes()

    assert "作业/".encode("gb18030") in raw
    assert "作业/03_figures.ipynb" in unpack(files[3]).files


def test_one_notebook_is_broken_and_the_rest_can_be_read(files: list[Path]) -> None:
    notebooks = [
        data for path in files for name, data in unpack(path).files.items() if name.endswith(".ipynb")
    ]

    assert sum(grade_ids(data) is None for data in notebooks) == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("### BEGIN SOLUTION\nn = t.notna().sum()\n### END SOLUTION", "n = t.isna().sum()\n"),
        ("x = None\n### BEGIN SOLUTION\nx = 5\n### END SOLUTION", "x = None\nx = 0\n"),
        ("    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", "    return 1\n"),
    ],
)
def test_a_slip_changes_one_thing(source: str, expected: str) -> None:
    assert slip(source) == expected


def test_who_answers_a_form_rightly_gets_its_points() -> None:
    """A key may name options by their text; the answer page saves letters."""
    fields = [
        {"id": "one", "type": "choice", "prompt": "选一个", "points": 1, "options": ["甲", "乙"]},
        {"id": "more", "type": "multiple", "prompt": "选几个", "points": 2, "options": ["甲", "乙", "丙"]},
    ]
    form = Form.model_validate({"fields": fields})
    rules = {"one": {"type": "choice", "value": "乙"}, "more": {"type": "multiple", "value": ["甲", "丙"]}}
    right = form_answers(form, rules, frozenset(), random.Random(1))
    wrong = form_answers(form, rules, frozenset(["one", "more"]), random.Random(1))
    assert [mark.points for mark in mark_form(form, rules, right)] == [1, 2]
    assert sum(mark.points for mark in mark_form(form, rules, wrong)) < 3
