"""Run a command and tell what it cost: wall time, CPU time of all it started, peak memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

CGROUP = Path("/sys/fs/cgroup")


def timed(command: list[str], root: Path, watch: bool = False) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and peak memory [MB] of a command."""
    group = Accounts()
    began = time.monotonic()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=group.enter,
    )
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    if watch:
        watcher.start()
    _, errors = process.communicate()
    wall = time.monotonic() - began
    if process.returncode:
        raise SystemExit(errors.decode()[-2000:])
    return wall, group.seconds(), peak[0]


class Accounts:
    """CPU seconds of a command and all it starts, by a control group; without one, of what it waited for."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._before = self._waited()
        for parent, name in ((CGROUP / "cpuacct", "cpuacct.usage"), (CGROUP, "cpu.stat")):
            if (parent / name).exists() and os.access(parent, os.W_OK):
                self._folder = parent / f"bench-{os.getpid()}-{time.monotonic_ns()}"
                self._folder.mkdir()
                return

    def enter(self) -> None:
        """Put the calling process in."""
        if self._folder is not None:
            (self._folder / "cgroup.procs").write_text(str(os.getpid()))

    def seconds(self) -> float:
        """CPU seconds so far; the group is given up."""
        if self._folder is None:
            return self._waited() - self._before
        usage = self._folder / "cpuacct.usage"
        if usage.exists():
            found = int(usage.read_text()) / 1e9
        else:
            found = int((self._folder / "cpu.stat").read_text().split()[1]) / 1e6
        for _ in range(50):
            try:
                self._folder.rmdir()
                break
            except OSError:
                time.sleep(0.1)
        return found

    @staticmethod
    def _waited() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime


def _watch(pid: int, peak: list[int]) -> None:
    """Highest proportional memory of a process tree, looked at four times a second [MB]."""
    while psutil.pid_exists(pid):
        total = 0
        try:
            root = psutil.Process(pid)
            for process in (root, *root.children(recursive=True)):
                total += process.memory_full_info().pss
        except (psutil.Error, OSError):
            pass
        peak[0] = max(peak[0], total >> 20)
        time.sleep(0.25)
