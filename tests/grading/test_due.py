"""Due dates, extensions and late points, as a trainer sets them and a learner sees them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.grading.test_course import made

from coursekit import cli
from coursekit.course import due as learners_side
from coursekit.errors import InputError
from coursekit.grading.course import Course
from coursekit.grading.due import set_due, set_rules
from coursekit.grading.settings import read_settings

__all__ = ["made"]
NAME = "90_tiny"
LATE = datetime(2026, 3, 4, 10)  # UTC, two days behind the due date of the course


@pytest.fixture
def course(made: Path, tmp_path: Path) -> Path:
    """A course with one late hand-in, graded with 2 of 2 points."""
    root = Path(shutil.copytree(made, tmp_path / "c"))
    (root / "roster.csv").write_text("学员编号,姓名\nkh0001,张三\nkh0002,李四\n", "utf-8")
    (root / "submitted" / "kh0001" / NAME).mkdir(parents=True)
    with Course(root).gradebook() as book:
        book.update_or_create_student("kh0001")
        with book.db.no_autoflush:
            submission = book.update_or_create_submission(NAME, "kh0001", timestamp=LATE)
        submission.notebooks[0].grades[0].auto_score = 2
        book.db.commit()
    set_due(root, NAME, "2026-03-02 18:00")
    return root


@contextmanager
def opened(course: Path) -> Iterator[Any]:
    with Course(course).gradebook() as book:
        yield book.find_submission(NAME, "kh0001")


def cells(course: Path) -> list[dict[str, Any]]:
    return list(json.loads((course / "release" / NAME / f"{NAME}.ipynb").read_text("utf-8"))["cells"])


def line(course: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in cells(course) if learners_side.cell_due(cell)]


def test_the_date_stands_once_in_the_released_notebook_and_follows_a_change(course: Path) -> None:
    assert line(course) == ["**截止时间**：2026-03-02 18:00（Asia/Shanghai）。"]

    set_due(course, NAME, "2026-03-09 12:00")
    set_rules(course, late_percent=5)

    assert line(course) == [
        "**截止时间**：2026-03-09 12:00（Asia/Shanghai）。迟交每满一天（不足一天算一天）扣得分的 5%。"
    ]
    assert cells(course)[1]["id"] == "due-date"


def test_a_date_taken_back_is_gone_everywhere(course: Path) -> None:
    set_due(course, NAME, None)

    assert line(course) == []
    assert read_settings(course).due == {}
    with opened(course) as submission:
        assert submission.assignment.duedate is None


def test_learners_get_a_file_and_nobody_sees_the_extension_of_another(course: Path) -> None:
    set_due(course, NAME, "2026-03-20 18:00", ["KH0001"])

    common = (course / "release" / "due.json").read_bytes()
    own = (course / "extensions" / "due_kh0001.json").read_bytes()
    assert b"kh0001" not in common
    assert str(learners_side.parse(common, "").times[NAME]).startswith("2026-03-02 18:00")
    assert str(learners_side.parse(own, "").times[NAME]).startswith("2026-03-20 18:00")

    set_due(course, NAME, None, ["kh0001"])
    assert not (course / "extensions" / "due_kh0001.json").exists()
    assert read_settings(course).extensions == {}


def test_late_points_of_a_graded_hand_in_follow_rule_and_extension(course: Path) -> None:
    set_rules(course, late_percent=10)
    with opened(course) as submission:
        assert (submission.score, submission.late_submission_penalty) == (2, 0.4)

    set_due(course, NAME, "2026-03-04 18:00", "kh0001")
    with opened(course) as submission:
        assert (submission.score, submission.late_submission_penalty or 0) == (2, 0)

    set_due(course, NAME, None, "kh0001")
    set_rules(course, late_percent=0)
    with opened(course) as submission:
        assert (submission.late_submission_penalty or 0) == 0


def test_several_learners_get_an_extension_in_one_command(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["--student", "kh0001", "--student", "kh0002"]
    assert cli.run(["course", "due", str(course), NAME, "2026-03-05 18:00", *more, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "assignment": NAME,
        "due": "2026-03-02T18:00:00+08:00",
        "extensions": dict.fromkeys(("kh0001", "kh0002"), "2026-03-05T18:00:00+08:00"),
    }

    assert cli.run(["course", "due", str(course), NAME]) == 0
    assert "kh0002 延期到 2026-03-05 18:00" in capsys.readouterr().out
    assert cli.run(["course", "due", str(course), NAME, "--clear", "--student", "kh0001", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)["extensions"]) == ["kh0002"]


def test_the_rules_are_shown_and_changed(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["course", "rules", str(course)]) == 0
    assert "不扣分" in capsys.readouterr().out

    changed = ["--late-percent", "5", "--after-feedback", "best", "--json"]
    assert cli.run(["course", "rules", str(course), *changed]) == 0
    assert json.loads(capsys.readouterr().out) == {"late_percent_per_day": 5.0, "after_feedback": "best"}
    assert read_settings(course).after_feedback == "best"


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["due", "C", NAME, "2026-03-01 18:00", "--student", "kh0001"], "不早于全班的截止时间"),
        (["due", "C", NAME, "2026-03-05 18:00", "--student", "kh0009"], "名单里的学员编号"),
        (["due", "C", NAME, "2026-03-05 18:00", "--clear"], "只写 --clear"),
        (["due", "C", "99_none"], "没有这个作业"),
        (["rules", "C", "--late-percent", "120"], "0 到 100"),
        (["rules", "C", "--after-feedback", "worst"], "first、last、best 之一"),
    ],
)
def test_wrong_use_changes_nothing(
    course: Path, capsys: pytest.CaptureFixture[str], args: list[str], word: str
) -> None:
    before = (course / "coursekit.toml").read_bytes()

    assert cli.run(["course", *(str(course) if arg == "C" else arg for arg in args), "--json"]) == 2

    assert word in json.loads(capsys.readouterr().out)["error"]
    assert (course / "coursekit.toml").read_bytes() == before


def test_a_course_from_elsewhere_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "source" / NAME).mkdir(parents=True)

    with pytest.raises(InputError, match="请在 formgrader 里改"):
        set_due(tmp_path, NAME, "2026-03-09")
