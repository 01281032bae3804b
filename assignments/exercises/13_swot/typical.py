"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "rivals_as_weakness": ("placed", 'placed = "WSWOWWSOWW"'),
    "good_and_bad_only": ("placed", 'placed = "WSWSWWSSWW"'),
    "nine_letters": ("placed", 'placed = "WSTOTWSOW"'),
    "small_letters": ("placed", 'placed = "wstotwsowt"'),
    "multiplied": ("price_needed", "price = profit * margin / cartons"),
    "sales_not_price": ("price_needed", "price = profit / margin"),
    "share_as_growth": ("price_after", 'price = base["price"] * (1 + share - base["share"])'),
    "from_nothing": ("price_after", 'price = base["price"] + share * (base["high"] - base["low"])'),
    "old_price": ("own_targets", 'profit = cartons * base["price"] * base["margin"]'),
    "sales_for_profit": ("own_targets", "profit = cartons * price_after(base, share)"),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"price_after": "price = 0", "own_targets": "profit = 0"}, "check_targets_more"),
    ({"price_after": "price = 100 * share", "own_targets": 'profit = 100 * cartons * share * base["margin"]'}, "check_targets_more"),
    ({"own_targets": 'cartons, share = 1, base["share"]\nprofit = base["price"] * base["margin"]'}, "check_targets_more"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    table = tables["shop_ledger"]
    money, paid = table["qty"] * table["price"], table["qty"] * table["cost"]
    high, cartons = table["class"] <= 2, int(table["qty"].sum())
    margin = 1 - float(paid.sum()) / float(money.sum())
    return {
        "share_of_sales": ("share_now", round(100 * float(money[high].sum() / money.sum()), 1)),
        "share_as_part": ("share_now", round(int(table["qty"][high].sum()) / cartons, 3)),
        "old_price_profit": ("profit", round(400 * float(money.sum()) / cartons * margin)),
        "billboard": ("allowed", ["A", "C", "B", "E"]),
        "old_tricks": ("half_page", "发现新品太少，占 5%。做法是门口做户外广告。目标做到 10%。下月底以前。到期复查。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "half_page": [
            "发现二类烟卖得少。台账上一二类只有 26.9%。把柜台中层腾给二类，价签补齐。目标是到 30%。8月31日前做到。每周五一起对一次台账。",
            "薄弱的是不记账。从销售台账看毛利率只有 8%。教店主每晚记一行。争取毛利率到 9%。两个月为限，9月底。到时再算一遍看变化。",
            "这家店的薄弱处是价签没摆全。台账里二类烟毛利率最高，只占 12%。做法是先把价签补齐，二类多放一排。目标：二类占到 15%。8月底以前。8月31日再打一遍台账对照。",
        ],
    }
