"""From which bytes a mark was made: hand-in, exercise, engine. Equal digests need no second run."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cached_property

from coursekit.grading.course import AssignmentSource, Course
from coursekit.grading.options import ENGINE_VERSION, Limits
from coursekit.grading.submitted import digest


class Digests:
    """Digests of one run.

    Parameters
    ----------
    course, source
        The assignment.
    mode : str
        "strict" or "compatible".
    limits : Limits
        Other limits are another run.
    """

    def __init__(self, course: Course, source: AssignmentSource, mode: str, limits: Limits) -> None:
        self._course, self._source, self._mode, self._limits = course, source, mode, limits
        self._known: dict[str, dict[str, str]] = {}

    def of(self, student: str) -> dict[str, str]:
        """Digests of one student's hand-in, taken once a run (before it is run)."""
        if student not in self._known:
            folder = self._course.path("submitted", student, self._source.name)
            self._known[student] = {
                "submission": digest(folder, int(self._limits.notebook_mb * 1e6)),
                "exercise": self.exercise,
                "engine": self.engine,
            }
        return self._known[student]

    @cached_property
    def exercise(self) -> str:
        """Of the instructor's cells, files and key."""
        total = hashlib.sha256()
        for notebook in self._source.notebooks:
            cells = [asdict(cell) for cell in notebook.cells]
            total.update(json.dumps([notebook.name, cells, notebook.metadata], sort_keys=True).encode())
        if self._source.folder.is_dir():
            total.update(digest(self._source.folder, 32_000_000).encode())
        total.update(self._key().encode())
        return total.hexdigest()

    @cached_property
    def engine(self) -> str:
        """Of the engine's version, mode and limits."""
        text = json.dumps([ENGINE_VERSION, self._mode, asdict(self._limits)])
        return hashlib.sha256(text.encode()).hexdigest()

    def _key(self) -> str:
        if not self._course.is_ours:
            return ""
        from coursekit.grading.papers import key_path
        from coursekit.resources import assignments

        found = [assignments() / kind / self._source.name for kind in ("exercises", "cases")]
        parts = [folder / name for folder in found for name in ("key.py", "form.yaml")]
        parts += [key_path(self._course.root, self._source.name), assignments() / "policy" / "marking.toml"]
        return "".join(hashlib.sha256(p.read_bytes()).hexdigest() for p in parts if p.is_file())
