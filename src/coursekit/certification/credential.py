"""A level as an Open Badges 3.0 credential: an RS256 VC-JWT about a pseudonym.

It is the company's own recognition of a level, and says so; it is no national vocational certificate.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from coursekit.certification.keys import Issuer, Signer
from coursekit.certification.policy import LevelPolicy
from coursekit.certification.terms import Term
from coursekit.certification.tokens import sign

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
NATURE = "本单位按自己的等级办法作出的认定，不是国家职业技能等级证书。"
_NAMESPACE = uuid.UUID("6f1f3a52-2a0e-5b7c-9f6e-29340c0e5a11")


@dataclass(frozen=True)
class Grant:
    """What a credential states.

    Parameters
    ----------
    term : Term
        Level and days.
    event_digest, policy_digest : str
        The register's record and the policy it was decided under.
    index : int
        Place in the status list.
    issued : datetime or None
        When it is signed: no earlier status list can say anything about it.
    """

    term: Term
    event_digest: str
    policy_digest: str
    index: int
    issued: datetime | None = None


def credential_id(event_id: str, issue: int) -> str:
    """Id of the credential for an event; the same event and issue give the same id."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{event_id}/{issue}')}"


def subject_id(person: str) -> str:
    """The pseudonym in the credential: the register id, never the staff id or the name."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, person)}"


def instant(day: date, *, end: bool = False) -> datetime:
    """First or last second of a day in UTC."""
    return datetime.combine(day, time(23, 59, 59) if end else time(0, 0), UTC)


def iso(moment: datetime) -> str:
    """A moment as the credential writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def payload(policy: LevelPolicy, issuer: Issuer, grant: Grant, identity: str) -> dict[str, Any]:
    """The credential with its registered claims, ready to be signed."""
    term = grant.term
    title = policy.level_title(term.level)
    begin, end = instant(term.since), instant(term.until, end=True)
    subject = subject_id(term.person)
    body: dict[str, Any] = {
        "@context": list(CONTEXT),
        "id": identity,
        "type": list(TYPES),
        "name": f"{title}（企业内部等级）",
        "description": NATURE,
        "issuer": {"id": issuer.id, "type": ["Profile"], "name": issuer.name},
        "validFrom": iso(begin),
        "validUntil": iso(end),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "achievement": _achievement(policy, term.level, grant.policy_digest),
        },
        "evidence": [
            {
                "id": f"urn:sha256:{grant.event_digest}",
                "type": ["Evidence"],
                "name": "等级登记",
                "description": "登记库中这次评定的摘要；成绩材料的摘要在该条登记里。",
            }
        ],
        "credentialStatus": {
            "id": f"{issuer.status_list}#{grant.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(grant.index),
            "statusListCredential": issuer.status_list,
        },
        "credentialSchema": [dict(SCHEMA)],
    }
    claims: dict[str, Any] = {
        "iss": issuer.id,
        "jti": identity,
        "sub": subject,
        "nbf": int(begin.timestamp()),
        "exp": int(end.timestamp()),
    }
    if grant.issued is not None:
        claims["iat"] = int(grant.issued.timestamp())
    return {**body, **claims}


def _achievement(policy: LevelPolicy, level: str, policy_digest: str) -> dict[str, Any]:
    rules = policy.levels[level]
    parts = "、".join(
        f"{policy.part_title(part)} {rules.weight(part):g}%（及格 {rules.pass_mark(part):g}）"
        for part in ("theory", "skill", "performance")
    )
    return {
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{policy.owner.value}/{level}')}",
        "type": ["Achievement"],
        "achievementType": "ext:EnterpriseLevel",
        "name": policy.level_title(level),
        "description": NATURE,
        "criteria": {"narrative": f"{policy.title.value}：{parts}，总分 {rules.pass_mark('total'):g} 以上。"},
        "inLanguage": "zh-CN",
        "version": policy_digest[:16],
    }


def issue(policy: LevelPolicy, signer: Signer, grant: Grant, identity: str) -> str:
    """The signed credential."""
    return sign(signer, payload(policy, signer.issuer, grant, identity))


def stated_level(content: Mapping[str, Any]) -> str:
    """Level title a credential states, for people."""
    return str(content["credentialSubject"]["achievement"]["name"])
