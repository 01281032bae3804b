"""Score of each part (theory, skill, performance) of one person on one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from coursekit.certification.evidence import Evidence, order
from coursekit.certification.months import add_months, fresh_until
from coursekit.certification.policy import LevelPolicy

_MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}

_NONE, _ALL = Decimal(0), Decimal(1)

State = Literal["passed", "short", "missing"]


@dataclass(frozen=True)
class PartView:
    """One part for one level.

    Parameters
    ----------
    score, need : float
        Rounded score (None when evidence is missing) and pass mark, out of 100.
    until : date or None
        Last day on which a passed part still counts.
    why : str
        What is missing, in Chinese.
    digests : tuple of str
        Evidence the score rests on.
    """

    part: str
    score: float | None
    need: float
    until: date | None = None
    why: str = ""
    digests: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Passed, short of the mark, or without evidence."""
        if self.score is None:
            return "missing"
        return "passed" if self.score >= self.need else "short"

    def against(self, policy: LevelPolicy, level: str) -> PartView:
        """The same score against the mark of `level`."""
        need = policy.levels[level].pass_mark(self.part)
        if need == self.need:
            return self
        return PartView(self.part, self.score, need, self.until, self.why, self.digests)


@lru_cache(maxsize=4096)
def exact(value: float) -> Decimal:
    """`value` as it is written, without the error of binary fractions."""
    return Decimal(repr(float(value)))


@lru_cache(maxsize=16)
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def rounded(policy: LevelPolicy, value: float | Decimal) -> float:
    """`value` rounded as the policy says."""
    rule = policy.rounding
    number = value if isinstance(value, Decimal) else exact(value)
    return float(number.quantize(_step(rule.decimals.value), rounding=_MODES[rule.mode.value]))


def counted_attempts(policy: LevelPolicy, pieces: Iterable[Evidence]) -> list[Evidence]:
    """Sittings that count: the first and its resits within `keep_months` of the first.

    Which ones count depends on dates alone, never on scores.
    """
    counted: list[Evidence] = []
    cycle_ends: date | None = None
    in_cycle = 0
    for piece in sorted((piece for piece in pieces if piece.score is not None), key=order):
        if cycle_ends is None or piece.on >= cycle_ends:
            cycle_ends, in_cycle = add_months(piece.on, policy.attempts.keep_months.value), 0
        in_cycle += 1
        if in_cycle <= 1 + policy.attempts.resits.value:
            counted.append(piece)
    return counted


def theory(policy: LevelPolicy, level: str, pieces: Sequence[Evidence], today: date) -> PartView:
    """Best counted sitting of the level's own paper that is still kept."""
    need = policy.levels[level].pass_mark("theory")
    keep = policy.attempts.keep_months.value
    papers = [p for p in pieces if p.kind == "theory" and p.level == level and p.on <= today]
    counted = counted_attempts(policy, papers)
    kept = [piece for piece in counted if add_months(piece.on, keep) >= today]
    if not kept:
        return PartView("theory", None, need, why=_why_no_paper(policy, level, papers, counted))
    best = max(kept, key=lambda piece: piece.score or 0.0)
    score, until = rounded(policy, best.score or 0.0), add_months(best.on, keep)
    return PartView("theory", score, need, until, _beyond(policy, papers, counted), (best.digest,))


def _beyond(policy: LevelPolicy, papers: Sequence[Evidence], counted: Sequence[Evidence]) -> str:
    """Which sittings were one too many, for somebody who asks why a better score is not taken."""
    sat = sorted((piece for piece in papers if piece.score is not None), key=order)
    beyond = [f"{piece.on} 的 {piece.score:g} 分" for piece in sat if piece not in counted]
    if not beyond:
        return ""
    months, times = policy.attempts.keep_months.value, 1 + policy.attempts.resits.value
    return f"{'、'.join(beyond)}不算，{months} 个月内只能考 {times} 次"


def _why_no_paper(
    policy: LevelPolicy, level: str, papers: Sequence[Evidence], counted: Sequence[Evidence]
) -> str:
    title = policy.level_title(level)
    if counted:
        return f"{title}试卷成绩（{counted[-1].on}）已过保留期"
    if papers:
        return f"{title}试卷（{papers[-1].on}）：{papers[-1].reason or '没有成绩'}"
    return f"没有{title}试卷的成绩"


def skill(policy: LevelPolicy, level: str, pieces: Sequence[Evidence], today: date) -> PartView:
    """Mean of the best score in every exercise that is still kept; every one must have a score."""
    need = policy.levels[level].pass_mark("skill")
    keep = policy.attempts.keep_months.value
    best: dict[str, Evidence] = {}
    gone: dict[str, str] = {}
    for piece in pieces:
        if piece.kind != "skill" or piece.level not in (None, level) or piece.on > today:
            continue
        if add_months(piece.on, keep) < today:
            continue
        if piece.score is None:
            gone.setdefault(piece.item, piece.reason or "没有成绩")
        elif piece.item not in best or piece.score > (best[piece.item].score or 0.0):
            best[piece.item] = piece
    lacking = [f"{item}（{reason}）" for item, reason in sorted(gone.items()) if item not in best]
    if lacking:
        return PartView("skill", None, need, why="没有成绩：" + "、".join(lacking))
    least = policy.skill.exercises.value
    if len(best) < least:
        return PartView("skill", None, need, why=f"评过的练习 {len(best)} 次，至少要 {least} 次")
    scores = [exact(piece.score or 0.0) for piece in best.values()]
    until = min(add_months(piece.on, keep) for piece in best.values())
    digests = tuple(sorted(piece.digest for piece in best.values()))
    return PartView("skill", rounded(policy, sum(scores) / len(scores)), need, until, digests=digests)


@dataclass(frozen=True)
class Period:
    """Performance of one period; `score` is None while an indicator is missing."""

    end: date
    score: float | None
    lacking: tuple[str, ...]
    digests: tuple[str, ...]


def periods(policy: LevelPolicy, pieces: Sequence[Evidence], today: date) -> list[Period]:
    """Closed periods with any performance evidence, oldest first."""
    by_end: dict[date, dict[str, Evidence]] = {}
    for piece in pieces:
        if piece.kind == "performance" and piece.on <= today:
            known = by_end.setdefault(piece.on, {})
            if piece.item not in known or known[piece.item].score is None:
                known[piece.item] = piece
    return [_period(policy, end, known) for end, known in sorted(by_end.items())]


def _period(policy: LevelPolicy, end: date, known: dict[str, Evidence]) -> Period:
    total = Decimal(0)
    lacking: list[str] = []
    for name, indicator in policy.indicators.items():
        piece = known.get(name)
        if piece is None or piece.score is None:
            lacking.append(str(indicator.title.value))
            continue
        floor = exact(indicator.floor.value)
        share = (exact(piece.score) - floor) / (exact(indicator.target.value) - floor)
        total += min(max(share, _NONE), _ALL) * exact(indicator.weight.value)
    digests = tuple(sorted(piece.digest for piece in known.values()))
    return Period(end, None if lacking else rounded(policy, total), tuple(lacking), digests)


def performance(policy: LevelPolicy, level: str, closed: Sequence[Period], today: date) -> PartView:
    """Mean of the latest periods; each must be complete and recent enough."""
    need = policy.levels[level].pass_mark("performance")
    count, fresh = policy.performance.periods.value, policy.performance.fresh_months.value
    recent = [period for period in closed if fresh_until(period.end, fresh) >= today][-count:]
    if len(recent) < count:
        return PartView(
            "performance", None, need, why=f"{fresh} 个月内的考核期有 {len(recent)} 期，要 {count} 期"
        )
    lacking = [f"{period.end} 缺{'、'.join(period.lacking)}" for period in recent if period.score is None]
    if lacking:
        return PartView("performance", None, need, why="；".join(lacking))
    scores = [exact(period.score or 0.0) for period in recent]
    digests = tuple(digest for period in recent for digest in period.digests)
    until = fresh_until(recent[0].end, fresh)
    return PartView("performance", rounded(policy, sum(scores) / count), need, until, digests=digests)
