"""The command `console`: the trainer's page with buttons instead of commands."""

from __future__ import annotations

import signal
import webbrowser
from pathlib import Path

import typer

from coursekit.cli.output import emit, stdout


def console(
    folder: Path = typer.Argument(help="课程文件夹；同一处的别的班也能在页面上选。"),
    browser: bool = typer.Option(True, "--browser/--no-browser", help="启动后打开浏览器。"),
    port: int | None = typer.Option(None, "--port", help="网页端口（默认从 8866 起找空着的）。"),
    as_json: bool = typer.Option(False, "--json", help="只输出一个 JSON 对象。"),
) -> int:
    """打开培训师的控制台网页：收、批、看、反馈都用按钮。例：coursekit console 春季班"""
    from coursekit.console import serve

    def ended(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, ended)
    with serve.running(folder, port) as page:

        def human() -> None:
            for line in (
                "控制台地址（只有这台电脑能打开）：",
                page.url,
                "用完以后，在这个窗口按 Ctrl+C 关闭。",
            ):
                stdout.print(line, markup=False, highlight=False, soft_wrap=True)

        emit({"course": str(folder), "url": page.url}, as_json, human)
        if browser:
            webbrowser.open(page.url)
        try:
            page.wait()
        except KeyboardInterrupt:
            if not as_json:
                stdout.print("已关闭。")
    return 0
