"""What a run of `grade` says of a hand-in is what reports say: a person's decisions are in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.grading.graded import SLUG, make_graded

from coursekit.grading import records, standings
from coursekit.grading.manual import ByHand


def test_results_are_as_reports_show_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_graded(tmp_path / "course")
    given = {
        "kh0002": ByHand({"check_own": 1.5}, penalty=0.5),
        "kh0003": ByHand({"form_rate": 2.0}),
        "kh0004": ByHand({"form_rate": 2.0}),
    }
    monkeypatch.setattr(standings, "by_hand", lambda course, assignment: given)
    results = [record.result for record in records.read(course, SLUG)]

    found = {row.student: row for row in standings.with_decisions(course, SLUG, results)}

    assert {student: (row.status, row.score) for student, row in found.items()} == {
        "kh0001": ("graded", 6.0),
        "kh0002": ("graded", 2.5),  # late points are not taken off, as in the gradebook's own score
        "kh0003": ("graded", 5.0),
        "kh0004": ("not_run", None),
    }
    for row in standings.standings(course, SLUG):
        if row.student in found:
            assert row.state == found[row.student].status
            assert (row.score, found[row.student].score) in [(2.0, 2.5), (row.score, row.score)]


def test_a_hand_in_with_an_open_cell_or_an_open_flag_still_waits(tmp_path: Path) -> None:
    course = make_graded(tmp_path / "course")
    results = [record.result for record in records.read(course, SLUG)]
    found = {row.student: row.status for row in standings.with_decisions(course, SLUG, results)}
    assert found == {record.student: record.status for record in results}
    assert found["kh0003"] == "needs_review"
