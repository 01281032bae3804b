"""Pictures and tables of the levels report: one question each, the question is the title."""

from __future__ import annotations

import re

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from coursekit.certification.overview import QUARTERS, Overview
from coursekit.certification.report_rows import NO_LEVEL
from coursekit.domain.plots import HATCHES, PALETTE

SHOWN = 200  # rows of a table on the page; all of them stand in the Excel
_STATES = (("通过", "#0072b2", ""), ("不够", "#e69f00", "//"), ("没有证据", "#d9d9d9", ".."))


def mix_picture(overview: Overview) -> Axes:
    """Level mix today against a year ago."""
    table = overview.mix[overview.mix["等级"] != NO_LEVEL].iloc[::-1]
    figure, ax = plt.subplots(figsize=(7.2, 3.0))
    height = 0.38
    rows = range(len(table))
    then = table["去年同日"].astype("float64")
    now = table["人数"].astype("float64")
    bars = ax.barh([row + height / 2 for row in rows], now, height, color=PALETTE[0], label="现在")
    old = ax.barh(
        [row - height / 2 for row in rows], then, height, color="#ffffff", edgecolor="#555555", hatch="//",
        label="去年同日",
    )  # fmt: skip
    ax.bar_label(bars, labels=[f"{value:.0f} 人" for value in now], padding=3)
    ax.bar_label(old, labels=[f"{value:.0f} 人" for value in then], padding=3)
    ax.set_yticks(list(rows), list(table["等级"]))
    ax.set_xlabel("人数（人）")
    ax.set_title("各级有多少人，比去年多还是少？")
    ax.margins(x=0.14)
    ax.grid(visible=False, axis="y")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside lower right", ncols=2)
    return ax


def passing_picture(overview: Overview, by: str) -> Axes:
    """Passed, short and missing by part and group; `by` is 全体, 部门 or 培训师."""
    table = overview.passing[overview.passing["分组"] == by]
    names = list(dict.fromkeys(table["名称"]))[:12]
    titles = list(dict.fromkeys(table["部分"]))
    height = max(2.2, 0.34 * len(names) + 1.5)
    figure, axes = plt.subplots(1, len(titles) or 1, figsize=(9.2, height), sharey=True, squeeze=False)
    for ax, title in zip(axes[0], titles, strict=True):
        rows = table[table["部分"] == title].set_index("名称").reindex(names).iloc[::-1]
        left = pd.Series(0.0, index=rows.index)
        for state, colour, hatch in _STATES:
            width = rows[state].astype("float64")
            drawn = ax.barh(
                rows.index, width, left=left, color=colour, hatch=hatch, edgecolor="white", height=0.7
            )
            labels = [f"{value:.0f}" if value else "" for value in width]
            ax.bar_label(drawn, labels=labels, label_type="center", color="white" if not hatch else "#222222")
            left += width
        ax.set_title(title, fontsize=12)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        ax.set_xlabel("人数（人）")
        ax.grid(visible=False, axis="y")
    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=state)
        for state, colour, hatch in _STATES
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=3)
    question = "三个部分各有多少人通过？" if by == "全体" else f"哪个{by}的人卡在哪一部分？"
    figure.suptitle(question, x=0.01, ha="left", fontsize=14)
    first: Axes = axes[0][0]
    return first


def reasons_picture(overview: Overview, first: int = 10) -> Axes:
    """The most frequent reasons for not reaching the next level."""
    table = overview.reasons.head(first).iloc[::-1]
    labels = [
        f"{row['目标等级'].removesuffix('客户经理')} · {row['差什么']}（{row['性质']}）"
        for _, row in table.iterrows()
    ]
    _figure, ax = plt.subplots(figsize=(7.6, 0.36 * len(table) + 1.3))
    drawn = ax.barh(range(len(table)), table["人数"], color=PALETTE[1], edgecolor="#444444", height=0.65)
    ax.bar_label(drawn, labels=[f"{value} 人" for value in table["人数"]], padding=3)
    ax.set_yticks(range(len(table)), labels)
    ax.set_xlabel("人数（人）")
    ax.set_title("没到下一级的人，差在哪里？")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.margins(x=0.12)
    ax.grid(visible=False, axis="y")
    return ax


def movements_picture(overview: Overview, last: int = QUARTERS) -> Axes:
    """Events of the latest quarters."""
    table = overview.movements.tail(last).set_index("季度")
    kinds = [kind for kind in table.columns if table[kind].sum()]
    figure, ax = plt.subplots(figsize=(7.6, 3.4))
    bottom = pd.Series(0.0, index=table.index)
    for number, kind in enumerate(kinds):
        ax.bar(
            table.index,
            table[kind],
            bottom=bottom,
            label=kind,
            color=PALETTE[number % len(PALETTE)],
            hatch=HATCHES[number % len(HATCHES)],
            edgecolor="white",
            width=0.6,
        )
        bottom += table[kind]
    for position, total in enumerate(bottom):
        ax.annotate(f"{total:.0f}", (position, total), ha="center", va="bottom")
    ax.set_ylabel("变动（条）")
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_title("每个季度发生了哪些变动？")
    ax.set_ylim(0, max(1.0, 1.14 * bottom.max()))
    ax.grid(visible=False, axis="x")
    ax.tick_params(axis="x", rotation=30 if len(table) > 5 else 0)
    figure.legend(loc="outside right center")
    return ax


def passing_table(overview: Overview) -> pd.DataFrame:
    """Pass rates with a row a group and a column a part; people without evidence stand apart."""
    table = overview.passing.copy()
    table["说明"] = [
        "没有人有证据"
        if rate != rate or rate is None
        else f"{rate:.1f}%（{passed}/{passed + short}）" + (f"，{missing} 人没有证据" if missing else "")
        for passed, short, missing, rate in zip(
            table["通过"], table["不够"], table["没有证据"], table["通过率（%）"], strict=True
        )
    ]
    parts = list(dict.fromkeys(table["部分"]))
    wide = table.pivot_table(
        index=["分组", "名称"], columns="部分", values="说明", aggfunc="first", sort=False
    )
    return wide[parts].reset_index().rename_axis(columns=None)


def gaps_table(overview: Overview) -> pd.DataFrame:
    """Gaps to the next level, amounts with their unit."""
    table = overview.gaps.frame(SHOWN)
    table["差多少"] = [
        "" if short is None or short != short else f"{short:g} {unit}"
        for short, unit in zip(table["差多少"], table["单位"], strict=True)
    ]
    return table[["工号", "姓名", "目标等级", "差什么", "性质", "差多少", "最晚哪天", "哪天够", "说明"]]


def mix_table(overview: Overview) -> pd.DataFrame:
    """The level mix with shares to two places and signs before what changed."""
    table = overview.mix.copy()
    table["占比（%）"] = [f"{share:.2f}" for share in table["占比（%）"]]
    table["增减"] = ["" if pd.isna(more) else f"{more:+d}" if more else "0" for more in table["增减"]]
    return table


def table_html(table: pd.DataFrame, count: int | None = None) -> str:
    """The table as HTML, empty cells and columns left out, long tables cut with a note.

    Parameters
    ----------
    count : int, optional
        How many rows there are, when `table` is only the beginning.
    """
    if not len(table):
        return "<p>没有。</p>"
    part = table.head(SHOWN).dropna(axis=1, how="all")
    shown = part.astype(object).where(part.notna(), "")
    html = str(shown.to_html(index=False, border=0, escape=True, classes="levels"))
    html = re.sub(r"<td>(\w{1,12})</td>", r'<td style="white-space:nowrap">\1</td>', html)
    html = re.sub(r"(\d{4}-\d\d-\d\d)", r'<span style="white-space:nowrap">\1</span>', html)
    rest = (len(table) if count is None else count) - len(part)
    return html + (f"<p>还有 {rest} 行，见 Excel。</p>" if rest > 0 else "")
