"""Which level a person may hold on a day, or what is missing: a pure function of policy and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from coursekit.certification import parts
from coursekit.certification.conditions import Candidate, Gap, Holding, entry_gaps, red_lines
from coursekit.certification.months import add_months
from coursekit.certification.parts import PartView, Period, exact, rounded
from coursekit.certification.policy import LevelPolicy

Action = Literal["award", "renew", "promote", "demote", "lapse", "revoke", "keep", "none"]


@dataclass(frozen=True)
class LevelView:
    """How a person stands against one level."""

    level: str
    parts: tuple[PartView, ...]
    total: float | None
    gaps: tuple[Gap, ...]

    @property
    def reached(self) -> bool:
        """Whether nothing is lacking."""
        return not self.gaps


@dataclass(frozen=True)
class Decision:
    """What the policy proposes for one person on one day.

    Parameters
    ----------
    action, level : str
        Proposal and the level held after it (None: no level).
    candidate_for : str or None
        Level that is reached but given by rank with vacancies.
    why : str
        One Chinese sentence.
    evidence : tuple of str
        Digests of the evidence the proposal rests on.
    notices : tuple of str
        Things a person should know that change nothing today.
    aim : str or None
        Level that was lost by lapse alone: it need not be climbed to again.
    """

    person: str
    today: date
    held: Holding | None
    action: Action
    level: str | None
    why: str
    views: tuple[LevelView, ...]
    policy: str
    evidence: tuple[str, ...] = ()
    candidate_for: str | None = None
    notices: tuple[str, ...] = ()
    aim: str | None = None

    def view(self, level: str) -> LevelView:
        """How the person stands against `level`."""
        return next(view for view in self.views if view.level == level)

    @property
    def target(self) -> str | None:
        """The level whose gaps matter to the person now: the one that lapsed, else the next one up."""
        if self.aim is not None and not self.view(self.aim).reached:
            return self.aim
        open_views = [view for view in self.views if not view.reached]
        names = [view.level for view in self.views]
        floor = names.index(self.level) if self.level else -1
        above = [view.level for view in open_views if names.index(view.level) > floor]
        return above[0] if above else None


class _Shared(NamedTuple):
    """What is the same for every level; `skill` is None when some skill evidence is for one level only."""

    closed: Sequence[Period]
    performance: PartView
    skill: PartView | None
    assume: Mapping[str, float]


def _shared(policy: LevelPolicy, person: Candidate, today: date, assume: Mapping[str, float]) -> _Shared:
    lowest, exercises = policy.ladder[0], person.of_kind("skill")
    closed = parts.periods(policy, person.of_kind("performance"), today)
    skill = None
    if all(piece.level is None for piece in exercises):
        skill = parts.skill(policy, lowest, exercises, today)
    return _Shared(closed, parts.performance(policy, lowest, closed, today), skill, assume)


def _assess(policy: LevelPolicy, person: Candidate, today: date, shared: _Shared) -> tuple[LevelView, ...]:
    return tuple(_level_view(policy, level, person, today, shared) for level in policy.ladder)


def _level_view(
    policy: LevelPolicy, level: str, person: Candidate, today: date, shared: _Shared
) -> LevelView:
    skill = shared.skill or parts.skill(policy, level, person.of_kind("skill"), today)
    views = [
        parts.theory(policy, level, person.of_kind("theory"), today),
        skill.against(policy, level),
        shared.performance.against(policy, level),
    ]
    if shared.assume:
        scores = [shared.assume.get(f"{view.part}.{level}", shared.assume.get(view.part)) for view in views]
        views = [_assumed(policy, view, score, today) for view, score in zip(views, scores, strict=True)]
    by = _deadline(person, level, views, today)
    gaps = entry_gaps(policy, level, person, today)
    gaps += [_part_gap(policy, view, by) for view in views if view.state != "passed"]
    total = _total(policy, level, views)
    need = policy.levels[level].pass_mark("total")
    if total is not None and total < need:
        gaps.append(_short_gap(policy, "total", total, need, by))
    return LevelView(level, tuple(views), total, tuple(gaps))


def _assumed(policy: LevelPolicy, view: PartView, score: float | None, today: date) -> PartView:
    if score is None:
        return view
    until = add_months(today, policy.attempts.keep_months.value)
    return replace(view, score=rounded(policy, score), until=until, why="", digests=())


def _total(policy: LevelPolicy, level: str, views: Sequence[PartView]) -> float | None:
    total = Decimal(0)
    for view in views:
        if view.score is None:
            return None
        total += exact(view.score) * exact(policy.levels[level].weight(view.part))
    return rounded(policy, total / 100)


def _deadline(person: Candidate, level: str, views: Sequence[PartView], today: date) -> date | None:
    """Last day that still serves: the end of the held term, or of the first kept part to expire."""
    if person.held is not None and person.held.level == level and person.held.until >= today:
        return person.held.until
    return min((view.until for view in views if view.until and view.state == "passed"), default=None)


def _part_gap(policy: LevelPolicy, view: PartView, by: date | None) -> Gap:
    if view.score is None:
        return Gap(view.part, policy.part_title(view.part), "missing", None, view.need, by=by, note=view.why)
    gap = _short_gap(policy, view.part, view.score, view.need, by)
    return replace(gap, note=f"{gap.note}；{view.why}") if view.why else gap


def _short_gap(policy: LevelPolicy, part: str, score: float, need: float, by: date | None) -> Gap:
    lacking = float(exact(need) - exact(score))
    note = f"{score:g} 分，要 {need:g} 分，差 {lacking:g} 分"
    return Gap(part, policy.part_title(part), "short", score, need, lacking, by, note=note)


def failed_run(policy: LevelPolicy, person: Candidate, closed: Sequence[Period]) -> list[Period]:
    """The latest consecutive periods below the pass mark, if they are enough for a demotion.

    A period with missing evidence breaks the run: nobody falls for lack of evidence.
    """
    if person.held is None:
        return []
    level = policy.levels[person.held.level]
    count = level.demotion.failed_periods.value
    since, used = person.held.since, person.spent | person.withdrawn
    run = [p for p in closed if p.end >= since and not used.intersection(p.digests)][-count:]
    if len(run) < count or any(p.score is None or p.score >= level.pass_mark("performance") for p in run):
        return []
    gap = timedelta(days=3)  # months have different lengths
    for earlier, later in pairwise(run):
        if later.end > add_months(earlier.end, policy.performance.period_months.value) + gap:
            return []
    return run


def decide(
    policy: LevelPolicy, person: Candidate, today: date, assume: Mapping[str, float] | None = None
) -> Decision:
    """What the policy proposes for `person` on `today`; same input, same output.

    Raising any score never lowers the level that is held after the proposal.
    """
    shared = _shared(policy, person, today, assume or {})
    views = _assess(policy, person, today, shared)
    reached = {view.level: view for view in views if view.reached}
    by_rank = [name for name in reached if policy.levels[name].promotion.mode.value == "rank"]
    by_score = [name for name in reached if name not in by_rank]
    notices = _notices(policy, person, today)
    if person.held is None:
        action, level, why, used = _without_level(policy, views, by_score)
    else:
        stand = _Stand(today, views, by_score, shared.closed)
        action, level, why, used = _with_level(policy, person, person.held, stand)
    if action in ("demote", "revoke"):
        views = tuple(_without_deadlines(view) for view in views)  # the held term ends here
    above = [name for name in by_rank if policy.rank(name) > policy.rank(level)]
    candidate_for = above[-1] if above and action not in ("demote", "revoke") else None
    return Decision(
        person.person,
        today,
        person.held,
        action,
        level,
        why,
        views,
        policy.digest,
        used,
        candidate_for,
        notices,
        _lapsed(policy, person) if level is None and action != "revoke" else None,
    )


def _lapsed(policy: LevelPolicy, person: Candidate) -> str | None:
    """The level held last, unless it was taken away."""
    start = person.reset_on or date.min
    levels = [tenure.level for tenure in person.history if tenure.since >= start]
    return levels[-1] if levels and levels[-1] in policy.levels else None


def _without_deadlines(view: LevelView) -> LevelView:
    return replace(view, gaps=tuple(replace(gap, by=None) for gap in view.gaps))


_Proposal = tuple[Action, str | None, str, tuple[str, ...]]


class _Stand(NamedTuple):
    """What a proposal looks at: the day, the views, levels reached by score, closed periods."""

    today: date
    views: Sequence[LevelView]
    by_score: Sequence[str]
    closed: Sequence[Period]


def _used(view: LevelView) -> tuple[str, ...]:
    return tuple(digest for part in view.parts for digest in part.digests)


def _without_level(policy: LevelPolicy, views: Sequence[LevelView], by_score: Sequence[str]) -> _Proposal:
    if not by_score:
        return "none", None, "还没有达到任何一级", ()
    level = by_score[-1]
    view = next(view for view in views if view.level == level)
    return "award", level, f"达到{policy.level_title(level)}的全部条件，总分 {view.total:g}", _used(view)


def _with_level(policy: LevelPolicy, person: Candidate, held: Holding, stand: _Stand) -> _Proposal:
    today, views, by_score, _closed = stand
    view = next(view for view in views if view.level == held.level)
    title = policy.level_title(held.level)
    higher = [name for name in by_score if policy.rank(name) > policy.rank(held.level)]
    expired = today > held.until
    if expired and not view.reached and not higher:
        return "lapse", None, f"{title}到 {held.until} 为止，到期没有复评通过；失效不是降级", ()
    fallen = _fall(policy, person, held, stand)
    if fallen is not None:
        return fallen
    if higher:
        best = next(view for view in views if view.level == higher[-1])
        why = f"达到{policy.level_title(higher[-1])}的全部条件，总分 {best.total:g}"
        return "promote", higher[-1], why, _used(best)
    window = held.until - timedelta(days=policy.renewal.window_days.value)
    if today >= window and view.reached:
        return "renew", held.level, f"复评通过，总分 {view.total:g}", _used(view)
    if today >= window:
        return "keep", held.level, f"{title}到 {held.until} 为止，复评还差 {len(view.gaps)} 项", ()
    return "keep", held.level, f"{title}有效到 {held.until}", ()


def _fall(policy: LevelPolicy, person: Candidate, held: Holding, stand: _Stand) -> _Proposal | None:
    lower = policy.below(held.level)
    action: Action = "demote" if lower else "revoke"
    if policy.levels[held.level].demotion.red_line.value:
        breaches = [piece for piece in red_lines(person, stand.today) if piece.digest not in person.spent]
        if breaches:
            what = "、".join(f"{piece.item}（{piece.on}）" for piece in breaches)
            return action, lower, f"踩了红线：{what}", tuple(piece.digest for piece in breaches)
    run = failed_run(policy, person, stand.closed)
    if run:
        shown = "、".join(f"{period.end} {period.score:g} 分" for period in run)
        used = tuple(digest for period in run for digest in period.digests)
        return action, lower, f"连续 {len(run)} 期业绩不到及格：{shown}", used
    return None


def _notices(policy: LevelPolicy, person: Candidate, today: date) -> tuple[str, ...]:
    held = person.held
    if held is None:
        return ()
    months = policy.levels[held.level].refresher_months
    if months is None:
        return ()
    mark = policy.levels[held.level].pass_mark("theory")
    papers = [
        piece
        for piece in person.of_kind("theory")
        if piece.level in policy.levels and policy.rank(piece.level) >= policy.rank(held.level)
    ]
    passed = [
        piece.on
        for piece in [*person.of_kind("refresher"), *papers]  # who passes a whole paper is refreshed
        if piece.on <= today and piece.score is not None and piece.score >= mark
    ]
    due = add_months(max([held.since, *passed]), months.value)
    if due >= today:
        return ()
    return (f"复习测试应在 {due} 前通过，还没有通过的记录",)
