"""A cap is said before anything is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coursekit import resources
from coursekit.certification.assessment import Assessed
from coursekit.certification.conditions import Holding
from coursekit.certification.decision import decide
from coursekit.certification.people import Person
from coursekit.certification.policy import LevelPolicy, parse_policy
from coursekit.certification.quota import over_quota
from coursekit.certification.state import PersonState
from tests.certification.people import TODAY, full, newcomer

OPEN = Holding("junior", date(2025, 1, 1), date(2027, 12, 31))


@pytest.fixture(scope="module")
def capped() -> LevelPolicy:
    """At most half may be junior."""
    text = resources.policy("levels").read_text("utf-8")
    cap = '[levels.junior.quota]\nshare = { value = 50, unit = "%", source = "employer" }\n'
    return parse_policy(text.replace("[levels.intermediate]\n", f"{cap}[levels.intermediate]\n"))


def person(policy: LevelPolicy, number: int, held: Holding | None, *, able: bool = False) -> Assessed:
    decision = decide(policy, newcomer(full(policy) if able else ()), TODAY)
    decision = replace(decision, held=held, level=held.level if held else decision.level)
    return Assessed(
        Person(f"p-{number}", f"{number:04d}"), PersonState(held, int(held is not None)), decision
    )


@pytest.mark.parametrize(
    ("holders", "told"), [(1, []), (2, ["登记以后初级客户经理有 3 人，占 60.00%，超过上限 50%"])]
)
def test_a_cap_that_an_award_would_exceed_is_named(
    capped: LevelPolicy, holders: int, told: list[str]
) -> None:
    """Five people, one of them to become junior: with one holder 40 %, with two 60 %."""
    everyone = [person(capped, n, OPEN if n < holders else None) for n in range(4)]
    new = person(capped, 4, None, able=True)
    assert new.decision.level == "junior"

    assert over_quota(capped, [*everyone, new], [new]) == told
    assert over_quota(capped, [*everyone, new], []) == []
    assert over_quota(capped, [], []) == []


def test_without_a_cap_nothing_is_said(policy: LevelPolicy) -> None:
    assert over_quota(policy, [person(policy, 1, OPEN)], []) == []
