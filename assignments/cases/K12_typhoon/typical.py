"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "each_alone": ("served", "count = int((needs <= load).sum())"),
    "full_left_out": ("served", "count = int((needs.cumsum() < load).sum())"),
    "by_mean": ("served", "count = int(load / needs.mean())"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    shops = tables["customers"]
    cut = shops[shops["route"].isin(["D", "E"])]
    return {
        "one_line": ("cut", int((cut["route"] == "D").sum())),
        "one_caller": ("calls", round(2 * rules["calls"]["value"], 1)),
        "announced": ("who", "B"),
        "both_lines": ("cash", int(cut["e_settle"].sum())),
        "no_bank_too": ("cash", int((cut["route"] == "D").sum())),
        "paid_first": ("ways", ["A", "B", "C", "E"]),
        "do_our_best": ("plan", "台风影响大，要全力做好服务，及时通知客户，恢复供货，让客户满意。"),
        "advance": ("plan", "两条线断供。替店主垫上货款，给五星户送 10 条。目标补齐。6 月 26 日以前办好。7 月 3 日回访。"),
    }
