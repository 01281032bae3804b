"""Blueprints are read whole, and every number that does not agree is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursekit.errors import ContentError, InputError
from coursekit.quiz.paper import NAMES, blueprint_path, load_blueprint


@pytest.mark.parametrize(
    ("name", "items", "minutes"), [("junior", 90, 90), ("intermediate", 77, 90), ("senior", 58, 120)]
)
def test_shipped_blueprints_agree_with_themselves(name: str, items: int, minutes: int) -> None:
    """Each makes 100 points."""
    found = load_blueprint(blueprint_path(name))

    assert (found.id, found.count, found.points, found.minutes) == (name, items, 100, minutes)


def test_every_shipped_number_has_its_source() -> None:
    for name in NAMES:
        text = blueprint_path(name).read_text("utf-8")
        numbers = [
            line
            for line in text.splitlines()
            if "=" in line and any(c.isdigit() for c in line.split("=", 1)[1])
        ]
        assert all("source" in line for line in numbers), name


GOOD = """
[paper]
id = "demo"
title = "样卷"
minutes = 30
overlap = 0
[[sections]]
title = "单选"
type = "single"
count = 2
points = 1
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("minutes = 30", 'minutes = "半小时"'), ["paper.minutes", "半小时"]),
        (("minutes = 30", ""), ["paper.minutes", "None"]),
        (('type = "single"', 'type = "radio"'), ["type", "radio", "true_false"]),
        (("count = 2", "count = 0"), ["count", "0"]),
        (("points = 1", "points = -1"), ["points", "-1"]),
        (("overlap = 0", "overlap = 2"), ["overlap", "0 到 1", "2"]),
        (("points = 1", 'points = 1\nlevels = ["Z"]'), ["levels", "Z"]),
        (("points = 1", "points = 1\n[cells]\nC1 = [1, 2]"), ["cells.C1", "四个数"]),
        (("points = 1", "points = 1\n[cells]\nC1 = [1, -2, 0, 0]"), ["cells.C1", "-2"]),
        (("points = 1", "points = 1\n[levels]\nR = 1\nA = 1\nN = 1\nE = 1"), ["levels 加起来是 4", "2 题"]),
        (("points = 1", "points = 1\n[areas]\nX9 = 1"), ["areas.X9"]),
        (("[[sections]]", "[[parts]]"), ["没有 [[sections]]"]),
    ],
)
def test_faults_of_a_blueprint_are_named(tmp_path: Path, change: tuple[str, str], words: list[str]) -> None:
    path = tmp_path / "demo.toml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        load_blueprint(path)

    assert all(word in str(caught.value) for word in words)


def test_unreadable_blueprints_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "a.toml"
    broken.write_text("[paper\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"a\.toml"):
        load_blueprint(broken)
    with pytest.raises(InputError, match=r"b\.toml"):
        load_blueprint(tmp_path / "b.toml")
