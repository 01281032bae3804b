"""Which works share what only they have: winnowed fingerprints with names put aside. Pure.

What everybody was given, what the instructor's own solution says and what many people wrote are no sign
of copying, so they count for nothing: short exercises have few right answers.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Literal

import numpy as np

Kind = Literal["code", "text"]


@dataclass(frozen=True)
class Part:
    """One piece of a hand-in: a cell or a form field."""

    place: str
    kind: Kind
    text: str


@dataclass(frozen=True)
class Rule:
    """When two works count as alike.

    Attributes
    ----------
    window : int
        Shortest run that counts as the same [tokens or characters].
    least : int
        Least length of all that is the same [tokens or characters].
    threshold : float
        Least share of the shorter own work, 0 to 1.
    """

    window: int
    least: int
    threshold: float


@dataclass(frozen=True)
class Common:
    """More people than this many make a fragment everybody's."""

    share: float
    least: int
    most: int

    def limit(self, people: int) -> int:
        """Greatest number of people a fragment may have and still be somebody's own."""
        return max(self.least, min(int(self.share * people), self.most))


@dataclass(frozen=True)
class Side:
    """What of one work also stands in the other: by place, spans of its text [start, end)."""

    place: str
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Pair:
    """Two works alike.

    Attributes
    ----------
    likeness : float
        Share of the shorter own work that also stands in the other, 0 to 1.
    tokens : int
        Length of what is alike [tokens, or characters of a text].
    """

    first: str
    second: str
    kind: Kind
    likeness: float
    tokens: int
    first_sides: tuple[Side, ...] = field(default=(), repr=False)
    second_sides: tuple[Side, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class _Print:
    """Fingerprint of one part: where each run of `window` begins, and where that is in the text."""

    part: Part
    runs: Mapping[int, Sequence[int]]
    origin: np.ndarray


def alike(
    works: Mapping[str, Sequence[Part]], given: Iterable[Part], rules: Mapping[Kind, Rule], common: Common
) -> list[Pair]:
    """Pairs of works that are alike by the rules, the most alike first.

    Parameters
    ----------
    works : mapping
        Parts of each hand-in by student; their order does not matter.
    given : iterable of Part
        What counts for nothing.
    rules : mapping
        Rule by kind of part.
    common : Common
        When a fragment counts as everybody's.
    """
    given = list(given)
    found: list[Pair] = []
    for kind, rule in rules.items():
        prints = {
            who: [_print(p, rule.window) for p in parts if p.kind == kind] for who, parts in works.items()
        }
        known = {run for part in given if part.kind == kind for run in _print(part, rule.window).runs}
        found += _pairs(kind, prints, known, (rule, common.limit(len(works))))
    return sorted(found, key=lambda pair: (-pair.likeness, -pair.tokens, pair.first, pair.second, pair.kind))


def _pairs(
    kind: Kind, prints: Mapping[str, list[_Print]], known: set[int], rule_limit: tuple[Rule, int]
) -> list[Pair]:
    rule, limit = rule_limit
    runs = {who: {run for one in own for run in one.runs} - known for who, own in prints.items()}
    people = Counter(run for own in runs.values() for run in own)
    own = {who: {run for run in mine if people[run] <= limit} for who, mine in runs.items()}
    length = {who: _covered(prints[who], mine, rule.window) for who, mine in own.items()}
    found = []
    for (first, second), count in _sharing(own).items():
        if count * rule.window < rule.least:
            continue
        shared = own[first] & own[second]
        both = {who: _covered(prints[who], shared, rule.window) for who in (first, second)}
        likeness = max(both[who] / length[who] for who in both)
        tokens = min(both.values())
        if tokens >= rule.least and likeness >= rule.threshold:
            sides = [_sides(prints[who], shared, rule.window) for who in (first, second)]
            found.append(Pair(first, second, kind, round(likeness, 3), tokens, sides[0], sides[1]))
    return found


def _sharing(own: Mapping[str, set[int]]) -> Counter[tuple[str, str]]:
    """How many runs each two works share; only pairs that share any."""
    holders: dict[int, list[str]] = {}
    for who in sorted(own):
        for run in own[who]:
            holders.setdefault(run, []).append(who)
    return Counter(pair for people in holders.values() for pair in combinations(people, 2))


def _print(part: Part, window: int) -> _Print:
    text, origin = _plain_code(part.text) if part.kind == "code" else _plain_text(part.text)
    runs: dict[int, list[int]] = {}
    for start in range(len(text) - window + 1):
        runs.setdefault(hash(text[start : start + window]), []).append(start)
    return _Print(part, runs, origin)


@lru_cache(maxsize=4096)  # most cells of a class are the same few texts
def _plain_code(text: str) -> tuple[str, np.ndarray]:
    """Code with names, strings and comments put aside, and where each of its characters came from."""
    from copydetect import CodeFingerprint

    found = CodeFingerprint("part.py", 1, 1, language="python", fp=io.StringIO(text))
    plain = str(found.filtered_code)
    places = np.arange(len(plain) + 1)
    if len(found.offsets):
        starts, cut = found.offsets[:, 0], np.maximum.accumulate(found.offsets[:, 1])
        places = places + cut[np.clip(np.searchsorted(starts, places), 0, len(cut) - 1)]
    return plain, np.minimum(places, len(text))


def _plain_text(text: str) -> tuple[str, np.ndarray]:
    """Letters and figures of a text, and where each of them came from."""
    kept = [(char.casefold()[:1], place) for place, char in enumerate(text) if char.isalnum()]
    return "".join(char for char, _ in kept), np.array([place for _, place in kept] + [len(text)])


def _mask(one: _Print, runs: set[int], window: int) -> np.ndarray:
    covered = np.zeros(len(one.origin) + window, dtype=bool)
    for run in one.runs.keys() & runs:
        for start in one.runs[run]:
            covered[start : start + window] = True
    return covered[: len(one.origin) - 1]


def _covered(prints: Iterable[_Print], runs: set[int], window: int) -> int:
    return int(sum(_mask(one, runs, window).sum() for one in prints))


def _sides(prints: Iterable[_Print], runs: set[int], window: int) -> tuple[Side, ...]:
    sides = []
    for one in prints:
        covered = _mask(one, runs, window)
        if covered.any():
            edges = np.flatnonzero(np.diff(np.concatenate([[False], covered, [False]]).astype(int)))
            pairs = zip(edges[::2], edges[1::2], strict=True)
            spans = tuple((int(one.origin[start]), int(one.origin[end - 1]) + 1) for start, end in pairs)
            sides.append(Side(one.part.place, one.part.text, spans))
    return tuple(sides)
