"""Replaces the tests."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def edit(notebook: dict[str, Any]) -> None:
    find(notebook, "test")["source"] = find(notebook, "test2")["source"] = "pass"
