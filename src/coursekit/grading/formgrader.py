"""nbgrader's own commands and formgrader's buttons use the engine and the kit's feedback in courses of the kit.

A course of the kit calls `install` in its `nbgrader_config.py`. Other courses of the same server keep
nbgrader's converters. nbgrader's feedback would print every hidden test and a hand-in's outputs as they are. The pages that show a hand-in to the trainer are cleaned for all of them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from coursekit.grading.course import MARKER


def install() -> None:
    """Put the engine where nbgrader uses its converter.

    Does nothing in a program that has not loaded nbgrader: then nobody would use it, and loading it takes
    seconds.
    """
    if "nbgrader" not in sys.modules:
        return
    from nbgrader.apps import api, autogradeapp, generatefeedbackapp
    from nbgrader.server_extensions.formgrader import formgrader as pages

    from coursekit.grading.safe_pages import SafePages

    pages.HTMLExporter = SafePages
    for name, make, modules in (
        ("Autograde", _autograde, (api, autogradeapp)),
        ("GenerateFeedback", _feedback, (api, generatefeedbackapp)),
    ):
        converter = make()
        for module in modules:
            if getattr(getattr(module, name), "is_engine", False) is False:
                setattr(module, name, converter)


def _chosen(converter: Any) -> tuple[str, ...] | None:
    """The learner named on the command line or by the button; None is everybody."""
    student = str(converter.coursedir.student_id)
    return None if student == "*" else (student,)


def _feedback() -> Any:
    from nbgrader.converters import GenerateFeedback as StockFeedback
    from nbgrader.converters import NbGraderException

    class KitFeedback(StockFeedback):
        """nbgrader's converter; in a course of the kit its `start` writes the kit's pages."""

        is_engine = True

        def start(self) -> None:
            """Write the feedback of the chosen hand-ins."""
            from coursekit.errors import CoursekitError
            from coursekit.grading.feedback import write_feedback

            root = Path(self.coursedir.root)
            if not (root / MARKER).is_file():
                super().start()
                return
            chosen = _chosen(self)
            try:
                report = write_feedback(root, str(self.coursedir.assignment_id), chosen)
            except CoursekitError as error:
                self.log.error(str(error))
                raise NbGraderException(str(error)) from error
            self.log.info("写好 %d 页反馈，在 %s", len(report.pages), root / "feedback")
            if chosen is not None and not report.pages:
                self.log.error("%s 还没有批改，没有反馈", *chosen)
                raise NbGraderException("没有反馈")

    KitFeedback.__name__ = "GenerateFeedback"  # its section in configurations and logs
    return KitFeedback


def _autograde() -> Any:
    from nbgrader.converters import Autograde as StockAutograde
    from nbgrader.converters import NbGraderException

    class EngineAutograde(StockAutograde):
        """nbgrader's converter; in a course of the kit its `start` runs the engine."""

        is_engine = True

        def start(self) -> None:
            """Grade the chosen hand-ins of the chosen assignment."""
            from coursekit.errors import CoursekitError
            from coursekit.grading.options import GradeOptions
            from coursekit.grading.second_try import grade_by_policy

            root = Path(self.coursedir.root)
            if not (root / MARKER).is_file():
                super().start()
                return
            chosen = _chosen(self)
            options = GradeOptions(students=chosen, force=bool(self.force))
            try:
                report = grade_by_policy(root, str(self.coursedir.assignment_id), options)
            except CoursekitError as error:
                self.log.error(str(error))
                raise NbGraderException(str(error)) from error
            stuck = [row for row in report.submissions if row.status == "not_run"]
            for row in stuck:
                self.log.error("%s 没能批改：%s", row.student, "；".join(str(flag) for flag in row.flags))
            if stuck and chosen is not None:
                raise NbGraderException(f"{chosen[0]} 没能批改，不是零分")

    EngineAutograde.__name__ = "Autograde"  # its section in configurations and logs
    return EngineAutograde
