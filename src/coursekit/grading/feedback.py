"""What a learner gets back: one self-contained page, no hidden test, no key, nobody else's data."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from coursekit.grading import arrivals, store
from coursekit.grading.settings import Settings, read_cohort
from coursekit.grading.standings import CellStanding, Standing, standings
from coursekit.grading.tasks import Exercise, Task, read_exercise

STATUS_TEXT = {
    "passed": "做到了",
    "partial": "做到一部分",
    "failed": "还差一步",
    "manual": "等培训师看",
    "not_run": "没有运行完",
}
_KINDS = {
    "ZeroDivisionError": "有一处除以了零：先看分母会不会是零。",
    "KeyError": "要找的列名、编码或标记没有：看看写法，或者是不是漏了一种情形。",
    "IndexError": "要取的那一个不存在：表或清单可能是空的。",
    "TypeError": "两样东西合不到一起，例如数和文字，或者有一样还空着（None）。",
    "AttributeError": "这样东西没有这个写法：多半是空着（None），或者把数当成了表。",
    "ValueError": "给的值用不上，例如长短不一样，或者文字变不成数。",
}
_ERRORS = {
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception)
}
_BROKE, _EMPTY = "检查时你的代码出了错", "这一格还没有写。"
_NOT_RUN = "这一项没有运行完，不是零分，培训师会看。"


@dataclass(frozen=True)
class TaskView:
    """One line of the page."""

    title: str
    status: str
    status_text: str
    points: str
    words: str
    hint: str
    comment: str


@dataclass(frozen=True)
class FeedbackReport:
    """Pages written, and who has none because nothing is graded yet."""

    assignment: str
    pages: tuple[Path, ...]
    without: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "assignment": self.assignment,
            "pages": [str(path) for path in self.pages],
            "without": list(self.without),
        }


def write_feedback(course: Path, assignment: str, students: Sequence[str] | None = None) -> FeedbackReport:
    """Write `feedback/STUDENT/ASSIGNMENT/ASSIGNMENT.html` for everyone graded.

    The page lies where nbgrader's own feedback would, so that its commands release it. From then on a
    new hand-in counts as a second try.

    Raises
    ------
    InputError
        If the folder is no course.
    """
    settings, _ = read_cohort(course)
    exercise = read_exercise(course, assignment)
    pages, without = [], []
    for row in standings(course, assignment):
        if students is not None and row.student not in students:
            continue
        if row.state in ("waiting", "missing"):
            without.append(row.student)
            continue
        path = course / "feedback" / row.student / assignment / f"{assignment}.html"
        store.write_bytes(path, render(row, exercise, settings).encode())
        _note_returned(course, assignment, row)
        pages.append(path)
    return FeedbackReport(assignment, tuple(pages), tuple(without))


def render(row: Standing, exercise: Exercise, settings: Settings) -> str:
    """The page of one learner as HTML text. Pure."""
    views = [_view(title, cells, exercise) for title, cells in _by_title(row.cells, exercise).items()]
    return str(
        _environment()
        .get_template("feedback.html.j2")
        .render(
            row=row,
            exercise=exercise,
            cohort=settings.title,
            headline=headline(row, exercise),
            next_step=next_step(row, exercise),
            views=views,
            score=number(row.score) if row.score is not None else None,
            max_score=number(row.max_score),
            open_points=number(row.open_points),
            penalty=number(row.penalty) if row.penalty else None,
            received=_local(row.received, settings),
            late=late_text(row.seconds_late),
        )
    )


def headline(row: Standing, exercise: Exercise) -> str:
    """What was achieved, in one sentence."""
    if row.state == "not_run":
        return "这份作业没能批改，现在没有分数，也不是零分。"
    states = {title: _together(cells) for title, cells in _by_title(row.cells, exercise).items()}
    done = [short_title(title) for title, state in states.items() if state == "passed"]
    if not done:
        part = [short_title(title) for title, state in states.items() if state == "partial"]
        return f"“{part[0]}”已经做到一部分。" if part else "这次还没有一项通过，从下面第一项做起。"
    if len(done) == len(states):
        return f"{len(states)} 项都做到了。"
    shown = "、".join(f"“{title}”" for title in done[:3])
    return f"你做到了{shown}{f'等 {len(done)} 项' if len(done) > 3 else ''}。"


def next_step(row: Standing, exercise: Exercise) -> str:
    """Where to go on, in one sentence; empty when nothing is open."""
    if row.state == "not_run" and row.unreadable:
        return f"交来的笔记本打不开：{row.unreadable}。请重新打包，再交一次；自己也打不开，就请培训师看。"
    if row.state == "not_run":
        return "请打开自己的作业，从头到尾运行一遍，确认能跑完、能保存，再交一次；跑不完的那一格先注释掉。"
    worst = next((cell for cell in row.cells if cell.status in ("failed", "partial")), None)
    if worst is None:
        return "还有等培训师看的项目，看完会补上分数。" if row.open_points else ""
    title = short_title(_title(exercise, worst))
    if re.match(r"K\d\d_", exercise.lesson):
        return f"先改“{title}”，把故事、走访记录和草图再看一遍。"
    if not re.match(r"\d\d_", exercise.lesson):  # a paper belongs to no lesson
        return f"先补“{title}”里没拿满的部分，可以用“练习”页按领域做题。"
    return f"先改“{title}”，不清楚就回到第 {lesson_number(exercise.lesson)} 课再看一遍。"


def lesson_number(lesson: str) -> str:
    """Number of a lesson as learners say it."""
    return lesson.partition("_")[0].lstrip("0") or "0"


def number(value: float) -> str:
    """Points without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def late_text(seconds: float) -> str:
    """How late, in the largest fitting unit; empty when in time."""
    if seconds <= 0:
        return ""
    hours = seconds / 3600
    if hours < 1:
        return f"晚了 {max(1, round(seconds / 60))} 分钟"
    return f"晚了 {hours:.1f} 小时" if hours < 48 else f"晚了 {hours / 24:.1f} 天"


def short_title(title: str) -> str:
    """The first clause of a long prompt, short enough to stand in a sentence."""
    head = re.split("[。？！？!]", title, maxsplit=1)[0]
    return head if len(head) <= 32 else head[:31] + "…"


def _title(exercise: Exercise, cell: CellStanding) -> str:
    task = exercise.task(cell.grade_id)
    return task.title if task else cell.grade_id


def _by_title(cells: Iterable[CellStanding], exercise: Exercise) -> dict[str, list[CellStanding]]:
    """Cells that check one question stand on one line."""
    groups: dict[str, list[CellStanding]] = {}
    for cell in cells:
        groups.setdefault(_title(exercise, cell), []).append(cell)
    return groups


def _together(cells: Sequence[CellStanding]) -> str:
    states = {cell.status for cell in cells}
    if len(states) == 1:
        return states.pop()
    for open_state in ("not_run", "manual"):
        if open_state in states:
            return open_state
    return "partial"


def _view(title: str, cells: Sequence[CellStanding], exercise: Exercise) -> TaskView:
    status = _together(cells)
    tasks = [exercise.task(cell.grade_id) for cell in cells]
    words = _without_echo([_explain(cell, task) for cell, task in zip(cells, tasks, strict=True)])
    open_tasks = [
        task for cell, task in zip(cells, tasks, strict=True) if task and cell.status in ("failed", "partial")
    ]
    asked, hints = [task.expected for task in open_tasks], [task.hint for task in open_tasks]
    known = [cell.points for cell in cells if cell.points is not None]
    full = number(sum(cell.max_points for cell in cells))
    points = f"{number(sum(known))} / {full}" if len(known) == len(cells) else f"待定 / {full}"
    return TaskView(
        title, status, STATUS_TEXT.get(status, status), points, _joined([*asked, *words], "\n"), _joined(hints),
        _joined([cell.comment for cell in cells]),
    )  # fmt: skip


def _without_echo(words: Sequence[str]) -> list[str]:
    """Where one check says that nothing is written, the errors of the others only come from that."""
    empty = any("没有作答" in text or "没有答完" in text or text == _EMPTY for text in words)
    return [text for text in words if not (empty and text.startswith(_BROKE))]


def _joined(texts: Iterable[str], between: str = " ") -> str:
    return between.join(dict.fromkeys(text for text in texts if text))


def _explain(cell: CellStanding, task: Task | None) -> str:
    if cell.status in ("failed", "partial"):
        return _words(cell, task)
    if cell.status == "not_run":
        return _NOT_RUN
    return "这一项由培训师定分，定了会更新这一页。" if cell.status == "manual" else ""


def _words(cell: CellStanding, task: Task | None) -> str:
    """What is wrong with one cell; only our own words and the author's messages, never raw output."""
    if cell.manual:
        return "这一项的分是培训师给的。" + (f"电脑按要点看：{cell.told}" if cell.told else "")
    if cell.grade_id.startswith("form_"):
        return cell.reason
    if cell.reason == "没有作答":
        return _EMPTY
    if saying := (task.saying(cell.reason) if task else ""):
        return saying
    if cell.reason.startswith("NameError"):
        return "用到的名字还没有定义：看看前面的格子是不是漏了一格没写、没运行，或名字写得不一样。"
    if cell.reason and not cell.reason.startswith("AssertionError"):
        kind = cell.reason.partition(":")[0]
        name = kind if kind in _ERRORS else "错误"  # a name of the learner's own could tell what a test asked
        return f"{_BROKE}（{name}）。{_KINDS.get(name, '')}"
    if task and task.expected:  # said once for the whole task
        return ""
    return "结果与要求的不一致：对照题面看看口径、单位和要交的变量名。"


def _local(when: datetime | None, settings: Settings) -> str:
    return f"{when.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M}" if when else ""


def _note_returned(course: Path, assignment: str, row: Standing) -> None:
    path = course / store.PRIVATE / "returned" / assignment / f"{row.student}.json"
    if not path.is_file():
        now = datetime.now(UTC).isoformat(timespec="seconds")
        digest = arrivals.record(course, assignment, row.student).get("digest", "")
        store.write_json(path, {"student": row.student, "score": row.score, "digest": digest, "at": now})


@cache
def _environment() -> Environment:
    loader = PackageLoader("coursekit", "report_template")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
