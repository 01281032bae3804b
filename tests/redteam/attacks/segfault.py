"""Crashes the interpreter when a test calls."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING


def edit(notebook: dict[str, Any]) -> None:
    crash = "    import ctypes\n    ctypes.string_at(8)\n    return 9"
    find(notebook, "answer2")["source"] = f"def largest(table):\n{crash}"


EXPECT = NOTHING
