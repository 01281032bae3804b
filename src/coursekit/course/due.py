"""When assignments are due, as the learner's side knows it: a file from the trainer, or a line in the notebook.

`due.json` in the workspace holds the dates of the cohort, `due_<id>.json` beside it those of one learner
with an extension. Only for showing: how late a hand-in is, the trainer's side decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coursekit.errors import InputError

DUE_FILE = "due.json"
_FILE = "培训师发的截止时间文件（due.json）"
CELL_KEY = "coursekit"
_SCHEMA = 1


@dataclass(frozen=True)
class DueDates:
    """Due times by assignment, and what being late costs."""

    times: Mapping[str, datetime]
    title: str = ""
    late_percent_per_day: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Content of the file."""
        return {
            "schema": _SCHEMA,
            "title": self.title,
            "late_percent_per_day": self.late_percent_per_day,
            "due": {name: when.isoformat() for name, when in sorted(self.times.items())},
        }


def file_name(learner: str = "") -> str:
    """Name of the file for all, or of the one for a learner."""
    return f"due_{learner}.json" if learner else DUE_FILE


def parse(data: bytes, where: str) -> DueDates:
    """Due dates in the bytes of such a file.

    Raises
    ------
    InputError
        If it is none.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"))
        times = {str(name): datetime.fromisoformat(when) for name, when in content["due"].items()}
        if any(when.tzinfo is None for when in times.values()):
            raise ValueError("time without zone")
        return DueDates(times, str(content.get("title", "")), float(content.get("late_percent_per_day", 0)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(where, _FILE, "别的内容", "请培训师再发一次。") from error


def read(source: Path) -> tuple[str, bytes]:
    """Name in a workspace and bytes of a file of due dates from the trainer.

    Raises
    ------
    InputError
        If it is not there or none.
    """
    if not source.is_file():
        raise InputError(str(source), _FILE, "没有这个文件")
    data = source.read_bytes()
    parse(data, str(source))
    own = source.name.startswith("due_") and source.suffix == ".json"
    return source.name if own else DUE_FILE, data


def dates(place: Path | None, learner: str = "") -> DueDates:
    """What a workspace knows, the learner's own extensions first; a broken file counts as none."""
    found = DueDates({})
    for name in dict.fromkeys((file_name(), file_name(learner))):
        path = place / name if place else None
        if path is None or not path.is_file():
            continue
        try:
            more = parse(path.read_bytes(), name)
        except InputError:
            continue
        found = DueDates({**found.times, **more.times}, more.title or found.title, more.late_percent_per_day)
    return found


def due_of(folder: Path, place: Path | None, learner: str = "") -> datetime | None:
    """When the assignment in `folder` is due; the workspace's file goes before the notebook's own line."""
    known = dates(place, learner).times.get(folder.name)
    return known or _in_notebook(folder / f"{folder.name}.ipynb")


def cell_due(cell: Mapping[str, Any]) -> str | None:
    """The time a due-date cell carries, None for any other cell."""
    meta = cell.get("metadata", {}).get(CELL_KEY)
    found = meta.get("due") if isinstance(meta, dict) else None
    return found if isinstance(found, str) else None


def _in_notebook(path: Path) -> datetime | None:
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        text = next((found for cell in cells if (found := cell_due(cell))), None)
        when = datetime.fromisoformat(text) if text else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return when if when is None or when.tzinfo else None


def shown(when: datetime) -> str:
    """A time as people read it, in its own zone."""
    return f"{when:%Y-%m-%d %H:%M}"


def said(due: datetime, now: datetime) -> str:
    """How much time is left, or how late it is, in one sentence."""
    seconds = (due - now).total_seconds()
    if seconds >= 0:
        return f"截止时间 {shown(due)}，还有 {_span(seconds)}。"
    return f"截止时间 {shown(due)}，已经过了 {_span(-seconds)}；现在才发出去算迟交。"


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{max(1, minutes)} 分钟"
    if minutes < 48 * 60:
        return f"{minutes // 60} 小时"
    return f"{minutes // (24 * 60)} 天"
