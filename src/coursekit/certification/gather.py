"""All evidence for a decision, from courses and sheets, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coursekit.certification.coursework import papers_without_level, read_course
from coursekit.certification.evidence import Evidence, merge
from coursekit.certification.kpi import read_kpi
from coursekit.certification.paper_levels import paper_levels
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.scores import read_scores
from coursekit.certification.sheets import read_sheet


@dataclass(frozen=True)
class Gathered:
    """Evidence without repeats, and what was left aside with the reason."""

    pieces: tuple[Evidence, ...]
    refused: tuple[str, ...]


def read_table(path: Path, policy: LevelPolicy) -> Gathered:
    """Evidence of one sheet; a column 考核期 makes it a KPI sheet."""
    sheet = read_sheet(path)
    if "period" in sheet.columns:
        kpi = read_kpi(path, policy, sheet)
        return Gathered(kpi.pieces, tuple(f"{path.name}：{reason}" for reason in kpi.refused))
    sheet = read_sheet(path, ("staff_id", "on"))
    return Gathered(tuple(read_scores(path, policy, sheet)), ())


def gather(
    policy: LevelPolicy,
    courses: Sequence[Path],
    tables: Sequence[Path],
    today: date | None = None,
    papers: Mapping[str, str] | None = None,
) -> Gathered:
    """Evidence from graded courses and from score and KPI sheets.

    Parameters
    ----------
    papers : mapping of str to str, optional
        Assignments that are theory papers, with their level; see `PaperLevels`.

    Raises
    ------
    InputError, ContentError
        If a source cannot be read, or two of them contradict each other.
    """
    pieces: list[Evidence] = []
    refused: list[str] = []
    levels = paper_levels(policy, papers)
    for course in courses:
        pieces.extend(read_course(course, today=today, levels=levels))
        refused.extend(papers_without_level(course, levels))
    for path in tables:
        table = read_table(path, policy)
        pieces.extend(table.pieces)
        refused.extend(table.refused)
    return Gathered(merge(pieces), tuple(refused))
