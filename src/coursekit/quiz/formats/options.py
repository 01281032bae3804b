"""Options of a choice item: where each begins, which is marked right; doubtful chains are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coursekit.quiz.formats.marks import RIGHT_HERE, half, show
from coursekit.quiz.formats.model import Doubt

_MARK = re.compile(
    r"\((?P<b>[A-Z])\)[ ]*[.、:]?|(?P<l>[A-Z])[ ]*(?P<d>[.、:)])|(?P<s>[A-Z])(?P<g> +|,|。)(?=\S)"
)
_ANSWERED = re.compile(r"\([ ]*[A-Z](?:[ 、,;]*[A-Z])+[ ]*\)")
_BARE = re.compile(r"^[ ]*([A-Z])(?=[\u4e00-\u9fff\d《“\"])", re.MULTILINE)
_BULLET = re.compile(r"^[ ]*[○●□◯⚪■☐][ ]*", re.MULTILINE)
_REFERENCE = "项上和与及或同即、,是除选(《“"
_LINE, _SPACED, _GLUED, _IN_WORD = range(4)


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    letter: str
    kind: int
    bracket: bool = False


@dataclass(frozen=True)
class Options:
    """Options of one item: where the first begins, their texts, which carry a right-answer mark."""

    start: int
    texts: tuple[str, ...]
    marked: tuple[int, ...]


def split_options(raw: str) -> Options | None:
    """Options in `raw` (the part of an item where they stand), or None if there are none.

    Raises
    ------
    Doubt
        If letters are doubled, skipped, or can be read in two ways.
    """
    text = half(raw)
    found = _marks(text)
    marks = [mark for mark in found if not mark.bracket]
    chain = _chain(marks)
    if chain is None:
        marks = [mark for mark in found if mark.bracket]
        chain = _chain(marks)
    if chain is None:
        chain = _bare_chain(text)
    if chain is None:
        return _bullets(raw, text)
    _refuse_leftovers(text, marks, chain)
    ends = [mark.start for mark in chain[1:]] + [len(text)]
    pieces = [raw[mark.end : end] for mark, end in zip(chain, ends, strict=True)]
    return _finish(chain[0].start, pieces)


def _finish(start: int, pieces: list[str]) -> Options:
    texts, marked = [], []
    for index, piece in enumerate(pieces):
        found = list(RIGHT_HERE.finditer(half(piece)))
        if len(found) > 1:
            raise Doubt("一个选项里有两处“正确答案”")
        if found:
            if half(piece[found[0].end() :]).strip(" \n。.;,、*"):
                raise Doubt("“正确答案”后面还有文字，不能确定选项到哪里为止")
            piece = piece[: found[0].start()]
            marked.append(index)
        lines = [line.strip() for line in piece.strip().split("\n")]
        if len(lines) > 1:
            raise Doubt("选项后面多出一行，不能确定是不是选项的内容")
        if re.search(rf"\s{chr(66 + index)}$", half(lines[0])):
            raise Doubt("选项末尾有半个选项标记，多半是少了一段")
        texts.append(show(lines[0]).rstrip(";；"))
    return Options(start, tuple(texts), tuple(marked))


def _marks(text: str) -> list[_Mark]:
    found = []
    answers = [span.span() for span in _ANSWERED.finditer(text)]
    position = 0
    while match := _MARK.search(text, position):
        letter = match["b"] or match["l"] or match["s"]
        before = text[: match.start()]
        if match["b"] is None and any(begin < match.start() < end for begin, end in answers):
            position = match.start() + 1
            continue
        if match["d"] == ")" and before.rstrip().endswith("("):
            position = match.start() + 1
            continue
        line_start = not before[before.rfind("\n") + 1 :].strip(" *")
        if match["s"] and not line_start:
            position = match.start() + 1
            continue
        previous = before[-1:]
        if line_start:
            kind = _LINE
        elif previous.isspace():
            kind = _SPACED
        elif previous.isascii() and previous.isalpha():
            kind = _IN_WORD
        else:
            kind = _GLUED
        end = match.end()
        while end < len(text) and text[end] == " ":
            end += 1
        found.append(_Mark(match.start(), end, letter, kind, match["b"] is not None))
        position = match.start() + 1 if match["b"] is None else match.end()
    return found


def _ways(marks: list[_Mark]) -> tuple[int, int, list[_Mark]]:
    """Longest run A, B, C …; in how many ways it can be read; the first way."""
    best: list[dict[int, int]] = []
    for letter_index in range(26):
        letter = chr(65 + letter_index)
        here: dict[int, int] = {}
        for index, mark in enumerate(marks):
            if mark.letter != letter:
                continue
            if letter_index == 0:
                here[index] = 1
            else:
                ways = sum(n for i, n in best[-1].items() if marks[i].end < mark.start)
                if ways:
                    here[index] = ways
        if not here:
            break
        best.append(here)
    if not best:
        return 0, 0, []
    chain = [min(best[-1])]
    for level in reversed(best[:-1]):
        chain.append(max(i for i in level if marks[i].end < marks[chain[-1]].start))
    return len(best), sum(best[-1].values()), [marks[i] for i in reversed(chain)]


def _chain(marks: list[_Mark]) -> list[_Mark] | None:
    chosen: tuple[int, int, list[_Mark]] = (0, 0, [])
    widest = -1
    for kind in (_LINE, _SPACED, _GLUED, _IN_WORD):
        result = _ways([mark for mark in marks if mark.kind <= kind])
        if result[0] <= chosen[0]:
            continue
        if chosen[0] >= 2 and kind >= _GLUED and widest == _LINE:
            raise Doubt("分不清后面的字母是选项还是选项里的文字")
        chosen, widest = result, kind
    length, ways, chain = chosen
    if length < 2:
        return None
    if ways > 1:
        raise Doubt("选项字母重复，有不止一种读法")
    return chain


def _bare_chain(text: str) -> list[_Mark] | None:
    """Options written as a letter at a line start with nothing behind it: only if all of them are."""
    marks = [_Mark(m.start(1), m.end(1), m.group(1), _LINE) for m in _BARE.finditer(text)]
    length, ways, chain = _ways(marks)
    if length < 2 or ways > 1 or length != len(marks):
        return None
    return chain


def _bullets(raw: str, text: str) -> Options | None:
    found = list(_BULLET.finditer(text))
    if len(found) < 2:
        return None
    ends = [match.start() for match in found[1:]] + [len(text)]
    return _finish(found[0].start(), [raw[m.end() : end] for m, end in zip(found, ends, strict=True)])


def _refuse_leftovers(text: str, marks: list[_Mark], chain: list[_Mark]) -> None:
    """A letter mark inside an option's text means a doubled, skipped or misplaced option, unless it refers back."""
    used = {mark.start for mark in chain}
    in_lines = all(mark.kind == _LINE for mark in chain)
    last = chain[-1].letter
    for mark in marks:
        if mark.start in used or mark.start < chain[0].start:
            continue
        own = max((m for m in chain if m.start < mark.start), key=lambda m: m.start)
        if mark.kind == _IN_WORD and mark.letter != chr(ord(last) + 1):
            continue
        before = text[own.end : mark.start].rstrip()
        refers = mark.kind != _LINE and (not before or before[-1] in _REFERENCE or before[-1] == own.letter)
        if mark.kind == _LINE:
            raise Doubt("选项字母不连续或重复")
        if mark.letter > last:
            raise Doubt("选项字母不连续，中间少了一个")
        if in_lines and mark.kind == _GLUED:
            continue
        if mark.letter < own.letter and (refers or (before and before[-1].isupper())):
            continue
        raise Doubt("选项里又出现选项字母，不能确定从哪里分开")
