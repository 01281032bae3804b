"""The parts of one block: stem, stated type, options, and every answer that is written somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coursekit.quiz.formats.answers import after_mark, count_blanks
from coursekit.quiz.formats.block import Block
from coursekit.quiz.formats.lines import Line
from coursekit.quiz.formats.marks import IN_BRACKET_ANSWER, RIGHT_HERE, TAG, TYPE_ALONE, half, show, type_of
from coursekit.quiz.formats.model import Doubt
from coursekit.quiz.formats.options import Options, split_options

_SCORE = re.compile(r"[\[(【]\s*(?:分值\s*[::]?\s*)?\d+(?:\.\d+)?\s*分\s*[\])】]")
_NUMBERED = re.compile(r"^\s*\d{1,4}\s*[、.](?!\d)\s*")
_UNDERLINE = re.compile(r"^[\s*]*_{3,}[\s_]*$")


@dataclass(frozen=True)
class Parts:
    """The parts of one block, before they are understood."""

    stem: str
    type: str | None
    options: Options | None
    answers: tuple[str, ...]
    stated: bool


def read_parts(block: Block, key_answer: str | None) -> Parts:
    """The parts of `block`; `key_answer` is what an answer table gives for it.

    Raises
    ------
    Doubt
        If the parts cannot be told from one another.
    """
    raw = "\n".join(line.raw.strip() for line in block.head if not line.blank)
    answers = [_joined(part) for part in block.answers]
    if block.coded:
        raw, coded = _coded(raw)
        answers += coded
    stem, extra, options, stated = _around_tag(raw)
    if not (stated or options or answers or key_answer or block.has_options):
        stem = stem.split("\n")[0]
    if key_answer is not None:
        answers.append(key_answer)
    if block.lead.strip():
        answers.append(block.lead)
    stem, extra, found = _bracketed(stem, extra)
    answers += found
    stated = stated or block.typed or None
    kind = stated or block.section
    underlined = bool(re.search(r"_{3,}", half(extra)))
    if half(extra).strip(" *\n_"):
        options = _wordless_options(extra)
        if options is None:
            raise Doubt("题型标记后面有看不懂的文字")
    stem = _clean(stem)
    if kind == "blank" and underlined and not count_blanks(stem):
        stem += "____"
    return Parts(stem, kind, options, tuple(answers), stated is not None)


def _around_tag(raw: str) -> tuple[str, str, Options | None, str | None]:
    """Stem, what else stands behind the type mark, options, and the type the mark names."""
    tags = list(TAG.finditer(half(raw)))
    first, _, rest = raw.partition("\n")
    if not tags and rest and TYPE_ALONE.match(half(first)):
        options = split_options(rest)
        return (rest[: options.start] if options else rest), "", options, type_of(half(first).rstrip(" :"))
    if not tags:
        options = split_options(raw)
        return (raw[: options.start] if options else raw), "", options, None
    stated = type_of(tags[0][1] or tags[0][2])
    if len(tags) > 1:
        raise Doubt("一题里有两处题型标记，多半是两道题连在一起了")
    before, behind = raw[: tags[0].start()], raw[tags[0].end() :]
    if not half(before).strip(" *\n"):
        numbered = _NUMBERED.match(half(behind))
        behind = behind[numbered.end() :] if numbered else behind
        options = split_options(behind)
        return (behind[: options.start] if options else behind), "", options, stated
    behind = _blank_out(_SCORE, behind)
    options = split_options(behind)
    if options is None:
        return before, behind, None, stated
    if half(behind[: options.start]).strip(" *\n_"):
        raise Doubt("题型标记和选项之间有别的文字")
    return before, "", options, stated


def _blank_out(pattern: re.Pattern[str], raw: str) -> str:
    text = half(raw)
    for match in pattern.finditer(text):
        raw = raw[: match.start()] + " " * (match.end() - match.start()) + raw[match.end() :]
    return raw


def _coded(raw: str) -> tuple[str, list[str]]:
    match = re.search(r"(?:^|\s)题目\s*[::]?\s*", half(raw))
    if match is None:
        raise Doubt("没有找到“题目”")
    body = raw[match.end() :]
    answer = re.search(r"\s答案\s*[::]?\s*", half(body))
    return (body[: answer.start()], [body[answer.end() :].strip()]) if answer else (body, [])


def _joined(part: list[Line]) -> str:
    first = after_mark(part[0].raw)
    return "\n".join([first, *[line.raw for line in part[1:]]]).strip()


def _bracketed(stem: str, extra: str) -> tuple[str, str, list[str]]:
    """Answers written as `(答案:…)` in the stem or behind the underline."""
    found = []
    out = []
    for piece in (stem, extra):
        while match := IN_BRACKET_ANSWER.search(half(piece)):
            depth, end = 1, match.end()
            text = half(piece)
            while end < len(text) and depth:
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                end += 1
            if depth:
                raise Doubt("“(答案:”后面的括号没有收住")
            found.append(piece[match.end() : end - 1].strip())
            piece = piece[: match.start()] + piece[end:]
        out.append(piece)
    return out[0], out[1], found


def _wordless_options(extra: str) -> Options | None:
    """`对(正确答案)错` behind a type mark: the two options of a true/false item without letters."""
    text = half(extra).strip(" *\n")
    pieces = re.fullmatch(
        rf"(对|错|正确|错误|是|否)\s*({RIGHT_HERE.pattern})?\s*(对|错|正确|错误|是|否)\s*({RIGHT_HERE.pattern})?",
        text,
    )
    if pieces is None:
        return None
    groups = pieces.groups()
    marked = tuple(index for index, group in enumerate((groups[1], groups[-1])) if group)
    return Options(0, (groups[0], groups[2]), marked)


def _clean(raw: str) -> str:
    lines = [show(line) for line in raw.split("\n")]
    stem = "\n".join(line for line in lines if line and not _UNDERLINE.match(half(line)))
    text = half(stem)
    score = re.search(_SCORE.pattern + r"\s*\*?\s*$", text)
    if score:
        stem = stem[: score.start()]
    first = re.match(r"\s*" + _SCORE.pattern + r"\s*(?=\S)", half(stem))
    if first:
        stem = stem[first.end() :]
    return stem.rstrip(" *")
