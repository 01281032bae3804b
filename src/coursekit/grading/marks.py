"""The rule of marking: pure, and closed against doubt.

A test cell is passed only if it ran and ended well. It is failed only on an assertion or an error
of the learner's code. Everything else is *not run*, which has no points at all (`None`, never 0).
Text on stderr never costs a point. A test gives partial credit only if its source declares it, by
ending in an expression.

Where this differs from nbgrader's own rule (`nbgrader.utils.determine_grade`, which the compatible mode and
the drop-in keep, so that rows are equal there):

- a test that was stopped, never ran or lost its process: nbgrader gives 0 (or full points, if it printed
  nothing), here it has no points, because nothing is known;
- text on stderr: nbgrader gives 0, here it costs nothing, because a warning is no error;
- a value that is no number, negative, not finite or above the maximum: nbgrader gives full points (or stops
  with an error), here it has no points and a person looks, because the test itself is at fault;
- a value of a test that does not end in an expression cannot be partial credit here;
- a written answer left as released: 0 in both.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Ended = Literal["ok", "error", "timeout", "died", "not_run"]
MarkStatus = Literal["passed", "failed", "partial", "manual", "not_run"]
Status = Literal["graded", "needs_review", "not_run"]

PROVED: frozenset[MarkStatus] = frozenset({"passed", "failed", "partial"})

NOT_THE_LEARNERS_FAULT = frozenset(
    {"TestError", "NotStrict", "TesterDied", "DeadKernelError", "LearnerDied", "LearnerProtocol"}
)
"""Errors of the test or the machinery: nothing is known about the answer."""


def as_text(text: str) -> str:
    """Text that can be written to a file: halves of surrogate pairs become question marks."""
    return text.encode("utf-8", "replace").decode()


@dataclass(frozen=True)
class CellOutcome:
    """What happened when one graded cell ran.

    Attributes
    ----------
    value : str or None
        Text of the cell's result, if it had one.
    """

    grade_id: str
    ended: Ended
    ename: str = ""
    evalue: str = ""
    value: str | None = None


@dataclass(frozen=True)
class Mark:
    """Points of one graded cell.

    Attributes
    ----------
    points : float or None
        None when nothing is known yet (not run, or a person must mark it).
    reason : str
        Why, in Chinese; empty for a plain pass.
    steps : sequence of mapping
        Of a plan: each criterion with its step 0 to 3 and the reason, as pre-scored.
    told : str
        What the machine saw in a text that a person must mark, in words the learner may read.
    """

    grade_id: str
    points: float | None
    max_points: float
    status: MarkStatus
    reason: str = ""
    auto: bool = True
    steps: Sequence[Mapping[str, Any]] = ()
    told: str = ""

    def __post_init__(self) -> None:
        """A reason may quote what a hand-in said, which may be no text at all."""
        object.__setattr__(self, "reason", as_text(self.reason))

    def as_json(self) -> dict[str, Any]:
        """Plain form for the record."""
        more: dict[str, Any] = {"steps": list(self.steps)} if self.steps else {}
        more |= {"told": self.told} if self.told else {}
        return more | {
            "grade_id": self.grade_id,
            "points": self.points,
            "max_points": self.max_points,
            "status": self.status,
            "reason": self.reason,
        }


def declares_partial(source: str) -> bool:
    """Whether a test's own source ends in an expression, whose value then is the mark.

    >>> declares_partial("assert f(1) == 2"), declares_partial("score = 1\\nscore")
    (False, True)
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return False
    return bool(body) and isinstance(body[-1], ast.Expr) and not source.rstrip().endswith(";")


def mark_test(
    grade_id: str, outcome: CellOutcome | None, max_points: float, source: str, doubtful: bool = False
) -> Mark:
    """Mark one test cell.

    Parameters
    ----------
    grade_id : str
        The cell.
    outcome : CellOutcome or None
        None if the cell never came to its turn.
    max_points : float
        Points the cell can give [points].
    source : str
        The instructor's source of the test.
    doubtful : bool
        A cell before it was stopped by a limit: then a failure proves nothing either.

    Returns
    -------
    Mark
        With `points` None whenever the outcome proves nothing.
    """

    def mark(points: float | None, status: MarkStatus, reason: str = "") -> Mark:
        return Mark(grade_id, points, max_points, status, reason)

    if outcome is None:
        return mark(None, "not_run", "没有运行到这一格")
    if outcome.ended == "timeout":
        return mark(None, "not_run", "超过时间限制，没有运行完")
    if outcome.ended == "died":
        return mark(None, "not_run", "运行中进程结束了，没有结果")
    if outcome.ended == "not_run":
        return mark(None, "not_run", outcome.evalue or "没有运行")
    if outcome.ended == "error":
        if outcome.ename in NOT_THE_LEARNERS_FAULT:
            return mark(None, "not_run", outcome.evalue or outcome.ename)
        if doubtful:
            return mark(None, "not_run", f"前面的单元被中止，这里的结果不算数({_short(outcome)})")
        return mark(0.0, "failed", _short(outcome))
    if outcome.value is None or not declares_partial(source):
        return mark(max_points, "passed")
    return _partial(outcome, max_points)


def _partial(outcome: CellOutcome, max_points: float) -> Mark:
    text = (outcome.value or "").strip()
    if text == "True":
        return Mark(outcome.grade_id, max_points, max_points, "passed")
    try:
        points = float(text)
    except ValueError:
        points = math.nan
    if not (math.isfinite(points) and 0 <= points <= max_points):
        reason = f"测试给出的分数应当在 0 和 {max_points:g} 之间，得到的是 {text[:40]!r}"
        return Mark(outcome.grade_id, None, max_points, "not_run", reason)
    status: MarkStatus = "passed" if points == max_points else "failed" if points == 0 else "partial"
    return Mark(outcome.grade_id, points, max_points, status)


def _short(outcome: CellOutcome) -> str:
    detail = outcome.evalue.strip().split("\n")[0][:120]
    return f"{outcome.ename}: {detail}" if detail else outcome.ename


def total(marks: Iterable[Mark]) -> float | None:
    """Sum of the known points, or None when not one mark is known [points]."""
    known = [mark.points for mark in marks if mark.points is not None]
    return math.fsum(known) if known else None


def status_of(marks: Iterable[Mark], flagged: bool) -> Status:
    """Whether a hand-in is done, wants a person, or was not run at all."""
    marks = tuple(marks)
    stuck = any(mark.status == "not_run" for mark in marks)
    if not marks or (stuck and not any(mark.status in PROVED for mark in marks)):
        return "not_run"
    if flagged or any(mark.points is None for mark in marks):
        return "needs_review"
    return "graded"
