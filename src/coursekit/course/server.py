"""Start a server of this machine (JupyterLab on a workspace), wait until it answers, and stop it again."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coursekit.course import lab
from coursekit.course.workspace import KIT_FOLDER
from coursekit.errors import CoursekitError, InputError

_PATIENCE = 120.0  # a cold start from a slow disk [s]
_PORTS = 5  # tried one after another when others take them first


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
    token = secrets.token_urlsafe(24)

    def service(port: int) -> Service:
        return Service(
            "JupyterLab",
            lab.command(workspace, port),
            workspace,
            lab.environment(workspace, token),
            workspace / KIT_FOLDER / "jupyterlab.log",
            port,
            token,
            Probe("/api/status"),
        )

    with serving(service, port, 8888) as (started, process):
        yield Running(lab.welcome_url(started.port, token), process)


@dataclass(frozen=True)
class Probe:
    """A page that answers so only to whom holds the token, as on a port another program took it would not."""

    page: str
    answer: int = 200


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
    probe: Probe


@contextlib.contextmanager
def serving(
    on_port: Callable[[int], Service], asked: int | None, first: int
) -> Iterator[tuple[Service, subprocess.Popen[bytes]]]:
    """Run a service for as long as the block runs, entered once it answers.

    Two programs that look for a port in the same second find the same one free; which comes second goes on
    to the next.

    Parameters
    ----------
    on_port : callable
        The service as it is started on a port.
    asked : int or None
        The port it must have.
    first : int
        Where the search for a free port begins when none is asked for.

    Raises
    ------
    InputError
        If the asked port is taken.
    CoursekitError
        If the service ends or does not answer in time; the message holds the end of its log.
    """
    port = free_port(asked, first)
    with contextlib.ExitStack() as stack:
        for left in reversed(range(_PORTS)):
            service = on_port(port)
            try:
                process = stack.enter_context(_started(service))
                break
            except CoursekitError:
                if asked or not left or _is_free(port):
                    raise
            port = free_port(None, port + 1)
        yield service, process


@contextlib.contextmanager
def _started(service: Service) -> Iterator[subprocess.Popen[bytes]]:
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
            _wait_for(process, service)
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
    for port in [asked] if asked else range(first, first + 50):
        if _is_free(port):
            return port
    if not asked:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as any_other:
            any_other.bind(("127.0.0.1", 0))
            return int(any_other.getsockname()[1])
    raise InputError(f"端口 {asked}", "空着的端口", "别的程序在用", "请换一个 --port，或不写让程序自己找。")


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if (
            os.name == "posix"
        ):  # as servers do: a port left a minute ago is free (on Windows it means another thing)
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _wait_for(process: subprocess.Popen[bytes], service: Service) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{service.port}{service.probe.page}")
    request.add_header("Authorization", f"token {service.token}")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with opener.open(request, timeout=2) as page:
                answer = int(page.status)
        except urllib.error.HTTPError as error:
            answer = error.code
            error.close()
        except (urllib.error.URLError, OSError):
            answer = 0
        if answer == service.probe.answer:
            return
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
