"""Hand-ins on a dask cluster: a worker killed in the middle costs a retry, never a row."""

from __future__ import annotations

import json
import os
import shutil
import signal
import warnings
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.grading.left import notebook, rows

from coursekit.errors import InputError
from coursekit.grading import GradeOptions, Limits, Progress, grade
from coursekit.grading.cluster import Cluster
from coursekit.grading.course import Course
from coursekit.grading.engine import make_runner
from coursekit.grading.marks import Mark
from coursekit.grading.records import Record, SubmissionResult
from coursekit.grading.sandbox import has_bubblewrap
from coursekit.grading.writer import Entry, GradebookWriter

distributed = pytest.importorskip("distributed", reason="没有安装 dask.distributed")
pytestmark = pytest.mark.slow
COUNT = 16


@pytest.fixture(scope="module")
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


@pytest.mark.filterwarnings("ignore")
def test_in_compatible_mode_a_cluster_leaves_what_this_machine_leaves(
    course: Path, hand_in: Any, cluster: Any, tmp_path: Path
) -> None:
    hand_in("kh0001", answer="total = 6\nopen('made.txt', 'w').write('x')\nopen('data.csv', 'w').write('y')")
    hand_in("kh0002", answer="import sys\nprint('w', file=sys.stderr)\nprint(open('data.csv').read())\n1/0")
    hand_in("kh0003", answer="import os\nos._exit(0)")
    alone = Path(shutil.copytree(course, tmp_path / "alone"))
    waived = not has_bubblewrap()
    here = grade(alone, "ps1", GradeOptions(mode="compatible", workers=3, allow_unsealed=waived))
    there = grade(
        course,
        "ps1",
        GradeOptions(mode="compatible", workers=3, cluster=cluster.scheduler_address, allow_unsealed=waived),
    )
    assert [(row.student, row.status, row.flags) for row in there.submissions] == [
        (row.student, row.status, row.flags) for row in here.submissions
    ]
    assert there.sealed is not waived
    assert rows(course) == rows(alone)
    for student in ("kh0001", "kh0002"):
        assert notebook(course, student) == notebook(alone, student)
        made = [
            {p.name: p.read_bytes() for p in (root / "autograded" / student / "ps1").iterdir()}
            for root in (course, alone)
        ]
        assert made[0].keys() == made[1].keys()
        assert [files.get("made.txt") for files in made] == [b"x" if student == "kh0001" else None] * 2
        assert [files["data.csv"] for files in made] == [b"boxes\n1\n"] * 2


class _Worker:
    """A scheduler whose only worker answers at once, without a seal."""

    def submit(self, work: Any, text: str, **options: Any) -> Any:
        return SimpleNamespace(result=lambda: json.dumps({"sealed": False, "flags": [], "outcomes": {}}))


def test_what_one_worker_ran_without_a_seal_is_not_called_sealed() -> None:
    cluster = Cluster.__new__(Cluster)
    cluster._client, cluster._common, cluster.sealed = _Worker(), {}, True
    assert cluster.ask(str, {}) == {"sealed": False, "flags": [], "outcomes": {}}
    assert cluster.sealed is False


def test_a_cluster_is_for_python(course: Path, hand_in: Any) -> None:
    hand_in("kh0001")
    source = Course(course).assignment("ps1")
    spec = {**source.notebooks[0].metadata, "kernelspec": {"name": "ir", "language": "R"}}
    other = replace(source, notebooks=(replace(source.notebooks[0], metadata=spec),))
    with pytest.raises(InputError, match=r"不能分给别的机器.*去掉 --cluster"):
        make_runner("strict", GradeOptions(cluster="tcp://127.0.0.1:1", allow_unsealed=True), other, True)
