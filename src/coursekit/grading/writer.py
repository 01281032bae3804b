"""The one writer to the gradebook: nbgrader's own tables and rules, many hand-ins per commit.

A record (and with it the right to skip a hand-in next time) is written only after the points are
committed, so a run that is killed anywhere ends, run again, in the same rows. One hand-in that the gradebook
refuses is *not run*, with the reason, and the others go on; a gradebook that takes nothing stops the run.
"""

from __future__ import annotations

import contextlib
import errno
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from coursekit.errors import InputError
from coursekit.grading.course import AssignmentSource, Course
from coursekit.grading.marks import Mark
from coursekit.grading.records import Flag, Record

NO_RESPONSE = "No response."
BATCH = 32
BATCH_SECONDS = 2.0
PATIENCE = 60.0
"""How long a gradebook that another program holds is waited for. [s]"""
_NAMES_ONLY_THIS_ONE = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)


@dataclass(frozen=True)
class Entry:
    """What the gradebook shall say about one hand-in.

    Attributes
    ----------
    timestamp : datetime or None
        When it was handed in, UTC.
    marks : mapping
        Notebook name -> grade id -> Mark.
    unanswered : mapping
        Notebook name -> grade ids left as they were released.
    stands : bool
        Same hand-in, same exercise as at the last run: points a person gave need no second look, unless
        the machine now says something else.
    """

    student: str
    timestamp: datetime | None
    marks: Mapping[str, Mapping[str, Mark]]
    unanswered: Mapping[str, frozenset[str]]
    record: Record
    stands: bool = False


class GradebookWriter:
    """Writes entries in batches; use it in one thread only.

    Parameters
    ----------
    course : Course
        Whose gradebook.
    assignment : AssignmentSource
        The assignment all entries belong to.
    on_written : callable
        Called with every entry once it is committed.
    """

    def __init__(
        self, course: Course, assignment: AssignmentSource, on_written: Callable[[Entry], None]
    ) -> None:
        self._course, self._assignment, self._on_written = course, assignment, on_written
        self._waiting: list[Entry] = []
        self._book: Any = None
        self._keep: list[Any] = []
        self._committed = time.monotonic()

    def __enter__(self) -> GradebookWriter:
        self._context = self._course.gradebook()
        self._book = self._context.__enter__()
        try:
            self._prepare()
        except Exception as error:
            self._context.__exit__(type(error), error, error.__traceback__)
            if _concerns_all(error):
                raise _stuck(error) from error
            raise
        return self

    def _prepare(self) -> None:
        session = self._book.db()
        session.expire_on_commit = False
        self._commit, self._rollback = session.commit, session.rollback
        self._book.db.commit = session.flush  # nbgrader commits after every step; we do it per batch
        found = self._book.find_assignment(self._assignment.name)
        self._keep = [found, *found.notebooks]
        for notebook in found.notebooks:
            self._keep += [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        try:
            if kind is None or issubclass(kind, KeyboardInterrupt):
                self.flush()
        finally:
            self._context.__exit__(kind, value, trace)

    def put(self, entry: Entry) -> None:
        """Take one entry; every `BATCH` of them are committed together.

        Raises
        ------
        InputError
            If the gradebook takes nothing any more: the disk is full, another program holds it for long.
        """
        try:
            self._write(entry)
        except Exception:
            self._one_by_one([*self._waiting, entry])
            return
        self._waiting.append(entry)
        if len(self._waiting) >= BATCH or time.monotonic() - self._committed > BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Commit what is waiting."""
        if not self._waiting:
            return
        try:
            self._commit()
        except Exception:
            self._one_by_one(self._waiting)
            return
        done, self._waiting = self._waiting, []
        self._settle(done)

    def _settle(self, done: Sequence[Entry]) -> None:
        self._committed = time.monotonic()
        for entry in done:
            try:
                self._on_written(entry)
            except OSError as error:  # a record that cannot be named is made again next time
                if error.errno not in _NAMES_ONLY_THIS_ONE:
                    raise

    def _one_by_one(self, entries: Sequence[Entry]) -> None:
        """After an error nothing of the open batch is in the gradebook: each of it gets a commit of its own."""
        self._waiting = []
        self._rollback()
        for entry in entries:
            self._settle([self._alone(entry)])

    def _alone(self, entry: Entry) -> Entry:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._write(entry)
                self._commit()
            except Exception as error:
                with contextlib.suppress(Exception):  # a lost connection: the next step gets a new one
                    self._rollback()
                if not _concerns_all(error):
                    return _refused(entry, error)
                if not _may_pass(error) or time.monotonic() > until:
                    raise _stuck(error) from error
                time.sleep(0.5)
            else:
                return entry

    def _write(self, entry: Entry) -> None:
        with warnings.catch_warnings():  # nbgrader builds rows while its session flushes by itself
            warnings.filterwarnings("ignore", message=r"Object of type <Submitted\w+> not in session")
            self._fill(entry)

    def _fill(self, entry: Entry) -> None:
        book, name = self._book, self._assignment.name
        book.update_or_create_student(entry.student)
        extra = {"timestamp": entry.timestamp} if entry.timestamp is not None else {}
        submission = book.update_or_create_submission(name, entry.student, **extra)
        for notebook in submission.notebooks:
            marks = entry.marks.get(str(notebook.name))
            if marks is None:
                continue
            self._scores(notebook, marks, entry.stands)
            self._comments(notebook, entry.unanswered.get(str(notebook.name), frozenset()))
            self._late(submission, notebook, entry.student)
        book.db.flush()

    @staticmethod
    def _scores(notebook: Any, marks: Mapping[str, Mark], stands: bool) -> None:
        for grade in notebook.grades:
            mark = marks.get(str(grade.name))
            points = mark.points if mark is not None else None
            decided = grade.manual_score is not None
            settled = stands and decided and not grade.needs_manual_grade and grade.auto_score == points
            grade.auto_score = points
            grade.needs_manual_grade = not settled and (points is None or decided)

    @staticmethod
    def _comments(notebook: Any, unanswered: frozenset[str]) -> None:
        for comment in notebook.comments:
            comment.auto_comment = NO_RESPONSE if str(comment.name) in unanswered else None

    def _late(self, submission: Any, notebook: Any, student: str) -> None:
        from nbgrader.preprocessors import AssignLatePenalties

        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late <= 0:
            return
        rule = AssignLatePenalties(config=self._course.config)
        rule.init_plugin()
        self._book.db.flush()
        self._book.db.refresh(notebook)
        penalty = rule.plugin_inst.late_submission_penalty(student, notebook.score, late)
        if penalty is not None:
            notebook.late_submission_penalty = rule._check_late_penalty(notebook, penalty)


def _cause(error: BaseException | None) -> Exception | None:
    """The database's own error: nbgrader puts another in its place."""
    from sqlalchemy.exc import DBAPIError

    while error is not None and not isinstance(error, DBAPIError):
        error = error.__cause__ or error.__context__
    return error


def _concerns_all(error: Exception) -> bool:
    """Whether the gradebook itself is in trouble, not one row of it."""
    from sqlalchemy import exc

    rows = (exc.IntegrityError, exc.DataError, exc.ProgrammingError, exc.NotSupportedError)
    cause = _cause(error)
    return cause is not None and not isinstance(cause, rows)


def _may_pass(error: Exception) -> bool:
    """Whether waiting may help: another program writes, a server comes back."""
    cause = _cause(error)
    return "locked" in str(cause) or bool(getattr(cause, "connection_invalidated", False))


def _stuck(error: Exception) -> InputError:
    said = str(getattr(_cause(error), "orig", error)).strip()[:200]
    got = (
        "一直被别的程序占着" if "locked" in said else "磁盘满了" if "full" in said else f"写不进去（{said}）"
    )
    todo = "已经写进去的都在；解决以后再运行一次同样的命令，会接着做。"
    return InputError("成绩册（gradebook）", "可以写的成绩册", got, todo)


def _refused(entry: Entry, error: Exception) -> Entry:
    """What is known of a hand-in whose points the gradebook did not take: nothing."""
    reason = f"成绩册没有收下这一份：{type(error).__name__}: {error}"[:300]
    result = entry.record.result
    cells = tuple(replace(mark, points=None, status="not_run", reason=reason) for mark in result.cells)
    flags = (*result.flags, Flag("failed", "gradebook.db", reason))
    nothing = replace(result, status="not_run", score=None, flags=flags, cells=cells)
    return replace(entry, record=replace(entry.record, result=nothing))
