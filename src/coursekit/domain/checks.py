"""Checks on tables from outside: a fault names the table, the row, the rule and what to do.

Rows are counted from 1 in the order of the table, as a learner counts them on paper; where the table
has its key column, the key is named too.
"""

from __future__ import annotations

import datetime as dt
import decimal
import math
import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from numbers import Rational, Real
from typing import TypeVar

import numpy as np
import pandas as pd

from coursekit.errors import DomainError

_NO_NUMBERS = {"b": "是否(True/False)", "M": "日期", "m": "时长", "c": "复数"}
T = TypeVar("T")
LARGEST = 1e12
"""No count or sum of the trade goes beyond it, and whole numbers would lose digits."""
_HAIR = 1e-6
_UNPADDED = "前后没有空格的文字"
DATE = r"(\d{4}-\d{1,2}-\d{1,2}|\d{8})( \d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?)?"
"""A day, perhaps with a time of day and without a time zone, as `dashed` leaves it."""


def columns(table: pd.DataFrame, where: str, *names: str, empty: bool = False) -> None:
    """Raise unless `table` has all columns `names`, with one value a cell, no column twice, and a row (or `empty`)."""
    if not isinstance(table, pd.DataFrame):
        raise DomainError(where, "一张表(DataFrame)", type(table).__name__)
    if table.columns.nlevels > 1:
        raise DomainError(
            where, "一层表头", f"{table.columns.nlevels} 层表头", "分组汇总以后先把列名改成一层。"
        )
    for name in names:
        if not isinstance(name, str):
            raise DomainError(where, "列名是文字", shown(name))
    if not table.columns.is_unique:
        doubled = table.columns[table.columns.duplicated()][0]
        raise DomainError(where, "每列一个名字", f"有两列都叫 {doubled}", "改名或去掉多的一列。")
    missing = [name for name in names if name not in table.columns]
    if missing:
        got = "、".join(map(str, table.columns)) or "没有列"
        raise DomainError(where, f"有这些列：{'、'.join(missing)}", got)
    if table.empty and not empty:
        raise DomainError(where, "至少一行", "空表", "检查筛选条件，是不是把行都筛掉了。")
    for name in names:
        _each(table, where, pd.api.types.is_scalar, (str(names[0]), name, "一个值"))


def is_missing(value: object) -> bool:
    """Whether one value of a table is missing: None, NaN, NaT, NA."""
    if isinstance(value, decimal.Decimal):
        return value.is_nan()
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))  # type: ignore[call-overload]


def bare(table: pd.DataFrame) -> pd.DataFrame:
    """The table with no name on its index: one called like a column could be taken for it."""
    return table.set_axis(table.index.set_names([None] * table.index.nlevels))


def row_name(table: pd.DataFrame, position: int, key: str | None = None) -> str:
    """`第 3 行(C003)`, counted from 1."""
    label = f"第 {position + 1} 行"
    if key is not None and key in table.columns:
        label += f"({table[key].iloc[position]})"
    return label


def _fail(table: pd.DataFrame, where: str, bad: pd.Series, texts: tuple[str, str, str]) -> None:
    """Raise for the first row where `bad` holds; texts are key, column, rule."""
    if not bad.any():
        return
    key, column, rule = texts
    position = int(bad.to_numpy().argmax())
    more = int(bad.sum()) - 1
    tail = f"这样的还有 {more} 行。" if more else ""
    got = table[column].iloc[position]
    plain = got.item() if hasattr(got, "item") else got
    raise DomainError(f"{where} {row_name(table, position, key)}的 {column}", rule, shown(plain), tail)


def _each(
    table: pd.DataFrame, where: str, good: Callable[[object], bool], texts: tuple[str, str, str]
) -> None:
    """Raise for the first value that is not `good`; only a column of mixed values can hold one."""
    column = table[texts[1]]
    if column.dtype == object:
        _fail(table, where, ~column.map(good).astype(bool), texts)


def _spaces(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Where a column holds blank texts, and where texts with blanks before or after them."""
    if column.dtype.kind != "O":
        none = np.zeros(len(column), bool)
        return none, none
    texts = [(one, one.strip()) if isinstance(one, str) else ("x", "x") for one in column]
    blank = np.array([not bare for _, bare in texts], dtype=bool)
    return blank, np.array([text != bare for text, bare in texts], dtype=bool) & ~blank


def like(first: object) -> Callable[[object], bool]:
    """Whether a value is written as `first` is: a text, a date or a number."""
    kinds = (str, dt.date, bytes)
    mine = [isinstance(first, kind) for kind in kinds]
    return lambda value: [isinstance(value, kind) for kind in kinds] == mine


def filled(table: pd.DataFrame, where: str, names: Iterable[str], key: str = "cust_id") -> None:
    """Raise at the first value in the columns `names` that is missing, blank, padded, or a number among texts."""
    for name in names:
        column = table[name]
        blank, padded = _spaces(column)
        _fail(table, where, column.isna() | blank, (key, name, "填了值"))
        _fail(table, where, column.notna() & padded, (key, name, _UNPADDED))
        _each(table, where, like(column.iloc[0]), (key, name, "和第 1 行同一种写法，不混着文字、日期和数"))


def unpadded(table: pd.DataFrame, where: str, *names: str, key: str = "cust_id") -> None:
    """Raise at the first text with blanks before or after it: `"A "` would be another code than `"A"`."""
    for name in names:
        column = table[name]
        _fail(table, where, column.notna() & _spaces(column)[1], (key, name, _UNPADDED))


def unique(table: pd.DataFrame, where: str, key: str) -> None:
    """Raise at the first missing or repeated `key`."""
    filled(table, where, [key], key)
    _fail(table, where, table[key].duplicated(), (key, key, "前面没有出现过的编码"))


def one_of(
    table: pd.DataFrame,
    where: str,
    column: str,
    allowed: Sequence[object],
    key: str = "cust_id",
    missing: bool = False,
) -> None:
    """Raise at the first value of `column` that is not in `allowed`; with `missing`, a value may be missing."""
    if not missing:
        filled(table, where, [column], key)
    rule = "下列之一：" + "、".join(map(str, allowed))
    good = table[column].isin(list(allowed))
    if table[column].dtype.kind in "bc":  # True is no one-star shop
        good &= False
    elif table[column].dtype == object:
        good &= ~table[column].map(_is_truth)
    _fail(table, where, ~good & (table[column].notna() if missing else True), (key, column, rule))


def plain(column: pd.Series) -> pd.Series:
    """The column without categories, which would be ordered as they were made and kept when nothing has them."""
    kind = column.dtype
    return column.astype(kind.categories.dtype) if isinstance(kind, pd.CategoricalDtype) else column


def numbers(
    table: pd.DataFrame,
    where: str,
    column: str,
    bounds: tuple[float, float],
    key: str = "cust_id",
    missing: bool = False,
) -> pd.Series:
    """Column as float64, after raising at the first value that is missing, no number, or out of `bounds`.

    Bounds are included; use `math.inf` for none. With `missing`, a value may be missing.
    """
    raw, (low, high) = table[column], bounds
    if raw.dtype.kind in _NO_NUMBERS:
        raise DomainError(f"{where} 的 {column}", "一列数", _NO_NUMBERS[raw.dtype.kind])
    values = floats(raw)
    if not (values.between(max(low, -LARGEST), min(high, LARGEST))).all():
        none = values.isna() & (raw.notna() if missing else True)
        rule = _range(low, high)
        _fail(table, where, none, (key, column, "一个数"))
        _fail(table, where, ~values.between(low, high) & values.notna(), (key, column, rule))
        _fail(table, where, values.abs() > LARGEST, (key, column, "不超过一万亿的数"))
    return values


def _is_truth(value: object) -> bool:
    return isinstance(value, bool | np.bool_ | complex)


def floats(column: pd.Series) -> pd.Series:
    """Numbers of a column, also those written as text, as float64; missing where there is none."""
    if column.dtype == object:
        column = column.map(_readable)
    found: pd.Series = pd.to_numeric(column, errors="coerce").astype("float64")
    return found


def _readable(value: object) -> object:
    """What `to_numeric` reads right: a text or number; missing for anything else."""
    if _is_truth(value) or not isinstance(value, str | Real | decimal.Decimal):
        return None
    if not isinstance(value, Rational):
        return value
    exact = Fraction(value)
    return float(exact) if abs(exact) <= LARGEST else math.inf  # perhaps of more digits than a float has


def dates(
    table: pd.DataFrame, where: str, column: str, key: str = "cust_id", missing: bool = False
) -> pd.Series:
    """Column as datetimes without time zone, after raising at the first value that is none.

    Text is read as year, month, day with or without a time; with `missing`, a value may be missing.
    """
    values = read_dates(table[column])
    bad = values.isna() & (table[column].notna() if missing else True)
    bad |= values.notna() & ~values.dt.year.between(dt.MINYEAR, dt.MAXYEAR)
    _fail(table, where, bad, (key, column, "像 2024-06-17 这样的日期"))
    return values


def read_dates(column: pd.Series) -> pd.Series:
    """Datetimes without time zone; missing where there is none."""
    plain = column.dtype.kind == "M" and getattr(column.dtype, "tz", None) is None
    return column if plain else pd.to_datetime(column.astype(object).map(_date))


def minutes(later: pd.Series, earlier: pd.Series) -> pd.Series:
    """Time between two columns of datetimes [min]; missing where one of them is."""
    waited: pd.Series = (later - earlier).dt.total_seconds() / 60
    return waited


def dashed(text: str) -> str:
    """A date as people write it with dashes in its day, and a blank before its time.

    >>> dashed("2024年6月17日08:30:00.500")
    '2024-6-17 08:30:00.500'
    """
    day, time = re.fullmatch(r"([^ T日]*)[ T日]*(.*)", text.strip(), re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{re.sub('[/.年月]', '-', day)} {time}".strip()


def _date(value: object) -> object:
    """A timestamp, or NaT for what is none."""
    if isinstance(value, str):
        text = dashed(value)
        value = text if re.fullmatch(DATE, text) else None
    elif not isinstance(value, dt.date):
        value = None
    try:
        found = pd.Timestamp(value)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return pd.NaT
    return found if found.tzinfo is None else pd.NaT


def booleans(table: pd.DataFrame, where: str, column: str, key: str = "cust_id") -> pd.Series:
    """Column as bool, after raising at the first value that is neither true nor false (1/0 count)."""
    filled(table, where, [column], key)
    _fail(table, where, ~table[column].isin([True, False]), (key, column, "True 或 False"))
    return table[column].astype(bool)


def _range(low: float, high: float) -> str:
    """Bounds in words; one that lies a hair beside a whole number leaves that number out."""
    if low == -math.inf and high == math.inf:
        return "一个数"
    open_low, open_high = (
        0 < abs(bound - round(bound)) < _HAIR for bound in (max(low, -LARGEST), min(high, LARGEST))
    )
    if not open_low and not open_high and -math.inf < low and high < math.inf:
        return f"{low:g} 到 {high:g} 之间的数"
    below = f"大于 {round(low)}" if open_low else f"不小于 {low:g}"
    above = f"小于 {round(high)}" if open_high else f"不大于 {high:g}"
    return "、".join([below] * (low > -math.inf) + [above] * (high < math.inf)) + " 的数"


def shown(value: object) -> str:
    """A value as a message names it."""
    if is_missing(value):
        return "空着"
    try:
        return repr(value)[:80]
    except ValueError:  # a whole number of more digits than Python writes
        return "太大的数"


def number(where: str, value: object, low: float = 0.0, high: float = float("inf")) -> float:
    """Value as float, after raising if it is no finite number within the bounds (included).

    >>> number("进货价", 12)
    12.0
    """
    return _number(where, value, (low, high), _range(low, high))


def _number(where: str, value: object, bounds: tuple[float, float], rule: str) -> float:
    if not isinstance(value, Real | decimal.Decimal) or _is_truth(value):
        raise DomainError(where, rule, shown(value))
    try:
        result = float(value)
    except (OverflowError, ValueError):  # too large for a float; a signalling NaN
        raise DomainError(where, rule, shown(value)) from None
    if not bounds[0] <= result <= bounds[1] or math.isinf(result):
        raise DomainError(where, rule, "空着" if result != result else f"{result:g}")
    if abs(result) > LARGEST:
        raise DomainError(where, "不超过一万亿的数", f"{result:g}")
    return result


def whole(where: str, value: object, low: float = 0.0, high: float = float("inf")) -> int:
    """Value as int, after raising if it is no whole number within the bounds (included).

    >>> whole("户数", 12.0)
    12
    """
    rule = _range(low, high).removesuffix("数") + "整数"
    result = _number(where, value, (low, high), rule)
    if result % 1:
        raise DomainError(where, rule, f"{result:g}")
    return int(result)


def flag(where: str, value: object) -> bool:
    """Value as bool, after raising if it is neither true nor false (1/0 count).

    >>> flag("已批准", 1)
    True
    """
    if not isinstance(value, bool | np.bool_ | Real) or value not in (0, 1):
        raise DomainError(where, "True 或 False", shown(value))
    return bool(value)


def choice(where: str, value: T, allowed: Sequence[T]) -> T:
    """Value, after raising if it is not one of `allowed`; true is not 1.

    >>> choice("单位", "条", ("条", "件"))
    '条'
    """
    plain = isinstance(value, str | Real) and not _is_truth(value)
    if not plain or value not in allowed:
        raise DomainError(where, f"下列之一：{'、'.join(map(str, allowed))}", shown(value))
    return value


def not_after(
    dates: pd.Series, table: pd.DataFrame, where: str, last: pd.Timestamp, key: str = "cust_id"
) -> None:
    """Raise at the first of `dates`, a column of `table`, that lies after `last`; missing dates pass."""
    late = dates >= last + pd.Timedelta(days=1)
    _fail(table, where, late, (key, str(dates.name), f"不晚于 {last:%Y-%m-%d}"))
