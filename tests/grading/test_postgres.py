"""The gradebook may be PostgreSQL: the same rows as in SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.postgres import postgres_server, postgres_url
from traitlets.config import Config

from coursekit.grading import GradeOptions, grade
from coursekit.grading.course import Course, tools_on_path
from coursekit.grading.sandbox import has_bubblewrap

__all__ = ["postgres_server", "postgres_url"]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_warm_process")]


def rows(root: Path) -> dict[str, Any]:
    with Course(root).gradebook() as book:
        return {
            s.student.id: {str(g.name): g.auto_score for n in s.notebooks for g in n.grades}
            for s in book.assignment_submissions("ps1")
        }


def test_rows_in_postgresql_are_those_in_sqlite(course: Path, hand_in: Any, postgres_url: str) -> None:
    from nbgrader.apps import NbGraderAPI

    hand_in("right", answer="total = 6")
    hand_in("wrong", answer="total = 5")
    hand_in("empty", raw=b"")
    options = GradeOptions(mode="strict", workers=2, allow_unsealed=not has_bubblewrap())
    grade(course, "ps1", options)
    expected = rows(course)
    (course / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.db_url = {postgres_url!r}\nc.CourseDirectory.course_id = 'c1'\n"
    )
    config = Config()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.db_url = postgres_url
    config.CourseDirectory.course_id = "c1"  # PostgreSQL holds nbgrader to its foreign keys
    with tools_on_path():
        assert NbGraderAPI(config=config).generate_assignment("ps1", force=True)["success"]
    report = grade(course, "ps1", GradeOptions(**{**vars(options), "force": True}))
    assert {row.student: row.score for row in report.submissions} == {
        "right": 2.0,
        "wrong": 0.0,
        "empty": None,
    }
    assert rows(course) == expected
    assert grade(course, "ps1", options).wall_seconds < 5
