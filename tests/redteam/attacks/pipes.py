"""Pipes that nobody writes to, in place of files that are read."""

import os
from pathlib import Path

from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def lay(folder: Path, course: Path) -> None:
    for name in ("timestamp.txt", "data.csv", "answers.json", "learner.json"):
        os.mkfifo(folder / name)
