"""Puts the tests before everything."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def edit(notebook: dict[str, Any]) -> None:
    test = find(notebook, "test")
    notebook["cells"].remove(test)
    notebook["cells"].insert(0, test)
