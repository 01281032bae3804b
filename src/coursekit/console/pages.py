"""What the console shows beside its buttons: a hand-in's flags at their places, the quarantine, downloads."""

from __future__ import annotations

import base64
import html
import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.grading import records, store
from coursekit.grading.flags import grade_id, place_of, similar_pairs
from coursekit.grading.records import Flag
from coursekit.grading.review import Proposal
from coursekit.grading.standings import Standing
from coursekit.grading.submitted import UnreadableError, read_notebook

_NOTEBOOK_MB = 20.0
_LONGEST = 3000
_LINE = re.compile(r"^(?P<cell>.+?) 第 (?P<line>\d+) 行$")
_PRE = "style='border:1px solid #ccc;padding:6px;overflow:auto;max-height:22em;margin:4px 0;line-height:1.4'"


@dataclass(frozen=True)
class Quarantined:
    """One file that was not taken in: what it is called, why, and the copy that is kept of it."""

    label: str
    reason: str
    kept: Path | None


def courses_beside(course: Path) -> list[Path]:
    """The course and the other courses of ours in the same folder, by name."""
    beside = [
        path.parent for path in course.parent.glob("*/coursekit.toml") if (path.parent / "source").is_dir()
    ]
    return sorted({course, *(path.resolve() for path in beside)})


def quarantine(course: Path, assignment: str) -> list[Quarantined]:
    """What was not taken in and has not come again since."""
    folder = course / store.PRIVATE / "quarantine" / assignment
    found = []
    for path in sorted(folder.glob("*.reason.json")):
        note = store.read_json(path) or {}
        key = path.name.removesuffix(".reason.json")
        kept = next((one for one in folder.glob(f"{key}_*")), None)
        found.append(Quarantined(str(note.get("file", path.name)), str(note.get("reason", "")), kept))
    return found


def quarantine_html(rows: Sequence[Quarantined]) -> str:
    """The quarantine as a list, empty when nothing is in it."""
    if not rows:
        return "<p>没有没收下的。</p>"
    lines = "".join(f"<li><b>{html.escape(row.label)}</b><br>{html.escape(row.reason)}</li>" for row in rows)
    return f"<p>没收下的 {len(rows)} 份：</p><ul>{lines}</ul>"


def detail(row: Standing, course: Path, assignment: str, proposed: Sequence[Proposal] = ()) -> str:
    """Reasons of a hand-in, each with the cell it is about, then what the text answers are proposed, as HTML."""
    below = {one.grade_id for one in proposed}
    cells = cell_sources(course, assignment, row.student)
    found = next(
        (r.result.flags for r in records.read(course, assignment) if r.result.student == row.student), ()
    )
    parts = [_flag(flag, cells) for flag in found]
    parts += [f"<li>{html.escape(text)}</li>" for text in row.notes]
    parts += [_alike(pair, course, assignment) for pair in similar_pairs(course, assignment, row.student)]
    reasons: dict[str, list[str]] = {}
    for cell in row.cells:
        if cell.points is None and cell.reason and cell.grade_id not in below:
            reasons.setdefault(cell.reason, []).append(cell.grade_id)
    parts += [
        f"<li>{html.escape(reason)}（{'、'.join(map(html.escape, ids))}）</li>"
        for reason, ids in reasons.items()
    ]
    shown = f"<ul>{''.join(parts)}</ul>" if parts else ""
    return shown + "".join(map(_proposed, proposed)) or "<p>没有要看的。</p>"


def _proposed(one: Proposal) -> str:
    """An answer in words, and why the machine proposes its points: of a plan criterion by criterion."""
    name, answer = html.escape(field_name(one)), html.escape(one.given).replace("\n", "<br>")
    why = f"<p>{html.escape(one.note)}</p>"
    if one.steps:
        rows = "".join(
            f"<tr><td>{html.escape(step.name)}</td><td>{step.step} / {step.top}</td><td>{html.escape(step.reason)}</td></tr>"
            for step in one.steps
        )
        why = f"<table><tr><th>要点</th><th>步</th><th>为什么</th></tr>{rows}</table>"
        why += "".join(f"<p><b>当心：{html.escape(flag)}，这一句没有给分。</b></p>" for flag in one.flags)
    return f"<p><b>{name}</b>，参考 {one.points:g} / {one.max_points:g} 分</p><p>{answer}</p><div class='people'>{why}</div>"


def field_name(one: Proposal) -> str:
    """How the field of a proposal is called beside its points."""
    return one.grade_id.removeprefix("form_")


def _flag(flag: Flag, cells: Mapping[str, str]) -> str:
    said = f"<b>{html.escape(flag.reason)}</b>" + (f"（{html.escape(flag.place)}）" if flag.place else "")
    if flag.code == "similar":
        return f"<li>{said}</li>"  # shown side by side below
    match = _LINE.match(flag.place)
    place, line = (match["cell"], int(match["line"])) if match else (flag.place, 0)
    return f"<li>{said}{source_html(cells[place], line) if place in cells else ''}</li>"


def source_html(text: str, line: int = 0) -> str:
    """A cell's text with one line marked."""
    lines = [html.escape(one) for one in text[:_LONGEST].split("\n")]
    if 0 < line <= len(lines):
        lines[line - 1] = f"<mark>{lines[line - 1]}</mark>"
    return f"<pre {_PRE}>{chr(10).join(lines)}</pre>"


def _alike(pair: Mapping[str, Any], course: Path, assignment: str) -> str:
    columns = []
    for who, places in ((pair["first"], pair["first_places"]), (pair["second"], pair["second_places"])):
        cells = cell_sources(course, assignment, who)
        shown = "".join(
            f"<div>{html.escape(place)}</div>{source_html(cells[place])}"
            for place in places
            if place in cells
        )
        columns.append(f"<div style='flex:1;min-width:0'><b>{html.escape(who)}</b>{shown}</div>")
    return f"<li>并排看：<div style='display:flex;gap:8px'>{''.join(columns)}</div></li>"


def cell_sources(course: Path, assignment: str, student: str) -> dict[str, str]:
    """Text of a hand-in's cells and written answers by place; empty when it cannot be read."""
    folder = course / "submitted" / student / assignment
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.ipynb")):
        try:
            cells = read_notebook(path, _NOTEBOOK_MB)["cells"]
        except (UnreadableError, OSError):
            continue
        for number, cell in enumerate(cells, start=1):
            found[place_of(cell, number)] = cell["source"]
            if grade_id(cell):
                found[f"第 {number} 格"] = cell["source"]
    answers = store.read_json(folder / "answers.json") or {}
    given = answers.get("answers")
    for name, entry in given.items() if isinstance(given, dict) else ():
        if isinstance(entry, dict):
            found[f"form_{name}"] = str(entry.get("value", ""))[:_LONGEST]
    return found


def download(path: Path, text: str) -> str:
    """A link that carries the file itself, so that it works wherever the page is served."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    data = base64.b64encode(path.read_bytes()).decode()
    name, said = html.escape(path.name), html.escape(text)
    return f'<a download="{name}" href="data:{kind};base64,{data}">{said}</a>'
