"""What formgrader shows under a form cell: what was typed, what the machine makes of it, and why.

The page of a hand-in holds only the empty field; without this a trainer would judge a plan unseen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from coursekit.grading.records import write_atomic
from coursekit.quiz.itemmarks import STATE_NAMES, ItemMark

_CELL = "style='text-align:left;vertical-align:top;padding:2px 12px 2px 0'"


def put(folder: Path, items: Sequence[ItemMark]) -> None:
    """Write the view of every field into the autograded notebooks of `folder`; nothing where there is none."""
    views = {f"form_{mark.id}": _output(mark) for mark in items}
    for path in folder.glob("*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        shown = False
        for cell in notebook["cells"]:
            view = views.get(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", ""))
            if view is not None and cell["cell_type"] == "code":
                cell["outputs"], shown = [view], True
        if shown:
            write_atomic(path, json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
            path.chmod(0o444)


def view(mark: ItemMark) -> str:
    """One field as HTML: the answer, the proposal, and of a plan each criterion with its step and reason."""
    given = f"{round(mark.points, 2):g}"
    points = f"参考 {given}" if mark.needs_trainer else given
    answer = escape(mark.given).replace("\n", "<br>") or "（没有填）"
    parts = [
        f"<p style='white-space:normal'>{answer}</p>",
        f"<p><b>{STATE_NAMES[mark.state]}，{points} / {mark.max_points:g} 分。</b></p>",
    ]
    if mark.steps:
        rows = "".join(
            f"<tr><td {_CELL}>{escape(one.name)}</td><td {_CELL}>{one.step} / {one.top}</td>"
            f"<td {_CELL}>{escape(one.meaning)}</td><td {_CELL}>{escape(one.reason)}</td></tr>"
            for one in mark.steps
        )
        heads = "".join(f"<th {_CELL}>{head}</th>" for head in ("要点", "步", "意思", "为什么"))
        parts.append(f"<table><tr>{heads}</tr>{rows}</table>")
    elif note := _note(mark):
        parts.append(f"<p>{escape(note)}</p>")
    parts += [f"<p><b>当心：{escape(flag)}，这一句没有给分。</b></p>" for flag in mark.flags if mark.steps]
    return "".join(parts)


def _note(mark: ItemMark) -> str:
    """The key stays out of decided fields: nbgrader's own feedback would hand these pages back."""
    return mark.trainer_note if mark.needs_trainer else mark.learner_note


def _output(mark: ItemMark) -> dict[str, Any]:
    plain = f"{mark.given}\n{STATE_NAMES[mark.state]} {round(mark.points, 2):g}/{mark.max_points:g}\n{_note(mark)}"
    data = {"text/html": view(mark), "text/plain": plain}
    return {"output_type": "display_data", "data": data, "metadata": {}}
