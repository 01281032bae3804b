"""Who is who is noted in a chain of salted digests; tables, indexes and triggers are digested too."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from coursekit.certification.structure import structure

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_GENESIS = "0" * 64
_PERSON = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_AT_ONCE = 1000
_ROSTER, _STRUCTURE = 7, 8

# columns that a salted digest covers, in order
_PEOPLE = (
    "person", "staff_id", "name", "unit", "trainer", "contact", "post_since", "status", "left_on", "erased_on",
)  # fmt: skip


def upgrade() -> None:
    """Note everyone as they stand today, then digest the structure: a later step must digest it again."""
    op.add_column("people", sa.Column("salt", sa.String(32), nullable=False, server_default=""))
    op.create_table(
        "people_log",
        sa.Column("seq", _BIG, primary_key=True, autoincrement=False),
        sa.Column("person", _PERSON, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    op.create_index("people_log_person", "people_log", ["person", "seq"])
    connection = op.get_bind()
    meta = sa.MetaData()
    meta.reflect(connection, only=["head", "people", "people_log"])
    count, last = _note_everyone(connection, meta.tables["people"], meta.tables["people_log"])
    objects, digest = structure(connection)
    rows = [
        {"id": _ROSTER, "seq": count, "digest": last},
        {"id": _STRUCTURE, "seq": objects, "digest": digest},
    ]
    connection.execute(sa.insert(meta.tables["head"]), rows)


def _note_everyone(connection: sa.Connection, people: sa.Table, log: sa.Table) -> tuple[int, str]:
    """Salt and note every row, by register id; how many there are, and the last seal."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    count, previous, after = 0, _GENESIS, ""
    salted = (
        sa.update(people)
        .where(people.c.person == sa.bindparam("whose"))
        .values(salt=sa.bindparam("new_salt"))
    )
    while True:
        query = sa.select(people).where(people.c.person > after).order_by(people.c.person).limit(_AT_ONCE)
        rows = [dict(row._mapping) for row in connection.execute(query)]
        if not rows:
            return count, previous
        notes: list[dict[str, Any]] = []
        salts: list[dict[str, Any]] = []
        for row in rows:
            salt = secrets.token_hex(16)
            content = json.dumps([_plain(row[name]) for name in _PEOPLE], ensure_ascii=False)
            origin = hashlib.sha256(f"{salt}{content}".encode()).hexdigest()
            count += 1
            sealed = [previous, count, row["person"], at, origin]
            previous = hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()
            notes.append(
                {"seq": count, "person": row["person"], "at": at, "origin": origin, "seal": previous}
            )
            salts.append({"whose": row["person"], "new_salt": salt})
        connection.execute(salted, salts)
        connection.execute(sa.insert(log), notes)
        after = rows[-1]["person"]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def downgrade() -> None:
    """There is no way back: a register is never dropped by a migration."""
    raise NotImplementedError("the register is not dropped by a migration")
