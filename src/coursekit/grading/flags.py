"""Flags that are raised outside a run: where in a hand-in, kept beside the records, never touching a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from coursekit.grading import records, store
from coursekit.grading.course import Course
from coursekit.grading.marks import status_of
from coursekit.grading.records import Flag, Record
from coursekit.grading.submitted import digest

_LIMIT = 20_000_000
_PAIRS_NAMED = 3


def grade_id(cell: Mapping[str, Any]) -> str | None:
    """The grade id a cell of a hand-in claims."""
    meta = cell["metadata"].get("nbgrader")
    found = meta.get("grade_id") if isinstance(meta, dict) else None
    return found if isinstance(found, str) and found else None


def place_of(cell: Mapping[str, Any], number: int) -> str:
    """How a person finds a cell: its grade id, or which one it is, counted from 1."""
    return (grade_id(cell) or f"第 {number} 格")[:80]


def similar_pairs(course: Path, assignment: str, student: str) -> list[dict[str, Any]]:
    """Pairs this student is in, as the last comparison left them; the student stands first in each."""
    kept = store.read_json(_similar_path(course, assignment)) or {}
    found = []
    for pair in kept.get("pairs", []):
        if pair["first"] == student:
            found.append(pair)
        elif pair["second"] == student:
            turned = {"first": student, "second": pair["first"],
                      "first_places": pair["second_places"], "second_places": pair["first_places"]}  # fmt: skip
            found.append(pair | turned)
    return found


def similar_flags(course: Path, assignment: str, student: str, folder: Path) -> list[Flag]:
    """Flags of the last comparison, if it looked at this very hand-in."""
    pairs = similar_pairs(course, assignment, student)
    if not pairs:
        return []
    kept = store.read_json(_similar_path(course, assignment)) or {}
    if kept.get("digests", {}).get(student) != digest(folder, _LIMIT):
        return []
    return [_similar_flag(pair) for pair in pairs[:_PAIRS_NAMED]]


def _similar_flag(pair: Mapping[str, Any]) -> Flag:
    what = "代码" if pair["kind"] == "code" else "文字"
    there = "、".join(pair["second_places"][:_PAIRS_NAMED])
    place = "、".join(pair["first_places"][:_PAIRS_NAMED])
    return Flag("similar", place, f"{what}与 {pair['second']} 的 {there} 很像，相似 {pair['likeness']:.0%}")


def keep_similar(course: Course, assignment: str, pairs: Sequence[Mapping[str, Any]]) -> None:
    """Keep the pairs of a comparison and bring the flag `similar` of all records in line with them."""
    students = sorted({str(pair[side]) for pair in pairs for side in ("first", "second")})
    digests = {who: digest(course.path("submitted", who, assignment), _LIMIT) for who in students}
    content = {"assignment": assignment, "pairs": list(pairs), "digests": digests}
    store.write_json(_similar_path(course.root, assignment), content)
    for record in records.read(course.root, assignment):
        student = record.result.student
        wanted = similar_flags(
            course.root, assignment, student, course.path("submitted", student, assignment)
        )
        changed = _with_flags(record, "similar", wanted)
        if changed.result.flags != record.result.flags:
            records.write(course.root, assignment, changed)


def _with_flags(record: Record, code: str, wanted: Sequence[Flag]) -> Record:
    """The record with exactly these flags of one code; points stay, only who must look may change."""
    result = record.result
    flags = (*(flag for flag in result.flags if flag.code != code), *wanted)
    wants = any(flag.code not in records.FOR_INFORMATION for flag in flags)
    status = status_of(result.cells, wants) if result.cells else result.status
    return replace(record, result=replace(result, flags=flags, status=status))


def _similar_path(course: Path, assignment: str) -> Path:
    return course / store.PRIVATE / "similar" / f"{assignment}.json"
