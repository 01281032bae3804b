"""Signed JSON (RS256 JWS): made by the issuer, opened only with pinned keys."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from coursekit.certification.keys import Signer, TrustedIssuer

MAX_CHARACTERS = 5_000_000
_COMPACT = re.compile(r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")


class AlteredError(Exception):
    """Not what the issuer signed, or not signed in the way it must be; the text says what."""


class UnknownIssuerError(Exception):
    """Signed by somebody who is not pinned."""


class _Sizes(jws.JWSRegistry):
    """The library's limits are for short tokens; ours is the file size, checked before."""

    max_header_length = MAX_CHARACTERS
    max_payload_length = MAX_CHARACTERS
    max_signature_length = 2_000


_REGISTRY = _Sizes(algorithms=["RS256"])


@dataclass(frozen=True)
class Opened:
    """A token whose signature holds."""

    header: Mapping[str, Any]
    payload: Mapping[str, Any]


def sign(signer: Signer, payload: Mapping[str, Any]) -> str:
    """Compact token over `payload`, naming the key and carrying its public half."""
    public = {**signer.key.as_dict(private=False)}
    header = {"alg": "RS256", "typ": "JWT", "kid": signer.key_id, "jwk": public}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return jws.serialize_compact(header, text.encode(), signer.key, algorithms=["RS256"])


def open_token(token: str, trusted: TrustedIssuer) -> Opened:
    """Header and payload of a token signed by a pinned key.

    The key is chosen by its id among the pinned ones; a key inside the token is never used, only
    compared.

    Raises
    ------
    AlteredError
        If it is no token, not RS256, or the signature does not hold.
    UnknownIssuerError
        If it was signed with a key that is not pinned.
    """
    text = token.removesuffix("\n")
    if len(text) > MAX_CHARACTERS or not _COMPACT.match(text):
        raise AlteredError("不是一份完整的凭证")
    segments = text.split(".")
    if any(_canonical(segment) != segment for segment in segments):
        raise AlteredError("编码被改过")
    header = _json(segments[0])
    payload = _json(segments[1])
    if header.get("alg") != "RS256" or "crit" in header or header.get("b64", True) is not True:
        raise AlteredError("签名方式不是 RS256")
    key = trusted.keys.get(str(header.get("kid")))
    if key is None:
        raise UnknownIssuerError("签名的钥匙不在认可的名单里")
    if "jwk" in header and header["jwk"] != key.as_dict(private=False):
        raise AlteredError("里面的公钥与认可的不同")
    try:
        jws.deserialize_compact(text, key, registry=_REGISTRY)
    except (JoseError, ValueError) as error:
        raise AlteredError("签名不符") from error
    return Opened(header, payload)


def _canonical(segment: str) -> str:
    """`segment` encoded again; unused bits of the last character must be zero."""
    try:
        data = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except (binascii.Error, ValueError):
        return ""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _json(segment: str) -> dict[str, Any]:
    try:
        data = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
        found = json.loads(data, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise AlteredError("内容读不出来") from error
    if not isinstance(found, dict):
        raise AlteredError("内容不是一份 JSON 对象")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("one name twice")
    return found
