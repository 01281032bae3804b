"""A kernel whose assertions no longer fail is seen, also by who knows how canaries are made."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell

from coursekit.grading.canaries import canary
from coursekit.grading.execute import Execute

SHELL = "g = globals()['get' + '_ipython']()\nrun = g.run_cell\n"
BLIND = {
    "honest": ("total = 6", False),
    "asserts taken out": (
        "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(T())", True),
    "all but plain ones taken out": (
        "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node):\n"
        "        return node if isinstance(node.test, ast.Constant) else ast.Pass()\n"
        "get_ipython().ast_transformers.append(T())", True),
    "honest outside the history": (
        SHELL + "def own(text, **how):\n    return run(text if how.get('store_history') is False else 'pass', **how)\n"
        "g.run_cell = own", True),
    "honest where assert False stands": (
        SHELL + "def own(text, **how): return run(text if text.startswith('assert False') else 'pass', **how)\n"
        "vars(g)['run_cell'] = own", True),
    "honest where a hexadecimal number stands": (
        SHELL + "import re\ndef own(text, **how):\n"
        "    return run(text if re.search('[0-9a-f]{16}', text) else 'pass', **how)\ng.run_cell = own", True),
}  # fmt: skip
CODE = """
import json, os, sys
from coursekit.grading.canaries import canary
from coursekit.grading.execute import Execute
from coursekit.grading.inside.learner import LearnerSide
from coursekit.grading.inside.shell import make_shell, use_streams

class InProcess:
    def __init__(self, learner): self.ask = lambda message, seconds: learner._command(message)

shell, outputs = make_shell()
real = sys.stdout
use_streams(outputs)
found = {}
for name, cell in json.loads(sys.argv[1]).items():
    ours, theirs = os.pipe()
    if not os.fork():
        learner, execute = LearnerSide(shell, outputs, None, None), Execute()
        learner._command({"run": cell})
        for _ in range(12):
            execute._canary(InProcess(learner), "test", canary("assert total == 6"))
        seen = learner._command({"run": "print(len(In), In[-1], _i, [k for k in globals() if k.startswith('_i')])"})
        os.write(theirs, json.dumps([len(execute.flags), seen["count"], seen["outputs"]]).encode())
        os._exit(0)
    os.close(theirs)
    found[name] = json.loads(os.read(ours, 65536))
print(json.dumps(found), file=real)
"""


def test_a_kernel_that_swallows_assertions_is_seen_and_an_honest_one_never() -> None:
    """An honest notebook also counts its cells as if there were no canaries."""
    cells = json.dumps({name: cell for name, (cell, _) in BLIND.items()})
    done = subprocess.run([sys.executable, "-c", CODE, cells], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)

    assert {name: flags > 0 for name, (flags, _, _) in found.items()} == {
        name: seen for name, (_, seen) in BLIND.items()
    }
    _, count, outputs = found["honest"]
    assert count == 2
    assert outputs[0]["text"].startswith("3 print(len(In)")
    assert "total = 6 ['_ih', '_i', '_ii', '_iii', '_i1', '_i2']" in outputs[0]["text"]


def test_canaries_differ_and_fail_with_their_own_words() -> None:
    made = {canary("assert total == largest(sales)") for _ in range(40)}
    assert len(made) == 40
    for one in made:
        with pytest.raises(AssertionError, match=f"^{re.escape(one.message)}$"):
            exec(one.source, {"total": float("nan"), "largest": len})  # noqa: S102 - our own text


def test_a_test_that_cannot_be_read_has_a_canary_too() -> None:
    assert canary("%magic (").source.startswith("assert ")


@pytest.mark.parametrize("grade", [True, False])
def test_a_test_marked_as_not_to_be_run_is_flagged(grade: bool) -> None:
    """nbgrader gives full points to a test without output; all 15 of a hand-in, and no flag."""
    meta = {"tags": ["skip-execution"], "nbgrader": {"grade": grade, "solution": False, "grade_id": "test"}}
    execute = Execute(canaries=True)

    execute._cell(None, new_code_cell("assert total == 6", metadata=meta), 0)  # type: ignore[arg-type]

    assert [(flag.code, flag.place) for flag in execute.flags] == [("canary", "test")] * grade
