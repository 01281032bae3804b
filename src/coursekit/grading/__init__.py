"""From a hand-in to marks in the gradebook."""

from typing import TYPE_CHECKING, Any

from coursekit.grading.engine import GradeReport, grade
from coursekit.grading.marks import Mark
from coursekit.grading.options import GradeOptions, Limits, Progress
from coursekit.grading.records import Flag, Record, SubmissionResult

if TYPE_CHECKING:
    from coursekit.grading.autograde import Autograde
    from coursekit.grading.similarity import similarity
    from coursekit.grading.strict import strict_check

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
    "similarity",
    "strict_check",
]


def __getattr__(name: str) -> Any:
    """Load what is slow to import only when it is asked for."""
    if name == "Autograde":
        from coursekit.grading.autograde import Autograde

        return Autograde
    if name == "similarity":
        from coursekit.grading.similarity import similarity

        return similarity
    if name == "strict_check":
        from coursekit.grading.strict import strict_check

        return strict_check
    raise AttributeError(name)
