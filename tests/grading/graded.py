"""A course with grading records and no kernel: for the tests of standings, feedback and reports."""

from __future__ import annotations

import json
from pathlib import Path

from coursekit.grading import records, store
from coursekit.grading.marks import Mark, MarkStatus, Status
from coursekit.grading.records import Flag, Record, SubmissionResult

SLUG = "03_figures"
SECRET = "route_sum == 59 + 78 + 59 + 57 + 55"
SOURCE = [
    ("markdown", "# 数对得上吗", {}),
    ("markdown", "## 第 1 题 线路合计", {}),
    ("code", "route_sum = 308", {"grade_id": "route", "solution": True}),
    (
        "code",
        'assert route_sum, "第 1 题还没有作答。"',
        {"grade_id": "check_route", "grade": True, "points": 1},
    ),
    (
        "code",
        f'### BEGIN HIDDEN TESTS\nassert {SECRET}, f"你给出的是 {{route_sum}}，对不上。"\n### END HIDDEN TESTS',
        {"grade_id": "check_own", "grade": True, "points": 2},
    ),
    ("code", 'learn.form("rate")', {"grade_id": "form_rate", "grade": True, "solution": True, "points": 3}),
]
FORM = 'fields:\n  - {id: rate, type: number, prompt: "覆盖率是多少？写成百分数。", points: 3, hint: 先看分母。}\n'
POINTS = {"check_route": 1.0, "check_own": 2.0, "form_rate": 3.0}


def mark(grade_id: str, points: float | None, status: MarkStatus, reason: str = "") -> Mark:
    """A mark of one of the three graded cells."""
    return Mark(grade_id, points, POINTS[grade_id], status, reason)


def make_course(folder: Path) -> Path:
    """A course of one exercise and five learners, nothing handed in."""
    source = folder / "source" / SLUG
    source.mkdir(parents=True)
    cells = [
        {
            "cell_type": kind, "id": f"c{number}", "source": text, "metadata": {"nbgrader": meta} if meta else {},
            **({"outputs": [], "execution_count": None} if kind == "code" else {}),
        }
        for number, (kind, text, meta) in enumerate(SOURCE)
    ]  # fmt: skip
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (source / f"{SLUG}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")
    (source / "form.yaml").write_text(FORM, "utf-8")
    rows = "".join(f"kh000{n},学员{'甲乙丙丁戊'[n - 1]},一部\n" for n in range(1, 6))
    (folder / "roster.csv").write_text("学员编号,姓名,单位\n" + rows, "utf-8")
    (folder / "coursekit.toml").write_text('[course]\ntitle = "测试班"\n', "utf-8")
    return folder


def add(
    course: Path,
    student: str,
    status: Status,
    marks: list[Mark],
    *flags: Flag,
    late: float = 0,
    received: str = "",
) -> None:
    """One hand-in with its records."""
    (course / "submitted" / student / SLUG).mkdir(parents=True, exist_ok=True)
    known = [one.points for one in marks if one.points is not None]
    score = None if status == "not_run" else sum(known)
    result = SubmissionResult(student, status, score, 6.0, tuple(flags), 0.1, tuple(marks))
    records.write(course, SLUG, Record(result, {"submission": student}, "strict", True))
    store.write_json(
        course / store.PRIVATE / "collected" / SLUG / f"{student}.json",
        {"student": student, "digest": f"d-{student}", "file": "x.zip", "flags": [], "notes": [],
         "received": received or "2026-03-02T09:00:00+00:00", "seconds_late": late},
    )  # fmt: skip


def make_graded(folder: Path) -> Path:
    """A course in which one did all, one part, one waits for a person, one did not run, one is missing."""
    course = make_course(folder)
    passed = [mark(name, points, "passed") for name, points in POINTS.items()]
    add(course, "kh0001", "graded", passed)
    part = [
        mark("check_route", 1, "passed"),
        mark("check_own", 0, "failed", "AssertionError: 你给出的是 310，对不上。"),
        mark("form_rate", 0, "failed", "这个数不在允许范围内。"),
    ]
    add(course, "kh0002", "graded", part, late=7200)
    waits = [*passed[:2], mark("form_rate", None, "manual", "先按要点给 3 分，等培训师定。答案 90.26。")]
    add(course, "kh0003", "needs_review", waits)
    nothing = [mark(name, None, "not_run", "没有运行") for name in POINTS]
    add(course, "kh0004", "not_run", nothing, Flag("unreadable", f"{SLUG}.ipynb", "不是完整的 JSON"))
    return course
