"""Font, colours and the small pieces that every plot of the course shares."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
import pandas as pd
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal, Stroke
from matplotlib.ticker import MaxNLocator

from coursekit.domain import checks
from coursekit.domain.fonts import FONT_FAMILY, FONT_FILE
from coursekit.errors import DomainError, MissingToolError

INSTALLED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Zen Hei",
)

# Light to dark with the star, steps of lightness wide enough for a grey print (tests measure them).
STAR_COLOURS = {0: "#ffffff", 1: "#f5e3a1", 2: "#cbb865", 3: "#8f8d75", 4: "#55607a", 5: "#14284f"}
STAR_NAMES = {0: "未定级", 1: "一星", 2: "二星", 3: "三星", 4: "四星", 5: "五星"}
CLASS_COLOURS = {1: "#3b0f4f", 2: "#86306a", 3: "#cc5f5e", 4: "#f3a573", 5: "#fbe3c2"}
CLASS_NAMES = {1: "一类", 2: "二类", 3: "三类", 4: "四类", 5: "五类"}
ROUTE_COLOURS = {"A": "#0072b2", "B": "#e69f00", "C": "#009e73", "D": "#cc79a7", "E": "#56b4e9"}
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7f7f7f", "#f0e442")
HATCHES = ("", "//", "..", "xx", "\\\\", "oo", "--", "++")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (8, 2)), (0, (3, 1, 1, 1)))
NARROW = (5.4, 3.8)  # [inches]; shrunk to a phone its letters are still read
NARROW_SWITCH = "COURSEKIT_NARROW_FIGURES"
_LONGEST_NAME = 60
INK, FAINT, ALERT = "#222222", "#8c8c8c", "#d55e00"


def narrow() -> bool:
    """Whether plots are for a page that is also read on a phone (`NARROW_SWITCH` is set)."""
    return bool(os.environ.get(NARROW_SWITCH))


def use_style() -> None:
    """Set font, sizes and colours for every plot after this call.

    The font of the package goes first, so that plots are the same on every machine; installed Chinese
    fonts stand behind it for rare characters of names.

    Raises
    ------
    MissingToolError
        If neither the package's font nor an installed Chinese font is there.
    """
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    if FONT_FILE.is_file() and FONT_FAMILY not in known:
        font_manager.fontManager.addfont(FONT_FILE)
        known.add(FONT_FAMILY)
    families = [name for name in (FONT_FAMILY, *INSTALLED) if name in known]
    if not families:
        raise MissingToolError("中文字体", "请重新安装 coursekit，或装一个中文字体（如 fonts-noto-cjk）。")
    small = narrow()
    mpl.rcParams.update(
        {
            "font.family": [*families, "DejaVu Sans"],
            "font.size": 11,
            "axes.unicode_minus": False,
            "axes.titlesize": 12 if small else 14,
            "axes.titlelocation": "left",
            "axes.titlepad": 12,
            "axes.labelsize": 11,
            "axes.labelcolor": INK,
            "axes.edgecolor": FAINT,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.axisbelow": True,
            "axes.prop_cycle": cycler(color=list(PALETTE)),
            "axes.grid": True,
            "grid.color": "#e3e3e3",
            "grid.linewidth": 0.8,
            "text.color": INK,
            "text.parse_math": False,  # $ in the name of a shop is a letter
            "legend.frameon": False,
            "hatch.linewidth": 0.6,
            "figure.figsize": NARROW if small else (7.2, 4.2),
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "savefig.dpi": 160,
            "svg.fonttype": "path",
            "svg.hashsalt": "coursekit",
        }
    )


def save(ax: Axes, path: Path) -> Path:
    """Write the figure of `ax` as PNG or SVG (by the suffix), without a date in it, and close it."""
    figure = ax.get_figure(root=True)
    if not isinstance(figure, Figure):
        raise DomainError(str(path), "画在图上的坐标系", "没有图")
    if path.suffix not in (".png", ".svg"):
        raise DomainError(str(path), "文件名以 .png 或 .svg 结尾", path.suffix or "没有后缀")
    metadata = {"Date": None} if path.suffix == ".svg" else {"Software": None}
    figure.savefig(path, metadata=metadata)
    plt.close(figure)
    return path


def new_axes(ax: Axes | None, question: str, x: str, y: str) -> Axes:
    if ax is None:
        ax = plt.subplots()[1]
    ax.set_title(question)
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    return ax


def whole_ticks(axis: Axis, values: npt.ArrayLike) -> None:
    """No 2.5 shops on an axis where all values are whole numbers."""
    if not np.any(np.mod(values, 1)):
        axis.set_major_locator(MaxNLocator(nbins="auto", integer=True, steps=[1, 2, 5, 10]))


def series_of(values: Mapping[Any, float] | pd.Series, question: str) -> pd.Series:
    """Values by name: a number for each, no name twice (one bar would hide the other)."""
    if isinstance(values, pd.DataFrame | str) or not isinstance(values, Mapping | pd.Series | list | tuple):
        raise DomainError(question, "名称对数的表(dict 或 Series)", type(values).__name__)
    series = pd.Series(values, dtype="object" if len(values) == 0 else None)
    if series.empty:
        raise DomainError(question, "每一项都有数", "没有数")
    found = numbers_of(series.to_frame("数"), question)["数"]
    if found.isna().any():
        raise DomainError(question, "每一项都有数", f"{found.index[found.isna()][0]} 空着")
    one_name_each(found.index, question)
    return found


def one_name_each(names: pd.Index, question: str) -> None:
    """Raise where two rows would be drawn at one place, or a name leaves no room for the plot."""
    texts = pd.Series([str(name) for name in names])
    if texts.str.len().max() > _LONGEST_NAME:
        longest = texts[texts.str.len().argmax()]
        raise DomainError(
            question, f"名字不超过 {_LONGEST_NAME} 个字", f"{longest[:20]}…（{len(longest)} 个字）"
        )
    if texts.duplicated().any():
        raise DomainError(
            question, "每项一个名字", f"有两项都叫 {texts[texts.duplicated()].iloc[0]}", "先合并或改名。"
        )


def numbers_of(table: pd.DataFrame, question: str, *names: str) -> pd.DataFrame:
    """Columns (all by default) as numbers that can be drawn, missing ones allowed; told by row otherwise."""
    checks.columns(table, question, *names)
    plain = table[list(names)] if names else table
    heads = plain.columns
    plain = plain.set_axis([str(head) for head in heads], axis=1)
    checks.columns(plain, question, *plain.columns)
    bounds = (-math.inf, math.inf)
    found = {name: checks.numbers(plain, question, name, bounds, missing=True) for name in plain.columns}
    return pd.DataFrame(found, index=table.index).set_axis(heads, axis=1)


def place_of(start: object, question: str) -> tuple[float, float]:
    """A start as two numbers."""
    if not isinstance(start, tuple | list) or len(start) != 2:
        raise DomainError(f"{question} 的出发点", "(经度, 纬度)", checks.shown(start))
    where = f"{question} 的出发点"
    return checks.number(where, start[0], -math.inf), checks.number(where, start[1], -math.inf)


PAPER = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0}  # behind a number on a bar


def mark_line(ax: Axes, value: float, left: bool = False) -> None:
    """A level to compare with, its number at the right end, or at the left where names stand at the right."""
    value = checks.number("对照线", value, -math.inf)
    line = ax.axhline(value, color=ALERT, linestyle="--")
    line.set_path_effects([Stroke(linewidth=3.5, foreground="white"), Normal()])  # seen on a bar in grey too
    ax.annotate(
        number_text(value),
        (0 if left else 1, value),
        xycoords=("axes fraction", "data"),
        xytext=(2 if left else -2, 2),
        textcoords="offset points",
        color=ALERT,
        va="bottom",
        ha="left" if left else "right",
        bbox=PAPER,
    )


def legend(ax: Axes) -> None:
    """Beside the plot: within it a single name reads like one more point."""
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))


def known_colour(name: object, number: int) -> str:
    """The course's colour of a star or cigarette class by its Chinese name, else the palette's `number`-th."""
    for names, colours in ((STAR_NAMES, STAR_COLOURS), (CLASS_NAMES, CLASS_COLOURS)):
        for key, label in names.items():
            if label == name:
                return colours[key]
    return PALETTE[number % len(PALETTE)]


def number_text(value: float) -> str:
    """Number as a person writes it: no tail of zeros, at most two decimals, thousands apart."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
