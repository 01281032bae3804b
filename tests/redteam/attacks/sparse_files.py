"""Hundreds of files that are holes: small on disk, gigabytes when copied."""

from pathlib import Path

from tests.redteam.expected import NOTHING

from coursekit.grading import SubmissionResult


def EXPECT(row: SubmissionResult) -> bool:  # noqa: N802 - as in every attack
    return NOTHING(row) and [flag.code for flag in row.flags] == ["limit"]


def lay(folder: Path, course: Path) -> None:
    for number in range(150):
        with (folder / f"hole{number}.csv").open("wb") as file:
            file.truncate(31_000_000)
