"""The command `levels page`: the levels report as a page to filter, served by Voila on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from coursekit import resources
from coursekit.cli.levels_common import PolicyAt, RegisterAt, Today, day_from, register_from, say
from coursekit.cli.output import emit
from coursekit.errors import MissingToolError

app = typer.Typer()

_TEMPLATE = "coursekit"
_FOREIGN = re.compile(r"<(link|script)\b[^>]*https?://")


@app.command(help="等级报告做成可以挑着看的网页（只在本机）。例：coursekit levels page --register levels.db")
def page(
    register: RegisterAt = None,
    policy: PolicyAt = None,
    today: Today = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口；0 由系统挑。")] = 8866,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="是否打开浏览器。")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象，然后接着服务。")] = False,
) -> int:
    """Serve the report with its filters until the user stops it."""
    register_from(register, must_exist=True).close()
    if shutil.which("voila", path=str(Path(sys.executable).parent)) is None:
        raise MissingToolError("voila", "请装：pip install 'coursekit[voila]'。")
    with tempfile.TemporaryDirectory(prefix="coursekit-page-") as folder:
        notebook = write_page(Path(folder) / "levels.ipynb", register, policy, day_from(today).isoformat())
        command = [sys.executable, "-m", "voila", str(notebook), "--strip_sources=True", f"--port={port}"]
        command += ["--Voila.ip=127.0.0.1", f"--template={_TEMPLATE}"] + ([] if browser else ["--no-browser"])
        closed_network_template(Path(folder))
        paths = os.pathsep.join([folder, os.environ.get("JUPYTER_PATH", "")]).rstrip(os.pathsep)
        emit({"port": port, "served": True}, as_json, lambda: say("按 Ctrl-C 关掉。"))
        done = subprocess.run(command, check=False, env={**os.environ, "JUPYTER_PATH": paths})
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


def write_page(path: Path, register: str | None, policy: Path | None, today: str) -> Path:
    """The report's notebook with its parameters and the filters, ready to be served."""
    import jupytext
    import nbformat
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    from coursekit.certification.database import address

    notebook = jupytext.read(resources.notebooks() / "reports" / "levels.py", fmt="py:percent")
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    parameters = {
        "register": address(register),
        "policy": str(policy.resolve()) if policy else "",
        "today": today,
        "interactive": True,
    }
    jupytext.write(notebook, path)
    nbformat.write(parameterize_notebook(load_notebook_node(str(path)), parameters), path)
    return path
