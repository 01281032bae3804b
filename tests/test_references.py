"""Where a text sends a learner back to a part of a lesson, the lesson has that part."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from coursekit import resources

ROOT = resources.content_root()
TEXTS = sorted(
    path
    for pattern in ("notebooks/[0-9]*.py", "assignments/exercises/*/*", "assignments/cases/*/*")
    for path in ROOT.glob(pattern)
    if path.suffix in (".py", ".toml", ".yaml")
)
BY_NAME = re.compile(r"第 (\d+) 课“([^”]+)”")
BY_NUMBER = re.compile(r"第 (\d+) 课第 (\d+) 节")


@cache
def headings(lesson: int) -> tuple[str, ...]:
    source = next(ROOT.glob(f"notebooks/{lesson:02}_*.py")).read_text("utf-8")
    return tuple(re.findall(r"(?m)^# ##+ (.*)$", source))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_part_of_a_lesson_that_a_text_names_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    named = [(number, part) for number, part in BY_NAME.findall(text)]
    missing = [f"第 {n} 课“{part}”" for n, part in named if not any(part in h for h in headings(int(n)))]
    missing += [
        f"第 {n} 课第 {part} 节"
        for n, part in BY_NUMBER.findall(text)
        if not any(h.startswith(f"{part}.") for h in headings(int(n)))
    ]
    assert not missing


def test_the_check_reads_what_it_should() -> None:
    """Every place where a text names a part of a lesson is read, however few there are."""
    sent = re.compile(r"第 ?\d+ ?课 ?[“第《]")
    texts = [path.read_text("utf-8") for path in TEXTS]
    found = [name for text in texts for name in (*BY_NAME.findall(text), *BY_NUMBER.findall(text))]
    assert found
    assert len(found) == sum(len(sent.findall(text)) for text in texts)
