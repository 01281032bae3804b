"""Figures as data: what a test may ask of a plot, without the plot.

The summary is made in the learner's process; on the tester's side views stand in for axes, lines and
bars and answer the questions tests ask (`get_title`, `lines`, `patches`, `get_legend` and so on).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from coursekit.grading.inside.wire import need

if TYPE_CHECKING:
    from coursekit.grading.inside.wire import Decoder, Encoder

Data = dict[str, Any]
MOST_LINES, MOST_PATCHES, MOST_TEXTS = 200, 2000, 400


def encode(enc: Encoder, value: Any, depth: int) -> Data | None:
    """Encode a figure, axes or part of one, or give None for anything else."""
    if not type(value).__module__.startswith(("matplotlib.", "mpl_toolkits.")):
        return None
    from matplotlib import axes, container, figure, lines, patches, text

    if isinstance(value, axes.Axes):
        return _axes(enc, value, depth)
    if isinstance(value, figure.FigureBase):
        title = getattr(value, "get_suptitle", lambda: "")()
        drawn: Any = value.axes
        return {"t": "figure", "v": [_axes(enc, a, depth) for a in drawn[:40]], "s": str(title)}
    if isinstance(value, container.BarContainer):
        return {"t": "list", "v": [_patch(p) for p in value.patches[:MOST_PATCHES]]}
    if isinstance(value, lines.Line2D):
        return _line(enc, value, depth)
    if isinstance(value, patches.Patch):
        return _patch(value)
    if isinstance(value, text.Text):
        return {"t": "text", "v": value.get_text()}
    return None


def _floats(values: Any) -> list[float]:
    return [float(v) if np.isfinite(v) else 0.0 for v in values]


def _colour(value: Any) -> str:
    from matplotlib import colors

    try:
        return str(colors.to_hex(value, keep_alpha=True))
    except (ValueError, TypeError):
        return str(value)


def _patch(patch: Any) -> Data:
    box = (0.0, 0.0, 0.0, 0.0)
    if hasattr(patch, "get_height"):
        box = (patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height())
    face = _colour(patch.get_facecolor())
    angles = _floats((patch.theta1, patch.theta2)) if hasattr(patch, "theta1") else None
    return {
        "t": "patch",
        "v": _floats(box),
        "l": str(patch.get_label()),
        "f": face,
        "a": angles,
        "k": type(patch).__name__,
    }


def _line(enc: Encoder, line: Any, depth: int) -> Data:
    style = [
        str(line.get_linestyle()),
        str(line.get_marker()),
        str(line.get_label()),
        _colour(line.get_color()),
    ]
    width = float(line.get_linewidth())
    x, y = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
    return {"t": "line", "x": enc(x, depth), "y": enc(y, depth), "s": style, "w": width}


def _title(ax: Any) -> str:
    """The title wherever the style in use puts it; `get_title` alone looks at the centre only."""
    return next((text for place in ("center", "left", "right") if (text := ax.get_title(place))), "")


def _axes(enc: Encoder, ax: Any, depth: int) -> Data:
    legend = ax.get_legend()
    return {
        "t": "axes",
        "text": [_title(ax), ax.get_xlabel(), ax.get_ylabel(), ax.get_xscale(), ax.get_yscale()],
        "xlim": _floats(ax.get_xlim()),
        "ylim": _floats(ax.get_ylim()),
        "xticks": [_floats(ax.get_xticks())[:MOST_TEXTS], _labels(ax.get_xticklabels())],
        "yticks": [_floats(ax.get_yticks())[:MOST_TEXTS], _labels(ax.get_yticklabels())],
        "lines": [_line(enc, line, depth) for line in ax.lines[:MOST_LINES]],
        "patches": [_patch(patch) for patch in ax.patches[:MOST_PATCHES]],
        "bars": [
            [_patch(p) for p in c.patches[:MOST_PATCHES]] for c in ax.containers[:50] if hasattr(c, "patches")
        ],
        "points": [enc(np.asarray(c.get_offsets()), depth) for c in ax.collections[:50]],
        "texts": _labels(ax.texts),
        "legend": None if legend is None else _labels(legend.get_texts()),
        "images": len(ax.images),
    }


def _labels(items: Any) -> list[str]:
    return [str(item.get_text()) for item in list(items)[:MOST_TEXTS]]


class TextView:
    """A text of a plot."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get_text(self) -> str:
        """The text."""
        return self._text


class PatchView:
    """A bar, wedge or other patch."""

    def __init__(self, box: list[float], label: str, face: str, angles: list[float] | None) -> None:
        self._x, self._y, self._width, self._height = box
        self._label, self._face = label, face
        if angles is not None:
            self.theta1, self.theta2 = angles

    def get_x(self) -> float:
        """Left edge."""
        return self._x

    def get_y(self) -> float:
        """Lower edge."""
        return self._y

    def get_xy(self) -> tuple[float, float]:
        """Lower left corner."""
        return self._x, self._y

    def get_width(self) -> float:
        """Width."""
        return self._width

    def get_height(self) -> float:
        """Height."""
        return self._height

    def get_label(self) -> str:
        """Label."""
        return self._label

    def get_facecolor(self) -> Any:
        """Colour as matplotlib gives it."""
        from matplotlib import colors

        return colors.to_rgba(self._face)


class LineView:
    """A line of a plot."""

    def __init__(self, x: Any, y: Any, style: list[str], width: float) -> None:
        self._x, self._y, self._width = x, y, width
        self._linestyle, self._marker, self._label, self._color = style

    def get_xdata(self) -> Any:
        """x values."""
        return self._x

    def get_ydata(self) -> Any:
        """y values."""
        return self._y

    def get_data(self) -> tuple[Any, Any]:
        """x and y values."""
        return self._x, self._y

    def get_xydata(self) -> Any:
        """Points as rows."""
        return np.column_stack([self._x, self._y])

    def get_linestyle(self) -> str:
        """Line style."""
        return self._linestyle

    def get_marker(self) -> str:
        """Marker."""
        return self._marker

    def get_label(self) -> str:
        """Label."""
        return self._label

    def get_color(self) -> str:
        """Colour as #rrggbbaa."""
        return self._color

    def get_linewidth(self) -> float:
        """Line width [points]."""
        return self._width


class PointsView:
    """Points of a scatter plot."""

    def __init__(self, offsets: Any) -> None:
        self._offsets = offsets

    def get_offsets(self) -> Any:
        """Points as rows."""
        return self._offsets


class LegendView:
    """A legend."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts

    def get_texts(self) -> list[TextView]:
        """Its entries."""
        return [TextView(text) for text in self._texts]


class _Standing:
    """Passes `isinstance` checks of tests for the class it stands for."""

    _stands_for = ""

    @property
    def __class__(self) -> type:
        from matplotlib import axes, figure

        return {"axes": axes.Axes, "figure": figure.Figure}[self._stands_for]

    @__class__.setter
    def __class__(self, value: type) -> None:
        raise TypeError("a summary of a plot keeps its class")


class AxesView(_Standing):
    """Axes of a plot, as data."""

    _stands_for = "axes"

    def __init__(self, dec: Decoder, data: Data, depth: int) -> None:
        text = [_text(item) for item in data["text"]]
        self._title, self._xlabel, self._ylabel, self._xscale, self._yscale = text
        self._xlim, self._ylim = _pair(data["xlim"]), _pair(data["ylim"])
        self._xticks, self._xlabels = _ticks(data["xticks"])
        self._yticks, self._ylabels = _ticks(data["yticks"])
        self.lines = [dec(line, depth) for line in data["lines"]]
        self.patches = [dec(patch, depth) for patch in data["patches"]]
        self.containers = [[dec(patch, depth) for patch in bars] for bars in data["bars"]]
        self.collections = [PointsView(dec(points, depth)) for points in data["points"]]
        self.texts = [TextView(_text(item)) for item in data["texts"]]
        legend = data["legend"]
        self.legend_ = None if legend is None else LegendView([_text(item) for item in legend])
        self.images = [None] * min(int(data["images"]), 100)

    def get_title(self) -> str:
        """Title."""
        return self._title

    def get_xlabel(self) -> str:
        """Label of the x axis."""
        return self._xlabel

    def get_ylabel(self) -> str:
        """Label of the y axis."""
        return self._ylabel

    def get_xscale(self) -> str:
        """Scale of the x axis."""
        return self._xscale

    def get_yscale(self) -> str:
        """Scale of the y axis."""
        return self._yscale

    def get_xlim(self) -> tuple[float, float]:
        """Range of the x axis."""
        return self._xlim

    def get_ylim(self) -> tuple[float, float]:
        """Range of the y axis."""
        return self._ylim

    def get_xticks(self) -> Any:
        """Ticks of the x axis."""
        return np.array(self._xticks)

    def get_yticks(self) -> Any:
        """Ticks of the y axis."""
        return np.array(self._yticks)

    def get_xticklabels(self) -> list[TextView]:
        """Tick labels of the x axis."""
        return [TextView(text) for text in self._xlabels]

    def get_yticklabels(self) -> list[TextView]:
        """Tick labels of the y axis."""
        return [TextView(text) for text in self._ylabels]

    def get_lines(self) -> list[LineView]:
        """Lines."""
        return self.lines

    def get_legend(self) -> LegendView | None:
        """Legend, if there is one."""
        return self.legend_

    def get_legend_handles_labels(self) -> tuple[list[Any], list[str]]:
        """What a legend would show."""
        shown = [line for line in self.lines if not line.get_label().startswith("_")]
        return shown, [line.get_label() for line in shown]

    def has_data(self) -> bool:
        """Whether anything is drawn."""
        return bool(self.lines or self.patches or self.collections or self.images)


class FigureView(_Standing):
    """A figure, as data."""

    _stands_for = "figure"

    def __init__(self, axes: list[AxesView], title: str) -> None:
        self.axes, self._title = axes, title

    def get_axes(self) -> list[AxesView]:
        """Its axes."""
        return self.axes

    def gca(self) -> AxesView:
        """The last axes."""
        return self.axes[-1]

    def get_suptitle(self) -> str:
        """Title above all axes."""
        return self._title


def _text(value: Any) -> str:
    need(type(value) is str)
    return str(value)


def _numbers(value: Any) -> list[float]:
    need(type(value) is list and all(type(n) in (int, float) for n in value))
    return [float(n) for n in value]


def _pair(value: Any) -> tuple[float, float]:
    low, high = _numbers(value)
    return low, high


def _ticks(value: Any) -> tuple[list[float], list[str]]:
    places, labels = value
    return _numbers(places), [_text(label) for label in labels]


def _build_patch(dec: Decoder, data: Data, depth: int) -> PatchView:
    box = _numbers(data["v"])
    need(len(box) == 4)
    angles = None if data["a"] is None else _numbers(data["a"])
    return PatchView(box, _text(data["l"]), _text(data["f"]), angles)


def _build_line(dec: Decoder, data: Data, depth: int) -> LineView:
    style = [_text(item) for item in data["s"]]
    need(len(style) == 4 and type(data["w"]) in (int, float))
    return LineView(dec(data["x"], depth), dec(data["y"], depth), style, float(data["w"]))


BUILD: dict[str, Callable[[Decoder, Data, int], Any]] = {
    "axes": AxesView,
    "figure": lambda dec, o, d: FigureView([dec(a, d) for a in o["v"]], _text(o["s"])),
    "line": _build_line,
    "patch": _build_patch,
    "text": lambda dec, o, d: TextView(_text(o["v"])),
}
