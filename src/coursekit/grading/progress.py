"""One learner across all assignments of a course; nothing of anybody else is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coursekit.grading.feedback import STATUS_TEXT, late_text, lesson_number, number, short_title
from coursekit.grading.settings import read_cohort
from coursekit.grading.standings import STATE_TEXT, Standing, standings
from coursekit.grading.tasks import Exercise, read_exercise


@dataclass(frozen=True)
class LearnerProgress:
    """What the learner report shows."""

    student: str
    name: str
    title: str
    done: tuple[tuple[Exercise, Standing, datetime | None], ...]

    @property
    def shares(self) -> dict[str, float | None]:
        """Share of points by exercise title, None where there is no score. [0–1]"""
        return {exercise.title: _share(row) for exercise, row, _ in self.done if row.state != "missing"}

    def sentences(self) -> list[str]:
        """What was achieved, then what is open."""
        handed_in = [row for _, row, _ in self.done if row.state != "missing"]
        good = [exercise.title for exercise, row, _ in self.done if (_share(row) or 0) >= 0.8]
        first = f"{len(self.done)} 次练习交了 {len(handed_in)} 次"
        first += f"，其中“{'”“'.join(good)}”做到八成以上。" if good else "。"
        open_ones = [exercise.title for exercise, row, _ in self.done if row.state == "missing"]
        lines = [first]
        if open_ones:
            lines.append(f"还没有交：{'、'.join(open_ones)}。")
        if any(row.state in ("needs_review", "not_run") for row in handed_in):
            lines.append("没有分数的那几次在等培训师看，不是零分。")
        return lines

    def rows(self) -> list[dict[str, object]]:
        """One line an exercise."""
        return [
            {
                "练习": exercise.title,
                "状态": STATE_TEXT[row.state],
                "得分": row.score,
                "满分": row.max_score or None,
                "截止": f"{due:%Y-%m-%d %H:%M}" if due else "",
                "迟交": late_text(row.seconds_late),
            }
            for exercise, row, due in self.done
        ]

    def todo(self, first: int = 8) -> list[dict[str, object]]:
        """The questions with most points lost, and the lesson to go back to."""
        lost: list[tuple[float, dict[str, object]]] = []
        for exercise, row, _ in self.done:
            for title, (have, full, status) in _questions(exercise, row).items():
                if status in ("failed", "partial"):
                    line: dict[str, object] = {
                        "练习": exercise.title,
                        "哪一题": title,
                        "结果": STATUS_TEXT[status],
                        "得分": f"{number(have)} / {number(full)}",
                        "回到": f"第 {lesson_number(exercise.lesson)} 课",
                    }
                    lost.append((full - have, line))
        return [line for _, line in sorted(lost, key=lambda item: -item[0])[:first]]


def learner_progress(course: Path, student: str) -> LearnerProgress | None:
    """Progress of a learner in all assignments of a course, None when the course does not know them.

    Raises
    ------
    InputError
        If the folder is no course.
    """
    settings, roster = read_cohort(course)
    done = []
    for name in sorted(path.name for path in (course / "source").iterdir() if path.is_dir()):
        row = next((row for row in standings(course, name) if row.student == student), None)
        if row is not None:
            done.append((read_exercise(course, name), row, settings.due_for(name, student)))
    if not done:
        return None
    return LearnerProgress(student, roster.name_of(student), settings.title, tuple(done))


def _share(row: Standing) -> float | None:
    return row.score / row.max_score if row.score is not None and row.max_score else None


def _questions(exercise: Exercise, row: Standing) -> Mapping[str, tuple[float, float, str]]:
    found: dict[str, tuple[float, float, str]] = {}
    for cell in row.cells:
        if cell.points is None:
            continue
        task = exercise.task(cell.grade_id)
        title = short_title(task.title) if task else cell.grade_id
        have, full, _ = found.get(title, (0.0, 0.0, ""))
        have, full = have + cell.points, full + cell.max_points
        found[title] = (have, full, "passed" if have >= full else "failed" if not have else "partial")
    return found
