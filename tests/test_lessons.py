"""Every lesson runs from top to bottom without an error or a warning (a missing glyph is one), and keeps
to the form of the course."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from coursekit import resources
from coursekit.course import build, learner, workspace
from coursekit.quiz.bank import lesson_items
from coursekit.quiz.items import Single

ROOT = resources.content_root()
LESSONS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.py"))}


def text_of(name: str) -> str:
    return LESSONS[name].read_text("utf-8")


def run(notebook: nbformat.NotebookNode, name: str) -> int:
    """Run the code cells in one namespace; give back how many figures were drawn."""
    names: dict[str, object] = {"__name__": "__main__"}
    clean, drawn = TransformerManager().transform_cell, 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            exec(compile(clean(cell.source), f"{name}:{cell['id']}", "exec"), names)  # noqa: S102 -- our content
            drawn += draw_and_close()
    return drawn


def draw_and_close() -> int:
    """Draw every open figure as the page would; a missing glyph warns now."""
    numbers = plt.get_fignums()
    for number in numbers:
        plt.figure(number).canvas.draw()
    plt.close("all")
    return len(numbers)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_runs_without_error_or_warning_and_draws(name, tmp_path, monkeypatch):
    workspace.refresh(tmp_path, ROOT)
    workspace.sign_in(tmp_path, learner.learner("kh0001"))
    place = tmp_path if name == "00_welcome" else tmp_path / workspace.LESSONS
    monkeypatch.chdir(place)
    plt.switch_backend("agg")
    monkeypatch.setattr(plt, "show", draw_and_close)

    assert run(build.lesson_notebook(LESSONS[name]), name) >= 1


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_a_widget_a_self_check_and_a_summary(name):
    text = text_of(name)

    assert "widgets." in text
    assert f'learn.selfcheck("{name}")' in text
    assert "小结" in text
    assert "学完你会" in text


@pytest.mark.parametrize("name", LESSONS)
def test_a_self_check_has_five_items_and_a_reason_for_every_wrong_option(name):
    items = lesson_items(name)

    assert len(items) >= 5
    for item in items:
        for option in item.options if isinstance(item, Single) else ():
            assert option.correct or option.why, item.id


def test_lessons_come_with_their_built_notebook():
    assert [name for name, path in LESSONS.items() if not Path(path).with_suffix(".ipynb").is_file()] == []
