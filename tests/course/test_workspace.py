"""The learner's folder: made, refreshed, never overwritten."""

import json

import pytest

from coursekit.course import learner, workspace
from coursekit.errors import InputError


def notebook(*sources: str, outputs: bool = False) -> str:
    """A notebook file with these code cells, run or not."""
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": [text], "execution_count": 1 if outputs else None,
         "outputs": [{"output_type": "stream", "name": "stdout", "text": ["2\n"]}] if outputs else []}
        for n, text in enumerate(sources)
    ]  # fmt: skip
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def content(tmp_path):
    """Content with a welcome page, a lesson, an exercise and, as in a checkout, its secrets."""
    root = tmp_path / "content"
    exercise = root / "assignments" / "exercises" / "03_figures"
    exercise.mkdir(parents=True)
    (root / "notebooks").mkdir()
    for name in ("00_welcome", "03_figures"):
        (root / "notebooks" / f"{name}.ipynb").write_text(notebook("1 + 1"), encoding="utf-8")
        (root / "notebooks" / f"{name}.py").write_text("# %%\n1 + 1\n", encoding="utf-8")
    (exercise / "03_figures.ipynb").write_text(notebook("total = None"), encoding="utf-8")
    (exercise / "form.yaml").write_text("fields: []\n", encoding="utf-8")
    (exercise / "exercise.py").write_text("secret\n", encoding="utf-8")
    (exercise / "key.py").write_text("secret\n", encoding="utf-8")
    return root


@pytest.fixture
def place(tmp_path, content):
    """A workspace made once."""
    folder = tmp_path / "客户经理学习"
    workspace.refresh(folder, content)
    return folder


LESSON, TASK = "课程/03_figures.ipynb", "练习/03_figures/03_figures.ipynb"


def names(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_learners_get_lessons_and_released_exercises_and_nothing_else(place):
    assert names(place) == {
        "00_welcome.ipynb", LESSON, TASK, "练习/03_figures/form.yaml", ".coursekit/manifest.json",
    }  # fmt: skip


def test_a_second_refresh_changes_nothing(place, content):
    assert workspace.refresh(place, content) == workspace.Refresh()


def test_an_unchanged_file_is_replaced_by_its_new_version(place, content):
    (content / "notebooks" / "03_figures.ipynb").write_text(notebook("1 + 2"), encoding="utf-8")

    assert workspace.refresh(place, content).updated == (LESSON,)
    assert "1 + 2" in (place / LESSON).read_text("utf-8")


def test_running_a_notebook_is_no_change(place, content):
    (place / LESSON).write_text(notebook("1 + 1", outputs=True), encoding="utf-8")
    (content / "notebooks" / "03_figures.ipynb").write_text(notebook("1 + 2"), encoding="utf-8")

    assert workspace.refresh(place, content).updated == (LESSON,)


def test_a_changed_file_stays_and_the_new_version_lies_beside(place, content):
    mine = notebook("total = 308")
    (place / TASK).write_text(mine, encoding="utf-8")
    (content / "assignments/exercises/03_figures/03_figures.ipynb").write_text(
        notebook("x"), encoding="utf-8"
    )

    beside = "练习/03_figures/03_figures（新版）.ipynb"
    assert workspace.refresh(place, content).beside == ((TASK, beside),)
    assert (place / TASK).read_text("utf-8") == mine
    assert (place / beside).read_text("utf-8") == notebook("x")


def test_a_changed_new_version_is_not_overwritten_either(place, content):
    source = content / "assignments/exercises/03_figures/03_figures.ipynb"
    (place / TASK).write_text(notebook("mine"), encoding="utf-8")
    source.write_text(notebook("second"), encoding="utf-8")
    [(_, first)] = workspace.refresh(place, content).beside
    (place / first).write_text(notebook("mine too"), encoding="utf-8")
    source.write_text(notebook("third"), encoding="utf-8")

    [(_, second)] = workspace.refresh(place, content).beside

    assert second == "练习/03_figures/03_figures（新版2）.ipynb"
    assert "mine too" in (place / first).read_text("utf-8")
    assert "third" in (place / second).read_text("utf-8")


def test_a_changed_file_without_newer_version_is_left_alone(place, content):
    (place / TASK).write_text(notebook("mine"), encoding="utf-8")

    done = workspace.refresh(place, content)

    assert (done.kept, done.beside) == ((TASK,), ())


def test_a_broken_notebook_of_the_learner_is_kept(place, content):
    (place / TASK).write_bytes(b"\xff\x00 half a file")
    (content / "assignments/exercises/03_figures/03_figures.ipynb").write_text(
        notebook("x"), encoding="utf-8"
    )

    workspace.refresh(place, content)

    assert (place / TASK).read_bytes() == b"\xff\x00 half a file"


def test_a_deleted_file_comes_back(place, content):
    (place / LESSON).unlink()

    assert workspace.refresh(place, content).added == (LESSON,)


@pytest.mark.parametrize("broken", ["", "[1]", "{", '{"a": 1}'])
def test_a_lost_manifest_only_means_that_more_is_kept(place, content, broken):
    (place / ".coursekit" / "manifest.json").write_text(broken, encoding="utf-8")
    (place / TASK).write_text(notebook("mine"), encoding="utf-8")

    workspace.refresh(place, content)

    assert "mine" in (place / TASK).read_text("utf-8")


def test_a_file_in_the_way_is_named(tmp_path, content):
    (tmp_path / "taken").write_text("x", encoding="utf-8")

    with pytest.raises(InputError, match=r"taken.应当是一个文件夹"):
        workspace.refresh(tmp_path / "taken", content)


def test_signing_in_reaches_every_assignment(place):
    workspace.sign_in(place, learner.learner("kh0001", "陈明"))

    assert learner.read(place / "练习" / "03_figures") == learner.Learner("kh0001", "陈明")
    assert workspace.find(place / "练习" / "03_figures") == place


def test_outside_of_a_workspace_nothing_is_found(tmp_path):
    assert workspace.find(tmp_path) is None
