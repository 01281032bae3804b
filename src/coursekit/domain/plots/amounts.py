"""Plots of amounts: bars, stacks, steps, before and after."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from coursekit.domain import checks
from coursekit.domain.plots.style import (
    ALERT,
    CLASS_COLOURS,
    CLASS_NAMES,
    FAINT,
    HATCHES,
    INK,
    PALETTE,
    PAPER,
    STAR_COLOURS,
    STAR_NAMES,
    known_colour,
    legend,
    mark_line,
    new_axes,
    number_text,
    numbers_of,
    one_name_each,
    series_of,
    whole_ticks,
)
from coursekit.errors import DomainError


def bars(
    values: Mapping[Any, float] | pd.Series,
    question: str,
    x: str = "",
    y: str = "",
    mark: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Vertical bars with their numbers on top; `mark` draws a line to compare with, such as a target.

    Bars named after a star or a cigarette class get its colour.
    """
    series = series_of(values, question)
    ax = new_axes(ax, question, x, y)
    names = [str(k) for k in series.index]
    fill = [known_colour(name, 0) for name in names]
    drawn = ax.bar(names, series.to_numpy(), color=fill, edgecolor=INK, linewidth=0.6)
    # on paper and above a line that would strike the number through
    ax.bar_label(drawn, labels=[number_text(v) for v in series], padding=2, bbox=PAPER, zorder=4)
    whole_ticks(ax.yaxis, series)
    ax.grid(visible=False, axis="x")
    ax.margins(y=0.12)
    if mark is not None:
        mark_line(ax, mark)
    return ax


def ranked(
    values: Mapping[Any, float] | pd.Series,
    question: str,
    x: str = "",
    first: int = 15,
    ax: Axes | None = None,
) -> Axes:
    """Horizontal bars, largest on top, at most `first` of them; for long names."""
    most = checks.whole("最多几项", first, 1)
    series = series_of(values, question).sort_values(ascending=False, kind="stable").head(most).iloc[::-1]
    ax = new_axes(ax, question, x, "")
    drawn = ax.barh(
        [str(k) for k in series.index], series.to_numpy(), color=PALETTE[0], edgecolor=INK, linewidth=0.6
    )
    ax.bar_label(drawn, labels=[number_text(v) for v in series], padding=3)
    whole_ticks(ax.xaxis, series)
    ax.grid(visible=False, axis="y")
    ax.margins(x=0.12)
    return ax


def histogram(
    values: Sequence[float] | pd.Series,
    question: str,
    x: str,
    bins: int | Sequence[float] = 20,
    mark: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """How many customers (or rows) fall into each step of `x`; missing values are counted in a note."""
    if isinstance(values, str) or not isinstance(values, Sequence | pd.Series | np.ndarray):
        raise DomainError(question, "一列数", checks.shown(values))
    if len(values) == 0:
        raise DomainError(question, "至少一个数", "没有数")
    series = numbers_of(pd.DataFrame({"数": pd.Series(values)}), question)["数"]
    missing = int(series.isna().sum())
    if missing == len(series):
        raise DomainError(question, "至少一个数", "没有数")
    if isinstance(bins, str) or np.ndim(bins) > 1:
        raise DomainError(question, "几档，或各档的界限", checks.shown(bins))
    bins = (
        checks.whole("档数", bins, 1, 1000)
        if np.ndim(bins) == 0
        else sorted(
            checks.number("各档的界限", edge, -math.inf)
            for edge in bins  # type: ignore[union-attr]
        )
    )
    ax = new_axes(ax, question, x, "个数")
    ax.hist(series.dropna(), bins=bins, color=PALETTE[4], edgecolor=INK, linewidth=0.6)
    whole_ticks(ax.yaxis, 0)
    ax.grid(visible=False, axis="x")
    if mark is not None:
        mark = checks.number("对照线", mark, -math.inf)
        ax.axvline(mark, color=ALERT, linestyle="--")
        ax.annotate(
            number_text(mark), (mark, 1), (4, -2), xycoords=("data", "axes fraction"), textcoords="offset points",
            color=ALERT, va="top", bbox=PAPER,
        )  # fmt: skip
    if missing:
        ax.annotate(
            f"另有 {missing} 个空值", (1, 1), xycoords="axes fraction", ha="right", va="top", color=FAINT
        )
    return ax


def stacked(
    table: pd.DataFrame,
    question: str,
    y: str = "",
    share: bool = False,
    colours: Mapping[Any, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Stacked bars: a bar for each row, a part for each column, with numbers inside; a missing part is none.

    `share` turns each bar into percent of its own sum. `colours` maps column names; columns without one
    get the palette in order.
    """
    values = numbers_of(table, question).fillna(0)
    one_name_each(values.index, question)
    if (values.to_numpy() < 0).any():
        raise DomainError(question, "各部分都不小于 0 的表", "负数")
    totals = values.sum(axis=1)
    if share:
        if (totals == 0).any():
            raise DomainError(question, "每一行的合计大于 0", f"{totals.idxmin()} 的合计是 0")
        values = values.div(totals, axis=0) * 100
    ax = new_axes(ax, question, "", y or ("占比（%）" if share else ""))
    names = [str(k) for k in values.index]
    base = np.zeros(len(values))
    smallest = 0.024 * float(values.sum(axis=1).max() or 1)
    looks = list(colours or values.columns)
    for column in values.columns:
        number = looks.index(column) if column in looks else 0
        part = values[column].to_numpy()
        fill = (colours or {}).get(column, PALETTE[number % len(PALETTE)])
        hatch = HATCHES[number % len(HATCHES)]
        drawn = ax.bar(
            names, part, bottom=base, label=str(column), color=fill, hatch=hatch, edgecolor=INK, linewidth=0.6
        )
        labels = [number_text(v) if v >= smallest else "" for v in part]
        ax.bar_label(
            drawn, labels=labels, label_type="center", fontsize=8, color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.3},
        )  # fmt: skip
        base = base + part
    whole_ticks(ax.yaxis, values)
    ax.grid(visible=False, axis="x")
    legend(ax)
    return ax


def stars_by_route(
    customers: pd.DataFrame, question: str = "哪条线路的五星户最多？", ax: Axes | None = None
) -> Axes:
    """Customers of each route by star, five stars at the bottom.

    Parameters
    ----------
    customers : DataFrame
        Columns `route` and `star` (0 = not yet graded).
    """
    checks.columns(customers, "客户表", "route", "star")
    checks.filled(customers, "客户表", ["route"])
    checks.one_of(customers, "客户表", "star", list(STAR_NAMES))
    counts = pd.crosstab(customers["route"], customers["star"].astype(int))
    counts = counts[[star for star in sorted(STAR_NAMES, reverse=True) if star in counts.columns]]
    return stacked(
        _named(counts, STAR_NAMES),
        question,
        "客户数（家）",
        colours=_by_name(STAR_NAMES, STAR_COLOURS),
        ax=ax,
    )


def structure(
    table: pd.DataFrame, question: str = "各类烟各占多少？", share: bool = True, ax: Axes | None = None
) -> Axes:
    """Structure by cigarette class: rows are shops, months or measures, columns the classes 1–5."""
    checks.columns(table, question)
    unknown = sorted(set(map(str, table.columns)) - set(map(str, CLASS_NAMES)))
    if unknown:
        raise DomainError(question, "列名是类别 1 到 5", "、".join(map(str, unknown)))
    ordered = table[[c for c in CLASS_NAMES if c in table.columns]]
    return stacked(
        _named(ordered, CLASS_NAMES), question, "", share, _by_name(CLASS_NAMES, CLASS_COLOURS), ax
    )


def before_after(
    before: Mapping[Any, float] | pd.Series,
    after: Mapping[Any, float] | pd.Series,
    question: str,
    x: str,
    names: tuple[str, str] = ("之前", "之后"),
    ax: Axes | None = None,
) -> Axes:
    """A line from the value before (hollow) to the value after (filled), one row a thing."""
    first, second = series_of(before, question), series_of(after, question)
    if list(first.index) != list(second.index):
        raise DomainError(
            question, "前后两组是同样的项目、同样的顺序", f"{list(first.index)} 与 {list(second.index)}"
        )
    ax = new_axes(ax, question, x, "")
    rows = np.arange(len(first))[::-1]
    ax.hlines(rows, first, second, color=FAINT, linewidth=2, zorder=1)
    ax.scatter(first, rows, s=60, facecolor="white", edgecolor=INK, marker="o", label=names[0], zorder=2)
    ax.scatter(second, rows, s=60, color=PALETTE[0], marker="D", label=names[1], zorder=3)
    for row, old, new in zip(rows, first, second, strict=True):
        ax.annotate(f"{number_text(old)} → {number_text(new)}", ((old + new) / 2, row), (0, 7), textcoords="offset points",
                    ha="center", fontsize=9)  # fmt: skip
    ax.set_yticks(rows, [str(k) for k in first.index])
    ax.margins(y=0.25)
    legend(ax)
    return ax


def _named(table: pd.DataFrame, names: Mapping[int, str]) -> pd.DataFrame:
    return table.rename(columns=dict(names))


def _by_name(names: Mapping[int, str], colours: Mapping[int, str]) -> dict[str, str]:
    return {names[key]: colours[key] for key in names}
