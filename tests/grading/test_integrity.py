"""What is the instructor's in a notebook comes from the instructor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursekit.grading.course import Course, NotebookSource
from coursekit.grading.integrity import Rebuilt, rebuild
from coursekit.grading.submitted import UnreadableError, read_notebook

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def source(course: Path) -> NotebookSource:
    return Course(course).assignment("ps1").notebooks[0]


@pytest.fixture
def rebuilt(source: NotebookSource, hand_in: Any) -> Callable[[Edit], Rebuilt]:
    def make(edit: Edit) -> Rebuilt:
        return rebuild(source, read_notebook(hand_in("kh0001", edit=edit), 20))

    return make


def ids(result: Rebuilt) -> list[str | None]:
    return [c["metadata"].get("nbgrader", {}).get("grade_id") for c in result.notebook["cells"]]


def cell(result: Rebuilt, grade_id: str) -> dict[str, Any]:
    return next(
        c for c in result.notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def index(notebook: dict[str, Any], grade_id: str) -> int:
    for number, found in enumerate(notebook["cells"]):
        if found["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            return number
    raise AssertionError(grade_id)


def test_an_honest_notebook_keeps_its_order_and_gets_hidden_tests(rebuilt: Any) -> None:
    result = rebuilt(lambda nb: None)
    assert ids(result) == [None, "setup", None, "answer", "test", "answer2", "test2", "essay"]
    assert "BEGIN HIDDEN TESTS" in cell(result, "test")["source"]
    assert result.flags == ()


def test_an_edited_test_is_put_back_and_flagged(rebuilt: Any) -> None:
    def edit(nb: dict[str, Any]) -> None:
        nb["cells"][index(nb, "test")]["source"] = "pass"

    result = rebuilt(edit)
    assert "assert total == 6" in cell(result, "test")["source"]
    assert [(f.code, f.place) for f in result.flags] == [("tampered", "test")]


def test_a_deleted_test_comes_back(rebuilt: Any) -> None:
    result = rebuilt(lambda nb: nb["cells"].pop(index(nb, "test")))
    assert ids(result)[3:5] == ["answer", "test"]
    assert result.flags[0].place == "test"


def test_a_moved_test_goes_back(rebuilt: Any) -> None:
    def edit(nb: dict[str, Any]) -> None:
        nb["cells"].insert(0, nb["cells"].pop(index(nb, "test")))

    result = rebuilt(edit)
    assert [gid for gid in ids(result) if gid] == ["setup", "answer", "test", "answer2", "test2", "essay"]
    assert "顺序" in result.flags[-1].reason


def test_changed_points_type_tags_and_version_are_dropped(rebuilt: Any) -> None:
    def edit(nb: dict[str, Any]) -> None:
        test = nb["cells"][index(nb, "test")]
        test["metadata"]["nbgrader"].update(points=100, schema_version=99)
        test["metadata"]["tags"] = ["skip-execution", "raises-exception"]
        answer = nb["cells"][index(nb, "answer")]
        answer["cell_type"] = "raw"
        nb["metadata"]["kernelspec"] = {"name": "evil"}

    result = rebuilt(edit)
    assert cell(result, "test")["metadata"]["nbgrader"]["points"] == 2
    assert list(cell(result, "test")["metadata"]) == ["nbgrader"]
    assert cell(result, "answer")["cell_type"] == "code"
    assert result.notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert {f.place for f in result.flags} == {"test", "answer"}


def test_a_free_cell_stays_behind_the_cell_it_stood_behind(rebuilt: Any) -> None:
    def edit(nb: dict[str, Any]) -> None:
        extra = {
            "cell_type": "code",
            "source": "x = 1",
            "metadata": {"tags": ["skip-execution"]},
            "outputs": [],
        }
        nb["cells"].insert(index(nb, "answer") + 1, extra)

    result = rebuilt(edit)
    found = result.notebook["cells"][4]
    assert (found["source"], found["metadata"]) == ("x = 1", {})


@pytest.mark.parametrize("kind", ["double", "unknown"])
def test_double_and_unknown_ids_quarantine_the_hand_in(
    source: NotebookSource, hand_in: Any, kind: str
) -> None:
    def edit(nb: dict[str, Any]) -> None:
        copy = json.loads(json.dumps(nb["cells"][index(nb, "answer")]))
        if kind == "unknown":
            copy["metadata"]["nbgrader"]["grade_id"] = "mine"
        nb["cells"].append(copy)

    path = hand_in("kh0001", edit=edit)
    with pytest.raises(UnreadableError, match="出现了 2 次" if kind == "double" else "不是这份作业的"):
        rebuild(source, read_notebook(path, 20))
