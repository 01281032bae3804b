"""A whole grading session on the sample cohort: course, collecting, grading, feedback, reports, levels.

Every step skips what is already there, so that the demo can be stopped and run again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from coursekit import reports, resources
from coursekit.certification.assessment import assess_all
from coursekit.certification.gather import gather
from coursekit.certification.policy import load_policy
from coursekit.certification.register import Register
from coursekit.certification.roster import apply_roster, plan_roster, read_roster
from coursekit.certification.sample import write_sample
from coursekit.cohort import MANAGERS, write_handins
from coursekit.errors import InputError
from coursekit.grading import GradeOptions, GradeReport, Limits, grade
from coursekit.grading.collect import collect
from coursekit.grading.collected import CollectReport
from coursekit.grading.feedback import write_feedback
from coursekit.grading.new_course import exercise_names, new_course
from coursekit.grading.review import accept
from coursekit.grading.roster import Person, roster_text
from coursekit.grading.settings import Settings, with_due
from coursekit.grading.standings import Standing, counts, standings
from coursekit.grading.store import write_bytes

EXERCISES = ("03_figures", "04_stars", "12_store")
FOLDER_NAME = "coursekit-demo"
TODAY = date(2026, 4, 1)
_FIRST_DUE = datetime(2026, 3, 9, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
_ACTOR, _PURPOSE = "demo", "示范"
_LIMITS = replace(Limits(), cell_seconds=4.0, total_seconds=40.0)

Say = Callable[[str], None]


@dataclass
class DemoResult:
    """What the demo made, by assignment, and where it lies."""

    folder: Path
    course: Path
    collected: dict[str, CollectReport] = field(default_factory=dict)
    graded: dict[str, GradeReport] = field(default_factory=dict)
    standing: dict[str, list[Standing]] = field(default_factory=dict)
    class_reports: list[Path] = field(default_factory=list)
    learner_report: Path | None = None
    levels_report: Path | None = None
    levels: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The object `coursekit demo --json` prints."""
        return {
            "folder": str(self.folder),
            "course": str(self.course),
            "assignments": [
                {
                    "assignment": name,
                    "submissions": [_row(row) for row in rows],
                    "counts": counts(rows),
                    "wall_seconds": round(self.graded[name].wall_seconds, 3),
                }
                for name, rows in self.standing.items()
            ],
            "class_reports": [str(path) for path in self.class_reports],
            "class_report": str(self.class_reports[0]) if self.class_reports else None,
            "learner_report": str(self.learner_report) if self.learner_report else None,
            "levels_report": str(self.levels_report) if self.levels_report else None,
            "levels": self.levels,
            "feedback": str(self.course / "feedback"),
        }


def _row(row: Standing) -> dict[str, Any]:
    return {
        "student": row.student,
        "status": row.state,
        "score": row.score,
        "max_score": row.max_score,
        "flags": list(row.flags),
    }


def run(folder: Path, say: Say = lambda text: None, *, allow_unsealed: bool = False) -> DemoResult:
    """Do the whole session in `folder`.

    Parameters
    ----------
    folder : Path
        New, empty, or left by an earlier run.
    say : callable
        Told, in Chinese, what is being done.
    allow_unsealed : bool
        Grade without a sandbox where the machine has none.

    Raises
    ------
    InputError
        If the folder holds something else or this installation has no exercise sources.
    """
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()) and not (folder / "course").is_dir():
        raise InputError(
            str(folder), "空的或还没有的文件夹，或以前的示范", "里面已有别的东西", "请换一个文件夹名。"
        )
    names = [name for name in EXERCISES if name in exercise_names()]
    result = DemoResult(folder, folder / "course")
    say(f"建课程：{len(names)} 个练习，{len(MANAGERS)} 位（虚构的）客户经理")
    _make_course(folder, names)
    options = GradeOptions(mode="strict", limits=_LIMITS, allow_unsealed=allow_unsealed)
    with ThreadPoolExecutor(max_workers=2) as pool:  # reports run beside the grading of the next exercise
        waiting = []
        for number, name in enumerate(names):
            _grade_one(result, number, name, options, say)
            waiting.append(pool.submit(reports.run, *_class_report(result, name)))
        _levels(result, say)
        say("写报告")
        student = MANAGERS[5].id
        out = folder / "reports"
        learner = pool.submit(
            reports.run,
            "learner",
            {"course": result.course, "student": student},
            out / f"learner_{student}.html",
        )
        levels = pool.submit(reports.run, "levels", _levels_parameters(result), out / "levels.html")
        result.class_reports = [job.result() for job in waiting]
        result.learner_report, result.levels_report = learner.result(), levels.result()
    return result


def _grade_one(result: DemoResult, number: int, name: str, options: GradeOptions, say: Say) -> None:
    """Collect, grade, decide the text answers, give feedback."""
    inbox = result.folder / "inbox" / name
    write_handins(inbox, name, number, _due(number))
    result.collected[name] = collect(result.course, name, [inbox])
    say(f"{name}：收了 {len(result.collected[name].items)} 份，批改中")
    result.graded[name] = grade(result.course, name, options)
    accept(result.course, name)  # what the trainer does with the text answers: take the proposals over
    write_feedback(result.course, name)
    result.standing[name] = standings(result.course, name)
    say(f"{name}：{_counted(counts(result.standing[name]))}")


def _due(number: int) -> datetime:
    return _FIRST_DUE + timedelta(days=7 * number)


def _counted(count: dict[str, int]) -> str:
    return f"已评 {count['graded']} 份，要人看 {count['needs_review']} 份，没能批改 {count['not_run']} 份（不是零分）"


def _make_course(folder: Path, names: Sequence[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    roster = folder / "roster.csv"
    write_bytes(roster, roster_text(Person(one.id, one.name, one.unit) for one in MANAGERS).encode())
    settings = Settings(title="示范班", mode="strict", after_feedback="last")
    for number, name in enumerate(names):
        settings = with_due(settings, name, _due(number))
    new_course(folder / "course", title="示范班", names=names, roster=roster, settings=settings)


def _levels(result: DemoResult, say: Say) -> None:
    """Roster into the register, then what everybody's evidence says."""
    policy = load_policy(resources.policy("levels"))
    sheets = write_sample(result.folder / "hr", [(one.id, one.name) for one in MANAGERS], policy, TODAY)
    register = Register(f"sqlite:///{result.folder / 'levels.db'}")
    try:
        rows, _ = read_roster(sheets.roster, policy, TODAY)
        from coursekit.certification.people import read_people

        with register.reading() as connection:
            known = read_people(connection)
        apply_roster(register, plan_roster(known, rows, None), policy, (_ACTOR, _PURPOSE))
        found = gather(policy, [result.course], [sheets.scores, sheets.kpi], TODAY)
        everyone = assess_all(register, policy, found.pieces, TODAY)
    finally:
        register.close()
    for one in everyone:
        action = str(one.decision.action)
        result.levels[action] = result.levels.get(action, 0) + 1
    say(f"等级：按材料看过 {len(everyone)} 人")


def _class_report(result: DemoResult, name: str) -> tuple[str, dict[str, Any], Path]:
    out = result.folder / "reports"
    parameters = {"course": result.course, "assignment": name, "excel": out / f"class_{name}.xlsx"}
    return "class", parameters, out / f"class_{name}.html"


def _levels_parameters(result: DemoResult) -> dict[str, Any]:
    hr = result.folder / "hr"
    return {
        "register": f"sqlite:///{result.folder / 'levels.db'}",
        "today": TODAY.isoformat(),
        "courses": [result.course],
        "tables": [hr / "成绩.xlsx", hr / "业绩.xlsx"],
        "excel": result.folder / "reports" / "levels.xlsx",
    }
