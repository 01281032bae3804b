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
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from coursekit.errors import CoursekitError, MissingToolError
from coursekit.grading import memory_cap, stage
from coursekit.grading.inside.framing import BadMessageError, TooLargeError, receive, send
from coursekit.grading.options import Limits
from coursekit.grading.sandbox import FIRST_UID, no_seal, seal

MOST_REPLY = 32 << 20
START_SECONDS = 120.0
FAMILY_SECONDS = 60.0
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


class Family:
    """A process that has one learner's tables ready: what is forked from it finds them made.

    Parameters
    ----------
    link : socket
        To it.
    watch : int
        Its pidfd.

    Raises
    ------
    GoneError
        If it does not get ready.
    """

    def __init__(self, link: socket.socket, watch: int) -> None:
        self._link, self._watch = link, watch
        link.settimeout(FAMILY_SECONDS)
        try:
            if not link.recv(4096):
                raise GoneError("family: ended")
        except (OSError, GoneError) as error:
            self.close()
            raise GoneError(f"family: {error}") from None

    def forked(self, request: bytes, sockets: list[int]) -> int:
        """Handle of a new process."""
        try:
            socket.send_fds(self._link, [request], sockets)
            raw, handles, _, _ = socket.recv_fds(self._link, 4096, 1)
        except OSError as error:
            raw, handles = str(error).encode(), []
        if not handles:
            raise GoneError(f"fork: {raw[:200]!r}")
        return handles[0]

    def rules(self, key: dict[str, Any]) -> dict[str, Any]:
        """Rules of an exercise's key for this learner; none if they cannot be had here.

        Only to be asked when nothing of the learner's will be forked any more.
        """
        with contextlib.suppress(OSError, ValueError):
            self._link.send(json.dumps({"key": key}).encode())
            found = json.loads(self._link.recv(1 << 20))
            return found if isinstance(found, dict) else {}
        return {}

    def close(self) -> None:
        """End it and all it forked."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._watch, signal.SIGKILL)
        self._link.close()
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
    tables : sequence of str
        Tables of which every learner has an own one.
    """

    def __init__(
        self, sealed: bool, limits: Limits, imports: tuple[str, ...] = (), tables: tuple[str, ...] = ()
    ) -> None:
        self.sealed, self._limits, self._imports, self._tables = sealed, limits, imports, tables
        self.stage = stage.make()
        self._lock = threading.RLock()
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
            told = {"sealed": self.sealed, "imports": self._imports, "tables": self._tables}
            self._link.send(json.dumps(told).encode())

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

    def family(self, learner: str) -> Family:
        """A process that makes the tables of `learner`, to fork both sides of the hand-in from.

        Raises
        ------
        GoneError
            If it ended before it was ready.
        """
        link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        request = {"role": "family", "tables": self._tables, "learner": learner}
        try:
            watch = self._forked(json.dumps(request).encode(), [theirs.fileno()])
        except GoneError:
            link.close()
            raise
        finally:
            theirs.close()
        return Family(link, watch)

    def fork(
        self,
        role: str,
        slot: int,
        folder: Path,
        questions: socket.socket,
        quick: bool = False,
        family: Family | None = None,
    ) -> Side:
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
        family : Family, optional
            Where it is forked from, if not from the warm process itself.

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
            forked = self._forked if family is None else family.forked
            side = Side(control, forked(request, [theirs.fileno(), questions.fileno()]))
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
