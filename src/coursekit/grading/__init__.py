"""From a hand-in to marks in the gradebook."""

from coursekit.grading.engine import GradeReport, grade
from coursekit.grading.marks import Mark
from coursekit.grading.options import GradeOptions, Limits, Progress
from coursekit.grading.records import Flag, Record, SubmissionResult

__all__ = [
    "Flag",
    "GradeOptions",
    "GradeReport",
    "Limits",
    "Mark",
    "Progress",
    "Record",
    "SubmissionResult",
    "grade",
]
