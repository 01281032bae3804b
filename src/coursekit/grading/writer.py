"""The one writer to the gradebook: nbgrader's own tables and rules, many hand-ins per commit.

A record (and with it the right to skip a hand-in next time) is written only after the points are
committed, so a run that is killed anywhere ends, run again, in the same rows.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coursekit.grading.course import AssignmentSource, Course
from coursekit.grading.marks import Mark
from coursekit.grading.records import Record

NO_RESPONSE = "No response."
BATCH = 32
BATCH_SECONDS = 2.0


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
        session = self._book.db()
        session.expire_on_commit = False
        self._commit = session.commit
        self._book.db.commit = session.flush  # nbgrader commits after every step; we do it per batch
        found = self._book.find_assignment(self._assignment.name)
        self._keep = [found, *found.notebooks]
        for notebook in found.notebooks:
            self._keep += [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]
        return self

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        try:
            if kind is None or issubclass(kind, KeyboardInterrupt):
                self.flush()
        finally:
            self._context.__exit__(kind, value, trace)

    def put(self, entry: Entry) -> None:
        """Take one entry; every `BATCH` of them are committed together."""
        self._write(entry)
        self._waiting.append(entry)
        if len(self._waiting) >= BATCH or time.monotonic() - self._committed > BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Commit what is waiting."""
        if not self._waiting:
            return
        self._commit()
        self._committed = time.monotonic()
        done, self._waiting = self._waiting, []
        for entry in done:
            self._on_written(entry)

    def _write(self, entry: Entry) -> None:
        with warnings.catch_warnings():  # nbgrader builds rows while its session flushes by itself
            warnings.filterwarnings("ignore", message=r"Object of type <SubmittedNotebook> not in session")
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
