"""The warm process: imports the scientific stack once, then forks a confined process per request.

`python -m coursekit.grading.inside.zygote FD` serves on a SEQPACKET socket. The first message is the
configuration, every other asks for one process and brings two sockets; the answer carries a pidfd. It
never runs learner code and never sees a test. It has one thread, else a fork would not be safe.

Where an exercise gives every learner tables of their own, a hand-in gets a family first: a fork that makes
these tables and then serves like the warm process itself, so that they are made once for all it forks.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
import tempfile
from typing import Any

from coursekit.grading.inside import confine, own_tables
from coursekit.grading.inside.framing import send
from coursekit.grading.inside.learner import LearnerSide
from coursekit.grading.inside.shell import (
    Outputs,
    be_quick,
    forget,
    make_shell,
    use_streams,
    without_terminals,
)  # fmt: skip
from coursekit.grading.inside.tester import TesterSide
from coursekit.grading.inside.wire import Decoder, Encoder

WARM_CELLS = (
    """
import io, numpy, pandas as pd, matplotlib.pyplot as plt
d = pd.read_csv(io.StringIO("a,b,c\\n1,x,2.5\\n2,y,3\\n" * 20))
fig, ax = plt.subplots(figsize=(5, 3)); ax.bar(["a", "b"], [1, 2]); ax.set_title("t"); ax.plot([1, 2], [3, 4])
d.groupby("b")["c"].sum().sort_values().plot.bar()
d.groupby(["b", "a"])[["c"]].sum().nlargest(2, "c").reset_index().merge(d, on="b").pivot_table(index="a_x")
d.describe()
""",
    "1/0",
    "def f(:",
    "d['q']",
    "d",
)


def main(handle: int) -> None:
    """Warm up, say so, fork on demand until the driver hangs up."""
    link = socket.socket(fileno=handle)
    config = json.loads(link.recv(1 << 16))
    shell, outputs = make_shell()
    use_streams(outputs)
    warm(shell, outputs, config["imports"], config["tables"])
    threads = len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1  # noqa: PTH112, PTH208
    gc.collect()
    gc.freeze()
    link.send(
        json.dumps({"ready": True, "threads": threads, "landlock": confine.landlock_version()}).encode()
    )
    Zygote(link, shell, outputs, bool(config["sealed"])).serve()


def warm(shell: Any, outputs: Outputs, imports: list[str], tables: list[str]) -> None:
    """Import and use what hand-ins will use, so that forks find it ready."""
    for name in ("pandas.testing", "pandas._testing", "unittest.mock", *imports):
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    if tables:
        own_tables.make(tables, own_tables.SAMPLE)
    for cell in WARM_CELLS:
        shell.run_cell(cell, store_history=True)
    frame = shell.user_ns.get("d")
    Decoder()(json.loads(json.dumps(Encoder()(frame))))
    importlib.import_module("matplotlib.pyplot").close("all")
    forget(shell, outputs)


class Zygote:
    """Serves fork requests."""

    def __init__(self, link: socket.socket, shell: Any, outputs: Outputs, sealed: bool) -> None:
        self._link, self._shell, self._outputs, self._sealed = link, shell, outputs, sealed
        self._namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if sealed else -1

    def serve(self) -> None:
        """Fork until the driver hangs up; then take every child along."""
        while True:
            raw, handles, _, _ = socket.recv_fds(self._link, 1 << 16, 2)
            if not raw:
                os._exit(0)
            self._reap()
            request = json.loads(raw)
            if "key" in request:
                self._link.send(own_tables.rules(**request["key"]) or b"{}")
                continue
            try:
                pid = self._fork(request, handles)
            except OSError as error:
                self._link.send(json.dumps({"error": str(error)}).encode())
                continue
            finally:
                for handle in handles:
                    os.close(handle)
            watch = os.pidfd_open(pid)
            socket.send_fds(self._link, [b'{"forked": true}'], [watch])
            os.close(watch)

    @staticmethod
    def _reap() -> None:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass

    def _fork(self, request: dict[str, Any], handles: list[int]) -> int:
        if not self._sealed or request["role"] == "family":
            pid = os.fork()
            if pid == 0 and request["role"] == "family":
                self._become_family(request, handles)
        else:
            confine.next_child_in_new_pid_namespace()
            try:
                pid = os.fork()
            except OSError:
                confine.children_in_own_pid_namespace(self._namespace)
                raise
        if pid == 0:
            self._child(request, handles)
        if self._sealed and request["role"] != "family":
            confine.children_in_own_pid_namespace(self._namespace)
        return pid

    def _become_family(self, request: dict[str, Any], handles: list[int]) -> None:
        """Make the tables, then fork what is asked for until the driver hangs up; nothing of a hand-in is known here."""
        try:
            self._link.close()
            self._link = socket.socket(fileno=os.dup(handles[0]))
            os.close(handles[0])
            _die_with_parent()
            own_tables.make(request["tables"], request["learner"])
            gc.freeze()
            self._link.send(b'{"ready": true}')
            self.serve()
        finally:
            os._exit(3)

    def _child(self, request: dict[str, Any], handles: list[int]) -> None:
        try:
            self._link.close()
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(null, standard)
            control, questions = (socket.socket(fileno=os.dup(handle)) for handle in handles)
            for handle in (*handles, null, self._namespace):
                if handle > 2:
                    os.close(handle)
            self._settle(request)
            send(control, {"ready": True})
            if request["quick"]:
                be_quick(self._shell)
            side = TesterSide if request["role"] == "tester" else LearnerSide
            side(self._shell, self._outputs, control, questions).serve()
        except BaseException as error:
            with contextlib.suppress(BaseException):
                send(control, {"failed": f"{type(error).__name__}: {error}"[:300]})
        finally:
            os._exit(3)

    def _settle(self, request: dict[str, Any]) -> None:
        cage = request["cage"]
        if self._sealed:
            confine.confine(confine.Cage(**{**cage, "readable": tuple(cage["readable"])}))
            os.environ.update(HOME=confine.WORK, TMPDIR=confine.WORK)
            without_terminals(self._shell)
        else:
            os.setsid()
            _die_with_parent()
            if sys.platform == "linux":
                confine.libc.prctl(confine.PR_SET_DUMPABLE, 0, 0, 0, 0)
            resource.setrlimit(resource.RLIMIT_AS, (cage["memory_mb"] << 20,) * 2)
            resource.setrlimit(resource.RLIMIT_CPU, (cage["cpu_seconds"],) * 2)
            resource.setrlimit(resource.RLIMIT_FSIZE, (cage["disk_mb"] << 20,) * 2)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.chdir(request["folder"])
            os.environ.update(HOME=request["folder"], TMPDIR=request["folder"])
        tempfile.tempdir = None  # asked for while warming up, and not this one's
        import numpy as np

        np.random.seed(None)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        confine.libc.prctl(confine.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
