"""`Autograde`: nbgrader's converter with our kernels, to be used wherever nbgrader uses its own.

Same traits, same configuration, same rows in the gradebook and same notebooks; nbgrader's rule of
marking stays, since the rows shall be nbgrader's. Cells run in confined processes forked from a warm
one instead of a new kernel for every notebook.
"""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.converters import Autograde as StockAutograde
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
)
from nbgrader.preprocessors import Execute as StockExecute
from traitlets import List

from coursekit.grading.execute import Execute


class Autograde(StockAutograde):
    """Drop-in for `nbgrader.converters.Autograde`."""

    autograde_preprocessors = List(
        [
            Execute,
            IgnorePattern,
            ClearMetadataPreprocessor,
            LimitOutput,
            SaveAutoGrades,
            AssignLatePenalties,
            CheckCellMetadata,
        ]
    ).tag(config=True)

    def _init_preprocessors(self) -> None:
        """Use ours also where a configuration names nbgrader's own Execute."""
        ours: list[Any] = [Execute if pp is StockExecute else pp for pp in self.autograde_preprocessors]
        if ours != self.autograde_preprocessors:
            self.autograde_preprocessors = ours
        super()._init_preprocessors()
