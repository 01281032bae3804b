"""Where every learner of a cohort stands in one assignment: gradebook, grading records and roster joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from coursekit.errors import InputError
from coursekit.grading import arrivals, records, store
from coursekit.grading.again import allowed
from coursekit.grading.manual import ByHand, by_hand
from coursekit.grading.marks import Mark, Status
from coursekit.grading.records import SubmissionResult
from coursekit.grading.settings import read_cohort

State = Status | Literal["waiting", "missing"]
STATE_TEXT: dict[str, str] = {
    "graded": "已评",
    "needs_review": "要人看",
    "not_run": "没能批改",
    "waiting": "还没批改",
    "missing": "没有交",
}


@dataclass(frozen=True)
class CellStanding:
    """One graded cell of one learner; `points` None is not known yet, which is no zero.

    `told` is what the machine saw in a text that a person marks, for the learner's eyes.
    """

    grade_id: str
    points: float | None
    max_points: float
    status: str
    reason: str = ""
    manual: bool = False
    comment: str = ""
    told: str = ""


@dataclass(frozen=True)
class Standing:
    """One learner in one assignment.

    `score` is None when nothing is known; otherwise the sum of the known points less `penalty`. `unreadable`
    says why a notebook could not be opened, with the place in it.
    """

    student: str
    name: str
    unit: str
    state: State
    score: float | None
    max_score: float
    penalty: float = 0.0
    received: datetime | None = None
    seconds_late: float = 0.0
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cells: tuple[CellStanding, ...] = ()
    unreadable: str = ""

    @property
    def open_points(self) -> float:
        """Points of cells that are not decided yet. [points]"""
        return sum(cell.max_points for cell in self.cells if cell.points is None)


def standings(course: Path, assignment: str) -> list[Standing]:
    """One row for every learner of the roster and everyone who handed in, by id.

    Raises
    ------
    InputError
        If the folder is no course.
    """
    _, roster = read_cohort(course)
    graded = {record.result.student: record.result for record in records.read(course, assignment)}
    collected = arrivals.records(course, assignment)
    books, again = by_hand(course, assignment), allowed(course, assignment)
    submitted = {path.parent.name for path in (course / "submitted").glob(f"*/{assignment}") if path.is_dir()}
    rows = []
    for student in sorted({*roster.people, *submitted, *graded}):
        result, arrival = graded.get(student), collected.get(student, {})
        person = roster.people.get(student)
        entry = books.get(student, ByHand())
        status, cells = decided(course, assignment, result, entry) if result else (None, ())
        score = _score(cells, entry.penalty)
        state = status or ("waiting" if student in submitted else "missing")
        flags = [str(flag) for flag in result.flags] if result else []
        received = arrival.get("received")
        rows.append(
            Standing(
                student,
                person.name if person else "",
                person.unit if person else "",
                state,
                score if state in ("graded", "needs_review") else None,
                result.max_score if result else 0.0,
                entry.penalty,
                datetime.fromisoformat(received) if received else None,
                float(arrival.get("seconds_late", 0)),
                tuple(flags),
                (*arrival.get("notes", []), *([str(again[student])] if student in again else [])),
                cells,
                next((flag.reason for flag in result.flags if flag.code == "unreadable"), "")
                if result
                else "",
            )
        )
    return rows


def decided(
    course: Path, assignment: str, result: SubmissionResult, entry: ByHand
) -> tuple[Status, tuple[CellStanding, ...]]:
    """What is so of a graded hand-in once a person's decisions are taken in: its status and its cells."""
    cells = tuple(_cell(mark, entry) for mark in result.cells)
    settled = result.status == "needs_review" and _settled(course, assignment, result, cells)
    return "graded" if settled else result.status, cells


def with_decisions(
    course: Path, assignment: str, results: Iterable[SubmissionResult]
) -> tuple[SubmissionResult, ...]:
    """Results as a person left them: with the points given by hand, and nothing to look at where all is decided.

    Late points are not taken off, as in the gradebook's own score of a hand-in.
    """
    books = by_hand(course, assignment)
    found = []
    for result in results:
        status, cells = decided(course, assignment, result, books.get(result.student, ByHand()))
        score = None if status == "not_run" else _score(cells, 0.0)
        found.append(replace(result, status=status, score=score))
    return tuple(found)


def require_assignment(course: Path, assignment: str) -> None:
    """Refuse a name that is no assignment of the course.

    Raises
    ------
    InputError
        Naming those there are.
    """
    known = sorted(path.name for path in (course / "source").iterdir() if path.is_dir())
    if assignment not in known:
        raise InputError(assignment, f"这门课的作业名（{'、'.join(known)}）", "没有这个作业")


def counts(rows: Iterable[Standing]) -> dict[str, int]:
    """How many learners are in each state, every state named."""
    rows = list(rows)
    return {state: sum(row.state == state for row in rows) for state in STATE_TEXT}


def _cell(mark: Mark, entry: ByHand) -> CellStanding:
    own = entry.points.get(mark.grade_id)
    points = mark.points if own is None else own
    status = mark.status if own is None else _status(own, mark.max_points)
    comment = entry.comments.get(mark.grade_id, "")
    reason = mark.reason if own is None else ""
    return CellStanding(
        mark.grade_id, points, mark.max_points, status, reason, own is not None, comment, mark.told
    )


def _status(points: float, max_points: float) -> str:
    return "passed" if points >= max_points else "failed" if points <= 0 else "partial"


def _score(cells: Iterable[CellStanding], penalty: float) -> float | None:
    known = [cell.points for cell in cells if cell.points is not None]
    return max(0.0, round(sum(known) - penalty, 4)) if known else None


def _settled(course: Path, assignment: str, result: SubmissionResult, cells: Iterable[CellStanding]) -> bool:
    """Whether a person has decided all that was open: every mark known, every flag looked at."""
    wanted = [flag for flag in result.flags if flag.code not in records.FOR_INFORMATION]
    note = reviewed(course, assignment, result.student) if wanted else {}
    looked = note is not None and {str(flag) for flag in wanted} <= set(note.get("flags", map(str, wanted)))
    return looked and all(cell.points is not None for cell in cells)


def reviewed(course: Path, assignment: str, student: str) -> dict[str, Any] | None:
    """The note that a trainer has looked at this hand-in, as graded; None when nobody has."""
    note = store.read_json(course / store.PRIVATE / "reviewed" / assignment / f"{student}.json")
    collected = arrivals.record(course, assignment, student)
    return note if note and note.get("digest", "") == collected.get("digest", "") else None
