"""Plain values cross whole; anything else, and every message of a liar, is refused."""

from __future__ import annotations

import contextlib
import datetime
import decimal
import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.grading.inside.framing import BadMessageError
from coursekit.grading.inside.wire import Decoder, Encoder, UnsupportedError, pack_bytes


def across(value: Any) -> Any:
    return Decoder()(json.loads(json.dumps(Encoder()(value), allow_nan=False)))


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.binary(max_size=20),
    st.dates(), st.datetimes(), st.timedeltas(), st.decimals(allow_nan=False), st.fractions(),
)  # fmt: skip
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4),
        st.sets(st.integers() | st.text(max_size=4), max_size=4),
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_values_cross_with_value_and_type(value: Any) -> None:
    back = across(value)
    assert type(back) is type(value)
    assert back == value


def test_numbers_that_json_has_not_cross() -> None:
    assert math.isnan(across(math.nan))
    assert across([math.inf, -math.inf, 2**70, 1 + 2j]) == [math.inf, -math.inf, 2**70, 1 + 2j]


FRAMES = {
    "mixed": pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [1.5, np.nan], "d": [True, False]}),
    "empty": pd.DataFrame({"a": pd.Series([], dtype="int64")}),
    "dates": pd.DataFrame({"t": pd.to_datetime(["2012-01-05", "2012-02-05"])}),
    "zoned": pd.DataFrame({"t": pd.to_datetime(["2012-01-05", None]).tz_localize("Asia/Shanghai")}),
    "categories": pd.DataFrame(
        {"k": pd.Categorical(["五星", "三星"], categories=["三星", "五星"], ordered=True)}
    ),
    "cut": pd.DataFrame({"k": pd.cut([1, 5, 9], 3)}),
    "texts": pd.DataFrame(
        {"s": ["二", None, "", "二"], "p": pd.array(["a", "b", None, "a"], dtype="string")}
    ),
    "nullable": pd.DataFrame(
        {"n": pd.array([1, None], dtype="Int64"), "f": pd.array([1.5, None], dtype="Float64")}
    ),
    "objects": pd.DataFrame({"o": pd.Series([[1], {"a": 2}], dtype=object)}),
    "grouped": pd.DataFrame({"a": [1, 1, 2], "b": list("xyx"), "v": [1, 2, 3]}).groupby(["a", "b"]).sum(),
    "months": pd.DataFrame({"m": pd.period_range("2012-01", periods=2, freq="M")}),
    "intervals": pd.DataFrame({"i": pd.interval_range(0, 3)}),
    "range": pd.DataFrame({"a": [1]}, index=pd.date_range("2012-01-01", periods=1, freq="D")),
    "double names": pd.DataFrame([[1, 2]], columns=["a", "a"]),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames_cross_exactly(name: str) -> None:
    pd.testing.assert_frame_equal(across(FRAMES[name]), FRAMES[name])


@pytest.mark.parametrize("name", FRAMES)
def test_columns_and_indexes_cross_exactly(name: str) -> None:
    frame = FRAMES[name]
    pd.testing.assert_index_equal(across(frame.index), frame.index)
    series = frame.iloc[:, 0]
    pd.testing.assert_series_equal(across(series), series)


@pytest.mark.parametrize(
    "array",
    [np.arange(6).reshape(2, 3), np.array(["a", "bb"]), np.array([1, "x"], dtype=object), np.zeros((0, 2))],
)
def test_arrays_cross_exactly(array: np.ndarray[Any, Any]) -> None:
    back = across(array)
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    "value",
    [np.float64(1.5), np.int32(3), np.True_, pd.Timestamp("2012-01-05", tz="Asia/Shanghai"), pd.Timedelta("1h"),
     pd.Interval(1, 2), pd.Period("2012-01", freq="M"), np.str_(""), np.bytes_(b""), decimal.Decimal("0.10"), datetime.time(8, 30)],
)  # fmt: skip
def test_scalars_of_libraries_cross(value: Any) -> None:
    back = across(value)
    assert (type(back), back) == (type(value), value)
    assert across(pd.NaT) is pd.NaT


class AlwaysEqual:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class LyingInt(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_an_object_does_not_cross() -> None:
    with pytest.raises(UnsupportedError, match="AlwaysEqual"):
        Encoder()([AlwaysEqual()])


def test_a_subclass_crosses_as_its_plain_value() -> None:
    back = across(LyingInt(5))
    assert type(back) is int
    assert back == 5
    assert back != 6


@pytest.mark.parametrize(
    "value",
    [
        9**9000,
        decimal.Decimal("0." + "3" * 300),
        pd.Series(["a", "b"] * 250_000, dtype="category"),
        pd.Series(["a" * 9000] * 9000),
    ],
    ids=["digits", "decimals", "categories", "letters"],
)
def test_an_honest_value_that_is_too_much_is_named_and_is_no_breach(value: Any) -> None:
    with pytest.raises(UnsupportedError, match="太多"):
        Encoder()(value)


def test_too_deep_and_too_much_do_not_cross() -> None:
    deep: list[Any] = []
    for _ in range(50):
        deep = [deep]
    with pytest.raises(UnsupportedError, match="太深"):
        Encoder()(deep)
    with pytest.raises(UnsupportedError, match="太多"):
        Encoder()(list(range(500_000)))


def places(*numbers: int) -> str:
    return pack_bytes(np.array(numbers, "<i4").tobytes())


LIES: list[dict[str, Any]] = [
    {"t": "class", "v": "os.system"},
    {"t": "handle", "v": 1},
    {"v": 1},
    {"t": "list"},
    {"t": "list", "v": "abc"},
    {"t": "array", "d": "O", "s": [1], "v": ""},
    {"t": "array", "d": "<f8", "s": [1 << 40], "v": ""},
    {"t": "array", "d": "<f8", "s": [-1], "v": ""},
    {"t": "array", "d": "<f8", "s": [2], "v": "AAAA"},
    {"t": "scalar", "d": "|V8", "v": "AAAAAAAAAAA="},
    {"t": "int", "v": "0x" + "f" * 5000},
    {"t": "float", "v": "1e5"},
    {"t": "dict", "v": [[[1], 2]]},
    {"t": "dict", "v": [[{"t": "list", "v": []}, 2]]},
    {"t": "rangeindex", "v": [0, 1 << 60, 1], "n": None},
    {"t": "frame", "c": {"t": "list", "v": []}, "i": {"t": "rangeindex", "v": [0, 1, 1], "n": None}, "v": []},
    {"t": "decimal", "v": "1" * 10_000},
    {"t": "datetime", "v": "yesterday"},
    {"t": "axes", "text": [1, 2, 3, 4, 5]},
    {"t": "pdarray", "v": {"d": "str", "w": ["a"], "v": places(1), "k": 1}},
    {"t": "pdarray", "v": {"d": "str", "w": ["a"], "v": places(-2), "k": 1}},
    {"t": "pdarray", "v": {"d": "str", "w": ["a"], "v": places(0), "k": 2}},
    {"t": "pdarray", "v": {"d": "str", "w": ["a"], "v": "", "k": -1}},
    {"t": "pdarray", "v": {"d": "str", "w": [1], "v": places(0), "k": 1}},
    {"t": "pdarray", "v": {"d": "Int64", "w": ["1"], "v": places(0), "k": 1}},
    {"t": "pdarray", "v": {"d": "str", "w": ["a" * (1 << 20)], "v": places(*[0] * 64), "k": 64}},
]


@pytest.mark.parametrize("lie", LIES)
def test_a_malformed_message_is_refused(lie: dict[str, Any]) -> None:
    with pytest.raises(BadMessageError):
        Decoder()(lie)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["t", "v", "d", "s", "i", "n", "c", "k", "z", "u", "f", "w"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)
TAGS = [lie["t"] for lie in LIES if "t" in lie] + [
    "series",
    "index",
    "multi",
    "timestamp",
    "period",
    "interval",
]


@given(JSON, st.sampled_from(TAGS))
def test_no_message_can_raise_anything_else(data: Any, tag: str) -> None:
    if isinstance(data, dict):
        data = {**data, "t": tag}
    with contextlib.suppress(BadMessageError):
        Decoder()(data)
