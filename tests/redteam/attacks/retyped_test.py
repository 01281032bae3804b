"""Makes the tests markdown."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def edit(notebook: dict[str, Any]) -> None:
    for gid in ("test", "test2"):
        find(notebook, gid)["cell_type"] = "markdown"
