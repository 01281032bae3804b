"""A signed note of where the chain stood: with it, cutting off the end of the register is found too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coursekit.certification.credential import iso
from coursekit.certification.keys import Signer, TrustedIssuer
from coursekit.certification.seals import EVENTS, Head
from coursekit.certification.status import parse_instant
from coursekit.certification.tokens import AlteredError, UnknownIssuerError, open_token, sign
from coursekit.errors import InputError

_KIND = "coursekit-register-head"


@dataclass(frozen=True)
class Checkpoint:
    """Where a register stood at a moment.

    Parameters
    ----------
    seq, digest : int, str
        Number and digest of the last event.
    others : mapping
        The same of the last row of each sealed table, by head.
    file : str
        Digest of the whole file on SQLite, empty elsewhere: while nothing was recorded since, every byte
        of the file must be as it was, also where nothing is read from.
    """

    seq: int
    digest: str
    made: datetime
    others: Mapping[int, Head] = field(default_factory=dict)
    file: str = ""

    def nothing_since(self, heads: Mapping[int, Head]) -> bool:
        """Whether the register stands where it stood."""
        return heads == {**self.others, EVENTS: (self.seq, self.digest)}


def write_checkpoint(signer: Signer, heads: Mapping[int, Head], now: datetime, file: str = "") -> str:
    """Signed token for the heads and the file of the register; see `Register.standing`."""
    seq, digest = heads[EVENTS]
    others = {str(number): list(head) for number, head in heads.items() if number != EVENTS}
    content = {
        "kind": _KIND,
        "iss": signer.issuer.id,
        "seq": seq,
        "digest": digest,
        "made": iso(now),
        "others": others,
        "file": file,
    }
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
        others = {int(number): (int(seq), str(digest)) for number, (seq, digest) in _others(content)}
        made = parse_instant(content["made"])
        file = str(content.get("file", ""))
        return Checkpoint(int(content["seq"]), str(content["digest"]), made, others, file)
    except (AlteredError, UnknownIssuerError, KeyError, TypeError, ValueError) as error:
        raise InputError(where, "本单位签过名的登记头", str(error)) from error


def _others(content: Mapping[str, Any]) -> Iterable[tuple[str, list[Any]]]:
    """Heads of the sealed tables; a head signed before there were any has none."""
    found: dict[str, list[Any]] = content.get("others", {})
    return found.items()
