"""A small plain nbgrader course, made once and copied for each test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tests.shared import made_once
from traitlets.config import Config

from coursekit.grading import sealed
from coursekit.grading.course import tools_on_path
from coursekit.grading.kernels import WarmProcess
from coursekit.grading.options import Limits

ANSWER, TEST = 3, 4


def nbgrader_meta(grade_id: str, **kind: Any) -> dict[str, Any]:
    base = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {"grade_id": grade_id, "schema_version": 3, **base, **kind}}


def exercise() -> nbformat.NotebookNode:
    """Two points for `total`, two for `largest`; a written answer of three."""
    cells = [
        new_markdown_cell("# 合计", id="intro"),
        new_code_cell("import pandas as pd\nsales = pd.DataFrame({'boxes': [1, 2, 3]})", id="setup"),
        new_markdown_cell("自由的文字", id="text"),
        new_code_cell("### BEGIN SOLUTION\ntotal = int(sales['boxes'].sum())\n### END SOLUTION", id="answer"),
        new_code_cell(
            "assert total == 6\n### BEGIN HIDDEN TESTS\nassert total > 5, '合计不对'\n### END HIDDEN TESTS",
            id="test",
        ),
        new_code_cell(
            "def largest(table):\n    ### BEGIN SOLUTION\n    return table['boxes'].max()\n    ### END SOLUTION",
            id="answer2",
        ),
        new_code_cell(
            "assert largest(sales) == 3\nassert largest(pd.DataFrame({'boxes': [9, 4]})) == 9", id="test2"
        ),
        new_markdown_cell("写一句话", id="essay"),
    ]
    kinds = [
        None,
        nbgrader_meta("setup", locked=True),
        None,
        nbgrader_meta("answer", solution=True),
        nbgrader_meta("test", grade=True, locked=True, points=2),
        nbgrader_meta("answer2", solution=True),
        nbgrader_meta("test2", grade=True, locked=True, points=2),
        nbgrader_meta("essay", grade=True, solution=True, points=3),
    ]
    for cell, kind in zip(cells, kinds, strict=True):
        cell.metadata.update(kind or {})
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": spec})


@pytest.fixture(scope="session")
def course_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "course-of-one", _make_course)


def _make_course(root: Path) -> None:
    from nbgrader.apps import NbGraderAPI

    folder = root / "source" / "ps1"
    folder.mkdir(parents=True)
    nbformat.write(exercise(), folder / "ps1.ipynb")
    (folder / "data.csv").write_text("boxes\n1\n")
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "c1"
    with tools_on_path():
        done = NbGraderAPI(config=config).generate_assignment("ps1")
    assert done["success"], done


@pytest.fixture(scope="session")
def _warm() -> Iterator[dict[Any, WarmProcess]]:
    kept: dict[Any, WarmProcess] = {}
    yield kept
    for warm in kept.values():
        WarmProcess.close(warm)


@pytest.fixture
def one_warm_process(_warm: dict[Any, WarmProcess], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every strict run of the test forks from one warm process, kept for the next test that asks for it."""

    def get(
        is_sealed: bool, limits: Limits, imports: tuple[str, ...] = (), tables: tuple[str, ...] = ()
    ) -> WarmProcess:
        known = (is_sealed, limits)
        if known not in _warm:
            _warm[known] = WarmProcess(is_sealed, limits, imports, tables)
            _warm[known].close = lambda: None  # type: ignore[method-assign]
        return _warm[known]

    monkeypatch.setattr(sealed, "WarmProcess", get)


@pytest.fixture
def course(course_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(course_template, tmp_path / "course"))


HandInMaker = Callable[..., Path]


def make_hand_ins(course: Path) -> HandInMaker:
    """A maker of hand-ins: `make("kh0001", answer="total = 6")` answers the released notebook."""
    released = json.loads((course / "release" / "ps1" / "ps1.ipynb").read_text(encoding="utf-8"))

    def make(student: str, *, raw: bytes | None = None, edit: Any = None, **answers: str) -> Path:
        notebook = json.loads(json.dumps(released))
        for cell in notebook["cells"]:
            gid = cell["metadata"].get("nbgrader", {}).get("grade_id")
            if gid in answers:
                cell["source"] = answers[gid]
        if edit is not None:
            edit(notebook)
        path = course / "submitted" / student / "ps1" / "ps1.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(json.dumps(notebook).encode() if raw is None else raw)
        return path

    return make


@pytest.fixture
def hand_in(course: Path) -> HandInMaker:
    """`make_hand_ins` for this test's course."""
    return make_hand_ins(course)
