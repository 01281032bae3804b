"""What an exercise's own cells import and load, so that the warm process has it ready."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator

from coursekit.grading.course import AssignmentSource


def imports_of(source: AssignmentSource) -> tuple[str, ...]:
    """Module names imported by the instructor's cells, sorted.

    `from a import b` counts as `a` and `a.b`, since either may be a module; `table.style` as what it imports.
    """
    return tuple(sorted({name for node in _nodes(source) for name in _imported(node)}))


def tables_of(source: AssignmentSource) -> tuple[str, ...]:
    """Names of the tables the instructor's cells load by `learn.load("…")`, sorted: each learner's own."""
    return tuple(sorted({name for node in _nodes(source) for name in _loaded(node)}))


def _nodes(source: AssignmentSource) -> Iterator[ast.AST]:
    for notebook in source.notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                with contextlib.suppress(SyntaxError, ValueError, RecursionError):
                    yield from ast.walk(ast.parse(cell.source))


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    if isinstance(node, ast.Attribute) and node.attr == "style":
        return {"pandas.io.formats.style"}
    return set()


def _loaded(node: ast.AST) -> set[str]:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("learn"), attr="load"), args=[ast.Constant(str(name))]
        ):
            return {name}
    return set()
