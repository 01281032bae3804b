"""One block of lines -> one item, one reject, or nothing (other text, or a field that asks who is answering)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeVar

from coursekit.quiz.formats.answers import (
    after_mark,
    blank_answer,
    choice_answer,
    count_blanks,
    short_answer,
    truth_answer,
    truth_options,
)
from coursekit.quiz.formats.blocks import Block
from coursekit.quiz.formats.lines import Line
from coursekit.quiz.formats.marks import (
    EXPLAIN,
    IN_BRACKET_ANSWER,
    LETTER_BLANK,
    RIGHT_HERE,
    TAG,
    TRUTH_BLANK,
    half,
    is_field,
    letters,
    show,
    truth,
    type_of,
)
from coursekit.quiz.formats.model import INDEFINITE, Answer, Doubt, ImportedItem, ItemType, Reject, check_item
from coursekit.quiz.formats.options import Options, split_options
from coursekit.quiz.formats.stems import check_options, check_stem

_SCORE = re.compile(r"[\[(【]\s*(?:分值\s*[::]?\s*)?\d+(?:\.\d+)?\s*分\s*[\])】]")
_OPEN_QUESTION = re.compile(
    r"^(?:请?简述|请?简要|请?说明|请?谈|论述|试述|什么是|为什么|如何|怎样|请列出|列举|请写出|请结合)"
)
_T = TypeVar("_T")
_UNDERLINE = re.compile(r"^[\s*]*_{3,}[\s_]*$")


@dataclass(frozen=True)
class Parts:
    """The parts of one block, before they are understood."""

    stem: str
    type: str | None
    options: Options | None
    answers: tuple[str, ...]
    stated: bool


def assemble(block: Block, key_answer: str | None, in_bank: bool) -> ImportedItem | Reject | None:
    """What one block is.

    Parameters
    ----------
    block : Block
        The lines.
    key_answer : str or None
        The answer that a table at the end of the file gives for this item.
    in_bank : bool
        Whether items stand around it, so that a bare numbered line is a broken item and not other text.
    """
    try:
        parts = _parts(block, key_answer)
        if is_field(parts.stem) and not parts.answers and not (parts.options and parts.options.marked):
            return None
        if not _item_like(block, parts, in_bank):
            return None
        if block.doubt:
            raise Doubt(block.doubt)
        if block.orphan:
            raise Doubt("选项前面没有题干")
        check_stem(block.number, parts.stem)
        check_options(block.number, parts.options.texts if parts.options else ())
        return _item(block, parts)
    except Doubt as doubt:
        return Reject(block.line, doubt.reason, block.raw)


def _item_like(block: Block, parts: Parts, in_bank: bool) -> bool:
    if parts.type is not None and parts.stated:
        return True
    if parts.options is not None or parts.answers or block.has_options or block.doubt:
        return True
    if block.orphan:
        return in_bank
    sign = re.search(TRUTH_BLANK.pattern + r"[\s。.]*$", half(parts.stem))
    if sign and (block.number is not None or sign[1] in "√×✓✔✗✘✕"):
        return True
    if block.number is None:
        return False
    return in_bank or block.section is not None


def _parts(block: Block, key_answer: str | None) -> Parts:
    raw = "\n".join(line.raw.strip() for line in block.head if not line.blank)
    if block.coded:
        raw, block = _coded(raw, block)
    text = half(raw)
    tags = list(TAG.finditer(text))
    lead_tag = bool(tags) and not text[: tags[0].start()].strip(" *\n")
    if lead_tag and tags:
        raw = raw[tags[0].end() :]
        stem_raw, body = raw, raw
        stated = type_of(tags[0][1] or tags[0][2])
        tags = list(TAG.finditer(half(raw)))
    else:
        stated = type_of(tags[0][1] or tags[0][2]) if tags else None
    if len(tags) > 1 or (lead_tag and tags):
        raise Doubt("一题里有两处题型标记,多半是两道题连在一起了")
    if tags:
        stem_raw, body = raw[: tags[0].start()], raw[tags[0].end() :]
        body = _blank_out(_SCORE, body)
        options = split_options(body)
        if options is not None and half(body[: options.start]).strip(" *\n_"):
            raise Doubt("题型标记和选项之间有别的文字")
        extra = "" if options is not None else body
    else:
        options = split_options(raw)
        stem_raw = raw[: options.start] if options is not None else raw
        extra = ""
    answers = [_joined(part) for part in block.answers]
    if key_answer is not None:
        answers.append(key_answer)
    if block.lead.strip():
        answers.append(block.lead)
    stem_raw, extra, found = _bracketed(stem_raw, extra)
    answers += found
    kind = stated or block.section
    if extra and half(extra).strip(" *\n_"):
        options = _wordless_options(extra)
        if options is None:
            raise Doubt("题型标记后面有看不懂的文字")
    stem = _clean(stem_raw)
    if kind == "blank" and extra and not count_blanks(stem):
        stem = f"{stem}____" if re.search(r"_{3,}", half(extra)) else stem
    return Parts(stem, kind, options, tuple(answers), stated is not None)


def _blank_out(pattern: re.Pattern[str], raw: str) -> str:
    text = half(raw)
    for match in pattern.finditer(text):
        raw = raw[: match.start()] + " " * (match.end() - match.start()) + raw[match.end() :]
    return raw


def _coded(raw: str, block: Block) -> tuple[str, Block]:
    match = re.search(r"(?:^|\s)题目\s*[::]?\s*", half(raw))
    if match is None:
        raise Doubt("没有找到“题目”")
    body = raw[match.end() :]
    answer = re.search(r"\s答案\s*[::]?\s*", half(body))
    if answer:
        block = replace(block, answers=[*block.answers, [Line(block.line, "答案:" + body[answer.end() :])]])
        body = body[: answer.start()]
    return body, block


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
    return stem.rstrip(" *")


def _item(block: Block, parts: Parts) -> ImportedItem:
    if parts.type == "unsupported":
        raise Doubt("这种题型不能导入(只收单选、多选、判断、填空、简答)")
    stem, inline = _inline_answers(parts)
    if not stem.strip():
        raise Doubt("题干是空的")
    if re.match(r"^\d{1,3}\s", half(stem)) and block.number is None:
        raise Doubt("题号的写法认不出来")
    answers = [*parts.answers, *inline]
    texts = parts.options.texts if parts.options else ()
    kind = _kind(parts, stem, answers)
    explanation = "\n".join(_without_mark(line.raw) for line in block.explains).strip()
    if kind in ("single", "multiple"):
        answer: Answer = _choice(parts, answers)
    elif kind == "true_false":
        answer, texts = _truth(parts, answers), ()
    elif kind == "blank":
        answer = _agreed([blank_answer(text, count_blanks(stem)) for text in answers])
        texts = ()
    else:
        answer = _agreed([short_answer(text) for text in answers])
    if kind in ("blank", "short") and parts.options is not None:
        raise Doubt("填空题或简答题里出现了选项")
    note = INDEFINITE if parts.type == "indefinite" and len(str(answer)) == 3 else ""
    kept: ItemType = kind
    return check_item(ImportedItem(kept, stem, texts, answer, block.line, explanation, note))


def _without_mark(raw: str) -> str:
    match = EXPLAIN.match(half(raw).lstrip())
    return raw.lstrip()[match.end() :].strip() if match else raw.strip()


def _inline_answers(parts: Parts) -> tuple[str, list[str]]:
    """Answers written into the stem's blank: letters, truth signs, filled underlines."""
    stem, text = parts.stem, half(parts.stem)
    if parts.type in ("blank", "short"):
        return stem, []
    explicit = bool(parts.answers) or bool(parts.options and parts.options.marked)
    truthy = parts.options is None and parts.type in (None, "true_false")
    pattern = TRUTH_BLANK if truthy or (parts.type == "true_false") else LETTER_BLANK
    found = list(pattern.finditer(text))
    if parts.options is None and not truthy:
        return stem, []
    if parts.options is not None and re.search(r"\(\s*[√×✓✔✗✘]\s*\)", text):
        raise Doubt("选择题的题干里有对错符号,多半是两道题连在一起了")
    if explicit and (not found or count_blanks(stem)):
        return stem, []
    if not found:
        return stem, []
    if len(found) > 1:
        if explicit:
            return stem, []
        raise Doubt("题干里有两处括号写着字母,不能确定哪一处是答案")
    match = found[0]
    if pattern is TRUTH_BLANK and text[match.end() :].strip(" 。.;,") != "" and text[: match.start()].strip():
        if explicit:
            return stem, []
        raise Doubt("题干中间有对错符号,不能确定是不是答案")
    whole = stem[match.start() : match.end()]
    opening, closing = whole[0], whole[-1]
    empty = "____" if opening == "_" else opening + closing
    cleaned = stem[: match.start()] + empty + stem[match.end() :]
    if pattern is TRUTH_BLANK:
        cleaned = (stem[: match.start()] + stem[match.end() :]).strip()
    return cleaned, [match[1]]


def _kind(parts: Parts, stem: str, answers: list[str]) -> ItemType:
    options = parts.options
    if parts.type == "indefinite":
        return "multiple"
    if parts.type in ("single", "multiple", "true_false", "blank", "short"):
        if parts.type in ("single", "multiple") and options is None:
            raise Doubt("没有选项")
        return parts.type  # type: ignore[return-value]
    if options is not None:
        if parts.type is None and truth_options(options.texts) is not None:
            return "true_false"
        count = len(_choice(parts, answers))
        return "multiple" if count > 1 else "single"
    if parts.type == "choice":
        raise Doubt("没有选项")
    if not answers:
        raise Doubt("没有选项,也没有答案")
    if all(truth(text) is not None for text in answers) and not any(
        half(a).strip() in "YNyn" for a in answers
    ):
        return "true_false"
    if any(letters(text) is not None for text in answers):
        raise Doubt("答案是字母,却没有选项")
    if count_blanks(stem):
        return "blank"
    if _OPEN_QUESTION.match(stem):
        return "short"
    raise Doubt("题型不明:没有题型标记,题干里没有空格")


def _choice(parts: Parts, answers: list[str]) -> list[int]:
    options = parts.options
    if options is None:
        raise Doubt("没有选项")
    found = [choice_answer(text, options.texts) for text in answers]
    if options.marked:
        found.append(list(options.marked))
    if not found:
        raise Doubt("没有标出正确答案")
    return _agreed(found)


def _truth(parts: Parts, answers: list[str]) -> bool:
    texts = parts.options.texts if parts.options else ()
    if texts and truth_options(texts) is None:
        raise Doubt("判断题的两个选项不是一对一错")
    found = [truth_answer(text, texts) for text in answers]
    if parts.options and parts.options.marked:
        values = truth_options(texts)
        if values is None or len(parts.options.marked) != 1:
            raise Doubt("判断题标了两个答案")
        found.append(values[parts.options.marked[0]])
    if not found:
        raise Doubt("没有标出正确答案")
    return _agreed(found)


def _agreed(found: list[_T]) -> _T:
    if not found:
        raise Doubt("没有标出正确答案")
    if any(each != found[0] for each in found):
        raise Doubt("同一题有两处答案,而且不一样")
    return found[0]
