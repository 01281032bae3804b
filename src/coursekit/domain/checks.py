"""Checks on tables from outside: a fault names the table, the row, the rule and what to do.

Rows are counted from 1 in the order of the table, as a learner counts them on paper; where the table
has its key column, the key is named too.
"""

from __future__ import annotations

import datetime as dt
import decimal
import re
from collections.abc import Callable, Iterable, Sequence
from numbers import Real

import numpy as np
import pandas as pd

from coursekit.errors import DomainError

_NO_NUMBERS = {"b": "是否(True/False)", "M": "日期", "m": "时长", "c": "复数"}
LARGEST = 1e12
"""No count or sum of the trade goes beyond it, and whole numbers would lose digits."""
_DATE = re.compile(r"\d{4}-?\d{1,2}-?\d{1,2}([ T].*)?")


def columns(table: pd.DataFrame, where: str, *names: str, empty: bool = False) -> None:
    """Raise unless `table` has all columns `names`, with one value a cell, no column twice, and a row (or `empty`)."""
    if not isinstance(table, pd.DataFrame):
        raise DomainError(where, "一张表(DataFrame)", type(table).__name__)
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
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))  # type: ignore[call-overload]


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
    shown = "空着" if is_missing(got) else repr(got.item() if hasattr(got, "item") else got)[:80]
    raise DomainError(f"{where} {row_name(table, position, key)}的 {column}", rule, shown, tail)


def _each(
    table: pd.DataFrame, where: str, good: Callable[[object], bool], texts: tuple[str, str, str]
) -> None:
    """Raise for the first value that is not `good`; only a column of mixed values can hold one."""
    column = table[texts[1]]
    if column.dtype == object:
        _fail(table, where, ~column.map(good).astype(bool), texts)


def _blank(column: pd.Series) -> np.ndarray | bool:
    if column.dtype.kind != "O":
        return False
    values = column.to_numpy(dtype=object)
    return np.fromiter((isinstance(one, str) and not one.strip() for one in values), bool, len(values))


def _like(first: object) -> Callable[[object], bool]:
    """Whether a value is written as `first` is: a text, a date or a number."""
    kinds = (str, dt.date, bytes)
    mine = [isinstance(first, kind) for kind in kinds]
    return lambda value: [isinstance(value, kind) for kind in kinds] == mine


def filled(table: pd.DataFrame, where: str, names: Iterable[str], key: str = "cust_id") -> None:
    """Raise at the first value in the columns `names` that is missing, blank, or a number among texts."""
    for name in names:
        column = table[name]
        _fail(table, where, column.isna() | _blank(column), (key, name, "填了值"))
        _each(table, where, _like(column.iloc[0]), (key, name, "和第 1 行同一种写法，不混着文字、日期和数"))


def unique(table: pd.DataFrame, where: str, key: str) -> None:
    """Raise at the first missing or repeated `key`."""
    filled(table, where, [key], key)
    _fail(table, where, table[key].duplicated(), (key, key, "前面没有出现过的编码"))


def one_of(
    table: pd.DataFrame, where: str, column: str, allowed: Sequence[object], key: str = "cust_id"
) -> None:
    """Raise at the first value of `column` that is missing or not in `allowed`."""
    filled(table, where, [column], key)
    rule = "下列之一：" + "、".join(map(str, allowed))
    _fail(table, where, ~table[column].isin(list(allowed)), (key, column, rule))


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
    plain = raw
    if raw.dtype == object:
        plain = raw.where(raw.map(_is_number_or_text))
    values = pd.to_numeric(plain, errors="coerce").astype("float64")
    if not (values.between(max(low, -LARGEST), min(high, LARGEST))).all():
        none = values.isna() & (raw.notna() if missing else True)
        rule = f"{low:g} 到 {high:g} 之间的数" if high != float("inf") else f"不小于 {low:g} 的数"
        _fail(table, where, none, (key, column, "一个数"))
        _fail(table, where, ~values.between(low, high) & values.notna(), (key, column, rule))
        _fail(table, where, values.abs() > LARGEST, (key, column, "不超过一万亿的数"))
    return values


def _is_number_or_text(value: object) -> bool:
    return isinstance(value, str | Real | decimal.Decimal) and not isinstance(value, bool | np.bool_)


def dates(
    table: pd.DataFrame, where: str, column: str, key: str = "cust_id", missing: bool = False
) -> pd.Series:
    """Column as datetimes without time zone, after raising at the first value that is none.

    Text is read as year, month, day with or without a time; with `missing`, a value may be missing.
    """
    values = read_dates(table[column])
    bad = values.isna() & (table[column].notna() if missing else True)
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


def _date(value: object) -> object:
    """A timestamp, or NaT for what is none."""
    if isinstance(value, str):
        text = re.sub(r"[/.年月]", "-", value.strip()).replace("日", "")
        value = text if _DATE.fullmatch(text) else None
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


def number(where: str, value: object, low: float = 0.0, high: float = float("inf")) -> float:
    """Value as float, after raising if it is no finite number within the bounds (included).

    >>> number("进货价", 12)
    12.0
    """
    rule = f"{low:g} 到 {high:g} 之间的数" if high != float("inf") else f"不小于 {low:g} 的数"
    if isinstance(value, bool) or (not isinstance(value, int | float) and not hasattr(value, "__float__")):
        raise DomainError(where, rule, repr(value))
    result = float(value)
    if not low <= result <= high or result in (float("inf"), float("-inf")):
        raise DomainError(where, rule, "空着" if result != result else f"{result:g}")
    return result


def not_after(
    dates: pd.Series, table: pd.DataFrame, where: str, last: pd.Timestamp, key: str = "cust_id"
) -> None:
    """Raise at the first of `dates`, a column of `table`, that lies after `last`; missing dates pass."""
    late = dates >= last + pd.Timedelta(days=1)
    _fail(table, where, late, (key, str(dates.name), f"不晚于 {last:%Y-%m-%d}"))
