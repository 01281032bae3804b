"""Several plans of one week on maps of the same scale, side by side."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from coursekit.domain import checks
from coursekit.domain.plots.style import DASHES, FAINT, INK, PALETTE, narrow, numbers_of, place_of
from coursekit.errors import DomainError

Place = tuple[float, float]
Week = Sequence[Sequence[Hashable]]


def week_maps(
    points: pd.DataFrame,
    question: str,
    weeks: Mapping[str, Week],
    start: Place,
    days: Sequence[str],
    near: pd.Series | None = None,
) -> Axes:
    """One map for each plan, the tours of its days told apart by colour and dashes.

    Parameters
    ----------
    points : DataFrame
        `cust_id`, `lon`, `lat` [degrees].
    weeks : mapping
        What a panel says above its map -> shops of each day in the order of the visits.
    start : (lon, lat)
        Where each day starts and ends.
    days : sequence of str
        Names of the days, for the legend.
    near : Series of bool, optional
        Shops of the crowded part, which a second row of maps shows larger.

    Returns
    -------
    Axes
        The first map.

    Raises
    ------
    DomainError
        If a plan visits a shop that is not on the map, or has more days than there are names.
    """
    checks.columns(points, question, "cust_id", "lon", "lat")
    for name in ("lon", "lat"):
        checks.numbers(points, question, name, (-math.inf, math.inf))
    points = points.assign(**numbers_of(points, question, "lon", "lat"))
    start = place_of(start, question)
    if not weeks:
        raise DomainError(question, "至少一张计划", "没有")
    if near is not None and (
        not isinstance(near, pd.Series) or not near.index.equals(points.index) or not near.any()
    ):
        raise DomainError(
            f"{question} 的放大部分", "和客户表同样的行、至少一家的 True 或 False", checks.shown(near)
        )
    spots = zip(points["cust_id"], points["lon"], points["lat"], strict=True)
    where: dict[Hashable, Place] = {code: (lon, lat) for code, lon, lat in spots}
    frames = (
        [points]
        if near is None
        else [points, points[near.map(lambda one: checks.flag("放大部分", one)).to_numpy()]]
    )
    down = narrow()  # on a phone a plan a line, else a plan a column
    shape = (len(weeks), len(frames)) if down else (len(frames), len(weeks))
    size = (2.7 * shape[1], 2.9 * shape[0]) if down else (3.7 * shape[1], 3.6 * shape[0])
    sizes = (9, 9) if down else (11, 10)
    figure, grid = plt.subplots(*shape, figsize=size, squeeze=False, layout="constrained")
    grid = grid.T if down else grid
    for column, (title, week) in enumerate(weeks.items()):
        if len(week) > len(days):
            raise DomainError(f"{question} {title}", f"不超过 {len(days)} 天", f"{len(week)} 天")
        for row, frame in enumerate(frames):
            ax = grid[row][column]
            _draw(ax, points, [_path(question, title, day, where, start) for day in week], start)
            _frame(ax, frame, start)
            ax.set_title(title if row == 0 else "放大看店挨得近的地方", fontsize=sizes[row])
    looks = [Line2D([], [], **_look(number), label=name) for number, name in enumerate(days)]
    looks.append(Line2D([], [], color=INK, marker="*", markersize=11, linestyle="", label="出发点"))
    figure.legend(handles=looks, loc="outside lower center", ncols=len(looks), frameon=False)
    figure.suptitle(question, x=0.02, ha="left")
    first: Axes = grid[0][0]
    return first


def _path(
    question: str, title: str, day: Sequence[Hashable], where: Mapping[Hashable, Place], start: Place
) -> list[Place]:
    unknown = [str(shop) for shop in day if shop not in where]
    if unknown:
        raise DomainError(f"{question} {title}", "地图上有的客户", "、".join(unknown[:5]))
    return [start, *(where[shop] for shop in day), start] if day else []


def _draw(ax: Axes, points: pd.DataFrame, paths: Sequence[Sequence[Place]], start: Place) -> None:
    ax.scatter(points["lon"], points["lat"], s=5, color=FAINT, zorder=1)
    for number, path in enumerate(paths):
        if path:
            lon, lat = zip(*path, strict=True)
            ax.plot(lon, lat, **_look(number), linewidth=1.3, zorder=2)
    ax.plot(*start, marker="*", markersize=11, color=INK, zorder=3)
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ax.spines.values():
        side.set_visible(True)
        side.set_color(FAINT)


def _look(number: int) -> dict[str, Any]:
    """Colour and dashes of the `number`-th day."""
    return {"color": PALETTE[number % len(PALETTE)], "linestyle": DASHES[number % len(DASHES)]}


def _frame(ax: Axes, shown: pd.DataFrame, start: Place) -> None:
    """The same frame for every plan, with a margin; a degree of longitude is shorter than one of latitude."""
    for low, high, set_limits in (
        (min(shown["lon"].min(), start[0]), max(shown["lon"].max(), start[0]), ax.set_xlim),
        (min(shown["lat"].min(), start[1]), max(shown["lat"].max(), start[1]), ax.set_ylim),
    ):
        margin = 0.06 * (high - low) or 0.01
        set_limits(low - margin, high + margin)
    ax.set_aspect(1 / np.cos(np.radians(float(shown["lat"].mean()))))
