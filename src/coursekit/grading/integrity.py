"""Put a hand-in's notebook together again from the instructor's cells and the learner's answers.

What is the instructor's (text, type, points, order, metadata) comes from the instructor; of the
hand-in only the answers and free cells stay, without any of their metadata. A free cell keeps its
place behind the known cell it stood behind.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from coursekit.grading.course import NotebookSource, SourceCell
from coursekit.grading.records import Flag
from coursekit.grading.submitted import UnreadableError

Cell = dict[str, Any]


@dataclass(frozen=True)
class Rebuilt:
    """A notebook that is safe to run, and what had been changed in it."""

    notebook: dict[str, Any]
    flags: tuple[Flag, ...]


def rebuild(source: NotebookSource, submitted: dict[str, Any]) -> Rebuilt:
    """Rebuild a hand-in.

    Parameters
    ----------
    source : NotebookSource
        The instructor's cells in order.
    submitted : dict
        As `read_notebook` gives it.

    Raises
    ------
    UnreadableError
        If an id occurs twice or is not the instructor's: then nobody can say which cell is meant.
    """
    known = source.by_id()
    cells = submitted["cells"]
    ids = [_grade_id(cell) for cell in cells]
    _refuse_strange_ids(ids, known)
    answers = {gid: cell for gid, cell in zip(ids, cells, strict=True) if gid is not None}
    flags = tuple(_changes(source, ids, answers))
    behind = _free_cells(ids, cells)
    placed = list(behind.get(None, ()))
    for cell in source.cells:
        placed.append(_known_cell(cell, answers.get(cell.grade_id)))
        placed.extend(behind.get(cell.grade_id, ()))
    for number, placed_cell in enumerate(placed):
        placed_cell.setdefault("id", f"free-{number}")
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": dict(source.metadata), "cells": placed}
    return Rebuilt(notebook, flags)


def _grade_id(cell: Cell) -> str | None:
    meta = cell["metadata"].get("nbgrader")
    if not isinstance(meta, dict):
        return None
    gid = meta.get("grade_id")
    return gid if isinstance(gid, str) and gid else None


def _refuse_strange_ids(ids: list[str | None], known: dict[str, SourceCell]) -> None:
    present = [gid for gid in ids if gid is not None]
    for gid, count in Counter(present).items():
        if count > 1:
            raise UnreadableError(f"单元编号 {gid[:60]} 出现了 {count} 次")
    strange = sorted(set(present) - set(known))
    if strange:
        raise UnreadableError(f"单元编号 {strange[0][:60]} 不是这份作业的")


def _changes(source: NotebookSource, ids: list[str | None], answers: dict[str, Cell]) -> list[Flag]:
    """What had been done to the instructor's cells (hidden tests are cut in what learners get)."""
    found = []
    for cell in source.cells:
        mine = answers.get(cell.grade_id)
        if mine is None:
            found.append(Flag("tampered", cell.grade_id, "单元被删除，已按原样补回"))
            continue
        if mine["cell_type"] != cell.cell_type:
            found.append(Flag("tampered", cell.grade_id, "单元类型被改动，已改回"))
        if cell.locked and not _same_text(cell.source, mine["source"]):
            found.append(Flag("tampered", cell.grade_id, "锁定的单元被改写，已改回"))
        meta = mine["metadata"]["nbgrader"]
        if cell.grade and "points" in meta and meta["points"] != cell.points:
            found.append(Flag("tampered", cell.grade_id, "分值被改动，已改回"))
    expected = [cell.grade_id for cell in source.cells if cell.grade_id in answers]
    if [gid for gid in ids if gid is not None] != expected:
        found.append(Flag("tampered", "", "单元顺序被改动，已改回"))
    return found


def _same_text(source: str, mine: str) -> bool:
    return source.strip() == mine.strip() or _released(source) == _released(mine)


def _released(text: str) -> str:
    """A test as learners get it: hidden parts cut, blank lines dropped."""
    kept, hidden = [], False
    for line in text.splitlines():
        if "BEGIN HIDDEN TESTS" in line:
            hidden = True
        elif "END HIDDEN TESTS" in line:
            hidden = False
        elif not hidden and line.strip():
            kept.append(line.rstrip())
    return "\n".join(kept)


def _free_cells(ids: list[str | None], cells: list[Cell]) -> dict[str | None, list[Cell]]:
    behind: dict[str | None, list[Cell]] = {}
    anchor: str | None = None
    for gid, cell in zip(ids, cells, strict=True):
        if gid is not None:
            anchor = gid
        else:
            behind.setdefault(anchor, []).append(_plain(cell["cell_type"], cell["source"], cell))
    return behind


def _known_cell(cell: SourceCell, mine: Cell | None) -> Cell:
    text = cell.source if cell.locked or mine is None else mine["source"]
    placed = _plain(cell.cell_type, text, mine or {})
    placed["metadata"] = {"nbgrader": cell.metadata()}
    placed["id"] = cell.cell_id
    return placed


def _plain(kind: str, text: str, mine: Cell) -> Cell:
    cell: Cell = {"cell_type": kind, "metadata": {}, "source": text}
    if kind == "code":
        cell.update(outputs=[], execution_count=None)
    elif kind == "markdown" and "attachments" in mine:
        cell["attachments"] = mine["attachments"]
    return cell
