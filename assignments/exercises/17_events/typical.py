"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "both_turned": ("weather_plan", 'who = {"most": "领导小组办公室", "few": "领导小组"}\nhow = {"most": "逐户打电话", "few": "公告"}'),
    "notice_for_all": ("weather_plan", 'who = {"most": "领导小组", "few": "领导小组办公室"}\nhow = {"most": "公告", "few": "公告"}'),
    "lawful_gets_tight": ("may_refill", "ok = law_abiding and clear_price"),
    "only_tight_refused": ("may_refill", 'ok = stock != "tight" and law_abiding and clear_price'),
    "any_is_enough": ("may_refill", 'ok = stock == "normal" and (law_abiding or clear_price)'),
    "calendar_days": ("due_day", "return str((pd.Timestamp(opened) + pd.Timedelta(days=LIMITS[kind])).date())"),
    "not_approved": ("due_day", "days = LIMITS[kind]"),
    "unapproved_as_ordinary": ("due_day", "days = LIMITS[kind] if approved else 1"),
    "edge_late": ("late_calls", 'late = keys["called_back"] - keys["opened"] >= pd.Timedelta(hours=24)'),
    "next_day_fine": ("late_calls", 'late = (keys["called_back"].dt.normalize() - keys["opened"].dt.normalize()).dt.days > 1'),
    "empty_is_zero": ("service_mean", "mean = points.fillna(0).mean()"),
    "zero_left_out": ("service_mean", "mean = points[points > 0].mean()"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    complaints = tables["complaints"]
    days = {"ordinary": 1, "larger": 3, "special": 7}
    limits = complaints["class"].map(days)
    waited = (complaints["closed"].dt.normalize() - complaints["opened"].dt.normalize()).dt.days
    scores = {"非常优良": 100, "优良": 90, "良": 85, "好": 80, "一般": 70, "不好": 30, "恶劣": 0}
    service = tables["satisfaction"]["service"].map(scores).astype(float)
    return {
        "calendar": ("late", int((waited > limits).sum())),
        "unread_is_zero": ("mean", round(float(service.fillna(0).mean()), 1)),
        "forgot_the_bank": ("cash", "A"),
        "urgent_path": ("path", "B"),
        "promised": ("reply", "你守法，我去申请批准，给你补 10 条。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "reply": [
            "紧俏烟任何一户都不临时补，守法的也一样。一般货源里有同价位的，我现在帮你报上去，经理批了今天就能送。",
            "对不住，紧俏的补不了，公司预案写明只有普通货源才能临时补。我给你配几个差不多价位的，走应急申请。",
            "实在不行，紧俏烟不管是谁，临时都不补，这是规定。要是普通烟够，我马上请市场经理核，今天给您调几条价位差不多的。",
        ],
    }
