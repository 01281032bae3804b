"""nbgrader's preprocessors without the gradebook: they ask a snapshot, and what they would write is kept.

The gradebook is read once before a run and written by one writer; between the two nobody opens it.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from nbgrader import utils
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import OverwriteCells, OverwriteKernelspec
from nbgrader.preprocessors.base import NbGraderPreprocessor

from coursekit.grading.course import NotebookSource
from coursekit.grading.marks import Mark


class Snapshot:
    """Answers the questions nbgrader's OverwriteCells asks a gradebook."""

    def __init__(self, source: NotebookSource) -> None:
        self._source = source
        self._cells = {
            cell.grade_id: SimpleNamespace(
                name=cell.grade_id,
                cell_type=cell.cell_type,
                source=cell.source,
                checksum=cell.checksum,
                locked=cell.locked,
                max_score=cell.points,
            )
            for cell in source.cells
        }

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """A cell as released."""
        if name not in self._cells:
            raise MissingEntry(f"No such source cell: {assignment}/{notebook}/{name}")
        return self._cells[name]

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """A graded cell with its points."""
        found = self._source.by_id().get(name)
        if found is None or not (found.grade or found.task):
            raise MissingEntry(f"No such grade cell: {assignment}/{notebook}/{name}")
        return self._cells[name]

    def find_notebook(self, notebook: str, assignment: str) -> Any:
        """The notebook with all its cells."""
        pick = [self._cells[c.grade_id] for c in self._source.cells]
        return SimpleNamespace(
            source_cells=pick,
            grade_cells=[self._cells[c.grade_id] for c in self._source.cells if c.grade],
            solution_cells=[self._cells[c.grade_id] for c in self._source.cells if c.solution],
            task_cells=[self._cells[c.grade_id] for c in self._source.cells if c.task],
            kernelspec=json.dumps(self._source.metadata["kernelspec"])
            if self._source.metadata.get("kernelspec")
            else None,
        )


class SnapshotOverwriteCells(OverwriteCells):
    """nbgrader's OverwriteCells on a snapshot."""

    def __init__(self, snapshot: Snapshot, **options: Any) -> None:
        super().__init__(**options)
        self.gradebook = snapshot

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """As nbgrader's, without opening a gradebook."""
        self.notebook_id = resources["nbgrader"]["notebook"]
        self.assignment_id = resources["nbgrader"]["assignment"]
        nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
        if self.add_missing_cells:
            nb, resources = self.add_missing_grade_cells(nb, resources)
            nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


class SnapshotOverwriteKernelspec(OverwriteKernelspec):
    """nbgrader's OverwriteKernelspec on a snapshot."""

    def __init__(self, source: NotebookSource, **options: Any) -> None:
        super().__init__(**options)
        self._kernelspec = source.metadata.get("kernelspec")

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Give the notebook the released one's kernel."""
        if self._kernelspec:
            nb.metadata["kernelspec"] = self._kernelspec
        return nb, resources


class KeepGrades(NbGraderPreprocessor):
    """Keeps the points and comments nbgrader's SaveAutoGrades would write, by nbgrader's own rule."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.marks: dict[str, Mark] = {}
        self.unanswered: set[str] = set()

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Mark one cell."""
        if utils.is_grade(cell):
            gid = cell.metadata.nbgrader["grade_id"]
            points, most = utils.determine_grade(cell, self.log)
            self.marks[gid] = _mark(gid, points, most, utils.is_solution(cell))
        if utils.is_solution(cell) or utils.is_task(cell):
            gid = cell.metadata.nbgrader["grade_id"]
            same = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
            if same and not utils.is_task(cell):
                self.unanswered.add(gid)
        return cell, resources


def _mark(gid: str, points: float | None, most: float, written: bool) -> Mark:
    if points is None or written:
        return Mark(gid, points, most, "manual", "等人工评分" if points is None else "没有作答")
    status = "passed" if points == most else "failed" if points == 0 else "partial"
    return Mark(gid, float(points), most, status)  # type: ignore[arg-type]
