"""The text that a survey tool's batch input takes: `1. 题干(A) [单选题] (1分)`, options one a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coursekit.quiz.formats import chinese
from coursekit.quiz.formats.marks import half
from coursekit.quiz.formats.model import ImportedItem

_WORDS = {"single": "单选题", "multiple": "多选题", "true_false": "判断题"}
_EMPTY = re.compile(r"\(\s*\)")


def write(items: Iterable[ImportedItem], points: float = 1) -> tuple[str, list[ImportedItem]]:
    """Text for the batch input, and the items it cannot carry.

    Blanks and short answers have no documented form there. An item that would not come back as it is
    (its text imitates the marks of the form) is left out too.
    """
    parts: list[str] = []
    left: list[ImportedItem] = []
    for item in items:
        text = _one(len(parts) + 1, item, points)
        if text is None or not _comes_back(text, item):
            left.append(item)
        else:
            parts.append(text)
    return "\n\n".join(parts) + ("\n" if parts else ""), left


def _one(number: int, item: ImportedItem, points: float) -> str | None:
    if item.type not in _WORDS or "\n" in item.stem:
        return None
    answer = item.answer
    if isinstance(answer, bool):
        word = "对" if answer else "错"
    else:
        word = "".join(chr(65 + int(str(index))) for index in answer)
    holes = list(_EMPTY.finditer(half(item.stem)))
    stem = f"{item.stem}({word})"
    if len(holes) == 1:
        stem = f"{item.stem[: holes[0].start()]}({word}){item.stem[holes[0].end() :]}"
    lines = [f"{number}. {stem} [{_WORDS[item.type]}] ({points:g}分)"]
    lines += [f"{chr(65 + i)}. {option}" for i, option in enumerate(item.options)]
    return "\n".join(lines)


def _comes_back(text: str, item: ImportedItem) -> bool:
    found = chinese.read(text)
    if len(found.items) != 1 or found.rejects:
        return False
    one = found.items[0]
    bare = [re.sub(r"\(\s*\)|\s", "", half(stem)) for stem in (one.stem, item.stem)]
    return bare[0] == bare[1] and (one.type, one.options, one.answer) == (
        item.type,
        item.options,
        item.answer,
    )
