"""One run of `grade` over honest and broken hand-ins: every one gets a row, none stops the others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coursekit.errors import InputError
from coursekit.grading import GradeOptions, GradeReport, Limits, Progress, grade, records
from coursekit.grading.course import Course

pytestmark = pytest.mark.usefixtures("one_warm_process")
GOOD = {"answer": "total = 6", "answer2": "def largest(table):\n    return table['boxes'].max()"}
QUICK = Limits(cell_seconds=5, grace_seconds=1, total_seconds=60)
OPTIONS = GradeOptions(mode="strict", workers=2, limits=QUICK, allow_unsealed=True)


def rows(report: GradeReport) -> dict[str, tuple[str, float | None]]:
    return {row.student: (row.status, row.score) for row in report.submissions}


def test_a_cohort_gets_a_row_each_and_a_second_run_skips(course: Path, hand_in: Any) -> None:
    hand_in("good", **GOOD)
    hand_in("wrong", **{**GOOD, "answer": "total = 5"})
    hand_in("empty", raw=b"")
    hand_in("broken", raw=b"{")
    seen: list[Progress] = []
    report = grade(course, "ps1", OPTIONS, seen.append)
    assert rows(report) == {
        "good": ("graded", 4.0),
        "wrong": ("graded", 2.0),
        "empty": ("not_run", None),
        "broken": ("not_run", None),
    }
    assert [p.done for p in seen] == [1, 2, 3, 4]
    assert json.loads(json.dumps(report.as_json()))["submissions"][0]["score"] is None
    with Course(course).gradebook() as book:
        assert book.find_submission("ps1", "good").score == 4
        assert book.find_grade("test", "ps1", "ps1", "empty").auto_score is None
        assert book.find_comment("essay", "ps1", "ps1", "good").comment == "No response."
    assert (course / "autograded" / "good" / "ps1" / "ps1.ipynb").is_file()

    again: list[Progress] = []
    assert rows(grade(course, "ps1", OPTIONS, again.append)) == rows(report)
    assert again == []
    hand_in_again = course / "submitted" / "wrong" / "ps1" / "ps1.ipynb"
    hand_in_again.write_text(hand_in_again.read_text().replace("total = 5", "total = 6"))
    assert rows(grade(course, "ps1", OPTIONS, again.append))["wrong"] == ("graded", 4.0)
    assert [p.student for p in again] == ["wrong"]


def test_a_broken_record_is_graded_again(course: Path, hand_in: Any) -> None:
    hand_in("empty", raw=b"")
    grade(course, "ps1", OPTIONS)
    path = records.folder(course, "ps1") / "empty.json"
    path.write_text('{"schema": 1')
    assert records.read(course, "ps1") == []
    assert rows(grade(course, "ps1", OPTIONS)) == {"empty": ("not_run", None)}
    assert len(records.read(course, "ps1")) == 1


def test_an_unknown_assignment_or_student_is_named(course: Path, hand_in: Any) -> None:
    hand_in("good", **GOOD)
    with pytest.raises(InputError, match="成绩册里没有它"):
        grade(course, "ps9", OPTIONS)
    with pytest.raises(InputError, match="没有 kh0009 的答卷"):
        grade(course, "ps1", GradeOptions(students=("kh0009",)))
    with pytest.raises(InputError, match="没有这个文件夹"):
        grade(course / "nowhere", "ps1")


@pytest.mark.parametrize(("field", "value"), [("workers", 0), ("mode", "kind")])
def test_senseless_options_are_refused(field: str, value: Any) -> None:
    with pytest.raises(InputError):
        GradeOptions(**{field: value})


def test_a_run_with_nothing_to_do_loads_nothing_that_takes_seconds(course: Path, hand_in: Any) -> None:
    hand_in("kh0001", answer="total = 6")
    grade(course, "ps1", OPTIONS)
    code = (
        "import sys\nfrom coursekit.grading import GradeOptions, Limits\n"
        "from coursekit.grading.second_try import grade_by_policy\n"
        "limits = Limits(cell_seconds=5, grace_seconds=1, total_seconds=60)\n"
        "report = grade_by_policy(__import__('pathlib').Path(sys.argv[1]), 'ps1', "
        "GradeOptions(mode='strict', limits=limits))\n"
        "assert all(row.resumed for row in report.submissions)\n"
        "print(sorted({'nbgrader', 'pandas', 'sqlalchemy', 'jupytext', 'matplotlib'} & set(sys.modules)))"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(course)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
