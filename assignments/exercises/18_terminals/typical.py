"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "no_stop": ("next_mark", "mark = str(number + 1)"),
    "same_number": ("next_mark", 'mark = str(number) + "、"'),
    "any_stop": ("next_mark", 'mark = "、"'),
    "word_only": ("answer_of", 'is_right = "正确" in option'),
    "four_needed": ("usable", "ok = count >= 4 and len(answer) == 1"),
    "more_than_three": ("usable", "ok = count > 3 and len(answer) == 1"),
    "any_answer": ("usable", "ok = count >= 3"),
    "minus": ("short_by", "short = needs - has"),
    "turned": ("short_by", "short = max(has - needs, 0)"),
    "percent_left": ("place_points", "points = full * SHARES[place]"),
    "hundred_only": ("place_points", "points = SHARES[place]"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import groups, terminals

    checked = terminals.check_terminals(tables["terminals"], "2024-06-30")
    standard = checked[checked["rule"] == "standard"]
    half = groups.rank_scores(tables["group_kpi"]).loc["第一营销部", "of_half"]
    return {
        "edge_out": ("gap_shops", int((standard["has"] <= standard["needs"]).sum())),
        "good_ones": ("gap_shops", int(standard["passed"].sum())),
        "half_reading": ("first_full", round(float(half), 1)),
        "made_up": ("stub", "A"),
        "eight_days": ("scan", ["B", "A", "D"]),
        "not_juniors": ("moved", int((tables["mgr_grades"].query("period == '2012-H1'")["grade"] != "junior").sum())),
        "volume_counts": ("basis", ["A", "B", "C", "E"]),
        "must_buy": ("advice", "线是 60 个，你差 8 个，换新柜台就够了。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "advice": [
            "农村精品店的线是60个盒位，你有52个，还缺8个。换柜台要你自己出钱，换不换你决定。先把卖不动的收一收，腾出几个位子。",
            "标准 60 个，你差八个，不够。新柜台不是必须的，自愿。咱们先把现有柜台重新摆一摆，多挤出几个陈列位。",
            "农村精品店要 60 个陈列位，您现在 52 个，差 8 个。换柜台是自愿的，花的是您的钱，您拿主意。先把卖得慢的品规收起来，腾出位子。",
        ],
    }
