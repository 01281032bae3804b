"""Commands `course due`, `rules` and `again`: when, for whom, what being late costs, which hand-in counts."""

from __future__ import annotations

from pathlib import Path

import typer

from coursekit.cli.output import emit, say

FOLDER = typer.Argument(help="课程文件夹。")
JSON = typer.Option(False, "--json", help="只输出一个 JSON 对象。")
_COUNTED = {"first": "反馈之后又交的不计，只另存", "last": "计最后交的", "best": "计得分高的"}


def due(
    folder: Path = FOLDER,
    assignment: str = typer.Argument(help="作业名，例如 03_figures。"),
    time: str | None = typer.Argument(None, help="截止时间，例如 “2026-03-09 18:00”；不写就只看现在的。"),
    student: list[str] = typer.Option([], "--student", help="只给这些学员延期（可多次）。"),
    clear: bool = typer.Option(False, "--clear", help="取消截止时间（同 --student 一起用：取消延期）。"),
    as_json: bool = JSON,
) -> int:
    """定截止时间，或给学员延期，已收已评的也重新算。例：coursekit course due 春季班 03_figures "2026-03-09 18:00" --student kh0001"""
    from coursekit.errors import InputError
    from coursekit.grading.due import set_due
    from coursekit.grading.settings import read_cohort
    from coursekit.grading.standings import require_assignment

    if clear and time is not None:
        raise InputError("--clear", "只写 --clear，不写时间", time)
    if clear or time is not None:
        set_due(folder, assignment, time, student)
    else:
        read_cohort(folder)
        require_assignment(folder, assignment)
    settings, _ = read_cohort(folder)
    when = settings.due.get(assignment)
    extended = dict(settings.extensions.get(assignment, {}))

    def human() -> None:
        say(f"{assignment} 截止时间：{when:%Y-%m-%d %H:%M}" if when else f"{assignment} 没有定截止时间。")
        for who, own in sorted(extended.items()):
            say(f"  {who} 延期到 {own:%Y-%m-%d %H:%M}")
        if time is not None or clear:
            say("发下去的笔记本（release）里已写上；release/due.json 请发给全班，放进各自的学习文件夹。")
        if extended:
            say("延期的人另有一份，在 extensions 里，只发给本人。")

    payload = {
        "assignment": assignment,
        "due": when.isoformat() if when else None,
        "extensions": {who: own.isoformat() for who, own in sorted(extended.items())},
    }
    emit(payload, as_json, human)
    return 0


def rules(
    folder: Path = FOLDER,
    late_percent: float | None = typer.Option(
        None, "--late-percent", help="迟交每满一天（不足一天算一天）扣得分的百分之几；0 是不扣。"
    ),
    after_feedback: str | None = typer.Option(
        None, "--after-feedback", help="反馈之后又交的：first 不计，last 计新的，best 计高的。"
    ),
    as_json: bool = JSON,
) -> int:
    """看或改这个班的规定：迟交扣多少，反馈之后又交的计哪一份。例：coursekit course rules 春季班 --late-percent 5 --after-feedback best"""
    from coursekit.grading.due import set_rules

    settings = set_rules(folder, late_percent, after_feedback)

    def human() -> None:
        percent = settings.late_percent_per_day
        say(f"迟交：每天扣得分的 {percent:g}%。" if percent else "迟交：不扣分。")
        say(f"反馈之后又交的：{_COUNTED[settings.after_feedback]}。")
        if settings.after_feedback == "first":
            say("个别学员的要计，用 coursekit course again。")

    payload = {
        "late_percent_per_day": settings.late_percent_per_day,
        "after_feedback": settings.after_feedback,
    }
    emit(payload, as_json, human)
    return 0


def again(
    folder: Path = FOLDER,
    assignment: str = typer.Argument(help="作业名，例如 03_figures。"),
    student: str | None = typer.Option(None, "--student", help="哪一位学员；不写就只看现在的准许。"),
    reason: str = typer.Option("", "--reason", help="为什么准许，写进记录和报告。"),
    clear: bool = typer.Option(False, "--clear", help="取消这一位的准许。"),
    as_json: bool = JSON,
) -> int:
    """规定反馈之后又交的不计时，准许一位学员的计入。例：coursekit course again 春季班 03_figures --student kh0001 --reason 住院"""
    from coursekit.errors import InputError
    from coursekit.grading.again import allow, allowed, withdraw
    from coursekit.grading.settings import read_cohort
    from coursekit.grading.standings import require_assignment

    moved = False
    if student is None:
        if clear or reason:
            raise InputError("--student", "学员编号", "没有写")
        read_cohort(folder)
        require_assignment(folder, assignment)
    else:
        moved = withdraw(folder, assignment, student) if clear else allow(folder, assignment, student, reason)
    standing = allowed(folder, assignment)

    def human() -> None:
        for one in standing.values():
            say(f"{one.student} {one}")
        if not standing:
            say(f"{assignment} 没有准许。")
        if moved:
            say("计入的那一份换过了，请再运行一次 coursekit grade。")

    payload = {
        "assignment": assignment,
        "allowed": {
            one.student: {"reason": one.reason, "at": one.at.isoformat()} for one in standing.values()
        },
        "grade_again": moved,
    }
    emit(payload, as_json, human)
    return 1 if moved else 0
