"""Serve a notebook as a page by Voila, to this machine only, behind a token."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coursekit.course.server import Probe, Running, Service, serving
from coursekit.errors import MissingToolError
from coursekit.grading import store

# No such kernel runs, which is said only to whom holds the token; Voila's other pages start one, or are for all.
_PROBE = Probe("/api/kernels/00000000-0000-0000-0000-000000000000", 404)
_SHARE = Path(__file__).parent / "share"


@dataclass(frozen=True)
class Page:
    """A notebook to serve: its name for people, where it lies, and a folder for the log and settings."""

    name: str
    notebook: Path
    private: Path


@contextlib.contextmanager
def running(page: Page, port: int | None = None) -> Iterator[Running]:
    """Serve `page` for as long as the block runs.

    Raises
    ------
    InputError
        If `port` is taken.
    CoursekitError
        If Voila ends or does not answer in time; the message holds the end of its log.
    """
    token = secrets.token_urlsafe(24)
    page.private.mkdir(parents=True, exist_ok=True)
    environment = _environment(_settings(page, token))
    log = page.private / f"{page.notebook.stem}.log"

    def service(port: int) -> Service:
        return Service(
            page.name, command(page, port), page.notebook.parent, environment, log, port, token, _PROBE
        )

    with serving(service, port, 8866) as (started, process):
        yield Running(f"http://127.0.0.1:{started.port}/?token={token}", process)


def need_voila(otherwise: str) -> None:
    """Refuse, before anything is written, where Voila is not installed; `otherwise` is what to do instead.

    Raises
    ------
    MissingToolError
        If Voila is not installed.
    """
    if importlib.util.find_spec("voila") is None:
        raise MissingToolError("Voila", f"请运行 pip install 'coursekit[voila]'，或{otherwise}。")


def command(page: Page, port: int) -> list[str]:
    """How Voila is started: no other host is asked, only this notebook served, no code shown."""
    foreign = "@jupyter/nbgrader", "jupyterlab-jupytext", "@jupyter-notebook/lab-extension"
    return [
        sys.executable, "-m", "voila", page.notebook.name, "--no-browser", f"--port={port}",
        "--Voila.port_retries=0",  # else it moves on to a port nobody is told of
        "--Voila.ip=127.0.0.1", "--template=coursekit", "--strip_sources=True",
        f"--VoilaConfiguration.file_allowlist={re.escape(page.notebook.name)}",
        *(f"--VoilaConfiguration.extension_denylist={name}" for name in foreign),
    ]  # fmt: skip


def _settings(page: Page, token: str) -> Path:
    """A folder of settings nobody else may read: there the token does not show in a process list."""
    folder = page.private / "voila"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    store.write_json(folder / "voila.json", {"Voila": {"token": token}})
    return folder


def _environment(settings: Path) -> dict[str, str]:
    """Of that process: where the page template and its settings lie."""
    added = {"JUPYTER_PATH": _SHARE, "JUPYTER_CONFIG_PATH": settings}
    paths = {name: [str(first), *filter(None, [os.environ.get(name)])] for name, first in added.items()}
    return {**os.environ, **{name: os.pathsep.join(parts) for name, parts in paths.items()}}
