"""Serve the console as a page of its own by Voila, to this machine only, behind a token."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

from coursekit.course.server import Running, Service, free_port, serving
from coursekit.errors import InputError, MissingToolError
from coursekit.grading import store
from coursekit.grading.new_course import CONSOLE, write_console
from coursekit.grading.settings import is_ours

_SHARE = Path(__file__).parent / "share"


@contextlib.contextmanager
def running(course: Path, port: int | None = None) -> Iterator[Running]:
    """Serve the console of `course` for as long as the block runs.

    Raises
    ------
    InputError
        If that is no course of ours or `port` is taken.
    MissingToolError
        If Voila is not installed.
    CoursekitError
        If Voila ends or does not answer in time; the message holds the end of its log.
    """
    course = course.resolve()
    if not is_ours(course):
        raise InputError(
            str(course),
            "coursekit 做的课程（有 coursekit.toml）",
            "别的文件夹",
            "先运行 coursekit course new 文件夹。",
        )
    if importlib.util.find_spec("voila") is None:
        raise MissingToolError(
            "Voila", "请运行 pip install 'coursekit[voila]'，或在 JupyterLab 里打开 console.ipynb。"
        )
    write_console(course)
    port, token = free_port(port, first=8866), secrets.token_urlsafe(24)
    log = course / store.PRIVATE / "console.log"
    log.parent.mkdir(exist_ok=True)
    environment = _environment(_settings(course, token))
    with serving(
        Service("控制台", command(port), course, environment, log, port, token), "/voila/static/voila.js"
    ) as process:
        yield Running(f"http://127.0.0.1:{port}/?token={token}", process)


def command(port: int) -> list[str]:
    """How Voila is started: no other host is asked, only the console served."""
    foreign = "@jupyter/nbgrader", "jupyterlab-jupytext", "@jupyter-notebook/lab-extension"
    return [
        sys.executable, "-m", "voila", CONSOLE, "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1",
        "--template=coursekit", "--VoilaConfiguration.file_allowlist=console[.]ipynb",
        *(f"--VoilaConfiguration.extension_denylist={name}" for name in foreign),
    ]  # fmt: skip


def _settings(course: Path, token: str) -> Path:
    """A folder of settings nobody else may read: there the token does not show in a process list."""
    folder = course / store.PRIVATE / "voila"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    store.write_json(folder / "voila.json", {"Voila": {"token": token}})
    return folder


def _environment(settings: Path) -> dict[str, str]:
    """Of that process: where the page template and its settings lie."""
    added = {"JUPYTER_PATH": _SHARE, "JUPYTER_CONFIG_PATH": settings}
    paths = {name: [str(first), *filter(None, [os.environ.get(name)])] for name, first in added.items()}
    return {**os.environ, **{name: os.pathsep.join(parts) for name, parts in paths.items()}}
