"""The console's widgets; every button calls one function and says what came of it."""

from __future__ import annotations

import html
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from coursekit.console.pages import (
    courses_beside,
    detail,
    download,
    field_name,
    quarantine,
    quarantine_html,
)
from coursekit.errors import CoursekitError, InputError
from coursekit.grading import GradeOptions, Progress
from coursekit.grading.collect import collect
from coursekit.grading.collected import STATUS_TEXT, CollectReport
from coursekit.grading.due import set_due
from coursekit.grading.feedback import late_text, write_feedback
from coursekit.grading.overview import attention, conclusion, people_table
from coursekit.grading.pictures import table_html
from coursekit.grading.review import accept, decide, looked_at, proposals
from coursekit.grading.second_try import grade_by_policy
from coursekit.grading.settings import read_cohort
from coursekit.grading.similarity import similarity
from coursekit.grading.standings import STATE_TEXT, standings
from coursekit.grading.workbook import write_workbook

_WIDE = widgets.Layout(width="24rem")
# A name stays on one line; only what there is to look at, the last column, may take several.
_PEOPLE = """<style>
.people { overflow-x: auto; }
.people th, .people td { padding: 1px 12px 1px 0; text-align: left; vertical-align: top; white-space: nowrap; }
.people td:last-child { white-space: normal; min-width: 16rem; }
</style>"""
_SAID_STYLE = "white-space:pre-wrap;border-left:3px solid #888;padding-left:8px"


def show(course: Path | str = ".") -> widgets.Widget:
    """The console of one course (and of those beside it), ready to display.

    Raises
    ------
    InputError
        If the folder is no course.
    """
    return Console(Path(course)).view


class Console:
    """State and widgets of the console.

    Parameters
    ----------
    course : Path
        A course folder; other courses of ours in the same folder can be chosen too.
    """

    def __init__(self, course: Path) -> None:
        self.course = course.resolve()
        read_cohort(self.course)
        self.cohort = widgets.Dropdown(options=_titled(self.course), value=self.course, description="班")
        self.assignment = widgets.Dropdown(options=_names(self.course), description="练习")
        self.say = widgets.HTML()
        self.answer = widgets.HTML()
        self.bar = widgets.IntProgress(layout=widgets.Layout(width="100%", visibility="hidden"))
        self.moving = widgets.HTML()
        self.upload = widgets.FileUpload(multiple=True, description="选收到的文件")
        self.who = widgets.Text(placeholder="认不出是谁时填编号", description="编号", layout=_WIDE)
        self.refused = widgets.Select(rows=4, layout=widgets.Layout(width="24rem"))
        self.refused_why = widgets.HTML()
        self.table = widgets.HTML()
        self.waiting = widgets.Select(rows=10, layout=widgets.Layout(width="16rem"))
        self.detail = widgets.HTML(layout=widgets.Layout(flex="1", min_width="0"))
        self.points = widgets.HBox([])
        self.note = widgets.Text(placeholder="看过后记一句", layout=_WIDE)
        self.due = widgets.Text(placeholder="2026-03-09 18:00", description="截止")
        self.due_for = widgets.Text(
            placeholder="只给这些人延期时填编号，用空格隔开", description="给谁", layout=_WIDE
        )
        self.due_now = widgets.HTML()
        self.cohort.observe(lambda change: self._choose(), "value")
        self.assignment.observe(lambda change: self.refresh(), "value")
        self.waiting.observe(lambda change: self._open(), "value")
        self.view = self._layout()
        self.refresh()

    def _layout(self) -> widgets.Widget:
        tabs = widgets.Tab(
            children=[
                widgets.VBox([
                    widgets.HBox([self.upload, self.who, _button("收下", self.collect)]),
                    self.refused_why,
                    widgets.HBox([self.refused, _button("照上面的编号收这一份", self.take_refused)]),
                ]),
                widgets.VBox([_button("批改", self.grade), self.bar, self.moving]),
                widgets.VBox([
                    _button("比较谁和谁特别像", self.compare),
                    widgets.HBox([self.waiting, self.detail]),
                    self.points,
                    widgets.HBox([self.note, _button("看过了", self.looked)]),
                    _button("文字题都照要点给分", self.accept),
                    widgets.HTML("要改别的分，请用 JupyterLab 菜单 Nbgrader → Formgrader。"),
                ]),
                widgets.VBox([_button("写反馈", self.feedback), _button("存成 Excel", self.excel)]),
                widgets.VBox([self.due_now, self.due, self.due_for, _button("定下来", self.set_due)]),
            ],
            titles=("收作业", "批改", "要你看的", "反馈与表格", "截止时间"),
        )  # fmt: skip
        head = widgets.HTML("<h2>培训师的控制台</h2>")
        chosen = widgets.HBox([self.cohort, self.assignment])
        return widgets.VBox([head, chosen, self.say, tabs, self.answer, self.table])

    @property
    def name(self) -> str:
        """The chosen assignment."""
        return str(self.assignment.value)

    def _choose(self) -> None:
        """Another cohort: its exercises, its people."""
        self.course = self.cohort.value
        self.answer.value = ""
        with self.assignment.hold_trait_notifications():
            self.assignment.options = _names(self.course)
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        rows = standings(self.course, self.name)
        self.say.value = f"<p><b>{html.escape(conclusion(rows))}</b></p>"
        self.table.value = f'{_PEOPLE}<div class="people">{table_html(people_table(rows))}</div>'
        options = [
            (f"{row.student} {row.name} · {STATE_TEXT[row.state]}", row.student) for row in attention(rows)
        ]
        self._rows = {row.student: row for row in rows}
        chosen = self.waiting.value
        self.waiting.options = options
        if options:
            self.waiting.value = chosen if chosen in [who for _, who in options] else options[0][1]
        refused = quarantine(self.course, self.name)
        self.refused_why.value = quarantine_html(refused)
        self.refused.options = [(one.label, one.kept) for one in refused if one.kept]
        self.refused.index = 0 if self.refused.options else None
        self._show_due()
        self._open()

    def collect(self) -> str:
        """Take in the chosen files."""
        if not self.upload.value:
            return "还没有选文件。"
        with tempfile.TemporaryDirectory(prefix="coursekit-upload-") as folder:
            paths = [_saved(Path(folder), item) for item in self.upload.value]
            report = collect(self.course, self.name, paths, student=self.who.value.strip() or None)
        self.upload.value, self.who.value = (), ""
        return _collected(report)

    def take_refused(self) -> str:
        """Take in the chosen file of the quarantine for the learner typed in."""
        kept, student = self.refused.value, self.who.value.strip()
        if kept is None or not student:
            return "先选一份没收下的，再在“编号”里填它是谁的。"
        report = collect(self.course, self.name, [kept], student=student)
        if not report.needs_person:
            kept.unlink()
            kept.with_name(kept.name.partition("_")[0] + ".reason.json").unlink(missing_ok=True)
            self.who.value = ""
        return _collected(report)

    def grade(self) -> str:
        """Grade what is not graded yet, with a bar."""
        self.bar.value, self.bar.layout.visibility = 0, "visible"
        self.moving.value = "准备中"
        try:
            report = grade_by_policy(self.course, self.name, GradeOptions(), self._progress)
        finally:
            self.bar.layout.visibility, self.moving.value = "hidden", ""
        return f"{len(report.submissions)} 份，用了 {report.wall_seconds:.0f} 秒。"

    def _progress(self, state: Progress) -> None:
        self.bar.max, self.bar.value = state.total, state.done
        left = "" if state.seconds_left is None else f"，还要 {state.seconds_left:.0f} 秒"
        self.moving.value = (
            f"{state.done}/{state.total}，{state.rate:.1f} 份/秒{left}，要人看 {state.flagged}"
        )

    def compare(self) -> str:
        """Look for hand-ins that are unusually alike."""
        report = similarity(self.course, self.name)
        said = f"比较了 {report.compared} 份，{len(report.pairs)} 对相似。分数没有变。"
        return _Html(f"{html.escape(said)}{download(report.page, '下载并排对照的网页')}")

    def accept(self) -> str:
        """Take over the points the key phrases suggest, for all without a flag."""
        return f"照要点给了 {accept(self.course, self.name)} 处分。"

    def looked(self) -> str:
        """Note that the chosen hand-in was looked at, and the points typed in."""
        student = self.waiting.value
        if not student:
            return "先在左边选一个人。"
        given = [(student, box.grade_id, float(box.value), "") for box in self.points.children]
        if given:
            decide(self.course, self.name, given)
        looked_at(self.course, self.name, student, self.note.value)
        self.note.value = ""
        return f"{student}：记下了。"

    def feedback(self) -> str:
        """Write the feedback pages."""
        report = write_feedback(self.course, self.name)
        without = f"没有反馈的（没有交或没有批改）：{'、'.join(report.without)}。" if report.without else ""
        return f"写好 {len(report.pages)} 页，在 {self.course / 'feedback'}。{without}"

    def excel(self) -> str:
        """Write the class table."""
        path = self.course / "reports" / f"class_{self.name}.xlsx"
        write_workbook({"每个人": people_table(standings(self.course, self.name))}, path)
        return _Html(f"存在 {html.escape(str(path))}。{download(path, '下载这张表')}")

    def set_due(self) -> str:
        """Set the due date, or extensions."""
        if not self.due.value.strip():
            raise InputError("截止时间", "2026-03-09 18:00 这样的时间", "空的")
        when = set_due(self.course, self.name, self.due.value, self.due_for.value.split())
        return f"截止时间：{when:%Y-%m-%d %H:%M}。发下去的笔记本里已写上；release/due.json 请发给全班。"

    def _show_due(self) -> None:
        settings, _ = read_cohort(self.course)
        due = settings.due.get(self.name)
        lines = [f"现在的截止时间：{due:%Y-%m-%d %H:%M}" if due else "还没有定截止时间。"]
        extended = sorted(settings.extensions.get(self.name, {}).items())
        lines += [f"{html.escape(who)} 延期到 {when:%Y-%m-%d %H:%M}" for who, when in extended]
        self.due_now.value = "<br>".join(lines)

    def _open(self) -> None:
        """Show why the chosen hand-in needs a person, with the cells it is about."""
        row = self._rows.get(self.waiting.value)
        if row is None:
            self.detail.value, self.points.children = "没有要看的。", ()
            return
        found = proposals(self.course, self.name) if row.open_points else []
        own = [one for one in found if one.student == row.student]
        self.detail.value = detail(row, self.course, self.name, own)
        boxes = []
        for one in own:
            box = widgets.BoundedFloatText(
                value=one.points, min=0, max=one.max_points, step=0.5,
                description=f"{field_name(one)}（满 {one.max_points:g}）", style={"description_width": "initial"},
                tooltip=f"{one.given}\n{one.note}",
            )  # fmt: skip
            box.grade_id = one.grade_id
            boxes.append(box)
        self.points.children = tuple(boxes)


class _Html(str):
    """Text that is HTML already."""


def _titled(course: Path) -> list[tuple[str, Path]]:
    """Courses to choose from; a title that two share is told apart by the folder."""
    found = [(read_cohort(one)[0].title or one.name, one) for one in courses_beside(course)]
    titles = [title for title, _ in found]
    return [(title if titles.count(title) == 1 else f"{title}（{one.name}）", one) for title, one in found]


def _names(course: Path) -> list[str]:
    return sorted(path.name for path in (course / "source").iterdir() if path.is_dir())


def _collected(report: CollectReport) -> str:
    return "\n".join(
        f"{item.file}：{item.student or ''} {STATUS_TEXT[item.status]} {late_text(item.seconds_late)}{item.reason}"
        for item in report.items
    )


def _saved(folder: Path, item: Any) -> Path:
    """An uploaded file on disk under its own last name."""
    path = folder / (Path(str(item["name"]).replace("\\", "/")).name or "文件")
    path.write_bytes(bytes(item["content"]))
    sent = item["last_modified"].timestamp()  # what the commands take as the time of arrival
    os.utime(path, (sent, sent))
    return path


def _button(text: str, action: Callable[[], str]) -> widgets.Button:
    """A button that runs `action` and says its result, or what is wrong in one line."""
    button = widgets.Button(description=text, layout=widgets.Layout(width="auto", align_self="flex-start"))

    def pressed(_: object) -> None:
        console: Console = action.__self__  # type: ignore[attr-defined]
        button.disabled = True
        console.answer.value = f"<p>{html.escape(text)}：正在做……</p>"
        try:
            said = action()
        except CoursekitError as error:
            said = str(error)
        except Exception as error:  # a page without a terminal must say it
            said = f"没有做成，这是程序的错（{type(error).__name__}: {error}），请把这一行发给维护的人。"
        finally:
            button.disabled = False
        console.refresh()
        shown = said if isinstance(said, _Html) else html.escape(said)
        console.answer.value = f'<div style="{_SAID_STYLE}">{shown}</div>'

    button.on_click(pressed)
    return button
