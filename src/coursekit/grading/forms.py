"""Marks form tasks on the trainer's side: the key from the checkout, the table variant from the student id."""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from coursekit.domain import datasets
from coursekit.errors import ContentError, InputError
from coursekit.grading import arrivals
from coursekit.grading.answers import read_answers
from coursekit.grading.marks import Mark, MarkStatus
from coursekit.quiz.form import Form, load_form
from coursekit.quiz.marking import ItemMark, load_policy, mark_form
from coursekit.resources import assignments

ANSWERS_FILE = "answers.json"
_STATUS: dict[str, MarkStatus] = {
    "right": "passed", "partial": "partial", "wrong": "failed", "missing": "failed", "review": "manual",
}  # fmt: skip


def mark_forms(course: Path, assignment: str, student: str) -> dict[str, Mark]:
    """Marks of a hand-in's form fields by grade id (`form_FIELD`).

    Parameters
    ----------
    course : Path
        Course folder; the hand-in is read from its `submitted/`.
    assignment, student : str
        Whose answers, and whose variant of the tables.

    Returns
    -------
    dict
        A field whose answers are not at hand is `not_run`, one a person must judge `manual`; an empty
        field is a plain zero.

    Raises
    ------
    ContentError
        If the exercise has no key or form, or they are faulty.
    """
    exercise = exercise_folder(assignment)
    form = load_form(exercise / "form.yaml")
    fields, problem = submitted_answers(course, assignment, student)
    if problem:
        return {
            f"form_{one.id}": Mark(f"form_{one.id}", None, one.points, "not_run", problem)
            for one in form.fields
        }
    marks = mark_answers(exercise, form, student, fields)
    return {f"form_{mark.id}": as_mark(mark) for mark in marks}


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
        raise ContentError(str(about), [f"不是 TOML:{error}"]) from error
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
        reason = f"先按要点给 {mark.points:g} 分，等培训师定。{mark.trainer_note}"
        return Mark(name, None, mark.max_points, status, reason)
    return Mark(
        name, mark.points, mark.max_points, status, "" if mark.state == "right" else mark.learner_note
    )


def submitted_answers(course: Path, assignment: str, student: str) -> tuple[Mapping[str, Any], str]:
    """Answers by field, or why they are not at hand (which is never a zero)."""
    path = course / "submitted" / student / assignment / ANSWERS_FILE
    collected = arrivals.record(course, assignment, student)
    if "unreadable_answers" in collected.get("flags", []):
        return {}, "交来的 answers.json 读不懂，没有评"
    if path.is_symlink() or not path.is_file():
        if str(collected.get("file", "")).lower().endswith(".ipynb"):
            return {}, "只交了 notebook，没有 answers.json，没有评；请学员把作业文件夹整个交来"
        return {}, ""
    try:
        return read_answers(path.read_bytes()).fields, ""
    except (InputError, OSError) as error:
        return {}, f"answers.json 读不懂，没有评：{error}"


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
