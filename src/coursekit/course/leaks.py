"""Whether anything of a solution, a hidden test or a key shows in what learners receive."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode

_SHORTEST = 12  # shorter lines (`else:`, `return x`) say nothing about an answer
_PLAIN_CALL = re.compile(
    r"""(?:\w+=)?[\w.]+\([\w"'.,]*\)"""
)  # `route_total(table)` tells no more than its name
_REGION = re.compile(
    r"### BEGIN (?P<kind>SOLUTION|HIDDEN TESTS|MARK SCHEME)\n(?P<body>.*?)### END (?P=kind)", re.DOTALL
)


def secret_lines(source: NotebookNode, key: str = "") -> frozenset[str]:
    """Lines of solutions, hidden tests and of the key file, spaces squeezed out.

    An assignment counts twice: as a line and by its right-hand side, so that an answer under
    another name is found too. Imports, comments and very short lines are not secrets.
    """
    bodies = [match["body"] for cell in source.cells for match in _REGION.finditer(_fenced(cell.source))]
    return frozenset(line for body in [*bodies, key] for line in _telling(body.splitlines()))


def leaked(secrets: frozenset[str], texts: Iterable[str]) -> list[str]:
    """The secrets that occur in `texts`, sorted."""
    given = "\n".join(_squeeze(text) for text in texts)
    return sorted(secret for secret in secrets if secret in given)


def broken_cells(notebook: NotebookNode) -> list[str]:
    """Places of code cells that are no valid Python (a skeleton whose body was cut away)."""
    faults = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or cell.source.lstrip().startswith("%%"):
            continue
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            faults.append(f"格 {cell['id']} 第 {error.lineno} 行：去掉答案后不再是完整的 Python({error.msg})")
    return faults


def _fenced(source: str) -> str:
    """Cell text whose region marks stand at the start of their lines."""
    return re.sub(r"^\s*(### (?:BEGIN|END) )", r"\1", source, flags=re.MULTILINE)


def _telling(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        text = line.strip()
        if not text or text.startswith(("#", "import ", "from ", '"""', "def ", "return answers")):
            continue
        right = re.split(r"(?<![=!<>])=(?!=)", text, maxsplit=1)[-1]
        for squeezed in sorted({_squeeze(text), _squeeze(right)}):
            if len(squeezed) >= _SHORTEST and not _PLAIN_CALL.fullmatch(squeezed):
                yield squeezed


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)
