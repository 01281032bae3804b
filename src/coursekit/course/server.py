"""Start a server of this machine (JupyterLab on a workspace), wait until it answers, and stop it again."""

from __future__ import annotations

import contextlib
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coursekit.course import lab
from coursekit.course.workspace import KIT_FOLDER
from coursekit.errors import CoursekitError, InputError

_PATIENCE = 120.0  # a cold start from a slow disk [s]


@dataclass(frozen=True)
class Running:
    """A JupyterLab that answers: its address with token, and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def wait(self) -> int:
        """Wait until the server ends; its exit code."""
        return self.process.wait()


@contextlib.contextmanager
def running(workspace: Path, port: int | None = None) -> Iterator[Running]:
    """Serve `workspace` to this machine for as long as the block runs.

    Raises
    ------
    InputError
        If `port` is taken.
    CoursekitError
        If JupyterLab ends or does not answer in time; the message holds the end of its log.
    """
    workspace = workspace.resolve()
    lab.write_settings(workspace)
    port, token = free_port(port), secrets.token_urlsafe(24)
    service = Service(
        "JupyterLab",
        lab.command(workspace, port),
        workspace,
        lab.environment(workspace, token),
        workspace / KIT_FOLDER / "jupyterlab.log",
        port,
        token,
    )
    with serving(service, "/api/status") as process:
        yield Running(lab.welcome_url(port, token), process)


@dataclass(frozen=True)
class Service:
    """A program that serves pages: its name for people, how it is started, where its log goes, how to ask it."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path
    port: int
    token: str


@contextlib.contextmanager
def serving(service: Service, probe: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `service` for as long as the block runs, entered once its page `probe` answers.

    Raises
    ------
    CoursekitError
        If it ends or does not answer in time; the message holds the end of its log.
    """
    with service.log.open("wb") as out:
        process = subprocess.Popen(
            service.command,
            cwd=service.folder,
            env=service.environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            request = urllib.request.Request(f"http://127.0.0.1:{service.port}{probe}")
            request.add_header("Authorization", f"token {service.token}")
            _wait_for(process, request, service)
            yield process
        finally:
            _stop(process)


def free_port(asked: int | None, first: int = 8888) -> int:
    """A free port of this machine: the asked one, else the first free one from `first` on.

    Raises
    ------
    InputError
        If the asked port is taken.
    """
    for port in [asked] if asked else [*range(first, first + 50), 0]:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise InputError(f"端口 {asked}", "空着的端口", "别的程序在用", "请换一个 --port，或不写让程序自己找。")


def _wait_for(process: subprocess.Popen[bytes], request: urllib.request.Request, service: Service) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with opener.open(request, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    tail = "\n".join(service.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
    raise CoursekitError(f"{service.name} 没有启动。日志 {service.log} 的最后几行：\n{tail}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
