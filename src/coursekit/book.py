"""The lessons as pages to read: run once, nothing to install, no network, also on a phone.

What moves in JupyterLab stands still here: a slider shows its first picture, a self-check its questions
with the answers folded away, code is folded too.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from html import escape, unescape
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from coursekit import learn, reports, resources
from coursekit.course import syllabus, workspace
from coursekit.course.files import read_text, write_whole
from coursekit.errors import CoursekitError, InputError
from coursekit.quiz import items, present
from coursekit.quiz.itemmarks import key_text
from coursekit.quiz.rules import parse_rule
from coursekit.quiz.templates import instantiate

_SECONDS = 120  # a cell of a lesson takes a few, on a loaded machine twenty
_SELFCHECK = re.compile(r"""learn\.selfcheck\(["'](\w+)["']\)""")
_READ_ONLY = "网页上只读：图不会动，自测不记分。要动手做，在电脑上运行 `coursekit start`。"
_RUN_ALL = ("点上方的 **全部运行**，从上往下读。", "这是网页，从上往下读；点小三角看代码和答案。")
_TABLE = re.compile(r'<table border="1" class="dataframe">.*?</table>', re.DOTALL)
_CELL = re.compile(r"<td>([^<]*)</td>")
_SHORT = 18  # a cell this wide stays on one line [half-width characters]
_WIDGET = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"


def write_book(out: Path) -> list[Path]:
    """Run every lesson and write one page each and `index.html` into the folder `out`.

    Raises
    ------
    InputError
        If `out` is a file.
    CoursekitError
        If a lesson does not run, or its page would ask another host.
    """
    if out.exists() and not out.is_dir():
        raise InputError(str(out), "一个文件夹（可以还不存在）", "一个文件", "请换一个名字。")
    root = resources.content_root()
    course = syllabus.load(root)
    sources = {path.stem: path for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb"))}
    written = []
    with tempfile.TemporaryDirectory(prefix="coursekit-book-") as folder:
        place = Path(folder) / "w"
        workspace.refresh(place, root)
        for name, path in sources.items():
            where = place if path.name == workspace.WELCOME else place / workspace.LESSONS
            written.append(out / f"{name}.html")
            write_whole(written[-1], lesson_page(path, where, _links(name, list(sources))).encode())
    rows = [
        f"- [{one.number} {one.title}]({one.slug}.html)：{one.goal}"
        for one in course.lessons
        if one.slug in sources
    ]
    index = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("\n".join([f"# {course.title}", "", _READ_ONLY, "", *rows]))]
    )
    written.append(out / "index.html")
    write_whole(written[-1], reports.page(index).encode())
    return written


def _links(name: str, names: list[str]) -> str:
    """Where to go from the page of a lesson, as Markdown."""
    here = names.index(name)
    before = [f"[上一课]({names[here - 1]}.html)"] if here else []
    after = [f"[下一课]({names[here + 1]}.html)"] if here + 1 < len(names) else []
    return " · ".join([*before, "[目录](index.html)", *after])


def lesson_page(path: Path, where: Path, links: str = "") -> str:
    """The page of the lesson notebook `path`, run in the folder `where`; `links` stand at its end."""
    notebook = _run(nbformat.reads(read_text(path), as_version=4), path.stem, where)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell["outputs"] = list(_still(cell, notebook))
        else:
            cell["source"] = cell.source.replace(*_RUN_ALL)
    notebook.cells.append(nbformat.v4.new_markdown_cell(links))
    html = _TABLE.sub(_wide_enough, reports.page(notebook))
    if found := re.search(r"""<script\b|<link\b|src\s*=\s*["']?(?:https?:)?//""", html):
        raise CoursekitError(f"{path.name} 的页面要去别处取东西：{html[found.start() : found.start() + 80]}")
    return html


def _run(notebook: NotebookNode, name: str, where: Path) -> NotebookNode:
    """Run a lesson; once more with a new kernel where one fell silent, as happens on a loaded machine."""
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        try:
            return _once(deepcopy(notebook), where)
        except (CellTimeoutError, DeadKernelError):
            return _once(notebook, where)
    except (CellTimeoutError, DeadKernelError) as error:
        raise CoursekitError(f"{name} 没有跑完：内核两次没有回应。请再运行一次。") from error
    except CellExecutionError as error:
        raise CoursekitError(f"{name} 没有跑完：{error.ename}: {error.evalue}") from error


def _once(notebook: NotebookNode, where: Path) -> NotebookNode:
    from nbclient import NotebookClient
    from traitlets.config import Config

    from coursekit.domain.plots.style import NARROW_SWITCH

    with tempfile.TemporaryDirectory(prefix="coursekit-kernel-") as folder:
        sockets = {} if os.name == "nt" else {"transport": "ipc", "ip": f"{folder}/kernel"}
        client = NotebookClient(
            notebook,
            timeout=_SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": str(where)}},
            config=Config({"KernelManager": sockets}),
        )
        return client.execute(env=os.environ | {NARROW_SWITCH: "1"})


def _still(cell: NotebookNode, notebook: NotebookNode) -> Iterator[NotebookNode]:
    """What stands on the page for a code cell: its code folded, then its results."""
    yield _html(f"<details><summary>代码</summary><pre>{escape(cell.source)}</pre></details>")
    if lesson := _SELFCHECK.search(cell.source):
        yield from (
            _html(question_html(n, item)) for n, item in enumerate(learn.questions(lesson[1]), start=1)
        )
        return
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if _WIDGET in data:
            yield from _pictures(data[_WIDGET]["model_id"], notebook)
        elif "text/html" in data or "image/png" in data or "image/svg+xml" in data:
            yield output
        elif text := data.get("text/plain") or output.get("text"):
            yield _html(f"<pre>{escape(text)}</pre>")


def _pictures(model: str, notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Results that a widget shows when the page opens."""
    state = (
        notebook.metadata.get("widgets", {}).get(_STATE, {}).get("state", {}).get(model, {}).get("state", {})
    )
    outputs = [nbformat.from_dict(output) for output in state.get("outputs", [])]
    yield from outputs
    if outputs:
        yield _html("<p><em>（在学习软件里，这张图可以自己调。）</em></p>")
    for child in state.get("children", []):
        yield from _pictures(str(child).removeprefix("IPY_MODEL_"), notebook)


def question_html(number: int, item: Any) -> str:
    """A practice item with its answer folded away."""
    shown = instantiate(item, "")
    options = getattr(shown, "options", [])
    letters = "ABCDEFGHIJ"
    lines = "".join(f"<li>{escape(option.text)}</li>" for option in options)
    choices = f"<ol type='A'>{lines}</ol>" if options else f"<p>（{items.TYPE_NAMES[shown.type]}）</p>"
    right = key_text(parse_rule(shown.id, present.rule_of(shown)))
    reasons = "".join(
        f"<li>{letters[i]}：{escape(option.why)}</li>" for i, option in enumerate(options) if option.why
    )
    told = f"<p>{escape(right)}</p><p>{escape(shown.explanation)}</p><ul>{reasons}</ul>"
    return (
        f"<p><strong>第 {number} 题</strong> {escape(shown.stem)}</p>{choices}"
        f"<details><summary>看答案</summary>{told}</details>"
    )


def _wide_enough(table: re.Match[str]) -> str:
    """A table of data whose columns a narrow screen does not squeeze to one character a line: it is moved instead."""
    return _CELL.sub(lambda cell: f'<td class="{_width(unescape(cell[1]))}">{cell[1]}</td>', table[0])


def _width(text: str) -> str:
    return "s" if sum(1 + (ord(letter) > 0x2E80) for letter in text) <= _SHORT else "t"


def _html(text: str) -> NotebookNode:
    return nbformat.v4.new_output("display_data", data={"text/html": text})
