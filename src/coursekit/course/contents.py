"""The table of contents a learner sees on the welcome page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from pathlib import Path

from coursekit.course.due import shown
from coursekit.course.syllabus import Lesson, Syllabus
from coursekit.course.workspace import EXERCISES, LESSONS

_STYLE = (
    "<style>.ck-toc{border-collapse:collapse;font-size:14px}"
    ".ck-toc td,.ck-toc th{padding:6px 14px 6px 0;text-align:left!important;vertical-align:top;"
    "border-bottom:1px solid #d0d0d0;background:none}"
    ".ck-toc a{text-decoration:underline}</style>"
)


def contents_html(course: Syllabus, workspace: Path, due: Mapping[str, datetime] | None = None) -> str:
    """Lessons and exercises that lie in `workspace`, as links, in teaching order; when they are `due`, if known."""
    due = due or {}
    rows = [_row(lesson, course, workspace, due) for lesson in course.lessons if lesson.area]
    last = "<th>截止时间</th>" if due else ""
    head = f"<tr><th>课</th><th>学完会做什么</th><th>范围</th><th>时间</th><th>练习</th>{last}</tr>"
    return f"{_STYLE}<table class='ck-toc'>{head}{''.join(filter(None, rows))}</table>"


def _row(lesson: Lesson, course: Syllabus, workspace: Path, due: Mapping[str, datetime]) -> str:
    page = f"{LESSONS}/{lesson.slug}.ipynb"
    task = f"{EXERCISES}/{lesson.slug}/{lesson.slug}.ipynb"
    has_page, has_task = (workspace / page).is_file(), (workspace / task).is_file()
    if not (has_page or has_task):
        return ""
    title = escape(f"{lesson.number} {lesson.title}")
    when = due.get(lesson.slug)
    cells = [
        f"<a href='{page}'>{title}</a>" if has_page else title,
        escape(lesson.goal),
        escape(course.areas.get(lesson.area, "")),
        f"{lesson.minutes} 分钟",
        f"<a href='{task}'>做练习</a>" if has_task else "",
        *([shown(when) if when else ""] if due else []),
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
