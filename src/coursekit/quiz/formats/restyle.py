"""Numbers and answer tables in unusual dress, rewritten as the plain kind before items are cut apart."""

from __future__ import annotations

import re
from dataclasses import replace

from coursekit.quiz.formats.block import OPTION_LINE
from coursekit.quiz.formats.lines import Line
from coursekit.quiz.formats.marks import KEY_HEAD, NUMBER, SECTION, SECTION_ALONE, TAG, letters, truth

_DIGITS = "零一二三四五六七八九"
_CHINESE = re.compile(r"^\s*([一二三四五六七八九十]{1,3})\s*、\s*(?=\S)")
_CIRCLED = re.compile(r"^\s*([①-⑳])\s*[、.]?\s*(?=\S)")
_ROMAN = re.compile(r"^\s*([IVX]{1,5}|[Ⅰ-Ⅻ])\s*[、.]\s*(?=\S)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_RULE = re.compile(r"^[\s|:+-]*-{2,}[\s|:+-]*$")
_NUMBER_ROW = re.compile(r"^[\s|]*(题\s*号|序\s*号)?[\s|:]*(\d{1,4}(?:[\s|]+\d{1,4})+)[\s|]*$")
_ANSWER_ROW = re.compile(r"^[\s|]*(答\s*案)?[\s|:]*(\S.*?)[\s|]*$")


def plain_numbers(lines: list[Line]) -> list[Line]:
    """Items numbered `一、` or `①` as `1、`: only where no line has a plain number, the numbers run from one
    without a gap, and each stands over options of its own."""
    if any(NUMBER.match(line.text) for line in lines):
        return lines
    for pattern, value in ((_CHINESE, _of_chinese), (_CIRCLED, _of_circled), (_ROMAN, _of_roman)):
        found = [(i, m) for i, line in enumerate(lines) if (m := pattern.match(line.text))]
        if len(found) < 2 or [value(m[1]) for _, m in found] != list(range(1, len(found) + 1)):
            continue
        if not all(_is_stem(lines, index) for index, _ in found):
            continue
        number = {index: (m.end(), value(m[1])) for index, m in found}
        return [
            replace(line, raw=f"{number[i][1]}、{line.raw[number[i][0] :]}") if i in number else line
            for i, line in enumerate(lines)
        ]
    return lines


def _is_stem(lines: list[Line], index: int) -> bool:
    text = lines[index].text
    if SECTION.match(text.strip()):
        return False
    following = next((line.text for line in lines[index + 1 :] if not line.blank), "")
    return bool(
        TAG.search(text) or (re.match(r"^\s*\(?A\)?\s*[.、:)]", following) and OPTION_LINE.match(following))
    )


def _of_chinese(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.index(text) if len(text) == 1 else 0
    return (_DIGITS.find(tens) if tens else 1) * 10 + (_DIGITS.find(ones) if ones else 0)


def _of_circled(text: str) -> int:
    return ord(text) - ord("①") + 1


def _of_roman(text: str) -> int:
    if len(text) == 1 and "Ⅰ" <= text <= "Ⅻ":
        return ord(text) - ord("Ⅰ") + 1
    return _ROMANS.index(text) + 1 if text in _ROMANS else 0


def plain_tables(lines: list[Line]) -> list[Line]:
    """A row of numbers over a row of answers as `1.A 2.B`: where the rows say so, or stand under a head.

    The rows must be of one length and the numbers run on; answers are letters or signs for right and wrong.
    """
    out = list(lines)
    filled = [
        i for i, line in enumerate(lines) if not (line.blank or ("|" in line.text and _RULE.match(line.text)))
    ]
    headed = False
    place = 0
    while place < len(filled) - 1:
        here, below = filled[place], filled[place + 1]
        entries = _entries(lines[here].text, lines[below].text, headed)
        if entries is None:
            section = SECTION.match(lines[here].text.strip()) or SECTION_ALONE.match(lines[here].text)
            headed = bool(KEY_HEAD.match(lines[here].text)) or (headed and bool(section))
            place += 1
            continue
        out[here] = replace(lines[here], raw="" if headed else "答案")
        out[below] = replace(lines[below], raw=" ".join(entries))
        for between in range(here + 1, below):
            out[between] = replace(lines[between], raw="")
        headed = True
        place += 2
    return out


def _entries(numbers: str, answers: str, headed: bool) -> list[str] | None:
    upper, lower = _NUMBER_ROW.match(numbers), _ANSWER_ROW.match(answers)
    if upper is None or lower is None or not (headed or (upper[1] and lower[1])):
        return None
    places = [int(each) for each in re.split(r"[\s|]+", upper[2])]
    given = [each.strip() for each in re.split(r"[\s|]+", lower[2])]
    if len(given) != len(places) or places != list(range(places[0], places[0] + len(places))):
        return None
    if any(letters(each) is None and truth(each) is None for each in given):
        return None
    return [f"{number}.{answer}" for number, answer in zip(places, given, strict=True)]
