"""Promotion by rank with vacancies (赛马, S1-047): a stated order, and no lot drawn in silence.

Candidates who are equal in everything the policy compares, and stand across the last vacancy, are all
left open: a person decides, not the order of a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from coursekit.certification.assessment import Assessed
from coursekit.certification.decision import Action
from coursekit.certification.policy import LevelPolicy
from coursekit.errors import InputError


@dataclass(frozen=True)
class Placed:
    """One candidate in the ranking.

    Parameters
    ----------
    place : int
        From 1; equal candidates share a place.
    outcome : str
        `in`, `out`, or `tied` (stands across the last vacancy).
    key : tuple of float
        What was compared, in the order of the policy.
    places : int
        How many vacancies there were.
    """

    person: str
    place: int
    outcome: str
    key: tuple[float, ...]
    places: int = 0


def rank(
    policy: LevelPolicy, level: str, candidates: Sequence[Assessed], vacancies: int | None = None
) -> list[Placed]:
    """Ranking of those who reached `level` and hold a lower one.

    Parameters
    ----------
    vacancies : int, optional
        Places to give; the policy's by default. Those given on the same day count, so that asking twice
        gives nothing twice.

    Raises
    ------
    InputError
        If the level is none of the policy's or no number of vacancies is known.
    """
    if level not in policy.levels:
        raise InputError("等级", "、".join(policy.ladder), level)
    rule = policy.levels[level].promotion
    places = vacancies if vacancies is not None else (rule.vacancies.value if rule.vacancies else None)
    if places is None or places < 0:
        got = "没有写" if places is None else str(places)
        raise InputError(policy.level_title(level), "名额（办法里的 vacancies 或 --vacancies）", got)
    places = max(0, places - sum(_given_today(one, level) for one in candidates))
    able = [
        one
        for one in candidates
        if one.decision.view(level).reached
        and policy.rank(one.state.held.level if one.state.held else None) < policy.rank(level)
        and one.decision.action not in ("demote", "revoke")
    ]
    keyed = sorted(((_key(policy, level, one), str(one.person.staff_id)) for one in able), reverse=True)
    keys = [key for key, _person in keyed]
    return [
        Placed(person, keys.index(key) + 1, _outcome(keys, key, places), key, places)
        for key, person in sorted(keyed, key=lambda pair: (tuple(-part for part in pair[0]), pair[1]))
    ]


def _given_today(one: Assessed, level: str) -> bool:
    held = one.state.held
    return held is not None and held.level == level and held.since == one.decision.today


def _outcome(keys: list[tuple[float, ...]], key: tuple[float, ...], places: int) -> str:
    first = keys.index(key)
    last = first + keys.count(key) - 1
    if last < places:
        return "in"
    return "out" if first >= places else "tied"


def _key(policy: LevelPolicy, level: str, one: Assessed) -> tuple[float, ...]:
    view = one.decision.view(level)
    values = {part.part: part.score or 0.0 for part in view.parts}
    values["total"] = view.total or 0.0
    post_since = one.person.post_since or date.max
    values["post_since"] = -float(post_since.toordinal())
    return tuple(values[name] for name in policy.ranking.ties.value)


def promoted(
    policy: LevelPolicy,
    level: str,
    placed: Sequence[Placed],
    candidates: Sequence[Assessed],
    chosen: Sequence[str] = (),
) -> list[Assessed]:
    """Those who get `level` by rank, as decisions ready to be recorded.

    Parameters
    ----------
    chosen : sequence of str
        Staff ids that a person picked among those who tie across the last vacancy.

    Raises
    ------
    InputError
        If somebody chosen does not tie, or the choice gives away another number of places than are left.
    """
    tied = [one.person for one in placed if one.outcome == "tied"]
    strangers = [person for person in chosen if person not in tied]
    if strangers:
        raise InputError("--choose", f"同分待定的人（{'、'.join(tied) or '没有'}）", "、".join(strangers))
    if chosen and len(set(chosen)) != (left := _left(placed)):
        raise InputError("--choose", f"{left} 个人", f"{len(set(chosen))} 个")
    by_id = {str(one.person.staff_id): one for one in candidates}
    winners = [one for one in placed if one.outcome == "in" or one.person in chosen]
    return [_decided(policy, level, by_id[one.person], one.place) for one in winners]


def _left(placed: Sequence[Placed]) -> int:
    """Places that the tied share."""
    tied = [one for one in placed if one.outcome == "tied"]
    return tied[0].places - tied[0].place + 1 if tied else 0


def _decided(policy: LevelPolicy, level: str, one: Assessed, place: int) -> Assessed:
    view = one.decision.view(level)
    used = tuple(digest for part in view.parts for digest in part.digests)
    why = f"达到{policy.level_title(level)}的全部条件，按名额排名第 {place} 名"
    action: Action = "award" if one.state.held is None else "promote"
    decision = replace(one.decision, action=action, level=level, why=why, evidence=used, candidate_for=None)
    return replace(one, decision=decision)
