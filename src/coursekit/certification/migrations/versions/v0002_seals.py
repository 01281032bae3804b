"""Evidence, certificates, policies and notes of access are chained as the events are."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_GENESIS = "0" * 64
_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_AT_ONCE = 1000

# columns that a seal covers, in order
_EVIDENCE = (
    "person", "digest", "kind", "item", "taken_on", "score", "level", "grade", "reason", "kept_at", "seq", "origin",
)  # fmt: skip
_CREDENTIALS = (
    "credential_id", "event_id", "issue", "person", "status_index", "level", "valid_from", "key_id", "issued_at",
    "valid_until", "jwt",
)  # fmt: skip
_NOTES = ("id", "at", "actor", "action", "person", "purpose")


def upgrade() -> None:
    """Add the columns, then seal what is there, oldest first."""
    for table in ("evidence", "credentials", "access_log", "policies"):
        op.add_column(table, sa.Column("seal", sa.String(64), nullable=False, server_default=""))
    for table in ("evidence", "policies"):
        op.add_column(table, sa.Column("seq", _BIG, nullable=False, server_default="0"))
    for name, length in (("salt", 32), ("origin", 64)):
        op.add_column("evidence", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    connection = op.get_bind()
    meta = sa.MetaData()
    meta.reflect(connection, only=["head", "evidence", "credentials", "access_log", "policies"])
    tables = meta.tables
    evidence, policies = tables["evidence"], tables["policies"]
    credentials, notes = tables["credentials"], tables["access_log"]
    kept = [evidence.c.kept_at, evidence.c.person, evidence.c.digest]
    heads = [
        (2, _seal(connection, evidence, kept, ("seq", 1), _EVIDENCE)),
        (3, _seal(connection, credentials, [credentials.c.status_index], ("status_index", 0), _CREDENTIALS)),
        (4, _seal(connection, notes, [notes.c.id], ("id", 1), _NOTES)),
        (5, (0, _GENESIS)),  # up to where notes of access were dropped when their time was over
        (6, _seal(connection, policies, [policies.c.digest], ("seq", 1), ("digest", "content", "seq"))),
    ]
    rows = [{"id": number, "seq": count, "digest": digest} for number, (count, digest) in heads]
    connection.execute(sa.insert(tables["head"]), rows)
    op.create_index("evidence_seq", "evidence", ["seq"], unique=True)
    op.create_index("policies_seq", "policies", ["seq"], unique=True)


def _seal(
    connection: sa.Connection,
    table: sa.Table,
    order: list[Any],
    counted: tuple[str, int],
    sealed: tuple[str, ...],
) -> tuple[int, str]:
    """Number and seal every row of `table`; how many there are, and the last seal."""
    numbered, first = counted
    names = list(table.primary_key.columns.keys())
    where = sa.and_(*(table.c[name] == sa.bindparam(f"old_{name}") for name in names))
    count, previous = 0, _GENESIS
    for some in _batches(connection, table, order):
        changes = []
        for row in some:
            old = {f"old_{name}": row[name] for name in names}
            if numbered == "status_index":  # written into the certificate: it stays
                count = row[numbered]
            row[numbered] = count + first
            if "origin" in sealed:
                row["salt"] = secrets.token_hex(16)
                row["origin"] = hashlib.sha256(f"{row['salt']}{row['source']}".encode()).hexdigest()
            plain = [_plain(row[name]) for name in sealed]
            previous = hashlib.sha256(json.dumps([previous, *plain], ensure_ascii=False).encode()).hexdigest()
            new = {name: row[name] for name in {numbered, "salt", "origin"} & row.keys()}
            changes.append(
                {**old, **{f"new_{name}": value for name, value in new.items()}, "new_seal": previous}
            )
            count += 1
        values: dict[str, Any] = {
            name.removeprefix("new_"): sa.bindparam(name) for name in changes[0] if name.startswith("new_")
        }
        connection.execute(sa.update(table).where(where).values(values), changes)
    return count, previous


def _batches(connection: sa.Connection, table: sa.Table, order: list[Any]) -> Iterator[list[dict[str, Any]]]:
    """Rows in order, some at a time: their order is noted on the side first, since rows change under the reader.

    The notes stand in a temporary table, so that a register of any size passes through little memory.
    """
    keys = list(table.primary_key.columns)
    numbered = sa.select(sa.func.row_number().over(order_by=order).label("place"), *keys)
    connection.execute(sa.text(f"CREATE TEMPORARY TABLE in_order AS {numbered.compile(connection)}"))
    connection.execute(sa.text("CREATE UNIQUE INDEX in_order_place ON in_order (place)"))
    places = sa.table("in_order", sa.column("place"), *(sa.column(key.name) for key in keys))
    same = sa.and_(*(table.c[key.name] == places.c[key.name] for key in keys))
    start = 0
    while True:
        some = places.c.place.between(start + 1, start + _AT_ONCE)
        query = sa.select(table).join(places, same).where(some).order_by(places.c.place)
        rows = [dict(row._mapping) for row in connection.execute(query)]
        if not rows:
            break
        yield rows
        start += _AT_ONCE
    connection.execute(sa.text("DROP TABLE in_order"))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def downgrade() -> None:
    """There is no way back: a register is never dropped by a migration."""
    raise NotImplementedError("the register is not dropped by a migration")
