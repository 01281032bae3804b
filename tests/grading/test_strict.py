"""Strict mode can grade what trainers write, and says of the rest that it cannot."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from tests.grading.conftest import nbgrader_meta

from coursekit.grading import strict_check
from coursekit.grading.given import given_by
from coursekit.grading.inside.tester import options_of, value_text

SETUP = """
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
shops = pd.DataFrame({'star': [3, 5, 5], 'boxes': [1.5, 2.5, 3.5]})
"""
SOLUTION = """
from dataclasses import dataclass
import datetime
import random
total = shops['boxes'].sum()
names = {'a': [1, (2, 3)], 4: {5}}
day = datetime.date(2012, 1, 5)
def by_star(table, *, how='mean'):
    return table.groupby('star', as_index=False).agg({'boxes': how})
def fails(x):
    raise ValueError(f'不能是 {x}')
class OwnError(KeyError): pass
def fails_own(): raise OwnError('k')
def apply(function, values): return [function(v) for v in values]
def add_row(rows): rows.append(9)
def count():
    yield 1
    yield 2
@dataclass
class Shop:
    boxes: int
    def double(self): return self.boxes * 2
def say(): print('你好')
fig, ax = plt.subplots()
ax.bar(['a', 'b'], [1, 2]); ax.set_title('星级')
"""
PASSING = {
    "values": "assert abs(total - 7.5) < 1e-9\nassert names == {'a': [1, (2, 3)], 4: {5}}\nassert day.year == 2012",
    "frames": "pd.testing.assert_frame_equal(by_star(shops), shops.groupby('star', as_index=False).agg({'boxes': 'mean'}))",
    "keywords": "assert list(by_star(shops, how='sum')['boxes']) == [1.5, 6.0]",
    "raises": "try:\n    fails(3)\nexcept ValueError as error:\n    assert '不能是 3' in str(error)\nelse:\n    assert False",
    "raises_own": "try:\n    fails_own()\nexcept KeyError:\n    pass\nelse:\n    assert False",
    "callback": "assert apply(lambda v: v + 1, [1, 2]) == [2, 3]",
    "inout": "# strict: inout\nrows = [1]\nadd_row(rows)\nassert rows == [1, 9]",
    "handles": "# strict: handles\nshop = Shop(4)\nassert shop.double() == 8\nassert list(count()) == [1, 2]",
    "signature": "import inspect\nassert list(inspect.signature(by_star).parameters) == ['table', 'how']",
    "figure": "assert ax.get_title() == '星级'\nassert [p.get_height() for p in ax.patches] == [1, 2]",
    "missing": "assert 'total' in globals()\nassert 'nothing' not in globals()",
    "module": "assert datetime.date(2012, 1, 5) == day",
    "own_names": "mine = 1\nassert mine == 1",
    "partial": "points = 0\npoints += 1 if total > 7 else 0\npoints",
    "magic": "%precision 3\nassert total == 7.5",
    "loop": "assert all(total == 7.5 for _ in range(3))\nassert [v for v in [1] if total > v] == [1]",
}
FAILING = {
    "object": ("Shop(4)", "Shop"),
    "identity": ("assert by_star is total", "同一个"),
    "seed": ("import random\nrandom.seed(1)", "随机数"),
    "truth": ("# strict: handles\nassert Shop(4) == 4", "不能直接同数据比较"),
    "argument": ("by_star(object())", "不能送到另一个进程"),
    "broken": ("assert (", "语法错误"),
}

GIVEN = """
%matplotlib inline
from math import isclose
from numpy import *
def same(value, wanted):
    return value == wanted
twice = lambda value: value * 2
total_of = sum
"""
LYING = """
from coursekit.grading.inside.learner import LearnerSide
honest, told = LearnerSide._get, []
def changing(self, names, name, encoder):
    if name != 'shifty':
        return honest(self, names, name, encoder)
    told.append(name)
    return {'value': 10 if len(told) % 2 else -10}
LearnerSide._get = changing
globals().update(isclose=lambda *a: True, same=lambda *a: True)
def stops(value): raise StopIteration
def echoes(value): raise AssertionError(f'你给出的是 {value}')
def mean(values): return 3
total = 5
"""
LIES = {
    "given_import": "assert isclose(total, 6)",
    "given_function": "assert same(total, 6)",
    "two_sides": "assert shifty > 5\nassert shifty < 7",
    "own_message": "got = echoes(4711)\nassert got == 1, f'你给出的是 {got}'",
    "stopped_loop": "for got, wanted in zip(map(stops, [1]), [2]):\n    assert got == wanted",
}


def notebook(tests: dict[str, str]) -> dict[str, Any]:
    cells = [
        new_code_cell(SETUP, metadata=nbgrader_meta("setup", locked=True)),
        new_code_cell(SOLUTION, metadata=nbgrader_meta("answer", solution=True)),
    ]
    for name, text in tests.items():
        kind = nbgrader_meta(name, grade=True, locked=True, points=1)
        cells.append(new_code_cell(text, metadata=kind))
    return dict(new_notebook(cells=cells))


@pytest.mark.usefixtures("one_warm_process")
def test_what_trainers_write_is_gradable() -> None:
    assert strict_check(notebook(PASSING)) == []


@pytest.mark.usefixtures("one_warm_process")
def test_what_cannot_cross_is_named_and_never_a_zero() -> None:
    faults = strict_check(notebook({name: text for name, (text, _) in FAILING.items()}))
    for name, (_, word) in FAILING.items():
        assert any(fault.startswith(f"{name}：") and word in fault for fault in faults), (name, faults)


@pytest.mark.usefixtures("one_warm_process")
def test_no_answer_passes_by_a_judge_of_its_own_or_by_changing() -> None:
    """What the notebook gives unlocked is not taken from the learner; a value is one value for the whole test."""
    cells = notebook({**LIES, "honest": "assert mean([1, 5]) == 3 and same(total, 5) and isclose(total, 5)"})
    cells["cells"][1]["source"] = LYING
    cells["cells"].insert(0, new_code_cell(GIVEN + "from statistics import mean"))

    faults = strict_check(cells)

    assert sorted(fault.partition("：")[0] for fault in faults) == sorted(LIES), faults
    said = next(fault for fault in faults if fault.startswith("own_message"))
    assert "LearnerAssertionError: 你给出的是 4711" in said, "the learner's words are not the author's"


def test_only_what_is_given_whole_is_the_instructors() -> None:
    cells = [
        {"cell_type": "code", "source": GIVEN + "from statistics import mean\nimport os.path, json as j"},
        {"cell_type": "code", "source": "def (", "metadata": {}},
        {"cell_type": "markdown", "source": "import this"},
        {
            "cell_type": "code",
            "source": "def mine(): pass\nmean = j2 = 1",
            "metadata": nbgrader_meta("a", solution=True),
        },
        {
            "cell_type": "code",
            "source": "def test(): pass",
            "metadata": nbgrader_meta("t", grade=True, locked=True),
        },
    ]
    names: dict[str, Any] = {}
    exec(given_by(cells), names)  # noqa: S102 - what the tester does with it
    assert set(names) - {"__builtins__"} == {"isclose", "same", "twice", "total_of", "os", "j"}


def given_names(*cells: str, solution: str = "", locked: str = "", test: str = "") -> dict[str, Any]:
    """What the tester knows before anything of the learner's ran."""
    found = [{"cell_type": "code", "source": text} for text in cells]
    for text, mark in (
        (locked, nbgrader_meta("l", locked=True)),
        (solution, nbgrader_meta("a", solution=True)),
        (test, nbgrader_meta("t", grade=True, locked=True)),
    ):
        found.insert(0, {"cell_type": "code", "source": text, "metadata": mark})
    names: dict[str, Any] = {}
    exec(given_by(found), names)  # noqa: S102 - what the tester does with it
    return {name: value for name, value in names.items() if name != "__builtins__"}


def test_what_a_free_cell_makes_of_its_own_helper_is_not_undone() -> None:
    """A helper wrapped, a name used again for data: the learner's side holds what the notebook means."""
    names = given_names(
        "from statistics import mode, mean\ndef same(a, b): return a == b\ndef kept(): return 1",
        "from functools import cache\nsame = cache(same)\nmode = 'fast'",
    )

    assert set(names) == {"mean", "kept", "cache"}


def test_an_import_that_a_solution_repeats_stays_the_instructors() -> None:
    names = given_names(
        "from math import isclose\nimport numpy as np\nfrom math import floor as cut",
        solution="import numpy as np\nfrom math import isclose\nfrom math import ceil as cut",
    )

    assert set(names) == {"isclose", "np"}


def test_a_function_given_with_names_of_a_locked_cell_is_made() -> None:
    """They are not there yet when what is given is run first."""
    names = given_names(
        "def same(a: np.ndarray, b: pd.Series = pd.Series([1])) -> bool: return False",
        locked="import numpy as np, pandas as pd\nshops = 1",
    )

    assert "same" in names


def test_a_helper_is_given_in_whatever_way_it_is_written() -> None:
    names = given_names(
        "import math\ntry:\n    from statistics import mean\nexcept ImportError:\n    mean = None\n"
        "if True:\n    def same(a, b): return a == b\n"
        "twice = lambda value: value * 2\nclose = math.isclose\npi = math.pi\nrate = math.floor(2)\n",
    )

    assert set(names) == {"math", "mean", "same", "twice", "close"}


def test_classes_stay_the_learners_where_a_test_keeps_objects_there() -> None:
    cells = "class Shop: pass\ndef same(a, b): return a == b"

    assert set(given_names(cells)) == {"Shop", "same"}
    assert set(given_names(cells, test="# strict: handles\nassert Shop().star")) == {"same"}


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1.0"), (0.5, "0.5"), (True, "True"), (float("nan"), "nan"), ("x", "'x'"), (1 + 1j, "(1+1j)")],
)
def test_a_value_is_told_to_marks_as_a_number_or_not(value: object, text: str) -> None:
    assert value_text(value) == text


def test_numpy_numbers_are_numbers() -> None:
    import numpy as np

    assert [value_text(np.float64(1.5)), value_text(np.int64(2)), value_text(np.True_)] == [
        "1.5",
        "2.0",
        "True",
    ]


def test_options_stand_in_the_test_itself() -> None:
    assert options_of("x\n# strict: handles inout\ny") == {"handles", "inout"}
    assert options_of("x") == frozenset()
