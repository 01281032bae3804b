"""nbgrader's own commands and formgrader's Autograde button use the engine in courses of the kit.

A course of the kit calls `install` in its `nbgrader_config.py`. Other courses of the same server keep
nbgrader's converter. The pages that show a hand-in to the trainer are cleaned for all of them.
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
    from nbgrader.apps import api, autogradeapp
    from nbgrader.server_extensions.formgrader import formgrader as pages

    from coursekit.grading.safe_pages import SafePages

    pages.HTMLExporter = SafePages
    converter = _converter()
    for module in (api, autogradeapp):
        if getattr(module.Autograde, "is_engine", False) is False:
            module.Autograde = converter


def _converter() -> Any:
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
            student = str(self.coursedir.student_id)
            chosen = None if student == "*" else (student,)
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
                raise NbGraderException(f"{student} 没能批改，不是零分")

    EngineAutograde.__name__ = "Autograde"  # its section in configurations and logs
    return EngineAutograde
