"""Plots: every Chinese glyph is there, colours can be told apart in grey, wrong input is told."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from coursekit.domain import plots
from coursekit.domain.plots import style as looks
from coursekit.errors import DomainError, MissingToolError

mpl.use("Agg")

CUSTOMERS = pd.DataFrame(
    {
        "cust_id": [f"C{i:03}" for i in range(24)],
        "route": list("ABCDE") * 4 + list("ABCD"),
        "star": [5, 4, 3, 2, 1, 0] * 4,
        "lon": np.linspace(120.0, 120.4, 24),
        "lat": np.linspace(30.2, 30.0, 24),
    }
)

DRAWINGS: dict[str, Callable[[], Axes]] = {
    "bars": lambda: plots.bars({"A": 59, "B": 78}, "哪条线路客户最多?", "线路", "客户数(家)", mark=61.6),
    "ranked": lambda: plots.ranked({"清泉食杂店": 310.5, "和顺便利店": -12}, "谁订得最多?", "条/月"),
    "histogram": lambda: plots.histogram([1, 2, 2, None, 9], "多数客户一个月订多少条?", "条/月", mark=2.5),
    "stars": lambda: plots.stars_by_route(CUSTOMERS),
    "structure": lambda: plots.structure(
        pd.DataFrame(
            {1: [10, 20], 2: [17, 20], 3: [27, 20], 4: [30, 30], 5: [16, 10]}, index=["销量", "毛利"]
        )
    ),
    "before_after": lambda: plots.before_after(
        {"销量": 346, "毛利": -1425}, {"销量": 450, "毛利": 1800}, "指导后变了多少?", "条"
    ),
    "lines": lambda: plots.lines(
        pd.DataFrame({"一类": [1, 2, None], "二类": [3, -1, 2]}), "哪类烟在涨?", "周", "条", 2
    ),
    "pareto": lambda: plots.pareto(pd.Series(range(1, 40))),
    "scatter": lambda: plots.scatter(
        CUSTOMERS, "星级与位置有关吗?", ("lon", "star"), ("经度", "星级"), "route"
    ),
    "visit_map": lambda: plots.visit_map(
        CUSTOMERS, "今天走哪条路?", tours=[["C001", "C006"]], start=(120.2, 30.1)
    ),
    "week_maps": lambda: plots.week_maps(
        CUSTOMERS,
        "三张计划各走怎样的路?",
        {"你的": [["C001", "C006"], []], "参考": [["C002"], ["C001"]]},
        (120.2, 30.1),
        ["周一", "周二"],
        CUSTOMERS["route"] == "A",
    ),
    "heat": lambda: plots.heat(
        pd.DataFrame([[1, 2], [3, None]], index=["周一", "周二"], columns=["A", "B"]), "哪天最忙?"
    ),
}


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    with mpl.rc_context():
        plots.use_style()
        yield
    plt.close("all")


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_every_plot_is_drawn_with_all_glyphs_and_its_question(name: str, suffix: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a UserWarning
        ax = DRAWINGS[name]()
        asked = ax.get_title(loc="left"), ax.get_figure(root=True).get_suptitle()
        assert any(title.endswith(("?", "？")) for title in asked)
        path = plots.save(ax, tmp_path / f"plot{suffix}")
    assert path.stat().st_size > 3000


def test_the_same_plot_is_the_same_file(tmp_path: Path) -> None:
    first, second = (plots.save(DRAWINGS["stars"](), tmp_path / f"{n}.svg").read_bytes() for n in "ab")
    assert first == second


def test_counts_have_whole_ticks_and_rates_need_not() -> None:
    def ticks(axes: Axes) -> set[float]:
        return {tick % 1 for tick in axes.yaxis.get_majorticklocs()}

    assert ticks(plots.bars({"甲": 1, "乙": 2, "丙": 0}, "有几家？")) == {0.0}
    assert ticks(plots.histogram([1, 2, 2, 9], "几家？", "条")) == {0.0}
    assert ticks(plots.stacked(pd.DataFrame({"一": [1, 2], "二": [0, 1]}), "几家？")) == {0.0}
    assert {tick % 1 for tick in plots.ranked({"甲": 1, "乙": 2}, "几家？").xaxis.get_majorticklocs()} == {
        0.0
    }
    assert ticks(plots.bars({"甲": 0.25, "乙": 0.5}, "占多少？")) != {0.0}


def test_the_packages_font_goes_first() -> None:
    assert mpl.rcParams["font.family"][0] == plots.FONT_FAMILY


def test_a_missing_glyph_would_be_noticed(tmp_path: Path) -> None:
    """The test above can fail: a character in no font of ours warns."""
    mpl.rcParams["font.family"] = [plots.FONT_FAMILY]
    ax = plots.bars({"龘": 1}, "生僻字会被发现吗?")
    with pytest.warns(UserWarning, match="missing from font"):
        plots.save(ax, tmp_path / "x.png")


def test_font_has_truetype_outlines_licence_and_the_characters_of_the_trade() -> None:
    font = TTFont(plots.FONT_FILE)
    assert "glyf" in font
    assert "CFF " not in font
    assert (plots.FONT_FILE.parent / "OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE")
    assert plots.FONT_FILE.stat().st_size < 4e6
    known = font.getBestCmap()
    kept = "烟草客户经理走访星级陈列卷烟件条箱支喆堃赟，。“”《》①⑩★→−×÷≥≤℃%￥捲菸"
    assert [sign for sign in kept if ord(sign) not in known] == []
    gb2312 = [bytes((h, w)).decode("gb2312") for h in range(0xB0, 0xD7) for w in range(0xA1, 0xFA)]
    assert all(ord(sign) in known for sign in gb2312)


def lightness(colour: str) -> float:
    """CIE L* (0–100)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    y = float(np.dot([0.2126, 0.7152, 0.0722], linear))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("colours", [plots.STAR_COLOURS, plots.CLASS_COLOURS], ids=["stars", "classes"])
def test_steps_can_be_told_apart_in_grey(colours: dict[int, str]) -> None:
    """A grey print (and any colour blindness) keeps lightness: neighbours differ by 9 or more of 100."""
    steps = np.diff([lightness(c) for c in colours.values()])
    assert (np.abs(steps) >= 9).all()
    assert len(set(np.sign(steps))) == 1


def test_palette_routes_and_looks_are_all_different() -> None:
    assert len(set(plots.PALETTE)) == len(set(plots.HATCHES)) == len(set(plots.MARKERS)) == len(plots.PALETTE)
    assert len(set(plots.ROUTE_COLOURS.values())) == 5


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (lambda: plots.bars({}, "空的?"), "没有数"),
        (lambda: plots.bars({"A": None}, "空的?"), "A 空着"),
        (lambda: plots.histogram([None], "空的?", "条"), "没有数"),
        (lambda: plots.stacked(pd.DataFrame({"a": [-1]}), "负的?"), "负数"),
        (
            lambda: plots.stacked(pd.DataFrame({"a": [0]}, index=["店"]), "占多少?", share=True),
            "店 的合计是 0",
        ),
        (lambda: plots.stars_by_route(CUSTOMERS.assign(star=9)), "第 1 行"),
        (lambda: plots.stars_by_route(CUSTOMERS.drop(columns="star")), "star"),
        (lambda: plots.structure(pd.DataFrame({9: [1]})), "类别 1 到 5"),
        (lambda: plots.before_after({"a": 1}, {"b": 1}, "变了?", "条"), "同样的项目"),
        (lambda: plots.pareto({"a": 0}), "合计为 0"),
        (lambda: plots.visit_map(CUSTOMERS, "走哪?", tours=[["C999"]]), "C999"),
        (
            lambda: plots.week_maps(CUSTOMERS, "走哪?", {"你的": [["C999"]]}, (120.2, 30.1), ["周一"]),
            "你的.*C999",
        ),
        (
            lambda: plots.week_maps(CUSTOMERS, "走哪?", {"你的": [[], []]}, (120.2, 30.1), ["周一"]),
            "不超过 1 天",
        ),
        (lambda: plots.bars(5, "几家?"), "dict 或 Series"),
        (lambda: plots.bars({"A": "多"}, "几家?"), "第 1 行的 数.*一个数"),
        (lambda: plots.bars({"A": float("inf")}, "几家?"), "一万亿"),
        (lambda: plots.bars({1: 2, "1": 3}, "几家?"), "有两项都叫 1"),
        (lambda: plots.ranked({"店" * 61: 2}, "几家?"), "不超过 60 个字"),
        (lambda: plots.ranked({"A": 2}, "几家?", first=0), "最多几项.*整数"),
        (lambda: plots.bars({"A": 2}, "几家?", mark="多"), "对照线"),
        (lambda: plots.histogram("多", "几条?", "条"), "一列数"),
        (lambda: plots.histogram([], "几条?", "条"), "没有数"),
        (lambda: plots.histogram([1.0], "几条?", "条", bins="auto"), "各档的界限"),
        (lambda: plots.histogram([1.0], "几条?", "条", bins=0), "档数"),
        (lambda: plots.histogram([1.0], "几条?", "条", bins=[0, None]), "各档的界限.*空着"),
        (lambda: plots.histogram([1.0], "几条?", "条", mark=float("nan")), "对照线.*空着"),
        (lambda: plots.stacked(pd.DataFrame({"a": [1, 2]}, index=["x", "x"]), "几家?"), "有两项都叫 x"),
        (lambda: plots.stacked(pd.DataFrame({"a": ["多"]}), "几家?"), "第 1 行的 a"),
        (lambda: plots.lines(pd.DataFrame({"a": [1]}, index=pd.MultiIndex.from_tuples([(1, 2)])), "涨了?"), "一层的行名"),
        (lambda: plots.heat(pd.DataFrame({"a": ["多"]}), "多少?"), "第 1 行的 a"),
        (lambda: plots.pareto({"a": 1}, share=2), "要看的占比"),
        (lambda: plots.scatter(CUSTOMERS.assign(lon="东"), "在哪?", ("lon", "lat"), ("", "")), "第 1 行.*lon"),
        (lambda: plots.scatter(CUSTOMERS.assign(route=None), "在哪?", ("lon", "lat"), ("", ""), "route"), "route.*填了值"),
        (lambda: plots.visit_map(CUSTOMERS, "走哪?", start=(1,)), "出发点.*经度"),
        (lambda: plots.visit_map(CUSTOMERS, "走哪?", start=("东", 1)), "出发点"),
        (lambda: plots.week_maps(CUSTOMERS.assign(lat=None), "走哪?", {"a": []}, (1, 2), ["周一"]), "lat.*空着"),
        (lambda: plots.week_maps(CUSTOMERS, "走哪?", {}, (120.2, 30.1), ["周一"]), "至少一张计划"),
        (lambda: plots.week_maps(CUSTOMERS, "走哪?", {"a": []}, (1, 2), ["周一"], pd.Series([True])), "放大部分"),
    ],
)  # fmt: skip
def test_wrong_input_is_told(draw: Callable[[], Axes], told: str) -> None:
    with pytest.raises(DomainError, match=told):
        draw()


def test_without_a_font_or_a_figure_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ax = plots.bars({"A": 1}, "几家?")
    figure = ax.figure
    ax.remove()
    with pytest.raises(DomainError, match="画在图上的坐标系"):
        plots.save(ax, tmp_path / "a.png")
    plt.close(figure)
    monkeypatch.setattr(looks, "FONT_FILE", tmp_path / "none.ttf")
    monkeypatch.setattr(looks.font_manager.fontManager, "ttflist", [])
    with pytest.raises(MissingToolError, match="中文字体"):
        plots.use_style()


def test_a_dollar_in_a_name_is_a_letter_and_a_table_is_left_alone(tmp_path: Path) -> None:
    plots.use_style()
    plots.save(plots.bars({"$x^{$": 1}, "几家?"), tmp_path / "a.png")
    table = CUSTOMERS.astype({"lon": "category"}).assign(lat=CUSTOMERS["lat"].astype(str))
    before = table.copy(deep=True)
    plt.close(plots.visit_map(table, "在哪?", start=(120, 30)).figure)
    pd.testing.assert_frame_equal(table, before)


def test_save_takes_png_and_svg_only(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"\.png"):
        plots.save(DRAWINGS["bars"](), tmp_path / "x.bmp")


def test_names_at_the_ends_of_lines_stand_apart_also_after_a_new_scale() -> None:
    ax = plots.lines(pd.DataFrame({"实际": [900.0, 1000.0], "预测": [950.0, 1010.0]}), "哪条高？")
    ax.set_ylim(0, 12000)

    ax.figure.canvas.draw()
    lower, upper = sorted((Text.get_window_extent(text) for text in ax.texts), key=lambda box: box.y0)

    assert lower.y1 <= upper.y0
    plt.close("all")


def test_a_page_for_a_phone_has_narrow_plots_and_one_plan_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    points = CUSTOMERS[["cust_id", "lon", "lat"]]
    plans = {"你的": [["C000"]], "参考计划": [["C001"]], "常见的排法": [["C002"]]}
    wide = plots.week_maps(points, "走哪里？", plans, (120.1, 30.1), ["周一"]).figure.get_size_inches()

    monkeypatch.setenv("COURSEKIT_NARROW_FIGURES", "1")
    plots.use_style()
    small = plots.week_maps(points, "走哪里？", plans, (120.1, 30.1), ["周一"]).figure.get_size_inches()
    width = mpl.rcParams["figure.figsize"][0]
    monkeypatch.undo()
    plots.use_style()

    assert wide[0] > wide[1]
    assert small[0] < small[1]
    assert width < mpl.rcParams["figure.figsize"][0]
    plt.close("all")


def test_the_number_of_a_level_is_read_on_a_bar_and_beside_no_name():
    high = plots.bars({"现在": 1425, "换了以后": 2317}, "够不够?", "", "元", mark=1800)
    table = pd.DataFrame({"A": [3.0, 2.0], "B": [1.0, 2.1]})
    named = plots.lines(table, "哪条线跌了?", "周", "条", mark=2.0)

    level = next(text for text in high.texts if text.get_text() == "1,800")
    box = level.get_bbox_patch()
    assert box is not None
    assert box.get_facecolor()[:3] == (1.0, 1.0, 1.0), "white behind the number"
    named.figure.canvas.draw()
    texts = {text.get_text(): text.get_window_extent() for text in named.texts}
    assert not any(texts["2"].overlaps(texts[name]) for name in ("A", "B"))
    plt.close("all")
