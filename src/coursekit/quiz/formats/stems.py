"""Whether the lines gathered as a stem are one stem, or hold a stranger's line or another item."""

from __future__ import annotations

import re

from coursekit.quiz.formats.marks import EMPTY_BLANK, RIGHT_HERE, half
from coursekit.quiz.formats.model import Doubt

_ENUMERATED = re.compile(
    r"^\s*(?:[①-⑳]|\(\d{1,2}\)|\([一二三四五六七八九十]\)|\d{1,2}\)|[a-z][.)]|[甲乙丙丁][::、]|[-•·])"
)
_PART = re.compile(r"^\s*\(\d{1,2}\)")
_NUMBERED = re.compile(r"^\d{1,4}\s*[、.](?!\d)")
_ENDED = "。?!:;)_】"
_NUMBER_INSIDE = re.compile(r"[_。?)\]:]\s*\d{1,3}\s*[、.](?!\d)")
_LISTING = "、,.-~至到和及第每"
_WRAPPED = 20


def check_stem(number: int | None, stem: str, has_options: bool) -> None:
    """Pass a stem of one line, or of several that clearly belong together.

    Raises
    ------
    Doubt
        If a line may belong elsewhere, or the stem holds the number of the next item.
    """
    if number is not None and _holds_next(half(stem), number + 1):
        raise Doubt("题干里又出现下一题的题号，多半是两道题连在一起了")
    if number is None and _PART.match(half(stem)):
        raise Doubt("是一道大题里的小题，不能确定前面的材料有哪些")
    if number is None and _NUMBER_INSIDE.search(half(stem)):
        raise Doubt("题干中间又有题号，不能确定从哪里开始")
    if RIGHT_HERE.search(half(stem)):
        raise Doubt("题干里有“正确答案”，多半是两道题连在一起了")
    if _unclosed(stem):
        raise Doubt("题干里有没收住的括号或引号，多半是少了一段")
    lines = [half(line).strip() for line in stem.split("\n")]
    if len(lines) < 2:
        return
    if number is None:
        raise Doubt("没有题号，题干却有几行，不能确定从哪一行开始")
    if any(_NUMBERED.match(line) for line in lines[1:]):
        raise Doubt("题干里又出现题号，多半是两道题连在一起了")
    earlier, last = lines[:-1], lines[-1]
    if all(_ENUMERATED.match(line) for line in lines[1:]):
        return
    if has_options and _asks(last) and not any(_asks(line) for line in earlier):
        return
    if all(len(line) >= _WRAPPED and line[-1] not in _ENDED for line in earlier):
        return
    raise Doubt("题干有几行，不能确定是不是都属于这一题")


def check_options(number: int | None, options: tuple[str, ...]) -> None:
    """Pass options none of which is cut off or holds the item that follows.

    Raises
    ------
    Doubt
        Naming what was found.
    """
    for option in options:
        if _unclosed(option):
            raise Doubt("选项里有没收住的括号或引号，多半是少了一段")
        following = str(number + 1) if number is not None else r"\d{1,3}"
        inside = re.search(rf"{following}\s*[、.](?!\d)(.{{4,}})$", half(option))
        if inside and (re.search(r"[。?:)_]$", inside[1]) or EMPTY_BLANK.search(inside[1])):
            raise Doubt("选项里又出现题号，多半是两道题连在一起了")


def _unclosed(text: str) -> bool:
    plain = half(text)
    return any(
        plain.count(opening) > plain.count(closing) for opening, closing in ("()", "《》", "“”", "[]", "【】")
    )


def _asks(line: str) -> bool:
    return (
        bool(EMPTY_BLANK.search(line))
        or "?" in line
        or line.endswith(":")
        or bool(re.search(r"\(\s*[A-Z]+\s*\)", line))
    )


def _holds_next(text: str, following: int) -> bool:
    for match in re.finditer(rf"(?<!\d){following}\s*[、.](?!\d)", text):
        before = text[: match.start()].rstrip(" ")
        if not before or before[-1] in _LISTING:
            continue
        asked_behind = EMPTY_BLANK.search(text, match.end()) and not EMPTY_BLANK.search(before)
        if before[-1] in _ENDED + "\n" or asked_behind:
            return True
    return False
