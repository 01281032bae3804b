"""A signed note of where the chain stood: with it, cutting off the end of the register is found too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coursekit.certification.credential import iso
from coursekit.certification.keys import Signer, TrustedIssuer
from coursekit.certification.status import parse_instant
from coursekit.certification.tokens import AlteredError, UnknownIssuerError, open_token, sign
from coursekit.errors import InputError

_KIND = "coursekit-register-head"


@dataclass(frozen=True)
class Checkpoint:
    """Number and digest of the last event at a moment."""

    seq: int
    digest: str
    made: datetime


def write_checkpoint(signer: Signer, head: tuple[int, str], now: datetime) -> str:
    """Signed token for the head of the register."""
    seq, digest = head
    content = {"kind": _KIND, "iss": signer.issuer.id, "seq": seq, "digest": digest, "made": iso(now)}
    return sign(signer, content)


def read_checkpoint(token: str, trusted: TrustedIssuer, where: str) -> Checkpoint:
    """Checkpoint signed by a pinned key.

    Raises
    ------
    InputError
        If it is none, was altered, or comes from somebody else.
    """
    try:
        content = open_token(token, trusted).payload
        if content.get("kind") != _KIND or content.get("iss") != trusted.issuer.id:
            raise AlteredError("不是这个单位的登记头")
        return Checkpoint(int(content["seq"]), str(content["digest"]), parse_instant(content["made"]))
    except (AlteredError, UnknownIssuerError, KeyError, TypeError, ValueError) as error:
        raise InputError(where, "本单位签过名的登记头", str(error)) from error
