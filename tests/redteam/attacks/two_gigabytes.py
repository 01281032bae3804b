"""A notebook of two gigabytes."""

from pathlib import Path

from tests.redteam.expected import NOT_RUN

EXPECT = NOT_RUN


def lay(folder: Path, course: Path) -> None:
    with (folder / "ps1.ipynb").open("wb") as file:
        file.truncate(2_000_000_000)
