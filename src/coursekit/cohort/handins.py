"""Writes the hand-ins of the sample cohort as they would reach a trainer: zips and notebooks with dates."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from coursekit.cohort.answering import answers_file, fill, form_answers, solution_cells
from coursekit.cohort.people import MANAGERS, Manager, Role, role_of
from coursekit.course.build import release_notebook, source_notebook
from coursekit.grading.forms import exercise_folder, rules_for
from coursekit.quiz.form import Form, load_form

SEED = 20260302
_LATE = timedelta(hours=5, minutes=20)


@dataclass(frozen=True)
class _Exercise:
    """One exercise, read once for all hand-ins."""

    name: str
    folder: Path
    source: NotebookNode
    released: NotebookNode
    form: Form | None

    def rules(self, learner: str) -> dict[str, Any]:
        return rules_for(self.folder, learner) if self.form else {}


def write_handins(target: Path, assignment: str, number: int, due: datetime) -> list[Path]:
    """Write 16 hand-ins of an exercise into `target`.

    Parameters
    ----------
    target : Path
        Folder the files go to; files of the same names are written anew.
    assignment : str
        Name of an exercise whose sources are at hand.
    number : int
        Which exercise of the cohort it is (0, 1, …): the roles move on with it.
    due : datetime
        Files are dated before it, a late one after it.

    Returns
    -------
    list of Path
        One file a manager, in their order.
    """
    folder = exercise_folder(assignment)
    form = load_form(folder / "form.yaml") if (folder / "form.yaml").is_file() else None
    exercise = _Exercise(assignment, folder, source_notebook(folder), release_notebook(folder), form)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for place, manager in enumerate(MANAGERS):
        role = role_of(place, number)
        draw = random.Random(f"{SEED} {assignment} {manager.id}")  # noqa: S311 - made-up people, no secret
        when = due + _LATE if role is Role.LATE else due - timedelta(minutes=draw.randrange(90, 4000))
        path = target / _file_name(role, manager, assignment)
        path.write_bytes(_content(exercise, role, manager, when, draw))
        os.utime(path, (when.timestamp(), when.timestamp()))
        written.append(path)
    return written


def _file_name(role: Role, manager: Manager, assignment: str) -> str:
    short = assignment.split("_")[0].lstrip("0")
    if role is Role.ONLY_NOTEBOOK:
        return f"作业{short} {manager.name}(2).ipynb"
    if role is Role.BROKEN:
        return f"{manager.id}_{assignment}.ipynb"
    if role is Role.GOOD_GBK:
        return f"{manager.name}作业{short}.zip"
    return f"交作业_{manager.id}_{assignment}.zip"


def _content(exercise: _Exercise, role: Role, manager: Manager, when: datetime, draw: random.Random) -> bytes:
    author = MANAGERS[0] if role is Role.COPIED else manager
    notebook = _notebook(exercise, role, draw)
    text = str(nbformat.writes(notebook, version=4))
    if role is Role.BROKEN:
        return text[: len(text) * 2 // 3].encode()  # the upload stopped
    if role is Role.ONLY_NOTEBOOK:
        return text.encode()
    files = {
        f"{exercise.name}.ipynb": text.encode(),
        "learner.json": _json({"learner": manager.id, "name": manager.name}),
    }
    values = _values(exercise, role, author, draw)
    if values:
        at = (when - timedelta(minutes=7)).isoformat(timespec="seconds")
        files["answers.json"] = _json(answers_file(exercise.name, author.id, values, at))
    return _zip(files, exercise.name, when, gbk=role is Role.GOOD_GBK)


def _notebook(exercise: _Exercise, role: Role, draw: random.Random) -> NotebookNode:
    ids = solution_cells(exercise.source)
    wrong = {Role.ONE_WRONG: 1, Role.TWO_WRONG: 2}.get(role, 0)
    answers = dict.fromkeys(ids, "right")
    answers |= dict.fromkeys(draw.sample(ids, min(wrong, len(ids))), "wrong")
    if role is Role.UNTOUCHED:
        answers = {}
    if role is Role.HALF:
        answers = dict.fromkeys(ids[: (len(ids) + 1) // 2], "right")
    notebook = fill(exercise.released, exercise.source, answers)
    if role is Role.RAISING and ids:
        _prepend(notebook, ids[0], "客户 = 读入客户表（）  # 这个函数没有写\n")
    if role is Role.ENDLESS and ids:
        _prepend(notebook, ids[-1], "while True:\n    pass\n")
    if role is Role.TAMPERED:
        _loosen_tests(notebook)
    return notebook


def _prepend(notebook: NotebookNode, grade_id: str, text: str) -> None:
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            cell.source = text + cell.source


def _loosen_tests(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("grade") and not mark.get("solution"):
            cell.source = "assert True"


def _values(exercise: _Exercise, role: Role, author: Manager, draw: random.Random) -> dict[str, Any]:
    if exercise.form is None or role in (Role.NO_FORM, Role.UNTOUCHED):
        return {}
    names = [one.id for one in exercise.form.fields]
    wrong = {Role.ONE_WRONG: 1, Role.TWO_WRONG: 2, Role.HALF: 2}.get(role, 0)
    chosen = frozenset(draw.sample(names, min(wrong, len(names))))
    return form_answers(exercise.form, exercise.rules(author.id), chosen, draw)


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _zip(files: Mapping[str, bytes], assignment: str, when: datetime, *, gbk: bool) -> bytes:
    """A zip of the folder; with `gbk` one as an old Windows writes it: Chinese names, no UTF-8 mark."""
    folder = "作业" if gbk else assignment
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", when.timetuple()[:6])
            if gbk:
                entry = _Gbk(entry.filename, entry.date_time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


class _Gbk(zipfile.ZipInfo):
    """An entry whose name is written in GBK without a mark."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - name of the standard library
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800
