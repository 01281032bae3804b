"""The nbgrader course a run works on: its folders, its configuration, its sources.

`AssignmentSource` is everything the engine needs of an assignment, read once from the gradebook and
the instructor's notebook, so that no worker ever opens the gradebook.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from coursekit.errors import InputError
from coursekit.grading import catalogue
from coursekit.grading.given import given_by

MARKER = "coursekit.toml"
STRUCTURE = "{nbgrader_step}/{student_id}/{assignment_id}"


@dataclass(frozen=True)
class SourceCell:
    """One cell that nbgrader knows, as the instructor wrote it (solutions cut out).

    Attributes
    ----------
    grade, solution, locked, task : bool
        nbgrader's kinds; `locked` cells are the instructor's own.
    points : float
        Highest points, 0 if not graded [points].
    checksum : str
        nbgrader's, of the unanswered cell.
    """

    grade_id: str
    cell_type: str
    source: str
    grade: bool
    solution: bool
    locked: bool
    task: bool
    points: float
    checksum: str
    cell_id: str

    @property
    def is_test(self) -> bool:
        """Graded by running it."""
        return self.grade and not self.solution and self.cell_type == "code"

    @property
    def is_form(self) -> bool:
        """A page for typed answers or a cell graded from them on the trainer's side: never run here."""
        return self.grade_id.startswith("form_") and not self.is_test

    def metadata(self) -> dict[str, Any]:
        """nbgrader metadata of the cell, rebuilt."""
        meta: dict[str, Any] = {
            "grade": self.grade,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.cell_type,
            "checksum": self.checksum,
        }
        if self.grade or self.task:
            meta["points"] = self.points
        return meta


@dataclass(frozen=True)
class NotebookSource:
    """One notebook of an assignment: its known cells in the instructor's order, and what it gives unlocked."""

    name: str
    cells: tuple[SourceCell, ...]
    metadata: dict[str, Any] = field(hash=False)
    given: str = ""

    def by_id(self) -> dict[str, SourceCell]:
        """Known cells by grade id."""
        return {cell.grade_id: cell for cell in self.cells}

    @property
    def is_python(self) -> bool:
        """Whether the engine's own kernel can run it."""
        spec = self.metadata.get("kernelspec") or {}
        return not spec or spec.get("language", "python") == "python" or spec.get("name") == "python3"


@dataclass(frozen=True)
class AssignmentSource:
    """What the engine knows of one assignment."""

    name: str
    folder: Path
    notebooks: tuple[NotebookSource, ...]

    @property
    def max_score(self) -> float:
        """Points of the whole assignment [points]."""
        return sum(cell.points for nb in self.notebooks for cell in nb.cells if cell.grade or cell.task)


class Course:
    """An nbgrader course folder with its own configuration.

    Parameters
    ----------
    root : Path
        The folder that holds `source/` and `submitted/`.

    Raises
    ------
    InputError
        If that is no course folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        if not self.root.is_dir():
            raise InputError(str(root), "课程文件夹", "没有这个文件夹", "请先运行 coursekit course new。")
        self.config = _config(self.root)
        self.is_ours = (self.root / MARKER).is_file()

    @cached_property
    def dirs(self) -> Any:
        """nbgrader's own view of the folder (its import takes seconds: only for what writes)."""
        from nbgrader.coursedir import CourseDirectory

        return CourseDirectory(config=self.config, root=str(self.root))

    def _setting(self, name: str, default: str) -> str:
        section = self.config.get("CourseDirectory", {})
        return str(section[name]) if name in section else default

    @property
    def db_url(self) -> str:
        """The gradebook."""
        return self._setting("db_url", f"sqlite:///{self.root / 'gradebook.db'}")

    def path(self, step: str, student: str, assignment: str) -> Path:
        """Folder of one step (`submitted`, `autograded`, `source` and so on)."""
        structure = self._setting("directory_structure", STRUCTURE)
        name = self._setting(f"{step}_directory", step)
        inside = structure.format(nbgrader_step=name, student_id=student, assignment_id=assignment)
        return self.root / inside

    def students(self, assignment: str) -> list[str]:
        """Who has a folder in `submitted/` for the assignment."""
        parent = self.path("submitted", "@", assignment)
        parts = parent.parts
        place = parts.index("@") if "@" in parts else len(parts)
        base, rest = Path(*parts[:place]), parts[place + 1 :]
        if not base.is_dir():
            return []
        return sorted(p.name for p in base.iterdir() if p.joinpath(*rest).is_dir())

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        """nbgrader's gradebook, opened."""
        from nbgrader.api import Gradebook

        url = catalogue.require_gradebook(self.db_url)
        with tools_on_path(), Gradebook(url, self.dirs.course_id or "default_course") as book:
            yield book

    def assignment(self, name: str) -> AssignmentSource:
        """Read an assignment from gradebook and source notebook.

        Raises
        ------
        InputError
            If the gradebook does not know it.
        """
        folder = self.path("source", ".", name)
        found = catalogue.read(self.db_url, name)
        if found is None:
            raise InputError(
                f"{self.root.name}/{name}",
                "成绩册里已有的作业",
                "成绩册里没有它",
                "请先把作业放进 source/，再运行 nbgrader generate_assignment。",
            )
        notebooks = tuple(_notebook(row, folder) for row in found)
        if not notebooks:
            raise InputError(f"{self.root.name}/{name}", "至少有一个笔记本的作业", "一个也没有")
        return AssignmentSource(name, folder, notebooks)


def _config(root: Path) -> Any:
    from traitlets.config import Config, PyFileConfigLoader

    if not (root / "nbgrader_config.py").is_file():
        return Config()
    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    except Exception as error:
        where = str(root / "nbgrader_config.py")
        raise InputError(where, "能读的 nbgrader 配置", f"{type(error).__name__}: {error}") from error


@contextmanager
def tools_on_path() -> Iterator[None]:
    """Put this environment's programs on PATH: nbgrader calls `alembic` by name."""
    import sys

    before = os.environ.get("PATH", "")
    tools = str(Path(sys.executable).parent)
    if tools not in before.split(os.pathsep):
        os.environ["PATH"] = tools + os.pathsep + before
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _notebook(row: catalogue.NotebookRow, folder: Path) -> NotebookSource:
    """Join the gradebook's cells (text, points, checksum) with the order of the source notebook."""
    cells = [
        SourceCell(
            grade_id=str(cell["name"]),
            cell_type=str(cell["cell_type"]),
            source=str(cell["source"] or ""),
            grade=cell["grade_points"] is not None,
            solution=bool(cell["solutions"]),
            locked=bool(cell["locked"]),
            task=cell["task_points"] is not None,
            points=float(cell["grade_points"] or cell["task_points"] or 0),
            checksum=str(cell["checksum"] or ""),
            cell_id="",
        )
        for cell in row.cells
    ]
    order, metadata, given = _order(folder / f"{row.name}.ipynb")
    ranked = sorted(cells, key=lambda c: order.get(c.grade_id, (len(order), ""))[0])
    placed = tuple(_with_id(cell, order.get(cell.grade_id, (0, ""))[1], n) for n, cell in enumerate(ranked))
    if row.kernelspec:
        metadata = {**metadata, "kernelspec": json.loads(row.kernelspec)}
    return NotebookSource(row.name, placed, metadata, given)


def _with_id(cell: SourceCell, cell_id: str, number: int) -> SourceCell:
    return replace(cell, cell_id=cell_id or f"known-{number}")


def _order(path: Path) -> tuple[dict[str, tuple[int, str]], dict[str, Any], str]:
    """Place and cell id of each grade id in the source notebook, the notebook's metadata, what it gives."""
    try:
        nb = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}, {}, ""
    order = {}
    for number, cell in enumerate(nb.get("cells", [])):
        meta = cell.get("metadata", {}).get("nbgrader") or {}
        if meta.get("grade_id"):
            order[str(meta["grade_id"])] = (number, str(cell.get("id", "")))
    metadata = {k: v for k, v in nb.get("metadata", {}).items() if k in ("kernelspec", "language_info")}
    return order, metadata, given_by(nb.get("cells", []))
