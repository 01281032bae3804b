"""Growth backwards and forwards: last year's value, simple forecasts, how good a forecast was."""

from __future__ import annotations

import math

import pandas as pd

from coursekit.domain import checks
from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import DomainError


def last_year(value: float, growth: float) -> float:
    """Last year's value from this year's and the growth (0.0292 for 2.92 %): divided, not subtracted.

    References
    ----------
    S2-016, DER-06.

    Examples
    --------
    >>> round(last_year(13679, 0.0292), 1)
    13290.9
    """
    return checks.number("本年数", value) / (1 + checks.number("增长率", growth, -1 + 1e-9))


def growth(now: float, before: float) -> float:
    """Growth rate from two values; the earlier one must not be zero.

    >>> round(growth(24530, 22942), 4)
    0.0692
    """
    return checks.number("本期", now, -math.inf) / checks.number("上期", before, 1e-9) - 1


def per_case(revenue_wan: float, cases: float) -> float:
    """Revenue per case [yuan] from revenue in 万元 (10,000 yuan) and cases [箱].

    >>> round(per_case(33554, 13679))
    24530
    """
    return checks.number("销售额（万元）", revenue_wan) * 10_000 / checks.number("箱数", cases, 1e-9)


def accuracy(forecast: float, actual: float) -> float:
    """Accuracy of a forecast: 1 - |error| / actual, not below zero.

    References
    ----------
    S1-050.

    Examples
    --------
    >>> accuracy(90, 100)
    0.9
    """
    real = checks.number("实际数", actual, 1e-9)
    return max(0.0, 1 - abs(checks.number("预测数", forecast) - real) / real)


def naive(history: pd.Series) -> float:
    """Forecast: the same as last time."""
    return float(_history(history, 1).iloc[-1])


def moving_average(history: pd.Series, rules: Policy | None = None) -> float:
    """Forecast: mean of the latest periods (policy `analysis`)."""
    window = (rules or policies.load("analysis")).whole("forecast.window")
    return float(_history(history, window).tail(window).mean())


def seasonal(history: pd.Series, rules: Policy | None = None) -> float:
    """Forecast: the same period a year ago, moved by the growth of the last period against its own year-ago one.

    >>> year = [100.0] * 12 + [110.0]
    >>> round(seasonal(pd.Series(year)), 2)
    110.0
    """
    season = (rules or policies.load("analysis")).whole("forecast.season")
    values = _history(history, season + 1)
    base = float(values.iloc[-1 - season])
    if base <= 0:
        raise DomainError("历史数", "去年同期大于 0", f"{base:g}")
    return float(values.iloc[-season]) * float(values.iloc[-1]) / base


def _history(history: pd.Series, least: int) -> pd.Series:
    if not isinstance(history, pd.Series | list | tuple):
        raise DomainError("历史数", "一列数", type(history).__name__)
    table = pd.DataFrame({"value": pd.Series(history)})
    checks.columns(table, "历史数", "value")
    values = checks.numbers(table, "历史数", "value", (0, math.inf))
    if len(values) < least:
        raise DomainError("历史数", f"至少 {least} 期", f"{len(values)} 期")
    return values
