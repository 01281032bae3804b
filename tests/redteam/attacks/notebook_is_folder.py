"""A folder is called like the notebook."""

from pathlib import Path

from tests.redteam.expected import NOT_RUN

EXPECT = NOT_RUN


def lay(folder: Path, course: Path) -> None:
    (folder / "ps1.ipynb").unlink()
    (folder / "ps1.ipynb" / "inner").mkdir(parents=True)
