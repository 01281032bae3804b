"""What a learner is told after answering a practice item: the verdict, the reason, the source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coursekit.quiz.itemmarks import ItemMark, mark_item, shown
from coursekit.quiz.items import LETTERS, Blank, Item, Multiple, Short, Single, TrueFalse
from coursekit.quiz.present import rule_of
from coursekit.quiz.rules import MarkingPolicy

_STATUS = {
    "historical": "这是过去的做法，今天以本单位规定为准。",
    "employer": "各公司规定不同，以本单位规定为准。",
    "current": "",
}
_HEADLINES = {
    "right": "对。",
    "partial": "部分对。",
    "wrong": "不对。",
    "missing": "还没有作答。",
    "review": "写好了，对照要点看看。",
}


def judge(item: Item, order: Sequence[int], response: Any, policy: MarkingPolicy | None = None) -> ItemMark:
    """Mark one practice answer out of one point."""
    return mark_item(item.id, 1.0, rule_of(item, order), response, policy)


def feedback(item: Item, order: Sequence[int], response: Any, reveal: bool = False) -> dict[str, Any]:
    """Feedback on `response`, as the front end shows it.

    Parameters
    ----------
    item : Item
        A concrete item.
    order : sequence of int
        Options as shown.
    response : object
        The learner's answer, or None when only the solution is asked for.
    reveal : bool
        Whether the key and the explanation are told also when the answer is not right.
    """
    mark = judge(item, order, response)
    tell = reveal or mark.state in ("right", "review")
    out: dict[str, Any] = {
        "state": mark.state,
        "headline": _HEADLINES[mark.state],
        "notes": _notes(item, order, response, mark),
        "source": source_line(item),
    }
    if tell:
        out["explanation"] = item.explanation
        if mark.state != "right":
            out["answer"] = solution(item, order)
    return out


def solution(item: Item, order: Sequence[int]) -> str:
    """The key in words, as this learner sees the options."""
    match item:
        case Single() | Multiple():
            places = [(LETTERS[place], item.options[i]) for place, i in enumerate(order)]
            return "\n".join(f"{letter} {option.text}" for letter, option in places if option.correct)
        case TrueFalse():
            return shown(item.answer)
        case Blank():
            return ";".join(
                blank.accept[0] + (f" {blank.unit}" if blank.unit else "") for blank in item.blanks
            )
        case Short():
            return item.model_answer


def source_line(item: Item) -> str:
    """Whose rule it is, of which year, and the facts behind it."""
    year = f"{item.year} 年" if item.year else "没有注年份"
    owner = f"{item.owner}（别的行业）" if item.scope == "other_industry" else item.owner
    facts = f"，事实 {'、'.join(item.facts)}" if item.facts else ""
    tail = f"。{_STATUS[item.status]}" if _STATUS[item.status] else "。"
    return f"来源：{owner}，{year}{facts}{tail}"


def _notes(item: Item, order: Sequence[int], response: Any, mark: ItemMark) -> list[dict[str, str]]:
    match item:
        case Single() | Multiple():
            return _option_notes(item, order, response, mark)
        case TrueFalse():
            return [{"text": item.why}] if mark.state == "wrong" and item.why else []
        case Blank(blanks=[_]):
            return []
        case _:
            return [{"text": mark.learner_note}] if mark.state in ("partial", "wrong", "review") else []


def _option_notes(
    item: Single | Multiple, order: Sequence[int], response: Any, mark: ItemMark
) -> list[dict[str, str]]:
    chosen = response if isinstance(response, list) else [response]
    notes = []
    for place, index in enumerate(order):
        option = item.options[index]
        letter = LETTERS[place]
        if letter in chosen and option.why:
            lead = "" if option.correct else "选它的人多半这样想："
            notes.append({"letter": letter, "text": lead + option.why})
    if isinstance(item, Multiple) and mark.state in ("partial", "wrong"):
        notes.append({"text": mark.learner_note})
    return notes
