"""How a whole file numbers its items: which signs before a number make it an item number there."""

from __future__ import annotations

import itertools

from coursekit.quiz.formats.block import OPTION_LINE
from coursekit.quiz.formats.lines import Line
from coursekit.quiz.formats.marks import MULTI_LEVEL, NUMBER, STEM_LABEL, TYPE_LABEL


def type_comes_first(lines: list[Line]) -> bool:
    for line in lines:
        if TYPE_LABEL.match(line.text):
            return True
        if STEM_LABEL.match(line.text) or NUMBER.match(line.text) or OPTION_LINE.match(line.text):
            return False
    return False


def is_multi_level(lines: list[Line]) -> bool:
    found = [(int(m[1]), int(m[2])) for line in lines if (m := MULTI_LEVEL.match(line.text))]
    return sum(1 for a, b in itertools.pairwise(found) if a[0] == b[0] and b[1] == a[1] + 1) >= 1


def bracket_numbers(lines: list[Line]) -> bool:
    """Whether items are numbered `(1)` or `1)`: only if no line carries a plain number."""
    for line in lines:
        match = NUMBER.match(line.text)
        if match and (match["cn"] or match["dot"] or match["ti"] or match["year"]):
            return False
    return True


def dotted(lines: list[Line]) -> bool:
    """Whether numbers are set off with a dot, so that `3.308户` may be item 3."""
    found = [match for line in lines if (match := NUMBER.match(line.text))]
    return any(match["dot"] for match in found) or not any(match["cn"] for match in found)
