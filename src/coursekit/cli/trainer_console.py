"""The command `console`: the trainer's page with buttons instead of commands."""

from __future__ import annotations

from pathlib import Path

import typer

from coursekit.cli.serving import serve_page


def console(
    folder: Path = typer.Argument(help="课程文件夹；同一处的别的班也能在页面上选。"),
    browser: bool = typer.Option(True, "--browser/--no-browser", help="启动后打开浏览器。"),
    port: int | None = typer.Option(None, "--port", help="网页端口（默认从 8866 起找空着的）。"),
    as_json: bool = typer.Option(False, "--json", help="只输出一个 JSON 对象。"),
) -> int:
    """打开培训师的控制台网页：收、批、看、反馈都用按钮。例：coursekit console 春季班"""
    from coursekit.console.served import console_page

    page = console_page(folder)
    return serve_page(page, port, {"course": str(folder)}, browser=browser, as_json=as_json)
