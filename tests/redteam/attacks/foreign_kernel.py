"""Asks for a kernel of its own."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def edit(notebook: dict[str, Any]) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "bash", "language": "bash", "display_name": "x"}
    assert find(notebook, "test")
