"""The command `levels page`: the levels report as a page to filter, served on this machine."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from coursekit.cli.levels_common import Courses, Tables
from coursekit.cli.levels_options import Desk, command
from coursekit.cli.serving import serve_page

app = typer.Typer()


@command(app, "等级报告做成可以挑着看的网页（只在本机）。例：coursekit levels page --register levels.db")
def page(
    desk: Desk,
    course: Courses = None,
    table: Tables = None,
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="网页端口（默认从 8866 起找空着的）。")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="是否打开浏览器。")] = True,
) -> int:
    """Serve the report with its filters until the user stops it."""
    from coursekit.certification.database import address, shown
    from coursekit.console.served import levels_page

    desk.open().close()
    with tempfile.TemporaryDirectory(prefix="coursekit-page-") as folder:
        places = {"courses": _whole(course), "tables": _whole(table), "policy": _whole([desk.policy])}
        more = {**places, "policy": "".join(places["policy"]), "today": desk.day.isoformat()}
        served = levels_page(Path(folder), desk.register, more)
        payload = {"register": shown(address(desk.register))}
        return serve_page(served, port, payload, browser=browser, as_json=desk.as_json)


def _whole(paths: Sequence[Path | None] | None) -> list[str]:
    """Paths that hold wherever Voila runs the notebook."""
    return [str(path.resolve()) for path in paths or () if path is not None]
