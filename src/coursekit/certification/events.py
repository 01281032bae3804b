"""What may happen to a level: commands as HR gives them, events as the register keeps them."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

EventKind = Literal[
    "award", "renew", "promote", "demote", "lapse", "revoke", "correct", "appeal_opened", "appeal_decided"
]

KIND_TITLES: dict[str, str] = {
    "award": "授予",
    "renew": "续期",
    "promote": "晋级",
    "demote": "降级",
    "lapse": "失效",
    "revoke": "撤销",
    "correct": "更正",
    "appeal_opened": "申诉受理",
    "appeal_decided": "申诉结论",
}
GIVES_LEVEL = frozenset({"award", "renew", "promote", "demote"})
CHANGES_STATE = GIVES_LEVEL | {"lapse", "revoke"}
CORRECTABLE = frozenset({"level", "rank", "valid_from", "valid_until", "reason", "void"})
GENESIS = "0" * 64


@dataclass(frozen=True)
class Command:
    """What HR wants recorded about one person.

    Parameters
    ----------
    kind, person : str
        What, and about whom (register id, not the staff id).
    happened_on : date
        Day it takes effect.
    actor, reason : str
        Who did it (an account, not a name) and why.
    level, rank : str, int
        Level after the event and its height on the ladder; 0 for none.
    valid_from, valid_until : date or None
        Term of the level, both days included.
    policy : str
        Digest of the policy it was decided under.
    evidence : tuple of str
        Digests of the evidence it rests on.
    target : str
        Event that is corrected, appealed, or whose appeal is decided.
    changes : mapping
        Corrected fields, or the outcome of an appeal.
    event_id : str
        Chosen by the caller: giving the same command twice records it once.
    expects : int or None
        Number of events of the person the caller had seen; another number is a conflict.
    """

    kind: EventKind
    person: str
    happened_on: date
    actor: str
    reason: str
    level: str | None = None
    rank: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    policy: str = ""
    evidence: tuple[str, ...] = ()
    target: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    event_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    expects: int | None = None


@dataclass(frozen=True)
class Event:
    """A command as it was recorded: numbered, dated and chained to the event before."""

    seq: int
    person_seq: int
    event_id: str
    kind: EventKind
    person: str
    happened_on: date
    recorded_at: str
    actor: str
    reason: str
    level: str | None
    rank: int
    valid_from: date | None
    valid_until: date | None
    policy: str
    evidence: tuple[str, ...]
    target: str
    changes: Mapping[str, Any]
    previous: str
    digest: str = ""

    def computed_digest(self) -> str:
        """SHA-256 over every field but the digest itself, the previous digest included."""
        values = [_iso(getattr(self, name)) for name in _DIGESTED]
        return hashlib.sha256(_ENCODER.encode(values).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json` and exports."""
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(self).items()
        }


_DIGESTED = tuple(name for name in Event.__dataclass_fields__ if name != "digest")


def _iso(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no digest for {type(value).__name__}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain, separators=(",", ":"))


def same_command(command: Command, event: Event) -> bool:
    """Whether `event` is what `command` asks for (recorded earlier under the same id)."""
    fields = ("kind", "person", "happened_on", "level", "rank", "valid_from", "valid_until", "target")
    return all(getattr(command, name) == getattr(event, name) for name in fields)
