"""A grade id that is no text: half a surrogate pair."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOT_RUN


def edit(notebook: dict[str, Any]) -> None:
    find(notebook, "answer")["metadata"]["nbgrader"]["grade_id"] = "answer\ud800"


EXPECT = NOT_RUN
