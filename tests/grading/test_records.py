"""A record can be written whatever a hand-in calls its files, cells and errors."""

from __future__ import annotations

from pathlib import Path

from coursekit.grading import records
from coursekit.grading.marks import Mark
from coursekit.grading.records import Flag, Record, SubmissionResult


def test_halves_of_surrogate_pairs_do_not_stop_a_run(tmp_path: Path) -> None:
    marks = (Mark("test", 0.0, 2.0, "failed", "ValueError: \ud800"),)
    result = SubmissionResult(
        "kh0001", "needs_review", 0.0, 2.0, (Flag("link", "\udcff", "\ud800"),), 0.1, marks
    )
    records.write(tmp_path, "ps1", Record(result, {}, "strict", True))
    found = records.read(tmp_path, "ps1")[0].result
    assert found.flags == (Flag("link", "?", "?"),)
    assert found.cells[0].reason == "ValueError: ?"
    assert str(result.flags[0]).encode()
