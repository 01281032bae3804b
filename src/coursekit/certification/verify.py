"""Check a certificate offline: pinned keys, every claim against the body, a dated status list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from coursekit.certification.credential import CONTEXT, TYPES, stated_level
from coursekit.certification.keys import TrustedIssuer
from coursekit.certification.status import StatusList, open_list, parse_instant
from coursekit.certification.tokens import AlteredError, UnknownIssuerError, open_token

DEFAULT_DAYS = 30
_LATEST = 253_402_300_800  # the year 10000, in seconds of Unix time


@dataclass(frozen=True)
class Verdict:
    """What can be said about a certificate.

    Parameters
    ----------
    outcome : str
        `valid`, `not yet valid`, `expired`, `revoked`, `altered`, `unknown issuer`, or
        `status older than N days`.
    reason : str
        In Chinese.
    content : mapping
        The credential, empty unless its signature and claims hold.
    status_date : datetime or None
        Date of the status list that was used.
    """

    outcome: str
    reason: str
    content: Mapping[str, Any] = field(default_factory=dict)
    status_date: datetime | None = None


def verify(
    token: str,
    trusted: TrustedIssuer,
    status: str | None,
    now: datetime,
    days: int = DEFAULT_DAYS,
) -> Verdict:
    """Verdict on a credential.

    Parameters
    ----------
    token : str
        The VC-JWT.
    trusted : TrustedIssuer
        Pinned issuer and keys; nothing inside the token is trusted.
    status : str or None
        The signed status list; without one a certificate is never called valid.
    now : datetime
        With time zone.
    days : int
        How old the status list may be. [days]
    """
    try:
        content = open_token(token, trusted).payload
        _check_claims(content, trusted)
        index = _status_index(content, trusted)
        begin, end = parse_instant(content["validFrom"]), parse_instant(content["validUntil"])
        listed = open_list(status, trusted) if status is not None else None
        revoked = listed is not None and listed.revoked(index)
    except AlteredError as error:
        return Verdict("altered", str(error))
    except UnknownIssuerError as error:
        return Verdict("unknown issuer", str(error))
    dated = listed.dated if listed else None
    if revoked:
        return Verdict("revoked", "签发单位已经收回这份证书", content, dated)
    if now > end:
        return Verdict("expired", f"{end.date()} 到期", content, dated)
    if now < begin:
        return Verdict("not yet valid", f"{begin.date()} 起有效（UTC 时间）", content, dated)
    stale = _stale(listed, _issued(content, begin), now, days)
    if stale:
        return Verdict(f"status older than {days} days", stale, content, dated)
    return Verdict("valid", f"{stated_level(content)}，有效到 {end.date()}", content, dated)


def _stale(listed: StatusList | None, issued: datetime, now: datetime, days: int) -> str:
    if listed is None:
        return "没有状态表，不知道有没有被收回"
    if listed.dated > now + timedelta(days=1):
        return f"状态表的日期 {listed.dated.date()} 在将来，先核对这台机器的日期"
    if now - listed.dated > timedelta(days=days):
        return f"状态表是 {listed.dated.date()} 的，请向签发单位要一份新的"
    if listed.dated < issued:
        told = f"状态表是 {listed.dated:%Y-%m-%d %H:%M} 的，证书 {issued:%Y-%m-%d %H:%M} 才签发"
        return f"{told}（UTC 时间），表里查不到它；请向签发单位要一份新的"
    return ""


def _issued(content: Mapping[str, Any], begin: datetime) -> datetime:
    """When the certificate was signed; one that does not say so was there from its first day at the earliest."""
    stated = content.get("iat")
    return begin if stated is None else datetime.fromtimestamp(stated, UTC)


def _check_claims(content: Mapping[str, Any], trusted: TrustedIssuer) -> None:
    issuer, subject = content.get("issuer"), content.get("credentialSubject")
    if not isinstance(issuer, Mapping) or not isinstance(subject, Mapping):
        raise AlteredError("凭证缺内容")
    if issuer.get("id") != trusted.issuer.id or content.get("iss") != trusted.issuer.id:
        raise UnknownIssuerError(f"签发单位是 {str(issuer.get('id'))[:120]}，不是认可的那一个")
    begin, end = parse_instant(content.get("validFrom")), parse_instant(content.get("validUntil"))
    pairs = {
        "编号": (content.get("jti"), content.get("id")),
        "持有人": (content.get("sub"), subject.get("id")),
        "起始日": (content.get("nbf"), int(begin.timestamp())),
        "到期日": (content.get("exp"), int(end.timestamp())),
        "类型": (content.get("type"), TYPES),
        "格式": (content.get("@context"), CONTEXT),
    }
    for what, (left, right) in pairs.items():
        if left is None or isinstance(left, bool) or left != right:
            raise AlteredError(f"{what}前后不符")
    achievement = subject.get("achievement")
    if not isinstance(achievement, Mapping) or not isinstance(achievement.get("name"), str):
        raise AlteredError("没有写是哪一级")
    if end < begin:
        raise AlteredError("到期日早于起始日")
    issued = content.get("iat", 0)
    if isinstance(issued, bool) or not isinstance(issued, int) or not 0 <= issued < _LATEST:
        raise AlteredError("签发时间写法不对")


def _status_index(content: Mapping[str, Any], trusted: TrustedIssuer) -> int:
    entry = content.get("credentialStatus")
    if not isinstance(entry, Mapping) or not re.fullmatch(
        r"0|[1-9]\d{0,8}", str(entry.get("statusListIndex"))
    ):
        raise AlteredError("没有写在状态表的哪个位置")
    list_id = trusted.issuer.status_list
    pairs = [
        (entry.get("type"), "BitstringStatusListEntry"),
        (entry.get("statusPurpose"), "revocation"),
        (entry.get("statusListCredential"), list_id),
        (entry.get("id"), f"{list_id}#{entry['statusListIndex']}"),
    ]
    if any(left != right for left, right in pairs):
        raise AlteredError("状态表的位置前后不符")
    return int(entry["statusListIndex"])


def utc_now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)
