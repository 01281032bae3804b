"""Commands of the group `report`: HTML pages for trainers, learners and HR, Excel where it is a table."""

from __future__ import annotations

from pathlib import Path

import typer

from coursekit.cli.levels_common import Courses, PolicyAt, RegisterAt, Tables, Today
from coursekit.cli.output import emit, say

app = typer.Typer(no_args_is_help=True, help="报告：全班、学员、试题、等级（网页，表另存 Excel）。")

FOLDER = typer.Argument(help="课程文件夹。")
JSON = typer.Option(False, "--json", help="只输出一个 JSON 对象。")
OUT = typer.Option(None, "--out", help="网页写到哪里。")


def _done(name: str, html: Path, excel: Path | None, as_json: bool) -> int:
    def human() -> None:
        say(f"报告：{html}")
        if excel is not None:
            say(f"表格：{excel}")

    emit({"report": name, "html": str(html), "excel": str(excel) if excel else None}, as_json, human)
    return 0


@app.command("class")
def class_(
    folder: Path = FOLDER,
    assignment: str = typer.Argument(help="作业名，例如 03_figures。"),
    out: Path | None = OUT,
    as_json: bool = JSON,
) -> int:
    """全班报告：谁要看、哪题没学会、每个人。例：coursekit report class 春季班 03_figures"""
    from coursekit import reports
    from coursekit.grading.settings import read_cohort
    from coursekit.grading.standings import require_assignment

    read_cohort(folder)
    require_assignment(folder, assignment)
    html = (out or folder / "reports" / f"class_{assignment}.html").resolve()
    excel = html.with_suffix(".xlsx")
    reports.run("class", {"course": folder, "assignment": assignment, "excel": excel}, html)
    return _done("class", html, excel, as_json)


@app.command()
def learner(
    folder: Path = FOLDER,
    student: str = typer.Argument(help="学员编号。"),
    out: Path | None = OUT,
    as_json: bool = JSON,
) -> int:
    """一位学员的报告：做到了什么、接下来看哪里。例：coursekit report learner 春季班 kh0001"""
    from coursekit import reports
    from coursekit.grading.settings import read_cohort

    read_cohort(folder)
    html = (out or folder / "reports" / f"learner_{Path(student).name}.html").resolve()
    reports.run("learner", {"course": folder, "student": student}, html)
    return _done("learner", html, None, as_json)


@app.command()
def items(
    source: Path = typer.Argument(help="成绩表 CSV（一行一人，一列一题，0 或 1），或课程文件夹。"),
    assignment: str | None = typer.Argument(None, help="课程文件夹里的作业名。"),
    model: str = typer.Option("auto", "--model", help="ctt、1pl、2pl 或 auto。"),
    title: str = typer.Option("试题分析", "--title", help="报告的标题。"),
    out: Path | None = OUT,
    as_json: bool = JSON,
) -> int:
    """试题报告：哪些题太难、太易、区分不开。例：coursekit report items 成绩.csv"""
    import tempfile

    from coursekit import reports
    from coursekit.errors import InputError

    base = source.parent if source.is_file() else source / "reports"
    html = (out or base / f"items_{assignment or source.stem}.html").resolve()
    excel = html.with_suffix(".xlsx")
    with tempfile.TemporaryDirectory(prefix="coursekit-items-") as folder:
        scores = source
        if source.is_dir():
            if assignment is None:
                raise InputError("作业名", "课程文件夹后面写作业名", "没有写", "例如 03_figures。")
            scores = _scores(source, assignment, Path(folder) / f"{assignment}.csv")
        parameters = {"scores": scores, "model": model, "title": title, "excel": excel}
        if source.is_dir() and assignment is not None:
            parameters["choices"] = _choices(source, assignment, Path(folder) / "choices.csv")
        reports.run("items", parameters, html)
    return _done("items", html, excel if excel.is_file() else None, as_json)


def _scores(course: Path, assignment: str, target: Path) -> Path:
    """Score table of an assignment as a CSV."""
    from coursekit.errors import InputError
    from coursekit.grading import papers
    from coursekit.grading.overview import score_table
    from coursekit.grading.settings import read_cohort
    from coursekit.grading.standings import require_assignment, standings
    from coursekit.grading.tasks import read_exercise

    read_cohort(course)
    require_assignment(course, assignment)
    rows = standings(course, assignment)
    if papers.is_paper(course, assignment):
        table = papers.score_table(course, assignment, rows)
    else:
        table = score_table(rows, read_exercise(course, assignment))
    if len(table) < 2:
        raise InputError(
            f"{course.name}/{assignment}", "至少两份评完的作业", f"{len(table)} 份", "先批改，并看完要看的。"
        )
    table.to_csv(target, index=False)
    return target


def _choices(course: Path, assignment: str, target: Path) -> Path | str:
    """Which option drew whom, of a drawn paper, as a CSV; an empty text for an exercise."""
    from coursekit.grading import papers
    from coursekit.grading.standings import standings

    if not papers.is_paper(course, assignment):
        return ""
    papers.choice_table(course, assignment, standings(course, assignment)).to_csv(target, index=False)
    return target


@app.command()
def levels(
    course: Courses = None,
    table: Tables = None,
    register: RegisterAt = None,
    policy: PolicyAt = None,
    today: Today = None,
    out: Path | None = OUT,
    as_json: bool = JSON,
) -> int:
    """等级报告：谁是哪一级、谁该变、差什么。例：coursekit report levels --register levels.db --course 春季班"""
    from coursekit import reports
    from coursekit.certification.database import address
    from coursekit.cli.levels_common import day_from, register_from

    register_from(register, must_exist=True).close()
    html = (out or Path("reports") / "levels.html").resolve()
    excel = html.with_suffix(".xlsx")
    parameters = {
        "register": address(register),
        "policy": str(policy.resolve()) if policy else "",
        "today": day_from(today).isoformat(),
        "courses": list(course or []),
        "tables": list(table or []),
        "excel": excel,
    }
    reports.run("levels", parameters, html)
    return _done("levels", html, excel, as_json)
