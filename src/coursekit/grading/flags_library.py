"""Answers that hand over what the course's own library computes, found by reading them: a reason to look, never a mark.

Many tasks ask for what `coursekit.domain` can do in one call. The answer is then right, and whoever gave it may
have learnt nothing; only a person can tell. What the instructor's part of a cell calls is never flagged.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from coursekit.grading.course import NotebookSource
from coursekit.grading.flags import grade_id, place_of
from coursekit.grading.flags_code import plain_python
from coursekit.grading.records import Flag

CODE = "library"
_LIBRARY = "coursekit.domain."
_TOOLS = {"columns", "datasets", "facts", "names", "plots", "policy"}  # what tables and pictures need
_MOST = 3
_LONGEST = 200_000


def library_flags(source: NotebookSource, submitted: Mapping[str, Any]) -> list[Flag]:
    """Flags for solution cells that use the library where the instructor's text of the cell does not; the first few.

    Parameters
    ----------
    source : NotebookSource
        Its locked cells are read as the instructor wrote them.
    submitted : mapping
        As `read_notebook` gives it.
    """
    known = source.by_id()
    names: dict[str, str] = {}
    flags: list[Flag] = []
    for number, cell in enumerate(submitted["cells"], start=1):
        if cell["cell_type"] != "code":
            continue
        given = known.get(grade_id(cell) or "")
        locked = given is not None and given.locked
        tree = _parsed(given.source if given is not None and locked else cell["source"])
        theirs = frozenset() if given is None else frozenset(_read(_parsed(given.source), dict(names)).uses)
        reader = _read(tree, names, theirs, bind=not locked)
        if given is not None and given.solution:
            flags += [_flag(place_of(cell, number), line, name) for name, line in reader.uses.items()]
            for name in reader.made:  # told here; what uses the answer later is no second one
                names.pop(name, None)
    return flags[:_MOST]


def _flag(place: str, line: int, name: str) -> Flag:
    called = name.removeprefix(_LIBRARY)
    return Flag(CODE, f"{place} 第 {line} 行", f"答案里用了课程库的 {called}，看看是不是没有自己算")


def _parsed(text: str) -> ast.Module:
    """A cell as a tree; an empty one where it is no Python, or more than anybody writes."""
    for python in (text, plain_python(text)) if len(text) <= _LONGEST else ():
        try:
            return ast.parse(python)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return ast.Module([], [])


def _read(
    tree: ast.Module, names: dict[str, str], given: frozenset[str] = frozenset(), *, bind: bool = False
) -> _Reader:
    """What a cell uses of the library beyond `given`; `names` follows what the cell makes of them."""
    reader = _Reader(names, given, bind)
    with contextlib.suppress(RecursionError):
        reader.visit(tree)
    return reader


class _Reader(ast.NodeVisitor):
    """Walks one cell, knows which names stand for the library or for something made with it."""

    def __init__(self, names: dict[str, str], given: frozenset[str], bind: bool) -> None:
        self.names, self.given, self.bind = names, given, bind
        self.found: list[tuple[int, str]] = []
        self.made: set[str] = set()

    @property
    def uses(self) -> dict[str, int]:
        """First line of each use, in order, without what was given."""
        first: dict[str, int] = {}
        for line, name in sorted(self.found):
            if name not in self.given and not any(name.startswith(f"{one}.") for one in first):
                first.setdefault(name, line)
        return first

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            top = alias.name.partition(".")[0]
            self.names[alias.asname or top] = alias.name if alias.asname else top

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            name = f"{node.module or ''}.{alias.name}"
            if alias.name == "*" and _is_function(name):
                self.found.append((node.lineno, name))
            self.names[alias.asname or alias.name] = name

    def visit_Attribute(self, node: ast.Attribute) -> None:
        name = self._full(node)
        if _is_function(name):
            self.found.append((node.lineno, name))
        else:
            self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        name = self.names.get(node.id, "")
        if isinstance(node.ctx, ast.Store):
            self.names.pop(node.id, None)
        elif _is_function(name):
            self.found.append((node.lineno, name))

    def visit_Call(self, node: ast.Call) -> None:
        """`getattr(customers, "segments")` is `customers.segments`."""
        match node:
            case ast.Call(ast.Name("getattr"), [base, ast.Constant(str(name)), *_]):
                self.visit(ast.copy_location(ast.Attribute(base, name, ast.Load()), node))
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        before = len(self.found)
        self.visit(node.value)
        for target in node.targets:
            self.visit(target)
        self._made([one.id for one in node.targets if isinstance(one, ast.Name)], before)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before, outer = len(self.found), dict(self.names)
        for name in _parameters(node.args):
            self.names.pop(name, None)
        self.generic_visit(node)
        self.names.clear()
        self.names.update(outer)
        self.names.pop(node.name, None)
        self._made([node.name], before)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        outer = dict(self.names)
        for name in _parameters(node.args):
            self.names.pop(name, None)
        self.generic_visit(node)
        self.names.clear()
        self.names.update(outer)

    def _made(self, names: list[str], before: int) -> None:
        """What a learner makes with the library is the library under another name."""
        used = [name for _, name in self.found[before:] if name not in self.given]
        if self.bind and used:
            self.names.update(dict.fromkeys(names, used[0]))
            self.made.update(names)

    def _full(self, node: ast.AST) -> str:
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.names:
            return ""
        return ".".join([self.names[node.id], *reversed(parts)])


def _parameters(of: ast.arguments) -> Iterator[str]:
    for one in (*of.posonlyargs, *of.args, *of.kwonlyargs, of.vararg, of.kwarg):
        if one is not None:
            yield one.arg


def _is_function(name: str) -> bool:
    """Whether a dotted name is something inside a module of the library that computes."""
    module, _, inside = name.removeprefix(_LIBRARY).partition(".")
    return name.startswith(_LIBRARY) and module not in _TOOLS and bool(inside)
