"""Checks on tables from outside: a fault names the table, the row, the rule and what to do.

Rows are counted from 1 in the order of the table, as a learner counts them on paper; where the table
has its key column, the key is named too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from coursekit.errors import DomainError


def columns(table: pd.DataFrame, where: str, *names: str) -> None:
    """Raise unless `table` is a DataFrame with all columns `names` and at least one row."""
    if not isinstance(table, pd.DataFrame):
        raise DomainError(where, "一张表(DataFrame)", type(table).__name__)
    missing = [name for name in names if name not in table.columns]
    if missing:
        got = "、".join(map(str, table.columns)) or "没有列"
        raise DomainError(where, f"有这些列：{'、'.join(missing)}", got)
    if table.empty:
        raise DomainError(where, "至少一行", "空表", "检查筛选条件，是不是把行都筛掉了。")


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
    shown = "空着" if pd.isna(got) else repr(got.item() if hasattr(got, "item") else got)
    raise DomainError(f"{where} {row_name(table, position, key)}的 {column}", rule, shown, tail)


def filled(table: pd.DataFrame, where: str, names: Iterable[str], key: str = "cust_id") -> None:
    """Raise at the first missing value in the columns `names`."""
    for name in names:
        _fail(table, where, table[name].isna(), (key, name, "填了值"))


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
    table: pd.DataFrame, where: str, column: str, bounds: tuple[float, float], key: str = "cust_id"
) -> pd.Series:
    """Column as float64, after raising at the first value that is missing, no number, or out of `bounds`.

    Bounds are included; use `math.inf` for none.
    """
    raw = table[column]
    if pd.api.types.is_bool_dtype(raw):
        raise DomainError(f"{where} 的 {column}", "一列数", "是否(True/False)")
    values = pd.to_numeric(raw, errors="coerce").astype("float64")
    _fail(table, where, values.isna(), (key, column, "一个数"))
    low, high = bounds
    rule = f"{low:g} 到 {high:g} 之间的数" if high != float("inf") else f"不小于 {low:g} 的数"
    _fail(table, where, ~values.between(low, high) | values.abs().eq(float("inf")), (key, column, rule))
    return values


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


def not_after(table: pd.DataFrame, where: str, column: str, last: pd.Timestamp, key: str = "cust_id") -> None:
    """Raise at the first date of `column` that lies after `last`; missing dates pass."""
    dates = pd.to_datetime(table[column])
    _fail(table, where, dates >= last + pd.Timedelta(days=1), (key, column, f"不晚于 {last:%Y-%m-%d}"))
