"""Feedback: says first what was achieved, never a hidden test, a key or another learner's data."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.grading.graded import SECRET, SLUG, add, make_graded, mark

from coursekit.grading import store
from coursekit.grading.feedback import headline, late_text, next_step, render, short_title, write_feedback
from coursekit.grading.manual import ByHand
from coursekit.grading.marks import Mark
from coursekit.grading.settings import read_cohort
from coursekit.grading.standings import _cell, counts, standings
from coursekit.grading.tasks import author_messages, read_exercise


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Five learners in five states."""
    return make_graded(tmp_path / "course")


def pages(course: Path) -> dict[str, str]:
    """Feedback pages by learner."""
    write_feedback(course, SLUG)
    return {path.parts[-3]: path.read_text("utf-8") for path in (course / "feedback").glob("*/*/*.html")}


def test_everyone_with_a_result_gets_a_page_and_nobody_else(course: Path) -> None:
    report = write_feedback(course, SLUG)

    assert [path.parts[-3] for path in report.pages] == ["kh0001", "kh0002", "kh0003", "kh0004"]
    assert report.without == ("kh0005",)


def test_no_page_holds_a_hidden_test_a_key_or_another_learner(course: Path) -> None:
    found = pages(course)

    for student, page in found.items():
        assert SECRET not in page
        assert "HIDDEN" not in page
        assert "90.26" not in page
        assert not re.findall(r"kh000\d", page.replace(student, ""))
        assert "http" not in page


def test_the_page_says_first_what_was_achieved_then_where_to_go_on(course: Path) -> None:
    page = pages(course)["kh0002"]

    assert page.index("已经做到一部分") < page.index("先改“第 1 题 线路合计”") < page.index("逐项看")
    assert "你给出的是 310，对不上。" in page
    assert "提示：先看分母。" in page
    assert "晚了 2.0 小时。没有扣分。" in page


def test_not_run_is_said_to_be_no_zero(course: Path) -> None:
    page = pages(course)["kh0004"]

    assert "不是零分" in page
    assert "0 分" not in page
    assert "交来的笔记本打不开：不是完整的 JSON。请重新打包" in page


def test_what_waits_for_a_person_is_open_not_zero(course: Path) -> None:
    page = pages(course)["kh0003"]

    assert "待定 / 3" in page
    assert "3 分，满分 6 分；其中 3 分还没有定" in page


@pytest.mark.parametrize(
    "reason",
    [
        f"AssertionError: {SECRET}",
        "AssertionError: Series are different [left]: 1 [right]: 308",
        f"ValueError: {SECRET}",
        "Told_4711_308: x",
        "AssertionError: 你给出的是 " + "<script>alert(1)</script>" + "，对不上。",
        "AssertionError: 你给出的是 x\nassert route_sum，对不上。",
    ],
)
def test_only_the_authors_own_words_are_shown(course: Path, reason: str) -> None:
    """A learner's code can raise any text it got hold of: none of it reaches a page."""
    marks = [mark("check_route", 0, "failed", reason), mark("check_own", 0, "failed", reason)]
    add(course, "kh0001", "graded", marks)

    page = pages(course)["kh0001"]

    assert SECRET not in page
    assert "308" not in page
    assert "<script>" not in page


def test_a_name_from_outside_is_escaped(course: Path) -> None:
    (course / "roster.csv").write_text("学员编号,姓名\nkh0001,<b>甲</b>\n", "utf-8")

    assert "&lt;b&gt;甲" in pages(course)["kh0001"]


def test_a_second_hand_in_counts_from_the_day_feedback_went_out(course: Path) -> None:
    pages(course)
    note = course / store.PRIVATE / "returned" / SLUG / "kh0001.json"
    first = json.loads(note.read_text("utf-8"))
    pages(course)

    assert json.loads(note.read_text("utf-8")) == first


def test_an_error_of_the_code_is_told_in_words(course: Path) -> None:
    marks = [mark("check_route", 0, "failed", "ZeroDivisionError: division by zero")]
    add(course, "kh0001", "graded", marks)

    page = pages(course)["kh0001"]

    assert "检查时你的代码出了错（ZeroDivisionError）。有一处除以了零：先看分母会不会是零。" in page
    assert "division" not in page


def test_who_wrote_nothing_is_not_told_of_errors_in_his_code(course: Path) -> None:
    """The hidden check of an empty task stumbles over what is not there."""
    reasons = ("AssertionError: 第 1 题还没有作答。", "TypeError: 'NoneType' object is not iterable")
    marks = [
        mark(name, 0, "failed", why) for name, why in zip(("check_route", "check_own"), reasons, strict=True)
    ]
    add(course, "kh0001", "graded", marks)

    page = pages(course)["kh0001"]

    assert "第 1 题还没有作答。" in page
    assert "出了错" not in page


def test_points_given_by_a_person_come_with_what_the_machine_saw(course: Path) -> None:
    """Between 2 of 4 points and the trainer's comment a learner reads which of them was found."""
    row = standings(course, SLUG)[2]
    seen = Mark(
        "form_rate", None, 3.0, "manual", "等培训师定。答案 90.26。", told="写到了 1 个要点（分母）。"
    )
    decided = replace(row, cells=(_cell(seen, ByHand(points={"form_rate": 1.0})),))
    settings, _ = read_cohort(course)

    page = render(decided, read_exercise(course, SLUG), settings)

    assert "这一项的分是培训师给的。电脑按要点看：写到了 1 个要点（分母）。" in page
    assert "90.26" not in page


def test_the_states_are_counted_apart(course: Path) -> None:
    rows = standings(course, SLUG)

    assert counts(rows) == {"graded": 2, "needs_review": 1, "not_run": 1, "waiting": 0, "missing": 1}
    assert [row.score for row in rows] == [6, 1, 3, None, None]


def test_all_done_is_said_in_one_sentence(course: Path) -> None:
    row = standings(course, SLUG)[0]

    assert headline(row, read_exercise(course, SLUG)) == "2 项都做到了。"


@pytest.mark.parametrize(
    ("source", "message", "shown"),
    [
        ('assert x, "写错了"', "写错了", True),
        ('assert x, "写错了"', "别的", False),
        ('assert x, f"你给出的是 {x}，应当是整数"', "你给出的是 3.5，应当是整数", True),
        ('assert x, f"你给出的是 {x}，应当是整数"', "你给出的是 " + "9" * 60 + "，应当是整数", False),
        ('assert x, f"{x}"', "anything", False),
        ("assert x, message", "anything", False),
        ("assert x ===", "anything", False),
    ],
)
def test_which_messages_are_the_authors(source: str, message: str, shown: bool) -> None:
    assert any(pattern.fullmatch(message) for pattern in author_messages(source)) is shown


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, ""), (30, "晚了 1 分钟"), (3600 * 5.3, "晚了 5.3 小时"), (86400 * 3, "晚了 3.0 天")],
)
def test_lateness_in_words(seconds: float, text: str) -> None:
    assert late_text(seconds) == text


def test_long_prompts_are_cut_at_their_first_sentence() -> None:
    assert short_title("覆盖率是多少？写成百分数，保留两位小数。") == "覆盖率是多少"
    assert len(short_title("长" * 80)) == 32


ASKS = """## 第 2 题 停留

补上的是函数。别的先不管。

店里怎么走都行。**补上一行**：`minutes` 是合计停留几分钟，结果是整数：

<details><summary>提示 1</summary>两列&lt;相乘&gt;，用 <code>*</code>。</details>
<details><summary>提示 2</summary>再求和。</details>
"""


def with_text(course: Path, text: str, **meta: object) -> None:
    """Put a text cell before the first test of the course's notebook."""
    path = course / "source" / SLUG / f"{SLUG}.ipynb"
    content = json.loads(path.read_text("utf-8"))
    content["cells"][1] = {"cell_type": "markdown", "id": "x", "source": text, "metadata": dict(meta)}
    path.write_text(json.dumps(content), "utf-8")


def test_a_failed_task_says_what_was_asked_and_gives_the_first_hint(course: Path) -> None:
    with_text(course, ASKS)

    page = pages(course)["kh0002"]

    assert "要求：补上一行：minutes 是合计停留几分钟，结果是整数。" in page
    assert "提示：两列&lt;相乘&gt;，用 *。" in page
    assert "再求和" not in page


def test_a_case_sends_its_learner_back_to_the_story(course: Path) -> None:
    """It belongs to no one lesson, and the practice page has nothing on it."""
    row, exercise = standings(course, SLUG)[1], read_exercise(course, SLUG)

    assert next_step(row, replace(exercise, lesson="K03_debits")).endswith("把故事、走访记录和草图再看一遍。")


def test_a_list_belongs_to_what_was_asked(course: Path) -> None:
    with_text(
        course,
        "## 第 4 题 排次数\n\n补上两行：\n\n- `cut`：降到几次；\n- `order`：谁先得。\n\n后面已经写好。",
    )

    assert "要求：补上两行： cut：降到几次； order：谁先得。" in pages(course)["kh0002"]


def test_a_text_without_heading_asks_for_the_task_it_stands_in(course: Path) -> None:
    """Between heading and check a table is made: what is to be done is said after that."""
    with_text(course, "补上一行：行数是多少？")

    assert "要求：补上一行：行数是多少？" in pages(course)["kh0002"]


def test_what_was_asked_is_said_once_however_many_checks_failed(course: Path) -> None:
    with_text(course, ASKS)
    reasons = ("AssertionError: 第 1 题还没有作答。", "AssertionError: 你给出的是 310，对不上。")
    marks = [
        mark(name, 0, "failed", why) for name, why in zip(("check_route", "check_own"), reasons, strict=True)
    ]
    add(course, "kh0001", "graded", marks)

    page = pages(course)["kh0001"]

    assert page.count("要求：") == 1
    assert page.index("要求：") < page.index("第 1 题还没有作答。") < page.index("你给出的是 310，对不上。")


def test_what_is_cut_from_the_release_is_not_quoted(course: Path) -> None:
    with_text(course, "## 第 2 题\n\n### BEGIN SOLUTION\n补上一行：答案是 308。\n### END SOLUTION")

    assert "308" not in pages(course)["kh0002"]
