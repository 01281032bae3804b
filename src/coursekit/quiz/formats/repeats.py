"""One question twice in a file: with the same answer it is noted, with another answer neither is certain."""

from __future__ import annotations

import re
from dataclasses import replace

from coursekit.quiz.formats.marks import half
from coursekit.quiz.formats.model import ImportedItem, ImportResult, Reject


def settle_repeats(result: ImportResult) -> ImportResult:
    """The result with repeated questions noted, and those whose answers disagree turned into rejects.

    Two items ask the same when stem and options are the same, widths, spaces and the order of options apart.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, item in enumerate(result.items):
        groups.setdefault(_asked(item), []).append(index)
    notes: dict[int, str] = {}
    out: dict[int, Reject] = {}
    for places in groups.values():
        if len(places) < 2:
            continue
        first = result.items[places[0]]
        if any(_disagree(first, result.items[place]) for place in places[1:]):
            for place in places:
                item = result.items[place]
                other = result.items[places[0] if place != places[0] else places[1]]
                reason = f"与第 {other.line} 行的题一样，答案却不一样，不知道哪一个对"
                out[place] = Reject(item.line, reason, _shown(item))
            continue
        notes |= dict.fromkeys(places[1:], f"与第 {first.line} 行的题重复")
    if not notes and not out:
        return result
    items = tuple(
        replace(item, note="；".join(filter(None, (item.note, notes.get(index, "")))))
        for index, item in enumerate(result.items)
        if index not in out
    )
    rejects = sorted((*result.rejects, *out.values()), key=lambda reject: reject.line)
    return ImportResult(result.dialect, items, tuple(rejects))


def _level(text: str) -> str:
    return re.sub(r"\s+", "", half(text)).rstrip("。.?!:;,")


def _asked(item: ImportedItem) -> tuple[str, ...]:
    return (_level(item.stem), *sorted(_level(option) for option in item.options))


def _disagree(one: ImportedItem, other: ImportedItem) -> bool:
    if one.type == "short" and other.type == "short":
        return False
    return _answer(one) != _answer(other)


def _answer(item: ImportedItem) -> object:
    if isinstance(item.answer, bool):
        return item.answer
    if item.options:
        return {_level(item.options[int(str(index))]) for index in item.answer}
    return [sorted(_level(text) for text in blank) for blank in item.answer if isinstance(blank, list)]


def _shown(item: ImportedItem) -> str:
    return "\n".join([item.stem, *(f"{chr(65 + i)}. {text}" for i, text in enumerate(item.options))])
