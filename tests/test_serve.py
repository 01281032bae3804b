"""How a page is served: the one notebook only, to this machine only, the token where nobody else reads it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import nbformat
import pytest

from coursekit.console import serve
from coursekit.console.served import levels_page, write_levels
from coursekit.errors import MissingToolError


@pytest.fixture
def page(tmp_path: Path) -> serve.Page:
    return serve.Page("网页", tmp_path / "levels.ipynb", tmp_path / "private")


def test_only_this_notebook_is_served_and_only_to_this_machine(page: serve.Page) -> None:
    words = serve.command(page, 9000)
    allowed = next(word.partition("=")[2] for word in words if "file_allowlist" in word)

    assert "--Voila.ip=127.0.0.1" in words
    assert "--Voila.port_retries=0" in words
    assert "--strip_sources=True" in words
    assert re.fullmatch(allowed, "levels.ipynb")
    assert not re.fullmatch(allowed, "levelsXipynb")


def test_the_token_stands_in_a_folder_of_its_own(page: serve.Page) -> None:
    folder = serve._settings(page, "secret-token")

    assert json.loads((folder / "voila.json").read_text("utf-8")) == {"Voila": {"token": "secret-token"}}
    assert folder.stat().st_mode & 0o077 == 0
    assert not any("secret-token" in word for word in serve.command(page, 9000))
    assert serve._environment(folder)["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0] == str(folder)


def test_the_shipped_template_asks_no_other_host() -> None:
    for file in (Path(serve.__file__).parent / "share").rglob("*.j2"):
        assert not re.search(r"(src|href)=.{0,3}https?://", file.read_text("utf-8"))


def test_the_levels_notebook_carries_its_parameters(tmp_path: Path) -> None:
    path = write_levels(tmp_path / "levels.ipynb", "r.db", {"today": "2026-06-30"})

    code = "".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    assert 'today = "2026-06-30"' in code
    assert "interactive = True" in code
    assert f"sqlite:///{Path('r.db').resolve()}" in code


def test_without_voila_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(MissingToolError, match="coursekit report levels"):
        levels_page(tmp_path, "r.db", {})

    assert list(tmp_path.iterdir()) == []
