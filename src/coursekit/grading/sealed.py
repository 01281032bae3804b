"""Run a rebuilt notebook in confined processes: the learner's side, and in strict mode the tester's."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursekit.grading.course import AssignmentSource, NotebookSource, SourceCell
from coursekit.grading.kernels import GoneError, Side, WarmProcess
from coursekit.grading.marks import CellOutcome
from coursekit.grading.options import Limits
from coursekit.grading.outputs import clean, error_output
from coursekit.grading.preload import imports_of, tables_of
from coursekit.grading.records import Flag
from coursekit.grading.runners import Key, Ran, Staged
from coursekit.grading.slots import Slots

TIMEOUT = "CellTimeoutError"
DEAD = "DeadKernelError"
TRIES = 2


class StrictRunner:
    """Learner's cells in one process, tests in another, both forked from one warm process.

    It imports what the exercise imports before the first fork. Tables of a learner's own are made once for
    both. Where the exercise's key is given, its rules for the learner come back with the run.
    """

    def __init__(
        self, sealed: bool, limits: Limits, source: AssignmentSource, key: Key | None = None
    ) -> None:
        self.sealed = sealed
        self._limits, self._key, self._tables = limits, key, tables_of(source)
        self._warm = WarmProcess(sealed, limits, imports_of(source), self._tables)
        self.base = self._warm.stage
        self._slots = Slots()

    def run(self, source: NotebookSource, notebook: dict[str, Any], staged: Staged) -> Ran:
        """Run `notebook`; a process that cannot be started leaves every cell not run.

        One that soon died is run a second time: the system may have ended it, short of memory, and
        what the hand-in does to itself it does again. If the warm process died, that is no try.
        """
        soon, tries = time.monotonic() + self._limits.total_seconds / 3, 0
        while True:
            before = self._warm.restarts()
            again = json.loads(json.dumps(notebook))
            ran = self._once(source, again, staged)
            fine = not any(flag.code in ("died", "failed") for flag in ran.flags)
            tries += fine or before == self._warm.restarts()
            if fine or tries >= TRIES or time.monotonic() > soon:
                return ran

    def _once(self, source: NotebookSource, notebook: dict[str, Any], staged: Staged) -> Ran:
        try:
            with self._slots.taken() as slot, contextlib.ExitStack() as stack:
                mine, theirs = socket.socketpair()
                stack.callback(theirs.close)
                owner = _owner(staged.trusted) if self._tables else ""
                family = self._warm.family(owner) if owner else None
                if family is not None:
                    stack.callback(family.close)
                learner = self._warm.fork("learner", slot, staged.learner, mine, True, family)
                stack.callback(learner.close)
                tester = self._warm.fork("tester", slot, staged.trusted, theirs, True, family)
                stack.callback(tester.close)
                session = _Session(source, self._limits, learner, tester)
                session.run(notebook)
                rules = family.rules(self._key.asked(owner)) if family and self._key else {}
            return Ran(notebook, session.outcomes, tuple(session.flags), rules)
        except GoneError as error:
            return Ran(notebook, {}, (Flag("failed", "", f"隔离的进程没有启动：{error}"),))

    def ready(self) -> None:
        """Wait until the warm process can fork."""
        self._warm.ready()

    def close(self) -> None:
        """End the warm process."""
        self._warm.close()


def _owner(trusted: Path) -> str:
    """Whose tables the instructor's side uses; nobody's where the exercise knows no learners."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        return str(json.loads((trusted / "learner.json").read_text(encoding="utf-8"))["learner"])
    return ""


@dataclass
class _Session:
    """One hand-in's run in strict mode."""

    source: NotebookSource
    limits: Limits
    learner: Side
    tester: Side
    outcomes: dict[str, CellOutcome] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    dead: str = ""

    def __post_init__(self) -> None:
        self._end = time.monotonic() + self.limits.total_seconds

    def flag(self, code: str, place: str, reason: str) -> None:
        found = Flag(code, place, reason)
        if found not in self.flags:
            self.flags.append(found)

    def run(self, notebook: dict[str, Any]) -> None:
        known = self.source.by_id()
        if self.source.given:
            self._tester_setup(self.source.given)
        for number, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] != "code":
                continue
            gid = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            place = gid or f"第 {number + 1} 格"
            self._cell(cell, known.get(gid), place)

    def _cell(self, cell: dict[str, Any], known: SourceCell | None, place: str) -> None:
        if known is not None and known.is_test:
            self._test(cell, known)
            return
        if (known is not None and known.is_form) or not cell["source"].strip():
            return
        self._learner_cell(cell, place)
        if known is not None and known.locked:
            self._tester_setup(known.source)

    def _seconds(self) -> float:
        return min(self.limits.cell_seconds, self._end - time.monotonic())

    def _learner_cell(self, cell: dict[str, Any], place: str) -> None:
        seconds = self._seconds()
        if seconds <= 0:
            self._out_of_time(place)
        if self.dead or seconds <= 0:
            cell["outputs"] = [error_output(DEAD, self.dead or "超过总时限")]
            return
        reply: dict[str, Any] = {}
        late = False
        try:
            reply = self.learner.ask({"run": cell["source"]}, seconds)
        except TimeoutError:
            late = True
            reply = self._interrupt_learner()
        except GoneError:
            self._died(place)
        extra = []
        if late:
            self.flag("timeout", place, "超过时间限制")
            extra = [error_output(TIMEOUT, f"超过 {seconds:.0f} 秒")]
        elif self.dead:
            extra = [error_output(DEAD, self.dead)]
        cell["outputs"] = clean(reply.get("outputs"), int(self.limits.output_mb * 1e6)) + extra
        count = reply.get("count")
        cell["execution_count"] = count if type(count) is int else None
        if reply.get("flooded") is True:
            self.flag("limit", place, "输出太多，后面的没有保留")
        if reply.get("left") is True:
            self._died(place)

    def _interrupt_learner(self) -> dict[str, Any]:
        self.learner.interrupt()
        try:
            return self.learner.ask(None, self.limits.grace_seconds)
        except (TimeoutError, GoneError):
            self.learner.kill()
            self.dead = "不听中断，已结束"
            return {}

    def _died(self, place: str) -> None:
        self.learner.kill()
        self.dead = "进程中途退出"
        self.flag("died", place, "运行中进程退出或被系统结束")

    def _out_of_time(self, place: str) -> None:
        self.flag("timeout", place, f"超过每份答卷的总时限 {self.limits.total_seconds:.0f} 秒")

    def _tester_setup(self, source: str) -> None:
        try:
            self.tester.ask({"run": source}, self.limits.cell_seconds)
        except TimeoutError:
            self.tester.interrupt()
            try:
                self.tester.ask(None, self.limits.grace_seconds)
            except (TimeoutError, GoneError):
                self.tester.kill()
        except GoneError:
            return

    def _test(self, cell: dict[str, Any], known: SourceCell) -> None:
        gid = known.grade_id
        seconds = self._seconds()
        if seconds <= 0:
            self._out_of_time(gid)
            self.outcomes[gid] = CellOutcome(gid, "timeout")
            return
        reply, late = self._ask_tester(known.source, seconds)
        cell["outputs"] = clean(reply.get("outputs"), int(self.limits.output_mb * 1e6))
        cell["execution_count"] = reply.get("count")
        if late or reply.get("ename") == TIMEOUT:
            self.flag("timeout", gid, "运行这道题的测试时超过时间限制")
            cell["outputs"].append(error_output(TIMEOUT, f"超过 {seconds:.0f} 秒"))
            self.outcomes[gid] = CellOutcome(gid, "timeout")
        elif not reply:
            self.flag("failed", gid, "评分进程结束了")
            self.outcomes[gid] = CellOutcome(gid, "died")
        else:
            self.outcomes[gid] = CellOutcome(
                gid, reply["ended"], reply.get("ename", ""), reply.get("evalue", ""), reply.get("value")
            )
            self._flag_outcome(self.outcomes[gid])

    def _flag_outcome(self, outcome: CellOutcome) -> None:
        if outcome.ename == "LearnerProtocol":
            self.flag("tampered", outcome.grade_id, outcome.evalue)
        elif outcome.ename == "LearnerDied" and not self.dead:
            self._died(outcome.grade_id)

    def _ask_tester(self, source: str, seconds: float) -> tuple[dict[str, Any], bool]:
        """The tester's reply, and whether its time was up first."""
        try:
            return self.tester.ask({"run": source, "test": True}, seconds), False
        except GoneError:
            return {}, False
        except TimeoutError:
            pass
        steps = (
            self.learner.interrupt,
            self._kill_learner,
            self.tester.interrupt,
        )
        for step in steps:
            step()
            try:
                return self.tester.ask(None, self.limits.grace_seconds), True
            except TimeoutError:
                continue
            except GoneError:
                return {}, True
        self.tester.signal(signal.SIGKILL)
        return {}, True

    def _kill_learner(self) -> None:
        self.learner.kill()
        self.dead = "不听中断，已结束"
