"""The demo does a whole session: 16 rows, nothing that did not run is a zero, again is the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coursekit import demo
from coursekit.errors import InputError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> demo.DemoResult:
    """The demo on its first exercise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "EXERCISES", ("03_figures",))
        return demo.run(tmp_path_factory.mktemp("demo"), allow_unsealed=True)


def rows(result: demo.DemoResult) -> dict[str, dict[str, object]]:
    """Rows of the first exercise by learner."""
    return {row["student"]: row for row in result.as_json()["assignments"][0]["submissions"]}


def test_sixteen_rows_each_in_one_of_three_states(done: demo.DemoResult) -> None:
    found = rows(done)

    assert len(found) == 16
    assert {row["status"] for row in found.values()} == {"graded", "needs_review", "not_run"}


def test_not_run_is_never_a_zero_and_untouched_is(done: demo.DemoResult) -> None:
    found = rows(done)

    assert all(row["score"] is None for row in found.values() if row["status"] == "not_run")
    assert found["kh0013"]["status"] == "not_run"
    assert (found["kh0012"]["status"], found["kh0012"]["score"]) == ("graded", 0)


def test_the_good_ones_have_full_marks_and_an_endless_one_keeps_what_ran(done: demo.DemoResult) -> None:
    found = rows(done)

    assert all(
        found[name]["score"] == found[name]["max_score"] for name in ("kh0001", "kh0002", "kh0003", "kh0004")
    )
    assert found["kh0015"]["status"] == "needs_review"
    assert 0 < float(str(found["kh0015"]["score"])) < float(str(found["kh0015"]["max_score"]))


def test_reports_and_feedback_are_there_with_pictures(done: demo.DemoResult) -> None:
    for path in (*done.class_reports, done.learner_report, done.levels_report):
        assert path is not None
        assert "data:image/png" in path.read_text("utf-8")
    assert len(list((done.course / "feedback").glob("*/03_figures/*.html"))) == 16


def test_again_changes_no_row(done: demo.DemoResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "EXERCISES", ("03_figures",))
    monkeypatch.setattr(demo.reports, "run", lambda name, parameters, out: out)

    again = demo.run(done.folder, allow_unsealed=True)

    assert rows(again) == rows(done)
    assert {item.status for item in again.collected["03_figures"].items} == {"identical"}


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    with pytest.raises(InputError, match="请换一个文件夹名"):
        demo.run(tmp_path)


def test_what_it_tells_is_one_json_object(done: demo.DemoResult) -> None:
    content = json.loads(json.dumps(done.as_json()))

    assert Path(content["class_report"]).is_file()
    assert sum(content["levels"].values()) == 16
