"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

_SALES = 'sales = table["qty"] * table["price"]\n'

CODE = {
    "profit_of_one": ("with_amounts", _SALES + 'profit = table["price"] - table["cost"]'),
    "no_brackets": ("with_amounts", _SALES + 'profit = table["qty"] * table["price"] - table["cost"]'),
    "mean_of_prices": ("carton_price", 'yuan = float(table["price"].mean())\ncartons = 1'),
    "cost_for_price": ("carton_price", 'yuan = float((table["qty"] * table["cost"]).sum())\ncartons = int(table["qty"].sum())'),
    "rates_swapped": ("margins", "on_price = float(profit / (sales - profit))\non_cost = float(profit / sales)"),
    "one_rate_twice": ("margins", "on_price = on_cost = float(profit / sales)"),
    "cartons_always": ("structure", 'by_class = amounts.groupby("class")["qty"].sum()'),
    "lines_counted": ("structure", 'by_class = amounts.groupby("class")[measure].count()'),
    "multiplied": ("bundles", "number = cartons * 50"),
    "remainder_lost": ("bundles", "number = cartons // 50"),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"with_amounts": "sales = 1\nprofit = 0", "margins": "on_price = on_cost = 0"}, "check_margins_own"),
    ({"with_amounts": "sales = 2.0\nprofit = 1.0", "margins": "on_price = 0.5\non_cost = 1.0"}, "check_margins_own"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    table = tables["shop_ledger"]
    money = table["qty"] * table["price"]
    high = table["class"] <= 2
    return {
        "plain_mean": ("price", round(float(table["price"].mean()), 2)),
        "bundle_price": ("price", round(50 * float(money.sum()) / int(table["qty"].sum()), 2)),
        "bundles_believed": ("unit", "A"),
        "share_of_sales": ("share", round(100 * float(money[high].sum() / money.sum()), 1)),
        "just_400_more": ("more", round(float(money.sum()) + 400)),
        "on_400_only": ("more", round(400 / float(1 - (table["qty"] * table["cost"]).sum() / money.sum()))),
        "tied_sale": ("advice", "条均价偏低，建议搭售新品，月底再看。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "advice": [
            "你店里一二类只占两成多，毛利率 9.6%。建议把柜台最显眼的一层摆二类烟，写清楚价格。到8月15日我们再对一遍毛利率。",
            "条均价 53.93 元，比附近的店低。先把滞销的撤掉两个，换两个好卖的二类。一个月以后看条均价涨没涨。",
            "从结构看，一二类只占 26.9%。建议在收银台旁边陈列两个二类新品。8月10日我来，跟这个月的占比比一比。",
        ],
    }
