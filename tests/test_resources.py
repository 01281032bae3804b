"""Content is found in the checkout or in the folder that was named, or the error says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursekit import resources
from coursekit.errors import InputError


def test_a_checkout_is_its_own_content() -> None:
    assert (resources.content_root() / "pyproject.toml").is_file()
    assert resources.policy("levels") == resources.assignments() / "policy" / "levels.toml"


def test_a_named_folder_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("notebooks", "datasets", "assignments"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv(resources.CONTENT_VARIABLE, str(tmp_path))

    assert resources.notebooks() == tmp_path / "notebooks"
    assert not resources.is_authoring()


def test_a_folder_without_content_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(resources.CONTENT_VARIABLE, str(tmp_path))

    with pytest.raises(InputError, match="放课程内容的文件夹"):
        resources.content_root()
