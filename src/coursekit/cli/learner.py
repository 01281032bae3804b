"""Commands of the group `learner`: open the course."""

from __future__ import annotations

import signal
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from coursekit.cli.output import emit, say

if TYPE_CHECKING:
    from coursekit.course.workspace import Refresh

app = typer.Typer(no_args_is_help=True)
DEFAULT_FOLDER = "客户经理学习"


@app.command()
def start(
    folder: Path | None = typer.Argument(None, help=f"学习文件夹（默认是个人目录下的“{DEFAULT_FOLDER}”）。"),
    learner: str = typer.Option("", "--learner", help="工号，例如 kh0001；也可以在欢迎页上填。"),
    name: str = typer.Option("", "--name", help="姓名；和 --learner 一起用。"),
    due: list[Path] = typer.Option([], "--due", help="培训师发的截止时间文件（可多次），放进学习文件夹。"),
    browser: bool = typer.Option(True, "--browser/--no-browser", help="启动后打开浏览器。"),
    lab: bool = typer.Option(True, "--lab/--no-lab", help="启动 JupyterLab；--no-lab 只准备文件夹。"),
    port: int | None = typer.Option(None, "--port", help="网页端口（默认从 8888 起找空着的）。"),
    as_json: bool = typer.Option(False, "--json", help="只输出一个 JSON 对象。"),
) -> int:
    """准备或更新学习文件夹，并打开欢迎页；学员改过的文件不会被盖掉。例：coursekit start"""
    from coursekit import resources
    from coursekit.course import due as due_dates
    from coursekit.course import learner as who
    from coursekit.course import server, workspace
    from coursekit.course.files import write_whole

    place = (folder or Path.home() / DEFAULT_FOLDER).expanduser().resolve()
    person = who.learner(learner, name) if learner or name else None
    times = [due_dates.read(file) for file in due]
    done = workspace.refresh(place, resources.content_root())
    person = person or who.read(place)
    if person is not None:
        workspace.sign_in(place, person)
    for name_there, data in times:
        write_whole(place / name_there, data)
    payload = {"workspace": str(place), "learner": person.id if person else None, **done.as_json()}
    if not lab:
        emit({**payload, "url": None}, as_json, lambda: _tell(place, done))
        return 0
    signal.signal(signal.SIGTERM, _end)
    with server.running(place, port) as jupyter:
        emit({**payload, "url": jupyter.url}, as_json, lambda: _tell(place, done, jupyter.url))
        if browser:
            webbrowser.open(jupyter.url)
        try:
            jupyter.wait()
        except KeyboardInterrupt:
            if not as_json:
                say("已关闭。下次再运行同样的命令，接着学。")
    return 0


def _end(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


def _tell(place: Path, done: Refresh, url: str | None = None) -> None:
    lines = [f"学习文件夹：{place}"]
    if done.added:
        lines.append(f"新放进 {len(done.added)} 个文件")
    if done.updated:
        lines.append(f"换成新版 {len(done.updated)} 个文件（你没有改过的）")
    for yours, new in done.beside:
        lines.append(f"{yours} 你改过，原样留着；新版放在旁边：{new}")
    if url:
        lines += ["欢迎页地址（只有这台电脑能打开）：", url, "学完以后，在这个窗口按 Ctrl+C 关闭。"]
    for line in lines:
        say(line)
