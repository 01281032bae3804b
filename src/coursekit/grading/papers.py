"""Sat papers of a course: marked by the key `quiz draw` left beside it, and by nothing a learner's machine says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.errors import ContentError
from coursekit.grading import arrivals, store
from coursekit.grading.answers import MAX_BYTES
from coursekit.grading.marks import Mark
from coursekit.grading.records import Flag
from coursekit.quiz.choices import chosen, option_rows
from coursekit.quiz.marking import ItemMark, copy_marks, load_policy, mark_answers
from coursekit.quiz.mastery import AREA_NAMES
from coursekit.quiz.own_paper import checked_key, ordered_for, own_key

if TYPE_CHECKING:
    import pandas as pd

    from coursekit.grading.standings import Standing

KEYS = "key"
NO_ANSWERS = "没有交答卷文件 answers.json，没有评；请学员把作业文件夹整个交来"
_SHOWN_AREAS = 3


@dataclass(frozen=True)
class SatPaper:
    """One learner's paper after marking.

    `marks` are empty and `problem` says why when the answers are not at hand, which is never a zero.
    """

    marks: tuple[ItemMark, ...]
    flags: tuple[str, ...] = ()
    problem: str = ""


def key_path(course: Path, assignment: str) -> Path:
    """Where the trainer's key of a drawn paper lies in a course."""
    return course / KEYS / f"{assignment}.json"


def is_paper(course: Path, assignment: str) -> bool:
    """Whether the assignment is a drawn paper whose key lies in the course."""
    return key_path(course, assignment).is_file()


def blueprint_of(course: Path, assignment: str) -> str:
    """Name of the blueprint a paper was drawn by, such as `junior`."""
    return str(read_key(course, assignment).get("blueprint") or "")


def read_key(course: Path, assignment: str) -> dict[str, Any]:
    """The trainer's key of a paper.

    Raises
    ------
    ContentError
        If it is not as `quiz draw` writes it.
    """
    path = key_path(course, assignment)
    content = store.read_json(path)
    if content is None or content.get("paper") != assignment:
        raise ContentError(str(path), [f"{path} 不是试卷 {assignment} 的答案；请换回 quiz draw 写的那一份"])
    checked_key(content, str(path))
    faults = [
        f"{path} 第 {number} 题没有 cell（成绩册的哪一格）"
        for number, item in enumerate(content["items"], start=1)
        if not isinstance(item.get("cell"), str)
    ]
    if faults:
        raise ContentError(str(path), faults)
    return content


def sat_paper(course: Path, assignment: str, student: str) -> SatPaper:
    """Mark one learner's paper, item by item.

    Raises
    ------
    ContentError
        If the key is faulty.
    """
    key = read_key(course, assignment)
    answers, problem = arrivals.typed_answers(course, assignment, student)
    if answers is None:
        return SatPaper((), problem=problem or NO_ANSWERS)
    if not answers.fields and not answers.paper:
        return SatPaper((), problem="答卷是空的，没有点过“开始答题”，没有评")
    content = answers.as_json()
    shown_to = ordered_for(content, student)
    mine = own_key(key, shown_to) | {"learner": student}
    found = mark_answers(mine, content, load_policy())
    flags = [flag for flag in found.flags if "被改过" not in flag]  # a stored file has lost its seal
    if answers.edited and not arrivals.record(course, assignment, student):
        flags.append("答卷文件被改过（不是由答题页保存的）")
    if shown_to.casefold() != student.casefold():
        whose = f"{shown_to[:40]} 的" if shown_to else "没有学员编号时的"
        flags.append(f"题和选项是按{whose}次序答的，不是 {student} 的，请看是不是照着别人的字母答的")
    if not answers.paper.get("started"):
        flags.append("答卷里没有开始的时间，核不了用时")
    same = _same_as(course, assignment, student)
    if same:
        flags.append(f"与 {'、'.join(same)} 的答案和时间完全相同")
    return SatPaper(found.marks, tuple(flags))


def mark_paper(course: Path, assignment: str, student: str) -> tuple[dict[str, Mark], tuple[Flag, ...]]:
    """Marks by grade cell and flags of one sat paper; what a corrected key changed is kept and named.

    A section is one cell; an answer a person must settle is a cell of its own without points.

    Raises
    ------
    ContentError
        If the key is faulty.
    """
    key = read_key(course, assignment)
    sat = sat_paper(course, assignment, student)
    cells: dict[str, list[Mapping[str, Any]]] = {}
    for item in key["items"]:
        cells.setdefault(item["cell"], []).append(item)
    if sat.problem:
        missing = {
            name: Mark(name, None, sum(float(item["points"]) for item in items), "not_run", sat.problem)
            for name, items in cells.items()
        }
        return missing, (Flag("no_answers", "answers.json", sat.problem),)
    marks = {mark.id: mark for mark in sat.marks}
    changed = _note(course, assignment, student, sat.marks)
    found = {name: _cell(name, items, marks, changed) for name, items in cells.items()}
    flags = [Flag("paper", "answers.json", text) for text in sat.flags]
    if changed:
        flags.append(
            Flag("remarked", "", f"答案更正后重判：{'；'.join(_change_text(one) for one in changed)}")
        )
    return found, tuple(flags)


def score_table(course: Path, assignment: str, rows: Iterable[Standing]) -> pd.DataFrame:
    """Right (1) or not (0) of every item, a line for everyone fully marked: what item analysis takes.

    An answer a person settles is right with full points in the gradebook.
    """
    import pandas as pd

    items = read_key(course, assignment)["items"]
    lines: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.state != "graded":
            continue
        settled = {cell.grade_id: cell.status for cell in row.cells}
        marks = {mark.id: mark for mark in sat_paper(course, assignment, row.student).marks}
        lines[row.student] = {
            item["id"]: int(
                settled.get(item["cell"]) == "passed" if mark.needs_trainer else mark.state == "right"
            )
            for item in items
            if (mark := marks.get(item["id"])) is not None
        }
    names = [item["id"] for item in items]
    return pd.DataFrame.from_dict(lines, orient="index", columns=names if not lines else None)


def choice_table(course: Path, assignment: str, rows: Iterable[Standing]) -> pd.DataFrame:
    """Every option of every choice item of a paper: who chose it, of the weak and of the strong, and what to look at."""
    import pandas as pd

    from coursekit.domain import policy

    key = read_key(course, assignment)
    takers = []
    for row in rows:
        answers, _ = arrivals.typed_answers(course, assignment, row.student)
        if row.state == "graded" and answers is not None and row.score is not None:
            content = answers.as_json()
            takers.append((chosen(key, content, ordered_for(content, row.student)), float(row.score)))
    found = option_rows(key, takers, policy.load("item_analysis"))
    return pd.DataFrame(
        {
            "题": [row.item for row in found],
            "选项": [row.option + ("（正确）" if row.right else "") for row in found],
            "选它的": [f"{row.choice.share:.0%}" for row in found],
            "低分组": [f"{row.choice.low:.0%}" for row in found],
            "高分组": [f"{row.choice.high:.0%}" for row in found],
            "看一看": [row.remark for row in found],
        }
    )


def changes(course: Path, assignment: str) -> dict[str, list[dict[str, Any]]]:
    """What corrected keys changed, by learner: item, points before, points after."""
    folder = course / store.PRIVATE / "papers" / assignment
    found = {path.stem: store.read_json(path) or {} for path in sorted(folder.glob("*.json"))}
    return {student: list(note["changes"]) for student, note in found.items() if note.get("changes")}


def _cell(
    name: str,
    items: Iterable[Mapping[str, Any]],
    marks: Mapping[str, ItemMark],
    changed: Iterable[Mapping[str, Any]],
) -> Mark:
    items = list(items)
    mine = [marks[item["id"]] for item in items]
    full = round(sum(mark.max_points for mark in mine), 4)
    points = round(sum(mark.points for mark in mine), 4)
    if any(mark.needs_trainer for mark in mine):
        note = "；".join(mark.trainer_note for mark in mine if mark.trainer_note)
        return Mark(name, None, full, "manual", f"先按要点给 {points:g} 分，等培训师定。{note}")
    names = {item["id"] for item in items}
    again = [one for one in changed if one["id"] in names]
    reason = _words(items, mine) if points < full else ""
    if again:
        before = points - sum(one["after"] - one["before"] for one in again)
        reason += f"答案更正后重判过，这一部分由 {before:g} 分改为 {points:g} 分。"
    return Mark(name, points, full, "passed" if points == full else "partial" if points else "failed", reason)


def _words(items: list[Mapping[str, Any]], marks: list[ItemMark]) -> str:
    """For the learner: how many were right, and where the rest lies; never which answer is right."""
    count: Counter[str] = Counter(mark.state for mark in marks)
    named = {"right": "对", "partial": "部分对", "wrong": "错", "missing": "没答"}
    parts = [f"{word} {count[state]} 题" for state, word in named.items() if count[state]]
    lost = Counter(str(i.get("area")) for i, mark in zip(items, marks, strict=True) if mark.state != "right")
    areas = [f"{AREA_NAMES[a]} {n} 题" for a, n in lost.most_common() if a in AREA_NAMES][:_SHOWN_AREAS]
    return f"{'，'.join(parts)}。" + (f"没拿满的多在：{'、'.join(areas)}。" if areas else "")


def _change_text(change: Mapping[str, Any]) -> str:
    return f"{change['id']} 由 {change['before']:g} 分改为 {change['after']:g} 分"


def _note(course: Path, assignment: str, student: str, marks: Iterable[ItemMark]) -> list[dict[str, Any]]:
    """Keep the points of each item; gives the changes since these answers were first marked."""
    path = course / store.PRIVATE / "papers" / assignment / f"{student}.json"
    given = store.digest({mark.id: mark.given.encode() for mark in marks})
    points = {mark.id: mark.points for mark in marks}
    old = store.read_json(path) or {}
    if old.get("given") != given or not isinstance(old.get("first"), dict):
        store.write_json(path, {"given": given, "first": points, "points": points, "changes": []})
        return []
    found = [
        {"id": name, "before": float(old["first"].get(name, 0)), "after": value}
        for name, value in points.items()
        if old["first"].get(name) != value
    ]
    store.write_json(path, {"given": given, "first": old["first"], "points": points, "changes": found})
    return found


def _same_as(course: Path, assignment: str, student: str) -> list[str]:
    """Who else handed in this very file."""
    places = sorted((course / "submitted").glob(f"*/{assignment}/{arrivals.ANSWERS_FILE}"))
    traits = {path.parent.parent.name: _traits(path) for path in places if not path.is_symlink()}
    mine = traits.pop(student, frozenset())
    return sorted(other for other, found in traits.items() if mine & found)


def _traits(path: Path) -> frozenset[str]:
    try:
        info = path.stat()
    except OSError:
        return frozenset()
    return _traits_of(path, info.st_mtime_ns, info.st_size)


@lru_cache(maxsize=8192)
def _traits_of(path: Path, _changed: int, size: int) -> frozenset[str]:
    """What would be the same in a copied answer file; read once for each version of the file."""
    if size > MAX_BYTES:
        return frozenset()
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    return copy_marks(content) if isinstance(content, dict) else frozenset()
