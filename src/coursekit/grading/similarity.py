"""Which hand-ins of one exercise are unusually alike, with the pairs side by side for a person to judge.

Code is compared by winnowing (copydetect) after names and comments are put aside, written answers by
their characters. What was given, the model solution, the lesson's code and what many wrote count for
nothing. A likeness is a reason to look, never a mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from coursekit.domain import policy
from coursekit.errors import CoursekitError, InputError
from coursekit.grading import flags, store
from coursekit.grading.alike import Common, Kind, Pair, Part, Rule, alike
from coursekit.grading.answers import read_answers
from coursekit.grading.course import AssignmentSource, Course
from coursekit.grading.similarity_page import as_html
from coursekit.grading.submitted import UnreadableError, plain_notebook, read_bytes, read_notebook
from coursekit.resources import notebooks

_NOTEBOOK_MB = 20.0
_LONGEST_WORK = 200_000  # characters


@dataclass(frozen=True)
class SimilarityReport:
    """Pairs at or above the threshold, the most alike first; `page` shows them side by side."""

    assignment: str
    compared: int
    pairs: tuple[Pair, ...]
    page: Path

    @property
    def flagged(self) -> tuple[str, ...]:
        """Students in any pair."""
        return tuple(sorted({who for pair in self.pairs for who in (pair.first, pair.second)}))

    def as_json(self) -> dict[str, Any]:
        """Plain form, without the texts."""
        rows = [
            {
                "first": pair.first,
                "second": pair.second,
                "kind": pair.kind,
                "likeness": pair.likeness,
                "tokens": pair.tokens,
                "first_places": [side.place for side in pair.first_sides],
                "second_places": [side.place for side in pair.second_sides],
            }
            for pair in self.pairs
        ]
        return {
            "assignment": self.assignment,
            "compared": self.compared,
            "flagged": list(self.flagged),
            "pairs": rows,
            "html": str(self.page),
        }


def similarity(
    course: Path | str,
    assignment: str,
    threshold: float | None = None,
    tokens: int | None = None,
    out: Path | None = None,
) -> SimilarityReport:
    """Compare all hand-ins of an assignment with each other, and flag those of a pair for a person.

    Parameters
    ----------
    course, assignment
        As for `grade`.
    threshold : float, optional
        Least likeness that is reported, 0 to 1; the policy's if not given.
    tokens : int, optional
        Least length of what is alike [tokens or characters]; the policy's if not given.
    out : Path, optional
        Where the page goes; `reports/similar_<assignment>.html` in the course if not given.

    Returns
    -------
    SimilarityReport
        The flag `similar` also stands in the records of the hand-ins concerned, and comes again when
        they are graded again. No score changes.

    Raises
    ------
    InputError
        If the threshold lies outside 0 to 1, or course or assignment are not there.
    """
    if threshold is not None and not 0 < threshold <= 1:
        raise InputError("threshold", "大于 0、不超过 1 的数", str(threshold))
    if tokens is not None and tokens < 1:
        raise InputError("tokens", "1 或更大的整数", str(tokens))
    place = Course(Path(course))
    source = place.assignment(assignment)
    rules, common = _rules(threshold, tokens)
    works = dict(_works(place, source))
    pairs = alike(works, _given(place, source), rules, common)
    page = (out or place.root / "reports" / f"similar_{assignment}.html").resolve()
    report = SimilarityReport(assignment, len(works), tuple(pairs), page)
    store.write_bytes(page, as_html(assignment, len(works), report.pairs).encode())
    flags.keep_similar(place, assignment, report.as_json()["pairs"])
    return report


def _rules(threshold: float | None, tokens: int | None) -> tuple[dict[Kind, Rule], Common]:
    numbers = policy.load("similarity")
    rules: dict[Kind, Rule] = {
        kind: Rule(
            int(numbers[f"{kind}.window"]),
            int(numbers[f"{kind}.least"]) if tokens is None else tokens,
            numbers.number(f"{kind}.threshold") if threshold is None else threshold,
        )
        for kind in get_args(Kind)
    }
    return rules, Common(
        numbers.number("common.share"), int(numbers["common.least"]), int(numbers["common.most"])
    )


def _given(course: Course, source: AssignmentSource) -> Iterator[Part]:
    """What is no sign of copying: the released notebook, the model solution, the lesson's code."""
    for notebook in source.notebooks:
        for cell in notebook.cells:
            yield Part(cell.grade_id, _kind(cell.cell_type), cell.source)
        yield from _parts_of(source.folder / f"{notebook.name}.ipynb")
    form = source.folder / "form.yaml"
    if form.is_file():
        yield Part(form.name, "text", form.read_text("utf-8"))
    if course.is_ours:
        yield from _parts_of(notebooks() / f"{source.name}.ipynb")


def _parts_of(path: Path) -> Iterator[Part]:
    try:
        cells = plain_notebook(json.loads(path.read_text("utf-8")))["cells"]
    except (OSError, ValueError, UnreadableError):
        return
    for cell in cells:
        yield Part("", _kind(cell["cell_type"]), cell["source"])


def _kind(cell_type: str) -> Kind:
    return "code" if cell_type == "code" else "text"


def _works(course: Course, source: AssignmentSource) -> Iterator[tuple[str, list[Part]]]:
    """Each student's own cells (answers and free ones) and written form answers."""
    for student in course.students(source.name):
        folder = course.path("submitted", student, source.name)
        parts = list(_not_too_long([*_own_cells(source, folder), *_own_answers(folder)]))
        if parts:
            yield student, parts


def _not_too_long(parts: Iterable[Part]) -> Iterator[Part]:
    """What a person could have written, short parts first; a megabyte of code takes half a minute to compare."""
    left = _LONGEST_WORK
    for part in sorted(parts, key=lambda part: len(part.text)):
        text = part.text[:left]
        left -= len(text)
        if text:
            yield replace(part, text=text)


def _own_cells(source: AssignmentSource, folder: Path) -> Iterator[Part]:
    for notebook in source.notebooks:
        kinds = {cell.grade_id: cell for cell in notebook.cells}
        try:
            cells = read_notebook(folder / f"{notebook.name}.ipynb", _NOTEBOOK_MB)["cells"]
        except UnreadableError:
            continue
        for number, cell in enumerate(cells, start=1):
            gid = flags.grade_id(cell)
            known = kinds.get(gid) if gid else None
            if known is None or not (known.locked or known.is_form):
                yield Part(flags.place_of(cell, number), _kind(cell["cell_type"]), cell["source"])


def _own_answers(folder: Path) -> Iterator[Part]:
    path = folder / "answers.json"
    try:
        fields: Mapping[str, Any] = read_answers(read_bytes(path)).fields
    except (OSError, CoursekitError):
        return
    for name, entry in sorted(fields.items()):
        if isinstance(entry["value"], str):
            yield Part(f"form_{name}", "text", entry["value"])
