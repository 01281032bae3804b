"""One block of lines -> one item, one reject, or nothing (other text, or a field that asks who is answering)."""

from __future__ import annotations

import re
from typing import TypeVar

from coursekit.quiz.formats.answers import (
    blank_answer,
    choice_answer,
    count_blanks,
    short_answer,
    truth_answer,
    truth_options,
)
from coursekit.quiz.formats.block import Block
from coursekit.quiz.formats.blocks import INNER
from coursekit.quiz.formats.marks import (
    EXPLAIN,
    LETTER_BLANK,
    TRUTH_BLANK,
    TRUTH_WORD_BLANK,
    half,
    is_field,
    letters,
    truth,
)
from coursekit.quiz.formats.model import INDEFINITE, Answer, Doubt, ImportedItem, ItemType, Reject, check_item
from coursekit.quiz.formats.parts import Parts, read_parts
from coursekit.quiz.formats.stems import check_options, check_stem

_SCORE = re.compile(r"[\[(【]\s*(?:分值\s*[::]?\s*)?\d+(?:\.\d+)?\s*分\s*[\])】]")
_OPEN_QUESTION = re.compile(
    r"^(?:请?简述|请?简要|请?说明|请?谈|论述|试述|什么是|为什么|如何|怎样|请列出|列举|请写出|请结合)"
)
_T = TypeVar("_T")
_UNDERLINE = re.compile(r"^[\s*]*_{3,}[\s_]*$")


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
        parts = read_parts(block, key_answer)
        if is_field(parts.stem) and not parts.answers and not (parts.options and parts.options.marked):
            return None
        if not _item_like(block, parts, in_bank):
            return None
        if block.doubt:
            raise Doubt(block.doubt)
        if block.orphan:
            raise Doubt("选项前面没有题干")
        check_stem(block.number, parts.stem, parts.options is not None)
        check_options(block.number, parts.options.texts if parts.options else ())
        return _item(block, parts)
    except Doubt as doubt:
        return Reject(block.line, doubt.reason, block.raw)


def _item_like(block: Block, parts: Parts, in_bank: bool) -> bool:
    if parts.type is not None and parts.stated:
        return True
    if parts.options is not None or parts.answers or block.has_options or block.doubt not in ("", INNER):
        return True
    if block.orphan:
        return in_bank
    sign = re.search(TRUTH_BLANK.pattern + r"[\s。.]*$", half(parts.stem))
    if sign and (block.number is not None or sign[1] in "√×✓✔✗✘✕"):
        return True
    if block.number is None:
        return False
    return in_bank or block.section is not None


def _item(block: Block, parts: Parts) -> ImportedItem:
    if parts.type == "unsupported":
        raise Doubt("这种题型不能导入（只收单选、多选、判断、填空、简答）")
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
    pattern = TRUTH_BLANK if truthy else LETTER_BLANK
    found = list(pattern.finditer(text))
    if not found and parts.type == "true_false":
        pattern = TRUTH_BLANK
        found = list(pattern.finditer(text)) or list(TRUTH_WORD_BLANK.finditer(text))
    if parts.options is None and not truthy:
        return stem, []
    if parts.options is not None and parts.type != "true_false" and re.search(r"\(\s*[√×✓✔✗✘]\s*\)", text):
        raise Doubt("选择题的题干里有对错符号，多半是两道题连在一起了")
    if explicit and (not found or count_blanks(stem)):
        return stem, []
    if not found:
        return stem, []
    if len(found) > 1:
        if explicit:
            return stem, []
        raise Doubt("题干里有两处括号写着字母，不能确定哪一处是答案")
    match = found[0]
    if pattern is TRUTH_BLANK and text[match.end() :].strip(" 。.;,") != "" and text[: match.start()].strip():
        if explicit:
            return stem, []
        raise Doubt("题干中间有对错符号，不能确定是不是答案")
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
        raise Doubt("没有选项，也没有答案")
    if all(truth(text) is not None for text in answers) and not any(
        half(a).strip() in "YNyn" for a in answers
    ):
        return "true_false"
    if any(letters(text) is not None for text in answers):
        raise Doubt("答案是字母，却没有选项")
    if count_blanks(stem):
        return "blank"
    if _OPEN_QUESTION.match(stem):
        return "short"
    raise Doubt("题型不明：没有题型标记，题干里没有空格")


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
        raise Doubt("同一题有两处答案，而且不一样")
    return found[0]
