"""Checks over the whole content that need no notebook to run: fact ids and form fields."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from coursekit.course.build import exercise_folders, short, source_notebook
from coursekit.course.cells import form_field
from coursekit.course.files import read_text
from coursekit.errors import ContentError, InputError

FACT_ID = re.compile(r"(?<![A-Za-z0-9-])(?:S[0-4]-\d{3}|INC-\d{2}|DER-\d{2}|REG-\d{1,2})(?![0-9])")
_TEXTS = ("notebooks/*.py", "notebooks/reports/*.py", "assignments/**/*.py", "assignments/**/*.toml",
          "assignments/**/*.yaml")  # fmt: skip


def known_facts(root: Path) -> frozenset[str]:
    """Ids of the fact register of the content folder `root`."""
    import csv

    path = root / "datasets" / "facts.csv"
    rows = csv.DictReader(read_text(path).lstrip("\ufeff").splitlines())
    try:
        found = frozenset(row["id"] for row in rows)
    except (KeyError, csv.Error) as error:
        raise InputError(str(path), "有 id 一列的事实表（CSV）", f"{error!r}"[:80]) from None
    if not found:
        raise InputError(str(path), "有 id 一列的事实表（CSV）", "空表")
    return found


def unknown_facts(root: Path, known: frozenset[str]) -> list[str]:
    """Mentions of fact ids that the register does not hold, each with file and line."""
    faults = []
    for path in sorted({path for pattern in _TEXTS for path in root.glob(pattern)}):
        for number, line in enumerate(read_text(path).splitlines(), start=1):
            faults += [
                f"{short(path, root)} 第 {number} 行：事实编号 {fact} 不在 datasets/facts.csv 里"
                for fact in FACT_ID.findall(line)
                if fact not in known
            ]
    return faults


def form_faults(root: Path) -> list[str]:
    """Form cells and `form.yaml` of every exercise must name the same fields with the same points."""
    faults = []
    for folder in exercise_folders(root):
        try:
            faults += [f"{short(folder, root)}:{fault}" for fault in _faults_of_form(folder)]
        except ContentError:
            continue  # a source that cannot be read is reported by the build itself
        except InputError as error:
            faults.append(str(error))
    return faults


def _faults_of_form(folder: Path) -> list[str]:
    cells = {
        field: cell.metadata.get("nbgrader", {}).get("points")
        for cell in source_notebook(folder).cells
        if (field := form_field(cell)) is not None
    }
    fields = _form_points(folder / "form.yaml")
    faults = []
    for field in sorted(cells.keys() ^ fields.keys()):
        here, there = ("exercise.py", "form.yaml") if field in cells else ("form.yaml", "exercise.py")
        faults.append(f"填空 {field} 在 {here} 里有，在 {there} 里没有")
    for field in sorted(cells.keys() & fields.keys()):
        if cells[field] != fields[field]:
            faults.append(f"填空 {field} 的分值，格子里写 {cells[field]},form.yaml 写 {fields[field]}")
    if fields and not (folder / "key.py").is_file():
        faults.append("有 form.yaml，没有 key.py，填空没有人能判")
    return faults


def _form_points(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        form = yaml.safe_load(read_text(path))
        return {field["id"]: field.get("points") for field in form["fields"]}
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(str(path), "fields 列表，每项有 id", f"{error!r}"[:80]) from error
