"""Tables and pictures of the class and learner reports: one question each, rows that can be jumped to."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from coursekit.domain.plots import HATCHES, PALETTE

_NUMBERS = (
    "得分",
    "满分",
    "未定的分",
    "扣分",
    "评了的人数",
    "全对",
    "部分",
    "没对",
    "未定",
    "得分率",
    "人数",
    "序",
)
_SHORT = ("编号", "姓名", "单位", "状态", "交的时间", "迟交", "截止", "练习")


def table_html(
    table: pd.DataFrame, *, anchor: str = "", link: Sequence[str] = (), empty: str = "没有。"
) -> str:
    """A table as HTML.

    Parameters
    ----------
    anchor : str
        Column whose value names the row, so that `link`s can jump to it.
    link : sequence of str
        Columns with one or several such names, joined by 、.
    empty : str
        What to say instead of a table without rows.
    """
    if table.empty:
        return f"<p>{html.escape(empty)}</p>"
    head = "".join(f"<th{_side(name)}>{html.escape(str(name))}</th>" for name in table.columns)
    lines = []
    for row in table.to_dict("records"):
        cells = "".join(f"<td{_side(name)}>{_cell(name, value, link)}</td>" for name, value in row.items())
        mark = f' id="{html.escape(str(row[anchor]))}"' if anchor else ""
        lines.append(f"<tr{mark}>{cells}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _side(name: object) -> str:
    return ' class="n"' if name in _NUMBERS else ' class="s"' if name in _SHORT else ""


def _cell(name: object, value: object, link: Sequence[str]) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    if name == "得分率" and isinstance(value, float):
        return f"{value:.0%}"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if name in link:
        return "、".join(to_row(part) for part in text.split("、"))
    return html.escape(text)


def to_row(name: str) -> str:
    """A link to the row of that name on the same page."""
    safe = html.escape(name)
    return f'<a href="#{safe}">{safe}</a>' if re.fullmatch(r"[\w.-]+", name) else safe


def rates_picture(rates: pd.Series, question: str = "哪一题丢分最多？") -> Axes:
    """Share of points by question, the worst on top. [%]"""
    ordered = rates.sort_values(ascending=False) * 100
    figure, ax = plt.subplots(figsize=(7.6, max(1.8, 0.42 * len(ordered) + 1.1)))
    weak = ordered < 60  # the same line as the pass mark of a part
    drawn = ax.barh(
        ordered.index, ordered, color=[PALETTE[1] if low else PALETTE[0] for low in weak],
        hatch=[HATCHES[1] if low else "" for low in weak], edgecolor="white", height=0.68,
    )  # fmt: skip
    ax.bar_label(drawn, labels=[f"{value:.0f}%" for value in ordered], padding=3)
    ax.set_xlim(0, 108)
    ax.set_xlabel("得分率（%），斜线的低于 60%")
    ax.set_title(question)
    ax.grid(visible=False, axis="y")
    figure.align_labels()
    return ax


def spread_picture(shares: pd.Series, question: str = "分数集中在哪一段？") -> Axes:
    """How many learners lie in each tenth of the points."""
    edges = list(range(0, 101, 10))
    names = [f"{low}–{low + 10}" for low in edges[:-1]]
    places = pd.cut(shares * 100, edges, include_lowest=True, labels=names)
    count = places.value_counts().reindex(names, fill_value=0)
    _, ax = plt.subplots(figsize=(7.6, 2.9))
    drawn = ax.bar(names, count, color=PALETTE[0], edgecolor="white", width=0.92)
    ax.bar_label(drawn, labels=[str(value) if value else "" for value in count], padding=2)
    ax.set_xlabel("得分占满分（%）")
    ax.set_ylabel("人数（人）")
    ax.set_title(question)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(visible=False, axis="x")
    ax.margins(y=0.18)
    return ax


def progress_picture(shares: Mapping[str, float | None], question: str = "每次练习拿到了几成？") -> Axes:
    """One learner's share of points by exercise; what is not known has no bar but a word."""
    names = list(shares)[::-1]
    _, ax = plt.subplots(figsize=(7.6, max(1.8, 0.5 * len(names) + 1.1)))
    values = [shares[name] for name in names]
    drawn = ax.barh(names, [100 * (value or 0) for value in values], color=PALETTE[0], height=0.6)
    ax.bar_label(drawn, labels=["没有分数" if v is None else f"{100 * v:.0f}%" for v in values], padding=3)
    ax.set_xlim(0, 110)
    ax.set_xlabel("得分占满分（%）")
    ax.set_title(question)
    ax.grid(visible=False, axis="y")
    return ax
