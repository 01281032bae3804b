"""Every shipped exercise can be graded in strict mode: its own solution gets full marks there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coursekit import cli, resources
from coursekit.course.build import exercise_folders, source_notebook
from coursekit.grading.strict import strict_checks

pytestmark = pytest.mark.slow


def test_no_shipped_exercise_needs_another_mode() -> None:
    folders = exercise_folders(resources.content_root())
    assert len(folders) >= 18

    found = strict_checks({folder.name: (source_notebook(folder), folder) for folder in folders})

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.usefixtures("one_warm_process")
def test_the_build_names_an_exercise_that_strict_mode_cannot_grade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "assignments" / "exercises" / "90_same"
    folder.mkdir(parents=True)
    for name in ("notebooks", "datasets"):
        (tmp_path / name).mkdir()
    (tmp_path / "datasets" / "facts.csv").write_text("id\nS2-001\n", "utf-8")
    (folder / "exercise.py").write_text(
        '# %% nbgrader={"grade_id": "a", "solution": true}\n### BEGIN SOLUTION\nf = g = len\n### END SOLUTION\n'
        '# %% nbgrader={"grade_id": "t", "grade": true, "points": 1}\nassert f is g\n',
        "utf-8",
    )
    monkeypatch.setenv(resources.CONTENT_VARIABLE, str(tmp_path))

    assert cli.run(["build", "--strict", "--json"]) == 2

    said = json.loads(capsys.readouterr().out)["error"]
    assert "90_same：不能按严格模式批改：t：第 1 行比较两个对象是不是同一个" in said
