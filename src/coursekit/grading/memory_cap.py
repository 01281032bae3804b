"""One cap on the memory of all hand-ins together, by a control group where this machine lets us make one.

Each process has its own limit already; many processes of one hand-in could still fill the machine. With
the cap the kernel ends the largest of them, and everything outside the group keeps its memory.

References
----------
cgroups(7): version 2 (a group beside our own) and version 1 (a group below our own).
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")
NAME = "coursekit-"
SHARE = 0.75
JOIN = 'echo $$ > "$0" 2>/dev/null; exec "$@"'


@dataclass(frozen=True)
class MemoryCap:
    """A group made for one warm process, or none.

    Attributes
    ----------
    folder : Path or None
        The group; None where none can be had.
    """

    folder: Path | None

    @property
    def command(self) -> tuple[str, ...]:
        """What stands before a program that shall run in the group."""
        return () if self.folder is None else ("/bin/sh", "-c", JOIN, str(self.folder / "cgroup.procs"))

    def close(self) -> None:
        """Give the group up; its processes have ended."""
        for _ in range(20 if self.folder is not None else 0):
            with contextlib.suppress(OSError):
                assert self.folder is not None  # noqa: S101 - the range is empty without it
                self.folder.rmdir()
                return
            time.sleep(0.05)


def make() -> MemoryCap:
    """A group that may use three quarters of this machine's memory."""
    place = parent()
    if place is None:
        return MemoryCap(None)
    _sweep(place)
    folder = place / f"{NAME}{os.getpid()}-{time.monotonic_ns()}"
    most = int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * SHARE)
    try:
        folder.mkdir()
        limit = next(
            folder / name for name in ("memory.max", "memory.limit_in_bytes") if (folder / name).exists()
        )
        limit.write_text(str(most))
    except (OSError, StopIteration):
        MemoryCap(folder).close()
        return MemoryCap(None)
    return MemoryCap(folder)


def parent() -> Path | None:
    """The folder below which we may make groups with a cap on memory; None where we may not."""
    for group in _own_groups():
        if os.access(group, os.W_OK) and os.access(group / "cgroup.procs", os.W_OK):
            return group
    return None


def _own_groups() -> list[Path]:
    """Candidates: the parent of our group in version 2, our group in version 1."""
    found = []
    try:
        lines = OWN.read_text().splitlines()
    except OSError:
        return []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "memory":
            found.append(ROOT / "memory" / path.lstrip("/"))
        elif not controllers and path != "/":
            group = (ROOT / path.lstrip("/")).parent
            with contextlib.suppress(OSError):
                if "memory" in (group / "cgroup.subtree_control").read_text().split():
                    found.append(group)
    return found


def _sweep(place: Path) -> None:
    """Remove groups of runs that were killed; one with processes in it stays."""
    for folder in place.glob(f"{NAME}*-*"):
        number = folder.name.removeprefix(NAME).split("-")[0]
        if number.isdigit() and not Path("/proc", number).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()
