"""In compatible mode the engine leaves the rows and notebooks that stock nbgrader leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.grading.left import notebook, rows

from coursekit.grading import GradeOptions, grade
from coursekit.grading.course import Course

LARGEST = "def largest(table):\n    return table['boxes'].max()"
ANSWERS: dict[str, dict[str, str]] = {
    "full": {"answer": "total = 6", "answer2": LARGEST, "essay": "一句话"},
    "half": {"answer": "total = 6"},
    "raises": {"answer": "1/0", "answer2": LARGEST},
    "warns": {"answer": "import sys\nprint('w', file=sys.stderr)\ntotal = 6", "answer2": LARGEST},
    "syntax": {"answer": "total = (", "answer2": LARGEST},
    "plots": {
        "answer": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\ntotal = 6\nsales",
        "answer2": LARGEST,
    },
    "prints": {"answer": "print('甲')\nprint('乙')\ntotal = 6\ntotal", "answer2": LARGEST},
    "hides": {"answer": "get_ipython().showtraceback = lambda *a, **k: None\ntotal = 5", "answer2": LARGEST},
    "untouched": {},
}


@pytest.mark.slow
def test_rows_and_notebooks_equal_stock_nbgrader(course: Path, hand_in: Any, tmp_path: Path) -> None:
    for student, answers in ANSWERS.items():
        path = hand_in(student, **answers)
        (path.parent / "timestamp.txt").write_text("2026-03-01 08:00:00 UTC")
    with Course(course).gradebook() as book:
        book.update_or_create_assignment("ps1", duedate="2026-02-28 23:59:00")
    stock = Path(shutil.copytree(course, tmp_path / "stock"))
    report = grade(course, "ps1", GradeOptions(mode="compatible", workers=2))
    assert {row.student: row.flags for row in report.submissions if row.status == "not_run"} == {}
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", "autograde", "ps1", "--course-dir", str(stock)]
    subprocess.run(command, cwd=stock, env=environment, check=True, capture_output=True)
    assert rows(course) == rows(stock)
    for student in ANSWERS:
        assert notebook(course, student) == notebook(stock, student), student
