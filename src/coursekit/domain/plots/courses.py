"""Plots of courses and places: lines over time, cumulated shares, points, maps, grids."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import Normal, Stroke

from coursekit.domain import checks
from coursekit.domain.plots.style import (
    ALERT,
    DASHES,
    FAINT,
    INK,
    MARKERS,
    PALETTE,
    ROUTE_COLOURS,
    STAR_COLOURS,
    STAR_NAMES,
    known_colour,
    legend,
    mark_line,
    new_axes,
    number_text,
    numbers_of,
    place_of,
    series_of,
)
from coursekit.errors import DomainError


def lines(
    table: pd.DataFrame,
    question: str,
    x: str = "",
    y: str = "",
    mark: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """One line a column over the index (weeks, months), each named at its end."""
    table = numbers_of(table, question)
    if table.index.nlevels > 1:
        raise DomainError(question, "一层的行名", f"{table.index.nlevels} 层", "先 reset_index 或只留一层。")
    ax = new_axes(ax, question, x, y)
    ends: list[tuple[float, Any, str]] = []
    for number, column in enumerate(table.columns):
        look = number % len(PALETTE)
        series = table[column]
        fill = known_colour(column, number)
        (line,) = ax.plot(table.index, series, color=fill, linestyle=DASHES[look], marker=MARKERS[look],
                          markersize=4, markeredgecolor=INK, markeredgewidth=0.4, label=str(column))  # fmt: skip
        if fill != PALETTE[look]:  # the light end of a scale of colours needs an edge to be seen on white
            line.set_path_effects([Stroke(linewidth=2.6, foreground=INK), Normal()])
        known = series.dropna()
        if not known.empty:
            ends.append((float(known.iloc[-1]), known.index[-1], str(column)))
    if mark is not None:
        mark_line(ax, mark, left=True)
    if len(ends) > 1:
        _name_ends(ax, ends)
    return ax


def _name_ends(ax: Axes, ends: list[tuple[float, Any, str]]) -> None:
    """Names at the ends of lines, moved apart where they would cover each other, also after a new scale."""
    ends = sorted(ends, key=lambda end: (end[0], end[2]))
    names = [
        ax.annotate(name, (place, value), (12, 0), textcoords="offset points", va="center", fontsize=10,
                    arrowprops={"arrowstyle": "-", "color": FAINT, "linewidth": 0.6})
        for value, place, name in ends
    ]  # fmt: skip

    def move_apart(axes: Axes) -> None:
        low, high = axes.get_ylim()
        gap, floor = 0.055 * (high - low), -np.inf
        for (value, _, _), name in zip(ends, names, strict=True):
            floor = max(value, floor + gap)
            up = (floor - value) / (high - low) * axes.bbox.height * 72 / axes.figure.dpi
            name.xyann = (12, up)

    move_apart(ax)
    ax.callbacks.connect("ylim_changed", move_apart)


def pareto(
    values: Mapping[Any, float] | pd.Series,
    question: str = "多少客户撑起八成销量？",
    share: float = 0.8,
    x: str = "客户（从大到小，占全部客户的 %）",
    y: str = "累计占比（%）",
    ax: Axes | None = None,
) -> Axes:
    """Cumulated share against the share of customers, with the point where `share` is reached."""
    share = checks.number("要看的占比", share, 0, 1)
    series = series_of(values, question).sort_values(ascending=False)
    if (series < 0).any() or series.sum() <= 0:
        raise DomainError(question, "都不小于 0、合计大于 0 的数", "有负数或合计为 0")
    heads = np.arange(len(series) + 1) / len(series) * 100
    reached = np.concatenate([[0], series.cumsum().to_numpy() / series.sum() * 100])
    ax = new_axes(ax, question, x, y)
    ax.plot(heads, reached, color=PALETTE[0])
    ax.plot([0, 100], [0, 100], color=FAINT, linestyle=":")
    here = int(np.argmax(reached >= share * 100 - 1e-9))
    ax.plot(heads[here], reached[here], marker="D", color=ALERT)
    ax.annotate(
        f"{number_text(heads[here])}% 的客户，{number_text(reached[here])}%", (heads[here], reached[here]), (10, -16),
        textcoords="offset points", color=ALERT,
    )  # fmt: skip
    return ax


def scatter(
    table: pd.DataFrame,
    question: str,
    columns: tuple[str, str],
    labels: tuple[str, str],
    group: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Points of two columns, groups told apart by colour and marker."""
    checks.columns(table, question, *columns, *([group] if group else []))
    if group:
        checks.filled(table, question, [group])
        if group == "star":
            checks.one_of(table, question, "star", list(STAR_NAMES))
    numbers = numbers_of(table, question, *dict.fromkeys(columns))
    table = table.assign(**{str(name): numbers[name] for name in numbers})
    ax = new_axes(ax, question, *labels)
    ax.grid(visible=True)
    for number, (name, part) in enumerate(table.groupby(group, sort=True) if group else [("", table)]):
        look = number % len(PALETTE)
        fill, label = PALETTE[look], str(name)
        if group == "star" and name in STAR_COLOURS:
            star = int(str(name))
            fill, label = STAR_COLOURS[star], STAR_NAMES[star]
        if group == "route" and name in ROUTE_COLOURS:
            look = list(ROUTE_COLOURS).index(str(name))
            fill, label = ROUTE_COLOURS[str(name)], f"{name} 线"
        ax.scatter(part[columns[0]], part[columns[1]], s=22, color=fill, marker=MARKERS[look], edgecolor=INK,
                   linewidth=0.4, label=label)  # fmt: skip
    if group:
        legend(ax)
    return ax


def visit_map(
    points: pd.DataFrame,
    question: str,
    group: str = "route",
    tours: Sequence[Sequence[Hashable]] = (),
    start: tuple[float, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Map of shops by `group`, with the tours of a plan as lines.

    Parameters
    ----------
    points : DataFrame
        Columns `cust_id`, `lon`, `lat` [degrees, or any plane unit] and `group`.
    tours : sequence of sequences of cust_id
        Shops in the order of the visits; one line each, from `start` and back to it when given.
    """
    checks.columns(points, question, "cust_id", "lon", "lat", group)
    ax = scatter(points, question, ("lon", "lat"), ("经度", "纬度"), group, ax)
    points = points.assign(**numbers_of(points, question, "lon", "lat"))
    start = None if start is None else place_of(start, question)
    where = {
        k: (float(a), float(b))
        for k, a, b in zip(points["cust_id"], points["lon"], points["lat"], strict=True)
    }
    for number, tour in enumerate(tours):
        unknown = [str(shop) for shop in tour if shop not in where]
        if unknown:
            raise DomainError(f"{question} 第 {number + 1} 条路", "地图上有的客户", "、".join(unknown))
        path = [where[shop] for shop in tour]
        if start is not None:
            path = [start, *path, start]
        look = number % len(PALETTE)
        ax.plot(
            *zip(*path, strict=True), color=PALETTE[look], linestyle=DASHES[look], linewidth=1.1, zorder=0
        )
    if start is not None:
        ax.plot(*start, marker="*", markersize=14, color=INK)
        ax.annotate("出发点", start, (6, 6), textcoords="offset points")
    # a degree of longitude is shorter than one of latitude; plane units keep their ratio
    middle = float(points["lat"].mean())
    degrees = points["lat"].abs().max() <= 90 and points["lon"].abs().max() <= 180
    ax.set_aspect(1 / np.cos(np.radians(middle)) if degrees and abs(middle) < 80 else 1, adjustable="datalim")
    return ax


def heat(table: pd.DataFrame, question: str, x: str = "", y: str = "", ax: Axes | None = None) -> Axes:
    """Table of numbers as a grid, darker for more, with the number in each cell."""
    values = numbers_of(table, question).to_numpy()
    ax = new_axes(ax, question, x, y)
    ax.imshow(values, cmap="cividis_r", aspect="auto")
    ax.grid(visible=False)
    ax.set_xticks(range(len(table.columns)), [str(c) for c in table.columns])
    ax.set_yticks(range(len(table.index)), [str(i) for i in table.index])
    middle = (np.nanmax(values) + np.nanmin(values)) / 2
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            ax.text(
                column,
                row,
                number_text(value),
                ha="center",
                va="center",
                color="white" if value > middle else INK,
            )
    return ax
