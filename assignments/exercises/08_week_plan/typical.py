"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "result_first": ("open_issues", 'last = asked[asked["result"] != "问题已解决"]\nunsolved = last.drop_duplicates("issue_id", keep="last")'),
    "every_time": ("open_issues", 'last = asked\nunsolved = last[last["result"] != "问题已解决"]'),
    "no_number": ("purpose_for", 'text = "答复问题" if cust_id in question else routine[star]'),
    "empty_purpose": ("purpose_for", 'text = "答复问题 " + question[cust_id] if cust_id in question else ""'),
    "five_only": ("must_first", 'must = line["star"] == 5'),
    "both_needed": ("must_first", 'must = (line["star"] == 5) & line["cust_id"].isin(list(question))'),
    "one_too_many": ("fits", "possible = number <= most and used <= limit"),
    "edge_out": ("fits", "possible = number + 1 < most and used + minutes < limit"),
    "as_listed": ("week_plan", 'line = customers[customers["route"] == route]'),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"open_issues": "unsolved = asked[:0]", "must_first": 'must = line["star"] == 5'}, "check_plan_must"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    import pandas as pd

    rows = tables["visits"]
    rows = rows[rows["arrive"].notna() & rows["issue_id"].notna() & (rows["arrive"] < pd.Timestamp("2024-06-17"))]
    latest = rows.sort_values("arrive").drop_duplicates("issue_id", keep="last")
    waiting = latest[latest["result"] != "问题已解决"]
    return {
        "solved_counted": ("open_count", len(latest)),
        "latest_for_longest": ("longest", (pd.Timestamp("2024-06-17") - waiting["arrive"].max().normalize()).days),
        "good_day_blamed": ("faulty", ["B", "C", "D", "E"]),
        "after_the_order": ("order_day", "C"),
        "nobody_told": ("change", "五星户照走，其余挪到周五，计划上注明原因。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "change": [
            "五星和挂着问题的几家当天下午照走，剩下的顺到星期五下午补。计划表里写上“参加会议”。跟市场经理说一声，也给被改的店打个招呼。",
            "先走必须去的户，其他的往后推到下礼拜三。备注里写清因为会议改动，通知店主。",
            "五星户和有问题没答复的先去，剩的改在星期五下午，和E线的错开。计划上注一笔：上午开会。改期的客户我提前打电话。",
        ],
    }
