"""How many may hold a level: a cap is said before anything is recorded, HR decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from coursekit.certification.assessment import Assessed
from coursekit.certification.policy import LevelPolicy


def over_quota(policy: LevelPolicy, everyone: Sequence[Assessed], chosen: Iterable[Assessed]) -> list[str]:
    """Caps that would be exceeded among `everyone` once the proposals of `chosen` are recorded, in words."""
    levels = {one.person.staff_id: one.state.held.level if one.state.held else None for one in everyone}
    levels.update({one.person.staff_id: one.decision.level for one in chosen})
    counts = Counter(levels.values())
    found = []
    for name in policy.ladder:
        quota = policy.levels[name].quota
        share = 100 * counts[name] / len(levels) if levels else 0.0
        if quota is not None and share > quota.share.value:
            title = policy.level_title(name)
            told = f"登记以后{title}有 {counts[name]} 人，占 {share:.2f}%，超过上限 {quota.share.value:g}%"
            found.append(told)
    return found
