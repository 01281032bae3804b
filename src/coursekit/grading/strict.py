"""Can this exercise be graded in strict mode? Asked when it is built, answered by running its solution.

What cannot be done across two processes (`f is g`, shared random state, patched functions of the learner,
an object that is no plain data) is named per test, so that an author mends it before anyone is graded.
"""

from __future__ import annotations

import ast
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coursekit.grading import sandbox
from coursekit.grading.course import AssignmentSource, NotebookSource, SourceCell
from coursekit.grading.given import given_by
from coursekit.grading.handin import copy_files
from coursekit.grading.inside.own_tables import SAMPLE
from coursekit.grading.integrity import rebuild
from coursekit.grading.marks import mark_test
from coursekit.grading.options import Limits
from coursekit.grading.runners import Ran, Staged
from coursekit.grading.sealed import StrictRunner
from coursekit.grading.submitted import plain_notebook

_STATE = {"seed", "getstate", "get_state", "set_state", "setstate"}


def strict_check(source_notebook: Path | dict[str, Any], files: Path | None = None) -> list[str]:
    """What of an exercise cannot be graded in strict mode.

    Parameters
    ----------
    source_notebook : Path or dict
        The instructor's notebook with its solutions and hidden tests.
    files : Path, optional
        Folder of files that lie beside it for learners; the notebook's own folder if not given.

    Returns
    -------
    list of str
        One line for each test that does not pass on the solution, in Chinese; empty if all do.
    """
    if isinstance(source_notebook, Path):
        raw = json.loads(source_notebook.read_text(encoding="utf-8"))
        name, files = source_notebook.stem, files or source_notebook.parent
    else:
        raw, name = source_notebook, "notebook"
    return strict_checks({name: (raw, files)})[name]


def strict_checks(exercises: Mapping[str, tuple[dict[str, Any], Path | None]]) -> dict[str, list[str]]:
    """`strict_check` of many exercises in one warm process: faults by name.

    Parameters
    ----------
    exercises : mapping
        By name, the instructor's notebook and the folder of files that lie beside it.
    """
    notebooks = {name: plain_notebook(raw) for name, (raw, _) in exercises.items()}
    sources = {
        name: read_source(notebooks[name], name, raw.get("metadata", {}))
        for name, (raw, _) in exercises.items()
    }
    sealed = sandbox.require(allow_unsealed=True)  # an author's own notebooks
    every = AssignmentSource("", Path(), tuple(sources.values()))
    runner = StrictRunner(sealed, Limits(), every)
    try:
        return {
            name: [
                *(fault for cell in source.cells if cell.is_test for fault in _by_reading(cell)),
                *_by_running(source, _run(runner, source, notebooks[name], exercises[name][1])),
            ]
            for name, source in sources.items()
        }
    finally:
        runner.close()


def read_source(notebook: dict[str, Any], name: str, metadata: dict[str, Any]) -> NotebookSource:
    """The instructor's cells straight from a notebook, without a gradebook."""
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        meta = cell["metadata"].get("nbgrader") or {}
        if not meta.get("grade_id"):
            continue
        grade, solution = bool(meta.get("grade")), bool(meta.get("solution"))
        cells.append(
            SourceCell(
                grade_id=str(meta["grade_id"]),
                cell_type=cell["cell_type"],
                source=cell["source"],
                grade=grade,
                solution=solution,
                locked=not solution and (grade or bool(meta.get("locked"))),
                task=bool(meta.get("task")),
                points=float(meta.get("points", 0)),
                checksum="",
                cell_id=f"known-{number}",
            )
        )
    known = {k: v for k, v in metadata.items() if k == "kernelspec"}
    return NotebookSource(name, tuple(cells), known, given_by(notebook["cells"]))


def _by_running(source: NotebookSource, ran: Ran) -> list[str]:
    faults = [f"{flag.place}：{flag.reason}" for flag in ran.flags]
    for cell in source.cells:
        if not cell.is_test:
            continue
        outcome = ran.outcomes.get(cell.grade_id)
        mark = mark_test(cell.grade_id, outcome, cell.points, cell.source)
        if mark.points != cell.points:
            faults.append(f"{cell.grade_id}：答案正确时没有得满分，{mark.reason or mark.points}")
    return faults


def _run(runner: StrictRunner, source: NotebookSource, notebook: dict[str, Any], files: Path | None) -> Ran:
    with tempfile.TemporaryDirectory(dir=runner.base, ignore_cleanup_errors=True) as temporary:
        staged = Staged(Path(temporary) / "learner", Path(temporary) / "trusted")
        for folder in (staged.learner, staged.trusted):
            folder.mkdir()
            if files is not None:
                copy_files(files, folder, skip=("key.py", "exercise.py", "about.toml", "typical.py"))
            learner = json.dumps({"learner": SAMPLE, "name": ""})
            (folder / "learner.json").write_text(learner, encoding="utf-8")
        return runner.run(source, rebuild(source, notebook).notebook, staged)


def _by_reading(cell: SourceCell) -> Iterator[str]:
    """What can be seen without running: identity, shared random state, patches."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        tree = ast.parse(TransformerManager().transform_cell(cell.source))
    except SyntaxError:
        yield f"{cell.grade_id}：测试本身有语法错误"
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
            sides = (node.left, *node.comparators)
            if not any(isinstance(side, ast.Constant) or _is_truth(side) for side in sides):
                yield f"{cell.grade_id}：第 {node.lineno} 行比较两个对象是不是同一个，两个进程之间比不出来"
        elif isinstance(node, ast.Attribute) and node.attr in _STATE and "random" in ast.unparse(node.value):
            yield f"{cell.grade_id}：第 {node.lineno} 行设置随机数状态，只在评分进程里起作用"
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("patch", "monkeypatch.setattr")):
            yield f"{cell.grade_id}：第 {node.lineno} 行替换函数，学员的程序在另一个进程里，替换不到"


def _is_truth(side: ast.expr) -> bool:
    """Whether this is `bool(…)`, which there are only two of in any process."""
    return isinstance(side, ast.Call) and isinstance(side.func, ast.Name) and side.func.id == "bool"
