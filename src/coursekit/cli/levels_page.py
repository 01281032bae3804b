"""The command `levels page`: the levels report as a page to filter, served by Voila on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from coursekit import resources
from coursekit.cli.levels_common import Courses, Tables, say
from coursekit.cli.levels_options import Desk, command
from coursekit.errors import MissingToolError

app = typer.Typer()

_TEMPLATE = "coursekit"
_WIDGETS = "@jupyter-widgets/jupyterlab-manager"  # the one extension the page needs
_FOREIGN = re.compile(r"<(link|script)\b[^>]*https?://")


@command(app, "等级报告做成可以挑着看的网页（只在本机）。例：coursekit levels page --register levels.db")
def page(
    desk: Desk,
    course: Courses = None,
    table: Tables = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口；0 由系统挑。")] = 8866,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="是否打开浏览器。")] = True,
) -> int:
    """Serve the report with its filters until the user stops it."""
    desk.open().close()
    if shutil.which("voila", path=str(Path(sys.executable).parent)) is None:
        raise MissingToolError("voila", "请装：pip install 'coursekit[voila]'。")
    with tempfile.TemporaryDirectory(prefix="coursekit-page-") as folder:
        places = {"courses": _whole(course), "tables": _whole(table), "policy": _whole([desk.policy])}
        more = {**places, "policy": "".join(places["policy"]), "today": desk.day.isoformat()}
        notebook = write_page(Path(folder) / "levels.ipynb", desk.register, more)
        voila = [sys.executable, "-m", "voila", str(notebook), "--strip_sources=True", f"--port={port}"]
        voila += [f"--VoilaConfiguration.extension_allowlist=['{_WIDGETS}']"]
        voila += ["--Voila.ip=127.0.0.1", f"--template={_TEMPLATE}"] + ([] if browser else ["--no-browser"])
        closed_network_template(Path(folder))
        paths = os.pathsep.join([folder, os.environ.get("JUPYTER_PATH", "")]).rstrip(os.pathsep)
        desk.emit({"port": port, "served": True}, lambda: say("按 Ctrl-C 关掉。"))
        done = subprocess.run(voila, check=False, env={**os.environ, "JUPYTER_PATH": paths})
        return int(done.returncode != 0)


def closed_network_template(folder: Path) -> Path:
    """Voila's own template without its links to other hosts, in `folder`, which goes on JUPYTER_PATH."""
    original = Path(sys.prefix) / "share" / "jupyter" / "voila" / "templates" / "lab"
    copy = folder / "voila" / "templates" / _TEMPLATE
    shutil.copytree(original, copy)
    (copy / "conf.json").write_text('{"base_template": "lab"}\n', "utf-8")
    index = copy / "index.html.j2"
    lines = index.read_text("utf-8").splitlines(keepends=True)
    index.write_text("".join(line for line in lines if not _FOREIGN.search(line)), "utf-8")
    return index


def _whole(paths: Sequence[Path | None] | None) -> list[str]:
    """Paths that hold wherever Voila runs the notebook."""
    return [str(path.resolve()) for path in paths or () if path is not None]


def write_page(path: Path, register: str | None, more: Mapping[str, object]) -> Path:
    """The report's notebook with its parameters and the filters, ready to be served."""
    import jupytext
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    from coursekit.certification.database import address

    notebook = jupytext.read(resources.notebooks() / "reports" / "levels.py", fmt="py:percent")
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata["title"] = "客户经理等级"
    parameters = {**more, "register": address(register), "interactive": True}
    jupytext.write(notebook, path)
    nbformat.write(parameterize_notebook(load_notebook_node(str(path)), parameters), path)
    return path
