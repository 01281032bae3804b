"""A file is replaced in one step, and a short hold by another program is waited for where that happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursekit import swap
from coursekit.course.files import write_whole
from coursekit.errors import InputError
from coursekit.quiz.answers import write_atomic


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The next replacements fail as often as the number in the list says."""
    left, real = [0], Path.replace

    def replace(part: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "held", str(target))
        return real(part, target)

    monkeypatch.setattr(Path, "replace", replace)
    return left


@pytest.mark.parametrize(
    "write", [lambda path: write_atomic(path, "new"), lambda path: write_whole(path, b"new")]
)
def test_a_file_held_for_a_moment_is_waited_for(
    tmp_path: Path, held: list[int], monkeypatch: pytest.MonkeyPatch, write
) -> None:
    monkeypatch.setattr(swap, "_WAITS", (0.0, 0.0, 0.0))
    held[0] = 3

    write(tmp_path / "a.json")

    assert (tmp_path / "a.json").read_text("utf-8") == "new"


def test_a_place_that_stays_closed_is_told(
    tmp_path: Path, held: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_WAITS", (0.0,))
    held[0] = 2

    with pytest.raises(InputError, match="看到的是没有权限"):
        write_whole(tmp_path / "a.json", b"new")
