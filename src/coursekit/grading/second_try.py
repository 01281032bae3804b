"""The policy `best`: of the hand-in that got feedback and a later one, the one with more points counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.grading import arrivals, store
from coursekit.grading.new_course import sync_gradebook
from coursekit.grading.settings import is_ours, nbgrader_time, read_cohort, read_settings
from coursekit.grading.standings import standings

if TYPE_CHECKING:
    from coursekit.grading.engine import GradeReport
    from coursekit.grading.options import GradeOptions, OnProgress


def grade_by_policy(
    course: Path, assignment: str, options: GradeOptions, on_progress: OnProgress | None = None
) -> GradeReport:
    """Grade as `grade` does; on a course of ours with its settings, due dates, and the hand-in that counts.

    Parameters
    ----------
    course, assignment, options, on_progress
        As for `grade`; without a mode, a course of ours is graded as its settings say.
    """
    from coursekit.grading.engine import grade

    if not is_ours(course):
        return grade(course, assignment, options, on_progress)
    sync_gradebook(course)
    mode: Any = options.mode or read_settings(course).mode  # GradeOptions refuses what is neither
    options = replace(options, mode=mode)
    report = grade(course, assignment, options, on_progress)
    if bring_back_better(course, assignment):
        report = grade(course, assignment, replace(options, force=False), on_progress)
    return report


def bring_back_better(course: Path, assignment: str) -> list[str]:
    """Put the earlier hand-in back where the later one was fully marked and got fewer points.

    Nothing is deleted: the later one moves to the kept versions. The learners named have to be graded
    again; with any other policy nothing happens.

    Returns
    -------
    list of str
        Learners whose earlier hand-in lies in `submitted/` again.
    """
    settings, _ = read_cohort(course)
    if settings.after_feedback != "best":
        return []
    changed = []
    for row in standings(course, assignment):
        first = (
            store.read_json(course / store.PRIVATE / "returned" / assignment / f"{row.student}.json") or {}
        )
        now = arrivals.record(course, assignment, row.student)
        before = first.get("score")
        if row.state != "graded" or row.score is None or not isinstance(before, int | float):
            continue
        if first.get("digest") == now.get("digest") or row.score >= before:
            continue
        found = _version(course, assignment, row.student, str(first.get("digest")))
        if found is not None:
            _restore(course, assignment, row.student, found, now)
            changed.append(row.student)
    return changed


def _version(course: Path, assignment: str, student: str, digest: str) -> tuple[Path, dict[str, Any]] | None:
    folder = course / store.PRIVATE / "versions" / assignment / student
    for path in sorted(folder.glob("*.json")):
        record = store.read_json(path)
        if record and record.get("digest") == digest and path.with_suffix("").is_dir():
            return path.with_suffix(""), record
    return None


def _restore(
    course: Path, assignment: str, student: str, found: tuple[Path, dict[str, Any]], now: dict[str, Any]
) -> None:
    kept, record = found
    files = {
        path.relative_to(kept).as_posix(): path.read_bytes() for path in kept.rglob("*") if path.is_file()
    }
    received = datetime.fromisoformat(record["received"])
    files["timestamp.txt"] = (nbgrader_time(received) + "\n").encode()
    private = course / store.PRIVATE
    later = private / "versions" / assignment / student / f"later-{str(now.get('digest', 'unknown'))[:8]}"
    store.write_json(later.with_suffix(".json"), now)
    store.put_folder(files, course / "submitted" / student / assignment, private / "incoming", later)
    store.write_json(private / "collected" / assignment / f"{student}.json", record)
