"""Promotion by rank with vacancies (赛马, S1-047): a stated order, and no lot drawn in silence.

Candidates who are equal in everything the policy compares, and stand across the last vacancy, are all
left open: a person decides, not the order of a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coursekit.certification.assessment import Assessed
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
    """

    person: str
    place: int
    outcome: str
    key: tuple[float, ...]


def rank(
    policy: LevelPolicy, level: str, candidates: Sequence[Assessed], vacancies: int | None = None
) -> list[Placed]:
    """Ranking of those who reached `level` and hold a lower one.

    Parameters
    ----------
    vacancies : int, optional
        Places to give; the policy's by default.

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
        raise InputError(policy.level_title(level), "名额（办法里的 vacancies 或 --vacancies）", "没有写")
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
        Placed(person, keys.index(key) + 1, _outcome(keys, key, places), key)
        for key, person in sorted(keyed, key=lambda pair: (tuple(-part for part in pair[0]), pair[1]))
    ]


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
