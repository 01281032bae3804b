"""Gives a test another id."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOT_RUN

EXPECT = NOT_RUN


def edit(notebook: dict[str, Any]) -> None:
    find(notebook, "test")["metadata"]["nbgrader"]["grade_id"] = "free_points"
