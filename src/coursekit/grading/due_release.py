"""Puts due dates where learners see them: a line in every released notebook, files for their workspaces.

The line is a cell of its own without an nbgrader id, so neither grading nor stock nbgrader minds it. The
file for all holds nobody's extension; who has one gets a file of their own in `extensions/`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coursekit.course.due import CELL_KEY, DUE_FILE, DueDates, cell_due, file_name, shown
from coursekit.grading import store
from coursekit.grading.settings import Settings

EXTENSIONS = "extensions"
_CELL_ID = "due-date"


def publish(course: Path, settings: Settings) -> list[Path]:
    """Bring notebooks in `release/` and the files for learners in line with the settings.

    Returns
    -------
    list of Path
        Files that changed.
    """
    changed = []
    for name in sorted(path.name for path in (course / "release").glob("*/")):
        for path in sorted((course / "release" / name).glob("*.ipynb")):
            changed += _put(path, _with_line(path.read_bytes(), due_text(settings, name), settings, name))
    changed += _put(course / "release" / DUE_FILE, _file(settings))
    wanted = {course / EXTENSIONS / file_name(who): _file(settings, who) for who in _extended(settings)}
    for path in set((course / EXTENSIONS).glob(file_name("*"))) - set(wanted):
        path.unlink()
        changed.append(path)
    for path, data in wanted.items():
        changed += _put(path, data)
    return changed


def due_text(settings: Settings, assignment: str) -> str:
    """The line of an assignment, empty when nothing is due."""
    due = settings.due.get(assignment)
    if due is None:
        return ""
    percent = settings.late_percent_per_day
    late = f"迟交每满一天（不足一天算一天）扣得分的 {percent:g}%。" if percent else ""
    return f"**截止时间**：{shown(due)}（{settings.timezone}）。{late}"


def _extended(settings: Settings) -> set[str]:
    return {student for people in settings.extensions.values() for student in people}


def _file(settings: Settings, student: str = "") -> bytes:
    own = {name: people[student] for name, people in settings.extensions.items() if student in people}
    dates = DueDates(own if student else settings.due, settings.title, settings.late_percent_per_day)
    return (json.dumps(dates.as_json(), ensure_ascii=False, indent=1) + "\n").encode()


def _put(path: Path, data: bytes | None) -> list[Path]:
    if data is None or (path.is_file() and path.read_bytes() == data):
        return []
    store.write_bytes(path, data)
    return [path]


def _with_line(data: bytes, text: str, settings: Settings, assignment: str) -> bytes | None:
    """The notebook with exactly this line behind its first cell; None when there is nothing to change."""
    notebook = json.loads(data)
    cells = [cell for cell in notebook["cells"] if cell_due(cell) is None]
    if text:
        meta = {
            CELL_KEY: {"due": settings.due[assignment].isoformat()},
            "deletable": False,
            "editable": False,
        }
        line: dict[str, Any] = {"cell_type": "markdown", "id": _CELL_ID, "metadata": meta, "source": [text]}
        cells.insert(1 if cells and cells[0]["cell_type"] == "markdown" else 0, line)
    if cells == notebook["cells"]:
        return None
    text = json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()
