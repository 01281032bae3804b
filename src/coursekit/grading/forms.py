"""Marks what was typed on a page, on the trainer's side: forms by the checkout's key, papers by the course's."""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from coursekit.domain import datasets
from coursekit.errors import ContentError, CoursekitError, InputError, unreadable
from coursekit.grading import arrivals, papers
from coursekit.grading.marks import Mark, MarkStatus
from coursekit.grading.records import Flag
from coursekit.grading.runners import Key
from coursekit.quiz.form import Form, load_form
from coursekit.quiz.marking import ItemMark, load_policy, mark_form
from coursekit.resources import assignments

_STATUS: dict[str, MarkStatus] = {
    "right": "passed", "partial": "partial", "wrong": "failed", "missing": "failed", "review": "manual",
}  # fmt: skip


@dataclass(frozen=True)
class FormMarks:
    """Marks of what was typed on a page, by grade id; flags about the answer file; a form's marks field by field."""

    marks: Mapping[str, Mark]
    flags: tuple[Flag, ...] = ()
    items: tuple[ItemMark, ...] = ()


def mark_forms(
    course: Path, assignment: str, student: str, rules: Mapping[str, Any] | None = None
) -> FormMarks:
    """Marks of a hand-in's form fields (`form_FIELD`), or of its paper where the course holds a paper's key.

    Parameters
    ----------
    course : Path
        Course folder; the hand-in is read from its `submitted/`.
    assignment, student : str
        Whose answers, and whose variant of the tables.
    rules : mapping, optional
        What the key says for them, if that is known already.

    Returns
    -------
    FormMarks
        A field whose answers are not at hand is `not_run`, one a person must judge `manual`; an empty
        field is a plain zero.

    Raises
    ------
    ContentError
        If the exercise has no key or form, or they are faulty.
    """
    if papers.is_paper(course, assignment):
        return FormMarks(*papers.mark_paper(course, assignment, student))
    exercise = exercise_folder(assignment)
    form = load_form(exercise / "form.yaml")
    answers, problem = arrivals.typed_answers(course, assignment, student)
    if problem:
        names = {f"form_{one.id}": one.points for one in form.fields}
        return FormMarks({name: Mark(name, None, full, "not_run", problem) for name, full in names.items()})
    known = rules or rules_for(exercise, student)
    marks = mark_form(form, known, answers.fields if answers else {}, load_policy())
    return FormMarks({f"form_{mark.id}": as_mark(mark) for mark in marks}, items=tuple(marks))


def item_marks(course: Path, assignment: str, student: str) -> tuple[ItemMark, ...]:
    """Marks field by field or item by item, for the trainer's eyes; none when the answers are not at hand.

    Raises
    ------
    ContentError
        If the key or form is faulty.
    """
    if papers.is_paper(course, assignment):
        return papers.sat_paper(course, assignment, student).marks
    exercise = exercise_folder(assignment)
    answers, problem = arrivals.typed_answers(course, assignment, student)
    if problem or not (exercise / "form.yaml").is_file():
        return ()
    form = load_form(exercise / "form.yaml")
    return tuple(mark_answers(exercise, form, student, answers.fields if answers else {}))


def mark_answers(exercise: Path, form: Form, student: str, fields: Mapping[str, Any]) -> list[ItemMark]:
    """Marks of answers by field against the key of one learner's variant."""
    return mark_form(form, rules_for(exercise, student), fields, load_policy())


def rules_for(exercise: Path, student: str | None) -> dict[str, Any]:
    """Rules of an exercise's key for one learner's variant of its tables (None: the shipped tables).

    Raises
    ------
    ContentError
        If `key.py` is missing or does not do what it should.
    """
    path = exercise / "key.py"
    if not path.is_file():
        raise ContentError(str(path), ["没有 key.py，表单题没有答案可对；请从课程的代码仓库里批改"])
    answers: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = getattr(_module(path), "answers", None)
    if answers is None:
        raise ContentError(str(path), ["没有函数 answers(tables)"])
    tables = {name: datasets.load(name, student) for name in tables_of(exercise)}
    try:
        return dict(answers(tables))
    except Exception as error:
        raise ContentError(str(path), [f"算答案时出错：{type(error).__name__}: {error}"]) from error


def key_of(assignment: str) -> Key | None:
    """The key of an exercise as text, to be run elsewhere; None where there is none to be found."""
    try:
        exercise = exercise_folder(assignment)
        path = exercise / "key.py"
        return Key(path.read_text("utf-8"), str(path), tables_of(exercise))
    except (CoursekitError, OSError, ValueError):
        return None


def tables_of(exercise: Path) -> tuple[str, ...]:
    """Names of the tables an exercise uses, from its `about.toml`.

    Raises
    ------
    ContentError
        If `tables` is no list of names.
    """
    about = exercise / "about.toml"
    if not about.is_file():
        return ()
    try:
        names = tomllib.loads(about.read_text("utf-8")).get("tables", [])
    except (ValueError, RecursionError) as error:
        raise ContentError(str(about), [f"不是 TOML：{unreadable(error)}"]) from error
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ContentError(str(about), ['tables 应当是表名的列表，例如 ["customers"]'])
    return tuple(names)


def exercise_folder(assignment: str) -> Path:
    """Folder of the exercise or case `assignment` in the content at hand.

    Raises
    ------
    InputError
        If there is none.
    """
    for kind in ("exercises", "cases"):
        folder = assignments() / kind / assignment
        if folder.is_dir():
            return folder
    raise InputError(assignment, "课程内容里的练习", "没有这个练习", "请用 --content 指定有源文件的文件夹。")


def as_mark(mark: ItemMark) -> Mark:
    """A form field's mark in the engine's words; what a person must judge has no points yet."""
    name = f"form_{mark.id}"
    status = _STATUS[mark.state]
    if mark.state == "review":
        reason = f"先按要点给 {round(mark.points, 2):g} 分，等培训师定。{mark.trainer_note}"
        steps = tuple(one.as_json() for one in mark.steps)
        return Mark(name, None, mark.max_points, status, reason, steps=steps, told=mark.learner_note)
    return Mark(
        name, mark.points, mark.max_points, status, "" if mark.state == "right" else mark.learner_note
    )


@lru_cache(maxsize=64)
def _module(path: Path) -> ModuleType:
    """The key as a module: trusted code of the checkout, never of a hand-in."""
    spec = importlib.util.spec_from_file_location(f"coursekit_key_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise ContentError(str(path), ["不能作为 Python 文件读"])
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ContentError(str(path), [f"不能运行：{type(error).__name__}: {error}"]) from error
    return module
