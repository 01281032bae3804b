"""Copied answers are found whatever they are called; honest ones are not accused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from coursekit import cli
from coursekit.errors import InputError
from coursekit.grading import records
from coursekit.grading.alike import Part
from coursekit.grading.flags import similar_flags
from coursekit.grading.marks import Mark
from coursekit.grading.records import Record, SubmissionResult
from coursekit.grading.review import looked_at
from coursekit.grading.similarity import _not_too_long, similarity
from coursekit.grading.standings import standings

LONG = """def largest(table):
    best = None
    for position, value in enumerate(table['boxes']):
        if position == 0:
            best = value
        if value > best:
            best = value
        elif value == best:
            continue
        else:
            pass
    remaining = [number for number in table['boxes'] if number != best]
    if len(remaining) > 100 and sum(remaining) < 0:
        raise ValueError('不会发生')
    return best
"""
RENAMED = LONG.replace("best", "top").replace("position", "i").replace("remaining", "others") + "# 自己写的\n"
OTHER = """def largest(table):
    ordered = sorted(table['boxes'].tolist(), reverse=True)
    while ordered and ordered[0] is None:
        ordered = ordered[1:]
    assert ordered, '没有数据'
    first, *others = ordered
    return max([first] + others) if others else first
"""


def test_a_renamed_copy_is_found_and_an_own_answer_is_not(course: Path, hand_in: Any) -> None:
    hand_in("writer", answer="total = 6", answer2=LONG)
    hand_in("copier", answer="total = 6", answer2=RENAMED)
    hand_in("honest", answer="total = 6", answer2=OTHER)
    hand_in("short1", answer="total = 6")
    hand_in("short2", answer="total = 6")
    hand_in("broken", raw=b"{")
    report = similarity(course, "ps1")
    assert [(pair.first, pair.second) for pair in report.pairs] == [("copier", "writer")]
    assert report.compared == 5
    page = report.page.read_text(encoding="utf-8")
    assert "copier 和 writer" in page
    assert "<mark>" in page
    assert "http" not in page


def graded(course: Path, student: str) -> None:
    """A record as grading leaves it."""
    cells = (Mark("test", 2.0, 2.0, "passed"),)
    result = SubmissionResult(student, "graded", 2.0, 2.0, (), 0.1, cells)
    records.write(course, "ps1", Record(result, {"submission": student}, "strict", True))


def test_a_pair_is_flagged_with_partner_and_place_and_no_score_changes(course: Path, hand_in: Any) -> None:
    hand_in("writer", answer2=LONG)
    hand_in("copier", answer2=RENAMED)
    hand_in("honest", answer2=OTHER)
    for student in ("writer", "copier", "honest"):
        graded(course, student)
    before = (course / "gradebook.db").read_bytes()

    similarity(course, "ps1")

    rows = {record.result.student: record.result for record in records.read(course, "ps1")}
    assert rows["honest"].flags == ()
    (flag,) = rows["copier"].flags
    assert (flag.code, flag.place) == ("similar", "answer2")
    assert "writer 的 answer2 很像" in flag.reason
    assert {(row.score, row.max_score) for row in rows.values()} == {(2.0, 2.0)}
    assert [rows[who].status for who in ("writer", "copier", "honest")] == [
        "needs_review", "needs_review", "graded",
    ]  # fmt: skip
    assert (course / "gradebook.db").read_bytes() == before


def test_a_flag_raised_after_a_look_wants_another_look(course: Path, hand_in: Any) -> None:
    hand_in("writer", answer2=LONG)
    hand_in("copier", answer2=RENAMED)
    for student in ("writer", "copier"):
        graded(course, student)
        looked_at(course, "ps1", student, "看过了")

    similarity(course, "ps1")
    assert {row.student: row.state for row in standings(course, "ps1")}["copier"] == "needs_review"

    looked_at(course, "ps1", "copier", "问过本人")
    assert {row.student: row.state for row in standings(course, "ps1")} == {
        "copier": "graded", "writer": "needs_review",
    }  # fmt: skip


def test_the_flag_goes_when_the_likeness_goes_and_a_new_hand_in_has_none(course: Path, hand_in: Any) -> None:
    hand_in("writer", answer2=LONG)
    path = hand_in("copier", answer2=RENAMED)
    for student in ("writer", "copier"):
        graded(course, student)
    similarity(course, "ps1")
    assert similar_flags(course, "ps1", "copier", path.parent)

    path.write_text(path.read_text().replace("others", "others + []"))
    assert similar_flags(course, "ps1", "copier", path.parent) == []

    shutil.rmtree(course / "submitted" / "writer")
    similarity(course, "ps1")
    assert {r.result.student: (r.result.flags, r.result.status) for r in records.read(course, "ps1")} == {
        "copier": ((), "graded"), "writer": ((), "graded"),
    }  # fmt: skip


def test_given_cells_and_the_model_solution_are_no_likeness(course: Path, hand_in: Any) -> None:
    solved = "def largest(table):\n    return table['boxes'].max()"
    for number in range(3):
        hand_in(f"kh{number}", answer="total = int(sales['boxes'].sum())", answer2=solved)

    assert similarity(course, "ps1", tokens=15).pairs == ()


def test_the_command_prints_one_object_and_its_code_says_whether_to_look(
    course: Path, hand_in: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in("writer", answer2=LONG)
    assert cli.run(["similarity", str(course), "ps1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pairs"] == []

    hand_in("copier", answer2=RENAMED)
    assert cli.run(["similarity", str(course), "ps1", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["flagged"] == ["copier", "writer"]
    assert Path(said["html"]).is_file()

    assert cli.run(["similarity", str(course), "ps1"]) == 1
    assert "copier 和 writer：代码相似 100%" in capsys.readouterr().out


@pytest.mark.parametrize(("options", "word"), [({"threshold": 0}, "大于 0"), ({"tokens": 0}, "1 或更大")])
def test_a_senseless_threshold_is_refused(course: Path, options: dict[str, Any], word: str) -> None:
    with pytest.raises(InputError, match=word):
        similarity(course, "ps1", **options)


def test_a_megabyte_of_padding_neither_holds_up_the_comparison_nor_hides_a_copy() -> None:
    own = Part("answer", "code", "total = 6")
    kept = list(_not_too_long([Part("x", "code", "y = 1\n" * 200_000), own]))
    assert kept[0] == own
    assert sum(len(part.text) for part in kept) == 200_000
