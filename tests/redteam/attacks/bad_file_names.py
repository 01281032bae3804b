"""Links and files whose names are no UTF-8, hold line ends, or climb."""

import os
from pathlib import Path

from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def lay(folder: Path, course: Path) -> None:
    here = os.fsencode(folder)
    os.symlink(b"/etc/passwd", here + b"/\xff\xfe link")  # noqa: PTH211 - the name is bytes
    for name in (b"\xff\xfe.csv", b"line\nend.csv", b"..\\..\\up.csv", b"-rf", b"x" * 250):
        with open(here + b"/" + name, "wb") as file:  # noqa: PTH123 - the name is bytes
            file.write(b"boxes\n1\n")
