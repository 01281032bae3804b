"""`grade`: every hand-in of an assignment, several at once, one writer, nothing lost."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.errors import InputError
from coursekit.grading import records, sandbox
from coursekit.grading.cluster import Cluster
from coursekit.grading.compatible import CompatibleHandIn, CompatibleRunner, LocalCompatible
from coursekit.grading.course import AssignmentSource, Course
from coursekit.grading.digests import Digests
from coursekit.grading.handin import Graded, HandIn
from coursekit.grading.options import GradeOptions, OnProgress, Progress, default_workers
from coursekit.grading.records import Record, SubmissionResult
from coursekit.grading.runners import Key, PlainRunner, Runner, started
from coursekit.grading.sealed import StrictRunner
from coursekit.grading.writer import Entry, GradebookWriter

AGAIN = frozenset({"failed", "form"})
"""Flags of trouble on our side: such a hand-in is graded again by the next run."""


@dataclass(frozen=True)
class GradeReport:
    """What a run of `grade` leaves: a row for every hand-in, those done earlier included."""

    assignment: str
    submissions: tuple[SubmissionResult, ...]
    wall_seconds: float
    mode: str
    sealed: bool

    def as_json(self) -> dict[str, Any]:
        """The object `coursekit grade --json` prints."""
        return {
            "assignment": self.assignment,
            "submissions": [row.as_json() for row in self.submissions],
            "wall_seconds": round(self.wall_seconds, 3),
        }


def grade(
    course: Path | str,
    assignment: str,
    options: GradeOptions | None = None,
    on_progress: OnProgress | None = None,
) -> GradeReport:
    """Grade the hand-ins of one assignment, picking up where an earlier run stopped.

    Parameters
    ----------
    course : Path
        A plain nbgrader course folder.
    assignment : str
        Its name in the gradebook.
    options : GradeOptions, optional
        Mode, workers, limits.
    on_progress : callable, optional
        Called with a `Progress` after every hand-in, in the calling thread.

    Returns
    -------
    GradeReport
        One row a hand-in, by student.

    Raises
    ------
    InputError
        If the course or the assignment is not there, or no seal can be had and none was waived.
    """
    began = time.monotonic()
    options = options or GradeOptions()
    place = Course(Path(course))
    source = place.assignment(assignment)
    mode = options.mode or ("strict" if place.is_ours else "compatible")
    wanted = _students(place, assignment, options)
    digests = Digests(place, source, mode, options.limits)
    before = {record.result.student: record for record in records.read(place.root, assignment)}
    done = {} if options.force else _done_before(before, wanted, digests)
    todo = [student for student in wanted if student not in done]
    results = {student: done[student].result for student in done}
    sealed = all(record.sealed for record in done.values())
    if todo:
        run = _Run(place, source, mode, options, digests, before)
        results.update(run.all(todo, len(done), on_progress))
        sealed = sealed and run.sealed
    rows = tuple(results[student] for student in sorted(results))
    return GradeReport(assignment, rows, time.monotonic() - began, mode, sealed)


def _students(course: Course, assignment: str, options: GradeOptions) -> list[str]:
    found = course.students(assignment)
    if options.students is None:
        return found
    missing = sorted(set(options.students) - set(found))
    if missing:
        raise InputError(
            f"{course.root.name}/submitted", f"{assignment} 的答卷", f"没有 {', '.join(missing)} 的答卷"
        )
    return [student for student in found if student in options.students]


def _done_before(before: Mapping[str, Record], wanted: list[str], digests: Digests) -> dict[str, Record]:
    kept = {s: r for s, r in before.items() if not any(f.code in AGAIN for f in r.result.flags)}
    return {s: kept[s] for s in wanted if s in kept and kept[s].digests == digests.of(s)}


def make_runner(mode: str, options: GradeOptions, source: AssignmentSource, sealed: bool) -> Runner:
    """The runner for this mode on this machine.

    Raises
    ------
    InputError
        If the notebooks need another kernel than Python, which cannot be sealed, and that was not waived.
    """
    if not all(notebook.is_python for notebook in source.notebooks):
        if options.cluster is not None:
            todo = "去掉 --cluster，在本机批改。"
            raise InputError(source.name, "Python 内核的笔记本", "别的内核，不能分给别的机器", todo)
        if not options.allow_unsealed:
            todo = "确认答卷可信，可以加 --allow-unsealed。"
            raise InputError(source.name, "Python 内核的笔记本", "别的内核，不能隔离运行", todo)
        return PlainRunner(options.limits)
    if options.cluster is not None:
        from coursekit.grading.cluster_runners import ClusterCompatible, ClusterRunner

        cluster = Cluster(options.cluster, options.limits, source, options.allow_unsealed)
        return ClusterCompatible(cluster) if mode == "compatible" else ClusterRunner(cluster)
    if sys.platform != "linux":
        return PlainRunner(options.limits)
    if mode == "compatible":
        return LocalCompatible(sealed, options.limits, source)
    return StrictRunner(sealed, options.limits, source, _key(source))


def _key(source: AssignmentSource) -> Key | None:
    if not any(cell.is_form for notebook in source.notebooks for cell in notebook.cells):
        return None
    from coursekit.grading.forms import key_of

    return key_of(source.name)


class _Run:
    """One run over the hand-ins that are not done: worker threads, and the writer in this thread."""

    def __init__(
        self,
        course: Course,
        source: AssignmentSource,
        mode: str,
        options: GradeOptions,
        digests: Digests,
        before: Mapping[str, Record],
    ) -> None:
        self._course, self._source, self._mode = course, source, mode
        self._options, self._digests, self._before, self._skipped = options, digests, before, 0
        self._ready: queue.Queue[Graded] = queue.Queue()
        self._stop = threading.Event()
        self._results: dict[str, SubmissionResult] = {}
        self._runner: Runner | None = None

    @property
    def sealed(self) -> bool:
        """Whether every hand-in so far ran sealed."""
        return self._runner is not None and self._runner.sealed

    def all(
        self, todo: list[str], skipped: int, on_progress: OnProgress | None
    ) -> dict[str, SubmissionResult]:
        """Grade `todo`; on an interrupt finish writing what is ready, then let it through."""
        self._skipped = skipped
        count = min(self._options.workers or default_workers(), len(todo))
        sealed = self._options.cluster is not None or sandbox.require(self._options.allow_unsealed)
        runner = make_runner(self._mode, self._options, self._source, sealed)
        waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        for student in todo:
            waiting.put(student)
        threads: list[threading.Thread] = []
        try:
            with GradebookWriter(self._course, self._source, self._written) as writer:
                runner = started(  # it warmed up while the gradebook was opened
                    runner,
                    lambda: make_runner(self._mode, self._options, self._source, sealed=False),
                    self._options.allow_unsealed,
                )
                self._runner = runner
                for _ in range(count):
                    thread = threading.Thread(target=self._work, args=(waiting, runner), daemon=True)
                    threads.append(thread)
                    thread.start()
                self._collect(writer, len(todo), on_progress)
        finally:
            self._stop.set()
            runner.close()
            for thread in threads:
                thread.join(timeout=30)
        return self._results

    def _work(self, waiting: queue.SimpleQueue[str], runner: Runner) -> None:
        while not self._stop.is_set():
            try:
                student = waiting.get_nowait()
            except queue.Empty:
                return
            kind = CompatibleHandIn if isinstance(runner, CompatibleRunner) else HandIn
            hand_in = kind(self._course, self._source, student, runner, self._options.limits)
            graded = hand_in.grade()
            if not self._stop.is_set():
                self._ready.put(graded)

    def _collect(self, writer: GradebookWriter, total: int, on_progress: OnProgress | None) -> None:
        began, flagged = time.monotonic(), 0
        for number in range(1, total + 1):
            graded = self._next(writer)
            entry = self._entry(graded)
            writer.put(entry)
            flagged += bool(entry.record.result.flags)
            if on_progress is not None:
                rate = number / max(time.monotonic() - began, 1e-6)
                on_progress(
                    Progress(
                        number, total, self._skipped, flagged, rate, (total - number) / rate, graded.student
                    )
                )

    def _next(self, writer: GradebookWriter) -> Graded:
        """The next graded hand-in; while none is ready, commit what waits."""
        try:
            return self._ready.get(timeout=0.5)
        except queue.Empty:
            writer.flush()
        while True:  # short waits, so that Ctrl-C is heard on every system
            try:
                return self._ready.get(timeout=1.0)
            except queue.Empty:
                continue

    def _entry(self, graded: Graded) -> Entry:
        result = graded.result(self._source.max_score)
        record = Record(result, self._digests.of(graded.student), self._mode, self.sealed)
        stands = self._mode == "strict" and self._same_work(record)
        return Entry(graded.student, graded.timestamp, graded.marks, graded.unanswered, record, stands)

    def _same_work(self, record: Record) -> bool:
        """Whether hand-in and exercise are those of the last run: then what a person decided stands."""
        last = self._before.get(record.result.student)
        return last is not None and all(
            last.digests.get(part) == record.digests[part] for part in ("submission", "exercise")
        )

    def _written(self, entry: Entry) -> None:
        self._results[entry.student] = entry.record.result
        records.write(self._course.root, self._source.name, entry.record)
