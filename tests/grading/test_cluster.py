"""Hand-ins on a dask cluster: a worker killed in the middle costs a retry, never a row."""

from __future__ import annotations

import os
import signal
import warnings
from pathlib import Path
from typing import Any

import pytest

from coursekit.errors import InputError
from coursekit.grading import GradeOptions, Limits, Progress, grade
from coursekit.grading.course import Course
from coursekit.grading.marks import Mark
from coursekit.grading.records import Record, SubmissionResult
from coursekit.grading.sandbox import has_bubblewrap
from coursekit.grading.writer import Entry, GradebookWriter

distributed = pytest.importorskip("distributed", reason="没有安装 dask.distributed")
pytestmark = pytest.mark.slow
COUNT = 16


@pytest.fixture
def cluster() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # ports in use and the like are the cluster's own business
        with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
            yield found


@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_costs_no_row(course: Path, hand_in: Any, cluster: Any) -> None:
    for number in range(COUNT):
        hand_in(f"kh{number:04d}", answer=f"total = {6 if number % 2 else 5}")
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if progress.done == 3:
            worker = next(iter(cluster.workers.values()))
            killed.append(worker.process.pid)
            os.kill(killed[0], signal.SIGKILL)

    options = GradeOptions(
        mode="strict",
        workers=4,
        cluster=cluster.scheduler_address,
        limits=Limits(cell_seconds=20),
        allow_unsealed=not has_bubblewrap(),
    )
    report = grade(course, "ps1", options, kill_one)
    assert killed
    expected = {f"kh{number:04d}": 2.0 if number % 2 else 0.0 for number in range(COUNT)}
    assert {row.student: row.score for row in report.submissions} == expected
    with Course(course).gradebook() as book:
        rows = book.assignment_submissions("ps1")
        assert sorted(row.student.id for row in rows) == sorted(expected)
        for row in rows:
            names = [one.name for notebook in row.notebooks for one in notebook.grades]
            assert len(names) == len(set(names)) == 3


def test_the_same_hand_in_told_twice_is_one_row(course: Path, hand_in: Any) -> None:
    """A task may run twice when its worker dies late; whatever comes twice is written over itself."""
    hand_in("kh0001")
    place = Course(course)
    source = place.assignment("ps1")
    result = SubmissionResult("kh0001", "graded", 2.0, 7.0)
    marks = {"ps1": {"test": Mark("test", 2.0, 2.0, "passed")}}
    entry = Entry("kh0001", None, marks, {}, Record(result, {}, "strict", True))
    with GradebookWriter(place, source, lambda _: None) as writer:
        writer.put(entry)
        writer.put(entry)
    with GradebookWriter(place, source, lambda _: None) as writer:
        writer.put(entry)
    with place.gradebook() as book:
        (row,) = book.assignment_submissions("ps1")
        assert (row.student.id, row.score) == ("kh0001", 2.0)


def test_a_cluster_is_for_strict_mode(course: Path, hand_in: Any) -> None:
    hand_in("kh0001")
    with pytest.raises(InputError, match=r"加上 --mode strict.*去掉 --cluster"):
        grade(course, "ps1", GradeOptions(mode="compatible", cluster="tcp://127.0.0.1:1"))
