"""Who runs a rebuilt notebook: the sealed engine, or a plain kernel where no seal can be had."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from coursekit.grading.course import NotebookSource
from coursekit.grading.kernels import SealError
from coursekit.grading.marks import CellOutcome
from coursekit.grading.options import Limits
from coursekit.grading.plain import outcomes, run_plain
from coursekit.grading.records import Flag


@dataclass(frozen=True)
class Staged:
    """Files of one hand-in, laid out for its processes.

    Attributes
    ----------
    learner : Path
        Handed-in files, the instructor's over them.
    trusted : Path
        The instructor's files only.
    """

    learner: Path
    trusted: Path


@dataclass(frozen=True)
class Ran:
    """A notebook after its run: outputs for people to read, outcomes to mark.

    `rules` are those of the exercise's key for this learner, if they came with the run.
    """

    notebook: dict[str, Any]
    outcomes: Mapping[str, CellOutcome]
    flags: tuple[Flag, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Key:
    """An exercise's `key.py`: what it says, where it lies, the tables it asks for. Never a learner's to see."""

    text: str
    where: str
    tables: tuple[str, ...]

    def asked(self, learner: str) -> dict[str, Any]:
        """The question for this learner's rules."""
        return {"text": self.text, "where": self.where, "names": self.tables, "learner": learner}


class Runner(Protocol):
    """Runs notebooks; safe to use from several threads."""

    @property
    def sealed(self) -> bool:
        """Whether what it ran so far was sealed."""
        ...

    @property
    def base(self) -> Path | None:
        """Folder below which hand-ins must be laid out, if there is one."""
        ...

    def run(self, source: NotebookSource, notebook: dict[str, Any], staged: Staged) -> Ran:
        """Run `notebook` beside a copy of the files, which lie below `base` if there is one."""
        ...

    def ready(self) -> None:
        """Wait until it can run; raises if it cannot."""
        ...

    def close(self) -> None:
        """End every process it started."""
        ...


def started(runner: Runner, unsealed: Callable[[], Runner], allow_unsealed: bool) -> Runner:
    """`runner` once it can run; where this kernel refuses its seal and that was waived, one without.

    Raises
    ------
    SealError
        If the seal is refused and was not waived.
    """
    try:
        runner.ready()
    except SealError:
        if not allow_unsealed:
            raise
        runner.close()
        runner = unsealed()
        runner.ready()
    return runner


class PlainRunner:
    """A kernel per hand-in in a child process, not sealed."""

    sealed = False
    base: Path | None = None

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def run(self, source: NotebookSource, notebook: dict[str, Any], staged: Staged) -> Ran:
        """Run `notebook` beside a copy of the files."""
        work = staged.learner.parent / "run"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(staged.learner, work)
        executed, finished = run_plain(notebook, work, self._limits)
        found = outcomes(executed, finished)
        return Ran(executed, found, tuple(_flags(executed, finished)))

    def ready(self) -> None:
        """Always."""

    def close(self) -> None:
        """Nothing stays running."""


def _flags(notebook: dict[str, Any], finished: bool) -> list[Flag]:
    if not finished:
        return [Flag("died", "", "运行没有结束：超过总时限，或进程中途退出")]
    found = []
    for number, cell in enumerate(notebook["cells"]):
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error" and output["ename"] == "CellTimeoutError":
                place = cell["metadata"].get("nbgrader", {}).get("grade_id", f"第 {number + 1} 格")
                found.append(Flag("timeout", place, "超过时间限制"))
    return found
