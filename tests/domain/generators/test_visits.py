"""D-3 and D-4: classes, plan and log with their planted faults."""

import pytest

from coursekit.domain import datasets
from coursekit.domain.calendar import is_working_day

VARIANTS = [None, "kh0001", "kh0002"]


def test_the_190_shops_have_the_assumed_classes():
    shops = datasets.load("coop190")
    assert len(shops) == 190
    counts = [(shops.coop >= 70).sum(), shops.coop.between(40, 69).sum(), (shops.coop < 40).sum()]
    assert counts == [86, 66, 38]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_group_of_the_rule_is_met(variant):
    low = datasets.load("coop190", variant).query("coop < 40")
    assert (low.dependence >= 50).any()
    assert ((low.dependence < 50) & (low.value >= 50)).any()
    assert ((low.dependence < 50) & (low.value < 50)).any()


@pytest.mark.parametrize("variant", [f"kh{number:04}" for number in range(1, 31)])
def test_small_shops_are_never_as_many_as_hard_ones(variant):
    """A learner who counted the wrong group found the right number (5 of the first 30 learners)."""
    low = datasets.load("coop190", variant).query("coop < 40 and dependence < 50")
    assert (low.value >= 50).sum() != (low.value < 50).sum()


@pytest.mark.parametrize("variant", ["kh0008", "kh0011", "kh0020"])
def test_missed_visits_with_a_reason_are_never_as_many_as_those_without(variant):
    """In June, which the exercise asks of: with a reason counted for without one was right for these learners."""
    june = datasets.load("visits", variant).query("date >= '2024-06-01' and planned")
    missed = june[june.arrive.isna()]
    assert missed.reason.isna().sum() != missed.reason.notna().sum()


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_shares_of_faults_are_those_assumed(variant):
    log = datasets.load("visits", variant)
    went = log.arrive.notna()
    stay = (log.leave - log.arrive).dt.total_seconds() / 60
    assert 2100 <= len(log) <= 2700
    assert (1 - went[log.planned]).mean() == pytest.approx(0.05, abs=0.015)
    assert (stay[went] < 5).mean() == pytest.approx(0.03, abs=0.012)
    assert log.purpose[went].isna().mean() == pytest.approx(0.02, abs=0.01)
    missed = log[~went]
    assert 0.3 < missed.reason.notna().mean() < 0.7
    assert missed.result.isna().all()
    assert went[~log.planned].all()


@pytest.mark.parametrize("variant", VARIANTS)
def test_days_are_days_one_person_can_walk(variant):
    log = datasets.load("visits", variant)
    assert log.date.dt.date.map(is_working_day).all()
    assert log.groupby("date").size().max() <= 40
    assert not log.duplicated(["date", "cust_id"]).any()
    went = log[log.arrive.notna()].sort_values("arrive")
    assert (went.leave > went.arrive).all()
    assert (went.leave.dt.hour < 20).all()
    assert set(log.cust_id) <= set(datasets.load("customers", variant).cust_id)


@pytest.mark.parametrize("variant", VARIANTS)
def test_some_visits_slip_over_the_end_of_a_month(variant):
    log = datasets.load("visits", variant)
    went = log[log.arrive.notna()]
    assert (went.arrive.dt.month != went.date.dt.month).any()
    slipped = went.arrive.dt.date != went.date.dt.date
    assert (went.reason[slipped] == "推迟一个工作日").all()


def test_five_star_shops_are_planned_four_times_a_month():
    log = datasets.load("visits").merge(datasets.load("customers")[["cust_id", "star"]], on="cust_id")
    june = log[log.planned & (log.date.dt.month == 6) & (log.star == 5)]
    assert june.groupby("cust_id").size().eq(4).mean() > 0.9


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_issue_belongs_to_one_shop_and_some_stay_open(variant):
    issues = datasets.load("visits", variant).dropna(subset="issue_id").groupby("issue_id")
    assert issues.cust_id.nunique().eq(1).all()
    open_ones = (issues.result.last() != "问题已解决").sum()
    assert 3 <= open_ones <= 40
