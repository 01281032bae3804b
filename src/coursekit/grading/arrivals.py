"""What collecting leaves of each stored hand-in: its record, its typed answers, what a person should look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coursekit.errors import InputError
from coursekit.grading import store
from coursekit.grading.answers import Answers, read_answers
from coursekit.grading.records import Flag
from coursekit.grading.submitted import read_bytes

ANSWERS_FILE = "answers.json"

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


def typed_answers(course: Path, assignment: str, student: str) -> tuple[Answers | None, str]:
    """Answers of a stored hand-in, None when there is no answer file; or why they cannot be read.

    A reason is never a zero: what was typed is simply not known.
    """
    path = course / "submitted" / student / assignment / ANSWERS_FILE
    collected = record(course, assignment, student)
    if "unreadable_answers" in collected.get("flags", []):
        return None, "交来的 answers.json 读不懂，没有评"
    if path.is_symlink() or not path.is_file():
        if str(collected.get("file", "")).lower().endswith(".ipynb"):
            return None, "只交了 notebook，没有 answers.json，没有评；请学员把作业文件夹整个交来"
        return None, ""
    try:
        return read_answers(read_bytes(path)), ""
    except (InputError, OSError) as error:
        return None, f"answers.json 读不懂，没有评：{error}"
