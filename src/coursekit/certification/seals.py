"""What stands beside the events is chained as they are: a row's seal covers its content and the seal before.

Evidence, certificates, policies, notes of access and notes of the roster are only ever added to. A row
that somebody changes, takes away or puts in between no longer fits its seal, and the last seal of each
table stands in the table of heads, next to the head of the events. Who is who may change and must be
erasable: each change adds a salted digest of the person's row to the notes of the roster.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from coursekit.certification import schema
from coursekit.certification.database import RESTORE, DamagedError, stream
from coursekit.certification.events import GENESIS

Head = tuple[int, str]
EVENTS = 1
DROPPED_NOTES = 5  # the head up to which notes of access were dropped when their time was over
STRUCTURE = 8  # the head that counts and digests tables, indexes and triggers; written by the migrations


@dataclass(frozen=True)
class Chain:
    """One sealed table.

    Parameters
    ----------
    head : int
        Id of its row in the table of heads.
    title : str
        What people call its rows.
    number : str
        Column that counts the rows.
    first : int
        Number of the first row.
    unsealed : frozenset of str
        Columns the seal does not cover.
    """

    head: int
    title: str
    table: Table
    number: str
    first: int = 1
    unsealed: frozenset[str] = frozenset()

    @property
    def sealed(self) -> tuple[str, ...]:
        """Columns a seal covers, in order."""
        open_columns = self.unsealed | {"seal"}
        return tuple(column.name for column in self.table.columns if column.name not in open_columns)


# where a piece came from can be erased with its person: the seal covers `origin`, a salted digest of it
EVIDENCE = Chain(2, "材料", schema.evidence, "seq", unsealed=frozenset({"source", "salt"}))
CERTIFICATES = Chain(3, "证书", schema.credentials, "status_index", first=0)
NOTES = Chain(4, "查阅记录", schema.access_log, "id")
POLICIES = Chain(6, "办法", schema.policies, "seq")
ROSTER = Chain(7, "名册记录", schema.people_log, "seq")
CHAINS = (EVIDENCE, CERTIFICATES, NOTES, POLICIES, ROSTER)
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def seal(previous: str, values: Sequence[object]) -> str:
    """Seal of a row from the seal before it and its values, hex."""
    plain = [previous, *(value.isoformat() if isinstance(value, date) else value for value in values)]
    return hashlib.sha256(_ENCODER.encode(plain).encode()).hexdigest()


def origin(salt: str, source: str) -> str:
    """Digest of where a piece came from; once salt and source are gone nobody can guess them from it."""
    return hashlib.sha256(f"{salt}{source}".encode()).hexdigest()


def new_salt() -> str:
    """Sixteen random bytes, hex."""
    return secrets.token_hex(16)


def read_heads(connection: Connection) -> dict[int, Head]:
    """All heads by id."""
    columns = schema.head.c
    rows = stream(connection, select(columns.id, columns.seq, columns.digest))
    return {row.id: (row.seq, row.digest) for row in rows}


def read_head(connection: Connection, number: int) -> Head:
    """One head.

    Raises
    ------
    DamagedError
        If somebody took it away.
    """
    found = read_heads(connection).get(number)
    if found is None:
        raise DamagedError(str(connection.engine.url.database), "登记头", "没有", RESTORE)
    return found


def write_head(connection: Connection, number: int, head: Head) -> None:
    """Set one head."""
    values = {"seq": head[0], "digest": head[1]}
    connection.execute(update(schema.head).where(schema.head.c.id == number), values)


def take_write_lock(connection: Connection) -> None:
    """One writer at a time, on PostgreSQL too, where others may write other rows meanwhile."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(schema.head.c.seq).where(schema.head.c.id == EVENTS).with_for_update())


def next_number(connection: Connection, chain: Chain) -> int:
    """Number the next row of `chain` gets."""
    return read_head(connection, chain.head)[0] + chain.first


def add_sealed(connection: Connection, chain: Chain, rows: Sequence[dict[str, Any]]) -> None:
    """Number, seal and insert `rows`; the write lock of the register is held."""
    if not rows:
        return
    count, previous = read_head(connection, chain.head)
    columns = chain.sealed
    for row in rows:
        row[chain.number] = count + chain.first
        previous = row["seal"] = seal(previous, [row[name] for name in columns])
        count += 1
    connection.execute(insert(chain.table), rows)
    write_head(connection, chain.head, (count, previous))


def beginning(chain: Chain, heads: Mapping[int, Head]) -> Head:
    """Where the rows that are still kept begin: their number less one, and the seal before them."""
    return heads.get(DROPPED_NOTES, (0, GENESIS)) if chain is NOTES else (0, GENESIS)
