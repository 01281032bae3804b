"""Which modules an exercise's own cells import, so that the warm process has them ready."""

from __future__ import annotations

import ast

from coursekit.grading.course import AssignmentSource


def imports_of(source: AssignmentSource) -> tuple[str, ...]:
    """Module names imported by the instructor's cells, sorted.

    `from a import b` counts as `a` and `a.b`, since either may be a module.
    """
    found: set[str] = set()
    for notebook in source.notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                found |= _imports(cell.source)
    return tuple(sorted(found))


def _imports(text: str) -> set[str]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return set()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found
