"""What an import gives: items that are certain, and rejects with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

ItemType = Literal["single", "multiple", "true_false", "blank", "short"]
INDEFINITE = "不定项选择题，只有一个答案"
Answer = list[int] | bool | list[list[str]] | list[str]


@dataclass(frozen=True)
class ImportedItem:
    """One item whose parts are all certain.

    Parameters
    ----------
    type : str
        `single`, `multiple`, `true_false`, `blank` or `short`.
    stem : str
        The question without number, type mark and answer.
    options : tuple of str
        Option texts without letters; empty unless the item is a choice.
    answer : list or bool
        Option indexes from 0 for choices, a bool for true/false, a list of lists of accepted
        strings for blanks, a list of key phrases for short answers.
    line : int
        Line (or table row) of the source on which the item begins, from 1.
    explanation, note : str
        Explanation as written in the source; a remark for the person who checks, in Chinese.
    tolerance : tuple of float
        Per blank, how far a number may lie from the accepted one; empty if exact.
    """

    type: ItemType
    stem: str
    options: tuple[str, ...]
    answer: Answer
    line: int
    explanation: str = ""
    note: str = ""
    tolerance: tuple[float, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The contract form: type, stem, options, answer, line."""
        return {
            "type": self.type,
            "stem": self.stem,
            "options": list(self.options),
            "answer": self.answer,
            "line": self.line,
        }


@dataclass(frozen=True)
class Reject:
    """A piece of the source that looks like an item and is not certain: line, reason, raw text."""

    line: int
    reason: str
    text: str

    def as_json(self) -> dict[str, Any]:
        """The contract form: line, reason, text."""
        return {"line": self.line, "reason": self.reason, "text": self.text}


@dataclass(frozen=True)
class ImportResult:
    """Everything one file gave, in the order of the source."""

    dialect: str
    items: tuple[ImportedItem, ...] = ()
    rejects: tuple[Reject, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The contract form of `quiz import --json`."""
        return {
            "items": [item.as_json() for item in self.items],
            "rejects": [reject.as_json() for reject in self.rejects],
        }


class Doubt(Exception):  # noqa: N818 - not an error of the kit: it turns one item into one reject
    """Raised inside a reader when an item is not certain; carries the reason in Chinese."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def check_item(item: ImportedItem) -> ImportedItem:
    """The last gate that every reader passes: no item leaves with parts that contradict each other.

    Raises
    ------
    Doubt
        Naming the first contradiction found.
    """
    if not item.stem.strip():
        raise Doubt("题干是空的")
    if len(item.stem) > 2000:
        raise Doubt("题干超过 2000 字，多半是几道题连在一起了")
    if item.type in ("single", "multiple"):
        _check_choice(item)
    elif item.type == "true_false":
        if not isinstance(item.answer, bool):
            raise Doubt("判断题的答案不是对或错")
    elif item.type == "blank":
        blanks = item.answer
        if not isinstance(blanks, list) or not blanks:
            raise Doubt("填空题没有答案")
        for blank in blanks:
            if not isinstance(blank, list) or not blank or any(not text.strip() for text in blank):
                raise Doubt("填空题有一个空没有答案")
    elif not isinstance(item.answer, list) or not item.answer:
        raise Doubt("简答题没有答案要点")
    return item


def _check_choice(item: ImportedItem) -> None:
    if not 2 <= len(item.options) <= 26:
        raise Doubt(f"选项有 {len(item.options)} 个，应当是 2 到 26 个")
    if any(not option.strip() for option in item.options):
        raise Doubt("有一个选项是空的")
    plain = [option.strip() for option in item.options]
    if len(set(plain)) != len(plain):
        raise Doubt("有两个选项的文字一样")
    answer = item.answer
    if not isinstance(answer, list) or not answer:
        raise Doubt("没有标出正确答案")
    if any(not isinstance(index, int) or not 0 <= index < len(plain) for index in answer):
        raise Doubt("答案的字母不在选项里")
    if item.type == "single" and len(answer) != 1:
        raise Doubt(f"单选题标了 {len(answer)} 个答案")
    if item.type == "multiple" and len(answer) == 1 and item.note != INDEFINITE:
        raise Doubt("多选题只标了一个答案，不能确定是漏标还是单选")
