"""Small makers of candidates and evidence for the certification tests."""

from __future__ import annotations

from datetime import date

from coursekit.certification.conditions import Candidate, Holding, Tenure
from coursekit.certification.evidence import Evidence
from coursekit.certification.months import add_months, period_end
from coursekit.certification.policy import LevelPolicy

TODAY = date(2026, 6, 30)


def kpi(policy: LevelPolicy, person: str, end: date, value: float | None) -> list[Evidence]:
    """All indicators of one period at one value. [%]"""
    reason = "" if value is not None else "未统计"
    return [Evidence(person, "performance", name, end, value, reason=reason) for name in policy.indicators]


def full(
    policy: LevelPolicy,
    person: str = "kh0001",
    level: str = "junior",
    scores: tuple[float, float, float] = (80, 80, 90),
    today: date = TODAY,
) -> tuple[Evidence, ...]:
    """Everything a person needs for `level`: theory, skill, performance value, appraisal, cases."""
    theory, skill, value = scores
    pieces = [Evidence(person, "theory", "试卷", add_months(today, -1), theory, level)]
    pieces += [Evidence(person, "skill", f"0{n}_练习", add_months(today, -2), skill) for n in (3, 4, 5)]
    closed = [period_end(year, month) for year in (today.year - 1, today.year) for month in (3, 6, 9, 12)]
    for end in [end for end in closed if end <= today][-2:]:
        pieces += kpi(policy, person, end, value)
    pieces.append(Evidence(person, "appraisal", "年度考核", add_months(today, -5), grade="良好"))
    pieces.append(Evidence(person, "onboarding", "岗前培训", add_months(today, -30), grade="完成"))
    pieces.append(Evidence(person, "guidance_case", "库存指导", add_months(today, -8)))
    return tuple(pieces)


def holder(level: str, since: date, until: date, evidence: tuple[Evidence, ...] = ()) -> Candidate:
    """Somebody in the post for ten years who holds `level`."""
    return Candidate(
        "kh0001",
        add_months(since, -120),
        Holding(level, since, until),
        (Tenure(level, since),),
        evidence,
    )


def newcomer(evidence: tuple[Evidence, ...] = (), post_since: date = date(2025, 1, 1)) -> Candidate:
    """Somebody without a level."""
    return Candidate("kh0001", post_since, evidence=evidence)
