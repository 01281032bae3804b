"""D-2, D-5 and D-7: sales, tight supply and settlement agree with each other and with the facts."""

import pandas as pd
import pytest

from coursekit.domain import datasets

VARIANTS = [None, "kh0001", "kh0002"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_level_of_shops_is_that_of_the_facts(variant):
    sales = datasets.load("sales_week", variant)
    months = sales.groupby("cust_id").qty.sum() / 6
    assert months.mean() == pytest.approx(149.3, rel=0.02)  # DER-07
    assert 100 < months.median() < 120
    assert 51 < sales.amount.sum() / sales.qty.sum() < 98  # yuan a carton


@pytest.mark.parametrize("variant", VARIANTS)
def test_amounts_are_cartons_times_the_wholesale_price(variant):
    sales = datasets.load("sales_week", variant).merge(datasets.load("sku", variant), on="sku", how="left")
    assert sales.wholesale.notna().all()
    assert (sales.amount - sales.qty * sales.wholesale).abs().max() < 0.005


def test_weeks_are_mondays_and_the_weeks_before_the_spring_festival_are_the_largest():
    sales = datasets.load("sales_week")
    weeks = sales.groupby("week").qty.sum()
    assert len(weeks) == 26
    assert (weeks.index.day_of_week == 0).all()
    assert weeks.idxmax() == pd.Timestamp("2024-02-05")
    assert weeks.idxmin() == pd.Timestamp("2024-02-12")


def test_customers_come_back_and_only_shops_of_the_file_order():
    sales = datasets.load("sales_week")
    weeks = sales.groupby("cust_id").week.nunique()
    assert (weeks == 26).mean() > 0.95
    assert set(weeks.index) == set(datasets.load("customers").cust_id)
    newcomer = datasets.load("customers").query("star == 0").cust_id.item()
    assert sales[sales.cust_id == newcomer].week.min() == pd.Timestamp("2024-06-17")


@pytest.mark.parametrize("variant", VARIANTS)
def test_there_are_customers_brands_and_one_market_to_warn_of(variant):
    sales = datasets.load("sales_week", variant).merge(datasets.load("customers", variant), on="cust_id")
    sales = sales.merge(datasets.load("sku", variant), on="sku").assign(month=lambda t: t.week.dt.month)

    def growth(key, part=sales):
        months = part.pivot_table(index=key, columns="month", values="qty", aggfunc="sum")
        return (months[6] / months[5]).dropna()

    total = growth(sales.brand.map(lambda _: "all")).item()
    assert 20 <= (growth("cust_id") / total < 0.8).sum() <= 100
    assert (growth("sku", sales[sales.key_flag]) / total < 0.8).sum() >= 3
    assert (growth("route") / total < 0.8).sum() == 1


@pytest.mark.parametrize("variant", VARIANTS)
def test_tight_supply_is_what_the_shops_got_and_less_than_they_wanted(variant):
    tight, sales = datasets.load("tight_supply", variant), datasets.load("sales_week", variant)
    got = sales.groupby(["week", "sku"], as_index=False).qty.sum()
    both = tight.merge(got, on=["week", "sku"], how="left").fillna({"qty": 0})
    assert (both.supply == both.qty.clip(lower=1)).all()
    share = (tight.supply / tight.demand)[tight.supply > 3]
    assert share.between(0.25, 0.65).all()
    assert tight.groupby("cycle").sku.nunique().eq(6).all()
    assert len(tight) == 48


def test_coverage_and_success_are_those_of_the_facts():
    orders = datasets.load("settlement")
    assert orders.cust_id.nunique() == 278
    assert set(orders.cust_id) == set(datasets.load("customers").query("e_settle").cust_id)
    assert orders.ok.mean() == pytest.approx(0.951, abs=0.0002)  # "above 95", S2-010


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_debit_without_money_fails_and_one_that_went_through_was_covered(variant):
    orders = datasets.load("settlement", variant)
    assert (orders.ok == orders.fail_reason.isna()).all()
    assert (orders.balance >= orders.amount)[orders.ok].all()
    short = orders.fail_reason.isin(["余额不足", "存款太晚", "忘记存款"])
    assert (orders.balance < orders.amount)[short].all()
    sales = datasets.load("sales_week", variant).groupby(["week", "cust_id"]).amount.sum()
    paid = orders.set_index(["week", "cust_id"]).amount
    assert (paid - sales.loc[paid.index]).abs().max() < 0.005
    rate = orders.ok.astype(float).groupby(orders.reminded).mean()
    assert rate[True] > rate[False]  # a reminder helps
