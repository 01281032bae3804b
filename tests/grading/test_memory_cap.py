"""Many processes of one hand-in cannot fill the machine, where it lets us make a group with a cap."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from coursekit.grading import GradeOptions, Limits, grade, memory_cap
from coursekit.grading.memory_cap import MemoryCap
from coursekit.grading.sandbox import has_bubblewrap

FLOOD = """
import os, time
for _ in range(9):
    if os.fork() == 0:
        held = bytearray(300_000_000)
        time.sleep(60)
time.sleep(2)
total = 6
"""


@pytest.mark.slow
@pytest.mark.skipif(not has_bubblewrap(), reason="没有 bubblewrap")
@pytest.mark.skipif(memory_cap.parent() is None, reason="这台机器不让建控制组")
def test_a_flood_by_many_processes_stays_under_the_cap(
    course: Path, hand_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    monkeypatch.setattr(memory_cap, "SHARE", 1.2e9 / total)
    made: list[MemoryCap] = []
    real = memory_cap.make
    monkeypatch.setattr(memory_cap, "make", lambda: made.append(real()) or made[-1])
    hand_in("flood", answer=FLOOD)
    for number in range(2):
        hand_in(f"honest{number}", answer="total = 6")
    seen: list[int] = []

    def look(_: object) -> None:
        for name in ("memory.peak", "memory.max_usage_in_bytes"):
            if made[0].folder is not None and (made[0].folder / name).exists():
                seen.append(int((made[0].folder / name).read_text()))

    report = grade(
        course, "ps1", GradeOptions(mode="strict", workers=2, limits=Limits(grace_seconds=1)), look
    )
    scores = {row.student: row.score for row in report.submissions}
    assert {scores[f"honest{number}"] for number in range(2)} == {2.0}
    assert max(seen) <= 1.3e9
    assert made[0].folder is not None
    assert not made[0].folder.exists()


def test_the_group_is_beside_ours_in_version_two_and_below_ours_in_version_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, below = tmp_path / "user.slice", tmp_path / "memory" / "jobs"
    beside.mkdir()
    below.mkdir(parents=True)
    for folder in (beside, below):
        (folder / "cgroup.procs").touch()
    (beside / "cgroup.subtree_control").write_text("cpu memory\n")
    own = tmp_path / "own"
    monkeypatch.setattr(memory_cap, "ROOT", tmp_path)
    monkeypatch.setattr(memory_cap, "OWN", own)
    own.write_text("0::/user.slice/shell.scope\n")
    assert memory_cap.parent() == beside
    own.write_text("4:memory:/jobs\n0::/\n")
    assert memory_cap.parent() == below
    own.write_text("0::/\n")
    assert memory_cap.parent() is None


def test_a_machine_without_groups_has_no_cap_and_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_cap, "OWN", tmp_path / "none")
    cap = memory_cap.make()
    assert (cap.folder, cap.command) == (None, ())
    cap.close()


def test_groups_of_killed_runs_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = tmp_path / "coursekit-999999999-1"
    stale.mkdir()
    monkeypatch.setattr(memory_cap, "parent", lambda: tmp_path)
    cap = memory_cap.make()
    assert not stale.exists()
    assert cap.folder is None  # no kernel made the limit appear in this folder
    assert list(tmp_path.iterdir()) == []
