"""Deletes the tests."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def edit(notebook: dict[str, Any]) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if c is not find(notebook, "test")]
