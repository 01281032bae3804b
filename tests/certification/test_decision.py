"""Who reaches which level, and what is missing: by how much, and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coursekit.certification.conditions import Candidate, Holding, Tenure
from coursekit.certification.decision import decide
from coursekit.certification.evidence import Evidence
from coursekit.certification.months import add_months, last_day
from coursekit.certification.policy import LevelPolicy
from tests.certification.people import TODAY, full, holder, kpi, newcomer


def gaps(policy: LevelPolicy, person: Candidate, level: str, today: date = TODAY) -> dict[str, object]:
    return {gap.what: gap for gap in decide(policy, person, today).view(level).gaps}


def without(person: Candidate, kind: str) -> Candidate:
    return replace(person, evidence=tuple(piece for piece in person.evidence if piece.kind != kind))


def test_a_newcomer_with_everything_becomes_junior(policy: LevelPolicy) -> None:
    decision = decide(policy, newcomer(full(policy)), TODAY)

    assert (decision.action, decision.level) == ("award", "junior")
    assert decision.view("junior").total == 80.0  # 80 * 0.5 + 80 * 0.3 + 80 * 0.2 (90 % is 80 points)
    assert set(decision.evidence) <= {piece.digest for piece in full(policy)}


@pytest.mark.parametrize("kind", ["theory", "skill", "performance", "onboarding"])
def test_without_a_part_there_is_no_level_and_the_part_is_missing_not_zero(
    policy: LevelPolicy, kind: str
) -> None:
    person = without(newcomer(full(policy)), kind)

    decision = decide(policy, person, TODAY)
    gap = gaps(policy, person, "junior")[kind]

    assert decision.level is None
    assert (gap.kind, gap.have) == ("missing", None)  # type: ignore[attr-defined]


def test_each_part_must_pass_even_when_the_total_would(policy: LevelPolicy) -> None:
    person = newcomer(full(policy, scores=(59.99, 100, 100)))

    found = gaps(policy, person, "junior")

    assert list(found) == ["theory"]
    assert found["theory"].short == 0.01  # type: ignore[attr-defined]


def test_the_total_has_its_own_mark(policy: LevelPolicy) -> None:
    person = replace(holder("junior", date(2025, 1, 1), date(2027, 12, 31)), evidence=full(policy, level="intermediate", scores=(62, 62, 90)))  # fmt: skip

    found = gaps(policy, person, "intermediate")

    assert list(found) == ["total"]
    assert found["total"].have == 66.5  # type: ignore[attr-defined]
    assert found["total"].short == 3.5  # type: ignore[attr-defined]


def test_a_passed_part_is_kept_a_year_to_the_day(policy: LevelPolicy) -> None:
    sat = Evidence("kh0001", "theory", "试卷", date(2025, 6, 30), 80, "junior")
    person = without(newcomer(full(policy)), "theory")
    person = replace(person, evidence=(*person.evidence, sat))

    assert decide(policy, person, date(2026, 6, 30)).level == "junior"
    assert "theory" in gaps(policy, person, "junior", date(2026, 7, 1))


def test_the_gap_says_until_when_the_rest_counts(policy: LevelPolicy) -> None:
    person = newcomer(full(policy, scores=(50, 80, 90)))

    gap = gaps(policy, person, "junior")["theory"]

    assert gap.by == add_months(date(2026, 3, 31), 9)  # type: ignore[attr-defined]


def test_a_third_sitting_within_the_year_does_not_count(policy: LevelPolicy) -> None:
    person = without(newcomer(full(policy)), "theory")
    sat = [
        Evidence("kh0001", "theory", f"卷{n}", date(2026, 1, 10) + timedelta(days=30 * n), score, "junior")
        for n, score in enumerate([50, 55, 90])
    ]

    assert decide(policy, replace(person, evidence=(*person.evidence, *sat)), TODAY).level is None
    assert decide(policy, replace(person, evidence=(*person.evidence, *sat[1:])), TODAY).level == "junior"


def test_a_paper_of_another_level_does_not_count(policy: LevelPolicy) -> None:
    person = newcomer(full(policy, level="senior"))

    assert list(gaps(policy, person, "junior")) == ["theory"]


def test_work_that_waits_for_a_person_holds_the_skill_part_open(policy: LevelPolicy) -> None:
    waiting = Evidence("kh0001", "skill", "16_settlement", date(2026, 5, 1), reason="等人复核")
    person = newcomer((*full(policy), waiting))

    gap = gaps(policy, person, "junior")["skill"]

    assert gap.note == "没有成绩：16_settlement（等人复核）"  # type: ignore[attr-defined]


def test_a_newcomer_cannot_jump(policy: LevelPolicy) -> None:
    assert gaps(policy, newcomer(full(policy, level="senior")), "senior")["previous_months"].kind == "not_yet"  # type: ignore[attr-defined]


def test_the_first_grading_may_count_years_in_post(policy: LevelPolicy) -> None:
    """A company that starts grading need not send people of ten years through junior."""
    person = newcomer(full(policy, level="senior"), post_since=date(2016, 1, 1))

    assert decide(policy, person, TODAY).level == "senior"


def test_time_conditions_say_when_they_are_met(policy: LevelPolicy) -> None:
    gap = gaps(policy, newcomer(full(policy), post_since=date(2026, 3, 1)), "junior")["post_months"]

    assert (gap.since, gap.short) == (date(2026, 9, 1), 63)  # type: ignore[attr-defined]


def test_an_unknown_first_day_is_missing_evidence(policy: LevelPolicy) -> None:
    person = replace(newcomer(full(policy)), post_since=None)

    assert gaps(policy, person, "junior")["post_months"].kind == "missing"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("word", "level"), [("优秀", "intermediate"), ("良好", "intermediate"), ("合格", "junior")]
)
def test_the_appraisal_counts_by_its_place_in_the_order(policy: LevelPolicy, word: str, level: str) -> None:
    pieces = [p for p in full(policy, level="intermediate") if p.kind != "appraisal"]
    pieces.append(Evidence("kh0001", "appraisal", "年度考核", date(2026, 1, 15), grade=word))
    person = holder("junior", date(2025, 1, 1), date(2027, 12, 31), tuple(pieces))

    assert decide(policy, person, TODAY).level == level


def test_promotion_needs_a_year_below(policy: LevelPolicy) -> None:
    pieces = full(policy, level="intermediate")

    early = decide(policy, holder("junior", date(2025, 7, 1), date(2027, 6, 30), pieces), TODAY)
    ready = decide(policy, holder("junior", date(2025, 6, 30), date(2027, 6, 29), pieces), TODAY)

    assert (early.action, ready.action) == ("keep", "promote")


def test_what_if_changes_only_the_part_named(policy: LevelPolicy) -> None:
    person = without(newcomer(full(policy)), "skill")

    assert decide(policy, person, TODAY).level is None
    assert decide(policy, person, TODAY, {"skill": 60}).level == "junior"
    assert decide(policy, person, TODAY, {"skill": 59.9}).level is None


@pytest.mark.parametrize(
    ("today", "action"),
    [(date(2026, 3, 1), "keep"), (date(2026, 6, 30), "renew"), (date(2026, 8, 31), "renew"), (date(2026, 9, 1), "renew")],
)  # fmt: skip
def test_renewal_opens_ninety_days_before_the_end(policy: LevelPolicy, today: date, action: str) -> None:
    pieces = full(policy, today=today)
    person = holder("junior", date(2024, 9, 1), date(2026, 8, 31), pieces)

    assert decide(policy, person, today).action == action


def test_an_expired_level_that_was_not_renewed_lapses(policy: LevelPolicy) -> None:
    decision = decide(policy, holder("junior", date(2024, 1, 1), date(2026, 6, 29)), TODAY)

    assert (decision.action, decision.level) == ("lapse", None)
    assert "失效不是降级" in decision.why


def test_two_weak_periods_in_a_row_take_a_level_down_once(policy: LevelPolicy) -> None:
    weak = tuple(kpi(policy, "kh0001", date(2025, 12, 31), 70) + kpi(policy, "kh0001", date(2026, 3, 31), 70))
    person = holder("senior", date(2025, 1, 1), date(2027, 12, 31), weak)

    decision = decide(policy, person, TODAY)
    again = decide(policy, replace(person, spent=frozenset(decision.evidence)), TODAY)

    assert (decision.action, decision.level) == ("demote", "intermediate")
    assert again.action == "keep"


@pytest.mark.parametrize(
    "periods",
    [
        [(date(2025, 9, 30), 70), (date(2026, 3, 31), 70)],  # a quarter between them
        [(date(2025, 12, 31), 70), (date(2026, 3, 31), 95)],  # only one weak
        [(date(2025, 12, 31), 70), (date(2026, 3, 31), None)],  # evidence missing
        [(date(2024, 9, 30), 70), (date(2024, 12, 31), 70)],  # before the level was held
    ],
)
def test_nobody_falls_for_less(policy: LevelPolicy, periods: list[tuple[date, float | None]]) -> None:
    pieces = tuple(piece for end, value in periods for piece in kpi(policy, "kh0001", end, value))

    assert (
        decide(policy, holder("senior", date(2025, 1, 1), date(2027, 12, 31), pieces), TODAY).action == "keep"
    )


def test_a_red_line_takes_a_level_down_and_bars_a_year(policy: LevelPolicy) -> None:
    breach = Evidence("kh0001", "red_line", "强行搭配", date(2026, 5, 1))
    person = holder(
        "intermediate", date(2025, 1, 1), date(2027, 12, 31), (*full(policy, level="senior"), breach)
    )

    decision = decide(policy, person, TODAY)

    assert (decision.action, decision.level, decision.evidence) == ("demote", "junior", (breach.digest,))
    assert gaps(policy, person, "senior")["red_line"].since == date(2027, 5, 1)  # type: ignore[attr-defined]


def test_from_the_lowest_level_the_fall_is_a_revocation(policy: LevelPolicy) -> None:
    breach = Evidence("kh0001", "red_line", "压货", date(2026, 5, 1))
    decision = decide(policy, holder("junior", date(2025, 1, 1), date(2027, 12, 31), (breach,)), TODAY)

    assert (decision.action, decision.level) == ("revoke", None)


def test_time_after_a_demotion_counts_anew(policy: LevelPolicy) -> None:
    """Old time at the level below does not let a demoted person straight back up."""
    fell = date(2026, 3, 1)
    history = (
        Tenure("junior", date(2022, 1, 1), date(2023, 12, 31)),
        Tenure("intermediate", date(2024, 1, 1), date(2026, 2, 28)),
        Tenure("junior", fell),
    )
    held = Holding("junior", fell, date(2028, 2, 28))
    person = Candidate("kh0001", date(2015, 1, 1), held, history, full(policy, level="intermediate"), fell)

    assert "previous_months" in gaps(policy, person, "intermediate")
    assert "previous_months" not in gaps(policy, replace(person, reset_on=None), "intermediate")


def test_a_vocational_certificate_changes_nothing(policy: LevelPolicy) -> None:
    certificate = Evidence("kh0001", "vocational", "证书", date(2026, 1, 1), grade="三级/高级技能")
    person = newcomer(full(policy))

    assert decide(policy, person, TODAY).level == decide(policy, replace(person, evidence=(*person.evidence, certificate)), TODAY).level  # fmt: skip


def test_a_missed_refresher_is_noticed(policy: LevelPolicy) -> None:
    person = holder("junior", date(2025, 1, 1), date(2027, 12, 31))
    passed = Evidence("kh0001", "refresher", "复习", date(2025, 12, 1), 75)

    assert decide(policy, person, TODAY).notices == ("复习测试应在 2026-01-01 前通过，还没有通过的记录",)
    assert decide(policy, replace(person, evidence=(passed,)), TODAY).notices == ()


def test_the_future_does_not_count(policy: LevelPolicy) -> None:
    person = newcomer(full(policy))

    assert decide(policy, person, date(2026, 3, 1)).level is None


def test_a_day_that_has_passed_is_no_deadline(policy: LevelPolicy) -> None:
    """Once a level ran out, its last day is not the day by which a missing part must be reached."""
    held = Holding("junior", date(2024, 1, 1), date(2025, 12, 31))
    person = Candidate("kh0001", date(2015, 1, 1), held, (Tenure("junior", held.since),), ())

    gaps = decide(policy, person, date(2026, 3, 1)).view("junior").gaps

    assert gaps
    assert all(gap.by is None or gap.by >= date(2026, 3, 1) for gap in gaps)


def test_a_period_that_ends_a_month_counts_to_the_end_of_a_month(policy: LevelPolicy) -> None:
    """Second quarter and nine months: to 31 March, as the other quarters count to the end of theirs."""
    pieces = kpi(policy, "kh0001", date(2026, 6, 30), 90) + kpi(policy, "kh0001", date(2026, 9, 30), 90)

    last = decide(policy, newcomer(tuple(pieces)), date(2027, 3, 31)).view("junior").parts[2]
    after = decide(policy, newcomer(tuple(pieces)), date(2027, 4, 1)).view("junior").parts[2]

    assert (last.score, last.until) == (80.0, date(2027, 3, 31))
    assert after.score is None


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2024, 3, 1), 24, date(2026, 2, 28)),
        (date(2024, 2, 28), 24, date(2026, 2, 27)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
    ],
)
def test_a_term_from_the_end_of_a_month_is_not_a_day_short(begins: date, months: int, ends: date) -> None:
    assert last_day(begins, months) == ends


def test_a_sitting_too_many_is_said_when_its_score_would_have_done(policy: LevelPolicy) -> None:
    sat = [(date(2026, 1, 5), 50.0), (date(2026, 2, 5), 55.0), (date(2026, 3, 5), 61.0)]
    papers = [Evidence("kh0001", "theory", f"卷{on}", on, score, "junior") for on, score in sat]
    person = newcomer((*without(newcomer(full(policy)), "theory").evidence, *papers))

    gap = gaps(policy, person, "junior")["theory"]

    assert gap.note == "55 分，要 60 分，差 5 分；2026-03-05 的 61 分不算，12 个月内只能考 2 次"  # type: ignore[attr-defined]


def test_who_let_a_level_lapse_is_told_what_that_level_asks(policy: LevelPolicy) -> None:
    """Not the lowest one: what lapsed need not be climbed to again. What was taken away must be."""
    past = (
        Tenure("junior", date(2022, 1, 1), date(2023, 12, 31)),
        Tenure("intermediate", date(2024, 1, 1), date(2025, 12, 31)),
    )
    lapsed = replace(newcomer(), history=past)
    ending = holder("intermediate", date(2024, 1, 1), date(2026, 5, 31))
    taken = replace(lapsed, reset_on=date(2026, 1, 1))

    targets = [decide(policy, person, TODAY).target for person in (lapsed, ending, taken, newcomer())]

    assert decide(policy, ending, TODAY).action == "lapse"
    assert targets == ["intermediate", "intermediate", "junior", "junior"]
