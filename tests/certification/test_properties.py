"""What no sequence of commands and no score may ever bring about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import resources
from coursekit.certification.conditions import Candidate, Holding, Tenure
from coursekit.certification.decision import decide
from coursekit.certification.events import Command
from coursekit.certification.evidence import Evidence
from coursekit.certification.months import add_months, last_day
from coursekit.certification.policy import load_policy, parse_policy
from coursekit.certification.state import PersonState, replay, state_on
from coursekit.certification.terms import level_on, terms
from coursekit.errors import DomainError

POLICY = load_policy(resources.policy("levels"))
BY_RANK = parse_policy(
    resources.policy("levels").read_text("utf-8").replace(
        '[levels.senior.promotion]\nmode = { value = "score"',
        '[levels.senior.promotion]\nvacancies = { value = 1, source = "employer" }\nmode = { value = "rank"',
    )
)  # fmt: skip
START = date(2026, 1, 1)
LEVELS = [("junior", 1), ("intermediate", 2), ("senior", 3)]
KINDS = [
    "award",
    "renew",
    "promote",
    "demote",
    "lapse",
    "revoke",
    "correct",
    "appeal_opened",
    "appeal_decided",
]


@st.composite
def commands(draw: st.DrawFn, known: list[Command]) -> Command:
    """Mostly plausible commands: days go on (or stand still), terms are mostly positive, targets mostly exist."""
    kind = draw(st.sampled_from(KINDS))
    level, rank = draw(st.sampled_from(LEVELS))
    last = known[-1].happened_on if known else draw(st.sampled_from([START, date(2024, 2, 29)]))
    happened = last + timedelta(days=draw(st.one_of(st.just(0), st.integers(-20, 400))))
    first = happened + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 30, -30])))
    until = first + timedelta(days=draw(st.sampled_from([700, 1000, 300, 0, -1, -300])))
    changes: dict[str, object] = {}
    if kind == "correct":
        moved = (first + timedelta(days=draw(st.integers(-400, 400)))).isoformat()
        changes = draw(
            st.sampled_from(
                [
                    {"void": True},
                    {"valid_until": moved},
                    {"valid_from": moved},
                    {"level": level, "rank": rank},
                    {"colour": "red"},
                    {},
                ]
            )
        )
    if kind == "appeal_decided":
        changes = {"outcome": draw(st.sampled_from(["upheld", "rejected", "perhaps"]))}
    if kind == "lapse" and draw(st.booleans()):
        changes = {"cause": "left"}
    gives = kind in ("award", "renew", "promote", "demote")
    return Command(
        kind,  # type: ignore[arg-type]
        "p-1",
        happened,
        draw(st.sampled_from(["hr01"] * 9 + [""])),
        "原因",
        level if gives else None,
        rank if gives else 0,
        first if gives else None,
        until if gives else None,
        target=draw(st.sampled_from([*(event.event_id for event in known), "nobody"])),
        changes=changes,
        event_id=f"e{len(known)}",
    )


def check(state: PersonState, events: list[Command]) -> None:
    """What must hold after any accepted sequence."""
    if state.held is not None:
        assert state.held.since <= state.held.until, "no negative validity"
        assert [tenure for tenure in state.history if tenure.until is None] == [state.history[-1]]
    else:
        assert all(tenure.until is not None for tenure in state.history)
    for earlier, later in zip(state.history, state.history[1:], strict=False):
        assert earlier.until is not None, "no two current levels"
        assert earlier.until < later.since, "no two levels on one day"
    for tenure in state.history:
        assert tenure.until is None or tenure.since <= tenure.until
    ids = [event.event_id for event in events]
    for number, event in enumerate(events):
        if event.kind in ("correct", "appeal_opened", "appeal_decided"):
            assert event.target in ids[:number], "no event about nothing"
    voided = {event.target for event in events if event.kind == "correct" and event.changes.get("void")}
    standing = [event for event in events if event.kind not in ("correct", "appeal_opened", "appeal_decided")]
    standing = [event for event in standing if event.event_id not in voided]
    assert not standing or standing[0].kind == "award", "no event without predecessor"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_accepted_sequence_breaks_the_rules(data: st.DataObject) -> None:
    events: list[Command] = []
    state = PersonState()
    for _ in range(25):
        event = data.draw(commands(events))
        try:
            state = replay([*events, event])
        except DomainError:
            continue
        events.append(event)
        check(state, events)
    assert replay(events) == state, "same events, same state"
    recorded: Any = events  # a command has all that these look at
    found = list(terms(recorded).values())
    for term in found:
        assert term.since <= term.until
        assert term.ended_on is None or term.ended_on <= term.until
    if not events:
        return
    then = state_on(recorded, data.draw(st.sampled_from(events)).happened_on)
    assert then.held is None or then.held.since <= then.held.until, "whatever day is asked about"
    day = max(event.happened_on for event in events) + timedelta(days=data.draw(st.integers(0, 800)))
    standing = [term.level for term in found if term.since <= day <= (term.ended_on or term.until)]
    assert len(set(standing)) <= 1, "no two levels on one day"
    assert level_on(recorded, day) == (standing[-1] if standing else None), "as the certificates say"


scores = st.one_of(st.none(), st.floats(0, 100, allow_nan=False).map(lambda x: round(x, 2)), st.sampled_from([59.99, 60.0, 70.0, 75.0]))  # fmt: skip
recent = st.integers(-500, 30).map(lambda number: date(2026, 6, 30) + timedelta(days=number))


@st.composite
def people(draw: st.DrawFn) -> Candidate:
    pieces: list[Evidence] = []
    for number in range(draw(st.integers(0, 4))):
        level = draw(st.sampled_from(POLICY.ladder))
        pieces.append(Evidence("kh0001", "theory", f"试卷{number}", draw(recent), draw(scores), level))
    for number in range(draw(st.integers(2, 5))):
        pieces.append(Evidence("kh0001", "skill", f"练习{number % 4}", draw(recent), draw(scores)))
    for back in range(draw(st.integers(0, 4))):
        end = last_day(add_months(date(2026, 6, 1), -3 * back), 1)
        value = draw(st.one_of(st.floats(50, 100), st.just(100.0)))
        pieces += [Evidence("kh0001", "performance", name, end, value) for name in POLICY.indicators]
    pieces.append(Evidence("kh0001", "appraisal", "年度考核", date(2026, 1, 10), grade="良好"))
    pieces.append(Evidence("kh0001", "onboarding", "岗前培训", date(2020, 1, 10)))
    pieces.append(Evidence("kh0001", "guidance_case", "案例", date(2026, 1, 10)))
    if draw(st.booleans()):
        pieces.append(Evidence("kh0001", "red_line", "压货", draw(recent)))
    held = draw(st.sampled_from([None, *POLICY.ladder]))
    if held is None:
        return Candidate("kh0001", date(2015, 1, 1), evidence=tuple(pieces))
    since = draw(st.integers(-1400, -100).map(lambda n: date(2026, 6, 30) + timedelta(days=n)))
    until = draw(st.integers(-90, 400).map(lambda n: date(2026, 6, 30) + timedelta(days=n)))
    return Candidate(
        "kh0001",
        date(2015, 1, 1),
        Holding(held, since, until),
        (Tenure(held, since),),
        tuple(pieces),
    )


@settings(max_examples=300, deadline=None)
@given(people(), st.data())
def test_a_higher_score_never_lowers_the_level(person: Candidate, data: st.DataObject) -> None:
    policy = data.draw(st.sampled_from([POLICY, BY_RANK]))
    scored = [number for number, piece in enumerate(person.evidence) if piece.score is not None]
    if not scored:
        return
    today = date(2026, 6, 30)
    which = data.draw(st.sampled_from(scored))
    piece = person.evidence[which]
    higher = data.draw(st.floats(piece.score or 0.0, 100, allow_nan=False))
    pieces = list(person.evidence)
    pieces[which] = replace(piece, score=higher)

    before = decide(policy, person, today)
    after = decide(policy, replace(person, evidence=tuple(pieces)), today)

    assert policy.rank(after.level) >= policy.rank(before.level)
    for low, high in zip(before.views, after.views, strict=True):
        assert high.reached or not low.reached
        assert (high.total or 0) >= (low.total or 0)


@settings(max_examples=60, deadline=None)
@given(people())
def test_the_same_input_gives_the_same_output_in_any_order(person: Candidate) -> None:
    today = date(2026, 6, 30)
    backwards = replace(person, evidence=tuple(reversed(person.evidence)))

    once, again, other = (decide(POLICY, one, today) for one in (person, person, backwards))

    assert once == again
    assert (once.action, once.level, once.candidate_for) == (other.action, other.level, other.candidate_for)
    assert [view.total for view in once.views] == [view.total for view in other.views]


@settings(max_examples=60, deadline=None)
@given(people())
def test_missing_evidence_is_never_a_score(person: Candidate) -> None:
    """A piece without a score leaves its part without a score, never at zero."""
    today = date(2026, 6, 30)
    stripped = replace(
        person, evidence=tuple(replace(p, score=None, reason="等人复核") for p in person.evidence)
    )

    for view in decide(POLICY, stripped, today).views:
        assert all(part.score is None for part in view.parts)
        assert view.total is None
