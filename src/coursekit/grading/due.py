"""Due dates and extensions: set by the trainer, kept in the settings, told to the gradebook and the record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from coursekit.errors import InputError
from coursekit.grading import store
from coursekit.grading.arrivals import records
from coursekit.grading.new_course import sync_gradebook
from coursekit.grading.settings import (
    SETTINGS_FILE,
    is_ours,
    parse_time,
    read_cohort,
    settings_text,
    with_due,
)


def set_due(course: Path, assignment: str, text: str, student: str | None = None) -> datetime:
    """Set when an assignment is due, for all or for one learner.

    Hand-ins collected already are counted anew; nothing of them is touched.

    Raises
    ------
    InputError
        If the course is not one of ours, the assignment or the learner is unknown, or the time is none.
    """
    settings, roster = read_cohort(course)
    if not is_ours(course):
        raise InputError(
            str(course),
            "coursekit 做的课程（有 coursekit.toml）",
            "别的 nbgrader 课程",
            "请在 formgrader 里改。",
        )
    if not (course / "source" / assignment).is_dir():
        raise InputError(assignment, "这门课的作业", "没有这个作业")
    if student is not None and roster.canonical(student) is None:
        raise InputError("--student", "名单里的学员编号", repr(student))
    if student is not None and assignment not in settings.due:
        raise InputError(
            assignment, "已有截止时间的作业", "还没有定截止时间", "先给全班定一个，再给个人延期。"
        )
    when = parse_time(text, settings.timezone, "截止时间")
    changed = with_due(settings, assignment, when, student)
    store.write_bytes(course / SETTINGS_FILE, settings_text(changed).encode())
    for name, record in records(course, assignment).items():
        received = datetime.fromisoformat(record["received"])
        late = changed.seconds_late(assignment, name, received)
        flags = [flag for flag in record["flags"] if flag != "late"] + (["late"] if late > 0 else [])
        path = course / store.PRIVATE / "collected" / assignment / f"{name}.json"
        store.write_json(path, {**record, "seconds_late": late, "flags": flags})
    sync_gradebook(course)
    return when
