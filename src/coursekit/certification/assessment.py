"""From register and evidence to decisions, and from confirmed decisions to events."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from coursekit.certification.conditions import Candidate
from coursekit.certification.decision import Decision, decide
from coursekit.certification.events import Command, Event
from coursekit.certification.evidence import Evidence, by_person, merge
from coursekit.certification.evidence_store import put_evidence, with_stored
from coursekit.certification.files import person_files
from coursekit.certification.months import last_day
from coursekit.certification.people import Person, add_people, log_access, read_people
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register, append_events, new_person_id
from coursekit.certification.state import PersonState, state_on

RECORDED = frozenset({"award", "renew", "promote", "demote", "lapse", "revoke"})


@dataclass(frozen=True)
class Assessed:
    """One person with the decision and what the register held when it was made."""

    person: Person
    state: PersonState
    decision: Decision
    evidence: tuple[Evidence, ...] = field(repr=False, default=())


def candidate(person: Person, state: PersonState, evidence: Sequence[Evidence]) -> Candidate:
    """What a decision may look at."""
    return Candidate(
        person.staff_id or person.person,
        person.post_since,
        state.held,
        state.history,
        tuple(evidence),
        state.reset_on,
        state.spent,
        state.withdrawn,
    )


def assess_all(
    register: Register | None,
    policy: LevelPolicy,
    pieces: Sequence[Evidence],
    today: date,
    assume: Mapping[str, Mapping[str, float]] | None = None,
) -> list[Assessed]:
    """Decisions for everyone on the roster, and for everyone with evidence who is not on it.

    Parameters
    ----------
    assume : mapping, optional
        What-if scores: staff id -> part, or part and level (`theory.junior`) -> score.
    """
    stream = assess_stream(register, policy, pieces, today, assume)
    everyone = [one for one, _events in stream if one is not None]
    return sorted(everyone, key=lambda one: one.person.staff_id or one.person.person)


def assess_stream(
    register: Register | None,
    policy: LevelPolicy,
    pieces: Sequence[Evidence],
    today: date,
    assume: Mapping[str, Mapping[str, float]] | None = None,
) -> Iterator[tuple[Assessed | None, list[Event]]]:
    """As `assess_all`, one person after the other with their events, in little memory.

    People who left or were erased, and events of people who were never on the roster, come without a decision.
    """
    given = by_person(merge(pieces))
    when = (today, assume or {})
    strangers = set(given)
    if register is not None:
        with register.steady() as connection:
            for file in person_files(connection):
                about = file.about
                if about is not None and about.staff_id is not None:
                    strangers.discard(about.staff_id)
                if about is None or about.status != "active" or about.erased_on is not None:
                    yield None, file.events
                    continue
                evidence = with_stored(given.get(about.staff_id or "", ()), file.evidence)
                yield _assess_one(policy, about, state_on(file.events, today), evidence, when), file.events
    for staff_id in sorted(strangers):
        yield _assess_one(policy, Person("", staff_id), PersonState(), given[staff_id], when), []


def _assess_one(
    policy: LevelPolicy,
    person: Person,
    state: PersonState,
    evidence: tuple[Evidence, ...],
    when: tuple[date, Mapping[str, Mapping[str, float]]],
) -> Assessed:
    today, assume = when
    if state.held is not None:
        policy.require(state.held.level)
    decision = decide(policy, candidate(person, state, evidence), today, assume.get(person.staff_id or ""))
    return Assessed(person, state, decision, evidence)


def command_for(policy: LevelPolicy, assessed: Assessed, person: str, actor: str) -> Command:
    """The command that records a proposed decision; the same decision gives the same event id."""
    decision, state = assessed.decision, assessed.state
    today = decision.today
    first = last = None
    if decision.action in ("award", "renew", "promote", "demote") and decision.level:
        first = today
        if decision.action == "renew" and state.held is not None and state.held.until >= today:
            first = state.held.until + timedelta(days=1)
        last = last_day(first, policy.levels[decision.level].validity_months.value)
    parts = (person, decision.action, str(decision.level), today.isoformat(), policy.digest)
    return Command(
        decision.action,  # type: ignore[arg-type]  # "keep" and "none" never get here
        person,
        today,
        actor,
        decision.why,
        decision.level if first else None,
        policy.rank(decision.level) if first else 0,
        first,
        last,
        policy.digest,
        decision.evidence,
        event_id=hashlib.sha256("\n".join([*parts, str(state.count)]).encode()).hexdigest()[:32],
        expects=state.count,
    )


def recordable(assessed: Iterable[Assessed]) -> Iterator[Assessed]:
    """Those whose proposal changes something."""
    return (one for one in assessed if one.decision.action in RECORDED)


def record(
    register: Register, policy: LevelPolicy, confirmed: Sequence[Assessed], who: tuple[str, str]
) -> list[Event]:
    """Record confirmed decisions with their policy and evidence, all in one transaction.

    People who are not on the roster yet are added under their staff id. Evidence of everyone is
    kept, also of those whose level does not change: a passed part counts for later decisions.

    Raises
    ------
    ConflictError
        If somebody else recorded something about one of them since the decision.
    """
    actor, _purpose = who
    register.keep_policy(policy)
    chosen = list(recordable(confirmed))
    with register.writing() as connection:
        known = {person.staff_id: person.person for person in read_people(connection)}
        fresh = [
            Person(new_person_id(), one.person.staff_id)
            for one in confirmed
            if not one.person.person and one.person.staff_id not in known
        ]
        add_people(connection, fresh)
        known.update({person.staff_id: person.person for person in fresh})
        ids = [one.person.person or known[one.person.staff_id] for one in chosen]
        commands = [command_for(policy, one, person, actor) for one, person in zip(chosen, ids, strict=True)]
        events = append_events(connection, commands)
        put_evidence(
            connection, {one.person.person or known[one.person.staff_id]: one.evidence for one in confirmed}
        )
        log_access(connection, who, ids, "award")
    return events
