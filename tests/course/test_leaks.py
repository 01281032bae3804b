"""Secret lines are found wherever they show up again."""

import pytest

from coursekit.course.cells import cut_release, from_percent
from coursekit.course.leaks import broken_cells, leaked, secret_lines

SOURCE = from_percent(
    """# %% nbgrader={"grade_id": "share", "solution": true}
def share(table):
    result = None
    ### BEGIN SOLUTION
    result = （table["e_settle"] == "是"）.mean()
    ### END SOLUTION
    return result

# %% nbgrader={"grade_id": "test_share", "grade": true, "points": 2}
### BEGIN HIDDEN TESTS
assert abs(share(other) - 0.5) < 1e-9
### END HIDDEN TESTS
""",
    "exercise.py",
)


@pytest.mark.parametrize(
    "shown",
    [
        'result = （table["e_settle"] == "是"）.mean()',
        'x=（ table["e_settle"]=="是" ）.mean()',
        "提示：assert abs(share(other) - 0.5) < 1e-9",
    ],
)
def test_a_secret_line_is_found_under_other_spacing_or_name(shown):
    assert leaked(secret_lines(SOURCE), [shown])


def test_a_key_line_is_found():
    key = 'def answers(tables):\n    rate = tables["customers"].shape[0] / 310\n    return rate\n'

    assert leaked(secret_lines(SOURCE, key), ['tables["customers"].shape[0] / 310'])


def test_a_plain_call_is_no_secret():
    key = 'def answers(tables):\n    table = learn.load("customers_raw")\n    return share(table)\n'

    assert not leaked(secret_lines(SOURCE, key), ['customers = learn.load("customers_raw")'])


def test_the_cut_notebook_is_clean_and_whole():
    release = cut_release(SOURCE, "exercise.py")

    assert not leaked(secret_lines(SOURCE), [cell.source for cell in release.cells])
    assert broken_cells(release) == []


def test_a_skeleton_that_loses_its_body_is_named():
    bare = from_percent(
        '# %% nbgrader={"grade_id": "f", "solution": true}\n'
        "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n",
        "exercise.py",
    )

    [fault] = broken_cells(cut_release(bare, "exercise.py"))
    assert fault.startswith("格 f 第")
