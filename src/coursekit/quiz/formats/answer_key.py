"""An answer table behind the items: `1-5 ABCDA`, `6.AC 7.BD`, `11√ 12×`, one text a line for blanks."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from coursekit.quiz.formats.lines import Line, role
from coursekit.quiz.formats.marks import (
    ANSWER,
    EMPTY_BLANK,
    EXPLAIN,
    KEY_HEAD,
    SECTION,
    SECTION_ALONE,
    half,
    type_of,
)
from coursekit.quiz.formats.model import Reject

_SIGN = r"(?:[A-Z]+(?:[、,][A-Z]+)*|√|×|✓|✔|✗|✘|正确|错误|对|错)"
RANGE = re.compile(rf"(\d+)\s*[-~—–至到]\s*(\d+)\s*(?:题)?\s*[:.、)]*\s*((?:{_SIGN}[\s,;、]*)+)")
_ENTRY = re.compile(rf"(\d+)\s*[.、:)]?\s*({_SIGN})(?![\u4e00-\u9fffA-Za-z])")
_WORDS = re.compile(r"[【\[]?(?:参考|标准|正确)?答案[】\]]?\s*:?")
_ORDINAL = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.:]|\([一二三四五六七八九十]{1,3}\))\s*(?=\d)"
)
_DOTTED = re.compile(r"^\s*(\d+)\s*\.")
_DECIMAL = re.compile(r"^\s*\d+\.\d")
_TEXT_ENTRY = re.compile(r"^\s*(\d+)\s*[.、:)]+\s*(\S.*)$")


@dataclass
class Key:
    """Answers by (place of the section, item number)."""

    sections: list[str | None] = field(default_factory=list)
    entries: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict)
    twice: set[tuple[int, int]] = field(default_factory=set)
    rejects: list[Reject] = field(default_factory=list)

    def put(self, place: int, number: int, answer: str, line: int) -> None:
        """Keep one answer; a second one for the same item makes both worthless."""
        at = (place, number)
        if at in self.entries and self.entries[at][0] != answer:
            self.twice.add(at)
        self.entries[at] = (answer, line)


def looks_like_entry(text: str, strict: bool = True) -> bool:
    """Whether a line is one of an answer table; `strict` takes letters, signs and truth words only."""
    text = _ORDINAL.sub("", _WORDS.sub("", half(text)))
    rest = _ENTRY.sub("", RANGE.sub("", text))
    whole = not rest.strip(" ,;、。.|") and bool(re.search(r"\d", text))
    asks = EMPTY_BLANK.search(half(text)) or half(text).rstrip().endswith("?")
    return whole or (not strict and not asks and bool(_TEXT_ENTRY.match(half(text))))


def read_key(lines: list[Line]) -> Key:
    """Read the table; what cannot be read is kept as a reject."""
    key = Key()
    starts = [int(match[1]) for line in lines if (match := _DOTTED.match(line.text))]
    dotted = any(b == a + 1 for a, b in itertools.pairwise(starts))
    place = -1
    kind: str | None = None
    for line in lines:
        raw = line.raw
        head = SECTION.search(line.text) or SECTION_ALONE.match(line.text)
        if head:
            kind, place = type_of(head[1]), place + 1
            key.sections.append(kind)
            raw = raw[head.end() :]
            if not raw.strip():
                continue
        elif KEY_HEAD.match(line.text) or EXPLAIN.match(line.text.strip()):
            continue
        if place < 0:
            place = 0
            key.sections.append(None)
        if kind in ("blank", "short") and _DECIMAL.match(half(raw)) and not dotted:
            key.rejects.append(Reject(line.no, "不能确定开头是题号还是小数；题号后面请用顿号", raw.strip()))
            continue
        _read_line(key, place, kind, Line(line.no, raw))
    return key


def _read_line(key: Key, place: int, kind: str | None, line: Line) -> None:
    text = _ORDINAL.sub("", _WORDS.sub("", line.text))
    if kind in ("blank", "short"):
        match = _TEXT_ENTRY.match(line.text)
        number = int(match[1]) + 1 if match else 0
        following = rf"(?<!\d){number}\s*[.:)](?!\d)|{number}\s*、" if match else ""
        if match and not re.search(rf"\s\d+\s*[.、:)]|{following}", match[2]):
            key.put(place, int(match[1]), line.raw[match.start(2) :].strip(), line.no)
        else:
            key.rejects.append(Reject(line.no, "答案表的这一行看不懂，应当一行一题", line.raw.strip()))
        return
    if not looks_like_entry(text):
        key.rejects.append(Reject(line.no, "答案表的这一行看不懂", line.raw.strip()))
        return
    for match in RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        answers = _one_each(match[3], last - first + 1)
        if answers is None:
            reason = f"答案表写第 {first} 到 {last} 题，答案的个数不是 {last - first + 1} 个"
            key.rejects.append(Reject(line.no, reason, match[0].strip()))
            continue
        for offset, answer in enumerate(answers):
            key.put(place, first + offset, answer, line.no)
    for match in _ENTRY.finditer(RANGE.sub(lambda m: " " * len(m[0]), text)):
        key.put(place, int(match[1]), match[2], line.no)


def _one_each(text: str, count: int) -> list[str] | None:
    """Answers of a range: one group an item, or one character an item."""
    groups = text.replace(",", " ").replace(";", " ").replace("、", " ").split()
    if len(groups) == count:
        return groups
    single = re.findall(r"[A-Z]|√|×|✓|✔|✗|✘|正确|错误|对|错", text)
    if len(single) == count and "".join(single) == re.sub(r"[\s,;、]", "", text):
        return single
    return None


def table_at(lines: list[Line], index: int) -> int:
    """How many lines from `index` on are an answer table; 0 if none starts there."""
    line = lines[index]
    text = line.text.strip()
    mark = ANSWER.match(text)
    body = text[mark.end() :] if mark else text
    if KEY_HEAD.match(text):
        following = next((each for each in lines[index + 1 :] if not each.blank), None)
        if following is None or not _entry_at(lines, lines.index(following, index + 1), None)[0]:
            return 0
    elif not (looks_like_entry(body) and (mark or RANGE.match(body)) and len(re.findall(r"\d+", body)) > 1):
        return 0
    end, kind = index + 1, None
    while end < len(lines):
        each = lines[end]
        belongs, kind = _entry_at(lines, end, kind)
        if not (each.blank or belongs or KEY_HEAD.match(each.text)):
            break
        end += 1
    return end - index


def _entry_at(lines: list[Line], index: int, kind: str | None) -> tuple[bool, str | None]:
    """Whether a line belongs to an answer table, and which section of it follows."""
    line = lines[index]
    section = SECTION.match(line.text.strip()) or SECTION_ALONE.match(line.text)
    if section:
        kind = type_of(section[1])
        rest = line.text.strip()[section.end() :]
        following = next((each for each in lines[index + 1 :] if not each.blank), None)
        shown = rest if rest.strip() else (following.text if following else "")
        return looks_like_entry(shown, strict=kind not in ("blank", "short")), kind
    if role(line) == "explain":
        return True, kind
    return looks_like_entry(line.text, strict=kind not in ("blank", "short")), kind
