"""Folders in folders, deeper than a path can be named."""

import os
from pathlib import Path

from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def lay(folder: Path, course: Path) -> None:
    back = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        for _ in range(40):
            Path("d" * 120).mkdir()
            os.chdir("d" * 120)
            Path("f" * 200).touch()
    finally:
        os.fchdir(back)
        os.close(back)
