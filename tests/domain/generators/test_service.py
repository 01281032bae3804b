"""D-8, D-9, D-13 and D-16: complaints, satisfaction, terminals, events."""

import pandas as pd
import pytest

from coursekit.domain import datasets, policy
from coursekit.domain.calendar import working_days_between

VARIANTS = [None, "kh0001", "kh0002"]


def late(frame: pd.DataFrame) -> pd.Series:
    limit = frame["class"].map({"ordinary": 1, "larger": 3, "special": 3})
    limit = limit.mask((frame["class"] == "special") & frame.approved, 7)
    took = [working_days_between(a.date(), b.date()) for a, b in zip(frame.opened, frame.closed, strict=True)]
    return pd.Series(took, index=frame.index) > limit


def test_about_twelve_in_a_hundred_complaints_are_late():
    frame = datasets.load("complaints")
    assert (len(frame), late(frame).sum()) == (120, 14)


@pytest.mark.parametrize("variant", VARIANTS)
def test_complaints_run_through_2023_and_2024_and_every_class_is_met(variant):
    frame = datasets.load("complaints", variant)
    assert set(frame["class"]) == {"ordinary", "larger", "special"}
    assert frame.opened.dt.year.isin([2023, 2024]).all()
    assert (frame.closed >= frame.opened).all()
    assert frame.opened.is_monotonic_increasing
    assert not frame.approved[frame["class"] != "special"].any()
    assert 8 <= late(frame).sum() <= 22


@pytest.mark.parametrize("variant", VARIANTS)
def test_key_customers_alone_are_called_back_and_four_of_them_late(variant):
    frame = datasets.load("complaints", variant)
    assert (frame.called_back.notna() == frame.key).all()
    hours = (frame.called_back - frame.opened).dt.total_seconds() / 3600
    assert (hours > 24).sum() == 4
    assert (hours.dropna() > 0).all()


def test_wrongly_split_labels_and_blanks_are_few():
    frame = datasets.load("satisfaction")
    marks = policy.load("service")
    cells = frame[["quality", "service", "reputation"]]
    known = {name: [label for label, _ in marks[f"satisfaction.{name}"]] for name in cells}
    wrong = sum((~cells[name].isin(known[name]) & cells[name].notna()).sum() for name in cells)
    assert len(frame) == 400
    assert wrong / cells.size == pytest.approx(0.03, abs=0.012)
    assert cells.isna().to_numpy().mean() == pytest.approx(0.02, abs=0.01)
    for name in cells:
        assert set(known[name]) <= set(cells[name].dropna())


@pytest.mark.parametrize("variant", VARIANTS)
def test_terminals_stand_on_both_sides_of_every_threshold_and_on_it(variant):
    frame = datasets.load("terminals", variant)
    assert len(frame) == 200
    for tier, column, threshold in (
        ("rural_boutique", "box_positions", 60),
        ("one_diamond", "area_m2", 15),
        ("two_diamond", "box_positions", 100),
        ("city_boutique", "counters", 2),
    ):
        values = frame[frame.tier == tier][column]
        assert (values < threshold).any(), tier
        assert (values == threshold).any(), tier
        assert (values > threshold).any(), tier
    days = (pd.Timestamp("2024-06-30") - frame.last_scan).dt.days
    assert {6, 7, 8} <= set(days.dropna())
    assert (frame.stock_acc.isna() == ~frame.pos_installed).all()
    assert (frame.stock_acc == 95.0).any()
    markets = datasets.load("customers", variant).set_index("cust_id").market
    assert (frame.cust_id.map(markets)[frame.tier == "rural_boutique"] == "X").all()


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_rule_of_the_plan_has_an_event(variant):
    frame = datasets.load("events", variant)
    rules = {key for key in policy.load("service") if key.startswith("emergency.")} - {
        "emergency.demand.refused"
    }
    assert {f"emergency.{t}.{s}" for t, s in zip(frame.type, frame.scope, strict=True)} == rules
    assert len(frame) == 40
    demand = frame[frame.type == "demand"]
    refused = ~demand.law_abiding.astype(bool) | ~demand.clear_price.astype(bool) | (demand.stock != "normal")
    assert refused.sum() == 4
    assert frame[frame.type != "demand"][["law_abiding", "clear_price", "stock"]].isna().all(axis=None)
