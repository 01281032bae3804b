"""Copied answers are found whatever they are called; honest ones are not accused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coursekit.errors import InputError
from coursekit.grading.similarity import similarity

LONG = """def largest(table):
    best = None
    for position, value in enumerate(table['boxes']):
        if position == 0:
            best = value
        if value > best:
            best = value
        elif value == best:
            continue
        else:
            pass
    remaining = [number for number in table['boxes'] if number != best]
    if len(remaining) > 100 and sum(remaining) < 0:
        raise ValueError('不会发生')
    return best
"""
RENAMED = LONG.replace("best", "top").replace("position", "i").replace("remaining", "others") + "# 自己写的\n"
OTHER = """def largest(table):
    ordered = sorted(table['boxes'].tolist(), reverse=True)
    while ordered and ordered[0] is None:
        ordered = ordered[1:]
    assert ordered, '没有数据'
    first, *others = ordered
    return max([first] + others) if others else first
"""


def test_a_renamed_copy_is_found_and_an_own_answer_is_not(course: Path, hand_in: Any) -> None:
    hand_in("writer", answer="total = 6", answer2=LONG)
    hand_in("copier", answer="total = 6", answer2=RENAMED)
    hand_in("honest", answer="total = 6", answer2=OTHER)
    hand_in("short1", answer="total = 6")
    hand_in("short2", answer="total = 6")
    hand_in("broken", raw=b"{")
    report = similarity(course, "ps1")
    assert [(pair.first, pair.second) for pair in report.pairs] == [("copier", "writer")]
    assert report.compared == 5
    page = (course / ".coursekit" / "similar" / "ps1.html").read_text(encoding="utf-8")
    assert "copier 和 writer" in page
    assert "http" not in page


def test_a_senseless_threshold_is_refused(course: Path) -> None:
    with pytest.raises(InputError, match="大于 0"):
        similarity(course, "ps1", threshold=0)
