"""D-6: the shop of the seed case to the fen."""

import pytest

from coursekit.domain import datasets


def sums(variant=None):
    frame = datasets.load("shop_ledger", variant)
    sales = round((frame.qty * frame.price).sum(), 2)
    profit = round((frame.qty * (frame.price - frame.cost)).sum(), 2)
    return frame, frame.qty.sum(), sales, profit


def test_the_totals_are_those_of_the_case():
    _frame, cartons, sales, profit = sums()
    assert (cartons, sales, profit) == (346, 17_816, 1_425.28)


def test_the_structure_is_that_of_the_case():
    frame = sums()[0]
    cartons = frame.groupby("class").qty.sum()
    profit = (frame.qty * (frame.price - frame.cost)).groupby(frame["class"]).sum()
    assert cartons[[1, 2]].sum() == 93  # 27 % of 346
    assert abs(cartons[2] - cartons[3]) <= 4
    assert 2 < profit[2] / profit[3] < 3
    per_carton = (profit / cartons).tolist()
    assert per_carton == sorted(per_carton, reverse=True)


@pytest.mark.parametrize("variant", ["kh0001", "kh0002", "kh0003", "kh0004"])
def test_a_variant_comes_out_even_too(variant):
    frame, _cartons, sales, profit = sums(variant)
    assert sales == int(sales)
    assert round(profit / sales * 100, 6) in {7, 8, 9, 10}
    assert (frame.price > frame.cost).all()
    assert (frame.cost > 0).all()
