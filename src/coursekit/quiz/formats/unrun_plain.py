"""Give back line breaks lost in banks without type marks: answers on the same line anchor the items.

`…答案:B2、下一题…`: between two answer marks of one line there must be exactly one place where the next
number starts; it lies behind the answer's letters or behind its explanation.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from coursekit.quiz.formats.lines import Line, cut
from coursekit.quiz.formats.marks import ANSWER, NUMBER, TAG
from coursekit.quiz.formats.unrun import NO_NUMBER

_WEAK = re.compile(r"(\d+)\s*[、.]")


def restore_plain(lines: list[Line]) -> list[Line]:
    """`lines` with breaks put in where one line holds several answers."""
    out: list[Line] = []
    for line in lines:
        marks = list(ANSWER.finditer(line.text))
        if len(marks) < 2 or TAG.search(line.text) or _same_item(line.text, marks):
            out.append(line)
        else:
            out += _restore(line, marks)
    return out


def _same_item(text: str, marks: list[re.Match[str]]) -> bool:
    """Whether all answer marks lie behind one another with nothing like a new item between them."""
    return all(
        not _WEAK.search(text, a.end(), b.start()) for a, b in itertools.pairwise(marks)
    ) and not re.search(r"A\s*[.、:)]", text[marks[0].end() :])


def _restore(line: Line, marks: list[re.Match[str]]) -> list[Line]:
    text = line.text
    first = NUMBER.match(text)
    digits = re.match(r"\s*\*?\s*(\d+)", text)
    if first is None or digits is None:
        return [replace(line, broken=NO_NUMBER)]
    expected = int(digits[1]) + 1
    places: list[tuple[int, str]] = []
    for a, b in itertools.pairwise(marks):
        found = _places(text, a.end(), b.start(), expected)
        if not found:
            places.append((_tail_start(text, a.end()), NO_NUMBER))
        else:
            places.append((found[0], "" if len(found) == 1 else NO_NUMBER))
        expected += 1
    pieces = cut(line, *(place for place, _ in places))
    reasons = ["", *(reason for _, reason in places)]
    if len(pieces) != len(reasons):
        return [replace(line, broken=NO_NUMBER)]
    return [replace(piece, broken=reason) for piece, reason in zip(pieces, reasons, strict=True)]


def _places(text: str, begin: int, end: int, expected: int) -> list[int]:
    tail = str(expected)
    found = []
    for match in _WEAK.finditer(text, begin, end):
        if match[1].endswith(tail) and text[match.end() : end].strip():
            place = match.end(1) - len(tail)
            if place > begin and text[begin:place].strip():
                found.append(place)
    return found


def _tail_start(text: str, begin: int) -> int:
    value = re.match(r"\s*[A-Z√×]*", text[begin:])
    return begin + (value.end() if value else 0) + 1
