"""Grade one hand-in: read, rebuild, run, mark, write the autograded folder.

No gradebook here; the result goes to the one writer.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import shutil
import tempfile
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from coursekit.grading.arrivals import arrival_flags
from coursekit.grading.course import AssignmentSource, Course, NotebookSource
from coursekit.grading.flags import similar_flags
from coursekit.grading.flags_code import code_flags
from coursekit.grading.flags_library import library_flags
from coursekit.grading.integrity import rebuild
from coursekit.grading.marks import Mark, mark_test, status_of, total
from coursekit.grading.options import Limits
from coursekit.grading.records import FOR_INFORMATION, Flag, SubmissionResult, write_atomic
from coursekit.grading.runners import Ran, Runner, Staged
from coursekit.grading.submitted import UnreadableError, links, read_bytes, read_notebook, regular_files

FILE_LIMIT = 32_000_000
MOST_INSTRUCTOR_BYTES = 1 << 31


@dataclass
class Graded:
    """Everything known about one hand-in after grading."""

    student: str
    marks: dict[str, dict[str, Mark]] = field(default_factory=dict)
    unanswered: dict[str, frozenset[str]] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    timestamp: datetime | None = None
    seconds: float = 0.0

    def result(self, max_score: float) -> SubmissionResult:
        """The row of the report."""
        marks = tuple(mark for by_id in self.marks.values() for mark in by_id.values())
        wanted = any(flag.code not in FOR_INFORMATION for flag in self.flags)
        status = status_of(marks, wanted)
        score = None if status == "not_run" else total(marks)
        return SubmissionResult(
            self.student, status, score, max_score, tuple(self.flags), self.seconds, marks
        )


class HandIn:
    """One hand-in on its way.

    Parameters
    ----------
    course, source
        Where it lies and what it answers.
    student : str
        Whose it is.
    runner : Runner
        Runs a rebuilt notebook in a folder (sealed or not).
    limits : Limits
        For this hand-in.
    """

    def __init__(
        self, course: Course, source: AssignmentSource, student: str, runner: Runner, limits: Limits
    ) -> None:
        self.course, self.source, self.student = course, source, student
        self.runner, self.limits = runner, limits
        self.folder = course.path("submitted", student, source.name)
        self.graded = Graded(student)
        self._rules: Mapping[str, Any] = {}

    def grade(self) -> Graded:
        """Grade it; nothing a hand-in holds can raise here."""
        began = time.monotonic()
        try:
            self.graded.timestamp = _timestamp(self.folder)
            for name in links(self.folder):
                self.graded.flags.append(Flag("link", name[:80], "交上来的文件里有链接，没有使用"))
            self.graded.flags.extend(arrival_flags(self.course.root, self.source.name, self.student))
            self.graded.flags.extend(
                similar_flags(self.course.root, self.source.name, self.student, self.folder)
            )
            self._run_all()
        except Exception as error:  # the batch goes on, this one is looked at by a person
            self._nothing_ran(Flag("failed", "", f"批改程序没能处理：{type(error).__name__}: {error}"[:300]))
        self.graded.seconds = time.monotonic() - began
        return self.graded

    def _run_all(self) -> None:
        target = self.course.path("autograded", self.student, self.source.name)
        with tempfile.TemporaryDirectory(
            prefix="h-", dir=self.runner.base, ignore_cleanup_errors=True
        ) as temporary:
            staged = Staged(Path(temporary) / "learner", Path(temporary) / "trusted")
            self._stage(staged)
            notebooks = [self._run_one(notebook, staged) for notebook in self.source.notebooks]
            pairs = zip(self.source.notebooks, notebooks, strict=True)
            ran = {source.name: executed for source, executed in pairs if executed is not None}
            _publish(target, staged.learner, ran)
        self._mark_forms()

    def _run_one(self, source: NotebookSource, staged: Staged) -> dict[str, Any] | None:
        try:
            submitted = read_notebook(self.folder / f"{source.name}.ipynb", self.limits.notebook_mb)
            rebuilt = rebuild(source, submitted)
        except UnreadableError as error:
            self.graded.flags.append(Flag("unreadable", f"{source.name}.ipynb", str(error)))
            self.graded.marks[source.name] = all_not_run(source, str(error))
            return None
        self.graded.flags.extend(
            (*rebuilt.flags, *code_flags(source, submitted), *library_flags(source, submitted))
        )
        ran = self.runner.run(source, rebuilt.notebook, staged)
        self.graded.flags.extend(ran.flags)
        self._rules = self._rules or ran.rules
        self._mark(source, rebuilt.notebook, ran)
        return dict(ran.notebook)

    def _mark(self, source: NotebookSource, notebook: dict[str, Any], ran: Ran) -> None:
        unanswered = _unanswered(source, notebook)
        doubtful = any(flag.code in ("timeout", "died") for flag in ran.flags)
        marks = {}
        for cell in source.cells:
            if cell.is_test:
                outcome = ran.outcomes.get(cell.grade_id)
                marks[cell.grade_id] = mark_test(cell.grade_id, outcome, cell.points, cell.source, doubtful)
            elif cell.grade or cell.task:
                empty = cell.grade_id in unanswered and not cell.task
                marks[cell.grade_id] = _by_hand(cell.grade_id, cell.points, empty)
        self.graded.marks[source.name] = marks
        self.graded.unanswered[source.name] = unanswered

    def _mark_forms(self) -> None:
        if not any(cell.is_form for nb in self.source.notebooks for cell in nb.cells):
            return
        found: Mapping[str, Mark] = {}
        problem = "表单题没有评分结果"
        try:
            forms = importlib.import_module("coursekit.grading.forms")
            typed = forms.mark_forms(self.course.root, self.source.name, self.student, self._rules)
            found = typed.marks
            self.graded.flags.extend(flag for flag in typed.flags if flag not in self.graded.flags)
            form_view = importlib.import_module("coursekit.grading.form_view")
            form_view.put(self.course.path("autograded", self.student, self.source.name), typed.items)
            answered = frozenset(f"form_{item.id}" for item in typed.items if item.given)
            for name, cells in self.graded.unanswered.items():  # the cell itself never changes
                self.graded.unanswered[name] = cells - answered
        except Exception as error:  # a key or form that cannot be used is never a zero
            problem = f"表单题没能评分：{type(error).__name__}: {error}"[:200]
            self.graded.flags.append(Flag("form", "answers.json", problem))
        for notebook in self.source.notebooks:
            for cell in notebook.cells:
                if cell.is_form and cell.grade_id in self.graded.marks[notebook.name]:
                    missing = Mark(cell.grade_id, None, cell.points, "not_run", problem)
                    self.graded.marks[notebook.name][cell.grade_id] = found.get(cell.grade_id, missing)

    def _stage(self, staged: Staged) -> None:
        for target, origins in (
            (staged.learner, (self.source.folder, self.folder)),
            (staged.trusted, (self.source.folder,)),
        ):
            target.mkdir()
            if self.course.is_ours:
                learner = {"learner": self.student, "name": ""}
                (target / "learner.json").write_text(json.dumps(learner), encoding="utf-8")
            for origin in origins:
                if origin == self.source.folder:
                    copy_files(origin, target, skip=PRIVATE_NAMES)
                elif not copy_files(origin, target, most=self.limits.disk_mb << 19):
                    self.graded.flags.append(too_many_bytes(self.limits))

    def _nothing_ran(self, flag: Flag) -> None:
        self.graded.flags.append(flag)
        for notebook in self.source.notebooks:
            self.graded.marks[notebook.name] = all_not_run(notebook, flag.reason)


PRIVATE_NAMES = frozenset({"key.py", "exercise.py", "about.toml", "typical.py"})


def too_many_bytes(limits: Limits) -> Flag:
    """The flag of a hand-in whose files fill half of the disk its process gets."""
    return Flag("limit", "", f"交来的文件加起来超过 {limits.disk_mb // 2} MB，超出的没有使用")


def copy_files(
    origin: Path, target: Path, skip: Collection[str] = (), most: int = MOST_INSTRUCTOR_BYTES
) -> bool:
    """Copy regular files that are neither notebooks nor too large nor named in `skip`.

    What is there already stays, whatever a hand-in calls its own files.

    Returns
    -------
    bool
        False if they are more than `most` bytes together; those beyond are left out.
    """
    left = most
    for file in regular_files(origin):
        if file.name.endswith(".ipynb") or file.size > FILE_LIMIT or file.name in skip:
            continue
        left -= file.size
        if left < 0:
            return False
        copy = target / file.name
        with contextlib.suppress(FileExistsError, NotADirectoryError, IsADirectoryError):
            copy.parent.mkdir(parents=True, exist_ok=True)
            with copy.open("xb") as new:
                new.write(read_bytes(file.path))
    return True


def all_not_run(source: NotebookSource, reason: str) -> dict[str, Mark]:
    """Marks of a notebook of which nothing ran."""
    return {
        cell.grade_id: Mark(cell.grade_id, None, cell.points, "not_run", reason)
        for cell in source.cells
        if cell.grade or cell.task
    }


def _by_hand(grade_id: str, points: float, unanswered: bool) -> Mark:
    if unanswered:
        return Mark(grade_id, 0.0, points, "manual", "没有作答")
    return Mark(grade_id, None, points, "manual", "等人工评分")


def _unanswered(source: NotebookSource, notebook: dict[str, Any]) -> frozenset[str]:
    text = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in notebook["cells"]
        if "nbgrader" in cell["metadata"]
    }
    return frozenset(
        cell.grade_id
        for cell in source.cells
        if cell.solution and text.get(cell.grade_id, "").strip() == cell.source.strip()
    )


def _timestamp(folder: Path) -> datetime | None:
    from nbgrader.utils import parse_utc

    path = folder / "timestamp.txt"
    if not path.is_file() or path.is_symlink() or path.stat().st_size > 200:
        return None
    try:
        found = parse_utc(path.read_text(encoding="utf-8").strip())
    except (ValueError, OverflowError, UnicodeDecodeError):
        return None
    return found if isinstance(found, datetime) else None


def _text(notebook: dict[str, Any]) -> str:
    """A notebook as JSON, a line for each cell: indenting every value costs ten times as much."""
    cells = ",\n".join(json.dumps(cell, ensure_ascii=False, sort_keys=True) for cell in notebook["cells"])
    rest = json.dumps({k: v for k, v in notebook.items() if k != "cells"}, ensure_ascii=False, sort_keys=True)
    return f'{{"cells": [\n{cells}\n], {rest[1:]}\n'


def _publish(target: Path, staged: Path, notebooks: dict[str, dict[str, Any]]) -> None:
    """Make the autograded folder anew, whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    copy_files(staged, part)
    for name, notebook in notebooks.items():
        write_atomic(part / f"{name}.ipynb", _text(notebook))
    for path in part.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    shutil.rmtree(target, ignore_errors=True)
    part.replace(target)
