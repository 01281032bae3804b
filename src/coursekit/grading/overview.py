"""The tables behind the class and learner reports. Pure: standings and tasks in, DataFrames out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from coursekit.course import plain_words
from coursekit.grading.feedback import late_text, short_title
from coursekit.grading.standings import STATE_TEXT, Standing, counts
from coursekit.grading.tasks import Exercise


def conclusion(rows: Sequence[Standing]) -> str:
    """What a trainer wants to know first, in one or two sentences."""
    count = counts(rows)
    handed_in = len(rows) - count["missing"]
    if not handed_in:
        return f"名单上 {len(rows)} 人，还没有人交。"
    parts = [f"{handed_in} 人交，{count['graded']} 人已评"]
    if count["needs_review"]:
        parts.append(f"{count['needs_review']} 份要你看")
    if count["not_run"]:
        parts.append(f"{count['not_run']} 份没能批改（不是零分）")
    if count["waiting"]:
        parts.append(f"{count['waiting']} 份还没批改")
    text = "，".join(parts) + "。"
    late = sum(row.seconds_late > 0 for row in rows)
    if count["missing"] or late:
        tail = [f"{count['missing']} 人没有交"] if count["missing"] else []
        tail += [f"{late} 份迟交"] if late else []
        text += "，".join(tail) + "。"
    return text


def people_table(rows: Sequence[Standing]) -> pd.DataFrame:
    """One line a learner; what is not known is empty, not zero."""
    return pd.DataFrame(
        [
            {
                "编号": row.student,
                "姓名": row.name,
                "单位": row.unit,
                "状态": STATE_TEXT[row.state],
                "得分": row.score,
                "满分": row.max_score,
                "未定的分": row.open_points or None,
                "交的时间": f"{row.received:%Y-%m-%d %H:%M}" if row.received else "",
                "迟交": late_text(row.seconds_late),
                "扣分": row.penalty or None,
                "要看的": "；".join((*row.flags, *row.notes)),
            }
            for row in rows
        ],
        columns=[
            "编号",
            "姓名",
            "单位",
            "状态",
            "得分",
            "满分",
            "未定的分",
            "交的时间",
            "迟交",
            "扣分",
            "要看的",
        ],
    )


def task_table(rows: Sequence[Standing], exercise: Exercise) -> pd.DataFrame:
    """One line a graded cell: how many got what, over those whose mark is known.

    Columns：题目，满分，评了的人数，全对，部分，没对，未定，得分率 [share of points]，平均分.
    """
    lines = []
    for number, task in enumerate(exercise.tasks, start=1):
        cells = [cell for row in rows for cell in row.cells if cell.grade_id == task.grade_id]
        known = [cell for cell in cells if cell.points is not None]
        total = sum(cell.points or 0.0 for cell in known)
        full = sum(cell.max_points for cell in known)
        lines.append(
            {
                "序": number,
                "题目": short_title(task.title),
                "格子": task.grade_id,
                "满分": task.max_points,
                "评了的人数": len(known),
                "全对": sum(cell.status == "passed" for cell in known),
                "部分": sum(cell.status == "partial" for cell in known),
                "没对": sum(cell.status == "failed" for cell in known),
                "未定": len(cells) - len(known),
                "得分率": total / full if full else None,
            }
        )
    columns = ["序", "题目", "格子", "满分", "评了的人数", "全对", "部分", "没对", "未定", "得分率"]
    return pd.DataFrame(lines, columns=columns)


def question_rates(rows: Sequence[Standing], exercise: Exercise) -> pd.Series:
    """Share of points by question (cells of one heading together), in order. [0–1]"""
    got: dict[str, list[float]] = {}
    for task in exercise.tasks:
        cells = [cell for row in rows for cell in row.cells if cell.grade_id == task.grade_id]
        for cell in cells:
            if cell.points is not None:
                sums = got.setdefault(short_title(task.title), [0.0, 0.0])
                sums[0] += cell.points
                sums[1] += cell.max_points
    return pd.Series({title: have / full for title, (have, full) in got.items() if full}, dtype="float64")


def _plainly(reason: str) -> str:
    """A reason, and before Python's own words what they mean."""
    kind, _, text = reason.partition(": ")
    said = plain_words.cause(text) if kind in {one.__name__ for one in plain_words.KINDS} else ""
    return f"{said}（{reason}）" if said else reason


def reasons_table(rows: Sequence[Standing], exercise: Exercise, first: int = 8) -> pd.DataFrame:
    """The commonest reasons of failing a cell, with who: what to talk about in class."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for cell in row.cells:
            if cell.status == "failed" and cell.reason:
                task = exercise.task(cell.grade_id)
                title = short_title(task.title) if task else cell.grade_id
                people = found.setdefault((title, cell.reason.removeprefix("AssertionError: ")), [])
                if row.student not in people:
                    people.append(row.student)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:first]
    lines = [
        {"题目": title, "看到的": _plainly(reason), "人数": len(people), "是谁": "、".join(people)}
        for (title, reason), people in ranked
    ]
    return pd.DataFrame(lines, columns=["题目", "看到的", "人数", "是谁"])


def shares(rows: Sequence[Standing]) -> pd.Series:
    """Share of points by learner, only of those fully marked. [0–1]"""
    known = {
        row.student: row.score / row.max_score
        for row in rows
        if row.state == "graded" and row.score is not None and row.max_score
    }
    return pd.Series(known, dtype="float64")


def attention(rows: Sequence[Standing]) -> list[Standing]:
    """Whose hand-in a person has to look at, not-run ones first."""
    order = {"not_run": 0, "needs_review": 1}
    chosen = [row for row in rows if row.state in order]
    return sorted(chosen, key=lambda row: (order[row.state], row.student))


def frame(lines: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Lines as a table; no lines give an empty one."""
    return pd.DataFrame(list(lines))


def score_table(rows: Sequence[Standing], exercise: Exercise) -> pd.DataFrame:
    """Right (1) or not (0) of every graded cell, a line for everyone fully marked: what item analysis takes."""
    lines = {}
    for row in rows:
        cells = {cell.grade_id: int(cell.status == "passed") for cell in row.cells}
        if row.state == "graded" and all(task.grade_id in cells for task in exercise.tasks):
            lines[row.student] = [cells[task.grade_id] for task in exercise.tasks]
    names = [task.grade_id for task in exercise.tasks]
    return pd.DataFrame.from_dict(lines, orient="index", columns=names)
