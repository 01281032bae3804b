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
from coursekit.grading.sandbox import has_bubblewrap

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
        assert len(book.assignment_submissions("ps1")) == COUNT


def test_a_cluster_is_for_strict_mode(course: Path, hand_in: Any) -> None:
    hand_in("kh0001")
    with pytest.raises(InputError, match="严格模式"):
        grade(course, "ps1", GradeOptions(mode="compatible", cluster="tcp://127.0.0.1:1"))
