"""numpy and pandas values on the wire: arrays, Series, DataFrames, indexes, by their plain contents."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from coursekit.grading.inside.wire import UnsupportedError, need, pack_bytes

if TYPE_CHECKING:
    from coursekit.grading.inside.wire import Decoder, Encoder

NUMERIC = "biufcmM"
FIXED = NUMERIC + "SU"
BY_VALUE = frozenset(
    [
        "Int8",
        "Int16",
        "Int32",
        "Int64",
        "UInt8",
        "UInt16",
        "UInt32",
        "UInt64",
        "Float32",
        "Float64",
        "boolean",
        "string",
        "str",
        "object",
    ]
)
INFERRED = "inferred"
"""Kind of a column whose dtype pandas infers from its values."""
MOST_LETTERS = 1 << 25
Data = dict[str, Any]


def encode(enc: Encoder, value: Any, depth: int) -> Data | None:
    """Encode a numpy or pandas value, or give None for any other."""
    if isinstance(value, np.generic) and value.dtype.kind in FIXED:
        if value.dtype.itemsize == 0:  # an empty text
            value = np.zeros(1, value.dtype.kind + "1")
        return {"t": "scalar", "d": value.dtype.str, "v": _packed(value)}
    if isinstance(value, np.ndarray):
        return _array(enc, np.asarray(value), depth)
    if value is pd.NaT or value is pd.NA:
        return {"t": "missing", "v": "NaT" if value is pd.NaT else "NA"}
    if isinstance(value, pd.Timestamp):
        return {"t": "timestamp", "v": value.isoformat(), "u": value.unit, "z": _zone(value.tzinfo)}
    if isinstance(value, pd.Timedelta):
        return {"t": "pdtimedelta", "v": int(value.value), "u": value.unit}
    if isinstance(value, pd.Interval):
        return {"t": "interval", "v": [enc(value.left, depth), enc(value.right, depth)], "c": value.closed}
    if isinstance(value, pd.Period):
        return {"t": "period", "v": int(value.ordinal), "f": value.freqstr}
    if isinstance(value, pd.Series):
        column = _column(enc, value.array, depth)
        return {"t": "series", "v": column, "i": _index(enc, value.index, depth), "n": enc(value.name, depth)}
    if isinstance(value, pd.DataFrame):
        columns = [_column(enc, value.iloc[:, k].array, depth) for k in range(value.shape[1])]
        head, side = _index(enc, value.columns, depth), _index(enc, value.index, depth)
        return {"t": "frame", "c": head, "i": side, "v": columns}
    if isinstance(value, pd.Index):
        return _index(enc, value, depth)
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return {"t": "pdarray", "v": _column(enc, value, depth)}
    return None


def _packed(value: Any) -> str:
    return pack_bytes(value.tobytes())


def _zone(zone: Any) -> str | None:
    return None if zone is None else str(getattr(zone, "key", zone))


def _array(enc: Encoder, value: np.ndarray[Any, Any], depth: int) -> Data:
    shape = list(value.shape)
    if value.dtype.kind in FIXED:
        return {"t": "array", "d": value.dtype.str, "s": shape, "v": _packed(np.ascontiguousarray(value))}
    if value.dtype.kind != "O":
        raise UnsupportedError(f"numpy dtype {value.dtype}")
    return {"t": "objects", "s": shape, "v": [enc(item, depth) for item in value.ravel().tolist()]}


def _is_wrapped(array: Any) -> bool:
    """Whether pandas only wraps a numpy array."""
    return isinstance(array, pd.arrays.NumpyExtensionArray)


def _column(enc: Encoder, array: Any, depth: int) -> Data:
    """One column or index level: its dtype and contents."""
    dtype = getattr(array.dtype, "numpy_dtype", array.dtype) if _is_wrapped(array) else array.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in NUMERIC:
        plain = np.ascontiguousarray(np.asarray(array))
        return {"d": dtype.str, "v": _packed(plain), "k": len(plain)}
    if isinstance(dtype, pd.CategoricalDtype):
        enc.count(len(array.codes))
        codes = [int(code) for code in array.codes]
        levels = _index(enc, array.categories, depth)
        return {"d": "category", "c": levels, "o": bool(array.ordered), "v": codes}
    if isinstance(dtype, pd.DatetimeTZDtype):
        raw = np.ascontiguousarray(array.asi8)
        return {"d": "zoned", "z": _zone(dtype.tz), "u": dtype.unit, "v": _packed(raw), "k": len(raw)}
    if isinstance(dtype, pd.PeriodDtype | pd.IntervalDtype) and len(array):
        return {"d": INFERRED, "v": [enc(item, depth) for item in array.astype(object).tolist()]}
    if isinstance(dtype, pd.StringDtype):
        enc.count(len(array))
        places, different = pd.factorize(array)  # a column has few texts and many rows
        words = [enc(text, depth) for text in different]
        if _letters(words, places) > MOST_LETTERS:
            raise UnsupportedError("数据太多")
        plain = np.ascontiguousarray(places, "<i4")
        return {"d": str(dtype), "w": words, "v": _packed(plain), "k": len(plain)}
    name = str(dtype)
    return {"d": name if name in BY_VALUE else "object", "v": [enc(item, depth) for item in array.tolist()]}


def _index(enc: Encoder, index: pd.Index[Any], depth: int) -> Data:
    if isinstance(index, pd.MultiIndex):
        levels = [_column(enc, index.get_level_values(k).array, depth) for k in range(index.nlevels)]
        return {"t": "multi", "v": levels, "n": [enc(name, depth) for name in index.names]}
    if isinstance(index, pd.RangeIndex):
        return {"t": "rangeindex", "v": [index.start, index.stop, index.step], "n": enc(index.name, depth)}
    found = {"t": "index", "v": _column(enc, index.array, depth), "n": enc(index.name, depth)}
    if isinstance(index, pd.DatetimeIndex | pd.TimedeltaIndex) and index.freq is not None:
        found["f"] = index.freqstr
    if isinstance(index, pd.IntervalIndex | pd.PeriodIndex):
        found["g"] = 1  # let pandas infer the kind from the values again
    return found


def _dtype(text: Any, kinds: str = FIXED) -> Any:
    need(type(text) is str and len(text) < 24, "dtype")
    dtype = np.dtype(text)
    need(dtype.kind in kinds and 0 < dtype.itemsize <= 1 << 16, "dtype")
    return dtype


def _shape(data: Data) -> tuple[list[int], int]:
    shape = data["s"]
    need(type(shape) is list and len(shape) <= 8 and all(type(n) is int and 0 <= n < 1 << 31 for n in shape))
    return shape, math.prod(shape)


def _build_array(dec: Decoder, data: Data, depth: int) -> Any:
    shape, count = _shape(data)
    return dec.raw(data, _dtype(data["d"]), count).reshape(shape)


def _object_array(items: list[Any]) -> np.ndarray[Any, Any]:
    array = np.empty(len(items), object)
    for number, item in enumerate(items):
        array[number] = item
    return array


def _build_objects(dec: Decoder, data: Data, depth: int) -> Any:
    shape, count = _shape(data)
    items = dec.items(data, depth)
    need(len(items) == count)
    return _object_array(items).reshape(shape)


def _build_column(dec: Decoder, data: Any, depth: int) -> Any:
    need(type(data) is dict and type(data.get("d")) is str)
    kind = data["d"]
    if kind == "category":
        codes = data["v"]
        need(type(codes) is list and all(type(code) is int for code in codes))
        dec.count(len(codes))
        return pd.Categorical.from_codes(
            codes, categories=_build_index(dec, data["c"], depth), ordered=bool(data["o"])
        )
    if "w" in data:
        return _build_texts(dec, data)
    if "k" in data:
        need(type(data["k"]) is int)
        dtype = np.dtype("int64") if kind == "zoned" else _dtype(kind, NUMERIC)
        plain = dec.raw(data, dtype, data["k"])
        if kind != "zoned":
            return plain
        need(data["u"] in ("s", "ms", "us", "ns") and type(data["z"]) is str and len(data["z"]) < 60)
        naive = pd.DatetimeIndex(plain.view(f"M8[{data['u']}]"))
        return naive.tz_localize("UTC").tz_convert(data["z"]).array
    need(kind in BY_VALUE or kind == INFERRED, "dtype")
    items = dec.items(data, depth)
    if kind == INFERRED:
        return pd.array(items)
    return _object_array(items) if kind == "object" else pd.array(items, dtype=kind)


def _build_texts(dec: Decoder, data: Data) -> Any:
    """Texts by their places among the different ones; a place of -1 is a missing value."""
    words = data["w"]
    need(data["d"] in ("str", "string") and type(words) is list and type(data["k"]) is int)
    need(all(type(word) is str for word in words))
    dec.count(len(words) + data["k"])
    places = dec.raw(data, np.dtype("<i4"), data["k"])
    need(not len(places) or (places.min() >= -1 and places.max() < len(words)))
    need(_letters(words, places) <= MOST_LETTERS, "too many values")
    return pd.array(words, dtype=data["d"]).take(places, allow_fill=True)


def _letters(words: list[str], places: np.ndarray[Any, Any]) -> int:
    """Letters of a column written out: a text may be named often, but not to fill the memory."""
    lengths = np.array([*map(len, words), 0], dtype="int64")  # the last is that of a missing value
    return int(lengths[places].sum())


def _build_index(dec: Decoder, data: Any, depth: int) -> Any:
    need(type(data) is dict and data.get("t") in ("index", "rangeindex", "multi"))
    found = dec(data, depth)
    need(isinstance(found, pd.Index))
    return found


def _plain_index(dec: Decoder, data: Data, depth: int) -> Any:
    values, name = _build_column(dec, data["v"], depth), dec(data["n"], depth)
    if "g" in data:
        return pd.Index(list(values), name=name)
    index = pd.Index(values, name=name, dtype=values.dtype)
    if "f" in data and isinstance(index, pd.DatetimeIndex | pd.TimedeltaIndex):
        need(type(data["f"]) is str and len(data["f"]) < 20)
        return type(index)(index, freq=data["f"], name=name)
    return index


def _range_index(dec: Decoder, data: Data, depth: int) -> pd.RangeIndex:
    need(type(data["v"]) is list and len(data["v"]) == 3 and all(type(n) is int for n in data["v"]))
    need(all(abs(n) < 1 << 31 for n in data["v"]))
    start, stop, step = data["v"]
    return pd.RangeIndex(start, stop, step, name=dec(data["n"], depth))


def _multi_index(dec: Decoder, data: Data, depth: int) -> pd.MultiIndex:
    need(type(data["v"]) is list and 0 < len(data["v"]) < 20 and type(data["n"]) is list)
    levels = [_build_column(dec, level, depth) for level in data["v"]]
    return pd.MultiIndex.from_arrays(levels, names=[dec(name, depth) for name in data["n"]])


def _series(dec: Decoder, data: Data, depth: int) -> Any:
    values, index = _build_column(dec, data["v"], depth), _build_index(dec, data["i"], depth)
    need(len(values) == len(index))
    return pd.Series(values, index=index, name=dec(data["n"], depth), dtype=values.dtype)


def _frame(dec: Decoder, data: Data, depth: int) -> pd.DataFrame:
    head, side = _build_index(dec, data["c"], depth), _build_index(dec, data["i"], depth)
    need(type(data["v"]) is list and len(data["v"]) == len(head))
    columns = [_build_column(dec, column, depth) for column in data["v"]]
    need(all(len(column) == len(side) for column in columns))
    series = {k: pd.Series(v, index=side, dtype=v.dtype) for k, v in enumerate(columns)}
    frame = pd.DataFrame(series, index=side)
    frame.columns = head
    return frame


def _timestamp(dec: Decoder, data: Data, depth: int) -> Any:
    need(type(data["v"]) is str and len(data["v"]) < 60 and data["u"] in ("s", "ms", "us", "ns"))
    found = pd.Timestamp(data["v"])
    if data["z"] is not None:
        need(type(data["z"]) is str and len(data["z"]) < 60)
        found = found.tz_convert(data["z"])
    return found.as_unit(data["u"])


def _timedelta(dec: Decoder, data: Data, depth: int) -> Any:
    need(type(data["v"]) is int and data["u"] in ("s", "ms", "us", "ns"))
    return pd.Timedelta(data["v"], unit="ns").as_unit(data["u"])


def _interval(dec: Decoder, data: Data, depth: int) -> Any:
    left, right = dec.items(data, depth)
    need(data["c"] in ("left", "right", "both", "neither"))
    return pd.Interval(left, right, closed=data["c"])


def _period(dec: Decoder, data: Data, depth: int) -> Any:
    need(type(data["v"]) is int and type(data["f"]) is str and len(data["f"]) < 20)
    return pd.Period(ordinal=data["v"], freq=data["f"])


BUILD: dict[str, Callable[[Decoder, Data, int], Any]] = {
    "scalar": lambda dec, o, d: dec.raw(o, _dtype(o["d"]), 1)[0],
    "array": _build_array,
    "objects": _build_objects,
    "missing": lambda dec, o, d: pd.NaT if o["v"] == "NaT" else pd.NA,
    "timestamp": _timestamp,
    "pdtimedelta": _timedelta,
    "interval": _interval,
    "period": _period,
    "series": _series,
    "frame": _frame,
    "index": _plain_index,
    "rangeindex": _range_index,
    "multi": _multi_index,
    "pdarray": lambda dec, o, d: pd.array(_build_column(dec, o["v"], d)),
}
