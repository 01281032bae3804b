"""What an exercise gives learners in cells they may edit: imports and functions that its tests rely on. Pure.

A test that calls such a helper must mean the instructor's, else a learner could write a judge of their own.
Data of these cells stays the learner's: their code may have worked on it. So does a helper that the notebook
itself makes into something else later: what it means then is known only where the notebook ran.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_MAGIC = re.compile(r"^([ \t]*+)[%!].*$", re.MULTILINE)
_HANDLES = re.compile(r"# strict:.*\bhandles\b")
_Import = ast.Import | ast.ImportFrom
_Definition = ast.FunctionDef | ast.ClassDef


@dataclass
class _Notebook:
    """Statements of the instructor's free cells, and which names are not theirs to give."""

    free: list[ast.stmt] = field(default_factory=list)
    theirs: set[str] = field(default_factory=set)
    imported: set[tuple[str, str]] = field(default_factory=set)
    handles: bool = False

    def may_give(self, node: ast.stmt) -> bool:
        """Whether no name that a statement binds is the learner's."""
        kept_there = self.handles and any(isinstance(part, ast.ClassDef) for part in ast.walk(node))
        return not kept_there and not self.theirs & set(_bound(node))

    def may_import(self, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> bool:
        """Whether a solution, if it imports that name at all, imports the same."""
        name, origin = _name(alias), _origin(node, alias)
        others = {found for bound, found in self.imported if bound == name}
        return alias.name != "*" and name not in self.theirs and others <= {origin}


def given_by(cells: Iterable[Mapping[str, Any]]) -> str:
    """Source of the imports, functions and classes in a source notebook's free code cells.

    Names that a solution cell binds are the learner's to write, and left out; so is `from a import *`.
    One that cannot be run leaves the others alone. Imports of locked cells come along: what is given may
    need them. Classes are left to the learner where a test keeps objects of theirs (`# strict: handles`).

    Parameters
    ----------
    cells : iterable of mapping
        The cells of the instructor's notebook.
    """
    found = _Notebook()
    for cell in cells:
        if cell.get("cell_type") != "code":
            continue
        mark = (cell.get("metadata") or {}).get("nbgrader") or {}
        body = _body(cell.get("source", ""))
        if mark.get("solution"):
            found.theirs |= {name for node in body for name in _bound(node, imports=False)}
            found.imported |= {pair for node in body for pair in _imported(node)}
        elif mark.get("grade"):
            found.handles |= bool(_HANDLES.search(_text(cell.get("source", ""))))
        elif mark.get("locked"):
            found.free += [node for node in body if isinstance(node, _Import)]
        else:
            found.free += body
    modules = {name for node in found.free for name, _ in _imported(node)}
    whole = [_is_given(node, modules) for node in found.free]
    made_anew = (node for node, given in zip(found.free, whole, strict=True) if not given)
    found.theirs |= {name for node in made_anew for name in _bound(node)}
    pieces = [_piece(node, found) for node, given in zip(found.free, whole, strict=True) if given]
    return "\n".join(f"try:\n    {piece}\nexcept Exception:\n    pass" for piece in pieces if piece)


def _text(source: Any) -> str:
    return "".join(source) if isinstance(source, list) else str(source)


def _body(source: Any) -> list[ast.stmt]:
    try:
        return ast.parse(_MAGIC.sub(r"\1pass", _text(source))).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _is_given(node: ast.stmt, modules: set[str]) -> bool:
    """Whether a statement only imports, defines or gives a function another name."""
    if isinstance(node, ast.Try | ast.If):
        parts = _parts(node)
        helpers = any(isinstance(part, _Import | _Definition) for part in parts)
        return helpers and all(_is_given(part, modules) or _is_plain(part) for part in parts)
    return isinstance(node, _Import | _Definition) or _is_function(node, modules)


def _parts(node: ast.Try | ast.If) -> list[ast.stmt]:
    """Statements of all branches."""
    if isinstance(node, ast.If):
        return [*node.body, *node.orelse]
    handled = [part for handler in node.handlers for part in handler.body]
    return [*node.body, *handled, *node.orelse, *node.finalbody]


def _is_plain(node: ast.stmt) -> bool:
    """Whether it says only that something is not there (`x = None`)."""
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    )


def _is_function(node: ast.stmt, modules: set[str]) -> bool:
    """Whether a name is given to a lambda, or to something of an imported module or of Python's own."""
    if not (
        isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
    ):
        return False
    value: ast.expr = node.value
    if isinstance(value, ast.Lambda):
        return True
    while isinstance(value, ast.Attribute):
        value = value.value
    if not isinstance(value, ast.Name):
        return False
    return value.id in modules or callable(getattr(builtins, value.id, None))


def _piece(node: ast.stmt, notebook: _Notebook) -> str:
    """Source of what a statement gives, indented by four; empty if it gives nothing."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        node.names = [alias for alias in node.names if notebook.may_import(node, alias)]
        return ast.unparse(node) if node.names else ""
    starred = any(isinstance(part, ast.ImportFrom) and part.names[0].name == "*" for part in ast.walk(node))
    if starred or not notebook.may_give(node):
        return ""
    text = ast.unparse(node)
    if isinstance(node, ast.Assign) and not isinstance(
        node.value, ast.Lambda
    ):  # a number stays the learner's
        name = next(iter(_bound(node)))
        text += f"\ncallable({name}) or globals().pop({name!r})"
    return text.replace("\n", "\n    ")


def _bound(statement: ast.stmt, imports: bool = True) -> Iterator[str]:
    """Names that are bound anywhere in a statement; in what is given whole, at its top."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef) and imports:
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif imports and isinstance(node, ast.Import | ast.ImportFrom):
            yield from map(_name, node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _imported(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    """Names that a statement imports, each with what it is."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((_name(alias), _origin(node, alias)) for alias in node.names)


def _origin(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    """What an import binds: `import a.b` binds `a`."""
    if isinstance(node, ast.ImportFrom):
        return f"{'.' * node.level}{node.module or ''}:{alias.name}"
    return alias.name if alias.asname else alias.name.partition(".")[0]


def _name(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]
