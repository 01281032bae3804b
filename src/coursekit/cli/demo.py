"""The command `demo`: a whole grading session on the sample cohort."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from coursekit.cli.output import emit, notice, say

if TYPE_CHECKING:
    from coursekit.demo import DemoResult

app = typer.Typer(no_args_is_help=True)


@app.command()
def demo(
    folder: Path | None = typer.Argument(
        None, help="示范放在哪个文件夹（默认当前文件夹下的 coursekit-demo）。"
    ),
    lab: bool = typer.Option(True, "--lab/--no-lab", help="做完后打开 JupyterLab；--no-lab 不打开。"),
    allow_unsealed: bool = typer.Option(False, "--allow-unsealed", help="没有隔离工具也批改（会提醒）。"),
    as_json: bool = typer.Option(False, "--json", help="只输出一个 JSON 对象。"),
) -> int:
    """示范：16 位虚构客户经理的一整次批改，报告写好，打印路径。例：coursekit demo --no-lab"""
    from coursekit import demo as session

    place = folder or Path(session.FOLDER_NAME)
    result = session.run(place, notice, allow_unsealed=allow_unsealed)
    emit(result.as_json(), as_json, lambda: _show(result))
    if lab and not as_json:
        from coursekit.cli.learner import start

        return start(result.folder / "learner", "", "", browser=True, lab=True, port=None, as_json=False)
    return 0


def _show(result: DemoResult) -> None:
    lines = [f"示范做完了，都在 {result.folder}"]
    lines += [f"全班报告：{path}" for path in result.class_reports]
    lines += [
        f"学员报告：{result.learner_report}",
        f"等级报告：{result.levels_report}",
        f"每人的反馈：{result.course / 'feedback'}",
        f"nbgrader 课程：{result.course}",
    ]
    for line in lines:
        say(line)
