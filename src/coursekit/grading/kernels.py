"""The driver's end of the warm process: ask it for processes, talk to them, end them."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from coursekit.errors import CoursekitError, MissingToolError
from coursekit.grading import memory_cap
from coursekit.grading.inside.framing import BadMessageError, TooLargeError, receive, send
from coursekit.grading.options import Limits
from coursekit.grading.sandbox import FIRST_UID, no_seal, seal

MOST_REPLY = 32 << 20
STAGE = "coursekit-stage-"
START_SECONDS = 120.0
TRIAL_SLOT = 900
MOST_RESTARTS = 20
STARTER = ThreadPoolExecutor(1, thread_name_prefix="coursekit-start")
"""Starts warm processes: bubblewrap ends when the thread that started it does, and this one stays."""


class SealError(MissingToolError):
    """This machine has bubblewrap but does not let it do its work."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        todo = "多半是系统不许普通用户建命名空间，请管理员放开；确认答卷可信，可以加 --allow-unsealed。"
        super().__init__("能用的隔离", f"{reason}。{todo}")

    def __reduce__(self) -> tuple[type[SealError], tuple[str]]:  # type: ignore[override]
        """Keep the fields when the error crosses a process."""
        return type(self), (self.reason,)


class GoneError(Exception):
    """A process ended, or said what it must not say."""


class Side:
    """One confined process: its control socket and a handle that cannot be mistaken for another process."""

    def __init__(self, control: socket.socket, watch: int) -> None:
        self._control, self._watch = control, watch

    def ask(self, message: dict[str, Any] | None, seconds: float) -> dict[str, Any]:
        """Send a message (None: only listen on) and wait for the reply.

        Raises
        ------
        TimeoutError
            If none comes in time.
        GoneError
            If none can come any more.
        """
        try:
            if message is not None:
                self._control.settimeout(10)
                send(self._control, message)
            self._control.settimeout(max(seconds, 0.01))
            return receive(self._control, MOST_REPLY)
        except TimeoutError:
            if message is not None and self._control.gettimeout() == 10:
                raise GoneError("does not listen") from None
            raise
        except (EOFError, OSError, BadMessageError, TooLargeError) as error:
            raise GoneError(type(error).__name__) from None

    def signal(self, number: signal.Signals) -> None:
        """Signal it, if it still lives."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._watch, number)

    def interrupt(self) -> None:
        """Stop the code it runs."""
        self.signal(signal.SIGINT)

    def kill(self) -> None:
        """End it and, with its namespace, all it started."""
        self.signal(signal.SIGKILL)

    def close(self) -> None:
        """End it and let go."""
        self.kill()
        self._control.close()
        os.close(self._watch)


class WarmProcess:
    """The zygote, sealed or not, and its stage folder.

    Parameters
    ----------
    sealed : bool
        Under bubblewrap.
    limits : Limits
        For every process it forks.
    imports : sequence of str
        Modules to import before the first fork.

    """

    def __init__(self, sealed: bool, limits: Limits, imports: tuple[str, ...] = ()) -> None:
        self.sealed, self._limits, self._imports = sealed, limits, imports
        _sweep()
        self.stage = Path(tempfile.mkdtemp(prefix=f"{STAGE}{os.getpid()}-"))
        self._lock = threading.RLock()
        _font_cache(self.stage / "mpl")
        self._seal = seal(self.stage) if sealed else no_seal(self.stage)
        self._log = (self.stage / "mpl" / "zygote.log").open("wb")
        self._restarts, self._closed, self._tried = 0, False, False
        self._cap = memory_cap.make()
        self._start()

    def _start(self) -> None:
        self._link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [
            *self._cap.command,
            *self._seal.command,
            sys.executable,
            "-m",
            "coursekit.grading.inside.zygote",
            str(theirs.fileno()),
        ]
        self._process = STARTER.submit(
            subprocess.Popen,
            command,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            pass_fds=(theirs.fileno(),),
            env={**self._seal.environment, "PATH": os.environ.get("PATH", os.defpath)},
            start_new_session=True,
        ).result()
        theirs.close()
        self._link.settimeout(START_SECONDS)
        self._is_ready = False
        with contextlib.suppress(OSError):  # `ready` will say what went wrong
            self._link.send(json.dumps({"sealed": self.sealed, "imports": list(self._imports)}).encode())

    def ready(self) -> None:
        """Wait until it has warmed up; meanwhile the caller may have done something else.

        Raises
        ------
        CoursekitError
            If it does not start.
        """
        with self._lock:
            while not self._is_ready:
                try:
                    answer = json.loads(self._link.recv(4096) or b"{}")
                except (OSError, ValueError):
                    answer = {}
                self._is_ready = answer.get("threads") == 1
                if not self._is_ready and not (self._restarts and self._start_again()):
                    reason = self._reason()
                    self.close()
                    raise (
                        SealError(reason)
                        if self.sealed
                        else CoursekitError(f"批改用的进程没有启动：{reason}")
                    )
        if self.sealed and not self._tried:
            self._tried = True
            self._try_one()

    def _start_again(self) -> bool:
        """Replace a warm process that was ended from outside, short of memory perhaps."""
        if self._closed or self._restarts >= MOST_RESTARTS:
            return False
        self._restarts += 1
        self._link.close()
        self._process.kill()
        self._process.wait()
        self._start()
        return True

    def _try_one(self) -> None:
        """Confine one process to see that this kernel lets us; some forbid it to ordinary users."""
        empty = self.stage / "empty"
        empty.mkdir(exist_ok=True)
        mine, theirs = socket.socketpair()
        try:
            self.fork("learner", TRIAL_SLOT, empty, mine).close()
        except GoneError as error:
            raise SealError(str(error)) from None
        finally:
            theirs.close()

    def _reason(self) -> str:
        with contextlib.suppress(OSError):
            self._log.flush()
            text = (self.stage / "mpl" / "zygote.log").read_text(errors="replace").strip()
            return text.splitlines()[-1] if text else "没有说明原因"
        return "没有说明原因"

    def fork(self, role: str, slot: int, folder: Path, questions: socket.socket, quick: bool = False) -> Side:
        """A new confined process.

        Parameters
        ----------
        role : str
            "learner" or "tester".
        slot : int
            Number of the worker; each has its own users, so that limits are its own.
        folder : Path
            Below the stage; the process gets a copy (unsealed: this very folder).
        questions : socket
            Its end of the line between the two; closed here.
        quick : bool
            Plain tracebacks, and figures drawn only once.

        Raises
        ------
        GoneError
            If it could not be confined.
        """
        control, theirs = socket.socketpair()
        uid = FIRST_UID + 2 * slot + (role == "tester") if self._seal.drops else None
        cage = {
            "uid": uid,
            "files": folder.relative_to(self.stage).as_posix(),
            "readable": self._seal.readable,
            "memory_mb": self._limits.memory_mb,
            "disk_mb": self._limits.disk_mb,
            "processes": self._limits.processes,
            "cpu_seconds": self._limits.cpu_seconds,
        }
        request = json.dumps({"role": role, "cage": cage, "folder": str(folder), "quick": quick}).encode()
        try:
            side = Side(control, self._forked(request, [theirs.fileno(), questions.fileno()]))
        except GoneError:
            control.close()
            raise
        finally:
            theirs.close()
            questions.close()
        try:
            hello = side.ask(None, 30)
        except TimeoutError:
            side.close()
            raise GoneError("start: timeout") from None
        except GoneError:
            side.close()
            raise
        if "ready" not in hello:
            side.close()
            raise GoneError(f"seal: {hello.get('failed')}")
        return side

    def _forked(self, request: bytes, sockets: list[int]) -> int:
        """Handle of a new process."""
        while True:
            self.ready()
            with self._lock:
                try:
                    socket.send_fds(self._link, [request], sockets)
                    raw, handles, _, _ = socket.recv_fds(self._link, 4096, 1)
                except OSError as error:
                    raw, handles = str(error).encode(), []
                if handles:
                    return handles[0]
                if raw.startswith(b"{") or not self._start_again():
                    raise GoneError(f"fork: {raw[:200]!r}")

    def restarts(self) -> int:
        """How often it had to be started again; a process may have ended because this one did."""
        with self._lock:
            if self._is_ready and not self._lives():
                self._start_again()
            return self._restarts

    def _lives(self) -> bool:
        """It speaks only when asked: anything to read now is its end."""
        return self._process.poll() is None and not select.select([self._link], [], [], 0)[0]

    def close(self) -> None:
        """End it and everything it forked."""
        self._closed = True
        self._link.close()  # it ends by itself then, and what it forked with it
        try:
            self._process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        self._cap.close()
        shutil.rmtree(self.stage, ignore_errors=True)


def _sweep() -> None:
    """Remove stage folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{STAGE}*-*"):
        number = folder.name.removeprefix(STAGE).split("-")[0]
        if not number.isdigit() or folder.is_symlink() or _is_running(int(number)):
            continue
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == os.geteuid():
                shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _font_cache(folder: Path) -> None:
    """Give the warm process this machine's list of fonts, which takes seconds to make."""
    folder.mkdir()
    for path in _matplotlib_cache().glob("fontlist-*.json"):
        shutil.copy(path, folder)


def _matplotlib_cache() -> Path:
    """Where matplotlib keeps it on Linux; asking matplotlib itself would cost a second."""
    if "MPLCONFIGDIR" in os.environ:
        return Path(os.environ["MPLCONFIGDIR"])
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "matplotlib"
