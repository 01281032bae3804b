"""Code that pokes at the interpreter is named with cell and line; ordinary code never is; no score changes."""

from __future__ import annotations

import importlib
import time
from typing import Any

import jupytext
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import resources
from coursekit.grading.flags_code import code_flags, plain_python, pokes
from coursekit.grading.strict import read_source


@pytest.mark.parametrize(
    ("code", "seen", "line"),
    [
        ("import ctypes", "import ctypes", 1),
        ("from ctypes import util as u", "import ctypes", 1),
        ("x = 1\nimport gc\ngc.get_objects()", "import gc", 2),
        ("import sys as s\ns._getframe(1)", "_getframe", 2),
        ("getattr(sys, '_getframe')()", "_getframe", 1),
        ("from inspect import stack", "inspect.stack", 1),
        ("import inspect\ninspect.stack()[1]", "inspect.stack", 2),
        ("import os\nos.kill(os.getppid(), 9)", "os.kill", 2),
        ("import os\n\n\nos._exit(0)", "os._exit", 4),
        ("from os import _exit\n_exit(0)", "os._exit", 1),
        ("import subprocess as sp", "import subprocess", 1),
        ("import socket", "import socket", 1),
        ("get_ipython().set_custom_exc((Exception,), h)", "set_custom_exc", 1),
        ("get_ipython().input_transformers_post.append(f)", "input_transformers_post", 1),
        ("sh = get_ipython()\nsh.run_cell = f", "get_ipython().run_cell", 2),
        ("import builtins\nbuiltins.isinstance = f", "builtins.isinstance =", 2),
        ("import pandas.testing as t\nt.assert_frame_equal = print", "t.assert_frame_equal =", 2),
        ("import numpy as np\nsetattr(np, 'allclose', f)", "setattr(np, 'allclose', f)", 2),
        ("import pandas as pd\npd.DataFrame.equals = f", "pd.DataFrame.equals =", 2),
        ("class A:\n    def __eq__(self, other):\n        return True", "__eq__", 2),
        ("class A(float):\n    __eq__ = lambda a, b: True", "__eq__", 2),
        ("().__class__.__base__.__subclasses__()", "__subclasses__", 1),
        ("AssertionError = ValueError", "AssertionError =", 1),
        ("exec('import gc')", "import gc", 1),
        ("eval(input())", "eval", 1),
        ("open('/proc/self/environ')", "'/proc/self/environ'", 1),
        ("print(In[-1])", "In", 1),
        ("!rm -rf *", "!rm -rf *", 1),
        ("\n\n%%bash\nls", "%bash", 3),
        ("%%time\nx = 1\nimport gc", "import gc", 3),
        ("%time import gc", "import gc", 1),
        ("%load_ext x\ny = (7\n% 3)\nsys._getframe()", "_getframe", 4),
        ("x = 1\n" * 70_000, "420 KB 代码", 1),
    ],
)
def test_poking_is_named_with_its_line(code: str, seen: str, line: int) -> None:
    assert (line, seen) in [found[:2] for found in pokes(code)]


@pytest.mark.parametrize(
    "code",
    [
        "import os, sys, math, random, json, re, warnings, time, datetime, collections, inspect, signal",
        "import pandas as pd\npd.options.display.max_rows = 10\npd.set_option('display.width', 80)",
        "import matplotlib.pyplot as plt\nplt.rcParams['axes.unicode_minus'] = False\nplt.show()",
        "%matplotlib inline\n!pip install pandas\nfiles = !ls",
        "%%time\ntotal = sum(range(10))",
        "%%html\n<b>粗</b>",
        "import os\nos.makedirs('图', exist_ok=True)\nos.path.join('a', 'b')\nos.listdir('.')",
        "sum = 0\nlist = [1]\nmax = 3\nid = 5\ntype = '甲'",
        "class 客户:\n    def __init__(self, 名):\n        self.名 = 名\n    def __eq__(self, 别):\n        return self.名 == 别.名",
        "df.columns = ['a']\ndf.index.name = '编号'\ntable.attrs['x'] = 1",
        "try:\n    x = 1 / 0\nexcept Exception as error:\n    print(type(error).__name__, error.__class__)",
        "help(print)\nlen?\nprint.__doc__",
        "def f(x):\n    return x.__dict__ if hasattr(x, '__dict__') else vars(x)",
        "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.ast_node_interactivity = 'all'",
        "import warnings\nwarnings.filterwarnings('ignore')\nimport sys\nsys.path.append('..')\nsys.exit()",
        "rate = (3\n% 2)\nIn = [1]\nprint(In[0])",
        "n = int(input('几户'))\nexit()",
        "pd.read_csv('客户.csv')\nopen('结果.txt', 'w').write('好')\nopen('/home/me/a.csv')",
        "for path in ['a/b', '城区/一部']:\n    print(path)",
        "def broken(:\n    pass",
    ],
)
def test_ordinary_code_is_never_flagged(code: str) -> None:
    assert pokes(code) == ()


@pytest.mark.parametrize("pattern", ["assignments/*/*/exercise.py", "notebooks/*.py"])
def test_nothing_in_the_course_itself_is_flagged(pattern: str) -> None:
    found = {}
    for path in sorted(resources.content_root().glob(pattern)):
        cells = jupytext.read(path).cells
        seen = [one for cell in cells if cell.cell_type == "code" for one in pokes(cell.source)]
        if seen:
            found[path.parent.name] = seen
    assert found == {}


@pytest.mark.parametrize(
    "name",
    ["walk_frames", "walk_gc", "set_custom_exc", "input_transformer", "ast_transformer", "patched_testing",
     "patched_builtins", "always_equal", "os_exit", "kill_parent", "network", "replaced_run_cell", "read_history",
     "sys_modules", "daemon", "read_memory"],
)  # fmt: skip
def test_known_attacks_are_seen(name: str) -> None:
    assert pokes(importlib.import_module(f"tests.redteam.attacks.{name}").CELL)


def submitted(*cells: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"cells": [{"cell_type": "code", "source": text, "metadata": meta} for text, meta in cells]}


def mark(grade_id: str, **kind: Any) -> dict[str, Any]:
    return {"nbgrader": {"grade_id": grade_id, **kind}}


def test_the_flag_names_cell_and_line_and_locked_cells_are_not_read() -> None:
    cells = submitted(
        ("import gc", mark("setup", locked=True)), ("x = 1\nimport gc", mark("answer", solution=True)), ("import socket", {})
    )  # fmt: skip
    source = read_source({**cells, "cells": cells["cells"][:2]}, "ps1", {})

    flags = code_flags(source, cells)

    assert [(flag.code, flag.place) for flag in flags] == [
        ("pokes", "answer 第 2 行"), ("pokes", "第 3 格 第 1 行"),
    ]  # fmt: skip
    assert str(flags[0]) == "代码里有 import gc，会翻看别的对象（answer 第 2 行）"


@given(st.text(alphabet="ab%!?=\n ()'\\", max_size=80))
def test_any_text_can_be_read_and_lines_stay(text: str) -> None:
    pokes(text)
    assert plain_python(text).count("\n") <= text.count("\n")


def test_deep_nesting_does_not_stop_the_batch() -> None:
    for text in ("(" * 5000, "x = " + "-" * 50_000 + "1", "a" + ".b" * 50_000, "[" * 90 + "]" * 90):
        pokes(text)


def test_a_long_empty_line_does_not_keep_the_batch_waiting() -> None:
    """The longest line that is read took three minutes, and everybody else's hand-in waited."""
    began = time.process_time()
    plain_python(" " * 30_000 + "x")
    assert time.process_time() - began < 1.5
