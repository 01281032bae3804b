"""What a person must bring besides scores: time in post, time at the level below, appraisal, cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from coursekit.certification.evidence import Evidence, Kind
from coursekit.certification.months import add_months
from coursekit.certification.policy import LevelPolicy

GapKind = Literal["missing", "short", "not_yet", "barred"]


@dataclass(frozen=True)
class Gap:
    """One thing between a person and a level.

    Parameters
    ----------
    what, title : str
        Part or condition, for machines and for people.
    kind : str
        No evidence, below the mark, too early, or barred by a red line.
    have, need : float, str or None
        What there is (None: no evidence) and what is asked.
    short : float or None
        How much is lacking, in points or days.
    by : date or None
        Last day that still serves; None when there is none.
    since : date or None
        First day on which a time condition is met by itself.
    note : str
        One Chinese sentence.
    """

    what: str
    title: str
    kind: GapKind
    have: float | str | None
    need: float | str
    short: float | None = None
    by: date | None = None
    since: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Tenure:
    """A stretch of time at one level; `until` is None while it lasts."""

    level: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Holding:
    """The level a person holds, and to which day."""

    level: str
    since: date
    until: date


@dataclass(frozen=True)
class Candidate:
    """Everything a decision may look at.

    Parameters
    ----------
    person : str
        Staff id.
    post_since : date or None
        First day in the post.
    held : Holding or None
        Present level, also when its last day has passed and no lapse was recorded.
    history : tuple of Tenure
        All levels ever held, oldest first, the present one included.
    reset_on : date or None
        Day of the last demotion or revocation: time at a level counts from there.
    spent : frozenset of str
        Digests of evidence that already led to a demotion or revocation.
    withdrawn : frozenset of str
        Digests of evidence whose demotion or revocation was voided: it is not held against the person again.
    """

    person: str
    post_since: date | None = None
    held: Holding | None = None
    history: tuple[Tenure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reset_on: date | None = None
    spent: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()

    @cached_property
    def _by_kind(self) -> dict[str, list[Evidence]]:
        groups: dict[str, list[Evidence]] = {}
        for piece in self.evidence:
            groups.setdefault(piece.kind, []).append(piece)
        return groups

    def of_kind(self, kind: Kind) -> Sequence[Evidence]:
        """Evidence of one kind."""
        return self._by_kind.get(kind, ())


def entry_gaps(policy: LevelPolicy, level: str, person: Candidate, today: date) -> list[Gap]:
    """Entry conditions of `level` that `person` does not meet on `today`."""
    entry = policy.levels[level].entry
    gaps: list[Gap | None] = [_barred(policy, person, today)]
    if entry.post_months is not None:
        gaps.append(_in_post(person, entry.post_months.value, today))
    if entry.previous_months is not None:
        gaps.append(_previous(policy, level, person, today, entry.previous_months.value))
    if entry.onboarding is not None and entry.onboarding.value:
        gaps.append(_onboarding(person, today))
    if entry.appraisal is not None:
        gaps.append(_appraisal(policy, entry.appraisal.value, person, today))
    if entry.guidance_cases is not None:
        gaps.append(_cases(person, entry.guidance_cases.value, today))
    return [gap for gap in gaps if gap is not None]


def red_lines(person: Candidate, today: date) -> list[Evidence]:
    """Proven breaches up to `today`."""
    known = [piece for piece in person.of_kind("red_line") if piece.on <= today]
    return [piece for piece in known if piece.digest not in person.withdrawn]


def _barred(policy: LevelPolicy, person: Candidate, today: date) -> Gap | None:
    months = policy.red_line.block_months.value
    ends = [add_months(piece.on, months) for piece in red_lines(person, today)]
    free = max((end for end in ends if end > today), default=None)
    if free is None:
        return None
    note = f"查实踩了红线，{free} 之前不评级、不晋级"
    return Gap("red_line", "红线", "barred", "有", "无", (free - today).days, since=free, note=note)


def _in_post(person: Candidate, months: int, today: date) -> Gap | None:
    if person.post_since is None:
        note = "名册里没有入岗日期"
        return Gap("post_months", "在岗时间", "missing", None, f"{months} 个月", note=note)
    return _time_gap("post_months", "在岗时间", add_months(person.post_since, months), months, today)


def _time_gap(what: str, title: str, ready: date, months: int, today: date) -> Gap | None:
    if ready <= today:
        return None
    note = f"满 {months} 个月要到 {ready}"
    return Gap(what, title, "not_yet", None, f"{months} 个月", (ready - today).days, since=ready, note=note)


def _previous(policy: LevelPolicy, level: str, person: Candidate, today: date, months: int) -> Gap | None:
    """Time at the level below; a level lost by lapse alone need not be climbed again."""
    entry = policy.levels[level].entry
    start = person.reset_on or date.min
    counted = [t for t in person.history if t.since >= start and t.since <= today]
    known = [tenure.level for tenure in counted if tenure.level in policy.levels]  # others are long past
    if any(policy.rank(one) >= policy.rank(level) for one in known):
        return None
    below = policy.below(level)
    if below is None:
        return None
    title = f"任{policy.level_title(below)}时间"
    if not person.history and entry.first_grading_post_months is not None:
        return _first_grading(person, entry.first_grading_post_months.value, today)
    held = [tenure for tenure in counted if tenure.level == below]
    if not held:
        note = f"还没有当过{policy.level_title(below)}"
        return Gap("previous_months", title, "not_yet", 0.0, f"{months} 个月", note=note)
    earlier = sum(((t.until or today) - t.since for t in held[:-1]), start=today - today)
    ready = add_months(held[-1].since, months) - earlier
    ended = held[-1].until
    if ended is not None and ended < ready:
        note = f"任{policy.level_title(below)}没有满 {months} 个月就中断了"
        return Gap(
            "previous_months", title, "not_yet", None, f"{months} 个月", (ready - ended).days, note=note
        )
    return _time_gap("previous_months", title, ready, months, today)


def _first_grading(person: Candidate, months: int, today: date) -> Gap | None:
    if person.post_since is None:
        note = "名册里没有入岗日期"
        return Gap("previous_months", "首次定级的在岗时间", "missing", None, f"{months} 个月", note=note)
    ready = add_months(person.post_since, months)
    return _time_gap("previous_months", "首次定级的在岗时间", ready, months, today)


def _onboarding(person: Candidate, today: date) -> Gap | None:
    if any(piece.on <= today for piece in person.of_kind("onboarding")):
        return None
    return Gap("onboarding", "岗前培训", "missing", None, "完成", note="没有岗前培训完成的记录")


def _appraisal(policy: LevelPolicy, least: str, person: Candidate, today: date) -> Gap | None:
    fresh = policy.appraisal.fresh_months.value
    known = [
        piece
        for piece in person.of_kind("appraisal")
        if piece.on <= today <= add_months(piece.on, fresh) and piece.grade
    ]
    if not known:
        return Gap("appraisal", "年度考核", "missing", None, least, note=f"没有 {fresh} 个月内的年度考核结果")
    latest = max(known, key=lambda piece: (piece.on, piece.item))
    words = policy.appraisal.order.value
    if latest.grade in words and words.index(latest.grade) >= words.index(least):
        return None
    note = f"最近一次年度考核（{latest.on}）是{latest.grade}，要{least}及以上"
    return Gap("appraisal", "年度考核", "short", latest.grade, least, note=note)


def _cases(person: Candidate, count: int, today: date) -> Gap | None:
    items = {piece.item for piece in person.of_kind("guidance_case") if piece.on <= today}
    if len(items) >= count:
        return None
    note = f"通过评审的指导案例 {len(items)} 个，要 {count} 个"
    lacking = float(count - len(items))
    if not items:
        return Gap("guidance_cases", "指导案例", "missing", None, f"{count} 个", lacking, note=note)
    return Gap("guidance_cases", "指导案例", "short", float(len(items)), f"{count} 个", lacking, note=note)
