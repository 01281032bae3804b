"""The table of contents a learner sees on the welcome page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from coursekit.course.due import shown
from coursekit.course.syllabus import Case, Lesson, Syllabus
from coursekit.course.workspace import CASES, EXERCISES, LESSONS, PRACTICE

_STYLE = (
    "<style>.ck-toc{font-size:14px}.ck-toc table{border-collapse:collapse}"
    ".ck-toc td,.ck-toc th{padding:6px 14px 6px 0;text-align:left!important;vertical-align:top;"
    "border-bottom:1px solid #d0d0d0;background:none}"
    ".ck-toc td:nth-child(n+3){white-space:nowrap}.ck-toc a{text-decoration:underline}</style>"
)


def contents_html(course: Syllabus, workspace: Path, due: Mapping[str, datetime] | None = None) -> str:
    """Lessons, exercises, cases and the practice page that lie in `workspace`, as links; when they are `due`, if known."""
    due = due or {}
    last = ("截止时间",) if due else ()
    lessons = [_row(lesson, course, workspace, due) for lesson in course.lessons if lesson.area]
    cases = [_case(case, workspace, due) for case in course.cases]
    parts = [
        _table("课与练习", ("课", "学完会做什么", "范围", "时间", "练习", *last), lessons),
        _table("门店案例", ("案例", "要算清什么", "先做完", "时间", *last), cases),
    ]
    if (workspace / PRACTICE).is_file():
        parts.append(
            f"<p><b>每天十分钟</b>：<a href='{PRACTICE}'>练习首页</a>（每日一练、错题本、模拟卷、一口清）</p>"
        )
    return f"{_STYLE}<div class='ck-toc'>{''.join(parts)}</div>"


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """One table under its title; nothing when it has no rows."""
    shown_rows = [_cells("td", row) for row in rows if row]
    if not shown_rows:
        return ""
    return f"<p><b>{title}</b></p><table>{_cells('th', heads)}{''.join(shown_rows)}</table>"


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in texts) + "</tr>"


def _when(slug: str, due: Mapping[str, datetime]) -> list[str]:
    when = due.get(slug)
    return [shown(when) if when else ""] if due else []


def _case(case: Case, workspace: Path, due: Mapping[str, datetime]) -> list[str]:
    page = f"{CASES}/{case.slug}/{case.slug}.ipynb"
    if not (workspace / page).is_file():
        return []
    title = escape(f"{case.number} {case.title}")
    after = f"第 {'、'.join(number.lstrip('0') for number in case.after)} 课"
    return [
        f"<a href='{page}'>{title}</a>",
        escape(case.goal),
        after,
        f"{case.minutes} 分钟",
        *_when(case.slug, due),
    ]


def _row(lesson: Lesson, course: Syllabus, workspace: Path, due: Mapping[str, datetime]) -> list[str]:
    page = f"{LESSONS}/{lesson.slug}.ipynb"
    task = f"{EXERCISES}/{lesson.slug}/{lesson.slug}.ipynb"
    has_page, has_task = (workspace / page).is_file(), (workspace / task).is_file()
    if not (has_page or has_task):
        return []
    title = escape(f"{lesson.number} {lesson.title}")
    return [
        f"<a href='{page}'>{title}</a>" if has_page else title,
        escape(lesson.goal),
        escape(course.areas.get(lesson.area, "")),
        f"{lesson.minutes} 分钟",
        f"<a href='{task}'>做练习</a>" if has_task else "",
        *_when(lesson.slug, due),
    ]
