"""The trainer's console as Voila serves it, in a real Chromium: nothing comes from another host, buttons work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.grading.graded import SLUG, make_graded
from tests.grading.handins import notebook

from coursekit.console import serve, served

pytest.importorskip("voila", reason="没有安装 Voila")
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 90_000  # a cold start on two busy cores [ms]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A graded course of five, and a second cohort beside it."""
    make_graded(tmp_path / "乙班")
    return make_graded(tmp_path / "甲班")


@pytest.fixture
def url(course: Path) -> Iterator[str]:
    with serve.running(served.console_page(course)) as page:
        yield page.url


def test_a_trainer_collects_looks_and_takes_the_table_away(
    browser: Any, url: str, course: Path, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(PATIENCE)
    hosts: set[str] = set()
    page.on(
        "request", lambda r: hosts.add(r.url.split("/")[2].split(":")[0]) if r.url[:4] == "http" else None
    )
    inbox = tmp_path / "in"
    inbox.mkdir()
    (inbox / "kh0005.ipynb").write_bytes(notebook("check_route", "check_own"))
    (inbox / "无名.ipynb").write_bytes(notebook("check_route", "check_own"))

    page.goto(url)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选收到的文件").click()
    chooser.value.set_files(sorted(inbox.iterdir()))
    page.get_by_text("选收到的文件 (2)").wait_for()
    page.get_by_role("button", name="收下", exact=True).click()
    page.get_by_text("kh0005 收下").wait_for()
    page.get_by_text("没收下的 1 份").wait_for()
    assert (course / "submitted" / "kh0005" / SLUG).is_dir()

    page.get_by_role("tab", name="要你看的").click()
    page.get_by_text("不是完整的 JSON").first.wait_for()

    page.get_by_role("tab", name="反馈与表格").click()
    page.get_by_role("button", name="写反馈").click()
    page.get_by_text("写好 4 页").wait_for()
    page.get_by_role("button", name="存成 Excel").click()
    with page.expect_download() as taken:
        page.get_by_text("下载这张表").click()
    assert taken.value.suggested_filename == f"class_{SLUG}.xlsx"

    assert hosts == {"127.0.0.1"}
    page.close()


def test_without_the_token_nobody_gets_in(browser: Any, url: str) -> None:
    page = browser.new_page()
    answer = page.goto(url.partition("?")[0])
    assert answer.status == 403 or "login" in page.url
    assert page.get_by_role("button", name="收下").count() == 0
    page.close()
