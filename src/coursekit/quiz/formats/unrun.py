"""Give back the line breaks that a survey export lost, wherever its type marks make them certain.

In such a text an item's number touches the last option of the item before: `D、652、` is option
`65` and item 2. Every type mark such as `[单选题]` anchors one item, and item numbers run on by one;
a break is put in only where exactly one place fits both. Where none or several fit, the break is
marked as doubtful, and the items on both sides of it are refused later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from coursekit.quiz.formats.lines import Line, cut
from coursekit.quiz.formats.marks import ANSWER, NUMBER, SECTION, SECTION_ALONE, TAG, half, is_field
from coursekit.quiz.formats.model import Doubt
from coursekit.quiz.formats.options import split_options

_WEAK = re.compile(r"(\d+)(\s*[、.]+)")
_OPTION_PAIR = re.compile(r"(?:^|[^A-Za-z])A\s*[.、:)].*?B\s*[.、:)]", re.DOTALL)
_LISTING = "、,.-~至到和及第每"
_STEM_END = "。?!)_:分;"
_ANSWER_SIDE = re.compile(
    r"\s*\*?\s*(?:\(\d+(?:\.\d+)?分\)\s*)?(?:\(?[A-Z]\s*[.、:)]|[○●□◯_]|\(|对|错|正确|错误|$)"
)
NO_NUMBER = "和前一题连在一起，找不到唯一的题号来分开"


@dataclass
class _State:
    expected: tuple[int, ...] = (1,)
    any_first: bool = True


def restore(lines: list[Line]) -> list[Line]:
    """`lines` with the lost breaks put back.

    Parameters
    ----------
    lines : list of Line
        Physical lines, section heads already on their own lines.
    """
    state = _State()
    out: list[Line] = []
    for index, line in enumerate(lines):
        if SECTION.match(line.text.strip()) or SECTION_ALONE.match(line.text):
            last = state.expected[0]
            state.expected = (1, last) if last != 1 else (1,)
            state.any_first = True
            out.append(line)
            continue
        out += _restore_line(line, _next_opens_with_tag(lines, index), state)
    return out


def _next_opens_with_tag(lines: list[Line], index: int) -> bool:
    following = next((line for line in lines[index + 1 :] if not line.blank), None)
    return following is not None and bool(TAG.match(following.text.strip()))


def _restore_line(line: Line, open_end: bool, state: _State) -> list[Line]:
    """Cut one line: behind each tag may follow options, and then the next item's number and stem."""
    text = line.text
    tags = list(TAG.finditer(text))
    number = NUMBER.match(text)
    if number:
        _note_number(text, number, state)
    if not tags:
        return [line]
    if _tag_leads(text, tags[0], number.end() if number else 0):
        tags = tags[1:]
    pieces: list[Line] = []
    rest, offset = line, 0
    for position, tag in enumerate(tags):
        begin = tag.end() - offset
        closing = tags[position + 1].start() - offset if position + 1 < len(tags) else len(rest.raw)
        needed = position + 1 < len(tags) or open_end
        field = is_field(rest.raw[: tag.start() - offset])
        place, reason = _start_between(rest.raw, begin, closing, state, (needed, field))
        if place is None:
            continue
        first, second = cut(rest, place) if 0 < place < len(rest.raw) else (rest, replace(rest, raw=""))
        pieces.append(first)
        rest = replace(second, broken=reason)
        offset += place
        if not reason:
            found = NUMBER.match(rest.text)
            if found:
                _note_number(rest.text, found, state)
    return [*pieces, rest]


def _tag_leads(text: str, tag: re.Match[str], begin: int) -> bool:
    """Whether the type mark stands before its stem (`[单选题] 1、…`) instead of behind it."""
    return not text[begin : tag.start()].strip() and not _ANSWER_SIDE.match(text, tag.end())


def _note_number(text: str, match: re.Match[str], state: _State) -> None:
    digits = next(
        (match[name] for name in ("ti", "cn", "dot", "year", "colon", "bracket", "paren") if match[name]), ""
    )
    if digits and (TAG.search(text) or int(digits) in state.expected or state.any_first):
        state.expected = (int(digits) + 1,)
        state.any_first = False


def _start_between(
    raw: str, begin: int, end: int, state: _State, shape: tuple[bool, bool]
) -> tuple[int | None, str]:
    """Where the next item starts between `begin` and `end`: (place, reason for doubt), or (None, "")."""
    needed, field = shape
    text = half(raw)
    region = text[begin:end]
    if not region.strip(" *_"):
        return None, ""
    fits = [p for p in _candidates(text, begin, end, state) if _fits(raw, begin, p, end, (field, needed))]
    if needed:
        if len(fits) == 1 and not _hides_another(text, fits[0], end):
            return fits[0], ""
        state.expected = tuple(sorted({e + step for e in state.expected for step in (1, 2)}))
        return begin + _after_last_option(region), NO_NUMBER
    if not fits:
        return None, ""
    if len(fits) == 1 and _looks_like_stem(text[fits[0] : end]):
        return fits[0], ""
    return fits[0], NO_NUMBER


def _candidates(text: str, begin: int, end: int, state: _State) -> list[int]:
    places = []
    for match in _WEAK.finditer(text, begin, end):
        digits = match[1]
        for number in state.expected:
            tail = str(number)
            if digits.endswith(tail):
                places.append(match.end(1) - len(tail))
        if state.any_first and not places and text[begin : match.start()].strip(" *_") == "":
            places.append(match.start())
    return sorted(set(places))


def _fits(raw: str, begin: int, place: int, end: int, shape: tuple[bool, bool]) -> bool:
    field, needed = shape
    text = half(raw)
    stem = text[place:end]
    body = stem[NUMBER.match(stem).end() :] if NUMBER.match(stem) else stem  # type: ignore[union-attr]
    if not body.strip(" *") or (needed and _OPTION_PAIR.search(body)) or ANSWER.search(body):
        return False
    if not needed and _OPTION_PAIR.search(body):
        return False
    before = raw[begin:place].lstrip(" *")
    if field or not re.search(r"[A-Z]\s*[.、:)]", half(before)):
        return field or bool(before.strip()) or not before
    try:
        options = split_options(before)
    except Doubt:
        return False
    return options is not None and all(options.texts)


def _hides_another(text: str, place: int, end: int) -> bool:
    """Whether the stem that starts at `place` holds a whole further item number: its own tag was lost."""
    stem = text[place:end]
    number = NUMBER.match(stem)
    digits = re.match(r"\d+", stem)
    if not number or not digits:
        return False
    following = str(int(digits[0]) + 1)
    decimal = re.match(r"\d+\s*、\s*\d", stem)  # `1、5小时` may be an option's number
    for match in _WEAK.finditer(stem, number.end()):
        before = stem[: match.end(1) - len(following)].rstrip()
        ended = bool(before) and (before[-1] in _STEM_END or bool(decimal)) and before[-1] not in _LISTING
        if match[1].endswith(following) and ended:
            return True
    return False


def _looks_like_stem(text: str) -> bool:
    number = NUMBER.match(text)
    body = text[number.end() :].strip() if number else text.strip()
    return len(body) >= 5 and (body[-1] in "。?:" or bool(re.search(r"\(\s*\)|_{2,}", body)))


def _after_last_option(region: str) -> int:
    marks = list(re.finditer(r"[A-Z]\s*[.、:)]|答案\)", region))
    return min(marks[-1].end() + 1, len(region) - 1) if marks else 0
