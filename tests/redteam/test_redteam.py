"""Every attack of `attacks/` in one batch with honest hand-ins, sealed and strict.

An attack file has a `CELL` (put into the answer cell), an `edit` of the notebook, `RAW` bytes of it, or
`lay`, which prepares the folder; `EXPECT` judges its row.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.grading.conftest import course_template, make_hand_ins

from coursekit.grading import GradeOptions, GradeReport, Limits, SubmissionResult, grade
from coursekit.grading.course import Course
from coursekit.grading.sandbox import FIRST_UID, has_bubblewrap

__all__ = ["course_template"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not has_bubblewrap(), reason="没有 bubblewrap，不能隔离"),
]

NAMES = sorted(path.stem for path in (Path(__file__).parent / "attacks").glob("*.py"))
GOOD = {"answer": "total = 6", "answer2": "def largest(table):\n    return table['boxes'].max()"}
HONEST = [f"honest{number}" for number in range(12)]
LIMITS = Limits(cell_seconds=4, grace_seconds=1, total_seconds=40, memory_mb=2048)


@dataclass
class Batch:
    """One graded batch and what the machine looked like around it."""

    report: GradeReport
    root: Path
    before: dict[str, str]
    leftovers: list[str]

    def row(self, student: str) -> SubmissionResult:
        return next(row for row in self.report.submissions if row.student == student)


def protected(root: Path) -> dict[str, str]:
    """Digests of what no hand-in may change."""
    config = (root / "nbgrader_config.py").read_bytes()
    files = {"nbgrader_config.py": hashlib.sha256(config).hexdigest()}
    for folder in ("source", "submitted"):  # os.walk passes over what is too deep to name
        for here, _, names in os.walk(root / folder):
            for path in (Path(here, name) for name in names if len(here) + len(name) < 4000):
                info = path.lstat()
                if stat.S_ISREG(info.st_mode) and info.st_nlink == 1 and info.st_size < 10_000_000:
                    files[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return files


def _is_of_a_running_engine(process: psutil.Process) -> bool:
    """Below a seal that still stands: another run's on this machine, ours has ended."""
    try:
        return any(parent.name() == "bwrap" for parent in process.parents())
    except psutil.Error:
        return False


def sealed_processes() -> list[str]:
    """Processes of the users that hand-ins run as, or marked by an attack."""
    found = []
    for process in psutil.process_iter(["uids", "cmdline", "name"]):
        uids, command = process.info["uids"], process.info["cmdline"] or []
        if _is_of_a_running_engine(process):
            continue
        if (uids and FIRST_UID <= uids.real < FIRST_UID + 2000) or "RED_TEAM_LEFTOVER" in command:
            found.append(f"{process.pid} {command}")
    return found


@pytest.fixture(scope="module")
def batch(course_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Batch:
    root = Path(shutil.copytree(course_template, tmp_path_factory.mktemp("redteam") / "course"))
    (root / "nbgrader_config.py").write_text("c = get_config()\n")
    hand_in = make_hand_ins(root)
    for student in HONEST:
        hand_in(student, **GOOD)
    for name in NAMES:
        attack = importlib.import_module(f"tests.redteam.attacks.{name}")
        cell: dict[str, Any] = {"answer": attack.CELL} if hasattr(attack, "CELL") else {}
        path = hand_in(name, raw=getattr(attack, "RAW", None), edit=getattr(attack, "edit", None), **cell)
        lay: Callable[[Path, Path], None] | None = getattr(attack, "lay", None)
        if lay is not None:
            lay(path.parent, root)
    before = protected(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_OF_THE_TRAINER", "1")
        report = grade(root, "ps1", GradeOptions(mode="strict", workers=4, limits=LIMITS))
    return Batch(report, root, before, sealed_processes())


@pytest.mark.parametrize("name", NAMES)
def test_the_attack_gains_nothing(batch: Batch, name: str) -> None:
    expect = importlib.import_module(f"tests.redteam.attacks.{name}").EXPECT
    row = batch.row(name)
    assert expect(row), row


def test_every_honest_hand_in_keeps_its_score(batch: Batch) -> None:
    assert batch.report.sealed
    assert {(batch.row(s).status, batch.row(s).score) for s in HONEST} == {("graded", 4.0)}


def test_every_hand_in_has_a_row_and_the_gradebook_agrees(batch: Batch) -> None:
    assert {row.student for row in batch.report.submissions} == {*NAMES, *HONEST}
    with Course(batch.root).gradebook() as book:
        for row in batch.report.submissions:
            for mark in row.cells:
                found = book.find_grade(mark.grade_id, "ps1", "ps1", row.student)
                assert found.auto_score == mark.points, row.student


def test_nothing_of_the_course_is_changed(batch: Batch) -> None:
    assert protected(batch.root) == batch.before


def test_no_process_is_left(batch: Batch) -> None:
    assert batch.leftovers == []


@pytest.mark.parametrize("name", ["walk_frames", "set_custom_exc", "patched_testing", "os_exit", "network"])
def test_poking_at_the_interpreter_is_shown_with_its_place(batch: Batch, name: str) -> None:
    found = [flag for flag in batch.row(name).flags if flag.code == "pokes"]
    assert found
    assert all(flag.place.startswith("answer 第 ") for flag in found)
