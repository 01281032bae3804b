"""Hand-ins kept aside: earlier ones, later ones that do not count. Any can be put back; nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from coursekit.grading import arrivals, store
from coursekit.grading.settings import nbgrader_time

Version = tuple[Path, dict[str, Any]]
"""The folder of a kept hand-in and what collecting noted of it."""


def kept(course: Path, assignment: str, student: str) -> Iterator[Version]:
    """Hand-ins of a learner that are kept aside, by name of their folder."""
    folder = course / store.PRIVATE / "versions" / assignment / student
    for path in sorted(folder.glob("*.json")):
        record = store.read_json(path)
        if record and path.with_suffix("").is_dir():
            yield path.with_suffix(""), record


def find(course: Path, assignment: str, student: str, digest: str) -> Version | None:
    """The kept hand-in of these bytes."""
    found = (version for version in kept(course, assignment, student) if version[1].get("digest") == digest)
    return next(found, None)


def bring_back(course: Path, assignment: str, student: str, found: Version, label: str = "later") -> None:
    """Put a kept hand-in into `submitted/`; the one that lies there is kept aside as `label`."""
    folder, record = found
    now = arrivals.record(course, assignment, student)
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    received = datetime.fromisoformat(record["received"])
    files["timestamp.txt"] = (nbgrader_time(received) + "\n").encode()
    private = course / store.PRIVATE
    aside = private / "versions" / assignment / student / f"{label}-{str(now.get('digest', 'unknown'))[:8]}"
    store.write_json(aside.with_suffix(".json"), now)
    store.put_folder(files, course / "submitted" / student / assignment, private / "incoming", aside)
    store.write_json(private / "collected" / assignment / f"{student}.json", record)
