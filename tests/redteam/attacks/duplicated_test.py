"""Has a test twice."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOT_RUN

EXPECT = NOT_RUN


def edit(notebook: dict[str, Any]) -> None:
    notebook["cells"].append(dict(find(notebook, "test"), source="pass"))
