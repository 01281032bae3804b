"""Whether the answer behind the last of several unanswered items may be the answers of all of them."""

from __future__ import annotations

import re

from coursekit.quiz.formats.answers import after_mark
from coursekit.quiz.formats.block import Block
from coursekit.quiz.formats.marks import TAG, half, letters, type_of
from coursekit.quiz.formats.model import ImportedItem

REASON = "前面的题没有答案，这里的答案可能是几道题的，不能确定哪一个是这一题的"
_SEVERAL = ("multiple", "indefinite")


def may_be_listed(block: Block, item: ImportedItem, before: int) -> bool:
    """Whether one answer part reads as one answer for `item` and each of the `before` unanswered items above it."""
    if not before or len(block.answers) != 1:
        return False
    text = "\n".join(
        [after_mark(block.answers[0][0].raw), *(line.raw for line in block.answers[0][1:])]
    ).strip()
    if item.type in ("single", "multiple"):
        named = letters(text)
        return not _several(block) and named is not None and len(named) == before + 1
    if item.type == "true_false":
        return False
    own = len(item.answer) if item.type == "blank" and isinstance(item.answer, list) else 0
    separators = (";", r"\|", "、", ",", r"\n", r"\s+") if item.type == "blank" else (r"[;|\n]",)
    counts = {len([p for p in re.split(each, half(text)) if p.strip()]) for each in separators}
    return before + 1 in counts and own != before + 1


def _several(block: Block) -> bool:
    """Whether the item is said to have more than one right option."""
    tags = [type_of(m[1] or m[2]) for line in block.head if (m := TAG.search(line.text))]
    return any(kind in _SEVERAL for kind in (block.section, block.typed, *tags))
