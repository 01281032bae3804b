"""Text -> lines with one role each: section heads, answers and explanations get a line of their own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coursekit.quiz.formats.marks import ANSWER, ANSWER_START, CODED, EXPLAIN, META, RIGHT_HERE, SECTION, half

_META_INLINE = re.compile(r"(?<=\s)[【\[]?(?:难度|难易程度|标签|知识点|分值|章节|一致性|出处)[】\]]?\s*:")

_OPTION = re.compile(r"^\s*(?:\([A-Z]\)|[A-Z]\s*[.、:)])\s*[^\s\[【(]")
_SMALL_OPTION = re.compile(r"^(\s*\(?)([a-z])(?=\s*[.、:)])")
_NUMBER_ONLY = re.compile(r"^\s*\d{1,4}\s*[.、:)]*\s*$")


@dataclass(frozen=True)
class Line:
    """A piece of one physical line.

    Parameters
    ----------
    no : int
        Physical line number, from 1.
    raw : str
        The text as written.
    broken : str
        Why the break before this piece is not certain; empty if it is, or if it is a real line end.
    """

    no: int
    raw: str
    broken: str = ""

    @property
    def text(self) -> str:
        """Half-width form for finding marks; same length as `raw`."""
        return half(self.raw)

    @property
    def blank(self) -> bool:
        """Whether nothing stands here."""
        return not self.text.strip()


def physical(text: str) -> list[Line]:
    """The lines of `text`, numbered from 1."""
    return [Line(number, raw) for number, raw in enumerate(text.split("\n"), start=1)]


def capital_options(lines: list[Line]) -> list[Line]:
    """Options lettered a, b, c as A, B, C: only in a text that letters no option with a capital."""
    small = [match[2] for line in lines if (match := _SMALL_OPTION.match(line.text))]
    if not {"a", "b"} <= set(small) or any(_OPTION.match(line.text) for line in lines):
        return lines
    return [
        replace(line, raw=line.raw[: match.end(1)] + match[2].upper() + line.raw[match.end(2) :])
        if (match := _SMALL_OPTION.match(line.text))
        else line
        for line in lines
    ]


def cut(line: Line, *places: int) -> list[Line]:
    """The pieces of `line` cut at character `places`; empty pieces fall away."""
    edges = [0, *sorted({p for p in places if 0 < p < len(line.raw)}), len(line.raw)]
    pieces = [replace(line, raw=line.raw[a:b]) for a, b in itertools.pairwise(edges)]
    return [piece for piece in pieces if not piece.blank] or [line]


def split_sections(lines: list[Line]) -> list[Line]:
    """Section heads such as `一、单选题` on lines of their own, also where they were glued to other text."""
    out: list[Line] = []
    for line in lines:
        places: list[int] = []
        for match in SECTION.finditer(line.text):
            after = line.text[match.end() : match.end() + 1]
            if _is_head(line.text, match, after):
                places += [match.start(), match.end()]
        out += cut(line, *places) if places else [line]
    return out


def _is_head(text: str, match: re.Match[str], after: str) -> bool:
    before = text[: match.start()].strip()
    if not before:
        return True
    return not before.endswith(("见", "按", "参照", "“", "《", "(", "第")) and after not in ("》", "”", ")")


def split_marks(lines: list[Line]) -> Iterator[Line]:
    """Answers, explanations and other labelled parts on lines of their own."""
    for line in lines:
        line = _plain_labels(line)
        text = line.text
        if CODED.match(text):
            yield line
            continue
        places: list[int] = []
        explain = EXPLAIN.search(text)
        stop = explain.start() if explain else len(text)
        for match in ANSWER.finditer(text):
            if _marks_option(text, match.start()):
                continue
            if _NUMBER_ONLY.match(text[: match.start()]):
                continue  # `3.【答案】B`: an entry of an answer table
            if match.start() < stop or text[match.start()] in "【[":
                places.append(match.start())
        if explain:
            places.append(explain.start())
        places += [match.start() for match in _META_INLINE.finditer(text, 0, stop)]
        yield from cut(line, *places)


def _marks_option(text: str, place: int) -> bool:
    """`A.甲【正确答案】`: the mark of the option on this line, not the start of an answer."""
    mark = RIGHT_HERE.match(text, place)
    return bool(mark and not text[mark.end() :].strip() and _OPTION.match(text))


def _plain_labels(line: Line) -> Line:
    """`选项A:` is a plain `A:`."""
    match = re.match(r"\s*选项\s*(?=[A-Z]\s*[:.、])", line.text)
    return replace(line, raw=line.raw[match.end() :]) if match else line


def role(line: Line) -> str:
    """`answer`, `explain`, `meta` or `text`."""
    text = line.text.strip()
    if ANSWER.match(text) or ANSWER_START.match(text):
        return "answer"
    if EXPLAIN.match(text):
        return "explain"
    if META.match(text):
        return "meta"
    return "text"
