"""Due dates and extensions: set by the trainer, kept in the settings, told to gradebook, records and learners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from coursekit.errors import InputError
from coursekit.grading import store
from coursekit.grading.arrivals import records
from coursekit.grading.new_course import sync_gradebook
from coursekit.grading.roster import Roster
from coursekit.grading.settings import (
    COUNTED,
    SETTINGS_FILE,
    Settings,
    is_ours,
    parse_time,
    read_cohort,
    settings_text,
    with_due,
    without_due,
)


def set_due(
    course: Path, assignment: str, text: str | None, students: str | Sequence[str] | None = None
) -> datetime | None:
    """Set (or with no text: take back) when an assignment is due, for all or for the learners named.

    Hand-ins collected already are counted anew, late points of graded ones too; nothing of them is
    touched. The line in the released notebook and the files for learners follow.

    Raises
    ------
    InputError
        If the course is not one of ours, the assignment or a learner is unknown, the time is none, or an
        extension would end before the date of all.
    """
    settings, roster = read_cohort(course)
    _require(course, assignment)
    named = [students] if isinstance(students, str) else list(students or [])
    people = [_known(roster, one) for one in named]
    when = None if text is None else parse_time(text, settings.timezone, "截止时间")
    if people:
        _require_extension(settings, assignment, when)
    changed = settings
    whom: list[str | None] = [*people] or [None]
    for student in whom:
        if when is None:
            changed = without_due(changed, assignment, student)
        else:
            changed = with_due(changed, assignment, when, student)
    _keep(course, changed)
    _count_anew(course, assignment, changed)
    sync_gradebook(course)
    return when


def set_rules(course: Path, late_percent: float | None = None, after_feedback: str | None = None) -> Settings:
    """Set what being late costs, and which hand-in counts when one comes after feedback.

    Late points of graded hand-ins are counted anew.

    Raises
    ------
    InputError
        If the course is not one of ours, the percentage is outside 0 to 100, or the rule is unknown.
    """
    settings, _ = read_cohort(course)
    _require(course)
    if late_percent is not None and not 0 <= late_percent <= 100:
        raise InputError("--late-percent", "0 到 100 的数", f"{late_percent:g}")
    if after_feedback is not None and after_feedback not in COUNTED:
        raise InputError("--after-feedback", "、".join(COUNTED) + " 之一", repr(after_feedback))
    if late_percent is None and after_feedback is None:
        return settings
    changed = replace(
        settings,
        late_percent_per_day=settings.late_percent_per_day if late_percent is None else float(late_percent),
        after_feedback=after_feedback or settings.after_feedback,
    )
    _keep(course, changed)
    sync_gradebook(course)
    return changed


def _require(course: Path, assignment: str | None = None) -> None:
    if not is_ours(course):
        raise InputError(
            str(course),
            "coursekit 做的课程（有 coursekit.toml）",
            "别的 nbgrader 课程",
            "请在 formgrader 里改。",
        )
    if assignment is not None and not (course / "source" / assignment).is_dir():
        raise InputError(assignment, "这门课的作业", "没有这个作业")


def _known(roster: Roster, student: str) -> str:
    found = roster.canonical(student)
    if found is None:
        raise InputError("--student", "名单里的学员编号", repr(student))
    return found


def _require_extension(settings: Settings, assignment: str, when: datetime | None) -> None:
    due = settings.due.get(assignment)
    if due is None:
        raise InputError(
            assignment, "已有截止时间的作业", "还没有定截止时间", "先给全班定一个，再给个人延期。"
        )
    if when is not None and when < due:
        raise InputError("延期", f"不早于全班的截止时间 {due:%Y-%m-%d %H:%M}", f"{when:%Y-%m-%d %H:%M}")


def _keep(course: Path, settings: Settings) -> None:
    store.write_bytes(course / SETTINGS_FILE, settings_text(settings).encode())


def _count_anew(course: Path, assignment: str, settings: Settings) -> None:
    """Say in the record of every collected hand-in how late it is by these settings."""
    for name, record in records(course, assignment).items():
        received = datetime.fromisoformat(record["received"])
        late = settings.seconds_late(assignment, name, received)
        flags = [flag for flag in record["flags"] if flag != "late"] + (["late"] if late > 0 else [])
        path = course / store.PRIVATE / "collected" / assignment / f"{name}.json"
        store.write_json(path, {**record, "seconds_late": late, "flags": flags})
