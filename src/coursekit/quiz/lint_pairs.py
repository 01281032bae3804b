"""What two items do to each other in one paper: marks (`not_with`) that are wrong, and pairs an author may have missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coursekit.domain.policy import Policy
from coursekit.quiz.apart import rivals
from coursekit.quiz.bank import BankFile
from coursekit.quiz.items import Blank, Item, Multiple, Single
from coursekit.quiz.lint import Finding
from coursekit.quiz.textnorm import loose, simplified


def marks(banks: Sequence[BankFile]) -> Iterator[Finding]:
    """Every `not_with` names an item that exists, in a bank of the same kind."""
    kinds = {item.id: bank.bank.kind for bank in banks for item in bank.items}
    for bank in banks:
        for item in bank.items:
            for other in dict.fromkeys(item.not_with):
                if other not in kinds:
                    yield Finding(
                        item.id, "not_with", f"not_with 里的 {other} 不在题库里：编号写错了，或题已删去"
                    )
                elif kinds[other] != bank.bank.kind:
                    yield Finding(
                        item.id, "not_with", f"not_with 里的 {other} 不在同一种题库，本来就不会同卷"
                    )


def giveaways(items: Iterable[Item], rules: Policy) -> Iterator[Finding]:
    """Hints: the key of one item stands in the stem of another of its area, and nothing keeps them apart.

    Only items that rest on a common fact are compared, or, where facts are not given, keys long enough.
    """
    items = list(items)
    apart = rivals(items)
    short, alone = int(rules.number("lint.key_chars")), int(rules.number("lint.key_chars_alone"))
    stems = {item.id: _levelled(item.stem) for item in items}
    for item in items:
        keys = [key for key in _keys(item) if len(loose(key)) >= short and not _in(key, stems[item.id])]
        for other in items if keys else ():
            if other.id == item.id or other.area != item.area or other.id in apart.get(item.id, frozenset()):
                continue
            bare = not item.facts or not other.facts
            if not bare and not set(item.facts) & set(other.facts):
                continue
            told = [k for k in keys if (not bare or len(loose(k)) >= alone) and _in(k, stems[other.id])]
            if told:
                text = (
                    f"答案“{told[0]}”写在 {other.id} 的题干里：同卷会提示，要分开就写 not_with: [{other.id}]"
                )
                yield Finding(item.id, "giveaway", text, hint=True)


def _keys(item: Item) -> list[str]:
    """Right answers as they are written; generated ones differ from learner to learner."""
    if getattr(item, "template", None) is not None:
        return []
    if isinstance(item, Single | Multiple):
        return [option.text for option in item.options if option.correct]
    if isinstance(item, Blank):
        return [
            text if text.endswith(rule.unit) else text + rule.unit
            for rule in item.blanks
            for text in rule.accept
        ]
    return []


def _levelled(text: str) -> str:
    return re.sub(r"\s+", "", simplified(text))


def _in(key: str, stem: str) -> bool:
    """Whether a key stands in a levelled stem; a number must not be part of a longer one."""
    if not re.search(r"\d", key):
        return loose(key) in loose(stem)
    return re.search(rf"(?<![\d.]){re.escape(_levelled(key))}(?!\d|\.\d)", stem) is not None
