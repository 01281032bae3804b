"""Level events as xAPI 1.0.3 statements, a JSON line each, for the company's own learning platform."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coursekit.certification.events import KIND_TITLES, Event
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.register import Register

_NAMESPACE = uuid.UUID("0d7b7b0e-6a53-5f0e-8a57-29340c0e5a12")
_VERBS = {
    "award": "http://id.tincanapi.com/verb/earned",
    "renew": "https://w3id.org/xapi/adl/verbs/satisfied",
    "promote": "http://id.tincanapi.com/verb/earned",
    "demote": "http://activitystrea.ms/schema/1.0/lose",
    "lapse": "http://activitystrea.ms/schema/1.0/lose",
    "revoke": "http://activitystrea.ms/schema/1.0/lose",
    "correct": "http://activitystrea.ms/schema/1.0/update",
    "appeal_opened": "http://activitystrea.ms/schema/1.0/request",
    "appeal_decided": "http://activitystrea.ms/schema/1.0/complete",
}


def statement(policy: LevelPolicy, event: Event, home_page: str) -> dict[str, Any]:
    """One statement; the actor is the register's pseudonym.

    Parameters
    ----------
    home_page : str
        IRI of the system the pseudonym belongs to.
    """
    known = event.level is not None and event.level in policy.levels
    name = policy.level_title(event.level) if known else (event.level or "客户经理等级")
    own = f"{home_page.rstrip('/')}/xapi"
    activity = f"{own}/levels/{event.level or 'any'}"
    extensions: dict[str, Any] = {
        f"{own}/event": event.digest,
        f"{own}/kind": event.kind,
    }
    if event.policy:
        extensions[f"{own}/policy"] = event.policy
    if event.valid_until:
        extensions[f"{own}/valid-until"] = event.valid_until.isoformat()
    return {
        "id": str(uuid.uuid5(_NAMESPACE, event.event_id)),
        "version": "1.0.3",
        "actor": {"objectType": "Agent", "account": {"homePage": home_page, "name": event.person}},
        "verb": {"id": _VERBS[event.kind], "display": {"zh-CN": KIND_TITLES[event.kind]}},
        "object": {
            "objectType": "Activity",
            "id": activity,
            "definition": {
                "type": "http://activitystrea.ms/schema/1.0/badge",
                "name": {"zh-CN": name},
                "description": {"zh-CN": "企业内部的客户经理等级，不是国家职业技能等级。"},
            },
        },
        "context": {"language": "zh-CN", "extensions": extensions},
        "timestamp": event.recorded_at,
    }


def statements(
    policy: LevelPolicy, register: Register, home_page: str, after: int = 0
) -> Iterator[dict[str, Any]]:
    """Statements of all events after number `after`, in order."""
    for event in register.events():
        if event.seq > after:
            yield statement(policy, event, home_page)


def write_statements(
    policy: LevelPolicy, register: Register, path: Path, home_page: str, after: int = 0
) -> int:
    """Write them as JSON lines; how many."""
    count = 0
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            for line in statements(policy, register, home_page, after):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count
