"""Reports: one file that needs nothing else, conclusion first, Chinese in the pictures, faults said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from coursekit import reports
from coursekit.errors import CoursekitError, InputError
from coursekit.grading.overview import (
    attention,
    conclusion,
    people_table,
    question_rates,
    reasons_table,
    task_table,
)
from coursekit.grading.pictures import table_html
from coursekit.grading.standings import standings
from coursekit.grading.tasks import read_exercise
from coursekit.grading.workbook import write_workbook
from coursekit.resources import CONTENT_VARIABLE
from tests.grading.graded import SLUG, make_graded


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five learners in five states."""
    return make_graded(tmp_path_factory.mktemp("reports") / "course")


@pytest.fixture(scope="module")
def class_page(course: Path) -> tuple[str, Path]:
    """The class report, run once, and its Excel file."""
    excel = course / "reports" / "class.xlsx"
    out = course / "reports" / "class.html"
    reports.run("class", {"course": course, "assignment": SLUG, "excel": excel}, out)
    return out.read_text("utf-8"), excel


def content(folder: Path, cells: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content with one report `tiny`."""
    (folder / "notebooks" / "reports").mkdir(parents=True)
    (folder / "datasets").mkdir()
    (folder / "notebooks" / "reports" / "tiny.py").write_text(cells, "utf-8")
    monkeypatch.setenv(CONTENT_VARIABLE, str(folder))


def test_the_class_report_says_its_conclusion_before_any_table(class_page: tuple[str, Path]) -> None:
    page, _ = class_page

    said = "4 人交，2 人已评，1 份要你看，1 份没能批改（不是零分）。1 人没有交，1 份迟交。"
    assert page.index("数对得上吗：全班情况") < page.index(said) < page.index("<table")


def test_the_class_report_needs_no_network_and_shows_no_code(class_page: tuple[str, Path]) -> None:
    page, _ = class_page

    assert not re.search(r"<script|<link|https?://(?!www\.w3\.org)", page)
    assert "use_style" not in page
    assert page.count("data:image/png;base64,") == 2


def test_numbers_can_be_followed_to_the_row(class_page: tuple[str, Path]) -> None:
    page, _ = class_page

    for student in ("kh0003", "kh0004"):
        assert f'href="#{student}"' in page
        assert f'<tr id="{student}"' in page


def test_the_excel_beside_leaves_unknown_scores_empty(class_page: tuple[str, Path]) -> None:
    book = openpyxl.load_workbook(class_page[1])

    sheet = book["每个人"]
    head = [cell.value for cell in sheet[1]]
    scores = {row[0]: row[head.index("得分")] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert scores == {"kh0001": 6, "kh0002": 1, "kh0003": 3, "kh0004": None, "kh0005": None}


def test_the_learner_report_is_about_one_learner(course: Path) -> None:
    out = reports.run("learner", {"course": course, "student": "kh0002"}, course / "reports" / "learner.html")

    page = out.read_text("utf-8")
    assert "1 次练习交了 1 次" in page
    assert "第 1 题 线路合计" in page
    assert not re.findall(r"kh000[1345]|学员[甲丙丁戊]", page)


def test_an_unknown_learner_is_bad_input(course: Path, tmp_path: Path) -> None:
    with pytest.raises(CoursekitError, match="kh9999") as caught:
        reports.run("learner", {"course": course, "student": "kh9999"}, tmp_path / "x.html")

    assert caught.value.exit_code == 2
    assert not (tmp_path / "x.html").exists()


def test_an_unknown_report_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="class"):
        reports.run("../class", {}, tmp_path / "x.html")


def test_a_report_that_would_load_from_elsewhere_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = "# %%\nfrom IPython.display import HTML\nHTML('<img src=\"https://cdn.example/x.png\">')\n"
    content(tmp_path / "content", cells, monkeypatch)

    with pytest.raises(CoursekitError, match="到别处去的链接"):
        reports.run("tiny", {}, tmp_path / "x.html")


def test_states_tasks_and_reasons(course: Path) -> None:
    rows, exercise = standings(course, SLUG), read_exercise(course, SLUG)

    tasks = task_table(rows, exercise).set_index("格子")
    reasons = reasons_table(rows, exercise)
    assert [row.student for row in attention(rows)] == ["kh0004", "kh0003"]
    assert tasks.loc["form_rate", ["评了的人数", "全对", "没对", "未定"]].tolist() == [2, 1, 1, 2]
    assert question_rates(rows, exercise).round(3).to_dict() == {
        "第 1 题 线路合计": 0.778,
        "覆盖率是多少": 0.5,
    }
    assert reasons["是谁"].tolist() == ["kh0002", "kh0002"]
    assert people_table(rows)["状态"].tolist() == ["已评", "已评", "要人看", "没能批改", "没有交"]


def test_python_s_own_words_are_told_to_the_trainer_in_chinese_first(course: Path) -> None:
    rows, exercise = standings(course, SLUG), read_exercise(course, SLUG)
    failed = next(row for row in rows if row.student == "kh0002")

    def seen(reason: str) -> list[str]:
        cells = tuple(replace(cell, reason=reason) for cell in failed.cells)
        return reasons_table([replace(failed, cells=cells)], exercise)["看到的"].unique().tolist()

    assert seen("ZeroDivisionError: division by zero") == [
        "除以了 0。看看分母是不是对的那一列。（ZeroDivisionError: division by zero）"
    ]
    assert seen("OddError: division by zero") == ["OddError: division by zero"]
    assert seen("AssertionError: 合计不对。") == ["合计不对。"]


def test_nobody_handed_in_is_said() -> None:
    assert conclusion([]) == "名单上 0 人，还没有人交。"


def test_tables_escape_what_learners_wrote() -> None:
    page = table_html(pd.DataFrame({"编号": ["<i>"], "要看的": ["<script>"]}), anchor="编号", link=["编号"])

    assert "<script>" not in page
    assert "<i>" not in page


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = write_workbook({"表": pd.DataFrame({"姓名": ["=1+1"]})}, tmp_path / "x.xlsx")

    cell = openpyxl.load_workbook(path)["表"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
