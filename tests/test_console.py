"""The console does what the commands do, and says in words what went wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipywidgets
import pytest

from coursekit import console as module
from coursekit.console import Console
from coursekit.grading.standings import reviewed
from tests.grading.graded import SLUG, make_graded
from tests.grading.handins import notebook


@pytest.fixture
def console(tmp_path: Path) -> Console:
    """A console on five learners in five states."""
    return Console(make_graded(tmp_path / "course"))


def press(console: Console, text: str) -> str:
    """Press the button of that text; what is said then."""
    waiting = [console.view]
    while waiting:
        widget = waiting.pop()
        if isinstance(widget, ipywidgets.Button) and widget.description == text:
            widget.click()
            return str(console.say.value)
        waiting += list(getattr(widget, "children", ()))
    raise AssertionError(text)


def test_it_opens_with_the_conclusion_and_whom_to_look_at(console: Console) -> None:
    assert "4 人交，2 人已评" in console.say.value
    assert [value for _, value in console.waiting.options] == ["kh0004", "kh0003"]
    assert "不是完整的 JSON" in console.detail.value


def test_dropped_files_are_collected(console: Console) -> None:
    console.upload.value = (
        {"name": "kh0005.ipynb", "type": "", "size": 2, "content": notebook("check_route", "check_own"), "last_modified": datetime(2026, 3, 1, tzinfo=UTC)},
    )  # fmt: skip

    said = press(console, "收下")

    assert "kh0005 收下" in said
    assert (console.course / "submitted" / "kh0005" / SLUG).is_dir()


def test_a_fault_is_said_and_nothing_breaks(console: Console) -> None:
    console.due.value = "someday"

    assert "2026-03-09 18:00" in press(console, "定下来")


def test_grading_moves_the_bar_with_the_courses_own_mode(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def grade(course: Path, name: str, options: Any, on_progress: Any) -> Any:
        on_progress(SimpleNamespace(done=2, total=4, rate=1.0, seconds_left=2.0, flagged=1))
        seen.append((options.mode, console.bar.value, console.bar.max))
        return SimpleNamespace(submissions=(1, 2, 3, 4), wall_seconds=3.0)

    monkeypatch.setattr(module, "grade", grade)
    monkeypatch.setattr(module, "sync_gradebook", lambda course: False)

    assert "4 份，用了 3 秒" in press(console, "批改")
    assert seen == [("strict", 2, 4)]


def test_looked_at_is_kept_for_this_hand_in(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "decide", lambda course, name, points: 0)
    console.waiting.value, console.note.value = "kh0004", "让他重交"

    press(console, "看过了")

    note = reviewed(console.course, SLUG, "kh0004")
    assert note is not None
    assert note["note"] == "让他重交"


def test_feedback_and_excel_are_written(console: Console) -> None:
    assert "写好 4 页" in press(console, "写反馈")
    press(console, "存成 Excel")
    assert (console.course / "reports" / f"class_{SLUG}.xlsx").is_file()
