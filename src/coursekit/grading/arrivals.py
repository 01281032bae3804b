"""The record that collecting leaves of each stored hand-in, and what of it a person should look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coursekit.grading import store
from coursekit.grading.records import Flag

_REASONS = {
    "answers_of_another": "answers.json 里写的是别的学员",
    "answers_edited": "answers.json 在答题页之外被改过",
    "answers_left_out": "answers.json 里有读不懂的格子",
    "unreadable_answers": "answers.json 读不懂",
}


def records(course: Path, assignment: str) -> dict[str, dict[str, Any]]:
    """What is known of each stored hand-in (digest, received, seconds_late, flags), by student."""
    folder = course / store.PRIVATE / "collected" / assignment
    found = {path.stem: store.read_json(path) for path in sorted(folder.glob("*.json"))}
    return {student: record for student, record in found.items() if record}


def record(course: Path, assignment: str, student: str) -> dict[str, Any]:
    """The record of one stored hand-in, empty when it was not collected by the kit."""
    return store.read_json(course / store.PRIVATE / "collected" / assignment / f"{student}.json") or {}


def arrival_flags(course: Path, assignment: str, student: str) -> list[Flag]:
    """Flags for grading out of what collecting saw."""
    codes = record(course, assignment, student).get("flags", [])
    return [Flag(code, "answers.json", _REASONS[code]) for code in codes if code in _REASONS]
