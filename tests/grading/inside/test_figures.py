"""A test may ask a plot's summary what it would ask the plot."""

from __future__ import annotations

import json
from typing import Any

import matplotlib as mpl
import matplotlib.axes
import matplotlib.figure
import numpy as np
import pytest

from coursekit.grading.inside.wire import Decoder, Encoder


@pytest.fixture(params=["center", "left"])
def view(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    mpl.use("agg")
    import matplotlib.pyplot as plt

    monkeypatch.setitem(mpl.rcParams, "axes.titlelocation", request.param)  # the course's style says left
    figure, ax = plt.subplots()
    ax.bar(["三星", "五星"], [3, 5], color="#ff0000", label="户数")
    ax.plot([0, 1], [2, 4], "--", label="均值")
    ax.scatter([1, 2], [3, 4])
    ax.set(title="星级", xlabel="星级", ylabel="户")
    ax.legend()
    figure.suptitle("总题")
    data = json.loads(json.dumps(Encoder()(figure)))
    plt.close(figure)
    return Decoder()(data)


def test_the_summary_answers_what_tests_ask(view: Any) -> None:
    ax = view.axes[0]
    assert isinstance(view, matplotlib.figure.Figure)
    assert isinstance(ax, matplotlib.axes.Axes)
    assert (view.get_suptitle(), ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == (
        "总题",
        "星级",
        "星级",
        "户",
    )
    assert [bar.get_height() for bar in ax.patches] == [3, 5]
    assert ax.patches[0].get_facecolor() == (1, 0, 0, 1)
    assert list(ax.lines[0].get_ydata()) == [2, 4]
    assert ax.lines[0].get_linestyle() == "--"
    assert {text.get_text() for text in ax.get_legend().get_texts()} == {"户数", "均值"}
    assert [label.get_text() for label in ax.get_xticklabels()] == ["三星", "五星"]
    np.testing.assert_array_equal(ax.collections[0].get_offsets(), [[1, 3], [2, 4]])
    assert len(ax.containers[0]) == 2
