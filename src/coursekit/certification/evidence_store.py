"""Evidence kept in the register: what later decisions build on, and what explains earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from coursekit.certification import schema
from coursekit.certification.database import stream
from coursekit.certification.evidence import Evidence, order
from coursekit.certification.register import now_text
from coursekit.certification.seals import EVIDENCE, add_sealed, new_salt, origin

_CHUNK = 500


def put_evidence(connection: Connection, pieces: Mapping[str, Sequence[Evidence]]) -> int:
    """Store evidence by register id; pieces that are known are left alone.

    Returns
    -------
    int
        How many pieces were new.
    """
    at = now_text()
    added = 0
    people = sorted(pieces)
    for start in range(0, len(people), _CHUNK):
        chunk = people[start : start + _CHUNK]
        query = select(schema.evidence.c.person, schema.evidence.c.digest)
        known = {tuple(row) for row in connection.execute(query.where(schema.evidence.c.person.in_(chunk)))}
        rows = {
            (person, piece.digest): _row(person, piece, at)
            for person in chunk
            for piece in pieces[person]
            if (person, piece.digest) not in known
        }
        if rows:
            add_sealed(connection, EVIDENCE, list(rows.values()))
        added += len(rows)
    return added


def _row(person: str, piece: Evidence, at: str) -> dict[str, Any]:
    salt = new_salt()
    return {
        "person": person,
        "digest": piece.digest,
        "kind": piece.kind,
        "item": piece.item,
        "taken_on": piece.on,
        "score": None if piece.score is None else float(piece.score),
        "level": piece.level,
        "grade": piece.grade,
        "reason": piece.reason,
        "source": piece.source,
        "kept_at": at,
        "salt": salt,
        "origin": origin(salt, piece.source),
    }


def piece_from_row(row: Row[Any], staff_id: str | None = None) -> Evidence:
    """Stored piece, under `staff_id` or else the register id; its digest is taken as stored."""
    person, digest, kind, item, on, score, level, grade, reason, source = tuple(row)[:10]
    piece = object.__new__(Evidence)  # a frozen dataclass is slow to make, and there are millions
    piece.__dict__.update(
        person=staff_id or person, kind=kind, item=item, on=on, score=score, level=level, grade=grade,
        reason=reason, source=source, digest=digest,
    )  # fmt: skip  # an audit recomputes the digest; a decision need not
    return piece


def kept_pieces(connection: Connection, person: str) -> dict[str, Evidence]:
    """What is kept about one person, by digest, in the order it was kept."""
    query = select(schema.evidence).where(schema.evidence.c.person == person).order_by(schema.evidence.c.seq)
    return {row.digest: piece_from_row(row) for row in stream(connection, query)}


def with_stored(given: Sequence[Evidence], kept: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What is given now, and what was kept; a newer word on the same thing replaces the older one.

    Parameters
    ----------
    given : sequence of Evidence
        Of one person, without repeats.
    kept : sequence of Evidence
        Of the same person, the latest kept first.
    """
    if not kept:
        return tuple(given)
    found = {piece.key: piece for piece in given}
    for piece in kept:
        found.setdefault(piece.key, piece)
    return tuple(sorted(found.values(), key=order))
