"""Banks, papers, keys and answer files damaged anywhere: a named error or a marking that holds; nothing kept is changed."""

from __future__ import annotations

import copy
import json
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.quiz.bank_of_many import many
from tests.quiz.test_paper_export import SMALL, right_answer

from coursekit import cli
from coursekit.errors import CoursekitError
from coursekit.grading import papers
from coursekit.grading.forms import mark_forms
from coursekit.quiz.answers import AnswerFile
from coursekit.quiz.bank import load_bank
from coursekit.quiz.drawing import draw
from coursekit.quiz.markfiles import mark_files
from coursekit.quiz.own_paper import open_paper, own_sheet
from coursekit.quiz.paper import load_blueprint
from coursekit.quiz.paper_export import FormFiles, write_form
from coursekit.quiz.sitting import PaperSitting, Sheet
from coursekit.resources import assignments

QUICK = settings(
    max_examples=int(os.environ.get("MUTATIONS", "40")), deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
JUNK = st.sampled_from(
    [None, True, -1, 0, 1e308, 10**400, "", "Z", "x" * 70_000, "\x00", "２", [], [[]], [None], {}, {"value": None}, {"a": {"b": []}}]
)  # fmt: skip


@st.composite
def damaged(draw_from: st.DrawFn, content: Any) -> bytes:
    """The JSON of `content` with a value replaced, dropped or doubled, or its bytes cut or changed."""
    how = draw_from(st.sampled_from(["value", "drop", "cut", "byte", "other"]))
    if how == "other":
        return json.dumps(draw_from(JUNK)).encode()
    if how in ("value", "drop"):
        tree = copy.deepcopy(content)
        node, parent, key = tree, None, None
        while isinstance(node, dict | list) and node and (parent is None or draw_from(st.booleans())):
            parent, key = (
                node,
                draw_from(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node)))),
            )
            node = parent[key]
        if parent is not None and how == "drop":
            del parent[key]
        elif parent is not None:
            parent[key] = draw_from(JUNK)
        return json.dumps(tree).encode()
    data = json.dumps(content, ensure_ascii=False).encode()
    at = draw_from(st.integers(0, len(data) - 1))
    return data[:at] if how == "cut" else data[:at] + bytes([draw_from(st.integers(0, 255))]) + data[at + 1 :]


def told(work: Callable[[], object]) -> str | None:
    """The message of a named error; None when the work went through. Anything else is raised."""
    try:
        work()
    except CoursekitError as error:
        return str(error)
    return None


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> FormFiles:
    types = dict.fromkeys(("single", "multiple", "true_false", "blank", "short"), 2)
    drawn = draw(SMALL, many(types), "m1")
    return write_form(drawn, drawn.forms[0], tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def answered(files: FormFiles, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An answer file as the page writes it, everything right."""
    key = json.loads(files.key.read_text("utf-8"))
    base = json.loads((files.assignment / "paper.json").read_text("utf-8"))
    mine = own_sheet(base, set(key["keep"]), "kh0001")
    file = AnswerFile(tmp_path_factory.mktemp("a") / "answers.json", files.paper, "kh0001")
    sitting = PaperSitting(Sheet.model_validate(mine), file)
    sitting.handle({"kind": "start", "id": ""})
    rules = {item["id"]: item["rule"] for item in key["items"]}
    texts = {item["id"]: item.get("options", []) for item in base["items"]}
    for item in mine["items"]:
        given_answer = right_answer(item, rules[item["id"]], texts[item["id"]])
        sitting.handle({"kind": "answer", "id": item["id"], "response": given_answer})
    content = json.loads(file.path.read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def handed_in(files: FormFiles, data: bytes) -> Path:
    """The answer file of kh0001 in the course."""
    course = files.assignment.parents[1]
    path = course / "submitted" / "kh0001" / files.paper / "answers.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return course


@QUICK
@given(data=st.data())
def test_a_damaged_answer_file_is_marked_flagged_or_not_run(
    files: FormFiles, answered: dict[str, Any], data: st.DataObject
) -> None:
    """In the gradebook's way and in `quiz mark`: never a crash, never more than full, no zero for what cannot be read."""
    raw = data.draw(damaged(answered))
    course = handed_in(files, raw)
    path = course / "submitted" / "kh0001" / files.paper / "answers.json"

    typed = mark_forms(course, files.paper, "kh0001")
    report = mark_files(files.key, [path])

    assert path.read_bytes() == raw
    assert all(mark.points is None or 0 <= mark.points <= mark.max_points for mark in typed.marks.values())
    assert sum(mark.max_points for mark in typed.marks.values()) == SMALL.points
    if any(mark.status == "not_run" for mark in typed.marks.values()):
        assert {mark.points for mark in typed.marks.values()} == {None}
        assert typed.flags
    changed = {
        name: mark.points for name, mark in typed.marks.items() if mark.status not in ("passed", "manual")
    }
    assert not changed or typed.flags, "points are lost and nobody is told that the file was edited"
    assert len(report.sittings) + len(report.unread) == 1


@QUICK
@given(data=st.data())
def test_a_damaged_key_is_named_or_marks_within_bounds(
    files: FormFiles, answered: dict[str, Any], data: st.DataObject, tmp_path: Path
) -> None:
    course = handed_in(files, json.dumps(answered).encode())
    raw = data.draw(damaged(json.loads(files.key.read_text("utf-8"))))
    other = tmp_path / "course"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(course, other)
    key = papers.key_path(other, files.paper)
    key.write_bytes(raw)

    for mark in (lambda: mark_forms(other, files.paper, "kh0001"), lambda: mark_files(key, [])):
        message = told(mark)
        assert message is None or files.paper in message
    assert key.read_bytes() == raw


@QUICK
@given(data=st.data())
def test_a_damaged_paper_is_named_and_the_answers_stay(
    files: FormFiles, answered: dict[str, Any], data: st.DataObject, tmp_path: Path
) -> None:
    folder = tmp_path / files.paper
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(files.assignment, folder)
    kept = json.dumps(answered).encode()
    (folder / "answers.json").write_bytes(kept)
    (folder / "learner.json").write_text('{"learner": "kh0001"}', "utf-8")
    name = data.draw(st.sampled_from(["paper.json", "order.json", "learner.json"]))
    (folder / name).write_bytes(data.draw(damaged(json.loads((folder / name).read_text("utf-8")))))

    message = told(lambda: open_paper(folder))

    assert message is None or "paper" in message

    assert (folder / "answers.json").read_bytes() == kept


@QUICK
@given(data=st.data())
def test_answers_of_any_shape_do_not_stop_the_page(
    files: FormFiles, answered: dict[str, Any], data: st.DataObject, tmp_path: Path
) -> None:
    """A damaged answer file is set aside or read; whatever the page sends is kept or refused, and the rest stays."""
    path = tmp_path / "answers.json"
    path.write_bytes(data.draw(damaged(answered)))
    sheet = Sheet.model_validate(json.loads((files.assignment / "paper.json").read_text("utf-8")))
    sitting = PaperSitting(sheet, AnswerFile(path, files.paper, "kh0001"))

    sitting.state()
    sitting.handle({"kind": "start", "id": ""})
    sitting.handle(
        {"kind": "answer", "id": sheet.items[0].id, "response": data.draw(JUNK), "n": data.draw(JUNK)}
    )

    sitting.state()
    content = json.loads(path.read_text("utf-8"))
    assert isinstance(content["answers"], dict)


@QUICK
@given(data=st.data())
def test_a_damaged_bank_is_named_by_line(tmp_path: Path, data: st.DataObject) -> None:
    text = sorted((assignments() / "quiz_banks" / "practice").glob("*.yaml"))[1].read_text("utf-8")
    lines = text.split("\n")[:60]
    at = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["drop", "double", "indent", "cut", "junk"]))
    junk = data.draw(
        st.sampled_from(
            ["\t- x", "  : :", "}{", "key: [1, 2", "'", "? a", "--- ", "&a *a", "\x07", "options: 3"]
        )
    )
    changed = {
        "drop": lines[:at] + lines[at + 1 :],
        "double": lines[: at + 1] + lines[at:],
        "indent": [*lines[:at], "   " + lines[at], *lines[at + 1 :]],
        "cut": [*lines[:at], lines[at][: len(lines[at]) // 2]],
        "junk": [*lines[:at], junk, *lines[at:]],
    }[how]
    path = tmp_path / "bank.yaml"
    path.write_text("\n".join(changed), "utf-8")

    for fast in (False, True):
        message = told(partial(load_bank, path, fast))
        assert message is None or "bank.yaml" in message


@QUICK
@given(data=st.data())
def test_a_damaged_blueprint_is_named(tmp_path: Path, data: st.DataObject) -> None:
    text = (assignments() / "papers" / "senior.toml").read_text("utf-8")
    at = data.draw(st.integers(0, len(text) - 1))
    path = tmp_path / "plan.toml"
    change = data.draw(st.sampled_from(["", "\n[", '"', "= -1", "9" * 400, "inf", "{", "null"]))
    path.write_text(text[:at] + change + text[at + data.draw(st.integers(0, 40)) :], "utf-8")

    message = told(lambda: load_blueprint(path))

    assert message is None or "plan.toml" in message


def test_a_refused_draw_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """More parallel forms than the bank can give: the cell is named and no file is left."""
    out = tmp_path / "papers"

    code = cli.run(["quiz", "draw", "senior", "--seed", "a", "--forms", "9", "--out", str(out), "--json"])

    message = json.loads(capsys.readouterr().out)["error"]
    assert code == 2
    assert "还缺" in message
    assert not out.exists()
