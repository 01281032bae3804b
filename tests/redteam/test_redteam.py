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
from collections.abc import Callable, Iterator
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

ATTACKS = Path(__file__).parent / "attacks"
NAMES = sorted(path.stem for path in ATTACKS.glob(f"{os.environ.get('ATTACK', '*')}.py"))
"""All of them, or while one is written the one of `ATTACK=name`."""
POKING = {"walk_frames", "set_custom_exc", "patched_testing", "os_exit", "network"} & set(NAMES)
GOOD = {"answer": "total = 6", "answer2": "def largest(table):\n    return table['boxes'].max()"}
HONEST = [f"honest{number}" for number in range(6)]
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


def attack(name: str) -> Any:
    """The module of one attack."""
    return importlib.import_module(f"tests.redteam.attacks.{name}")


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
        made = attack(name)
        cell: dict[str, Any] = {"answer": made.CELL} if hasattr(made, "CELL") else {}
        if "largest" in cell.get("answer", ""):
            cell["answer2"] = ""  # as released it would define `largest` anew, and the attack be gone
        path = hand_in(name, raw=getattr(made, "RAW", None), edit=getattr(made, "edit", None), **cell)
        lay: Callable[[Path, Path], None] | None = getattr(made, "lay", None)
        if lay is not None:
            lay(path.parent, root)
    before = protected(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_OF_THE_TRAINER", "1")
        report = grade(root, "ps1", GradeOptions(mode="strict", workers=4, limits=LIMITS))
    return Batch(report, root, before, sealed_processes())


def test_no_attack_gains_harms_or_stays(batch: Batch) -> None:
    """One test, so that workers of a test run do not each grade the batch."""
    found = {
        "gains": [row for row in map(batch.row, NAMES) if not attack(row.student).EXPECT(row)],
        "honest hand-ins harmed": [
            row for row in map(batch.row, HONEST) if (row.status, row.score) != ("graded", 4.0)
        ],
        "rows": sorted({row.student for row in batch.report.submissions} ^ {*NAMES, *HONEST}),
        "gradebook": list(differing(batch)),
        "changed": sorted(set(protected(batch.root).items()) ^ set(batch.before.items())),
        "processes left": batch.leftovers,
        "poking not shown": [name for name in POKING if not shown_with_place(batch.row(name))],
    }
    assert {kind: faults for kind, faults in found.items() if faults} == {}
    assert batch.report.sealed


def differing(batch: Batch) -> Iterator[tuple[str, str]]:
    """Cells whose points in the gradebook are not those of the report."""
    with Course(batch.root).gradebook() as book:
        for row in batch.report.submissions:
            for mark in row.cells:
                if book.find_grade(mark.grade_id, "ps1", "ps1", row.student).auto_score != mark.points:
                    yield row.student, mark.grade_id


def shown_with_place(row: SubmissionResult) -> bool:
    """Whether code that pokes at the interpreter is flagged with its cell and line."""
    found = [flag for flag in row.flags if flag.code == "pokes"]
    return bool(found) and all(flag.place.startswith("answer 第 ") for flag in found)
