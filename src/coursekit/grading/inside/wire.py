"""Plain values as bounded JSON: what may cross between the learner's and the tester's process.

`encode` runs where it likes, also in a process that lies; `Decoder` is the check. Numbers, text and
None are themselves; all else is `{"t": tag, …}`, dicts as lists of pairs, so that no value can look
like a tag. Types are exact: a subclass crosses as its plain base value. No class is ever looked up
by a name that came over the wire, and nothing is ever pickled.
"""

from __future__ import annotations

import base64
import datetime
import decimal
import fractions
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from coursekit.grading.inside.framing import BadMessageError

MAX_DEPTH = 24
MAX_NODES = 400_000
MAX_BITS, MAX_TEXT = 15_000, 200
Extension = Callable[[Any], dict[str, Any]]


class UnsupportedError(TypeError):
    """A value of a kind that does not cross."""


def pack_bytes(raw: bytes) -> str:
    """Bytes as text."""
    return base64.b64encode(raw).decode()


class Encoder:
    """Turns a value into JSON.

    Parameters
    ----------
    extension : callable, optional
        Asked for values of no known kind; returns a tagged object.
    """

    def __init__(self, extension: Extension | None = None) -> None:
        self._extension = extension
        self._nodes = 0

    def __call__(self, value: Any, depth: int = 0) -> Any:
        """Encode `value`.

        Raises
        ------
        UnsupportedError
            If it is of no kind that crosses, or too deep, or too much.
        """
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise UnsupportedError("嵌套太深" if depth > MAX_DEPTH else "数据太多")
        kind = type(value)
        if value is None or kind is bool or kind is str:
            return value
        encode = _EXACT.get(kind)
        if encode is not None:
            return encode(self, value, depth + 1)
        return self._other(value, depth)

    def count(self, number: int) -> None:
        """Charge `number` nodes that are written without being encoded one by one.

        Raises
        ------
        UnsupportedError
            Beyond the limit.
        """
        self._nodes += number
        if self._nodes > MAX_NODES:
            raise UnsupportedError("数据太多")

    def _other(self, value: Any, depth: int) -> Any:
        from coursekit.grading.inside import figures, tables

        for encode in (tables.encode, figures.encode):
            found = encode(self, value, depth + 1)
            if found is not None:
                return found
        for base in (str, int, float, list, tuple, dict, set, frozenset, bytes):
            if isinstance(value, base):
                return self(_plain(base, value), depth)
        if self._extension is not None:
            return self._extension(value)
        raise UnsupportedError(f"{type(value).__module__}.{type(value).__qualname__}")


def _plain(base: Any, value: Any) -> Any:
    """The plain base value of a subclass, by the base's own methods."""
    if base is str:
        return str.__str__(value)
    if base in (int, float):
        return base.__pos__(value)
    if base is dict:
        return dict(dict.items(value))
    if base is bytes:
        return bytes.__getitem__(value, slice(None))
    return base(base.__iter__(value))


def _int(_: Encoder, value: int, __: int) -> Any:
    if value.bit_length() > MAX_BITS:
        raise UnsupportedError("一个位数太多的整数")
    return value if -(2**53) < value < 2**53 else {"t": "int", "v": hex(value)}


def _float(_: Encoder, value: float, __: int) -> Any:
    return value if math.isfinite(value) else {"t": "float", "v": repr(value)}


def _decimal(_: Encoder, value: decimal.Decimal, __: int) -> Any:
    text = str(value)
    if len(text) > MAX_TEXT:
        raise UnsupportedError("一个位数太多的小数")
    return {"t": "decimal", "v": text}


def _items(tag: str) -> Callable[[Encoder, Any, int], Any]:
    return lambda enc, value, depth: {"t": tag, "v": [enc(item, depth) for item in value]}


def _dict(enc: Encoder, value: dict[Any, Any], depth: int) -> Any:
    return {"t": "dict", "v": [[enc(k, depth), enc(v, depth)] for k, v in value.items()]}


def _iso(tag: str) -> Callable[[Encoder, Any, int], Any]:
    return lambda enc, value, depth: {"t": tag, "v": value.isoformat()}


_EXACT: dict[type, Callable[[Encoder, Any, int], Any]] = {
    int: _int,
    float: _float,
    complex: lambda enc, v, d: {"t": "complex", "v": [repr(v.real), repr(v.imag)]},
    bytes: lambda enc, v, d: {"t": "bytes", "v": pack_bytes(v)},
    list: _items("list"),
    tuple: _items("tuple"),
    set: _items("set"),
    frozenset: _items("frozenset"),
    dict: _dict,
    range: lambda enc, v, d: {"t": "range", "v": [v.start, v.stop, v.step]},
    datetime.datetime: _iso("datetime"),
    datetime.date: _iso("date"),
    datetime.time: _iso("time"),
    datetime.timedelta: lambda enc, v, d: {"t": "timedelta", "v": [v.days, v.seconds, v.microseconds]},
    decimal.Decimal: _decimal,
    fractions.Fraction: lambda enc, v, d: {"t": "fraction", "v": [v.numerator, v.denominator]},
}


def need(condition: object, what: str = "schema") -> None:
    """Refuse a message that breaks the schema."""
    if not condition:
        raise BadMessageError(what)


class Decoder:
    """Rebuilds values from JSON that somebody else wrote.

    Parameters
    ----------
    handle : callable, optional
        Asked for tagged handles; without it a handle is a breach.
    """

    def __init__(self, handle: Callable[[dict[str, Any]], Any] | None = None) -> None:
        self._handle = handle
        self._nodes = 0

    def count(self, number: int) -> None:
        """Charge `number` nodes.

        Raises
        ------
        BadMessageError
            Beyond the limit.
        """
        self._nodes += number
        need(self._nodes <= MAX_NODES, "too many values")

    def __call__(self, data: Any, depth: int = 0) -> Any:
        """Decode one value.

        Raises
        ------
        BadMessageError
            If it is not exactly what `encode` can write.
        """
        self.count(1)
        need(depth <= MAX_DEPTH + 4, "too deep")
        if data is None or type(data) in (bool, str, int, float):
            return data
        need(type(data) is dict and type(data.get("t")) is str)
        tag = data["t"]
        if tag == "handle":
            need(self._handle is not None, "handle not allowed")
            return self._handle(data)  # type: ignore[misc]
        build = _BUILD.get(tag)
        if build is None:
            from coursekit.grading.inside import figures, tables

            build = tables.BUILD.get(tag) or figures.BUILD.get(tag)
        if build is None:
            raise BadMessageError(f"tag {tag[:20]!r}")
        try:
            return build(self, data, depth + 1)
        except BadMessageError:
            raise
        except Exception as error:
            raise BadMessageError(f"{tag}: {type(error).__name__}") from None

    def items(self, data: dict[str, Any], depth: int) -> list[Any]:
        """Decode the list under `v`."""
        need(type(data["v"]) is list)
        return [self(item, depth) for item in data["v"]]

    def raw(self, data: dict[str, Any], dtype: np.dtype[Any], count: int) -> np.ndarray[Any, Any]:
        """Decode `count` packed numbers."""
        raw = base64.b64decode(data["v"], validate=True)
        need(len(raw) == count * dtype.itemsize)
        return np.frombuffer(raw, dtype).copy()


def _pairs(dec: Decoder, data: dict[str, Any], depth: int) -> dict[Any, Any]:
    value = data["v"]
    need(type(value) is list and all(type(p) is list and len(p) == 2 for p in value))
    return {dec(k, depth): dec(v, depth) for k, v in value}


def _ints(data: dict[str, Any], count: int) -> list[int]:
    value = data["v"]
    need(type(value) is list and len(value) == count and all(type(x) is int for x in value))
    return list(value)


def _big(dec: Decoder, data: dict[str, Any], depth: int) -> int:
    need(type(data["v"]) is str and len(data["v"]) < 4000)
    return int(data["v"], 16)


def _special(dec: Decoder, data: dict[str, Any], depth: int) -> float:
    need(data["v"] in ("nan", "inf", "-inf"))
    return float(data["v"])


def _short(data: dict[str, Any]) -> str:
    need(type(data["v"]) is str and len(data["v"]) <= MAX_TEXT)
    return str(data["v"])


_BUILD: dict[str, Callable[[Decoder, dict[str, Any], int], Any]] = {
    "int": _big,
    "float": _special,
    "complex": lambda dec, o, d: complex(float(o["v"][0]), float(o["v"][1])),
    "bytes": lambda dec, o, d: base64.b64decode(o["v"], validate=True),
    "list": lambda dec, o, d: dec.items(o, d),
    "tuple": lambda dec, o, d: tuple(dec.items(o, d)),
    "set": lambda dec, o, d: set(dec.items(o, d)),
    "frozenset": lambda dec, o, d: frozenset(dec.items(o, d)),
    "dict": _pairs,
    "range": lambda dec, o, d: range(*_ints(o, 3)),
    "datetime": lambda dec, o, d: datetime.datetime.fromisoformat(_short(o)),
    "date": lambda dec, o, d: datetime.date.fromisoformat(_short(o)),
    "time": lambda dec, o, d: datetime.time.fromisoformat(_short(o)),
    "timedelta": lambda dec, o, d: datetime.timedelta(*_ints(o, 3)),
    "decimal": lambda dec, o, d: decimal.Decimal(_short(o)),
    "fraction": lambda dec, o, d: fractions.Fraction(*_ints(o, 2)),
}
