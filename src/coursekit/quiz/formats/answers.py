"""What stands behind an answer mark -> the answer of a choice, a true/false item, blanks, a short answer."""

from __future__ import annotations

import re

from coursekit.quiz.formats.marks import ANSWER, ANSWER_START, EMPTY_BLANK, half, letters, show, truth
from coursekit.quiz.formats.model import Doubt

_UNIT_AFTER_SLASH = re.compile(
    r"/\s*(?:条|户|件|箱|包|盒|元|月|年|周|天|日|次|人|店|家|单|吨|公斤|千克|kg|km|m|h|小时|分钟|分|秒|平方米|季度?)"
)
_ENUMERATOR = re.compile(r"^\s*(?:\(?\d{1,2}\s*[)、.:](?!\d)|[①-⑳]|\([一二三四五六七八九十]+\)|[-•·])\s*")
_GROUPS = re.compile(r"\(([^()]*)\)")


def after_mark(raw: str) -> str:
    """The raw text behind the answer mark with which `raw` begins, or all of it."""
    text = half(raw)
    lead = len(text) - len(text.lstrip())
    match = ANSWER.match(text, lead) or ANSWER_START.match(text)
    if not match:
        return raw
    rest = raw[match.end() :]
    if re.search(r"\[\s*[Aa]nswer", text[lead : match.end()]):
        rest = rest.rstrip().removesuffix("]")
    return rest


def choice_answer(raw: str, options: tuple[str, ...]) -> list[int]:
    """Option indexes that `raw` names, by letters or by the exact text of an option.

    Raises
    ------
    Doubt
        If it names no option, one that does not exist, or one twice.
    """
    named = letters(re.sub(r"^\s*(?:应选|选择|选)\s*(?=[A-Z])", "", half(raw)))
    small = re.fullmatch(r"[a-z](?:[\s、,;]*[a-z])+", half(raw).strip().lower())
    if named is None and small and half(raw).strip() not in map(half, options):
        named = letters(small[0].upper())
    if named is None:
        return _by_text(raw, options)
    indexes = [ord(letter) - 65 for letter in named]
    if len(set(indexes)) != len(indexes):
        raise Doubt("答案里同一个字母写了两次")
    outside = [letter for letter, index in zip(named, indexes, strict=True) if index >= len(options)]
    if outside:
        raise Doubt(f"答案 {''.join(outside)} 不在选项里")
    return sorted(indexes)


def _by_text(raw: str, options: tuple[str, ...]) -> list[int]:
    wanted = half(show(raw)).strip().rstrip("。;")
    lettered = re.match(r"^([A-Z])\s*[.、:)]\s*(.+)$", wanted)
    plain = [half(option).strip().rstrip("。;") for option in options]
    if lettered:
        index = ord(lettered[1]) - 65
        if index < len(plain) and plain[index] == lettered[2].strip():
            return [index]
        raise Doubt("答案的字母和后面的文字对不上")
    if not wanted:
        raise Doubt("答案是空的")
    if wanted.isdigit() or plain.count(wanted) != 1:
        raise Doubt("答案不是选项的字母")
    return [plain.index(wanted)]


def truth_answer(raw: str, options: tuple[str, ...] = ()) -> bool:
    """Right or wrong, as a word, a sign, or the letter of an option that is such a word.

    Raises
    ------
    Doubt
        If it is neither.
    """
    if options:
        values = truth_options(options)
        named = letters(raw)
        if (
            values is not None
            and named is not None
            and len(named) == 1
            and half(raw).strip() not in ("T", "F")
        ):
            index = ord(named[0]) - 65
            if index >= len(options):
                raise Doubt(f"答案 {named[0]} 不在选项里")
            return values[index]
    value = truth(raw)
    if value is None:
        raise Doubt("判断题的答案不是对或错")
    return value


def truth_options(options: tuple[str, ...]) -> tuple[bool, bool] | None:
    """What the two options of a true/false item mean, if they are one word for right and one for wrong."""
    if len(options) != 2:
        return None
    first, second = truth(options[0]), truth(options[1])
    if first is None or second is None or first == second:
        return None
    return first, second


def count_blanks(stem: str) -> int:
    """Empty blanks in a stem: `____` or an empty bracket."""
    return len(EMPTY_BLANK.findall(half(stem)))


def blank_answer(raw: str, blanks: int) -> list[list[str]]:
    """Accepted strings per blank.

    Blanks are set apart by `|`, by brackets around each, or (when the number of blanks in the stem
    agrees) by `;`, `、`, a comma or a space; inside one blank `;` separates synonyms.

    Raises
    ------
    Doubt
        If the number of answers does not agree with the number of blanks, or a text can be read in two ways.
    """
    text = raw.strip().strip("\n")
    norm = half(text)
    if not norm.strip():
        raise Doubt("答案是空的")
    groups = _GROUPS.findall(norm)
    if groups and not _GROUPS.sub("", norm).strip(" ;,、"):
        parts = [text[m.start(1) : m.end(1)] for m in _GROUPS.finditer(norm)]
        return _matched(parts, blanks)
    if "|" in norm:
        return _matched(_split(text, r"\|"), blanks)
    if blanks <= 1:
        if blanks == 0 and re.search(r"[;\n]", norm):
            raise Doubt("题干里看不到空格，不能确定有几个空")
        return [_synonyms(text)]
    for separator in (r"\n", ";", "、", r",(?!\d{3}(?:\D|$))", r"\s+"):
        parts = _split(text, separator)
        if len(parts) == blanks:
            return [_synonyms(part) for part in parts]
        if len(parts) > 1:
            break
    raise Doubt(f"题干有 {blanks} 个空，答案分不成 {blanks} 个")


def _matched(parts: list[str], blanks: int) -> list[list[str]]:
    if blanks and len(parts) != blanks:
        raise Doubt(f"题干有 {blanks} 个空，答案有 {len(parts)} 个")
    return [_synonyms(part) for part in parts]


def _split(text: str, separator: str) -> list[str]:
    norm = half(text)
    parts, begin = [], 0
    for match in re.finditer(separator, norm):
        parts.append(text[begin : match.start()])
        begin = match.end()
    parts.append(text[begin:])
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return parts


def _synonyms(text: str) -> list[str]:
    accepted = [show(part).rstrip("。") for part in _split(text, ";")]
    if any(not part for part in accepted):
        raise Doubt("填空题有一个空没有答案")
    for part in accepted:
        plain = _UNIT_AFTER_SLASH.sub("", half(part))
        if "/" in plain or re.search(r".或.", plain):
            raise Doubt("“/”或“或”是两种写法还是答案的一部分，不能确定；同一个空的几种写法请用 ; 分开")
    return list(dict.fromkeys(accepted))


def short_answer(raw: str) -> list[str]:
    """Key phrases of a short answer: parts set apart by `;`, `|` or line ends, enumerators dropped.

    Raises
    ------
    Doubt
        If nothing is left.
    """
    phrases = []
    for part in _split(raw, r"[;|\n]"):
        begin = _ENUMERATOR.match(half(part))
        phrase = show(part[begin.end() if begin else 0 :]).rstrip("。.").strip().rstrip("。.")
        if phrase:
            phrases.append(phrase)
    if not phrases:
        raise Doubt("简答题没有答案要点")
    return phrases
