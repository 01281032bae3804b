"""Makes the test a solution cell that a person marks."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def edit(notebook: dict[str, Any]) -> None:
    find(notebook, "test")["metadata"]["nbgrader"].update(solution=True, locked=False, grade=True)
