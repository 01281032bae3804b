"""From percent text to notebook cells, and from the author's cells to the learner's.

Everything here is plain data in, plain data out. The learner's version is cut by nbgrader's own
preprocessors, in the order `nbgrader generate_assignment` uses, so that the stock command run on a
course of ours gives the same notebook (the stubs below go into the course's `nbgrader_config.py`).
"""

from __future__ import annotations

import copy
import logging
import re
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from traitlets.config import Config

from coursekit.errors import ContentError

CODE_STUB = "# 在这里作答"
TEXT_STUB = "在这里写你的回答"
RELEASE_STEPS = (
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
)
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_KEPT_METADATA = ("nbgrader", "tags", "jupyter", "editable", "deletable")
_FORM_CALL = re.compile(r"""^\s*learn\.form\(\s*["']([A-Za-z0-9_]+)["']""", re.MULTILINE)
_BEGIN_SOLUTION = "### BEGIN SOLUTION"
_EMPTY_REGION = f"{_BEGIN_SOLUTION}\n### END SOLUTION\n"


def from_percent(text: str, where: str) -> NotebookNode:
    """Notebook of the percent source `text`, with stable metadata and cell ids and without outputs.

    Raises
    ------
    ContentError
        If the text is no percent source or two cells carry the same grade id.
    """
    try:
        read = jupytext.reads(text, fmt="py:percent")
    except Exception as error:  # jupytext raises whatever its parsers raise
        raise ContentError(where, [f"不能当作 percent 格式读：{error}"]) from error
    notebook = nbformat.v4.new_notebook(metadata=copy.deepcopy(NOTEBOOK_METADATA))
    for position, cell in enumerate(read.cells, start=1):
        notebook.cells.append(_clean_cell(cell, position))
    _require_unique_ids(notebook, where)
    return notebook


def _clean_cell(cell: NotebookNode, position: int) -> NotebookNode:
    metadata: dict[str, Any] = {key: cell.metadata[key] for key in _KEPT_METADATA if key in cell.metadata}
    if "nbgrader" in metadata:
        metadata["nbgrader"] = complete_grading(dict(metadata["nbgrader"]))
    made = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")(cell.source, metadata=metadata)
    made["id"] = _cell_id(made, position)
    if form_field(made) and _is_answer(made) and _BEGIN_SOLUTION not in made.source:
        made["source"] = _EMPTY_REGION + made.source  # or nbgrader would cut the whole call away
    return made


def complete_grading(given: dict[str, Any]) -> dict[str, Any]:
    """nbgrader metadata with what an author may leave out: schema, flags, lock of pure test cells."""
    grade, solution = bool(given.get("grade", False)), bool(given.get("solution", False))
    full: dict[str, Any] = {
        "schema_version": 3,
        "grade": grade,
        "solution": solution,
        "locked": bool(given.get("locked", not solution)),
        "task": bool(given.get("task", False)),
        **{key: given[key] for key in ("grade_id", "points", "cell_type", "checksum") if key in given},
    }
    if not grade and not full["task"]:
        full.pop("points", None)
    return dict(sorted(full.items()))


def form_field(cell: NotebookNode) -> str | None:
    """Id of the form field a cell shows, if it shows one."""
    found = _FORM_CALL.search(cell.source) if cell.cell_type == "code" else None
    return found.group(1) if found else None


def _is_answer(cell: NotebookNode) -> bool:
    grading = cell.metadata.get("nbgrader", {})
    return bool(grading.get("grade") and grading.get("solution"))


def _is_check(cell: NotebookNode) -> bool:
    grading = cell.metadata.get("nbgrader", {})
    return bool(cell.cell_type == "code" and grading.get("grade") and not grading.get("solution"))


def _cell_id(cell: NotebookNode, position: int) -> str:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", grade_id).strip("-")[:60]
    return slug or f"{cell.cell_type}-{position:03d}"


def _require_unique_ids(notebook: NotebookNode, where: str) -> None:
    seen: set[str] = set()
    faults = []
    for position, cell in enumerate(notebook.cells, start=1):
        if cell["id"] in seen:
            faults.append(f"第 {position} 格：grade_id {cell['id']} 前面已经用过，每格要有自己的名字")
        seen.add(cell["id"])
    if faults:
        raise ContentError(where, faults)


def cut_release(source: NotebookNode, where: str) -> NotebookNode:
    """Learner's version of the author's notebook: no solution, no hidden test, cells locked.

    Raises
    ------
    ContentError
        If nbgrader refuses the source (a region without end, a solution outside a solution cell).
    """
    config = Config(
        {"ClearSolutions": {"code_stub": {"python": CODE_STUB}, "text_stub": TEXT_STUB}},
    )
    notebook = copy.deepcopy(source)
    resources: dict[str, Any] = {}
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)  # nbgrader logs what it then raises
    for step in RELEASE_STEPS:
        try:
            notebook, resources = step(config=config).preprocess(notebook, resources)
        except Exception as error:  # nbgrader raises plain RuntimeError and its own ValidationError
            raise ContentError(where, [f"nbgrader({step.__name__})不接受：{error}"]) from error
    for cell in notebook.cells:
        if _is_check(cell):  # "run all" goes on past a check that fails; the mark stays the output's
            cell.metadata["tags"] = sorted({*cell.metadata.get("tags", []), "raises-exception"})
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """The bytes of a built notebook as text: sorted keys, one final newline."""
    return str(nbformat.writes(notebook, version=4)).rstrip("\n") + "\n"
