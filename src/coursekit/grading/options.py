"""What a grading run may be told, and the limits every hand-in runs under."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from coursekit.errors import InputError

ENGINE_VERSION = "1"
"""Part of every record: a new number makes `grade` do everything again."""

Mode = Literal["strict", "compatible"]


@dataclass(frozen=True)
class Limits:
    """What one hand-in may use.

    Attributes
    ----------
    cell_seconds : float
        Wall time of one cell [s]; then it is interrupted.
    total_seconds : float
        Wall time of the whole hand-in [s]; cells after it are not run.
    memory_mb, disk_mb, processes, cpu_seconds
        Of the learner's side [MB, MB, count, s].
    notebook_mb, output_mb
        Size of a notebook that is read at all, and of the outputs kept of one [MB].
    """

    cell_seconds: float = 30.0
    grace_seconds: float = 2.0
    total_seconds: float = 180.0
    cpu_seconds: int = 120
    memory_mb: int = 3072
    disk_mb: int = 64
    processes: int = 48
    notebook_mb: float = 20.0
    output_mb: float = 4.0


@dataclass(frozen=True)
class GradeOptions:
    """How `grade` runs.

    Attributes
    ----------
    mode : "strict", "compatible" or None
        None: strict on the kit's courses, compatible on others.
    workers : int or None
        Hand-ins at once; None: one per core this process may use.
    force : bool
        Grade again what is graded already.
    allow_unsealed : bool
        Run without a sandbox where none can be had.
    students : tuple of str or None
        Only these.
    cluster : str or None
        Address of a dask scheduler that does the running.
    """

    mode: Mode | None = None
    workers: int | None = None
    force: bool = False
    allow_unsealed: bool = False
    students: tuple[str, ...] | None = None
    cluster: str | None = None
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises
        ------
        InputError
            For fewer than one worker or an unknown mode.
        """
        if self.workers is not None and self.workers < 1:
            raise InputError("--workers", "1 或更大的整数", str(self.workers))
        if self.mode not in (None, "strict", "compatible"):
            raise InputError("--mode", "strict 或 compatible", str(self.mode))


@dataclass(frozen=True)
class Progress:
    """State of a run, given to `on_progress` after every hand-in.

    Attributes
    ----------
    rate : float
        Hand-ins a second in this run [1/s].
    seconds_left : float or None
        Estimate [s]; None before the first is done.
    """

    done: int
    total: int
    skipped: int
    flagged: int
    rate: float
    seconds_left: float | None
    student: str


OnProgress = Callable[[Progress], None]


def default_workers() -> int:
    """Cores this process may use [count]."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:  # not on Linux
        return max(1, os.cpu_count() or 1)
