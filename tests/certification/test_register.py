"""The register keeps every event, in order, chained, once."""

from __future__ import annotations

import itertools
import threading
from datetime import date

import pytest
from sqlalchemy import event, text

from coursekit.certification.assessment import assess_stream
from coursekit.certification.events import GENESIS, Command
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import ConflictError, Register
from coursekit.errors import DomainError, InputError


def award(person: str = "p-1", day: date = date(2026, 1, 1), **changes: object) -> Command:
    fields: dict[str, object] = {
        "kind": "award",
        "person": person,
        "happened_on": day,
        "actor": "hr01",
        "reason": "达到条件",
        "level": "junior",
        "rank": 1,
        "valid_from": day,
        "valid_until": date(day.year + 2, 12, 31),
    }
    return Command(**{**fields, **changes})  # type: ignore[arg-type]


def test_events_are_numbered_and_chained(register: Register) -> None:
    first, second = register.append([award("p-1"), award("p-2")])

    assert (first.seq, second.seq) == (1, 2)
    assert first.previous == GENESIS
    assert second.previous == first.digest
    assert register.head() == (2, second.digest)
    assert [event.digest for event in register.events()] == [
        event.computed_digest() for event in register.events()
    ]


def test_the_same_command_twice_is_recorded_once(register: Register) -> None:
    command = award()

    first = register.append([command])
    again = register.append([command])

    assert first == again
    assert len(list(register.events())) == 1


def test_an_id_used_for_something_else_is_refused(register: Register) -> None:
    command = award()
    register.append([command])

    with pytest.raises(InputError, match="没有用过的登记号"):
        register.append([award(event_id=command.event_id, level="senior", rank=3)])


def test_all_or_nothing(register: Register) -> None:
    with pytest.raises(DomainError, match="现在没有等级"):
        register.append([award("p-1"), award("p-2"), award("p-1", date(2026, 5, 1))])

    assert list(register.events()) == []


def test_a_second_clerk_who_saw_an_older_state_is_refused(register: Register) -> None:
    register.append([award(expects=0)])

    with pytest.raises(ConflictError, match="别人刚改过"):
        register.append([award(day=date(2026, 2, 1), expects=0)])


def test_two_clerks_at_once_both_get_through_on_different_people(register: Register) -> None:
    """Forty awards from two connections at the same moment: all there, one chain."""
    start = threading.Barrier(2)
    failures: list[BaseException] = []

    def clerk(letter: str) -> None:
        try:
            with Register(register.url) as mine:
                start.wait(20)
                for number in range(20):
                    mine.append([award(f"p-{letter}{number}")])
        except BaseException as error:
            failures.append(error)

    clerks = [threading.Thread(target=clerk, args=(letter,)) for letter in "ab"]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join()

    assert not failures
    events = list(register.events())
    assert [event.seq for event in events] == list(range(1, 41))
    assert all(later.previous == earlier.digest for earlier, later in itertools.pairwise(events))


def test_two_clerks_about_one_person_one_wins(register: Register) -> None:
    """Both saw no events; one award is recorded, the other is told."""
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def clerk() -> None:
        with Register(register.url) as mine:
            start.wait(20)
            try:
                mine.append([award(expects=0)])
                outcomes.append("recorded")
            except ConflictError:
                outcomes.append("refused")

    clerks = [threading.Thread(target=clerk) for _ in range(2)]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join()

    assert sorted(outcomes) == ["recorded", "refused"]


@pytest.mark.parametrize("statement", ["UPDATE events SET level = 'senior'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_an_event(register: Register, statement: str) -> None:
    register.append([award()])

    with pytest.raises(InputError, match="events can only be added"), register.writing() as connection:
        connection.execute(text(statement))


def test_a_register_opened_twice_is_migrated_once(register_url: str) -> None:
    for _ in range(2):
        with Register(register_url) as book:
            assert book.head() == (0, GENESIS)


def test_two_clerks_may_open_a_new_register_at_once(register_url: str) -> None:
    start = threading.Barrier(3)
    failures: list[BaseException] = []

    def open_it() -> None:
        start.wait(20)
        try:
            Register(register_url).close()
        except BaseException as error:
            failures.append(error)

    openers = [threading.Thread(target=open_it) for _ in range(3)]
    for one in openers:
        one.start()
    for one in openers:
        one.join()

    assert not failures


def test_a_file_that_is_no_register_is_named(tmp_path) -> None:
    path = tmp_path / "levels.db"
    path.write_bytes(b"not a database at all, just words" * 50)

    with pytest.raises(InputError, match="能打开的等级登记库"):
        Register(path)


def test_a_folder_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(InputError, match="能打开的等级登记库"):
        Register(tmp_path / "nowhere" / "levels.db")


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(InputError, match="postgresql\\+psycopg"):
        Register("what://is/this")


def test_a_long_look_keeps_nobody_from_writing(register: Register, policy: LevelPolicy) -> None:
    """A report on everybody takes minutes in a large company; the other clerk's award must not wait for it."""
    register.append([award("p-1"), award("p-2")])
    if register.engine.dialect.name == "sqlite":
        event.listen(register.engine, "connect", lambda one, _record: one.execute("PRAGMA busy_timeout = 0"))
    for look in (
        assess_stream(register, policy, (), date(2026, 6, 30)),
        register.states(),
        register.events(),
    ):
        next(look)

        number = len(list(register.events()))
        register.append([award(f"p-{number + 1}")])

        assert len(list(look)) == number - 1, "what is looked at stays as it was"


def test_a_register_in_use_is_not_called_broken(sqlite_register: Register) -> None:
    """Who is told to put back a backup would lose what the other clerk records."""
    event.listen(
        sqlite_register.engine, "connect", lambda one, _record: one.execute("PRAGMA busy_timeout = 0")
    )
    with sqlite_register.writing(), pytest.raises(InputError, match="被别的程序占着") as told:
        sqlite_register.append([award("p-1")])

    assert "不要换备份" in str(told.value)
