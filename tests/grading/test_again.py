"""A trainer lets one learner's hand-in after feedback count: with a reason, recorded, and it can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.grading.handins import SLUG
from tests.grading.test_collect import course, hand_in, sent, statuses

from coursekit import cli
from coursekit.grading import arrivals, store
from coursekit.grading.standings import standings

__all__ = ["course"]


@pytest.fixture
def inbox(course: Path, tmp_path: Path) -> Path:
    """A first hand-in that got its feedback."""
    folder = tmp_path / "in"
    assert statuses(course, sent(folder, "1.zip", hand_in("kh0001", "one"))) == [("stored", "kh0001")]
    digest = arrivals.record(course, SLUG, "kh0001")["digest"]
    returned = {"student": "kh0001", "digest": digest}
    store.write_json(course / store.PRIVATE / "returned" / SLUG / "kh0001.json", returned)
    return folder


def counts(course: Path) -> str:
    """The answer in the hand-in that counts."""
    path = course / "submitted" / "kh0001" / SLUG / f"{SLUG}.ipynb"
    return str(json.loads(path.read_bytes())["cells"][0]["source"])


def again(course: Path, *options: str) -> int:
    return cli.run(["course", "again", str(course), SLUG, *options])


def test_one_kept_aside_counts_once_allowed_and_no_more_when_taken_back(
    course: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = [sent(inbox, f"{n}.zip", hand_in("kh0001", f"try {n}"), hours=n) for n in (1, 2)]
    assert statuses(course, *later) == [("apart", "kh0001")] * 2
    assert counts(course) == "one"

    assert again(course, "--student", "KH0001", "--reason", "住院 一周", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["allowed"]["kh0001"]["reason"], said["grade_again"]) == ("住院 一周", True)
    assert counts(course) == "try 2"
    assert arrivals.record(course, SLUG, "kh0001")["file"] == "2.zip"

    assert again(course, "--student", "kh0001", "--clear") == 1
    assert "请再运行一次 coursekit grade" in capsys.readouterr().out
    assert counts(course) == "one"
    note = store.read_json(course / store.PRIVATE / "again" / SLUG / "kh0001.json") or {}
    assert (note["stands"], [old["reason"] for old in note["earlier"]]) == (False, ["住院 一周"])


def test_one_that_comes_later_counts_for_the_learner_allowed_and_reports_say_why(
    course: Path, inbox: Path
) -> None:
    assert again(course, "--student", "kh0001", "--reason", "住院") == 0
    second = sent(inbox, "2.zip", hand_in("kh0001", "two"), hours=1)
    assert statuses(course, second) == [("replaced", "kh0001")]
    assert counts(course) == "two"
    notes = {row.student: row.notes for row in standings(course, SLUG)}
    assert any("准许计入" in note and "住院" in note for note in notes["kh0001"])
    assert not any("准许" in note for note in notes["kh0002"])


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--student", "kh0009", "--reason", "住院"], "名单里的学员编号"),
        (["--student", "kh0001"], "准许的理由"),
        (["--student", "kh0001", "--reason", "长" * 201], "201 字"),
        (["--student", "kh0002", "--clear"], "没有准许"),
        (["--reason", "住院"], "--student"),
    ],
)
def test_wrong_use_is_said_and_changes_nothing(
    course: Path, inbox: Path, options: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert again(course, *options) == 2
    assert word in capsys.readouterr().err
    assert not (course / store.PRIVATE / "again").exists()


def test_where_later_ones_count_anyway_nothing_needs_to_be_allowed(
    course: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = course / "coursekit.toml"
    changed = settings.read_text("utf-8").replace("[due]", 'after_feedback = "last"\n[due]')
    settings.write_text(changed, "utf-8")
    assert again(course, "--student", "kh0001", "--reason", "住院") == 2
    assert "不用准许" in capsys.readouterr().err
