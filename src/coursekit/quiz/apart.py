"""Items that help with each other do not stand in one paper: what an author marked with `not_with`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coursekit.quiz.items import Item

Rivals = Mapping[str, frozenset[str]]
Place = tuple[int, int, int]
_MOST_LINKED = 16


def rivals(items: Iterable[Item]) -> dict[str, frozenset[str]]:
    """Item id -> ids that must not stand beside it; written once, it holds both ways."""
    found: dict[str, set[str]] = {}
    for item in items:
        for other in item.not_with:
            found.setdefault(item.id, set()).add(other)
            found.setdefault(other, set()).add(item.id)
    return {name: frozenset(others) for name, others in found.items()}


def clashes(items: Iterable[Item], apart: Rivals) -> list[tuple[str, str]]:
    """Pairs of one paper that should not be in it together, sorted."""
    names = {item.id for item in items}
    return sorted((a, b) for a in names for b in apart.get(a, frozenset()) & names if a < b)


def most_together(items: Sequence[Item], apart: Rivals) -> int:
    """How many of `items` can stand in one paper at most: the largest set without a marked pair.

    Exact for groups of up to 16 linked items, for larger ones a lower bound.
    """
    left = {item.id for item in items}
    total = 0
    while left:
        group = _linked(min(left), left, apart)
        left -= group
        total += _largest(sorted(group), apart) if len(group) <= _MOST_LINKED else _greedy(group, apart)
    return total


def _linked(start: str, among: set[str], apart: Rivals) -> set[str]:
    group, ahead = {start}, [start]
    while ahead:
        for other in apart.get(ahead.pop(), frozenset()) & among - group:
            group.add(other)
            ahead.append(other)
    return group


def _largest(group: list[str], apart: Rivals) -> int:
    if not group:
        return 0
    first, rest = group[0], group[1:]
    with_first = 1 + _largest([name for name in rest if name not in apart.get(first, ())], apart)
    return with_first if not apart.get(first) else max(with_first, _largest(rest, apart))


def _greedy(group: set[str], apart: Rivals) -> int:
    left, count = set(group), 0
    while left:
        name = min(left, key=lambda each: (len(apart.get(each, frozenset()) & left), each))
        left -= {name, *apart.get(name, frozenset())}
        count += 1
    return count


@dataclass(frozen=True)
class _Move:
    """Put `item` at `place`; where it came from another form, what stood here goes there."""

    gain: int
    step: int
    item: Item
    place: Place
    back: Place | None


def settle(
    forms: list[list[list[Item]]], stock: Mapping[tuple[str, str, str], Sequence[Item]], apart: Rivals
) -> list[tuple[str, str]]:
    """Exchange items in place until no form holds a marked pair; the pairs that remain come back.

    Parameters
    ----------
    forms : list
        Per form, per section, its items; changed in place. The counts per section and cell stay.
    stock : mapping
        (type, area, level) -> items of the bank, in a fixed order.
    apart : mapping
        As `rivals` gives it.
    """
    while True:
        open_pairs = [pair for form in forms for pair in clashes(_flat(form), apart)]
        if not open_pairs:
            return []
        moves = [move for place in _clashing(forms, apart) for move in _moves(forms, place, stock, apart)]
        best = min(
            (move for move in moves if move.gain > 0),
            key=lambda move: (-move.gain, move.back is None, move.step, move.item.id, move.place),
            default=None,
        )
        if best is None:
            return sorted(set(open_pairs))
        f, s, i = best.place
        if best.back is not None:
            g, t, j = best.back
            forms[g][t][j] = forms[f][s][i]
        forms[f][s][i] = best.item


def _flat(form: Sequence[Sequence[Item]]) -> list[Item]:
    return [item for part in form for item in part]


def _clashing(forms: list[list[list[Item]]], apart: Rivals) -> list[Place]:
    found = []
    for f, form in enumerate(forms):
        bad = {name for pair in clashes(_flat(form), apart) for name in pair}
        found += [(f, s, i) for s, part in enumerate(form) for i, item in enumerate(part) if item.id in bad]
    return found


def _moves(
    forms: list[list[list[Item]]],
    place: Place,
    stock: Mapping[tuple[str, str, str], Sequence[Item]],
    apart: Rivals,
) -> list[_Move]:
    """What could stand at `place` instead: an item of the same section and cell from another form, or from stock."""
    f, s, i = place
    here = forms[f][s][i]
    names = [{item.id for item in _flat(form)} for form in forms]
    mine = names[f] - {here.id}
    now = len(apart.get(here.id, frozenset()) & mine)
    at = {item.id: (g, s, j) for g, form in enumerate(forms) if g != f for j, item in enumerate(form[s])}
    found = []
    for other in stock[(here.type, here.area, here.level)]:
        if other.id in names[f]:
            continue
        gain = now - len(apart.get(other.id, frozenset()) & mine)
        back = at.get(other.id)
        if back is not None:
            theirs = names[back[0]] - {other.id}
            if here.id in theirs:
                continue
            gain += len(apart.get(other.id, frozenset()) & theirs)
            gain -= len(apart.get(here.id, frozenset()) & theirs)
        elif any(other.id in each for each in names):
            continue
        found.append(_Move(gain, abs(other.difficulty - here.difficulty), other, place, back))
    return found
