"""The trainer's console: the same functions as the commands, behind buttons, for JupyterLab and Voila."""

from __future__ import annotations

import html
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from coursekit.errors import CoursekitError
from coursekit.grading import GradeOptions, Progress, grade
from coursekit.grading.collect import STATUS_TEXT, collect
from coursekit.grading.due import set_due
from coursekit.grading.feedback import late_text, write_feedback
from coursekit.grading.new_course import sync_gradebook
from coursekit.grading.overview import attention, conclusion, people_table
from coursekit.grading.pictures import table_html
from coursekit.grading.review import accept, decide, looked_at, proposals
from coursekit.grading.settings import is_ours, read_cohort
from coursekit.grading.standings import STATE_TEXT, Standing, standings
from coursekit.grading.workbook import write_workbook


def show(course: Path | str = ".") -> widgets.Widget:
    """The console of one course, ready to display.

    Raises
    ------
    InputError
        If the folder is no course.
    """
    return Console(Path(course)).view


class Console:
    """State and widgets of the console; every button calls one function and says what came of it.

    Parameters
    ----------
    course : Path
        A course folder.
    """

    def __init__(self, course: Path) -> None:
        self.course = course.resolve()
        settings, _ = read_cohort(self.course)
        names = sorted(path.name for path in (self.course / "source").iterdir() if path.is_dir())
        self.assignment = widgets.Dropdown(options=names, description="练习")
        self.say = widgets.HTML()
        self.bar = widgets.IntProgress(layout=widgets.Layout(width="100%", visibility="hidden"))
        self.upload = widgets.FileUpload(multiple=True, description="选收到的文件")
        self.who = widgets.Text(placeholder="认不出是谁时填编号", description="编号")
        self.table = widgets.HTML()
        self.waiting = widgets.Select(rows=8, layout=widgets.Layout(width="16rem"))
        self.detail = widgets.HTML()
        self.points = widgets.HBox([])
        self.note = widgets.Text(placeholder="看过后记一句", layout=widgets.Layout(width="24rem"))
        self.due = widgets.Text(placeholder="2026-03-09 18:00", description="截止")
        self.due_for = widgets.Text(placeholder="只给一个人延期时填编号", description="给谁")
        self.assignment.observe(lambda change: self.refresh(), "value")
        self.waiting.observe(lambda change: self._open(), "value")
        self.view = self._layout(settings.title or self.course.name)
        self.refresh()

    def _layout(self, title: str) -> widgets.Widget:
        tabs = widgets.Tab(
            children=[
                widgets.VBox([self.upload, self.who, _button("收下", self.collect)]),
                widgets.VBox([_button("批改", self.grade), self.bar]),
                widgets.VBox([
                    widgets.HBox([self.waiting, self.detail]),
                    self.points,
                    widgets.HBox([self.note, _button("看过了", self.looked)]),
                    _button("文字题都照要点给分", self.accept),
                    widgets.HTML("要改别的分，请用菜单 Nbgrader → Formgrader。"),
                ]),
                widgets.VBox([_button("写反馈", self.feedback), _button("存成 Excel", self.excel)]),
                widgets.VBox([self.due, self.due_for, _button("定下来", self.set_due)]),
            ],
            titles=("收作业", "批改", "要你看的", "反馈与表格", "截止时间"),
        )  # fmt: skip
        head = widgets.HTML(f"<h2>{html.escape(title)}</h2>")
        return widgets.VBox([head, self.assignment, self.say, tabs, self.table])

    @property
    def name(self) -> str:
        """The chosen assignment."""
        return str(self.assignment.value)

    def refresh(self) -> None:
        """Read everything anew."""
        rows = standings(self.course, self.name)
        self.say.value = f"<p><b>{html.escape(conclusion(rows))}</b></p>"
        self.table.value = f'<div style="overflow-x:auto">{table_html(people_table(rows))}</div>'
        options = [
            (f"{row.student} {row.name} · {STATE_TEXT[row.state]}", row.student) for row in attention(rows)
        ]
        self._rows = {row.student: row for row in rows}
        self.waiting.options = options
        if options:
            self.waiting.value = options[0][1]
        self._open()

    def collect(self) -> str:
        """Take in the chosen files."""
        with tempfile.TemporaryDirectory(prefix="coursekit-upload-") as folder:
            paths = [_saved(Path(folder), item) for item in self.upload.value]
            report = collect(self.course, self.name, paths, student=self.who.value.strip() or None)
        self.upload.value, self.who.value = (), ""
        lines = [
            f"{item.file}：{item.student or ''} {STATUS_TEXT[item.status]} {late_text(item.seconds_late)}{item.reason}"
            for item in report.items
        ]
        return "\n".join(lines) or "还没有选文件。"

    def grade(self) -> str:
        """Grade what is not graded yet, with a bar."""
        if is_ours(self.course):
            sync_gradebook(self.course)
        self.bar.layout.visibility = "visible"
        mode = read_cohort(self.course)[0].mode
        options = GradeOptions(mode=mode)  # type: ignore[arg-type]  # settings hold one of the two
        report = grade(self.course, self.name, options, self._progress)
        self.bar.layout.visibility = "hidden"
        return f"{len(report.submissions)} 份，用了 {report.wall_seconds:.0f} 秒。"

    def _progress(self, state: Progress) -> None:
        self.bar.max, self.bar.value = state.total, state.done
        left = "" if state.seconds_left is None else f"，还要 {state.seconds_left:.0f} 秒"
        self.say.value = (
            f"<p>{state.done}/{state.total}，{state.rate:.1f} 份/秒{left}，要人看 {state.flagged}</p>"
        )

    def accept(self) -> str:
        """Take over the points the key phrases suggest, for all without a flag."""
        return f"照要点给了 {accept(self.course, self.name)} 处分。"

    def looked(self) -> str:
        """Note that the chosen hand-in was looked at, and the points typed in."""
        student = self.waiting.value
        if not student:
            return "先在左边选一个人。"
        given = [(student, box.grade_id, float(box.value), "") for box in self.points.children]
        decide(self.course, self.name, given)
        looked_at(self.course, self.name, student, self.note.value)
        self.note.value = ""
        return f"{student}：记下了。"

    def feedback(self) -> str:
        """Write the feedback pages."""
        report = write_feedback(self.course, self.name)
        return f"写好 {len(report.pages)} 页，在 {self.course / 'feedback'}。"

    def excel(self) -> str:
        """Write the class table."""
        path = self.course / "reports" / f"class_{self.name}.xlsx"
        write_workbook({"每个人": people_table(standings(self.course, self.name))}, path)
        return f"存在 {path}。"

    def set_due(self) -> str:
        """Set the due date, or one learner's extension."""
        when = set_due(self.course, self.name, self.due.value, self.due_for.value.strip() or None)
        return f"截止时间：{when:%Y-%m-%d %H:%M}。"

    def _open(self) -> None:
        """Show why the chosen hand-in needs a person, with the cell it is about."""
        row = self._rows.get(self.waiting.value)
        if row is None:
            self.detail.value, self.points.children = "没有要看的。", ()
            return
        self.detail.value = detail(row, self.course, self.name)
        boxes = []
        for one in proposals(self.course, self.name) if row.open_points else []:
            if one.student == row.student:
                box = widgets.BoundedFloatText(
                    value=one.points, min=0, max=one.max_points, step=0.5,
                    description=one.grade_id.removeprefix("form_"), description_tooltip=f"{one.given}\n{one.note}",
                )  # fmt: skip
                box.grade_id = one.grade_id
                boxes.append(box)
                self.detail.value += f"<p><b>{html.escape(one.grade_id)}</b>：{html.escape(one.given)}<br>{html.escape(one.note)}</p>"
        self.points.children = tuple(boxes)


def detail(row: Standing, course: Path, assignment: str) -> str:
    """Reasons of a hand-in and the cells they are about, as HTML."""
    path = course / "submitted" / row.student / assignment / f"{assignment}.ipynb"
    cells = _sources(path)
    parts = [f"<li>{html.escape(text)}</li>" for text in (*row.flags, *row.notes)]
    reasons: dict[str, list[str]] = {}
    for cell in row.cells:
        if cell.points is None and cell.reason:
            reasons.setdefault(cell.reason, []).append(cell.grade_id)
    parts += [
        f"<li>{html.escape(reason)}（{'、'.join(map(html.escape, ids))}）</li>"
        for reason, ids in reasons.items()
    ]
    for grade_id, source in cells.items():
        if any(f"({grade_id})" in flag for flag in row.flags):
            parts.append(f"<li><pre>{html.escape(source[:3000])}</pre></li>")
    return f"<ul>{''.join(parts)}</ul>"


def _sources(path: Path) -> dict[str, str]:
    """Text of a hand-in's cells by grade id; empty when it cannot be read."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return {
            cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
            for cell in cells
            if "nbgrader" in cell["metadata"]
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _saved(folder: Path, item: Any) -> Path:
    """An uploaded file on disk under its own last name."""
    path = folder / (Path(str(item["name"]).replace("\\", "/")).name or "文件")
    path.write_bytes(bytes(item["content"]))
    return path


def _button(text: str, action: Callable[[], str]) -> widgets.Button:
    """A button that runs `action` and says its result, or what is wrong in one line."""
    button = widgets.Button(description=text, layout=widgets.Layout(width="auto"))

    def pressed(_: object) -> None:
        console: Console = action.__self__  # type: ignore[attr-defined]
        button.disabled = True
        try:
            said = action()
        except CoursekitError as error:
            said = str(error)
        finally:
            button.disabled = False
        console.refresh()
        console.say.value += f"<pre>{html.escape(said)}</pre>"

    button.on_click(pressed)
    return button
