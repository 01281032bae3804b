"""A run that is killed at any moment ends, run again, in the rows of an undisturbed one."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from coursekit.grading import GradeOptions, Progress, grade, records
from coursekit.grading.course import Course
from coursekit.grading.sandbox import has_bubblewrap

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not has_bubblewrap(), reason="没有 bubblewrap")]

CODE = """
import sys
from coursekit.grading import GradeOptions, grade, writer
writer.BATCH = 2
grade(sys.argv[1], 'ps1', GradeOptions(mode='strict', workers=2), lambda p: print(p.done, flush=True))
"""
COUNT = 14


def rows(root: Path) -> dict[str, Any]:
    found = {}
    with Course(root).gradebook() as book:
        for submission in book.assignment_submissions("ps1"):
            grades = {
                str(g.name): (g.auto_score, g.needs_manual_grade)
                for n in submission.notebooks
                for g in n.grades
            }
            found[submission.student.id] = grades
    return found


def forks(driver: psutil.Process) -> list[psutil.Process]:
    """Processes of hand-ins: what the warm process forked; it is itself a child of bubblewrap."""
    found = []
    with contextlib.suppress(psutil.NoSuchProcess):
        for process in driver.children(recursive=True):
            parent = process.parent()
            if parent not in (None, driver) and "bwrap" not in (process.name(), parent.name()):
                found.append(process)
    return found


def test_a_warm_process_ended_from_outside_costs_no_hand_in(course: Path, hand_in: Any) -> None:
    for number in range(5):
        hand_in(f"kh{number:04d}", answer="total = 6")
    me = psutil.Process()
    ended = []

    def end_it(progress: Progress) -> None:
        if progress.done == 1:
            warm = [child for child in me.children() if child.name() == "bwrap"]
            for process in warm:
                process.kill()
            ended.extend(warm)

    report = grade(course, "ps1", GradeOptions(mode="strict", workers=2), end_it)
    assert len(ended) >= 1
    assert {(row.score, row.flags) for row in report.submissions} == {(2.0, ())}


@pytest.mark.usefixtures("one_warm_process")
def test_a_hand_in_whose_process_was_ended_from_outside_runs_again(course: Path, hand_in: Any) -> None:
    hand_in("kh0001", answer="import time\ntime.sleep(0.5)\ntotal = 6")
    me = psutil.Process()
    ended: list[psutil.Process] = []

    def end_it() -> None:
        while len(ended) < 2:
            ended[:] = forks(me)
        with contextlib.suppress(psutil.NoSuchProcess):
            ended[0].kill()

    killer = threading.Thread(target=end_it, daemon=True)
    killer.start()
    report = grade(course, "ps1", GradeOptions(mode="strict", workers=1))
    assert ended
    assert [(row.score, row.flags) for row in report.submissions] == [(2.0, ())]


@pytest.mark.usefixtures("one_warm_process")
def test_killed_three_times_and_resumed_ends_in_the_same_rows(
    course: Path, hand_in: Any, tmp_path: Path
) -> None:
    for number in range(COUNT):
        hand_in(f"kh{number:04d}", answer=f"total = {6 if number % 3 else 5}")
    calm = Path(shutil.copytree(course, tmp_path / "calm"))
    grade(calm, "ps1", GradeOptions(mode="strict", workers=2))
    moments = random.Random(7)
    for _ in range(3):
        run = subprocess.Popen([sys.executable, "-c", CODE, str(course)], stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        for _ in range(moments.randint(1, 4)):
            run.stdout.readline()
        started = psutil.Process(run.pid).children(recursive=True)
        run.kill()
        run.communicate()
        _, alive = psutil.wait_procs(started, timeout=10)
        assert alive == []
    before = len(records.read(course, "ps1"))
    assert 0 < before < COUNT
    began = time.monotonic()
    grade(course, "ps1", GradeOptions(mode="strict", workers=2))
    assert time.monotonic() - began < 120
    assert rows(course) == rows(calm)
    assert len(records.read(course, "ps1")) == COUNT
