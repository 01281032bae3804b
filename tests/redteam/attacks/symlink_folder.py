"""A folder is a link to the whole course, a file a link to the source."""

from pathlib import Path

from tests.redteam.expected import NOTHING

EXPECT = NOTHING


def lay(folder: Path, course: Path) -> None:
    (folder / "course").symlink_to(course, target_is_directory=True)
    (folder / "data.csv").symlink_to(course / "source" / "ps1" / "ps1.ipynb")
