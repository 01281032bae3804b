"""Late points by the cohort's policy, as a plugin of nbgrader."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from nbgrader.plugins import LateSubmissionPlugin

from coursekit.grading.settings import Settings, read_settings

_DAY = 86400


def penalty(settings: Settings, score: float, seconds_late: float) -> float:
    """Points to take off a late hand-in, never more than `score`.

    Parameters
    ----------
    seconds_late : float
        After this learner's own due date, an extension counted in. [s]

    Returns
    -------
    float
        `score` x percent x started days. [points]
    """
    days = math.ceil(max(0.0, seconds_late) / _DAY)
    return float(min(score, score * settings.late_percent_per_day / 100 * days))


class LatePenalty(LateSubmissionPlugin):
    """What nbgrader asks for every late hand-in."""

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Points to take off, None for nothing."""
        root = self.config.CourseDirectory.get("root")
        if not root:
            return None
        return penalty(read_settings(Path(root)), score, total_seconds_late) or None


def recount(book: Any, config: Any, assignment: str) -> int:
    """Count the late points of graded hand-ins anew, after a due date, an extension or points changed.

    Parameters
    ----------
    book
        nbgrader's gradebook, opened; the caller commits.
    config
        Of the course, so that its own plugin decides.
    assignment : str
        Whose hand-ins.

    Returns
    -------
    int
        How many notebooks have other late points now.
    """
    from nbgrader.preprocessors import AssignLatePenalties

    rule = AssignLatePenalties(config=config)
    rule.init_plugin()
    changed = 0
    book.db.flush()
    for submission in book.find_assignment(assignment).submissions:
        late = submission.total_seconds_late
        for notebook in submission.notebooks:
            points = None
            if late > 0 and notebook.score:
                points = rule.plugin_inst.late_submission_penalty(submission.student.id, notebook.score, late)
            if points is not None:
                points = rule._check_late_penalty(notebook, points)
            if points != notebook.late_submission_penalty:
                notebook.late_submission_penalty = points
                changed += 1
    return changed
