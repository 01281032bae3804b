"""What lessons and exercises import: `from coursekit import learn`.

A small facade, so that a notebook needs one import and no path. Decisions live in `course`, `quiz` and
`domain`; this module only knows where the notebook lies and how to show a result.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd
from IPython.display import HTML, Javascript, display

from coursekit import resources
from coursekit.course import contents as table_of_contents
from coursekit.course import due, learner, plain_words, syllabus, workspace
from coursekit.course import hand_in as packing
from coursekit.domain import datasets, facts, plots
from coursekit.errors import CoursekitError, InputError
from coursekit.quiz import answers, bank, widget
from coursekit.quiz import form as forms
from coursekit.quiz.items import Item

__all__ = [
    "contents", "fact", "form", "hand_in", "hand_in_button", "load", "practice", "selfcheck", "setup", "sign_in",
]  # fmt: skip

_SAVE_ALL = Javascript("window.jupyterapp && window.jupyterapp.commands.execute('docmanager:save-all')")
_MOST_QUESTIONS = 10  # of a self-check, so that it stays a few minutes
_SAVING = 3.0  # patience for the page to save what is open [s]


def setup() -> None:
    """Fonts and colours of the course's plots, tables that show Chinese column names whole, plain numbers."""
    plots.use_style()
    np.set_printoptions(legacy="1.25")  # a result reads 278, not np.int64(278), also within a message
    pd.set_option("display.max_columns", 30)
    pd.set_option("display.max_colwidth", 40)
    if workspace.find(Path.cwd()):  # never where hand-ins are graded
        _speak_plainly()


def load(name: str) -> pd.DataFrame:
    """Table `name` of the course; inside an exercise folder the learner's own variant of it.

    Raises
    ------
    InputError
        If there is no such table, or nobody is signed in where an exercise needs to know.
    """
    who = _owner(Path.cwd())
    return datasets.load(name, who.id if who else None)


def selfcheck(lesson: str) -> Any:
    """The practice items of a lesson, to answer on the page; what is right stays in the kernel."""
    who = learner.read(workspace.find(Path.cwd()) or Path.cwd())
    return widget.selfcheck(questions(lesson), who.id if who else "")


def questions(lesson: str) -> list[Item]:
    """The self-check of a lesson: its first practice items; the others wait in the daily practice."""
    return bank.lesson_items(lesson)[:_MOST_QUESTIONS]


def form(name: str) -> Any:
    """Field `name` of the exercise in this folder; what is typed is kept at once in `answers.json`."""
    folder = Path.cwd()
    field = forms.load_form(folder / forms.FILE_NAME).field(name)
    who = _owner(folder)
    kept = answers.AnswerFile(folder / answers.FILE_NAME, folder.name, who.id if who else "")
    return widget.form_field(field, kept)


def practice(
    customers: str | None = None,
    sales: str | None = None,
    visits: str | None = None,
    skus: str | None = None,
) -> Any:
    """The practice page: daily ten, wrong-answer book, mock paper, 一口清; kept in the workspace.

    `customers` names the learner's own customer table (CSV or Excel) for 一口清; `sales` (by week or month),
    `visits` and `skus` name further own exports, without which the drill asks less.
    """
    from coursekit.quiz import practice as practising

    place = workspace.find(Path.cwd()) or Path.cwd()
    who = learner.read(place)
    return practising.show(place, who.id if who else "", customers, sales=sales, visits=visits, skus=skus)


def fact(id: str) -> HTML:
    """Where a statement comes from: whose it is, of which year, and whether it still holds."""
    found = facts.get(id)
    source = f"{found.document}。{found.source}。{found.status_label}。"
    return HTML(
        f"<details><summary>{escape(found.id)} 的出处</summary>"
        f"<p>{escape(found.text)}</p><p>{escape(source)}</p></details>"
    )


def contents() -> HTML:
    """Lessons and exercises of this workspace, as links."""
    place = workspace.find(Path.cwd()) or Path.cwd()
    who = learner.read(place)
    dates = due.dates(place, who.id if who else "")
    return HTML(table_of_contents.contents_html(syllabus.load(resources.content_root()), place, dates.times))


def sign_in() -> widgets.Widget:
    """Two fields for id and name; they go into `learner.json` here and in every exercise."""
    place = workspace.find(Path.cwd())
    if place is None:
        return widgets.HTML("这一页不在学习文件夹里。请用 coursekit start 打开课程，再填工号和姓名。")
    known = learner.read(place) or learner.Learner("", "")
    wide = {"description_width": "4em"}
    id_box = widgets.Text(value=known.id, description="工号", placeholder="例如 kh0001", style=wide)
    name_box = widgets.Text(value=known.name, description="姓名", placeholder="例如 陈明", style=wide)
    button = widgets.Button(description="保存", button_style="primary")
    said = widgets.HTML(_signed(known))

    def save(_: object) -> None:
        try:
            who = learner.learner(id_box.value, name_box.value)
            workspace.sign_in(place, who)
        except CoursekitError as error:
            said.value = _note(str(error), bad=True)
        else:
            said.value = _signed(who)

    button.on_click(save)
    return widgets.VBox([id_box, name_box, button, said])


def hand_in(slug: str | None = None, again: bool = False) -> HTML:
    """Pack the assignment `slug` (or the one in this folder) into one zip to send.

    An earlier pack of other content is replaced only with `again`; otherwise the learner is told first.

    Raises
    ------
    InputError
        If there is no such assignment here, or nobody is signed in.
    """
    return HTML(_packed(*_pack(slug, again)))


def hand_in_button(slug: str | None = None) -> widgets.Widget:
    """A button that packs this assignment, says what came of it, and asks before it replaces a pack."""
    button = widgets.Button(description="打包交作业", button_style="primary", icon="archive")
    replace = widgets.Button(description="换掉上次的包", layout=widgets.Layout(display="none"))
    said = widgets.Output()
    when = widgets.HTML(_due_line(slug))

    def run(again: bool) -> None:
        replace.layout.display = "none"
        with said:
            said.clear_output()
            try:
                done, due_at = _pack(slug, again)
            except CoursekitError as error:
                display(HTML(_note(str(error), bad=True)))
                return
            display(HTML(_packed(done, due_at)))
            if done.state == "held_back":
                replace.layout.display = ""

    button.on_click(lambda _: run(False))
    replace.on_click(lambda _: run(True))
    return widgets.VBox([when, button, said, replace])


def _pack(slug: str | None, again: bool) -> tuple[packing.HandIn, datetime | None]:
    here = Path.cwd()
    top = workspace.find(here)
    folder = _assignment(here, top, slug)
    released = next(resources.assignments().glob(f"*/{folder.name}/{folder.name}.ipynb"), None)
    _save_page(folder / f"{folder.name}.ipynb")
    done = packing.pack(folder, top or folder.parent, datetime.now(UTC), released, replace=again)
    return done, _due_at(folder, top)


def _due_at(folder: Path, top: Path | None) -> datetime | None:
    who = learner.read(folder)
    return due.due_of(folder, top, who.id if who else "")


def _due_line(slug: str | None) -> str:
    """When this assignment is due, for the learner's eyes; nothing where nobody said."""
    here = Path.cwd()
    top = workspace.find(here)
    if top is None:  # never where hand-ins are graded
        return ""
    try:
        when = _due_at(_assignment(here, top, slug), top)
    except CoursekitError:
        return ""
    now = datetime.now(UTC)
    return _note(due.said(when, now), bad=when < now) if when else ""


def _speak_plainly() -> None:
    """Show failed checks and the kit's errors as one sentence, known causes below Python's own words, a column as a table."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        return

    def tell(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: int | None = None) -> None:
        own = isinstance(error, AssertionError | CoursekitError)
        begin = "没有通过" if isinstance(error, AssertionError) else "做不下去" if own else "多半是"
        said = error if own else plain_words.cause(str(error))
        lines = [] if own else shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset)
        shell._showtraceback(kind, error, [*lines, *([f"\x1b[0;31m{begin}：{said}\x1b[0m"] if said else [])])

    shell.set_custom_exc((AssertionError, CoursekitError, *plain_words.KINDS), tell)
    pages = shell.display_formatter.formatters["text/html"]
    pages.for_type(pd.Series, lambda column: column.to_frame(column.name or "")._repr_html_())


def _owner(folder: Path) -> learner.Learner | None:
    """Whose exercise folder this is; None where the shipped tables are shown (lessons, sources)."""
    top = workspace.find(folder)
    if top == folder or (top and folder.parent.name not in (workspace.EXERCISES, workspace.CASES)):
        return None
    who = learner.read(folder)
    if who is None and top is not None:
        raise InputError(
            "练习", "先填工号和姓名（每人的数据不一样）", "还没有填", "请打开欢迎页填好，再回来运行这一格。"
        )
    return who


def _assignment(here: Path, top: Path | None, slug: str | None) -> Path:
    if slug is None or slug == here.name:
        return here
    if top is None:
        raise InputError("交作业", "在学习文件夹里打开的页面", str(here), "请用 coursekit start 打开课程。")
    found = [folder for folder in workspace.assignment_folders(top) if folder.name == slug]
    if not found:
        known = "、".join(folder.name for folder in workspace.assignment_folders(top))
        raise InputError("交作业", f"练习的名字({known})", repr(slug))
    return found[0]


def _save_page(notebook: Path) -> None:
    """Ask the open page to save itself, and wait until the file is new or patience ends."""
    if not notebook.is_file():
        return
    before = notebook.stat().st_mtime_ns
    display(_SAVE_ALL)
    end = time.monotonic() + (_SAVING if _in_jupyter() else 0)
    while time.monotonic() < end:
        time.sleep(0.05)
        if notebook.stat().st_mtime_ns != before and packing.is_whole(notebook.read_bytes()):
            break


def _in_jupyter() -> bool:
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def _packed(done: packing.HandIn, due_at: datetime | None = None) -> str:
    name, slug = f"<b>{escape(done.path.name)}</b>", escape(done.path.stem.split("_", 2)[-1])
    before = f"（{_moment(done.before)} 打的）" if done.before else ""
    said = {
        "new": f"打好了：{name}，在学习文件夹里。把它发给培训师。",
        "identical": f"{name} 已经有了，内容和上次打的包一样，没有重打，不用再发。",
        "replaced": f"{name} 换成了新的内容，上次打的包已被替换。要重新发给培训师。",
        "held_back": f"{name} 已经有了{before}，内容和这次的不一样，<b>还没有动它</b>。要换成这次的，"
        f"就按“换掉上次的包”（或者运行 <code>learn.hand_in(&quot;{slug}&quot;, again=True)</code>），再发给培训师。",
    }[done.state]
    if done.state != "held_back":
        said += f" 包里的练习是 {_moment(done.saved)} 存的。"
    lines = [_note(said, bad=done.state == "held_back", html=True)]
    now = datetime.now(UTC)
    if due_at and due_at < now:
        lines.append(_note(due.said(due_at, now), bad=True))
        if done.before and done.before <= due_at and done.state in ("held_back", "replaced"):
            lines.append(_note("上次的包是截止以前打的；已经发过的话，再发这一份会按迟交算。", bad=True))
    if done.untouched:
        lines.append(_note("这份练习一格都没有答，还是发下来的样子。", bad=True))
    return "".join(lines)


def _moment(when: datetime) -> str:
    """A time on this machine's clock; Chinese within a time format stops some Pythons on Windows."""
    local = when.astimezone()
    return f"{local.month} 月 {local.day} 日 {local:%H:%M:%S}"


def _signed(who: learner.Learner) -> str:
    if not who.id:
        return _note("还没有填。练习里每人的数据不一样，要先知道你是谁。")
    called = f"{escape(who.id)} {escape(who.name)}".strip()
    return _note(f"已记下：{called}。换工号，练习的数据会跟着换，填过的数要重算。", html=True)


def _note(text: str, bad: bool = False, html: bool = False) -> str:
    colour = "#b3261e" if bad else "#1b5e20"
    return f"<p style='color:{colour};margin:4px 0'>{text if html else escape(text)}</p>"
