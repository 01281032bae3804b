"""Raises errors whose text cannot be written to a file: in its own cell and when a test calls."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

CELL = "total = 5\nprint('\\ud800')\nraise ValueError('\\udcff' + '\\x00\\ud800')"


def edit(notebook: dict[str, Any]) -> None:
    find(notebook, "answer2")["source"] = "def largest(table):\n    raise KeyError('\\ud800')"


EXPECT = NOTHING
