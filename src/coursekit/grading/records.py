"""One small JSON file per graded hand-in: what happened, why, and from which bytes.

The gradebook holds points; it cannot say *not run*. The record can, and it is what lets a second
run skip what is done.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coursekit.grading.marks import Mark, Status, as_text

SCHEMA = 1
FOR_INFORMATION = frozenset({"late", "remarked"})
"""Codes of flags that tell something and ask nothing of a person."""


@dataclass(frozen=True)
class Flag:
    """A reason for a person to look; it never changes a score.

    Attributes
    ----------
    code : str
        Stable English word: `timeout`, `died`, `tampered`, `unreadable`, `similar`, …
    place : str
        Cell or file it concerns.
    reason : str
        In Chinese.
    """

    code: str
    place: str
    reason: str

    def __post_init__(self) -> None:
        """What a hand-in calls its files and cells may be no text at all."""
        object.__setattr__(self, "place", as_text(self.place))
        object.__setattr__(self, "reason", as_text(self.reason))

    def __str__(self) -> str:
        return f"{self.reason}（{self.place}）" if self.place else self.reason


@dataclass(frozen=True)
class SubmissionResult:
    """One hand-in after grading; `score` is None when nothing could be marked."""

    student: str
    status: Status
    score: float | None
    max_score: float
    flags: tuple[Flag, ...] = ()
    seconds: float = 0.0
    cells: tuple[Mark, ...] = ()
    resumed: bool = False

    def as_json(self) -> dict[str, Any]:
        """The row of `coursekit grade --json`."""
        return {
            "student": self.student,
            "status": self.status,
            "score": self.score,
            "max_score": self.max_score,
            "flags": [str(flag) for flag in self.flags],
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True)
class Record:
    """A result with what it was made from."""

    result: SubmissionResult
    digests: dict[str, str]
    mode: str
    sealed: bool


def folder(course: Path, assignment: str) -> Path:
    """Where the records of one assignment lie."""
    return course / ".coursekit" / "graded" / assignment


def write_atomic(path: Path, text: str) -> None:
    """Write `path` whole or not at all, also when the machine stops meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8", errors="replace") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def write(course: Path, assignment: str, record: Record) -> None:
    """Keep one record."""
    result = record.result
    payload = {
        "schema": SCHEMA,
        "assignment": assignment,
        "student": result.student,
        "status": result.status,
        "score": result.score,
        "max_score": result.max_score,
        "flags": [asdict(flag) for flag in result.flags],
        "cells": [mark.as_json() for mark in result.cells],
        "seconds": round(result.seconds, 3),
        "digests": record.digests,
        "mode": record.mode,
        "sealed": record.sealed,
    }
    path = folder(course, assignment) / f"{result.student}.json"
    write_atomic(path, json.dumps(payload, ensure_ascii=False, indent=1) + "\n")


def read(course: Path, assignment: str) -> list[Record]:
    """Every readable record of an assignment, by student; a broken file counts as not graded."""
    return [record for _, record in sorted(_each(course, assignment))]


def _each(course: Path, assignment: str) -> Iterator[tuple[str, Record]]:
    for path in folder(course, assignment).glob("*.json"):
        try:
            record = _parse(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            continue
        yield record.result.student, record


def _parse(data: dict[str, Any]) -> Record:
    if data["schema"] != SCHEMA:
        raise ValueError("schema")
    result = SubmissionResult(
        student=data["student"],
        status=data["status"],
        score=data["score"],
        max_score=data["max_score"],
        flags=tuple(Flag(**flag) for flag in data["flags"]),
        seconds=data["seconds"],
        cells=tuple(Mark(**mark) for mark in data["cells"]),
        resumed=True,
    )
    return Record(result, dict(data["digests"]), data["mode"], data["sealed"])
