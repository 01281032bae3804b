"""Which assignments of a course are theory papers, and for which level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from coursekit.certification.policy import LevelPolicy


@dataclass(frozen=True)
class PaperLevels:
    """Names of papers and the levels they speak for.

    Parameters
    ----------
    rules : tuple of (str, str)
        Name of an assignment or a blueprint, `*` for any characters, and its level; the first that fits
        counts.
    known : tuple of str or None
        Levels a blueprint may be named after; None for any.
    """

    rules: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] | None = None

    def of(self, assignment: str, blueprint: str = "") -> str | None:
        """Level that the paper `assignment`, drawn by `blueprint`, speaks for; None when it is no paper."""
        for pattern, level in self.rules:
            if fnmatchcase(assignment, pattern) or (blueprint and fnmatchcase(blueprint, pattern)):
                return level
        return blueprint if blueprint and (self.known is None or blueprint in self.known) else None


def paper_levels(policy: LevelPolicy, given: Mapping[str, str] | None = None) -> PaperLevels:
    """What was given, then what the policy says, then the blueprints named after its levels."""
    stated = tuple((pattern, str(paper.value)) for pattern, paper in policy.papers.items())
    return PaperLevels((*(given or {}).items(), *stated), policy.ladder)
