"""Lessons as pages to read: whole, folded, and asking no other host."""

import re
from pathlib import Path

import pytest
from nbclient.exceptions import CellTimeoutError

from coursekit import book, learn, resources
from coursekit.course import workspace
from coursekit.errors import CoursekitError, InputError
from coursekit.quiz import bank


def test_a_lesson_becomes_a_page_with_its_picture_slider_and_questions(tmp_path):
    root = resources.content_root()
    workspace.refresh(tmp_path, root)

    links = book._links("04_stars", ["03_figures", "04_stars", "05_cooperation"])
    html = book.lesson_page(root / "notebooks" / "04_stars.ipynb", tmp_path / workspace.LESSONS, links)

    assert "左闭右开" in html
    assert html.count("data:image/png;base64,") >= 2
    assert "这张图可以自己调" in html
    assert "全部运行" not in html
    assert '<td class="s">' in html
    assert all(f'href="{name}.html"' in html for name in ("03_figures", "index", "05_cooperation"))
    assert html.count("<summary>看答案</summary>") == len(learn.questions("04_stars"))
    assert not re.search(r"""<script|<link|(?:src|href)=["']?https?:""", html)


@pytest.mark.parametrize("item", [item for path in bank.bank_paths("practice") for item in bank.load_bank(path).items],
                         ids=lambda item: item.id)  # fmt: skip
def test_every_practice_item_can_be_printed_with_its_answer(item):
    html = book.question_html(1, item)

    assert re.search("<p>(答案|要点) .+。</p>", html)


@pytest.mark.parametrize("silent", [1, 2])
def test_a_kernel_that_falls_silent_is_replaced_once(tmp_path, monkeypatch, silent):
    calls = []

    def execute(client, env):
        calls.append(client)
        if len(calls) <= silent:
            raise CellTimeoutError("no reply")
        return client.nb

    monkeypatch.setattr("nbclient.NotebookClient.execute", execute)
    lesson = resources.content_root() / "notebooks" / "04_stars.ipynb"

    if silent == 1:
        assert "左闭右开" in book.lesson_page(lesson, tmp_path)
    else:
        with pytest.raises(CoursekitError, match="04_stars 没有跑完：内核两次没有回应"):
            book.lesson_page(lesson, tmp_path)
    assert len(calls) == 2


def test_a_lesson_that_fails_is_named(tmp_path):
    broken = tmp_path / "07_broken.ipynb"
    broken.write_text(
        '{"cells": [{"cell_type": "code", "id": "a", "metadata": {}, "source": "1 / 0", "outputs": [], '
        '"execution_count": null}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        encoding="utf-8",
    )

    with pytest.raises(CoursekitError, match="07_broken 没有跑完：ZeroDivisionError"):
        book.lesson_page(broken, tmp_path)


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "taken").write_text("x", encoding="utf-8")

    with pytest.raises(InputError, match="一个文件夹"):
        book.write_book(Path(tmp_path / "taken"))


def test_names_and_dates_of_a_table_stay_on_one_line():
    """On a phone each column was as wide as one character, and a row as high as the name is long."""
    table = '<table border="1" class="dataframe"><td>永丰食杂店</td><td>2024-06-07（周五）</td><td>问库存和动销，找原因再说</td></table>'

    html = book._TABLE.sub(book._wide_enough, f"{table}<table><td>别的表</td></table>")

    assert re.findall(r"<td( class=..*?.)?>", html) == [' class="s"', ' class="s"', ' class="t"', ""]
