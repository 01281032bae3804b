"""Find a cell of a notebook by its grade id."""

from __future__ import annotations

from typing import Any


def find(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    """The cell; KeyError if there is none."""
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            return cell  # type: ignore[no-any-return]
    raise KeyError(grade_id)
