"""Without a seal the engine refuses, or says that it ran without one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coursekit.errors import InputError, MissingToolError
from coursekit.grading import GradeOptions, grade, kernels, records, sandbox
from coursekit.grading.course import Course
from coursekit.grading.engine import make_runner
from coursekit.grading.kernels import SealError

WAIVED = GradeOptions(mode="strict", workers=1, allow_unsealed=True)


def test_without_bubblewrap_it_refuses_and_says_what_to_type(
    course: Path, hand_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "has_bubblewrap", lambda: False)
    hand_in("kh0001")
    with pytest.raises(MissingToolError, match="apt-get install bubblewrap"):
        grade(course, "ps1", GradeOptions(mode="strict"))
    assert records.read(course, "ps1") == []


@pytest.mark.skipif(not sandbox.has_bubblewrap(), reason="没有 bubblewrap")
def test_a_seal_the_kernel_refuses_is_an_error_unless_waived(
    course: Path, hand_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sandbox.seal
    monkeypatch.setattr(kernels, "seal", lambda stage: replace(real(stage), command=("false",)))
    hand_in("kh0001", answer="total = 6")
    with pytest.raises(SealError, match="能用的隔离"):
        grade(course, "ps1", replace(WAIVED, allow_unsealed=False))
    report = grade(course, "ps1", WAIVED)
    assert (report.sealed, report.submissions[0].score) == (False, 2.0)
    assert [record.sealed for record in records.read(course, "ps1")] == [False]


def test_another_kernel_than_python_is_not_run_unasked(course: Path) -> None:
    source = Course(course).assignment("ps1")
    notebook = replace(source.notebooks[0], metadata={"kernelspec": {"name": "ir", "language": "R"}})
    foreign = replace(source, notebooks=(notebook,))
    with pytest.raises(InputError, match="别的内核"):
        make_runner("strict", GradeOptions(), foreign, sealed=True)


@pytest.mark.skipif(not sandbox.has_bubblewrap(), reason="没有 bubblewrap")
def test_the_seal_shows_neither_network_nor_home_nor_content_with_keys(tmp_path: Path) -> None:
    command = list(sandbox.seal(tmp_path).command)
    assert {"--unshare-net", "--unshare-pid", "--clearenv", "--die-with-parent"} <= set(command)
    shown = {
        command[place + 1] for place, word in enumerate(command) if word.startswith(("--ro-bind", "--bind"))
    }
    assert not any(Path(folder) in (Path.home(), Path("/"), Path("/home")) for folder in shown)
    assert not any(folder.endswith(("exercises", "quiz_banks", "papers", "assignments")) for folder in shown)


@pytest.mark.skipif(not sandbox.has_bubblewrap(), reason="没有 bubblewrap")
def test_modules_compiled_elsewhere_are_found_compiled_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = tmp_path / "compiled"
    package = Path(sandbox.__file__).resolve().parents[1]
    ours, key = (compiled / place.relative_to("/") for place in (package, package.parents[1] / "assignments"))
    ours.mkdir(parents=True)
    key.mkdir(parents=True)
    monkeypatch.setattr(sandbox.sys, "pycache_prefix", str(compiled))
    made = sandbox.seal(tmp_path / "stage")
    assert made.environment["PYTHONPYCACHEPREFIX"] == str(compiled)
    assert str(ours) in made.readable
    assert str(ours) in made.command
    assert not [folder for folder in made.readable if key.is_relative_to(folder)], "a compiled key is a key"
