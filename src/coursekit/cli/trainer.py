"""Commands of the group `trainer`: a cohort's course, collecting, grading, feedback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from coursekit.cli.output import emit, say, stderr
from coursekit.cli.trainer_console import console
from coursekit.cli.trainer_due import again, due, rules

if TYPE_CHECKING:
    from coursekit.grading import GradeReport
    from coursekit.grading.collected import CollectReport
    from coursekit.grading.options import OnProgress

app = typer.Typer(no_args_is_help=True)
course = typer.Typer(no_args_is_help=True, help="培训班的课程文件夹。")
app.add_typer(course, name="course")
course.command("due")(due)
course.command("rules")(rules)
course.command("again")(again)
app.command("console")(console)

FOLDER = typer.Argument(help="课程文件夹。")
ASSIGNMENT = typer.Argument(help="作业名，例如 03_figures。")
JSON = typer.Option(False, "--json", help="只输出一个 JSON 对象。")
_SHOWN = 12


@course.command("new")
def new(
    folder: Path = typer.Argument(help="新建的课程文件夹。"),
    title: str = typer.Option("", "--title", help="班名。"),
    assignment: list[str] = typer.Option(
        [], "--assignment", "-a", help="只放这些练习（可多次）；默认全部练习；案例要写明，如 -a K01_beihuan。"
    ),
    roster: Path | None = typer.Option(None, "--roster", help="学员名单 CSV：学员编号、姓名、单位。"),
    as_json: bool = JSON,
) -> int:
    """新建一个班的课程（nbgrader 课程）；再运行一次只补缺的。例：coursekit course new 春季班 --roster 名单.csv"""
    from coursekit.grading.new_course import new_course

    made = new_course(folder, title=title, names=assignment or None, roster=roster)

    def human() -> None:
        say(f"课程文件夹：{made.folder}")
        say(f"练习 {len(made.assignments)} 个，名单上 {made.students} 人。发给学员的在 release 文件夹。")
        if not made.students:
            say("名单是空的：填 roster.csv 后再运行一次，收作业时就能按编号和姓名认人。")

    payload = {"folder": str(made.folder), "assignments": list(made.assignments), "students": made.students}
    emit(payload, as_json, human)
    return 0


@app.command()
def collect(
    folder: Path = FOLDER,
    assignment: str = ASSIGNMENT,
    files: list[Path] = typer.Argument(help="收到的 zip、notebook，或装着它们的文件夹。"),
    student: str | None = typer.Option(None, "--student", help="这些文件都是这一位学员的。"),
    time: str = typer.Option("arrived", "--time", help="何时算交：arrived、packed 或一个时间。"),
    as_json: bool = JSON,
) -> int:
    """收作业：认人、放好、坏的另放并说明原因。例：coursekit collect 春季班 03_figures 收到的作业"""
    from coursekit.grading.collect import collect as run

    report = run(folder, assignment, files, student=student, time=time)
    emit(report.as_json(), as_json, lambda: _show_collected(report))
    return 1 if report.needs_person else 0


def _show_collected(report: CollectReport) -> None:
    from coursekit.grading.collected import STATUS_TEXT
    from coursekit.grading.feedback import late_text

    content = report.as_json()
    taken = sum(item.status in ("stored", "replaced") for item in report.items)
    say(f"{report.assignment}：看了 {len(report.items)} 份，新收下 {taken} 份，"
         f"没收下 {content['counts']['quarantined']} 份，迟交 {content['late']} 份。")  # fmt: skip
    for item in report.items:
        late = f"（{late_text(item.seconds_late)}）" if item.seconds_late else ""
        who = item.student or "?"
        say(f"  {who:10} {STATUS_TEXT[item.status]}{late}  {item.file}")
        for note in (item.reason, *item.notes):
            if note:
                say(f"             {note}")
    if content["counts"]["quarantined"]:
        say(f"没收下的存在：{report.quarantine}")
    if report.missing:
        more = " 等" if len(report.missing) > _SHOWN else ""
        say(f"名单上还没有交的 {len(report.missing)} 人：{'、'.join(report.missing[:_SHOWN])}{more}")


@app.command()
def grade(
    folder: Path = FOLDER,
    assignment: str = ASSIGNMENT,
    workers: int | None = typer.Option(None, "--workers", help="同时批改几份；默认与处理器核数相同。"),
    mode: str | None = typer.Option(None, "--mode", help="strict 或 compatible；默认按课程的设置。"),
    cluster: str | None = typer.Option(None, "--cluster", help="dask 调度器地址，让别的机器一起批改。"),
    force: bool = typer.Option(False, "--force", help="评过的也重新批改。"),
    allow_unsealed: bool = typer.Option(False, "--allow-unsealed", help="没有隔离工具也批改（会提醒）。"),
    student: list[str] = typer.Option([], "--student", help="只批改这些学员（可多次）。"),
    cell_seconds: float | None = typer.Option(None, "--cell-seconds", help="每一格最多运行多少秒。"),
    as_json: bool = JSON,
) -> int:
    """批改：停了再运行会接着做；分数连同你定的分，迟交扣分不在内。例：coursekit grade 春季班 03_figures"""
    from dataclasses import replace

    from coursekit.grading import GradeOptions, Limits
    from coursekit.grading.second_try import grade_by_policy

    limits = Limits() if cell_seconds is None else replace(Limits(), cell_seconds=cell_seconds)
    options = GradeOptions(
        mode=mode,  # type: ignore[arg-type]  # GradeOptions refuses what is neither
        workers=workers,
        force=force,
        allow_unsealed=allow_unsealed,
        students=tuple(student) or None,
        cluster=cluster,
        limits=limits,
    )
    with progress_bar(assignment, quiet=as_json) as on_progress:
        report = grade_by_policy(folder, assignment, options, on_progress)
    emit(report.as_json(), as_json, lambda: _show_graded(report))
    return 0 if all(row.status == "graded" for row in report.submissions) else 1


@contextmanager
def progress_bar(title: str, *, quiet: bool) -> Iterator[OnProgress]:
    """A bar on standard error with count, rate, time left and flags, fed by the grading engine."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from coursekit.grading.options import Progress as State

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[more]}"),
    )
    with Progress(*columns, console=stderr, disable=quiet, transient=True) as bar:
        task = bar.add_task(title, total=None, more="准备中")

        def show(state: State) -> None:
            left = "" if state.seconds_left is None else f" 还要 {_clock(state.seconds_left)}"
            text = f"{state.rate:.1f} 份/秒{left} 要人看 {state.flagged}"
            bar.update(task, total=state.total, completed=state.done, more=text)

        yield show


def _clock(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 100 else f"{seconds / 60:.0f} 分钟"


def _show_graded(report: GradeReport) -> None:
    from coursekit.grading.standings import STATE_TEXT

    rows = report.submissions
    count = {
        state: sum(row.status == state for row in rows) for state in ("graded", "needs_review", "not_run")
    }
    say(f"{report.assignment}：{len(rows)} 份，已评 {count['graded']} 份，要你看 {count['needs_review']} 份，"
         f"没能批改 {count['not_run']} 份（不是零分），用了 {report.wall_seconds:.1f} 秒。")  # fmt: skip
    for row in rows:
        if row.status == "graded" and not row.flags:
            continue
        score = "没有分数" if row.score is None else f"{row.score:g}/{row.max_score:g}"
        say(f"  {row.student:10} {STATE_TEXT[row.status]}  {score}")
        for flag in row.flags[:4]:
            say(f"             {flag}")


@app.command()
def similarity(
    folder: Path = FOLDER,
    assignment: str = ASSIGNMENT,
    threshold: float | None = typer.Option(
        None, "--threshold", help="自己写的部分有多大一份相同才报，0 到 1；默认照政策文件。"
    ),
    tokens: int | None = typer.Option(None, "--tokens", help="相同的至少有多长才报；默认照政策文件。"),
    out: Path | None = typer.Option(None, "--out", help="并排对照的网页写到哪里。"),
    as_json: bool = JSON,
) -> int:
    """比较答卷：谁和谁特别像，并排列出来请人看；不改分数。例：coursekit similarity 春季班 03_figures"""
    from coursekit.grading.similarity import similarity as run
    from coursekit.grading.similarity_page import KIND_TEXT

    report = run(folder, assignment, threshold, tokens, out)

    def human() -> None:
        say(f"{assignment}：比较了 {report.compared} 份，{len(report.pairs)} 对相似。分数没有变。")
        for pair in report.pairs[:_SHOWN]:
            likeness = f"{KIND_TEXT[pair.kind]}相似 {pair.likeness:.0%}"
            say(f"  {pair.first} 和 {pair.second}：{likeness}")
        if len(report.pairs) > _SHOWN:
            say(f"  另有 {len(report.pairs) - _SHOWN} 对，见网页。")
        say(f"并排对照：{report.page}")

    emit(report.as_json(), as_json, human)
    return 1 if report.pairs else 0


@app.command()
def feedback(
    folder: Path = FOLDER,
    assignment: str = ASSIGNMENT,
    student: list[str] = typer.Option([], "--student", help="只写给这些学员（可多次）。"),
    as_json: bool = JSON,
) -> int:
    """写反馈：每人一页，没有答案，没有别人的数据。例：coursekit feedback 春季班 03_figures"""
    from coursekit.grading.feedback import write_feedback

    report = write_feedback(folder, assignment, student or None)

    def human() -> None:
        say(f"{assignment}：写好 {len(report.pages)} 页反馈，在 {folder / 'feedback'}。")
        if report.without:
            say(f"还没有批改或没有交，没有反馈：{'、'.join(report.without)}")

    emit(report.as_json(), as_json, human)
    return 0 if report.pages else 1
