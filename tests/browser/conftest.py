"""A learner's JupyterLab and a Chromium to look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.lab_page import FLAGS, LabPage, own_port

from coursekit import resources
from coursekit.course import server, workspace


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("COURSEKIT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium; without one the tests are skipped, but never on the build machine."""
    path = _chromium()
    if path is None and os.environ.get("CI") != "true":
        pytest.skip("没有 Chromium:浏览器测试跳过。Debian:apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def learners_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh workspace of the shipped content, nobody signed in."""
    folder = tmp_path_factory.mktemp("lab") / "客户经理学习"
    workspace.refresh(folder, resources.content_root())
    return folder


@pytest.fixture(scope="module")
def served(learners_folder: Path) -> Iterator[str]:
    """Address of a JupyterLab on that workspace, started as `coursekit start` starts it."""
    with server.running(learners_folder, own_port()) as running:
        yield running.url


@pytest.fixture
def lab(browser: Any, served: str) -> Iterator[LabPage]:
    """A new page of that JupyterLab."""
    page = LabPage(browser, served)
    yield page
    page.page.close()
