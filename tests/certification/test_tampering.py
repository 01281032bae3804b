"""Any byte that somebody changes in a register, a certificate, a status list or a checkpoint is found."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coursekit.certification import keys
from coursekit.certification.audit import audit
from coursekit.certification.certificates import issue_certificate, revoked_places
from coursekit.certification.checkpoint import read_checkpoint, write_checkpoint
from coursekit.certification.evidence import Evidence
from coursekit.certification.evidence_store import put_evidence
from coursekit.certification.people import Person, add_people
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register
from coursekit.certification.status import build
from coursekit.certification.verify import verify
from coursekit.cli import run
from coursekit.errors import InputError
from tests.certification.test_register import award

NOW = datetime(2026, 6, 1, tzinfo=UTC)
STEP = 1 if os.environ.get("COURSEKIT_EVERY_BYTE") else 251  # a prime: every column comes round


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, policy: LevelPolicy) -> Path:
    """A small register with a certificate, its status list and a checkpoint; small pages, little free space."""
    folder = tmp_path_factory.mktemp("tampering")
    with closing(sqlite3.connect(folder / "levels.db")) as empty:
        empty.execute("PRAGMA page_size = 512")
        empty.execute("VACUUM")
    signer = keys.create(folder / "keys", "示范公司")
    with Register(folder / "levels.db") as register:
        register.keep_policy(policy)
        with register.writing() as connection:
            add_people(connection, [Person("p-1", "0001", "甲某", "一部", post_since=date(2015, 1, 1))])
        register.append([award("p-1", reason="达到条件"), award("p-2", reason="达到条件")])
        piece = Evidence("0001", "theory", "试卷", date(2026, 1, 1), 77.5, "junior", reason="甲", grade="乙")
        with register.writing() as connection:
            put_evidence(connection, {"p-1": [piece]})
        issued = issue_certificate(register, policy, signer, "p-1", date(2026, 2, 1))
        gone, size = revoked_places(register)
        (folder / "status.jwt").write_text(build(signer, gone, size, NOW), "ascii")
        heads, file = register.standing()
        (folder / "head.jwt").write_text(write_checkpoint(signer, heads, NOW, file), "ascii")
    (folder / "one.jwt").write_text(issued.token, "ascii")
    return folder


def changed(data: bytes, step: int) -> Iterator[tuple[int, bytes]]:
    """`data` with one byte changed, at every `step`-th place, each in one of three ways."""
    for place in range(0, len(data), step):
        other = bytearray(data)
        other[place] = (data[place] ^ 0x01, 0xFF - data[place], (data[place] + 1) % 256)[place % 3]
        yield place, bytes(other)


def test_every_byte_of_a_certificate_and_of_its_status_list(made: Path) -> None:
    trusted = keys.load_trusted(made / "keys")
    token, listed = (made / "one.jwt").read_bytes(), (made / "status.jwt").read_bytes()
    assert verify(token.decode(), trusted, listed.decode(), NOW).outcome == "valid"

    for place, data in changed(token, 1):
        assert verify(data.decode("latin-1"), trusted, listed.decode(), NOW).outcome != "valid", place
    for place, data in changed(listed, 1):
        assert verify(token.decode(), trusted, data.decode("latin-1"), NOW).outcome != "valid", place


def test_every_byte_of_a_checkpoint(made: Path) -> None:
    trusted = keys.load_trusted(made / "keys")
    for place, data in changed((made / "head.jwt").read_bytes(), 1):
        with pytest.raises(InputError):
            read_checkpoint(data.decode("latin-1"), trusted, str(place))


def facts(register: Register) -> object:
    """Everything the register says."""
    from sqlalchemy import select

    from coursekit.certification import schema

    with register.reading() as connection:
        tables = schema.metadata.sorted_tables
        return [[tuple(row) for row in connection.execute(select(table))] for table in tables]


@pytest.mark.timeout(0 if STEP == 1 else 300)
def test_every_byte_of_a_register(made: Path, tmp_path: Path) -> None:
    """With the signed checkpoint every byte; without it, all but where nothing is read from (free space)."""
    good = (made / "levels.db").read_bytes()
    with Register(made / "levels.db") as register:
        before = facts(register)
        known = read_checkpoint((made / "head.jwt").read_text(), keys.load_trusted(made / "keys"), "head.jwt")
    path, idle = tmp_path / "levels.db", 0
    for place, data in changed(good, STEP):
        path.write_bytes(data)
        try:
            with Register(path, create=False) as register:
                faults = audit(register, known).faults
                assert faults, place
                if "空闲处" in faults[0].what:
                    idle += 1
                    assert facts(register) == before, place
        except InputError:
            continue  # it does not even open
    assert 0 < idle < len(good) / STEP, "some are found without the checkpoint"


def test_what_is_recorded_after_a_checkpoint_is_no_fault(made: Path, tmp_path: Path) -> None:
    shutil.copy(made / "levels.db", tmp_path / "levels.db")
    known = read_checkpoint((made / "head.jwt").read_text(), keys.load_trusted(made / "keys"), "head.jwt")
    with Register(tmp_path / "levels.db") as register:
        assert audit(register, known).faults == ()
        register.append([award("p-3")])
        assert audit(register, known).faults == ()


def test_evidence_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    from sqlalchemy import text

    piece = Evidence("0001", "theory", "试卷", date(2026, 1, 1), 77.5, "junior")
    with Register(tmp_path / "levels.db") as register:
        register.append([award("p-1", evidence=(piece.digest,))])
        with register.writing() as connection:
            put_evidence(connection, {"p-1": [piece]})
        assert audit(register).faults == ()
        with register.writing() as connection:
            connection.execute(text("DELETE FROM evidence"))

        first = audit(register).first

    assert first is not None
    assert first.what.startswith("第 1 条（p-1）所依据的材料不在库里")


@pytest.mark.timeout(0 if STEP == 1 else 300)
@pytest.mark.parametrize("command", [["show"], ["show", "0001"], ["decide"], ["export", "out.jsonl"], ["xapi", "out.jsonl"], ["access"]])  # fmt: skip
def test_a_damaged_register_never_breaks_the_kit(
    made: Path, tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever byte is wrong: an answer, or exit code 2 and one line; never a crash, never half a file."""
    monkeypatch.chdir(tmp_path)
    good = (made / "levels.db").read_bytes()
    for place, data in changed(good, 7 * STEP):
        (tmp_path / "levels.db").write_bytes(data)
        (tmp_path / "out.jsonl").unlink(missing_ok=True)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["levels", *command, "--register", "levels.db", "--today", "2026-06-30", "--json"])
        assert code in (0, 2), (place, err.getvalue())
        assert "Traceback" not in err.getvalue(), place
        assert out.getvalue().count("\n") == 1
        assert code == 0 or "error" in json.loads(out.getvalue())
        assert not list(tmp_path.glob(".*")), "no half-written file"
        assert code == 0 or not (tmp_path / "out.jsonl").exists()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE things (name TEXT)")
    before = path.read_bytes()

    with pytest.raises(InputError, match="别的程序的数据库"):
        Register(path)

    assert path.read_bytes() == before


def test_an_empty_file_is_no_register_to_look_at(tmp_path: Path) -> None:
    (tmp_path / "levels.db").touch()

    with pytest.raises(InputError, match="空的数据库"):
        Register(tmp_path / "levels.db", create=False)

    assert (tmp_path / "levels.db").read_bytes() == b""


def test_a_register_that_may_not_be_written_says_so(made: Path, tmp_path: Path) -> None:
    shutil.copy(made / "levels.db", tmp_path / "levels.db")

    with Register(f"sqlite:///file:{tmp_path}/levels.db?mode=ro&uri=true") as register:
        assert len(list(register.events())) == 2
        with pytest.raises(InputError, match="只能读，不能写"):
            register.append([award("p-3")])
