"""What another machine answers is checked: an answer that is none costs that hand-in its run, nobody else."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from coursekit.grading.cluster_runners import ClusterRunner
from coursekit.grading.course import NotebookSource
from coursekit.grading.runners import Staged

OURS: dict[str, Any] = {
    "nbformat": 4,
    "cells": [
        {"cell_type": "code", "source": "total = 6", "metadata": {"nbgrader": {"points": 1}}, "outputs": []},
        {"cell_type": "markdown", "source": "字", "metadata": {}},
    ],
}
OUTPUT = {"output_type": "stream", "name": "stdout", "text": "6"}
FLAG = {"code": "died", "place": "t", "reason": "退出"}
OUTCOME = {"grade_id": "t", "ended": "ok", "ename": "", "evalue": "", "value": None}


def answer(**other: Any) -> dict[str, Any]:
    theirs = copy.deepcopy(OURS)
    theirs["cells"][0].update(outputs=[OUTPUT], execution_count=3)
    return {"sealed": True, "notebook": theirs, "outcomes": {"t": OUTCOME}, "flags": [FLAG], **other}


class _Cluster:
    """A scheduler with one answer."""

    output_bytes = 10_000

    def __init__(self, found: Any) -> None:
        self.found = found

    def ask(self, work: Any, job: Any) -> Any:
        return self.found


def run(found: Any, folder: Path) -> Any:
    staged = Staged(folder / "learner", folder / "trusted")
    for place in (staged.learner, staged.trusted):
        place.mkdir()
    source = NotebookSource("ps1", (), {}, "")
    return ClusterRunner(_Cluster(found)).run(source, copy.deepcopy(OURS), staged)  # type: ignore[arg-type]


def test_of_the_notebook_only_outputs_are_taken(tmp_path: Path) -> None:
    found = answer()
    found["notebook"]["metadata"] = {"title": "<script>"}
    found["notebook"]["cells"][0]["metadata"] = {"nbgrader": {"points": 99}}
    found["notebook"]["cells"][0]["outputs"].append({"output_type": "display_data", "data": 5})

    ran = run(found, tmp_path)

    assert "metadata" not in ran.notebook
    assert [cell["metadata"] for cell in ran.notebook["cells"]] == [c["metadata"] for c in OURS["cells"]]
    assert ran.notebook["cells"][0]["outputs"][0] == OUTPUT
    assert "格式不对" in ran.notebook["cells"][0]["outputs"][1]["text"]
    assert ran.notebook["cells"][0]["execution_count"] == 3
    assert (ran.outcomes["t"].ended, ran.flags[0].code) == ("ok", "died")


@pytest.mark.parametrize(
    "other",
    [
        {"notebook": []},
        {"notebook": {"cells": []}},
        {"notebook": {"cells": [OURS["cells"][0], {"cell_type": "markdown", "source": "别的"}]}},
        {"outcomes": []},
        {"outcomes": {"t": {**OUTCOME, "ended": "fine"}}},
        {"outcomes": {"t": {**OUTCOME, "value": 10**9}}},
        {"outcomes": {"t": {**OUTCOME, "more": ""}}},
        {"outcomes": {"t": "ok"}},
        {"flags": {"code": "late"}},
        {"flags": [{**FLAG, "code": ["late"]}]},
        {"flags": [{**FLAG, "reason": {"a": 1}}]},
        {"flags": [["died", "t", "退出"]]},
    ],
)
def test_an_answer_of_another_shape_is_none(other: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        run(answer(**other), tmp_path)
