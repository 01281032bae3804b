"""Late points by the cohort's policy and each learner's extension, as a plugin of nbgrader."""

from __future__ import annotations

from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin

from coursekit.grading.settings import Settings, read_settings


def penalty(settings: Settings, assignment: str, student: str, score: float, seconds_late: float) -> float:
    """Points to take off a late hand-in, never more than `score`.

    Parameters
    ----------
    seconds_late : float
        Against the common due date, as the gradebook counts. [s]

    Returns
    -------
    float
        `score` x percent x started days after this learner's own due date. [points]
    """
    common, own = settings.due.get(assignment), settings.due_for(assignment, student)
    if common and own:
        seconds_late -= (own - common).total_seconds()
    if seconds_late <= 0 or not settings.late_percent_per_day:
        return 0.0
    days = -(-seconds_late // 86400)
    return float(min(score, score * settings.late_percent_per_day / 100 * days))


class LatePenalty(LateSubmissionPlugin):
    """What nbgrader asks for every late hand-in."""

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Points to take off, None for nothing."""
        where = self._course()
        if where is None:
            return None
        folder, assignment = where
        return penalty(read_settings(folder), assignment, student_id, score, total_seconds_late) or None

    def _course(self) -> tuple[Path, str] | None:
        """Course folder and assignment, from the preprocessor that asks."""
        root = self.config.CourseDirectory.get("root")
        assignment = getattr(self.parent, "assignment_id", "")
        return (Path(root), assignment) if root and assignment else None
