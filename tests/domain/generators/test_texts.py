"""D-10, D-11, D-12, D-14 and D-15: texts to be read, group indicators, grades."""

import importlib.util
import re

import pytest

from coursekit import resources
from coursekit.domain import datasets

VARIANTS = [None, "kh0001", "kh0002"]


def ledger(variant):
    path = resources.assignments() / "exercises" / "01_duties" / "planted.py"
    spec = importlib.util.spec_from_file_location("planted_duties", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ledger(variant)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_diary_is_balanced_over_the_duties_with_eight_red_lines(variant):
    frame, key = datasets.load("diary", variant), ledger(variant)
    assert frame.sentence.tolist() == key.sentence.tolist()
    assert key.duty.value_counts().sort_index().to_dict() == {0: 8, 1: 9, 2: 9, 3: 9, 4: 9, 5: 8, 6: 8}
    assert not frame.sentence.str.contains(r"[{}]").any()
    assert frame.date.is_monotonic_increasing


def test_nothing_learners_get_says_which_duty_a_line_is():
    text = (resources.datasets() / "diary_slots.toml").read_text("utf-8")
    assert not re.search(r"duty|red", text)
    assert list(datasets.load("diary").columns) == ["date", "sentence"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_question_text_has_the_traps_of_the_source(variant):
    frame = datasets.load("quiz_raw", variant)
    first = "".join(frame[frame.block == 1].text)
    assert first.count("[单选题]") == 12
    assert first.count("(正确答案)") == 12
    assert first.endswith("分。")
    assert re.search(r"D、\d+%?[2-7]、", first)  # an option that runs into the next number
    assert "1、5小时" in first
    assert (frame.block > 1).sum() == 60


@pytest.mark.parametrize("variant", VARIANTS)
def test_three_of_the_twelve_other_items_are_malformed(variant):
    frame = datasets.load("quiz_raw", variant)
    texts = {b: "\n".join(part.text) for b, part in frame.groupby("block")}
    good = texts[2].count("(正确答案)")
    good += len(re.findall(r"参考答案:[A-C]$", texts[3], re.MULTILINE))
    good += len(re.findall(r"【答案】[A-C] ", texts[4]))
    good += len(re.findall(r"^\d、.*\([A-D]\)", texts[5], re.MULTILINE))
    assert good == 9


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_broken_numbers_can_be_mended(variant):
    texts = datasets.load("raw_text", variant).text
    shops = datasets.load("customers", variant)
    plain = [re.sub(r"\s", "", text) for text in texts]
    assert f"零售客户{len(shops)}户" in plain[0]
    assert f"电子结算的{shops.e_settle.sum()}户" in plain[0]
    assert f"占{int(shops.e_settle.mean() * 100)}," in plain[0]
    people = [float(number) for number in re.findall(r"(\d+\.\d+)万", plain[1])]
    assert people[0] == pytest.approx(people[1] + people[2])
    assert re.search(r"\d+\.\d\d箱.*\d+\.\d\d元", plain[2])


def test_group_indicators_are_complete():
    frame = datasets.load("group_kpi")
    assert len(frame) == 3 * 12 * 5
    assert frame.groupby(["month", "indicator"]).value.nunique().eq(3).all()  # no ties between departments


@pytest.mark.parametrize("variant", VARIANTS)
def test_sixteen_managers_are_graded_three_times_in_the_order_of_their_scores(variant):
    frame = datasets.load("mgr_grades", variant)
    assert frame.groupby("period").size().tolist() == [16, 16, 16]
    order = {"senior": 0, "intermediate": 1, "junior": 2}
    for _, part in frame.groupby("period"):
        ranked = part.sort_values("total", ascending=False).grade.map(order)
        assert ranked.is_monotonic_increasing
    parts = frame[["brand_score", "service_score", "basic_score"]]
    assert (parts.mean(axis=1) - frame.total).abs().max() < 0.006


def test_the_last_round_has_the_outcome_of_the_facts():
    last = datasets.load("mgr_grades").query("period == '2012-H1'")
    assert last.grade.value_counts().to_dict() == {"intermediate": 9, "junior": 5, "senior": 2}
