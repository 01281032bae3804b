"""What a trainer decides by hand: points of text answers, flags that were looked at. Into nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coursekit.errors import InputError
from coursekit.grading import arrivals, records, store
from coursekit.grading.course import Course
from coursekit.grading.forms import item_marks
from coursekit.grading.manual import by_hand
from coursekit.quiz.marking import ItemMark
from coursekit.quiz.rubric import Step


@dataclass(frozen=True)
class Proposal:
    """Points the key phrases of one text answer suggest, of a plan step by step; a person decides."""

    student: str
    grade_id: str
    points: float
    max_points: float
    given: str
    note: str
    flags: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def proposals(course: Path, assignment: str) -> list[Proposal]:
    """Text answers of graded hand-ins that wait for a person, by learner; what one decided is left alone.

    Raises
    ------
    ContentError
        If the exercise's key or form is faulty.
    """
    found = []
    decided = by_hand(course, assignment)
    for record in records.read(course, assignment):
        result = record.result
        waiting = {cell.grade_id for cell in result.cells if cell.status == "manual"}
        waiting -= decided[result.student].points.keys() if result.student in decided else set()
        if not any(name.startswith("form_") for name in waiting):
            continue
        marks = item_marks(course, assignment, result.student)
        found += [_proposal(result.student, mark) for mark in marks if f"form_{mark.id}" in waiting]
    return found


def _proposal(student: str, mark: ItemMark) -> Proposal:
    return Proposal(
        student, f"form_{mark.id}", mark.points, mark.max_points, mark.given, mark.trainer_note, mark.flags,
        mark.steps,
    )  # fmt: skip


def decide(course: Path, assignment: str, points: Iterable[tuple[str, str, float, str]]) -> int:
    """Write points given by a person into the gradebook.

    Parameters
    ----------
    points : iterable of (student, grade id, points, comment)
        An empty comment leaves the comment there is.

    Returns
    -------
    int
        How many cells were decided.

    Raises
    ------
    InputError
        If there is no such hand-in or cell, or the points are outside 0 … its maximum; nothing is written.
    """
    from coursekit.grading.late import recount  # brings nbgrader, which takes seconds

    chosen = list(points)
    place = Course(course)
    with place.gradebook() as book:
        for student, grade_id, value, comment in chosen:
            grade, remark = _cells(book, assignment, student, grade_id)
            if not 0 <= value <= grade.max_score:
                book.db.rollback()
                where = f"{student} 的 {grade_id}"
                raise InputError(where, f"0 到 {grade.max_score:g} 之间的分数", f"{value:g}")
            grade.manual_score, grade.needs_manual_grade = value, False
            if comment and remark is not None:
                remark.manual_comment = comment
        if place.is_ours and chosen:
            recount(book, place.config, assignment)
        book.db.commit()
    return len(chosen)


def accept(course: Path, assignment: str, students: Iterable[str] | None = None) -> int:
    """Take over the proposals of all (or the named) learners, except those with a flag."""
    wanted = set(students) if students is not None else None
    chosen = [
        (one.student, one.grade_id, one.points, "")
        for one in proposals(course, assignment)
        if not one.flags and (wanted is None or one.student in wanted)
    ]
    return decide(course, assignment, chosen) if chosen else 0


def looked_at(course: Path, assignment: str, student: str, note: str, actor: str = "") -> None:
    """Note that a person has looked at the flags of this hand-in; a new hand-in or a new flag needs a new look.

    Raises
    ------
    InputError
        If the hand-in was not graded.
    """
    found = next((r.result for r in records.read(course, assignment) if r.result.student == student), None)
    if found is None:
        raise InputError(f"{student}/{assignment}", "批改过的作业", "还没有批改")
    seen = [str(flag) for flag in found.flags]
    digest = arrivals.record(course, assignment, student).get("digest", "")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    content = {"student": student, "note": note, "by": actor, "at": now, "digest": digest, "flags": seen}
    store.write_json(course / store.PRIVATE / "reviewed" / assignment / f"{student}.json", content)


def _cells(book: Any, assignment: str, student: str, grade_id: str) -> tuple[Any, Any]:
    from nbgrader.api import MissingEntry

    try:
        submission = book.find_submission(assignment, student)
    except MissingEntry:
        raise InputError(f"{student}/{assignment}", "成绩册里的作业", "没有") from None
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            if grade.name == grade_id:
                remark = next((one for one in notebook.comments if one.name == grade_id), None)
                return grade, remark
    raise InputError(f"{student}/{assignment}", f"评分的格子 {grade_id}", "没有这一格")
