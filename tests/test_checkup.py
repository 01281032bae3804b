"""`doctor` finds what is there, names what is missing and says what to type."""

from __future__ import annotations

import importlib.metadata
import json
import shutil

import pytest

from coursekit import checkup, resources
from coursekit.cli import run


def test_this_machine_has_what_is_required() -> None:
    assert [check.name for check in checkup.checkup() if check.required and not check.ok] == []


def test_a_missing_package_is_named_with_the_line_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = importlib.metadata.version

    def without_papermill(name: str) -> str:
        if name == "papermill":
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "version", without_papermill)

    assert run(["doctor", "--json"]) == 1
    missing = [c for c in json.loads(capsys.readouterr().out)["checks"] if not c["ok"] and c["required"]]
    assert [c["name"] for c in missing] == ["papermill"]
    assert "重新安装" in missing[0]["todo"]


def test_a_machine_without_bubblewrap_hears_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        shutil, "which", lambda name, path=None: None if name == "bwrap" else f"/usr/bin/{name}"
    )
    monkeypatch.setattr("sys.platform", "linux")

    assert run(["doctor"]) == 0
    assert "apt-get install bubblewrap" in capsys.readouterr().out


def test_lost_content_is_a_missing_part_not_a_crash(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv(resources.CONTENT_VARIABLE, str(tmp_path))

    content = next(c for c in checkup.checkup() if c.name == "课程内容")

    assert not content.ok
