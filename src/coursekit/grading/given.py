"""What an exercise gives learners in cells they may edit: imports and functions that its tests rely on. Pure.

A test that calls such a helper must mean the instructor's, else a learner could write a judge of their own.
Data of these cells stays the learner's: their code may have worked on it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_MAGIC = re.compile(r"^([ \t]*+)[%!].*$", re.MULTILINE)


def given_by(cells: Iterable[Mapping[str, Any]]) -> str:
    """Source of the imports, functions and classes in a source notebook's free code cells.

    Names that a solution cell binds are the learner's to write, and left out; so is `from a import *`.
    One that cannot be run leaves the others alone.

    Parameters
    ----------
    cells : iterable of mapping
        The cells of the instructor's notebook.
    """
    free: list[ast.stmt] = []
    theirs: set[str] = set()
    for cell in cells:
        if cell.get("cell_type") != "code":
            continue
        mark = (cell.get("metadata") or {}).get("nbgrader") or {}
        body = _body(cell.get("source", ""))
        if mark.get("solution"):
            theirs |= {name for node in body for name in _bound_anywhere(node)}
        elif not (mark.get("grade") or mark.get("locked")):
            free += body
    found = [f"try:\n    {line}\nexcept Exception:\n    pass" for line in _given(free, theirs)]
    return "\n".join(found)


def _body(source: Any) -> list[ast.stmt]:
    text = "".join(source) if isinstance(source, list) else str(source)
    try:
        return ast.parse(_MAGIC.sub(r"\1pass", text)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _given(statements: Iterable[ast.stmt], theirs: set[str]) -> Iterator[str]:
    for node in statements:
        if isinstance(node, ast.Import | ast.ImportFrom):
            node.names = [one for one in node.names if one.name != "*" and _name(one) not in theirs]
            if node.names:
                yield ast.unparse(node)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name not in theirs:
            yield ast.unparse(node).replace("\n", "\n    ")


def _bound_anywhere(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from map(_name, node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _name(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]
