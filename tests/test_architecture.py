"""Imports run one way, modules stay small, and no module talks where it should not."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "coursekit"
# A part may import its own rank's package and every lower rank, never a sibling or a higher one.
RANKS = [
    {"errors", "__init__"},
    {"resources", "swap"},
    {"domain"},
    {"course", "quiz"},
    {"grading"},
    {"certification"},
    {"learn", "reports", "cohort", "checkup", "coverage"},
    {"demo", "book", "console"},
    {"cli"},
]
RANK = {part: number for number, parts in enumerate(RANKS) for part in parts}
MODULES = sorted(SOURCE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported_parts(path: Path) -> set[str]:
    """Parts of coursekit that `path` imports outside TYPE_CHECKING blocks."""
    tree = ast.parse(path.read_text("utf-8"))
    typing_only = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for child in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("coursekit"):
            pieces = node.module.split(".")[1:]
            found |= {pieces[0]} if pieces else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("coursekit.")}
    return {name for name in found if name in RANK}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_run_one_way(path: Path) -> None:
    mine = part_of(path)
    assert mine in RANK, f"{mine} has no rank yet: add it to RANKS"

    wrong = {other for other in imported_parts(path) if other != mine and RANK[other] >= RANK[mine]}

    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_says_its_job_and_stays_small(path: Path) -> None:
    text = path.read_text("utf-8")

    assert ast.get_docstring(ast.parse(text)), "the first line says what the module is for"
    assert len(text.splitlines()) <= 400, "split it"
