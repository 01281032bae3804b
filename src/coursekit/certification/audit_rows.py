"""Recompute the seals of what stands beside the events: evidence, certificates, policies, notes, who is who."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, distinct, func, select

from coursekit.certification import schema
from coursekit.certification.database import stream
from coursekit.certification.evidence import content_digest
from coursekit.certification.people import row_origin
from coursekit.certification.seals import (
    CHAINS,
    DROPPED_NOTES,
    EVENTS,
    EVIDENCE,
    NOTES,
    STRUCTURE,
    Chain,
    Head,
    beginning,
    origin,
    read_heads,
    seal,
)
from coursekit.certification.structure import structure


@dataclass(frozen=True)
class Fault:
    """What does not hold, and where: the number of the event, or 0 outside the chain."""

    seq: int
    what: str


def row_faults(connection: Connection, signed: Mapping[int, Head]) -> Iterator[Fault]:
    """Faults of every sealed table, in bounded memory.

    Parameters
    ----------
    signed : mapping
        Heads of a signed checkpoint, by head id; empty when there is none.
    """
    heads = read_heads(connection)
    if set(heads) != {EVENTS, DROPPED_NOTES, STRUCTURE, *(chain.head for chain in CHAINS)}:
        yield Fault(0, f"登记头的编号不对：{'、'.join(map(str, sorted(heads)))}")
        return
    if beginning(NOTES, heads)[0] > heads[NOTES.head][0]:
        yield Fault(0, "查阅记录的登记头被动过")
    if structure(connection) != heads[STRUCTURE]:
        yield Fault(0, "库的结构（表、索引、触发器）与建库时不同，被动过")
    erased = _erased(connection)
    for chain in CHAINS:
        more = _piece_checker(erased) if chain is EVIDENCE else None
        yield from _chain_faults(connection, chain, (heads, signed.get(chain.head)), more)
    yield from _people_faults(connection)


def _people_faults(connection: Connection) -> Iterator[Fault]:
    """Everyone's row must be as the latest note of the roster has it."""
    notes, people = schema.people_log.c, schema.people.c
    latest = select(notes.person, func.max(notes.seq).label("seq")).group_by(notes.person).subquery()
    query = select(schema.people, notes.origin).join(latest, latest.c.person == people.person)
    count = 0
    for row in stream(connection, query.join(schema.people_log, notes.seq == latest.c.seq)):
        count += 1
        values = tuple(row)
        if row_origin(values[-2], values[:-2]) != values[-1]:
            yield Fault(0, f"名册里 {row.person} 的一行与登记时不同，被改过")
    rows = int(connection.execute(select(func.count()).select_from(schema.people)).scalar_one())
    known = int(connection.execute(select(func.count(distinct(notes.person)))).scalar_one())
    if rows > count:
        yield Fault(0, f"名册里有 {rows - count} 人不是登记进来的")
    if known > count:
        yield Fault(0, f"名册少了 {known - count} 人，被删掉了")


def _erased(connection: Connection) -> set[str]:
    people = schema.people.c
    query = select(people.person).where(people.erased_on.is_not(None))
    return {row.person for row in stream(connection, query)}


Checker = Callable[[Row[Any]], str | None]


def _chain_faults(
    connection: Connection, chain: Chain, known: tuple[Mapping[int, Head], Head | None], more: Checker | None
) -> Iterator[Fault]:
    heads, signed = known
    count, previous = start, _ = beginning(chain, heads)
    columns = list(chain.table.columns.keys())
    values = itemgetter(*(columns.index(name) for name in chain.sealed))
    number, kept = columns.index(chain.number), columns.index("seal")
    for row in stream(connection, select(chain.table).order_by(chain.table.c[chain.number])):
        count += 1
        expected = count - 1 + chain.first
        if row[number] != expected:
            yield Fault(0, f"{chain.title}缺第 {expected} 行，接着是第 {row[number]} 行")
            return
        what = more(row) if more else None
        if what is None and not _fits(row[kept], previous, values(row)):
            what = f"{chain.title}第 {expected} 行与封记不符，被改过"
        if what is not None:
            yield Fault(0, what)
        previous = row[kept]
        if signed is not None and signed[0] == count and signed[1] != previous:
            yield Fault(0, f"{chain.title}第 {expected} 行与签过名的登记头不同，整条链被重做过")
    if heads[chain.head] != (count, previous):
        yield Fault(
            0, f"{chain.title}（{count - start} 行）与登记头（{heads[chain.head][0]} 行）不符，末尾被动过"
        )
    if signed is not None and signed[0] > count:
        yield Fault(0, f"签过名的登记头记着{chain.title} {signed[0]} 行，库里只到第 {count} 行，末尾被截掉了")


def _fits(kept: str, previous: str, values: tuple[object, ...]) -> bool:
    try:
        return seal(previous, values) == kept
    except (TypeError, ValueError):  # bytes where text should be
        return False


_CONTENT = ("kind", "item", "taken_on", "score", "level", "grade", "reason")
_TRACE = ("person", "source", "salt", "origin", "digest")


def _piece_checker(erased: set[str]) -> Checker:
    columns = list(schema.evidence.columns.keys())
    content, trace = (itemgetter(*map(columns.index, names)) for names in (_CONTENT, _TRACE))

    def check(row: Row[Any]) -> str | None:
        values = content(row)
        person, source, salt, kept, digest = trace(row)
        if content_digest(values) != digest:
            return f"{person} 的材料「{row.item}」（{row.taken_on}）与摘要不符，被改过"
        if origin(salt, source) != kept and (source or salt or person not in erased):
            return f"{person} 的材料「{row.item}」（{row.taken_on}）的来源与入库时不同，被改过"
        return None

    return check
