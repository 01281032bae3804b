"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "cartons_over": ("days_over", 'days = int((table["qty"] - held).clip(lower=0).sum())'),
    "sold_out_is_short": ("days_over", 'days = int((table["qty"] >= held).sum())'),
    "mean_day": ("days_over", 'days = len(table) if table["qty"].mean() > held else 0'),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    rows = tables["shop_ledger"]
    daily = rows[rows["class"] <= 2].groupby("date")["qty"].sum()
    return {
        "exact_counted": ("over", int((daily >= 4).sum())),
        "all_of_the_day": ("short", int(daily[daily > 4].sum())),
        "near_and_known": ("condition", "C"),
        "total_missing": ("missing", "D"),
        "in_the_car": ("ways", ["A", "B", "C", "E"]),
        "more_goods": ("plan", "烟柜不够，应当多备一些货，平时多去看看，争取不缺货。"),
        "from_elsewhere": ("plan", "五月酒席多，烟柜不够。临时不够的从别处买 5 条顶一顶。目标不超过 2 天。6 月 11 日以前说好。8 月 1 日检查。"),
    }
