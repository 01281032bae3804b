"""Pictures of the items report: which items to mend, and how each of them rises with the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from coursekit.domain.plots.style import ALERT, FAINT, INK, PALETTE
from coursekit.errors import DomainError
from coursekit.quiz.irt import Fit
from coursekit.quiz.item_report import ItemReport


@dataclass(frozen=True)
class CurvePoint:
    """One group of takers: mean score on the other items, share who had this item right, and how many they are."""

    rest: float
    share: float
    takers: int


def curve_points(
    scores: NDArray[Any], item: int, groups: int = 5, values: NDArray[Any] | None = None
) -> list[CurvePoint]:
    """How the share of right answers rises with the score on all other items.

    Parameters
    ----------
    scores : int array, shape (takers, items)
        0 wrong, 1 right.
    item : int
        Column, from 0.
    groups : int
        Groups of about equal size, takers with the same score kept together.
    values : float array, shape (takers,), optional
        What to average in each group instead of the answers, such as a model's chances.

    Raises
    ------
    DomainError
        If there is no such column or fewer than one group.

    Examples
    --------
    >>> table = np.array([[0, 0, 0], [0, 1, 0], [1, 1, 1], [1, 1, 1]])
    >>> [(point.rest, point.share) for point in curve_points(table, 0, groups=2)]
    [(0.5, 0.0), (2.0, 1.0)]
    """
    if not 0 <= item < scores.shape[1]:
        raise DomainError("item", f"0 到 {scores.shape[1] - 1}", str(item))
    if groups < 1:
        raise DomainError("groups", "至少 1", str(groups))
    rest = scores.sum(axis=1) - scores[:, item]
    taken = scores[:, item] if values is None else values
    order = np.argsort(rest, kind="stable")
    sizes = [part for part in np.array_split(order, groups) if len(part)]
    borders = sorted({int(rest[part[0]]) for part in sizes})
    points = []
    for low, high in zip(borders, [*borders[1:], int(rest.max()) + 1], strict=True):
        here = (rest >= low) & (rest < high)
        if here.any():
            points.append(CurvePoint(float(rest[here].mean()), float(taken[here].mean()), int(here.sum())))
    return points


def overview(report: ItemReport) -> Figure:
    """Difficulty against discrimination, items to mend named."""
    named = dict(report.to_mend())
    figure, axes = plt.subplots(figsize=(7.2, 4.6))
    for item in report.classical.items:
        if item.item_rest is None:
            continue
        bad = item.id in named
        axes.plot(
            item.p,
            item.item_rest,
            marker="X" if bad else "o",
            color=ALERT if bad else PALETTE[0],
            linestyle="none",
        )
        if bad:
            axes.annotate(
                item.id, (item.p, item.item_rest), xytext=(4, 4), textcoords="offset points", fontsize=8
            )
    axes.axhline(0, color=FAINT, linewidth=0.8)
    axes.set_xlim(-0.02, 1.02)
    axes.set_xlabel("答对率（越往右越容易）")
    axes.set_ylabel("与其余各题的相关（越高越分得出）")
    axes.set_title("哪几题要改？（叉号）")
    return figure


def item_curves(
    scores: NDArray[Any], names: Sequence[str], shown: Sequence[str], fit: Fit | None = None
) -> Figure:
    """One small picture per item: what was seen, by groups of takers, and the fitted model if there is one."""
    count = max(1, len(shown))
    columns = min(3, count)
    rows = -(-count // columns)
    figure, grid = plt.subplots(
        rows, columns, figsize=(2.6 * columns + 0.6, 2.3 * rows + 0.6), sharey=True, squeeze=False
    )
    for axes, name in zip(grid.flat, shown, strict=False):
        place = list(names).index(name)
        points = curve_points(scores, place)
        x = [point.rest for point in points]
        axes.plot(x, [point.share for point in points], marker="o", color=PALETTE[0], label="实际")
        if fit is not None:
            chances = fit.expected(scores, place)
            model = [point.share for point in curve_points(scores, place, values=chances)]
            axes.plot(x, model, linestyle="--", color=INK, label="模型")
        axes.set_title(name, fontsize=9)
        axes.set_ylim(-0.05, 1.05)
    for axes in list(grid.flat)[len(shown) :]:
        axes.set_visible(False)
    figure.supxlabel("其余各题答对几题", fontsize=9)
    figure.supylabel("这一题的答对率", fontsize=9)
    figure.suptitle("分数越高的人，这一题答对得越多吗？", fontsize=11)
    return figure
