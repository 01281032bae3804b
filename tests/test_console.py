"""The console does what the commands do, and says in words what went wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipywidgets
import pytest

from coursekit.console import Console, pages
from coursekit.console import app as module
from coursekit.grading import GradeOptions
from coursekit.grading.records import Flag
from coursekit.grading.review import Proposal
from coursekit.grading.standings import reviewed
from coursekit.quiz.rubric import Step
from tests.grading.graded import SLUG, add, make_course, make_graded, mark
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
            return str(console.answer.value)
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


def test_grading_moves_the_bar(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def grade(course: Path, name: str, options: GradeOptions, on_progress: Any) -> Any:
        on_progress(SimpleNamespace(done=2, total=4, rate=1.0, seconds_left=2.0, flagged=1))
        seen.append((console.bar.value, console.bar.max, console.moving.value))
        return SimpleNamespace(submissions=(1, 2, 3, 4), wall_seconds=3.0)

    monkeypatch.setattr(module, "grade_by_policy", grade)

    assert "4 份，用了 3 秒" in press(console, "批改")
    assert seen == [(2, 4, "2/4，1.0 份/秒，还要 2 秒，要人看 1")]


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


def test_a_flag_is_shown_with_its_cell_and_line(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course")
    flag = Flag("pokes", "a1 第 2 行", "代码里有 import gc，会翻看别的对象")
    add(course, "kh0001", "needs_review", [mark("check_route", 1, "passed")], flag)
    path = course / "submitted" / "kh0001" / SLUG / f"{SLUG}.ipynb"
    path.write_bytes(notebook("a1", "t1", source="x = 1\nimport gc\n<b>"))

    shown = Console(course).detail.value

    assert "翻看别的对象</b>（a1 第 2 行）" in shown
    assert "x = 1\n<mark>import gc</mark>\n&lt;b&gt;" in shown


def test_a_plan_is_shown_once_criterion_by_criterion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_course(tmp_path / "course")
    add(course, "kh0001", "needs_review", [mark("form_rate", None, "manual", "先按要点给 4 分。对上“柜台”")])
    step = Step("做什么", 1, 3, "写到了", "对上“柜台”")
    plan = Proposal("kh0001", "form_rate", 4, 12, "理柜台<b>\n月底前", "", ("写到了“送礼”",), (step,))
    other = Proposal("kh0002", "form_rate", 1, 12, "别人的计划", "")
    monkeypatch.setattr(module, "proposals", lambda course, name: [plan, other])

    console = Console(course)
    shown = console.detail.value

    assert "<td>做什么</td><td>1 / 3</td><td>对上“柜台”</td>" in shown
    assert shown.count("对上“柜台”") == 1
    assert "理柜台&lt;b&gt;<br>月底前" in shown
    assert "写到了“送礼”，这一句没有给分" in shown
    assert "别人的计划" not in shown
    assert [box.description for box in console.points.children] == ["rate（满 12）"]


def test_what_was_not_taken_in_can_be_taken_by_telling_whose_it_is(console: Console) -> None:
    data = notebook("check_route", "check_own")
    console.upload.value = (
        {"name": "无名.ipynb", "type": "", "size": 2, "content": data, "last_modified": datetime(2026, 3, 1, tzinfo=UTC)},
    )  # fmt: skip
    press(console, "收下")
    assert "无名.ipynb" in console.refused_why.value
    assert "先选一份" in press(console, "照上面的编号收这一份")

    console.who.value = "kh0005"
    assert "kh0005 收下" in press(console, "照上面的编号收这一份")

    assert "没有没收下的" in console.refused_why.value
    assert pages.quarantine(console.course, SLUG) == []


def test_another_cohort_can_be_chosen(tmp_path: Path) -> None:
    first, second = make_graded(tmp_path / "甲"), make_course(tmp_path / "乙")
    (second / "source" / SLUG).rename(second / "source" / "04_stars")
    console = Console(first)
    assert [title for title, _ in console.cohort.options] == ["测试班（乙）", "测试班（甲）"]

    console.cohort.value = second.resolve()

    assert console.name == "04_stars"
    assert "还没有人交" in console.say.value


def test_extensions_for_several_are_set_and_shown(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(
        module, "set_due", lambda *args: asked.append(args[2:]) or datetime(2026, 3, 9, 18, tzinfo=UTC)
    )
    console.due.value, console.due_for.value = "2026-03-09 18:00", "kh0001  kh0002"

    assert "截止时间：2026-03-09 18:00" in press(console, "定下来")
    assert asked == [("2026-03-09 18:00", ["kh0001", "kh0002"])]


def test_an_unforeseen_fault_is_said_too(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(module, "write_feedback", broken)

    assert "没有做成，这是程序的错（ZeroDivisionError: x）" in press(console, "写反馈")


def test_the_excel_file_can_be_taken_from_the_page(console: Console) -> None:
    assert 'download="class_03_figures.xlsx" href="data:application/' in press(console, "存成 Excel")


def test_likeness_is_looked_for_and_its_page_can_be_taken(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "similar_03_figures.html"
    page.write_text("<p>并排</p>", "utf-8")
    monkeypatch.setattr(module, "similarity", lambda *_: SimpleNamespace(compared=4, pairs=(1,), page=page))

    said = press(console, "比较谁和谁特别像")

    assert "比较了 4 份，1 对相似。分数没有变。" in said
    assert 'download="similar_03_figures.html"' in said


def test_two_alike_are_shown_side_by_side(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course")
    for student, text in (("kh0001", "mine = 1"), ("kh0002", "yours = 1")):
        add(
            course, student, "needs_review", [mark("check_route", 1, "passed")], Flag("similar", "a1", "很像")
        )
        path = course / "submitted" / student / SLUG / f"{SLUG}.ipynb"
        path.write_bytes(notebook("a1", source=text))
    pair = {"first": "kh0001", "second": "kh0002", "kind": "code", "likeness": 1.0, "tokens": 99,
            "first_places": ["a1"], "second_places": ["a1"]}  # fmt: skip
    kept = course / ".coursekit" / "similar" / f"{SLUG}.json"
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps({"pairs": [pair], "digests": {}}), "utf-8")
    console = Console(course)

    console.waiting.value = "kh0002"

    shown = console.detail.value
    assert shown.index("kh0002") < shown.index("yours = 1") < shown.index("kh0001") < shown.index("mine = 1")
