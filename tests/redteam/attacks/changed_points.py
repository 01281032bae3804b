"""Gives itself a hundred points a test."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def edit(notebook: dict[str, Any]) -> None:
    for gid in ("test", "test2"):
        find(notebook, gid)["metadata"]["nbgrader"]["points"] = 100
