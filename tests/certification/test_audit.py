# ruff: noqa: S608 - statements are made up of the test's own words
"""Whatever is changed behind the register's back, the audit names the first thing that does not hold."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import TextClause, text

from coursekit.certification import keys
from coursekit.certification.audit import audit
from coursekit.certification.audit_rows import Fault
from coursekit.certification.checkpoint import read_checkpoint, write_checkpoint
from coursekit.certification.evidence import Evidence
from coursekit.certification.evidence_store import put_evidence
from coursekit.certification.people import Person, add_people
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register
from coursekit.certification.seals import EVENTS, read_head, write_head
from coursekit.errors import InputError
from tests.certification.test_register import award

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def filled(register: Register, policy: LevelPolicy) -> Register:
    """Six people with an award each, evidence and the policy."""
    register.keep_policy(policy)
    register.append([award(f"p-{number}", changes={"note": "x"}) for number in range(1, 7)])
    piece = Evidence("kh1", "theory", "试卷", date(2026, 1, 1), 77.5, "junior", reason="r", grade="g")
    with register.writing() as connection:
        put_evidence(connection, {"p-1": [piece]})
    return register


def by_hand(register: Register, *statements: str | TextClause) -> None:
    """What somebody with the database password could do: put the triggers aside, and back afterwards."""
    with register.writing() as connection:
        before = ["ALTER TABLE events DISABLE TRIGGER events_stay"]
        after = ["ALTER TABLE events ENABLE TRIGGER events_stay"]
        if register.engine.dialect.name == "sqlite":
            rows = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            before, after = [f"DROP TRIGGER {row.name}" for row in rows], [row.sql for row in rows]
        for statement in [*before, *statements, *after]:
            connection.execute(text(statement) if isinstance(statement, str) else statement)


def test_an_untouched_register_holds(filled: Register) -> None:
    report = audit(filled)

    assert (report.events, report.faults) == (6, ())
    assert report.head == filled.head()[1]


def test_a_trigger_that_was_taken_away_is_missed(filled: Register) -> None:
    """Without it events could be changed by mistake, and nobody would be told."""
    sqlite = filled.engine.dialect.name == "sqlite"
    with filled.writing() as connection:
        connection.execute(
            text("DROP TRIGGER events_no_update" if sqlite else "DROP TRIGGER events_stay ON events")
        )

    assert [fault.what for fault in audit(filled).faults] == [
        "库的结构（表、索引、触发器）与建库时不同，被动过"
    ]


def test_two_people_whose_staff_ids_were_swapped_are_found(filled: Register) -> None:
    """Else the level of one would be another's, with every event as it was."""
    with filled.writing() as connection:
        add_people(connection, [Person("p-1", "0001", "甲某"), Person("p-2", "0002", "乙某")])
    assert audit(filled).faults == ()

    by_hand(
        filled,
        "UPDATE people SET staff_id = 'x' WHERE person = 'p-1'",
        "UPDATE people SET staff_id = '0001' WHERE person = 'p-2'",
        "UPDATE people SET staff_id = '0002' WHERE person = 'p-1'",
    )

    found = {fault.what for fault in audit(filled).faults}
    assert found == {f"名册里 p-{number} 的一行与登记时不同，被改过" for number in (1, 2)}


def test_somebody_put_on_the_roster_or_taken_off_it_by_hand_is_found(filled: Register) -> None:
    with filled.writing() as connection:
        add_people(connection, [Person("p-1", "0001", "甲某"), Person("p-2", "0002", "乙某")])

    by_hand(filled, "DELETE FROM people WHERE person = 'p-2'")
    assert [fault.what for fault in audit(filled).faults] == ["名册少了 1 人，被删掉了"]

    by_hand(
        filled, "INSERT INTO people (person, staff_id, status, salt) VALUES ('p-9', '0009', 'active', '')"
    )
    assert "名册里有 1 人不是登记进来的" in [fault.what for fault in audit(filled).faults]


COLUMNS = {
    "person": "'p-9'",
    "person_seq": "2",
    "event_id": "'other'",
    "kind": "'promote'",
    "happened_on": "'2026-01-02'",
    "recorded_at": "'2026-01-01T00:00:00.000000+00:00'",
    "actor": "'hr02'",
    "reason": "'另外的原因'",
    "level": "'senior'",
    "rank": "3",
    "valid_from": "'2025-12-31'",
    "valid_until": "'2030-01-01'",
    "policy": "'x'",
    "evidence": "'[\"x\"]'",
    "target": "'x'",
    "changes": "'{}'",
    "previous": f"'{'1' * 64}'",
    "digest": f"'{'1' * 64}'",
}


def found_after(register: Register, table: str, change: str, where: str) -> list[Fault]:
    """Faults after `change` (one column) of the rows at `where`; the old value is put back."""
    column = change.partition(" = ")[0]
    with register.reading() as connection:
        before = connection.execute(text(f"SELECT {column} FROM {table} WHERE {where}")).scalar_one()
    by_hand(register, f"UPDATE {table} SET {change} WHERE {where}")
    faults = list(audit(register).faults)
    by_hand(register, text(f"UPDATE {table} SET {column} = :value WHERE {where}").bindparams(value=before))
    return faults


def test_a_changed_column_is_found_where_it_was_changed(filled: Register) -> None:
    first = {
        column: found_after(filled, "events", f"{column} = {value}", "seq = 3")[0].seq
        for column, value in COLUMNS.items()
    }

    assert set(first.values()) == {3}, first
    assert audit(filled).faults == (), "all put back"


def test_every_column_is_tried() -> None:
    from coursekit.certification import schema

    assert set(COLUMNS) | {"seq"} == set(schema.events.c.keys())


@pytest.mark.parametrize("changes", ["not json", "[1]", '{"a": Infinity}'])
def test_a_column_that_cannot_be_read_is_named(filled: Register, changes: str) -> None:
    by_hand(filled, f"UPDATE events SET changes = '{changes}' WHERE seq = 2")

    first = audit(filled).first

    assert first is not None
    assert first.seq == 2


def test_a_missing_event_in_the_middle_is_named(filled: Register) -> None:
    by_hand(filled, "DELETE FROM events WHERE seq = 4")

    first = audit(filled).first

    assert first is not None
    assert first.what == "缺第 4 条，后面直接是第 5 条"


def test_a_cut_end_is_found_by_the_head(filled: Register) -> None:
    by_hand(filled, "DELETE FROM events WHERE seq > 4")

    first = audit(filled).first

    assert first is not None
    assert "末尾被动过" in first.what


def test_a_cut_end_with_a_forged_head_is_found_by_the_checkpoint(filled: Register, tmp_path: Path) -> None:
    signer = keys.create(tmp_path / "k", "示范公司")
    token = write_checkpoint(signer, filled.heads(), NOW)
    fourth = [event.digest for event in filled.events()][3]
    by_hand(
        filled,
        "DELETE FROM events WHERE seq > 4",
        f"UPDATE head SET seq = 4, digest = '{fourth}' WHERE id = 1",
    )

    assert audit(filled).faults == (), "without the checkpoint nothing can be seen"
    first = audit(filled, read_checkpoint(token, keys.load_trusted(tmp_path / "k"), "head.jwt")).first

    assert first is not None
    assert "末尾被截掉了" in first.what


def test_a_chain_made_anew_is_found_by_the_checkpoint(filled: Register, tmp_path: Path) -> None:
    """Somebody recomputes every digest after a change: all links fit, but not the signed head."""
    signer = keys.create(tmp_path / "k", "示范公司")
    token = write_checkpoint(signer, filled.heads(), NOW)
    with Register(tmp_path / "forged.db") as forged:
        forged.append([award(f"p-{number}", reason="改写过的原因") for number in range(1, 7)])
        known = read_checkpoint(token, keys.load_trusted(tmp_path / "k"), "head.jwt")

        assert audit(forged).faults == ()
        first = audit(forged, known).first

    assert first is not None
    assert first.seq == 6
    assert "整条链被重做过" in first.what


def test_changed_evidence_is_found(filled: Register) -> None:
    changes = ["score = 99", "item = 'x'", "taken_on = '2020-01-01'", "level = 'senior'", "reason = 'x'"]
    for change in [*changes, "grade = 'x'", "source = 'x'", "kept_at = '2026'"]:
        faults = found_after(filled, "evidence", change, "person = 'p-1'")

        assert len(faults) == 1, change
        assert "被改过" in faults[0].what
    assert audit(filled).faults == (), "all put back"


def test_a_changed_policy_is_found(filled: Register) -> None:
    by_hand(filled, "UPDATE policies SET content = replace(content, '60', '50')")

    assert "办法" in "".join(fault.what for fault in audit(filled).faults)


def test_an_impossible_order_is_found_even_when_the_digests_fit(sqlite_register: Register) -> None:
    """A forger with the code can chain two awards in a row; the order of events still gives it away."""
    from coursekit.certification import register as module

    sqlite_register.append([award("p-1")])
    with sqlite_register.writing() as connection:
        seq, previous = read_head(connection, EVENTS)
        forged = module._chained(award("p-1", date(2026, 3, 1)), seq + 1, 2, (previous, module.now_text()))
        connection.execute(module.schema.events.insert(), [module._row_from_event(forged)])
        write_head(connection, EVENTS, (seq + 1, forged.digest))

    first = audit(sqlite_register).first

    assert first is not None
    assert "现在没有等级" in first.what


def test_every_changed_byte_of_an_events_text_is_found(tmp_path: Path, policy: LevelPolicy) -> None:
    """Flip each byte of the stored text of one event, in the file itself."""
    path = tmp_path / "levels.db"
    with Register(path) as register:
        register.append([award("p-1", reason="达到条件"), award("p-2")])
        event = next(register.events())
    data = path.read_bytes()
    words = [event.event_id, event.recorded_at, event.digest, "达到条件", "hr01"]
    places = [data.index(word.encode()) + offset for word in words for offset in range(len(word.encode()))]
    for place in places[::3]:
        changed = bytearray(data)
        changed[place] ^= 0x01
        path.write_bytes(changed)
        with Register(path) as register:
            assert audit(register).faults, place


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "levels.db"
    with Register(path) as register:
        register.append([award(f"p-{number}") for number in range(300)])
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = bytes(4096)
    path.write_bytes(data)

    with Register(path) as register:
        first = audit(register).first

    assert first is not None


@pytest.mark.parametrize("change", ["seq", "digest", "made", "iss", "kind"])
def test_an_altered_checkpoint_is_refused(tmp_path: Path, change: str) -> None:
    import base64

    signer = keys.create(tmp_path / "k", "示范公司")
    header, payload, signature = write_checkpoint(signer, {1: (4, "ab" * 32)}, NOW).split(".")
    content = json.loads(base64.urlsafe_b64decode(payload + "=="))
    content[change] = 3 if change == "seq" else "x"
    forged = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    with pytest.raises(InputError, match="本单位签过名的登记头"):
        read_checkpoint(f"{header}.{forged}.{signature}", keys.load_trusted(tmp_path / "k"), "head.jwt")


def test_a_status_list_is_no_checkpoint(tmp_path: Path) -> None:
    from coursekit.certification.status import build

    signer = keys.create(tmp_path / "k", "示范公司")

    with pytest.raises(InputError, match="不是这个单位的登记头"):
        read_checkpoint(build(signer, [], 1, NOW), keys.load_trusted(tmp_path / "k"), "head.jwt")


def test_sqlite_keeps_no_second_file(tmp_path: Path) -> None:
    """A register is one file that can be copied."""
    with Register(tmp_path / "levels.db") as register:
        register.append([award()])

    assert [path.name for path in tmp_path.iterdir()] == ["levels.db"]
    assert sqlite3.connect(tmp_path / "levels.db").execute("SELECT count(*) FROM events").fetchone() == (1,)
