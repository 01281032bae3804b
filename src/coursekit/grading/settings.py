"""Settings of one cohort: the `coursekit.toml` of its course folder."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from coursekit.errors import InputError, unreadable
from coursekit.grading.roster import DEFAULT_PATTERN, FILE_NAME, Roster, read_roster

SETTINGS_FILE = "coursekit.toml"
MODES = ("strict", "compatible")
COUNTED = ("first", "last", "best")


@dataclass(frozen=True)
class Settings:
    """What a trainer decides for one cohort.

    `due` and `extensions` hold aware times; `after_feedback` says which hand-in counts when one comes
    after its feedback was given back.
    """

    title: str = ""
    mode: str = "compatible"
    timezone: str = "Asia/Shanghai"
    student_pattern: str = DEFAULT_PATTERN
    after_feedback: str = "first"
    late_percent_per_day: float = 0.0
    due: Mapping[str, datetime] = field(default_factory=dict)
    extensions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)

    def due_for(self, assignment: str, student: str) -> datetime | None:
        """When this learner's hand-in is due, the extension first."""
        return self.extensions.get(assignment, {}).get(student) or self.due.get(assignment)

    def seconds_late(self, assignment: str, student: str, received: datetime) -> float:
        """How late a hand-in came, 0.0 when in time or when nothing is due. [s]"""
        due = self.due_for(assignment, student)
        return max(0.0, (received - due).total_seconds()) if due else 0.0


def is_ours(course: Path) -> bool:
    """Whether coursekit made this course folder."""
    return (course / SETTINGS_FILE).is_file()


def read_settings(course: Path) -> Settings:
    """Settings of a course folder; a course made elsewhere has the defaults (compatible mode).

    Raises
    ------
    InputError
        If the file is no TOML or a value is not one it takes.
    """
    path = course / SETTINGS_FILE
    if not path.is_file():
        return Settings()
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), "TOML 文件", f"{unreadable(error)}", "请改好这一行再运行。") from error
    return parse_settings(content, str(path))


def parse_settings(content: Mapping[str, Any], where: str) -> Settings:
    """Settings from the parsed file; `where` names it in messages."""
    table = content.get("course", {})
    if not isinstance(table, dict):
        raise InputError(where, "[course] 一节", f"course = {table!r}"[:80], "请照新建的课程里的样子写。")
    zone = _zone(str(table.get("timezone", "Asia/Shanghai")), where)
    return Settings(
        title=str(table.get("title", "")),
        mode=_one_of(table.get("mode", "strict"), MODES, f"{where} 的 course.mode"),
        timezone=zone.key,
        student_pattern=str(table.get("student_pattern", DEFAULT_PATTERN)),
        after_feedback=_one_of(
            table.get("after_feedback", "first"), COUNTED, f"{where} 的 course.after_feedback"
        ),
        late_percent_per_day=_percent(
            table.get("late_percent_per_day", 0), f"{where} 的 course.late_percent_per_day"
        ),
        due={
            name: _time(value, zone, f"{where} 的 due.{name}")
            for name, value in content.get("due", {}).items()
        },
        extensions={
            name: {
                student: _time(value, zone, f"{where} 的 extensions.{name}.{student}")
                for student, value in people.items()
            }
            for name, people in content.get("extensions", {}).items()
        },
    )


def read_cohort(course: Path) -> tuple[Settings, Roster]:
    """Settings and roster of a course folder.

    Raises
    ------
    InputError
        If the folder is no nbgrader course, or one of the two files is faulty.
    """
    if not (course / "source").is_dir():
        got = "没有这个文件夹" if not course.is_dir() else "没有 source 文件夹"
        raise InputError(
            str(course),
            "课程文件夹（里面有 source、gradebook.db）",
            got,
            "先运行 coursekit course new 文件夹。",
        )
    settings = read_settings(course)
    return settings, read_roster(course / FILE_NAME, settings.student_pattern)


def settings_text(settings: Settings) -> str:
    """The file of these settings, with what each line means."""
    lines = [
        "# 本班的设置。时间按 timezone 读，写成 2026-03-09 18:00 的样子。",
        "",
        "[course]",
        f"title = {_toml(settings.title)}",
        f"mode = {_toml(settings.mode)}  # strict=检查在另一个进程里做；compatible=与 nbgrader 原样",
        f"timezone = {_toml(settings.timezone)}",
        f"student_pattern = {_toml(settings.student_pattern)}  # 没有名单时，文件名里怎样的字算学员编号",
        f"after_feedback = {_toml(settings.after_feedback)}  # 反馈之后又交的：first=不计，last=计新的，best=计高的",
        f"late_percent_per_day = {settings.late_percent_per_day:g}  # 迟交每满一天（不足一天算一天）扣百分之几，0=不扣",
        "",
        "[due]  # 每次作业的截止时间",
        *(f"{_toml(name)} = {_toml(_local(when))}" for name, when in sorted(settings.due.items())),
    ]
    for name, people in sorted(settings.extensions.items()):
        lines += ["", f"[extensions.{_toml(name)}]  # 个人延期"]
        lines += [f"{_toml(student)} = {_toml(_local(when))}" for student, when in sorted(people.items())]
    return "\n".join(lines) + "\n"


def with_due(settings: Settings, assignment: str, when: datetime, student: str | None = None) -> Settings:
    """Settings with a due date set, for all or (an extension) for one learner."""
    if student is None:
        return replace(settings, due={**settings.due, assignment: when})
    people = {**settings.extensions.get(assignment, {}), student: when}
    return replace(settings, extensions={**settings.extensions, assignment: people})


def without_due(settings: Settings, assignment: str, student: str | None = None) -> Settings:
    """Settings without a due date (and then without extensions), or without one learner's extension."""
    if student is None:
        due = {name: when for name, when in settings.due.items() if name != assignment}
        rest = {name: people for name, people in settings.extensions.items() if name != assignment}
        return replace(settings, due=due, extensions=rest)
    people = {who: when for who, when in settings.extensions.get(assignment, {}).items() if who != student}
    others = {name: them for name, them in settings.extensions.items() if name != assignment}
    return replace(settings, extensions={**others, **({assignment: people} if people else {})})


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _local(when: datetime) -> str:
    return when.isoformat(sep=" ", timespec="seconds")


def parse_time(text: str, zone: str, where: str) -> datetime:
    """An aware time from what a trainer typed, such as `2026-03-09 18:00`.

    Raises
    ------
    InputError
        If it is no time.
    """
    return _time(text, _zone(zone, where), where)


def nbgrader_time(when: datetime) -> str:
    """A time as nbgrader's `timestamp.txt` has it."""
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def _zone(name: str, where: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InputError(f"{where} 的时区", "Asia/Shanghai 这样的名字", repr(name)) from error


def _time(value: object, zone: ZoneInfo, where: str) -> datetime:
    text = str(value)
    try:
        when = datetime.fromisoformat(text)
        if len(text) == len("2026-03-09"):  # a day alone means its end
            when = when.replace(hour=23, minute=59, second=59)
    except ValueError as error:
        raise InputError(where, "2026-03-09 18:00 这样的时间", repr(value)) from error
    return when if when.tzinfo else when.replace(tzinfo=zone)


def _percent(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise InputError(where, "0 到 100 的数", repr(value))
    return float(value)


def _one_of(value: object, allowed: tuple[str, ...], where: str) -> str:
    if value not in allowed:
        raise InputError(where, "、".join(allowed) + " 之一", repr(value))
    return str(value)
