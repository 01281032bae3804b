"""What each graded cell asked, in the learner's words: from source notebook, form and `about.toml`."""

from __future__ import annotations

import ast
import html
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.errors import CoursekitError, InputError
from coursekit.grading import store
from coursekit.quiz.form import Form, load_form

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_DETAILS = re.compile(r"<details>.*?</details>", re.DOTALL)
_HINT = re.compile(r"<summary>提示 ?1?</summary>(.*?)</details>", re.DOTALL)
_LISTED = re.compile(r"：\s*\n\s*\n- ")  # a list belongs to the sentence before it
_BULLET = re.compile(r"^- ", re.MULTILINE)
_TAG = re.compile(r"</?[a-z][^>]*>")
_ASKING = (
    re.compile("补上|补一行|填上|改成"),
    re.compile("写出|写一|写进|填进|算出|求出|列出|给出|返回|完成"),
)
_LONGEST = 160
_PLACEHOLDER = r"[^\n<>{}=]{0,40}"


@dataclass(frozen=True)
class Task:
    """One graded cell in words.

    `expected` says what was asked for without the answer, `sayings` are patterns of the messages the
    author wrote into the test: only those may be shown, so that no text of a learner's making and no
    comparison printed by a library can carry a hidden test or a key into a page.
    """

    grade_id: str
    title: str
    max_points: float
    expected: str = ""
    hint: str = ""
    sayings: tuple[re.Pattern[str], ...] = ()

    def saying(self, reason: str) -> str:
        """The author's message inside an engine's reason, empty when it is not the author's."""
        message = reason.partition(": ")[2] if reason.startswith("AssertionError") else ""
        return message if any(pattern.fullmatch(message) for pattern in self.sayings) else ""


@dataclass(frozen=True)
class Exercise:
    """An assignment in words: its title, the lesson behind it, its tasks in order."""

    name: str
    title: str
    lesson: str
    tasks: tuple[Task, ...]

    def task(self, grade_id: str) -> Task | None:
        """The task of a grade id."""
        return next((task for task in self.tasks if task.grade_id == grade_id), None)


def read_exercise(course: Path, assignment: str) -> Exercise:
    """Words for an assignment of a course; a course made elsewhere gives headings and grade ids."""
    folder = course / "source" / assignment
    about = _about(course / store.PRIVATE / "about" / f"{assignment}.toml")
    form = _form(folder / "form.yaml")
    words = about.get("cells", {})
    tasks: list[Task] = []
    title = str(about.get("title", ""))
    for notebook in sorted(folder.glob("*.ipynb")):
        cells = _cells(notebook)
        title = title or _first_heading(cells)
        tasks += _tasks(cells, form, words if isinstance(words, Mapping) else {})
    return Exercise(assignment, title or assignment, str(about.get("lesson", assignment)), tuple(tasks))


def _tasks(cells: list[dict[str, Any]], form: Form | None, words: Mapping[str, Any]) -> list[Task]:
    fields = {f"form_{one.id}": one for one in form.fields} if form else {}
    heading, asked, first_hint = "", "", ""
    found: list[Task] = []
    for cell in cells:
        text = _text(cell)
        if cell.get("cell_type") == "markdown":
            found_heading, found_asked = _HEADING.findall(text), _asked(text)
            if found_heading:
                heading = found_heading[-1]
            if found_heading or found_asked[0]:
                asked, first_hint = found_asked
        mark = cell.get("metadata", {}).get("nbgrader", {})
        if not (mark.get("grade") or mark.get("task")):
            continue
        grade_id = str(mark["grade_id"])
        own = words.get(grade_id, {})
        field = fields.get(grade_id)
        title = str(own.get("title") or (field.prompt if field else "") or heading or grade_id)
        hint = str(own.get("hint") or (field.hint if field else first_hint))
        expected = str(own.get("expected", "") or ("" if field else asked))
        sayings = () if mark.get("solution") else author_messages(text)
        points = float(mark.get("points", 0))
        found.append(Task(grade_id, title, points, expected, hint, sayings))
    return found


def _asked(text: str) -> tuple[str, str]:
    """What a text cell asks for below its last heading, and its first hint; nothing of an unreleased part."""
    if "BEGIN SOLUTION" in text or "BEGIN HIDDEN" in text:
        return "", ""
    below = _HEADING.split(text)[-1]
    hint = _HINT.search(below)
    paragraphs = [_plain(part) for part in _LISTED.sub("：\n- ", _DETAILS.sub("", below)).split("\n\n")]
    return _sentence_asking(paragraphs), _plain(hint.group(1)) if hint else ""


def _sentence_asking(paragraphs: Sequence[str]) -> str:
    """The sentence that says what to do, to the end of its paragraph; the plainest wording first."""
    for asking in _ASKING:
        for part in reversed(paragraphs):
            if not asking.search(part):
                continue
            sentences = re.findall(r"[^。？]+[。？]?", part)
            first = next(n for n, one in enumerate(sentences) if asking.search(one))
            found = "".join(sentences[first:])[:_LONGEST].strip().rstrip("：")
            return f"要求：{found}" + ("" if found.endswith(("。", "？")) else "。")
    return ""


def _plain(markdown: str) -> str:
    """Words of a piece of Markdown: no tags, no marks."""
    text = _BULLET.sub("", _TAG.sub("", markdown))
    return " ".join(html.unescape(text).replace("**", "").replace("`", "").split())


def author_messages(source: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of the messages in the `assert` statements of a test cell."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()
    messages = [node.msg for node in ast.walk(tree) if isinstance(node, ast.Assert) and node.msg is not None]
    return tuple(pattern for message in messages if (pattern := _pattern(message)))


def _pattern(message: ast.expr) -> re.Pattern[str] | None:
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        return re.compile(re.escape(message.value))
    if not isinstance(message, ast.JoinedStr):
        return None
    fixed = [str(part.value) for part in message.values if isinstance(part, ast.Constant)]
    if len("".join(fixed)) < 4:  # next to nothing of the author's own
        return None
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else _PLACEHOLDER
        for part in message.values
    ]
    return re.compile("".join(parts))


def _about(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}


def _form(path: Path) -> Form | None:
    try:
        return load_form(path) if path.is_file() else None
    except CoursekitError:
        return None


def _cells(path: Path) -> list[dict[str, Any]]:
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return [cell for cell in cells if isinstance(cell, dict)]
    except (ValueError, KeyError, TypeError, RecursionError):
        todo = "请换回完整的笔记本，或再运行 coursekit course new。"
        raise InputError(str(path), "完整的笔记本（.ipynb）", "读不懂的内容", todo) from None


def _text(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


def _first_heading(cells: list[dict[str, Any]]) -> str:
    for cell in cells:
        if cell.get("cell_type") == "markdown" and (found := _HEADING.findall(_text(cell))):
            return str(found[0])
    return ""
