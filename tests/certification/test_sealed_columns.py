# ruff: noqa: S608 - statements are made up of the schema's own names
"""Any change to any column of the register, and any row taken away, is found by the audit."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, Date, Float, Integer, Table

from coursekit.certification import keys, schema
from coursekit.certification.audit import audit, policy_digest
from coursekit.certification.certificates import issue_certificate
from coursekit.certification.checkpoint import read_checkpoint, write_checkpoint
from coursekit.certification.evidence import Evidence
from coursekit.certification.evidence_store import put_evidence
from coursekit.certification.files import person_files
from coursekit.certification.people import Person, add_people, log_access, read_people
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.privacy import access_notes, erase, trim_access_log
from coursekit.certification.register import Register
from coursekit.certification.seals import POLICIES, add_sealed
from coursekit.errors import CoursekitError, InputError
from tests.certification.test_register import award

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CLERK = ("hr01", "核对")
SEALED = schema.metadata.sorted_tables


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, policy: LevelPolicy) -> Path:
    """A register in which every table holds three rows or more, one person erased, and its signed head."""
    folder = tmp_path_factory.mktemp("sealed")
    signer = keys.create(folder / "keys", "示范公司")
    with Register(folder / "levels.db") as register:
        contents = [json.dumps({"title": f"办法{number}"}, ensure_ascii=False) for number in range(3)]
        with register.writing() as connection:
            rows = [{"digest": policy_digest(content), "content": content} for content in contents]
            add_sealed(connection, POLICIES, rows)
        people = [Person(f"p-{n}", f"000{n}", f"某{n}", post_since=date(2015, 1, 1)) for n in range(1, 5)]
        with register.writing() as connection:
            add_people(connection, people)
        register.append([award(person.person, changes={"note": "x"}) for person in people])
        for person in people:
            piece = Evidence(
                str(person.staff_id),
                "theory",
                "试卷",
                date(2026, 1, 1),
                77.5,
                "junior",
                source="成绩.xlsx 第 2 行",
            )
            with register.writing() as connection:
                put_evidence(connection, {person.person: [piece]})
                log_access(connection, CLERK, [person.person], "show")
            issue_certificate(register, policy, signer, person.person, date(2026, 2, 1))
        erase(register, people[:1], date(2026, 3, 1), CLERK)
        (folder / "head.jwt").write_text(write_checkpoint(signer, register.heads(), NOW), "ascii")
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    path = tmp_path / "levels.db"
    shutil.copy(made / "levels.db", path)
    return path


def by_hand(path: Path, statement: str) -> None:
    """What somebody could do who puts the triggers aside, and back afterwards."""
    with sqlite3.connect(path) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(query).fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount == 1
        for _name, sql in triggers:
            connection.execute(sql)
    connection.close()


def found(path: Path, made: Path | None = None) -> list[str]:
    known = None
    if made is not None:
        known = read_checkpoint((made / "head.jwt").read_text(), keys.load_trusted(made / "keys"), "head.jwt")
    with Register(path, create=False) as register:
        return [fault.what for fault in audit(register, known).faults]


def other(column: Column[object]) -> str:
    """An expression for another value of the same kind."""
    if isinstance(column.type, Date):
        return "'2001-02-03'"
    if isinstance(column.type, (Integer, Float)) or column.name in ("seq", "id"):
        return f"{column.name} + 100"
    return f"coalesce({column.name}, '') || 'x'"


def last(table: Table) -> str:
    return f"rowid = (SELECT max(rowid) FROM {table.name})"


CASES = [(table, column) for table in SEALED for column in table.columns]


@pytest.mark.parametrize(("table", "column"), CASES, ids=[str(column) for _table, column in CASES])
@pytest.mark.parametrize("row", ["first", "last"])
def test_any_other_value_is_found(copy: Path, table: Table, column: Column[object], row: str) -> None:
    where = last(table).replace("max", "min" if row == "first" else "max")
    by_hand(copy, f"UPDATE {table.name} SET {column.name} = {other(column)} WHERE {where}")

    assert found(copy)


@pytest.mark.parametrize("table", SEALED, ids=str)
@pytest.mark.parametrize("row", ["min(rowid)", "min(rowid) + 1", "max(rowid)"])
def test_any_row_taken_away_is_missed(copy: Path, table: Table, row: str) -> None:
    by_hand(copy, f"DELETE FROM {table.name} WHERE rowid = (SELECT {row} FROM {table.name})")

    assert found(copy)


def test_the_register_as_it_was_made_holds(copy: Path, made: Path) -> None:
    assert found(copy, made) == []


def test_dropping_old_notes_of_access_is_no_fault_and_the_rest_stays_sealed(
    copy: Path, made: Path, policy: LevelPolicy
) -> None:
    with Register(copy) as register:
        after = date(2100, 1, 1)
        assert trim_access_log(register, policy, date(2000, 1, 1)) == 0
        kept = len(access_notes(register, last=100))
        assert trim_access_log(register, policy, after) == kept
        with register.writing() as connection:
            log_access(connection, CLERK, ["p-2", "p-3"], "show")
    assert found(copy, made) == []

    by_hand(copy, "UPDATE access_log SET actor = 'hr02' WHERE person = 'p-2'")
    assert found(copy, made) == ["查阅记录第 6 行与封记不符，被改过"]


@pytest.mark.parametrize("table", ["evidence", "credentials", "policies", "access_log", "people_log"])
def test_an_end_cut_off_together_with_its_head_is_found_by_the_checkpoint(
    copy: Path, made: Path, table: str
) -> None:
    number = {"credentials": "status_index", "access_log": "id"}.get(table, "seq")
    head = {"evidence": 2, "credentials": 3, "access_log": 4, "policies": 6, "people_log": 7}[table]
    by_hand(copy, f"DELETE FROM {table} WHERE {number} = (SELECT max({number}) FROM {table})")
    by_hand(
        copy,
        f"UPDATE head SET seq = seq - 1, digest = (SELECT seal FROM {table} ORDER BY {number} DESC LIMIT 1) WHERE id = {head}",
    )

    assert not any("登记头" in what for what in found(copy)), "without the checkpoint the end is not missed"
    assert "末尾被截掉了" in "".join(found(copy, made))


def test_a_register_of_the_first_version_is_sealed_as_it_is_opened(made: Path, tmp_path: Path) -> None:
    """What it holds stays, and from then on every change is found."""
    path = tmp_path / "old.db"
    first_version(made / "levels.db", path)
    with sqlite3.connect(path) as connection:
        before = connection.execute("SELECT person, digest, source, kept_at FROM evidence").fetchall()
    connection.close()

    assert found(path) == []

    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT person, digest, source, kept_at FROM evidence").fetchall() == before
    connection.close()
    by_hand(path, "UPDATE evidence SET kept_at = '2026' WHERE person = 'p-2'")
    assert found(path) == ["材料第 2 行与封记不符，被改过"]


def first_version(new: Path, old: Path) -> None:
    """A register as the first version kept it, with the rows of `new`; some notes of access are gone."""
    from alembic import command
    from alembic.config import Config

    from coursekit.certification import database

    engine = database.open_engine(f"sqlite:///{old}")
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    with database.writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with sqlite3.connect(old) as connection:
        connection.execute("ATTACH ? AS new", (str(new),))
        connection.execute("DELETE FROM head")
        for table in ("events", "head", "people", "evidence", "policies", "credentials", "access_log"):
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            only = "WHERE id = 1" if table == "head" else ""
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table} {only}"
            )
        connection.execute("DELETE FROM access_log WHERE id = 2")
    connection.close()


def test_a_seal_written_in_the_migration_is_the_seal_of_the_register(made: Path, tmp_path: Path) -> None:
    """The step of the schema keeps its own words; they must say the same."""
    path = tmp_path / "old.db"
    first_version(made / "levels.db", path)
    Register(path).close()
    query = "SELECT seal FROM credentials ORDER BY status_index"
    seals = []
    for one in (made / "levels.db", path):
        with sqlite3.connect(one) as connection:
            seals.append(connection.execute(query).fetchall())
        connection.close()

    assert seals[0] == seals[1]


def test_a_first_register_larger_than_a_batch_is_sealed_on_either_database(
    register_url: str,
) -> None:
    """Rows change while they are read in the order in which they came; none is left out, none sealed twice."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import MetaData, select

    from coursekit.certification import database

    engine = database.open_engine(register_url)
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS))
    with database.writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        old = MetaData()
        old.reflect(connection, only=["people", "evidence", "access_log"])
        tables, numbers = old.tables, range(2300)
        people = [{"person": f"p-{n * 7 % 2300:04d}", "name": f"某{n}", "status": "active"} for n in numbers]
        connection.execute(tables["people"].insert(), people)
        piece = {
            "kind": "skill",
            "item": "练习",
            "taken_on": date(2026, 1, 1),
            "grade": "",
            "reason": "",
            "source": "表",
        }
        digest = Evidence("x", "skill", "练习", date(2026, 1, 1)).digest
        kept = [
            {**piece, "person": one["person"], "digest": digest, "kept_at": f"2026-{n % 7}"}
            for n, one in enumerate(people)
        ]
        connection.execute(tables["evidence"].insert(), kept)
    engine.dispose()

    with Register(register_url) as register:
        assert audit(register).faults == ()
        with register.reading() as connection:
            rows = connection.execute(select(schema.evidence).order_by(schema.evidence.c.seq)).all()

    assert [row.seq for row in rows] == list(range(1, 2301))
    assert [(row.kept_at, row.person) for row in rows] == sorted(
        (one["kept_at"], one["person"]) for one in kept
    )


@pytest.mark.parametrize("version", ["0000", "xyz", "0001x"])
def test_a_version_that_is_none_is_refused(copy: Path, version: str) -> None:
    by_hand(copy, f"UPDATE alembic_version SET version_num = '{version}'")

    with pytest.raises(InputError, match="版本号是"):
        found(copy)


def test_a_register_without_its_heads_is_not_written_to(copy: Path) -> None:
    by_hand(copy, "DELETE FROM head WHERE id = 1")

    with Register(copy) as register, pytest.raises(InputError, match="登记头"):
        register.append([award("p-9")])


ALL = [(table, column) for table in schema.metadata.sorted_tables for column in table.columns]


@pytest.mark.parametrize(("table", "column"), ALL, ids=[str(column) for _table, column in ALL])
@pytest.mark.parametrize("value", ["X'00FF'", "2.5"])
def test_a_value_of_another_type_never_breaks_the_kit(
    copy: Path, table: Table, column: Column[object], value: str
) -> None:
    """One changed byte can turn a text into bytes or a number: it is said, and nothing crashes."""
    try:
        by_hand(copy, f"UPDATE {table.name} SET {column.name} = {value} WHERE {last(table)}")
    except sqlite3.IntegrityError:
        return  # SQLite itself refuses it
    assert found(copy)
    with Register(copy, create=False) as register, contextlib.suppress(CoursekitError):
        list(register.states())
        with register.reading() as connection:
            list(person_files(connection))
            read_people(connection)
