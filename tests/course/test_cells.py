"""Percent text to cells, and what is cut away for learners."""

import pytest
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from coursekit.course import cells
from coursekit.errors import ContentError

SOURCE = """# %% [markdown]
# # 标题

# %% nbgrader={"grade_id": "total", "solution": true}
total = None
### BEGIN SOLUTION
total = 1 + 2 + 3
### END SOLUTION

# %% nbgrader={"grade_id": "test_total", "grade": true, "points": 2}
assert total is not None, "还没有作答"
### BEGIN HIDDEN TESTS
assert total == 6
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "form_share", "grade": true, "solution": true, "points": 3}
learn.form("share")
"""


def test_ids_come_from_grade_id_or_position():
    notebook = cells.from_percent(SOURCE, "exercise.py")

    assert [cell["id"] for cell in notebook.cells] == ["markdown-001", "total", "test_total", "form_share"]


def test_same_source_gives_same_bytes():
    texts = {cells.to_text(cells.from_percent(SOURCE, "exercise.py")) for _ in range(3)}

    assert len(texts) == 1
    assert texts.pop().endswith("}\n")


def test_missing_flags_are_completed():
    notebook = cells.from_percent(SOURCE, "exercise.py")

    assert notebook.cells[2].metadata["nbgrader"] == {
        "grade": True,
        "grade_id": "test_total",
        "locked": True,
        "points": 2,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    assert notebook.cells[1].metadata["nbgrader"]["locked"] is False


def test_release_holds_stub_and_form_but_no_answer():
    release = cells.cut_release(cells.from_percent(SOURCE, "exercise.py"), "exercise.py")

    total, check, form = (cell.source for cell in release.cells[1:])
    assert total == f"total = None\n{cells.CODE_STUB}"
    assert check == 'assert total is not None, "还没有作答"'
    assert form == f'{cells.CODE_STUB}\nlearn.form("share")'
    assert release.cells[2].metadata["editable"] is False


def test_stub_setting_is_the_one_a_course_config_can_repeat():
    """The stubs are plain ClearSolutions traits, so `nbgrader generate_assignment` can use them."""
    config = Config({"ClearSolutions": {"code_stub": {"python": cells.CODE_STUB}}})

    assert ClearSolutions(config=config).code_stub["python"] == cells.CODE_STUB


def test_doubled_grade_id_is_named():
    doubled = SOURCE.replace('"test_total"', '"total"')

    with pytest.raises(ContentError, match="第 3 格：grade_id total 前面已经用过"):
        cells.from_percent(doubled, "exercise.py")


@pytest.mark.parametrize("mark", ["### END SOLUTION\n", "### END HIDDEN TESTS\n"])
def test_region_without_end_is_refused(mark):
    source = cells.from_percent(SOURCE.replace(mark, ""), "exercise.py")

    with pytest.raises(ContentError, match="nbgrader"):
        cells.cut_release(source, "exercise.py")


def test_solution_outside_a_solution_cell_is_refused():
    source = cells.from_percent(SOURCE.replace('"solution": true}', '"solution": false}'), "exercise.py")

    with pytest.raises(ContentError, match="ClearSolutions"):
        cells.cut_release(source, "exercise.py")


def test_outputs_and_volatile_metadata_never_survive():
    text = cells.to_text(
        cells.from_percent("# ---\n# jupyter:\n#   jupytext:\n#     x: 1\n# ---\n\n# %%\n1\n", "a")
    )

    assert "jupytext" not in text
    assert '"outputs": []' in text


def test_run_all_goes_on_past_a_failed_check():
    source = cells.from_percent(SOURCE, "exercise.py")
    release = cells.cut_release(source, "exercise.py")

    assert [cell.metadata.get("tags", []) for cell in release.cells] == [[], [], ["raises-exception"], []]
    assert not [cell for cell in source.cells if "tags" in cell.metadata], (
        "the trainer's copy stays as written"
    )
