"""Evidence from a graded course: what ran and was marked counts, what did not is missing, never zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coursekit.certification.evidence import Evidence
from coursekit.errors import InputError
from coursekit.grading import records

_REASONS = {"needs_review": "等人复核", "not_run": "没有评出来", "not_handed_in": "没有交"}


def graded_assignments(course: Path) -> tuple[str, ...]:
    """Assignments of the course that have been graded."""
    folder = course / ".coursekit" / "graded"
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))


def read_course(course: Path, assignments: Sequence[str] = (), today: date | None = None) -> list[Evidence]:
    """Skill evidence of every student in the graded assignments of a course.

    A student known to the course who has no record in an assignment has missing evidence there.

    Parameters
    ----------
    assignments : sequence of str, optional
        Which ones; all that were graded by default.
    today : date, optional
        Day put on what was never handed in when nobody handed it in; else the newest hand-in's day.

    Raises
    ------
    InputError
        If the folder is no course, or nothing in it was graded.
    """
    if not course.is_dir():
        raise InputError(str(course), "评过分的课程文件夹", "没有这个文件夹")
    chosen = tuple(assignments) or graded_assignments(course)
    if not chosen:
        raise InputError(
            str(course), "评过分的课程文件夹", "还没有评过任何作业", "请先运行 coursekit grade。"
        )
    book = _gradebook(course)
    pieces: list[Evidence] = []
    students: set[str] = set(book.students) if book else set()
    found: dict[str, set[str]] = {}
    newest: dict[str, date] = {}
    for assignment in chosen:
        for record in records.read(course, assignment):
            piece = _piece(course, assignment, record, book)
            pieces.append(piece)
            students.add(piece.person)
            found.setdefault(assignment, set()).add(piece.person)
            newest[assignment] = max(newest.get(assignment, date.min), piece.on)
    for assignment in chosen:
        day = newest.get(assignment) or today or datetime.now(UTC).date()
        for student in sorted(students - found.get(assignment, set())):
            reason = _REASONS["not_handed_in"]
            source = f"{course.name}/{assignment}"
            pieces.append(Evidence(student, "skill", assignment, day, reason=reason, source=source))
    return pieces


def _piece(course: Path, assignment: str, record: Any, book: _Book | None) -> Evidence:
    result = record.result
    source = f"{course.name}/{assignment}"
    seen = book.submission(assignment, result.student) if book else None
    on = seen.on if seen and seen.on else _record_day(course, assignment, result.student)
    status, score = result.status, result.score
    if seen is not None and status == "needs_review" and seen.reviewed:
        status, score = "graded", seen.score
    elif seen is not None and status == "graded" and seen.score is not None:
        score = seen.score  # late penalties and a trainer's corrections stand in the gradebook
    if status != "graded" or score is None or not result.max_score:
        reason = _REASONS.get(str(status), str(status))
        return Evidence(result.student, "skill", assignment, on, reason=reason, source=source)
    percent = min(max(round(100 * float(score) / float(result.max_score), 6), 0.0), 100.0)
    return Evidence(result.student, "skill", assignment, on, percent, source=source)


def _record_day(course: Path, assignment: str, student: str) -> date:
    path = records.folder(course, assignment) / f"{student}.json"
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


class _Seen:
    """What the gradebook says about one hand-in."""

    def __init__(self, submission: Any) -> None:
        self.score = float(submission.score) if submission.score is not None else None
        self.on: date | None = submission.timestamp.date() if submission.timestamp else None
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        touched = any(grade.manual_score is not None for grade in grades)
        self.reviewed = touched and not any(grade.needs_manual_grade for grade in grades)


class _Book:
    """Gradebook scores, read once."""

    def __init__(self, url: str) -> None:
        from nbgrader.api import Gradebook

        self._seen: dict[tuple[str, str], _Seen] = {}
        with Gradebook(url) as book:
            self.students = tuple(student.id for student in book.students)
            for assignment in book.assignments:
                for submission in assignment.submissions:
                    self._seen[(assignment.name, submission.student_id)] = _Seen(submission)

    def submission(self, assignment: str, student: str) -> _Seen | None:
        """The hand-in of `student`, if the gradebook has it."""
        return self._seen.get((assignment, student))


def _gradebook(course: Path) -> _Book | None:
    from coursekit.grading.course import Course

    opened = Course(course)
    local = opened.db_url.removeprefix("sqlite:///")
    if opened.db_url.startswith("sqlite:///") and not Path(local).is_file():
        return None
    return _Book(opened.db_url)
