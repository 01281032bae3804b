"""A cohort's course is a plain nbgrader course: its gradebook, its release, its commands."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from nbgrader.api import Gradebook
from tests.shared import made_once

from coursekit.course.build import release_notebook
from coursekit.course.due import cell_due
from coursekit.errors import InputError
from coursekit.grading.late import penalty
from coursekit.grading.new_course import new_course, sync_gradebook
from coursekit.grading.settings import Settings, read_settings, settings_text, with_due
from coursekit.resources import CONTENT_VARIABLE, content_root

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE = datetime(2026, 3, 2, 18, tzinfo=SHANGHAI)
EXERCISE = """# %% [markdown]
# # 小练习

# %% nbgrader={"grade_id": "sum", "solution": true}
total = None
### BEGIN SOLUTION
total = 59 + 78
### END SOLUTION

# %% nbgrader={"grade_id": "test_sum", "grade": true, "points": 2}
assert total is not None, "还没有作答"
### BEGIN HIDDEN TESTS
assert total == 137, "两条线加起来不对"
### END HIDDEN TESTS
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one tiny exercise, made once; a copy of this module's own."""
    once = made_once(tmp_path_factory, "course-tiny", _make)
    return Path(shutil.copytree(once, tmp_path_factory.mktemp("course") / "tiny")) / "c"


def _make(base: Path) -> None:
    tiny_content(base / "content")
    roster = base / "roster.csv"
    roster.write_text("学员编号,姓名,单位\nkh0001,张三,一部\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CONTENT_VARIABLE, str(base / "content"))
        patch.setenv("PATH", "/usr/bin:/bin")  # the environment's own bin is not on it
        new_course(
            base / "c",
            title="试点班",
            roster=roster,
            settings=with_due(Settings(mode="strict"), "90_tiny", DUE),
        )


def tiny_content(folder: Path) -> None:
    """Content with one exercise."""
    exercise = folder / "assignments" / "exercises" / "90_tiny"
    exercise.mkdir(parents=True)
    (folder / "notebooks").mkdir()
    (folder / "datasets").mkdir()
    (exercise / "exercise.py").write_text(EXERCISE, "utf-8")


def test_the_gradebook_knows_assignment_due_date_and_learners(made: Path) -> None:
    with Gradebook(f"sqlite:///{made}/gradebook.db") as book:
        assignment = book.find_assignment("90_tiny")
        student = book.find_student("kh0001")

        assert assignment.max_score == 2
        assert assignment.duedate == datetime(2026, 3, 2, 10)
        assert student.first_name == "张三"


def test_the_release_is_the_notebook_the_kit_builds(made: Path) -> None:
    """nbgrader's own command cuts the same learner's version as `coursekit build`."""
    nbgraders = json.loads((made / "release" / "90_tiny" / "90_tiny.ipynb").read_text("utf-8"))
    ours = release_notebook(made.parent / "content" / "assignments" / "exercises" / "90_tiny")

    assert [cell["source"] for cell in nbgraders["cells"] if not cell_due(cell)] == [
        cell["source"].splitlines(keepends=True) for cell in ours.cells
    ]
    assert "137" not in json.dumps(nbgraders)


def test_again_adds_nothing_and_keeps_what_a_trainer_changed(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CONTENT_VARIABLE, str(made.parent / "content"))
    settings = made / "coursekit.toml"
    settings.write_text(settings.read_text("utf-8").replace("试点班", "第二期"), "utf-8")
    kept = made / "submitted" / "kh0001" / "90_tiny" / "x.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("x")

    again = new_course(made)

    assert again.assignments == ("90_tiny",)
    assert again.students == 1
    assert read_settings(made).title == "第二期"
    assert kept.is_file()


def test_a_due_date_set_later_reaches_the_gradebook(made: Path) -> None:
    later = with_due(read_settings(made), "90_tiny", datetime(2026, 3, 5, 8, tzinfo=SHANGHAI))
    (made / "coursekit.toml").write_text(settings_text(later), "utf-8")

    sync_gradebook(made)

    with Gradebook(f"sqlite:///{made}/gradebook.db") as book:
        assert book.find_assignment("90_tiny").duedate == datetime(2026, 3, 5)


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")
    with pytest.raises(InputError, match="请换一个文件夹名"):
        new_course(tmp_path)


def test_an_unknown_exercise_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个练习"):
        new_course(tmp_path / "c", names=["99_none"])
    assert not (tmp_path / "c").exists()


def test_without_sources_the_trainer_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("notebooks", "datasets", "assignments"):
        (tmp_path / "wheel" / name).mkdir(parents=True)
    monkeypatch.setenv(CONTENT_VARIABLE, str(tmp_path / "wheel"))
    assert content_root() == tmp_path / "wheel"

    with pytest.raises(InputError, match="代码仓库"):
        new_course(tmp_path / "c")


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    settings = with_due(
        with_due(Settings("班", late_percent_per_day=5), "03_figures", DUE),
        "03_figures",
        DUE.replace(day=4),
        "kh0002",
    )
    (tmp_path / "coursekit.toml").write_text(settings_text(settings), "utf-8")

    assert read_settings(tmp_path) == settings


def test_a_day_alone_means_its_end(tmp_path: Path) -> None:
    (tmp_path / "coursekit.toml").write_text('[due]\n"03_figures" = 2026-03-02\n', "utf-8")

    assert read_settings(tmp_path).due["03_figures"] == datetime(2026, 3, 2, 23, 59, 59, tzinfo=SHANGHAI)


def test_an_extension_reaches_the_gradebook_once_there_is_a_hand_in(made: Path) -> None:
    settings = with_due(read_settings(made), "90_tiny", DUE)
    settings = with_due(settings, "90_tiny", DUE.replace(day=4), "kh0001")
    (made / "coursekit.toml").write_text(settings_text(settings), "utf-8")
    (made / "submitted" / "kh0001" / "90_tiny").mkdir(parents=True, exist_ok=True)

    assert sync_gradebook(made)
    assert not sync_gradebook(made)

    with Gradebook(f"sqlite:///{made}/gradebook.db") as book:
        assert book.find_submission("90_tiny", "kh0001").duedate == datetime(2026, 3, 4, 10)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, 0.0), (1, 1.0), (86_400, 1.0), (86_401, 2.0), (1e9, 10.0)]
)
def test_late_points_by_started_day(seconds: float, expected: float) -> None:
    assert penalty(Settings(late_percent_per_day=10), 10.0, seconds) == pytest.approx(expected)


def test_by_default_being_late_costs_nothing() -> None:
    assert penalty(Settings(), 10.0, 1e6) == 0
