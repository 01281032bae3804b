"""Raises errors named like the machinery's, so that a wrong answer would look like one that was not run."""

from coursekit.grading import SubmissionResult

CELL = r"""
def largest(table):
    raise type('CellTimeoutError', (ValueError,), {})
total = 5
"""


def EXPECT(row: SubmissionResult) -> bool:  # noqa: N802 - as in the other attacks
    """Two wrong answers, nothing unknown."""
    return {mark.status for mark in row.cells if mark.grade_id != "essay"} == {"failed"}
