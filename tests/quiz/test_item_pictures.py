"""The items report: curves from the table, one HTML that needs nothing else."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from tests.quiz.test_analysis import lsat, write

from coursekit import reports
from coursekit.domain.plots import use_style
from coursekit.errors import DomainError
from coursekit.quiz import irt
from coursekit.quiz.item_pictures import curve_points, item_curves, overview
from coursekit.quiz.item_report import analyse


def test_groups_hold_every_taker_once_and_rise() -> None:
    points = curve_points(lsat("lsat7"), 2)

    assert sum(point.takers for point in points) == 1000
    assert [p.rest for p in points] == sorted(p.rest for p in points)
    assert points[-1].share > points[0].share + 0.3


def test_a_model_that_fits_lies_on_what_was_seen() -> None:
    """LSAT7: in every group the model's mean chance is near the share seen."""
    scores = lsat("lsat7")
    fit = irt.fit(scores)

    for item in range(5):
        seen = curve_points(scores, item)
        model = curve_points(scores, item, values=fit.expected(scores, item))
        assert [p.share for p in model] == pytest.approx([p.share for p in seen], abs=0.08)


@pytest.mark.parametrize(("item", "groups"), [(9, 5), (-1, 5), (0, 0)])
def test_curves_of_nothing_are_refused(item: int, groups: int) -> None:
    with pytest.raises(DomainError):
        curve_points(lsat("lsat6"), item, groups)


def test_pictures_name_the_items_to_mend(tmp_path: Path) -> None:
    scores = lsat("lsat7").copy()
    scores[:, 1] = 1 - scores[:, 1]
    use_style()
    report = analyse(write(tmp_path / "s.csv", scores), "auto")

    first = overview(report)
    second = item_curves(scores, ["Q1", "Q2", "Q3", "Q4", "Q5"], ["Q2", "Q3"], report.fit)

    assert "Q2" in [text.get_text() for text in first.axes[0].texts]
    assert [axes.get_title("left") or axes.get_title() for axes in second.axes if axes.get_visible()] == [
        "Q2",
        "Q3",
    ]
    plt.close("all")


@pytest.mark.slow
def test_report_is_one_page_with_conclusion_first(tmp_path: Path) -> None:
    scores = np.vstack([lsat("lsat7")])
    scores[:, 1] = 1 - scores[:, 1]
    path = write(tmp_path / "成绩.csv", scores)

    page = reports.run("items", {"scores": path, "title": "三月理论卷"}, tmp_path / "r.html").read_text(
        "utf-8"
    )

    assert "1000 人作答 5 题" in page
    assert "答案标错" in page
    assert page.count("data:image/png") == 2
    assert "Traceback" not in page
