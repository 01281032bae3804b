"""Where a hand-in after feedback does not count: a trainer lets that of one learner count, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coursekit.errors import InputError
from coursekit.grading import arrivals, store, versions
from coursekit.grading.settings import is_ours, read_cohort

LONGEST_REASON = 200


@dataclass(frozen=True)
class Allowance:
    """One learner whose hand-in after feedback counts in one assignment."""

    student: str
    reason: str
    at: datetime

    def __str__(self) -> str:
        return f"反馈之后又交的准许计入（{self.at:%Y-%m-%d}）：{self.reason}"


def allowed(course: Path, assignment: str) -> dict[str, Allowance]:
    """Allowances of an assignment that stand, by learner."""
    folder = course / store.PRIVATE / "again" / assignment
    found = {}
    for path in sorted(folder.glob("*.json")):
        record = store.read_json(path) or {}
        if record.get("stands"):
            when = datetime.fromisoformat(record["at"])
            found[path.stem] = Allowance(path.stem, str(record["reason"]), when)
    return found


def allow(course: Path, assignment: str, student: str, reason: str) -> bool:
    """Let this learner's hand-in after feedback count; one kept aside takes its place in `submitted/`.

    Returns
    -------
    bool
        Whether a kept hand-in was put there: then it has to be graded.

    Raises
    ------
    InputError
        If course, assignment or learner is unknown, no reason is given, or hand-ins after feedback count anyway.
    """
    person = _known(course, assignment, student)
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST_REASON:
        raise InputError("--reason", f"准许的理由（1 到 {LONGEST_REASON} 字）", f"{len(reason)} 字")
    _note(course, assignment, person, {"reason": reason, "stands": True})
    now = arrivals.record(course, assignment, person)
    later = [
        version
        for version in versions.kept(course, assignment, person)
        if version[0].name.endswith("-apart") and version[1].get("received", "") > now.get("received", "")
    ]
    if not later:
        return False
    newest = max(later, key=lambda version: str(version[1]["received"]))
    versions.bring_back(course, assignment, person, newest, "first")
    return True


def withdraw(course: Path, assignment: str, student: str) -> bool:
    """Take an allowance back; the hand-in that got the feedback takes its place again.

    Returns
    -------
    bool
        Whether it was put back: then it has to be graded.

    Raises
    ------
    InputError
        If course, assignment or learner is unknown, or there is no allowance.
    """
    person = _known(course, assignment, student)
    if person not in allowed(course, assignment):
        raise InputError("--clear", "已有的准许", f"{person} 在 {assignment} 没有准许")
    _note(course, assignment, person, {"reason": "", "stands": False})
    first = store.read_json(course / store.PRIVATE / "returned" / assignment / f"{person}.json") or {}
    digest = str(first.get("digest", ""))
    if arrivals.record(course, assignment, person).get("digest") == digest:
        return False
    found = versions.find(course, assignment, person, digest)
    if found is None:
        return False
    versions.bring_back(course, assignment, person, found, "withdrawn")
    return True


def _known(course: Path, assignment: str, student: str) -> str:
    settings, roster = read_cohort(course)
    if not is_ours(course) or not (course / "source" / assignment).is_dir():
        raise InputError(f"{course.name}/{assignment}", "coursekit 做的课程里的作业", "没有这个作业")
    person = roster.canonical(student)
    if person is None:
        raise InputError("--student", "名单里的学员编号", repr(student))
    if settings.after_feedback != "first":
        todo = "反馈之后又交的本来就算，不用准许。"
        raise InputError("course.after_feedback", "first", settings.after_feedback, todo)
    return person


def _note(course: Path, assignment: str, student: str, decision: dict[str, Any]) -> None:
    """Keep the decision, and those before it."""
    path = course / store.PRIVATE / "again" / assignment / f"{student}.json"
    before = store.read_json(path) or {}
    earlier = [*before.pop("earlier", []), before] if before else []
    now = datetime.now(UTC).isoformat(timespec="seconds")
    store.write_json(path, {"student": student, "at": now, **decision, "earlier": earlier})
