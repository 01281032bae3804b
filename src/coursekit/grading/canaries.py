"""Checks that must fail, shaped like the tests around them: a kernel that lets one pass proves nothing.

A kernel made to swallow assertions must not be able to tell a canary from a test by its look, so each has
another shape, other numbers and names out of the test before it. None calls anything of the learner's.
"""

from __future__ import annotations

import ast
import secrets
from dataclasses import dataclass

_FALSE = (
    "[globals().get({name!r})] == {a}",
    "(globals().get({name!r}), {a}) == {b}",
    "{a} in [(globals().get({name!r}),)]",
    "not [globals().get({name!r}), {a}]",
    "{{{a}: globals().get({name!r})}} == [{b}]",
    "[globals().get({name!r}), {a}].__len__() > {b}",
)
_SAYS = ("应当是 {a}，你给出的是 {b}。", "{a} 件对不上 {b}", "expected {a}, got {b}", "第 {a} 行：{b}")


@dataclass(frozen=True)
class Canary:
    """A cell that must fail with exactly `message`."""

    source: str
    message: str


def canary(test: str) -> Canary:
    """A new canary for the place behind `test`."""
    names = _names(test) or ["total"]
    name = names[secrets.randbelow(len(names))]
    a, b = (10_000 + secrets.randbelow(10**6) for _ in range(2))
    check = secrets.choice(_FALSE).format(name=name, a=a, b=b)
    message = secrets.choice(_SAYS).format(a=a, b=b)
    return Canary(f"assert {check}, {message!r}", message)


def _names(test: str) -> list[str]:
    """Names a test asks for."""
    try:
        tree = ast.parse(test)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)})
