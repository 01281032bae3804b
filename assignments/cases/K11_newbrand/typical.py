"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "plain_mean": ("mean_age", 'days = table["age"].mean()'),
    "by_batches": ("mean_age", 'days = (table["left"] * table["age"]).sum() / len(table)'),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    by_rest, rest = (one["value"] for one in rules["through"]["known"])
    return {
        "by_the_rest": ("through", by_rest),
        "the_rest": ("through", rest),
        "all_is_old": ("old", _left(rules)),
        "per_week": ("weeks", round(rules["weeks"]["value"] / 9, 1)),
        "on_the_shelf": ("first", "B"),
        "once_more": ("ways", ["A", "B", "C", "E"]),
        "keep_going": ("plan", "新品上柜率低，要加大宣传，提高上柜率和动销率，做好培育。"),
        "two_more": ("plan", "货在抽屉里。请店主再帮一次忙，多订两条，讲这个牌子伤害小。目标卖到 10 条。7 月 3 日以前摆好。7 月 31 日检查。"),
    }


def _left(rules):
    """Cartons left in all: the key warns of this number where it is not also the old ones."""
    known = rules["old"].get("known") or [{"value": rules["old"]["value"] + 1}]
    return known[0]["value"]
