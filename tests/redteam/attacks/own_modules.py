"""Brings modules that shadow Python's own."""

from pathlib import Path

from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def lay(folder: Path, course: Path) -> None:
    for name in ("pandas", "json", "ast", "sitecustomize", "numpy"):
        (folder / f"{name}.py").write_text("raise SystemExit\n")
