"""From a hand-in to marks in the gradebook."""

from typing import TYPE_CHECKING, Any

from coursekit.grading.engine import GradeReport, grade
from coursekit.grading.marks import Mark
from coursekit.grading.options import GradeOptions, Limits, Progress
from coursekit.grading.records import Flag, Record, SubmissionResult

if TYPE_CHECKING:
    from coursekit.grading.autograde import Autograde

__all__ = [
    "Autograde",
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


def __getattr__(name: str) -> Any:
    """Load the drop-in for nbgrader's converter only when it is asked for: nbgrader is slow to import."""
    if name == "Autograde":
        from coursekit.grading.autograde import Autograde

        return Autograde
    raise AttributeError(name)
