"""What a learner sees and does: welcome page, a lesson, an exercise, handing in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browser.lab_page import LabPage

from coursekit.course import learner, workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LESSON = "课程/04_stars.ipynb"
EXERCISE = "练习/03_figures/03_figures.ipynb"


def test_the_welcome_page_opens_in_chinese_and_signs_a_learner_in(
    lab: LabPage, learners_folder: Path
) -> None:
    page = lab.open()
    menus = page.locator(".lm-MenuBar-itemLabel").all_inner_texts()

    lab.run_all()
    page.get_by_placeholder("例如 kh0001").fill("kh0031")
    page.get_by_placeholder("例如 陈明").fill("陈明")
    page.get_by_role("button", name="保存", exact=True).last.click()
    page.get_by_text("已记下：kh0031 陈明").wait_for()

    assert [text for text in menus if text] == [
        "文件",
        "编辑",
        "查看",
        "运行",
        "内核",
        "标签页",
        "设置",
        "帮助",
    ]
    assert lab.complaints() == []
    assert learner.read(learners_folder / "练习" / "03_figures") == learner.Learner("kh0031", "陈明")
    assert page.get_by_role("link", name="04 星级与档次").count() == 1
    assert lab.hosts == {"127.0.0.1"}
    assert lab.faults == []


def test_no_news_no_update_and_none_of_the_trainers_tools_show(lab: LabPage) -> None:
    page = lab.open()
    text = page.locator("body").inner_text()

    for word in ("Would you like to", "news", "Create Assignment", "Formgrader", "Nbgrader", "nbgrader"):
        assert word not in text
    assert page.locator(".jp-Notification-Toast, .jp-Dialog").count() == 0


def picture(page: Any) -> str:
    """Source of the plot that belongs to the first slider of the page."""
    return page.locator(".widget-interact img, .jp-OutputArea-output .widget-output img").first.get_attribute(
        "src"
    )


def test_a_lesson_runs_its_slider_moves_the_plot_and_a_choice_is_explained(lab: LabPage) -> None:
    page = lab.open(LESSON)
    lab.run_all()
    before = picture(page)

    handle = page.locator(".noUi-handle").first
    handle.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        """(before) => {
          const img = document.querySelector('.widget-interact img, .jp-OutputArea-output .widget-output img');
          return img && img.src !== before;
        }""",
        arg=before,
    )
    check = page.locator(".ck-item").first
    options = check.locator(".ck-option")
    options.first.click()
    check.locator(".ck-feedback").filter(has_text="。").wait_for()

    assert lab.complaints() == [], "no error and no missing glyph"
    assert page.locator(".ck-item").count() >= 5
    assert options.count() >= 2
    assert lab.hosts == {"127.0.0.1"}
    assert lab.faults == []


def test_an_exercise_keeps_what_is_typed_and_packs_it(lab: LabPage, learners_folder: Path) -> None:
    workspace.sign_in(learners_folder, learner.learner("kh0031", "陈明"))
    folder = learners_folder / "练习" / "03_figures"
    due = {"schema": 1, "due": {"03_figures": "2126-03-09T18:00:00+08:00"}}
    (learners_folder / "due.json").write_text(json.dumps(due), "utf-8")
    page = lab.open(EXERCISE)
    lab.run_all()

    box = page.locator(".ck-item", has_text="覆盖率是多少").locator("input").first
    box.fill("90.26")
    box.press("Tab")
    page.locator(".ck-item", has_text="覆盖率是多少").locator(".ck-status", has_text="保存").wait_for()
    page.get_by_role("button", name="打包交作业").click()
    page.get_by_text("打好了").wait_for()  # the page's own text speaks of the folder too

    told = lab.complaints()
    assert [line for line in told if not line.startswith("没有通过：第 ")] == []
    assert len(told) == 4, "run-all goes on past checks that fail"
    assert json.loads((folder / "answers.json").read_text("utf-8"))["answers"]["coverage"]["value"] == "90.26"
    with zipfile.ZipFile(learners_folder / "交作业_kh0031_03_figures.zip") as archive:
        packed = json.loads(archive.read("03_figures/03_figures.ipynb"))
    assert any(cell.get("outputs") for cell in packed["cells"]), "the page was saved before it was packed"

    page.get_by_text("截止时间 2126-03-09 18:00，还有").wait_for()
    box.fill("90.27")
    box.press("Tab")
    _until(lambda: "90.27" in (folder / "answers.json").read_text("utf-8"), page)
    page.get_by_role("button", name="打包交作业").click()
    page.get_by_text("还没有动它").wait_for()
    page.get_by_role("button", name="换掉上次的包").click()
    page.get_by_text("上次打的包已被替换").wait_for()
    with zipfile.ZipFile(learners_folder / "交作业_kh0031_03_figures.zip") as archive:
        assert b"90.27" in archive.read("03_figures/answers.json")


def _until(true: Callable[[], bool], page: Any) -> None:
    """Wait for something on the disk that the page was told to write."""
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("not written in ten seconds")
