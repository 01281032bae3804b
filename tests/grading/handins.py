"""Small courses and hand-ins for the tests of collecting and feedback."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

SLUG = "03_figures"
IDS = ("a1", "t1", "form_rate")


def notebook(*ids: str, source: str = "x = 1") -> bytes:
    """A notebook with one nbgrader cell for each grade id."""
    cells = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "execution_count": None,
            "outputs": [],
            "source": source,
            "metadata": {"nbgrader": {"grade_id": name, "grade": True, "solution": False, "points": 1}},
        }
        for number, name in enumerate(ids)
    ]
    content: dict[str, Any] = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content).encode()


def learner(student: str) -> bytes:
    """A learner.json."""
    return json.dumps({"learner": student, "name": "某人"}, ensure_ascii=False).encode()


def answers(student: str = "kh0001", **fields: object) -> bytes:
    """An answers.json."""
    entries = {name: {"value": value, "at": "2026-03-01T10:00:00"} for name, value in fields.items()}
    return json.dumps({"schema": 1, "assignment": SLUG, "learner": student, "answers": entries}).encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of `files`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def bare_course(folder: Path, roster: str = "学员编号,姓名\nkh0001,张三\nkh0002,李四\nkh0003,王五\n") -> Path:
    """The folder of a course as far as collecting needs it: a source, settings, a roster."""
    source = folder / "source" / SLUG
    source.mkdir(parents=True)
    (source / f"{SLUG}.ipynb").write_bytes(notebook(*IDS))
    (folder / "roster.csv").write_text(roster, "utf-8")
    (folder / "coursekit.toml").write_text(
        '[course]\ntitle = "测试班"\n[due]\n"03_figures" = "2026-03-02 18:00"\n', "utf-8"
    )
    return folder
