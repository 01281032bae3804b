"""The notebook itself is a pipe."""

import os
from pathlib import Path

from tests.redteam.expected import NOT_RUN

EXPECT = NOT_RUN


def lay(folder: Path, course: Path) -> None:
    (folder / "ps1.ipynb").unlink()
    os.mkfifo(folder / "ps1.ipynb")
