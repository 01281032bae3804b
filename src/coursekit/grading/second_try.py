"""The policy `best`: of the hand-in that got feedback and a later one, the one with more points counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.grading import arrivals, store, versions
from coursekit.grading.new_course import sync_gradebook
from coursekit.grading.settings import is_ours, read_cohort, read_settings
from coursekit.grading.standings import standings, with_decisions

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

    Returns
    -------
    GradeReport
        As reports show it: what a person has decided since is in it, also for hand-ins that were skipped.
    """
    from coursekit.grading.engine import grade

    if not is_ours(course):
        return _as_decided(course, grade(course, assignment, options, on_progress))
    sync_gradebook(course)
    mode: Any = options.mode or read_settings(course).mode  # GradeOptions refuses what is neither
    options = replace(options, mode=mode)
    report = grade(course, assignment, options, on_progress)
    if bring_back_better(course, assignment):
        report = grade(course, assignment, replace(options, force=False), on_progress)
    return _as_decided(course, report)


def _as_decided(course: Path, report: GradeReport) -> GradeReport:
    return replace(report, submissions=with_decisions(course, report.assignment, report.submissions))


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
        found = versions.find(course, assignment, row.student, str(first.get("digest")))
        if found is not None:
            versions.bring_back(course, assignment, row.student, found)
            changed.append(row.student)
    return changed
