"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

_ORDER = 'order = plan[low].sort_values("turn").index'
_CUT = 'cut = plan[high]["visits_now"].clip(upper=keep)'

CODE = {
    "edge_low": ("coop_class", "is_high = score > high_line\nis_medium = score > medium_line"),
    "line_written": ("coop_class", "is_high = score >= 70\nis_medium = score >= 40"),
    "swapped": ("low_group", "depends = value >= line\nworth = dependence >= line"),
    "debt_counted": ("freed", 'spare = high["visits_now"] - keep'),
    "everyone_spares": ("freed", 'spare = (table["visits_now"] - keep).clip(lower=0)'),
    "nothing_cut": ("new_plan", 'cut = plan[high]["visits_now"]\n' + _ORDER),
    "all_to_keep": ("new_plan", 'cut = plan[high]["visits_now"] * 0 + keep\n' + _ORDER),
    "small_to_zero": ("new_plan", _CUT + '\n' + _ORDER + '\nplan.loc[plan["group"] == "保底", "visits_new"] = 0'),
    "easiest_first": ("new_plan", _CUT + '\norder = plan[low].sort_values("turn", ascending=False).index'),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import customers

    table = tables["coop190"]
    segment = customers.segments(table)["segment"]
    now = table["visits_now"]
    hard = table.loc[segment == "low_hard", "cust_id"].iloc[0]
    return {
        "value_only": ("hard", int((table["value"] >= 50).sum())),
        "small_for_hard": ("hard", int((segment == "low_small").sum())),
        "all_visits": ("spare", int(now[segment == "high"].sum())),
        "average_of_two": ("basis", "A"),
        "paid_for_him": ("actions", ["A", "B", "D"]),
        "gift": ("plan", f"{hard}：下月多走访两次，送礼拉近关系，看订单。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    hard = rules["plan"]["phrases"][0]["any"][0]
    return {
        "plan": [
            f"{hard}：从下个月起每周走一次，每次带上他的利润账一起看，到6月底，看他的订单有没有变多。",
            f"{hard} 这家，我打算跟他把卖烟能赚多少钱说明白，再帮他培育两个适合他的品牌。做到9月30日，对比一下他每月订几次货。",
            f"我选{hard}。以前一个月去一回，改成两回，去了就把他上月卖烟挣的钱列给他看。试到9月底，看他扣款成没成、订了几回货。",
        ],
    }
