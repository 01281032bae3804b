"""Evidence from a graded course: what ran and was marked counts, what did not is missing, never zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from coursekit.certification.evidence import Evidence
from coursekit.certification.paper_levels import PaperLevels
from coursekit.errors import InputError
from coursekit.grading import papers, records
from coursekit.grading.course import MARKER
from coursekit.grading.standings import standings

NOT_HANDED_IN = "没有交"
_REASONS = {
    "needs_review": "等人复核",
    "not_run": "没有评出来",
    "waiting": "还没有批改",
    "missing": NOT_HANDED_IN,
}


@dataclass(frozen=True)
class _Row:
    """One learner in one assignment, from either kind of course."""

    student: str
    state: str
    score: float | None
    max_score: float
    on: date | None


def graded_assignments(course: Path) -> tuple[str, ...]:
    """Assignments of the course that have been graded."""
    folder = course / ".coursekit" / "graded"
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if any(path.glob("*.json"))))


def read_course(
    course: Path,
    assignments: Sequence[str] = (),
    today: date | None = None,
    levels: PaperLevels | None = None,
) -> list[Evidence]:
    """Evidence of every learner in the graded assignments of a course: a paper is theory, the rest skill.

    A paper speaks for the level that `levels` names, else for the one its blueprint is named after; a
    drawn paper that speaks for no level is left out (`papers_without_level` names it). Of parallel forms
    one is enough: who sat form A misses nothing in form B.

    Scores are those of the gradebook: late points taken off, a trainer's decisions included. A
    learner of the course without a hand-in has missing evidence, not zero.

    Parameters
    ----------
    assignments : sequence of str, optional
        Which ones; all that were graded by default.
    today : date, optional
        Day put on what has no day of its own; today by default.
    levels : PaperLevels, optional
        Which assignments are papers, and for which level.

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
    levels = levels or PaperLevels()
    ours = (course / MARKER).is_file()
    pieces: list[Evidence] = []
    sat: dict[str, list[tuple[str, list[_Row]]]] = {}
    for assignment in chosen:
        rows = list(_standing_rows(course, assignment) if ours else _record_rows(course, assignment))
        level = levels.of(assignment, _blueprint(course, assignment))
        if level is not None:
            sat.setdefault(level, []).append((assignment, rows))
        elif not papers.is_paper(course, assignment):
            pieces += _pieces(f"{course.name}/{assignment}", assignment, rows, today)
    for level, forms in sat.items():
        for assignment, rows in _one_form_each(forms):
            theory = _pieces(f"{course.name}/{assignment}", assignment, rows, today)
            pieces += [replace(piece, kind="theory", level=level) for piece in theory]
    return pieces


def papers_without_level(course: Path, levels: PaperLevels) -> list[str]:
    """Graded papers of a course that speak for no level of the policy, with what to do, in Chinese."""
    return [
        f"{course.name}/{assignment} 是一份卷，不知道是哪一级的，没有采用；"
        f"用 --paper {assignment}=初级 写明，或写进办法的 papers"
        for assignment in graded_assignments(course)
        if papers.is_paper(course, assignment)
        and levels.of(assignment, _blueprint(course, assignment)) is None
    ]


def _blueprint(course: Path, assignment: str) -> str:
    return papers.blueprint_of(course, assignment) if papers.is_paper(course, assignment) else ""


def _one_form_each(forms: list[tuple[str, list[_Row]]]) -> Iterator[tuple[str, list[_Row]]]:
    """Rows by form; a form nobody expects of a learner (another was handed in, or named missing) is left out."""
    came = {row.student for _, rows in forms for row in rows if row.state != "missing"}
    for assignment, rows in forms:
        yield assignment, [row for row in rows if row.state != "missing" or row.student not in came]
        came |= {row.student for row in rows}


def _standing_rows(course: Path, assignment: str) -> Iterator[_Row]:
    for row in standings(course, assignment):
        on = row.received.date() if row.received else _record_day(course, assignment, row.student)
        yield _Row(row.student, row.state, row.score, row.max_score, on)


def _record_rows(course: Path, assignment: str) -> Iterator[_Row]:
    """A plain nbgrader course has no roster: only those who were graded are known."""
    for record in records.read(course, assignment):
        found = record.result
        on = _record_day(course, assignment, found.student)
        yield _Row(found.student, found.status, found.score, found.max_score, on)


def _record_day(course: Path, assignment: str, student: str) -> date | None:
    try:
        seconds = (records.folder(course, assignment) / f"{student}.json").stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()


def _pieces(source: str, assignment: str, rows: Iterable[_Row], today: date | None) -> Iterator[Evidence]:
    rows = list(rows)
    # what never came is dated like the newest hand-in, so that reading it again gives the same piece
    newest = max((row.on for row in rows if row.on), default=today or datetime.now(UTC).date())
    for row in rows:
        on = row.on or newest
        if row.state != "graded" or row.score is None or not row.max_score:
            reason = _REASONS.get(row.state, row.state)
            yield Evidence(row.student, "skill", assignment, on, reason=reason, source=source)
            continue
        percent = min(max(round(100 * row.score / row.max_score, 6), 0.0), 100.0)
        yield Evidence(row.student, "skill", assignment, on, percent, source=source)
