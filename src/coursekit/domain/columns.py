"""Turn columns of text into the types the catalogue gives them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from coursekit.domain import checks
from coursekit.domain.catalogue import Column, Table
from coursekit.errors import InputError

_TRUE = {"1", "1.0", "是", "y", "yes", "true", "已开通", "开通", "有"}
_FALSE = {"0", "0.0", "否", "n", "no", "false", "未开通", "没有", "无"}
_MONTH = r"\d{4}-\d{1,2}-?$|\d{6}$"
_KINDS = {
    "int": "整数",
    "number": "数",
    "bool": "是或否",
    "date": "日期（如 2024-06-17）",
    "time": "日期和时刻",
    "month": "年和月（如 2024-06）",
}


def convert(frame: pd.DataFrame, table: Table, where: str, strict: bool) -> pd.DataFrame:
    """Give every column its type.

    Parameters
    ----------
    frame : DataFrame of text
        One row per record, indexed by its line in the file; empty text is a missing value.
    table : Table
        What the columns are.
    where : str
        File name for messages.
    strict : bool
        Whether values outside a column's codes and doubled keys are refused.

    Raises
    ------
    InputError
        Naming line, column, what was expected and what stood there.
    """
    made = {}
    for column in table.columns:
        if column.name not in frame.columns:
            continue
        made[column.name] = _converted(frame[column.name], column, where, strict)
    result = pd.DataFrame(made, index=frame.index)
    if strict and table.key and set(table.key) <= set(result.columns):
        doubled = result.duplicated(list(table.key))
        _refuse(frame[table.key[0]], doubled, table.column(table.key[0]), where, "每行不同的编码")
    return result.reset_index(drop=True)


def _converted(cells: pd.Series, column: Column, where: str, strict: bool) -> Any:
    """Values of one column: each different text is looked at once, a table has few of them and many rows."""
    places, different = pd.factorize(cells, use_na_sentinel=False)
    try:
        return _checked(pd.Series(different, dtype=cells.dtype), column, where, strict).array.take(places)
    except InputError:
        _checked(cells, column, where, strict)  # finds it again, with its line
        raise


def _checked(cells: pd.Series, column: Column, where: str, strict: bool) -> pd.Series:
    values = cells.str.strip()
    if column.codes:
        values = values.replace({meaning: code for code, meaning in column.codes.items()})
    found = _typed(values, column, where)
    if strict and column.codes:
        plain = values.str.removesuffix(".0")
        _refuse(values, ~plain.isin([*column.codes, ""]), column, where, "、".join(column.codes))
    if strict and not column.missing:
        _refuse(values, values == "", column, where, "有值")
    return found


def _typed(values: pd.Series, column: Column, where: str) -> pd.Series:
    empty = values == ""
    if column.type == "text":
        return values.mask(empty)
    if column.type == "bool":
        small = values.str.lower()
        bad = ~empty & ~small.isin(_TRUE | _FALSE)
        _refuse(values, bad, column, where, _KINDS["bool"])
        truth = small.isin(_TRUE)
        return truth.astype("boolean").mask(empty) if empty.any() else truth.astype(bool)
    if column.type == "month":
        parsed = _months(values)
    else:
        parsed = _moments(values) if column.type in ("date", "time") else _numbers(values)
    bad = parsed.isna() & ~empty
    if column.type == "int":
        bad |= (parsed % 1 != 0) & parsed.notna()
    _refuse(values, bad, column, where, _KINDS[column.type])
    if column.type == "int":
        return parsed.astype("Int64") if empty.any() else parsed.astype("int64")
    return parsed.astype(float) if column.type == "number" else parsed


def _months(values: pd.Series) -> pd.Series:
    """First day of months as people write them, or as a spreadsheet makes dates of them."""
    plain = _dashed(values)
    short = plain.str.match(_MONTH)
    days = plain.str.strip("-").where(plain.str.contains("-"), plain.str[:4] + "-" + plain.str[4:]) + "-1"
    found = _moments(values.mask(short, days))
    first: pd.Series = found - pd.to_timedelta(found.dt.day - 1, unit="D")
    return first


def _dashed(values: pd.Series) -> pd.Series:
    return values.map(checks.dashed)


def _moments(values: pd.Series) -> pd.Series:
    """Dates as people write them; what is none becomes missing."""
    dashed = _dashed(values)
    found = pd.to_datetime(dashed.where(dashed.str.fullmatch(checks.DATE)), errors="coerce", format="mixed")
    return pd.Series(found, index=values.index)


def _numbers(values: pd.Series) -> pd.Series:
    """Numbers; what is none, or beyond any figure of the trade, becomes missing."""
    found = pd.to_numeric(values.mask(values == ""), errors="coerce")
    return found.where(found.abs() <= checks.LARGEST)


def _refuse(values: pd.Series, bad: pd.Series, column: Column, where: str, expected: str) -> None:
    if bad.any():
        at = int(bad.to_numpy().argmax())
        more = int(bad.sum()) - 1
        tail = f"这一列还有 {more} 处同样的问题。" if more else ""
        got = str(values.iloc[at])[:40] or "空白"
        raise InputError(f"{where} 第 {values.index[at]} 行「{column.label}」", expected, got, tail)
