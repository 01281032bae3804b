"""D-1: the figures of the fact register to the digit, and the planted faults."""

import importlib.util

import pytest

from coursekit import resources
from coursekit.domain import datasets

VARIANTS = [None, "kh0001", "kh0002", "kh0003", "kh0116"]


def planted(variant):
    path = resources.assignments() / "exercises" / "02_files" / "planted.py"
    spec = importlib.util.spec_from_file_location("planted", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ledger(variant)


def test_the_clean_file_has_the_figures_of_the_facts():
    frame = datasets.load("customers")
    assert frame.route.value_counts().to_dict() == {"A": 59, "B": 78, "C": 59, "D": 57, "E": 55}
    assert len(frame) == 308
    assert frame.e_settle.sum() == 278
    assert frame.online.sum() == 12
    assert frame.e_settle[frame.online].all()


def test_the_raw_file_has_two_rows_too_many_by_the_stars():
    frame = datasets.load("customers_raw")
    assert frame.star.value_counts().to_dict() == {5: 18, 4: 100, 3: 142, 2: 42, 1: 7, 0: 1}
    assert frame.route.value_counts().to_dict() == {"A": 59, "B": 78, "C": 59, "D": 57, "E": 55}
    assert frame.route.isna().sum() == 2
    assert frame.e_settle.sum() == 278
    assert frame.online.sum() == 12


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_raw_file_is_consistent_in_itself(variant):
    frame = datasets.load("customers_raw", variant)
    extra = frame[frame.route.isna()]
    assert 2 <= len(extra) <= 4
    assert extra.licence_no.isin(frame[frame.route.notna()].licence_no).all()
    assert frame.cust_id.is_unique
    assert (frame.star == 0).sum() == 1


def test_totals_differ_between_learners():
    sums = {
        (len(frame), frame.e_settle.sum(), (frame.star == 5).sum())
        for frame in (datasets.load("customers", f"kh{n:04d}") for n in range(1, 9))
    }
    assert len(sums) == 8


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_planted_fault_can_be_found_by_a_rule_and_no_rule_cries_wolf(variant):
    frame, ledger = datasets.load("customers_raw", variant), planted(variant)
    expected = {field: set(part.cust_id) for field, part in ledger.groupby("field")}
    street = frame.addr.str.extract(r"^(.+?[街路巷道村])")[0]
    middle = frame.groupby(street)[["lon", "lat"]].transform("median")
    far = ((frame[["lon", "lat"]] - middle) ** 2).sum(axis=1) ** 0.5 > 0.012
    rules = {
        "cust_id": frame.route.isna(),
        "licence_no": frame.licence_no.str.len() != 12,
        "owner": frame.owner.isna(),
        "phone": ~frame.phone.str.fullmatch(r"1[3-9]\d{9}"),
        "scale": ~frame.scale.isin([1, 2, 3]),
        "joined": frame.joined > "2024-06-30",
        "addr": far,
    }
    assert {field: set(frame.cust_id[mask]) for field, mask in rules.items()} == expected
    assert 25 <= len(ledger) <= 45


def test_the_fault_ledger_is_not_among_the_learners_files():
    spec = importlib.util.spec_from_file_location(
        "wheel_content", resources.content_root() / "scripts" / "wheel_content.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert not [path for path in module.learner_files(resources.content_root()) if "planted" in path]
