"""Sources that break parsers: nested, chained, long."""

from typing import Any

from tests.redteam.cells import find
from tests.redteam.expected import NOTHING

CELL = "total = " + "-" * 40_000 + "1"


def edit(notebook: dict[str, Any]) -> None:
    find(notebook, "answer2")["source"] = "largest = " + "a" + ".b" * 40_000
    chained = {"cell_type": "code", "id": "x", "metadata": {}, "outputs": [], "execution_count": None}
    for number, text in enumerate(
        ("(" * 20_000, "x = [" + "1," * 60_000 + "]", "lambda: " * 8_000 + "0", "\0" * 99)
    ):
        notebook["cells"].append({**chained, "id": f"x{number}", "source": text})


EXPECT = NOTHING
