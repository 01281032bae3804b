"""Commands of the group `report`: HTML pages for trainers, learners and HR, Excel where it is a table."""

from __future__ import annotations

from pathlib import Path

import typer

from coursekit.cli.levels_common import Courses, PolicyAt, RegisterAt, Tables, Today
from coursekit.cli.output import emit, stdout

app = typer.Typer(no_args_is_help=True, help="报告：全班、学员、试题、等级（网页，表另存 Excel）。")

FOLDER = typer.Argument(help="课程文件夹。")
JSON = typer.Option(False, "--json", help="只输出一个 JSON 对象。")
OUT = typer.Option(None, "--out", help="网页写到哪里。")


def _done(name: str, html: Path, excel: Path | None, as_json: bool) -> int:
    def human() -> None:
        stdout.print(f"报告：{html}", markup=False, highlight=False, soft_wrap=True)
        if excel is not None:
            stdout.print(f"表格：{excel}", markup=False, highlight=False, soft_wrap=True)

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
