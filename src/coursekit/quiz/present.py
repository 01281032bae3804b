"""What a learner is shown of an item, and the rule that marks what comes back. The two never mix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coursekit.quiz.items import (
    LETTERS,
    TYPE_NAMES,
    Blank,
    ChoiceBase,
    Item,
    Multiple,
    Short,
    Single,
    TrueFalse,
)
from coursekit.quiz.templates import seeded


def shown_order(item: Item, seed: str) -> tuple[int, ...]:
    """Indexes of the options in the order this learner sees them; empty for other types."""
    if not isinstance(item, ChoiceBase):
        return ()
    indexes = list(range(len(item.options)))
    if item.order == "shuffle":
        seeded("order", item.id, seed).shuffle(indexes)
    return tuple(indexes)


def public_view(item: Item, order: Sequence[int] = ()) -> dict[str, Any]:
    """The part of a concrete item that may leave the kernel: no key, no reasons, no source.

    `order` is the order of the options, as `shown_order` gives it.
    """
    view: dict[str, Any] = {
        "id": item.id,
        "type": item.type,
        "type_name": TYPE_NAMES[item.type],
        "stem": item.stem,
    }
    if isinstance(item, Single | Multiple):
        view["options"] = [item.options[i].text for i in order or range(len(item.options))]
    if isinstance(item, Blank):
        view["units"] = [blank.unit for blank in item.blanks]
    return view


def rule_of(item: Item, order: Sequence[int] = ()) -> dict[str, Any]:
    """The marking rule of a concrete item, its letters as shown in `order`; stays on the trainer's side."""
    match item:
        case Single() | Multiple():
            if not item.options:
                raise ValueError(f"{item.id} 是模板题，先用 templates.instantiate 生成")
            letters = [
                LETTERS[place]
                for place, i in enumerate(order or range(len(item.options)))
                if item.options[i].correct
            ]
            count = len(item.options)
            if isinstance(item, Single):
                return {"type": "choice", "value": letters[0], "options": count}
            return {"type": "multiple", "value": letters, "options": count}
        case TrueFalse():
            return {"type": "true_false", "value": item.answer}
        case Blank():
            return {"type": "blank", "blanks": [blank.model_dump() for blank in item.blanks]}
        case Short():
            return {
                "type": "text",
                "phrases": [phrase.model_dump() for phrase in item.phrases],
                "never": list(item.never),
            }
