"""What speaks for or against a level: one piece each, with its origin and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from coursekit.errors import ContentError

Kind = Literal[
    "theory",  # a marked paper, score out of 100, for one level
    "skill",  # a graded exercise or case, score out of 100
    "performance",  # one indicator in one period, in the unit of the indicator
    "refresher",  # yearly refresher test, score out of 100
    "appraisal",  # yearly appraisal, a word
    "onboarding",  # onboarding finished
    "guidance_case",  # an approved guidance case
    "red_line",  # a proven breach of a red line
    "vocational",  # certificate of the other system: kept, never converted
]


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence; `score` is None when there is none, which is not zero.

    Parameters
    ----------
    person : str
        Staff id.
    kind, item : str
        What it is and which one (paper, assignment, indicator).
    on : date
        Day of the test, or last day of the period.
    score : float or None
        See `Kind`; None means missing and `reason` says why.
    level : str or None
        Level it speaks for; None for all.
    grade : str
        Appraisal word or certificate name.
    source : str
        File and row, or course and assignment. Not part of the digest.
    """

    person: str
    kind: Kind
    item: str
    on: date
    score: float | None = None
    level: str | None = None
    grade: str = ""
    reason: str = ""
    source: str = field(default="", compare=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, hex; the same wherever it was read from, and naming nobody."""
        return content_digest(
            (self.kind, self.item, self.on, self.score, self.level, self.grade, self.reason)
        )

    @property
    def key(self) -> tuple[str, str, str, date, str | None]:
        """What a piece is about; two scores under one key contradict each other."""
        return (self.person, self.kind, self.item, self.on, self.level)


Content = tuple[str, str, date, float | None, str | None, str, str]
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def content_digest(content: Content) -> str:
    """Digest of a piece from kind, item, day, score, level, grade and reason."""
    kind, item, on, score, level, grade, reason = content
    number = None if score is None else float(score)
    plain = [kind, item, on.isoformat(), number, level, grade, reason]
    return hashlib.sha256(_ENCODER.encode(plain).encode()).hexdigest()


def merge(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """All pieces without repeats, in a fixed order.

    Raises
    ------
    ContentError
        If two sources give different scores for the same thing; each pair is named.
    """
    found: dict[tuple[str, str, str, date, str | None], Evidence] = {}
    faults: list[str] = []
    for piece in pieces:
        other = found.setdefault(piece.key, piece)
        if other.digest == piece.digest:
            continue
        if other.score is None and piece.score is not None and other.grade == piece.grade:
            found[piece.key] = piece
        elif not (piece.score is None and other.score is not None and other.grade == piece.grade):
            faults.append(
                f"{piece.person} 的「{piece.item}」（{piece.on}）：{other.source} 是 {_shown(other)}，"
                f"{piece.source} 是 {_shown(piece)}，请核对后留一个"
            )
    if faults:
        raise ContentError("成绩材料", faults)
    return tuple(sorted(found.values(), key=order))


def _shown(piece: Evidence) -> str:
    return piece.grade or ("没有成绩" if piece.score is None else f"{piece.score:g}")


def order(piece: Evidence) -> tuple[str, str, date, str, str]:
    """Sorting key that does not look at the score."""
    return (piece.person, piece.kind, piece.on, piece.item, piece.level or "")


def by_person(pieces: Sequence[Evidence]) -> dict[str, tuple[Evidence, ...]]:
    """Pieces of each person."""
    groups: dict[str, list[Evidence]] = {}
    for piece in pieces:
        groups.setdefault(piece.person, []).append(piece)
    return {person: tuple(group) for person, group in groups.items()}
