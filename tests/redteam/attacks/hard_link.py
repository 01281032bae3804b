"""A file is a hard link to the gradebook, another to the instructor's source."""

from pathlib import Path

from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def lay(folder: Path, course: Path) -> None:
    import os

    os.link(course / "gradebook.db", folder / "mine.db")
    os.link(course / "source" / "ps1" / "ps1.ipynb", folder / "mine.txt")
