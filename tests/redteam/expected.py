"""What the row of an attack must look like."""

from __future__ import annotations

from collections.abc import Callable

from coursekit.grading import SubmissionResult

Expected = Callable[[SubmissionResult], bool]


def NOTHING(row: SubmissionResult) -> bool:  # noqa: N802 - reads as a constant in the attacks
    """Not one point."""
    return all(not mark.points for mark in row.cells)


def NOT_RUN(row: SubmissionResult) -> bool:  # noqa: N802
    """Quarantined: no score at all, with a reason."""
    return row.status == "not_run" and row.score is None and bool(row.flags)


def ONE_TEST(row: SubmissionResult) -> bool:  # noqa: N802
    """Full marks for the one honest answer."""
    return {mark.grade_id: mark.points for mark in row.cells}["test"] == 2


def AT_MOST_ONE_TEST(row: SubmissionResult) -> bool:  # noqa: N802
    """No more than what its one plain value is worth."""
    return sum(mark.points or 0 for mark in row.cells) <= 2
