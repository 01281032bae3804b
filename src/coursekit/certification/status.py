"""The status list: one bit a certificate, signed and dated, so that it can be checked without a network."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from coursekit.certification.credential import iso
from coursekit.certification.keys import Signer, TrustedIssuer
from coursekit.certification.tokens import AlteredError, open_token, sign

LEAST_BITS = 131_072
_MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class StatusList:
    """An opened list: its date and its bits."""

    dated: datetime
    bits: bytes

    def revoked(self, index: int) -> bool:
        """Whether the certificate at `index` no longer stands.

        Raises
        ------
        AlteredError
            If the list is too short for it.
        """
        if not 0 <= index < 8 * len(self.bits):
            raise AlteredError("状态表里没有这份凭证的位置")
        return bool(self.bits[index // 8] & (0x80 >> index % 8))


def build(signer: Signer, revoked: Iterable[int], size: int, now: datetime) -> str:
    """Signed list with the bits of `revoked` set, `size` places at least."""
    length = -(-max(size, LEAST_BITS) // 8)
    bits = bytearray(length)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    encoded = "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    issuer = signer.issuer
    content: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": issuer.status_list,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.id,
        "validFrom": iso(now),
        "credentialSubject": {
            "id": f"{issuer.status_list}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
        "iss": issuer.id,
        "jti": issuer.status_list,
        "sub": f"{issuer.status_list}#list",
        "nbf": int(now.timestamp()),
    }
    return sign(signer, content)


def open_list(token: str, trusted: TrustedIssuer) -> StatusList:
    """A list signed by a pinned key, every claim checked against the body.

    Raises
    ------
    AlteredError, UnknownIssuerError
        See `tokens.open_token`.
    """
    content = open_token(token, trusted).payload
    issuer = trusted.issuer
    subject = content.get("credentialSubject")
    if not isinstance(subject, Mapping):
        raise AlteredError("状态表缺内容")
    pairs = [
        (content.get("iss"), issuer.id),
        (content.get("issuer"), issuer.id),
        (content.get("id"), issuer.status_list),
        (content.get("jti"), issuer.status_list),
        (content.get("sub"), subject.get("id")),
        (content.get("type"), ["VerifiableCredential", "BitstringStatusListCredential"]),
        (subject.get("statusPurpose"), "revocation"),
        (subject.get("type"), "BitstringStatusList"),
    ]
    if any(left != right for left, right in pairs):
        raise AlteredError("状态表的内容前后不符")
    dated = parse_instant(content.get("validFrom"))
    if content.get("nbf") != int(dated.timestamp()):
        raise AlteredError("状态表的日期前后不符")
    return StatusList(dated, _bits(subject.get("encodedList")))


def parse_instant(text: object) -> datetime:
    """A moment from its only accepted spelling."""
    try:
        moment = datetime.strptime(str(text), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise AlteredError("日期写法不对") from error
    if iso(moment) != text:
        raise AlteredError("日期写法不对")
    return moment


def _bits(encoded: object) -> bytes:
    text = str(encoded)
    if not text.startswith("u"):
        raise AlteredError("状态表的编码不对")
    try:
        packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            bits = file.read(_MOST_BYTES + 1)
    except (binascii.Error, ValueError, OSError, EOFError, zlib.error) as error:
        raise AlteredError("状态表的编码不对") from error
    if len(bits) > _MOST_BYTES:
        raise AlteredError("状态表太大")
    return bits
