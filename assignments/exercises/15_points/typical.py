"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "this_weeks_orders": ("rows_that_count", 'rows = table[table["week"] == this_week]'),
    "everything_before": ("rows_that_count", 'rows = table[table["week"] < this_week]'),
    "date_written": ("rows_that_count", 'rows = table[table["week"] == pd.Timestamp("2024-05-06")]'),
    "cartons_only": ("points_of", 'score = table["qty"]'),
    "points_only": ("points_of", 'score = table["class"].map(PER_CARTON)'),
    "by_points": ("share_out", "order = points.sort_values(ascending=False).index"),
    "smallest_first": ("share_out", "order = (quota - whole).sort_values().index"),
    "rounded": ("share_out", "order = list(quota.index)\nwhole = quota.round().astype(int)\nrest = 0"),
    "rest_left": ("share_out", "order = []"),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"points_of": 'return pd.Series({"甲": 1.0})', "share_out": "order = points.index"}, "check_share_rules"),
    ({"share_out": "order = free.index"}, "check_share_rules"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import supply

    sales = tables["sales_week"].merge(tables["sku"][["sku", "class"]], on="sku")
    now = supply.order_points(sales[sales["week"] == "2024-05-13"])
    before = supply.order_points(sales[sales["week"] == "2024-05-06"])
    tight = tables["tight_supply"]
    return {
        "this_week": ("top_points", float(now.max())),
        "all_with_points": ("reached", len(before)),
        "cartons_for_shops": ("reached", int(tight[tight["cycle"] == 2]["supply"].max())),
        "borrowed_day_fine": ("refuse", ["B", "C", "E"]),
        "no_next_week": ("reply", "按上周的积分分，积分公开，大家都一样。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "reply": [
            "咱们分这周的货，看的是上星期你订了多少，不是这一周。一类烟一条五分，五类一分，加起来。你这周订的，算进下一次分货。每家都是这么算的。",
            "紧俏烟按上个周期的积分来，每条烟按类给分。这周的积到下个周期用，谁家都一个算法，你可以来看。",
            "分这一周的烟，用的是上一周的积分，一条一类烟5分，五类烟1分。你这一周订得多，下一周就看得到。规矩对谁都一样。",
        ],
    }
