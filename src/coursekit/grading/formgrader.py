"""nbgrader's own commands and formgrader's buttons use the engine and the kit's feedback in courses of the kit.

A course of the kit calls `install` in its `nbgrader_config.py`. Other courses of the same server keep
nbgrader's converters. nbgrader's feedback would print every hidden test and a hand-in's outputs as they
are. The pages that show a hand-in to the trainer are cleaned for all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coursekit.grading.course import MARKER

Work = Callable[[Any, Path, tuple[str, ...] | None], None]
"""What a converter does in a course of the kit: itself, the course, the chosen learners (None: all)."""


def install() -> None:
    """Put the engine where nbgrader uses its converter.

    Does nothing in a program that has not loaded nbgrader: then nobody would use it, and loading it takes
    seconds.
    """
    if "nbgrader" not in sys.modules:
        return
    from nbgrader import converters
    from nbgrader.apps import api, autogradeapp, generatefeedbackapp
    from nbgrader.server_extensions.formgrader import formgrader as pages

    from coursekit.grading.safe_pages import SafePages

    pages.HTMLExporter = SafePages
    for name, work, modules in (
        ("Autograde", _autograde, (api, autogradeapp)),
        ("GenerateFeedback", _feedback, (api, generatefeedbackapp)),
    ):
        converter = _in_our_courses(getattr(converters, name), work)
        for module in modules:
            if getattr(getattr(module, name), "is_engine", False) is False:
                setattr(module, name, converter)


def _in_our_courses(stock: Any, work: Work) -> Any:
    """nbgrader's converter `stock`; in a course of the kit its `start` does `work`."""
    from nbgrader.converters import NbGraderException

    class Kit(stock):
        is_engine = True

        def start(self) -> None:
            """Do the work for the chosen hand-ins of the chosen assignment."""
            from coursekit.errors import CoursekitError

            root = Path(self.coursedir.root)
            if not (root / MARKER).is_file():
                super().start()
                return
            student = str(self.coursedir.student_id)  # named on the command line or by the button
            try:
                work(self, root, None if student == "*" else (student,))
            except CoursekitError as error:
                self.log.error(str(error))
                raise NbGraderException(str(error)) from error

    Kit.__name__ = stock.__name__  # its section in configurations and logs
    return Kit


def _feedback(converter: Any, root: Path, chosen: tuple[str, ...] | None) -> None:
    from nbgrader.converters import NbGraderException

    from coursekit.grading.feedback import write_feedback

    report = write_feedback(root, str(converter.coursedir.assignment_id), chosen)
    converter.log.info("写好 %d 页反馈，在 %s", len(report.pages), root / "feedback")
    if chosen is not None and not report.pages:
        converter.log.error("%s 还没有批改，没有反馈", *chosen)
        raise NbGraderException("没有反馈")


def _autograde(converter: Any, root: Path, chosen: tuple[str, ...] | None) -> None:
    from nbgrader.converters import NbGraderException

    from coursekit.grading.options import GradeOptions
    from coursekit.grading.second_try import grade_by_policy

    options = GradeOptions(students=chosen, force=bool(converter.force))
    report = grade_by_policy(root, str(converter.coursedir.assignment_id), options)
    stuck = [row for row in report.submissions if row.status == "not_run"]
    for row in stuck:
        converter.log.error("%s 没能批改：%s", row.student, "；".join(str(flag) for flag in row.flags))
    if stuck and chosen is not None:
        raise NbGraderException(f"{chosen[0]} 没能批改，不是零分")
