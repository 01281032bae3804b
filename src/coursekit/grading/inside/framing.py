"""Messages between processes: four bytes of length, then JSON; nothing larger than asked for."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any, NoReturn

MAX_BYTES = 16 << 20


class BadMessageError(ValueError):
    """A message that breaks the protocol; its sender is not believed any more."""


class TooLargeError(ValueError):
    """A message of ours that is too large to send."""


def send(link: socket.socket, message: dict[str, Any], most: int = MAX_BYTES) -> None:
    """Send one message."""
    raw = json.dumps(message, allow_nan=False).encode("utf-8", "surrogatepass")
    if len(raw) > most:
        raise TooLargeError(f"{len(raw)} bytes")
    link.sendall(struct.pack("!I", len(raw)) + raw)


def receive(link: socket.socket, most: int = MAX_BYTES) -> dict[str, Any]:
    """Receive one message.

    Raises
    ------
    EOFError
        If the other side is gone.
    BadMessageError
        If it is too large, no JSON, no object, or nested too deep.
    """
    (size,) = struct.unpack("!I", _exactly(link, 4))
    if size > most:
        raise BadMessageError(f"message of {size} bytes")
    raw = _exactly(link, size)
    try:
        message = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadMessageError(f"no JSON ({type(error).__name__})") from None
    if type(message) is not dict:
        raise BadMessageError("not an object")
    return message


def _exactly(link: socket.socket, count: int) -> bytes:
    found = bytearray()
    while len(found) < count:
        part = link.recv(min(count - len(found), 1 << 18))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


def _no_constant(name: str) -> NoReturn:
    raise BadMessageError(f"constant {name}")
