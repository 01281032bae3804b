"""A folder is called like the instructor's data, a file like a folder, to stop the laying out."""

from pathlib import Path

from tests.redteam.expected import NOTHING

from coursekit.grading import SubmissionResult


def EXPECT(row: SubmissionResult) -> bool:  # noqa: N802 - as in every attack
    return NOTHING(row) and row.score == 0


def lay(folder: Path, course: Path) -> None:
    (folder / "data.csv").mkdir()
    (folder / "data.csv" / "x.csv").write_text("boxes\n9\n")
    (folder / "timestamp.txt").mkdir()
