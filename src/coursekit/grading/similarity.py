"""Which hand-ins of one exercise are unusually alike, with the pairs side by side for a person to judge.

Answers are compared by winnowing (copydetect), after names and comments are put aside; what every learner
was given counts for nothing. A likeness is a reason to look, never a mark.
"""

from __future__ import annotations

import html
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from coursekit.errors import InputError
from coursekit.grading import records
from coursekit.grading.course import AssignmentSource, Course
from coursekit.grading.submitted import UnreadableError, read_notebook

NOISE, WINDOW = 15, 1
"""Shortest likeness that counts and the step between fingerprints [tokens]."""


@dataclass(frozen=True)
class Pair:
    """Two hand-ins alike.

    Attributes
    ----------
    likeness : float
        Share of the shorter answer that also stands in the other, 0 to 1.
    tokens : int
        Length of what is alike, after names are put aside [tokens].
    """

    first: str
    second: str
    likeness: float
    tokens: int
    first_text: str
    second_text: str


@dataclass(frozen=True)
class SimilarityReport:
    """Pairs at or above the threshold, the most alike first."""

    assignment: str
    compared: int
    threshold: float
    pairs: tuple[Pair, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain form, without the texts."""
        rows = [{k: v for k, v in asdict(p).items() if not k.endswith("_text")} for p in self.pairs]
        return {"assignment": self.assignment, "compared": self.compared, "pairs": rows}


def similarity(
    course: Path | str, assignment: str, threshold: float = 0.9, tokens: int = 60
) -> SimilarityReport:
    """Compare all hand-ins of an assignment with each other.

    Parameters
    ----------
    course, assignment
        As for `grade`.
    threshold : float
        Least likeness that is reported, 0 to 1.
    tokens : int
        Least length of what is alike [tokens]; short answers are alike by nature.

    Returns
    -------
    SimilarityReport
        Also kept as `.coursekit/similar/<assignment>.json` and `.html` in the course.

    Raises
    ------
    InputError
        If the threshold lies outside 0 to 1, or course or assignment are not there.
    """
    if not 0 < threshold <= 1:
        raise InputError("threshold", "大于 0、不超过 1 的数", str(threshold))
    place = Course(Path(course))
    source = place.assignment(assignment)
    texts = dict(_answers(place, source))
    pairs = _alike(texts, _given(source), threshold, tokens)
    report = SimilarityReport(assignment, len(texts), threshold, tuple(pairs))
    folder = place.root / ".coursekit" / "similar"
    records.write_atomic(folder / f"{assignment}.json", json.dumps(report.as_json(), ensure_ascii=False))
    records.write_atomic(folder / f"{assignment}.html", as_html(report))
    return report


def _given(source: AssignmentSource) -> str:
    """What every learner was given."""
    return "\n".join(c.source for nb in source.notebooks for c in nb.cells if c.cell_type == "code")


def _answers(course: Course, source: AssignmentSource) -> Iterator[tuple[str, str]]:
    """Each student's own code: answers and free cells, in their order."""
    locked = {nb.name: {c.grade_id for c in nb.cells if c.locked} for nb in source.notebooks}
    for student in course.students(source.name):
        parts = []
        for notebook in source.notebooks:
            path = course.path("submitted", student, source.name) / f"{notebook.name}.ipynb"
            try:
                cells = read_notebook(path, 20)["cells"]
            except UnreadableError:
                continue
            for cell in cells:
                meta = cell["metadata"].get("nbgrader")
                gid = meta.get("grade_id") if isinstance(meta, dict) else None
                if cell["cell_type"] == "code" and gid not in locked[notebook.name]:
                    parts.append(cell["source"])
        if parts:
            yield student, "\n\n".join(parts)


def _alike(texts: dict[str, str], given: str, threshold: float, tokens: int) -> list[Pair]:
    from copydetect import CodeFingerprint, compare_files

    boilerplate = CodeFingerprint("given.py", NOISE, 1, language="python", fp=io.StringIO(given))
    common = np.array(sorted(boilerplate.hashes))
    prints = {
        student: CodeFingerprint(
            f"{student}.py", NOISE, WINDOW, boilerplate=common, language="python", fp=io.StringIO(text)
        )
        for student, text in texts.items()
    }
    found = []
    for first, second in combinations(sorted(prints), 2):
        overlap, shares, _ = compare_files(prints[first], prints[second])
        likeness = float(max(shares))
        if overlap >= tokens and likeness >= threshold:
            found.append(Pair(first, second, round(likeness, 3), int(overlap), texts[first], texts[second]))
    return sorted(found, key=lambda pair: (-pair.likeness, -pair.tokens, pair.first, pair.second))


def as_html(report: SimilarityReport) -> str:
    """The pairs side by side as one page that needs nothing else."""
    title = f"{html.escape(report.assignment)} 相似的答卷"
    body = [
        f"<h1>{title}</h1><p>比较了 {report.compared} 份，{len(report.pairs)} 对相似。是不是抄的，由人来判断。</p>"
    ]
    for pair in report.pairs:
        head = f"{html.escape(pair.first)} 和 {html.escape(pair.second)}，相似 {pair.likeness:.0%}"
        columns = "".join(f"<pre>{html.escape(text)}</pre>" for text in (pair.first_text, pair.second_text))
        body.append(f"<h2>{head}</h2><div>{columns}</div>")
    style = "body{font-family:sans-serif;margin:2em}div{display:flex;gap:1em}pre{flex:1;overflow:auto;border:1px solid #ccc;padding:1em}"
    return f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title><style>{style}</style>{"".join(body)}</html>'
