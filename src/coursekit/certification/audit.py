"""Recompute the whole register and name the first thing that does not hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, Row, select, text

from coursekit.certification import schema
from coursekit.certification.audit_rows import Fault, row_faults
from coursekit.certification.checkpoint import Checkpoint
from coursekit.certification.database import DamagedError, stream
from coursekit.certification.events import GENESIS, Event
from coursekit.certification.register import Register, event_from_row
from coursekit.certification.seals import EVENTS, Head, read_heads
from coursekit.certification.state import replay
from coursekit.errors import DomainError

_MOST = 100  # faults of one kind that are named: a table changed throughout must not fill the memory
_first = itemgetter(0)
_NO_PIECES: tuple[str | None, Iterator[Row[Any]]] = (None, iter(()))


@dataclass(frozen=True)
class Audit:
    """Result of an audit: how many events, the head, and faults (empty when all holds)."""

    events: int
    head: str
    faults: tuple[Fault, ...]

    @property
    def first(self) -> Fault | None:
        """The first broken link."""
        return self.faults[0] if self.faults else None


def audit(register: Register, checkpoint: Checkpoint | None = None) -> Audit:
    """Check chain, order of events, head, checkpoint, evidence and policies, in bounded memory."""
    faults: list[Fault] = []
    count, last = 0, GENESIS
    try:
        standing = register.standing() if checkpoint is not None and checkpoint.file else None
        with register.steady() as connection:
            faults += _file_faults(connection)
            count, last, fault = _chain(connection, checkpoint)
            if fault is not None:
                faults.append(fault)
            else:
                faults += _head_faults(connection, count, last)
            faults += islice(_person_faults(connection), _MOST)
            faults += _policy_faults(connection)
            faults += islice(row_faults(connection, checkpoint.others if checkpoint else {}), _MOST)
            if checkpoint is not None and standing is not None and not faults:
                faults += _byte_faults(checkpoint, standing)
    except DamagedError as error:
        faults.append(Fault(0, f"数据库文件坏了：{error.got}"))
    if checkpoint is not None and not faults and checkpoint.seq > count:
        what = f"登记头记着 {checkpoint.seq} 条（第 {checkpoint.seq} 条），库里只有 {count} 条，末尾被截掉了"
        faults.append(Fault(count + 1, what))
    return Audit(count, last, tuple(faults))


def _byte_faults(checkpoint: Checkpoint, standing: tuple[dict[int, Head], str]) -> Iterator[Fault]:
    """While nothing was recorded since the checkpoint, the file must be the same to the byte."""
    heads, file = standing
    if checkpoint.nothing_since(heads) and file != checkpoint.file:
        yield Fault(
            0,
            "登记的内容都对得上，但文件里有字节与签登记头时不同：有人动过空闲处，或用别的工具整理、恢复过文件",
        )


def _file_faults(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check(5)")):
        if row[0] != "ok":
            yield Fault(0, f"数据库文件坏了：{row[0]}")


def _chain(connection: Connection, checkpoint: Checkpoint | None) -> tuple[int, str, Fault | None]:
    previous, count = GENESIS, 0
    query = select(schema.events).order_by(schema.events.c.seq)
    for row in stream(connection, query):
        fault = _link_fault(row, count + 1, previous, checkpoint)
        if fault is not None:
            return count, previous, fault
        previous, count = row.digest, count + 1
    return count, previous, None


def _link_fault(row: Row[object], number: int, previous: str, checkpoint: Checkpoint | None) -> Fault | None:
    if row.seq != number:
        return Fault(number, f"缺第 {number} 条，后面直接是第 {row.seq} 条")
    try:
        event = event_from_row(row)
    except DamagedError as error:
        return Fault(number, f"第 {number} 条读不出来：{error.got}")
    who = f"第 {number} 条（{event.person}，{event.happened_on}）"
    if event.computed_digest() != event.digest:
        return Fault(number, f"{who}的内容与摘要不符，被改过")
    if event.previous != previous:
        return Fault(number, f"{who}接不上前一条")
    if checkpoint is not None and checkpoint.seq == number and checkpoint.digest != event.digest:
        return Fault(number, f"{who}与签过名的登记头不同，整条链被重做过")
    return None


def _head_faults(connection: Connection, count: int, last: str) -> Iterator[Fault]:
    row = read_heads(connection).get(EVENTS)
    if row != (count, last):
        kept = f"{row[0]} 条" if row is not None else "没有"
        yield Fault(count + 1, f"登记头（{kept}）与最后一条（第 {count} 条）不符，末尾被动过")


def _person_faults(connection: Connection) -> Iterator[Fault]:
    """Every person's events must be possible one after the other, their evidence all there."""
    columns, kept = schema.events.c, schema.evidence.c
    rows = stream(connection, select(schema.events).order_by(columns.person, columns.person_seq))
    pieces = groupby(stream(connection, select(kept.person, kept.digest).order_by(kept.person)), _first)
    owner, digests = next(pieces, _NO_PIECES)
    for person, group in groupby(map(event_from_row, rows), attrgetter("person")):
        events = list(group)
        fault = _person_fault(person, events)
        if fault is not None:
            yield fault
        while owner is not None and owner < person:
            owner, digests = next(pieces, _NO_PIECES)
        held = {piece.digest for piece in digests} if owner == person else set()
        for event in events:
            lost = [digest for digest in event.evidence if digest not in held]
            if lost:
                what = f"第 {event.seq} 条（{person}）所依据的材料不在库里：{lost[0][:12]}"
                yield Fault(event.seq, what)


def _person_fault(person: str, events: list[Event]) -> Fault | None:
    if [event.person_seq for event in events] != list(range(1, len(events) + 1)):
        return Fault(events[0].seq, f"{person} 的记录序号不连续")
    if [event.seq for event in events] != sorted(event.seq for event in events):
        return Fault(events[0].seq, f"{person} 的记录次序与总链不同")
    try:
        replay(events)
    except DomainError as error:
        return Fault(events[-1].seq, str(error))
    return None


def _policy_faults(connection: Connection) -> Iterator[Fault]:
    """Stored policies must match the digests they are kept under."""
    for row in stream(connection, select(schema.policies)):
        if policy_digest(row.content) != row.digest:
            yield Fault(0, f"存着的办法 {row.digest[:12]} 与摘要不符，被改过")


def policy_digest(content: str) -> str:
    """Digest of a stored policy."""
    try:
        plain = json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True)
    except ValueError:
        return ""
    return hashlib.sha256(plain.encode()).hexdigest()
