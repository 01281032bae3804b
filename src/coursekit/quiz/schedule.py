"""Which items to practise, and when again: pure functions of the bank and the journal's content.

Spacing is that of fsrs: a wrong answer is Again, a right one Good; all times are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import fsrs

from coursekit.quiz.apart import rivals
from coursekit.quiz.items import Item
from coursekit.quiz.journal import Answer
from coursekit.quiz.templates import seeded

Cards = Mapping[str, tuple[int, dict[str, Any]]]


def scheduler(retention: float = 0.9, fuzz: bool = True) -> fsrs.Scheduler:
    """The spacing rule; `fuzz` spreads cards over days and is off in tests."""
    return fsrs.Scheduler(desired_retention=retention, enable_fuzzing=fuzz)


def review(rule: fsrs.Scheduler, card: dict[str, Any] | None, right: bool, now: datetime) -> dict[str, Any]:
    """The card after one answer, as plain data."""
    known = fsrs.Card.from_dict(card) if card else fsrs.Card(card_id=0, due=now)
    after, _ = rule.review_card(known, fsrs.Rating.Good if right else fsrs.Rating.Again, now.astimezone(UTC))
    return dict(after.to_dict())


def live_cards(items: Mapping[str, Item], cards: Cards) -> dict[str, dict[str, Any]]:
    """Cards of items that still exist in the revision that was learnt."""
    return {
        name: card for name, (rev, card) in cards.items() if name in items and items[name].revision == rev
    }


def due(items: Mapping[str, Item], cards: Cards, now: datetime) -> list[str]:
    """Items whose review is due, longest overdue first."""
    live = live_cards(items, cards)
    waiting = [(str(card["due"]), name) for name, card in live.items()]
    return [name for at, name in sorted(waiting) if datetime.fromisoformat(at) <= now]


def daily(
    items: Mapping[str, Item], cards: Cards, now: datetime, count: int, new_share: float, seed: str
) -> list[str]:
    """The items of one day: reviews that are due, then new ones, mixed over the areas.

    Parameters
    ----------
    items : mapping
        Practice items by id.
    cards : mapping
        Revision and card by item.
    now : datetime
        The time in UTC.
    count : int
        How many.
    new_share : float
        New items get at least this share, while there are any.
    seed : str
        Learner and day: the choice of new items depends on it.
    """
    waiting = due(items, cards, now)
    fresh = [name for name in items if name not in live_cards(items, cards)]
    new = _spread(fresh, items, seed)
    reviews = waiting[: max(count - len(new), round(count * (1 - new_share)))]
    chosen = reviews + new[: count - len(reviews)]
    later = [name for name in items if name not in chosen]
    chosen += _spread(later, items, seed)[: count - len(chosen)]
    seeded("daily", seed).shuffle(chosen)
    return chosen


def _spread(names: Sequence[str], items: Mapping[str, Item], seed: str) -> list[str]:
    """Shuffled, then one of each area in turn."""
    order = list(names)
    seeded("new", seed).shuffle(order)
    rank: dict[str, int] = {}
    turns = []
    for name in order:
        area = items[name].area
        rank[area] = rank.get(area, 0) + 1
        turns.append((rank[area], name))
    return [name for _, name in sorted(turns, key=lambda turn: turn[0])]


def wrong_book(items: Mapping[str, Item], answers: Sequence[Answer], leaves_after: int) -> list[str]:
    """Items answered wrong and not yet right `leaves_after` times in a row since; latest error first."""
    streak: dict[str, int] = {}
    erred: dict[str, datetime] = {}
    for answer in answers:
        item = items.get(answer.item)
        if item is None or item.revision != answer.revision:
            continue
        if not answer.right:
            streak[answer.item], erred[answer.item] = 0, answer.at
        elif answer.item in streak:
            streak[answer.item] += 1
    open_ = [name for name, right in streak.items() if right < leaves_after]
    return sorted(open_, key=lambda name: (erred[name], name), reverse=True)


def mock(items: Mapping[str, Item], count: int, draw: Mapping[str, Sequence[int]], seed: str) -> list[str]:
    """Items of a mock paper, areas in the proportion of the blueprint as far as the bank reaches.

    Items that help with each other (`not_with`) do not meet in one.
    """
    apart = rivals(items.values())
    total = sum(sum(row) for row in draw.values())
    quotas = {area: count * sum(row) / total for area, row in draw.items()}
    by_area: dict[str, list[str]] = {}
    for name in _spread([n for n in items if items[n].type != "short"], items, seed):
        by_area.setdefault(items[name].area, []).append(name)
    chosen: list[str] = []
    while len(chosen) < count and any(by_area.values()):
        open_ = [area for area, names in by_area.items() if names]
        taken = {area: sum(1 for n in chosen if items[n].area == area) for area in open_}
        area = max(open_, key=lambda a: (quotas.get(a, 0) - taken[a], a))
        name = by_area[area].pop(0)
        if not apart.get(name, frozenset()) & set(chosen):
            chosen.append(name)
    seeded("mock", seed).shuffle(chosen)
    return chosen
