"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "road_forgotten": ("visit_cost", "cost = times * inside / 60 * hourly"),
    "minutes_as_hours": ("visit_cost", "cost = times * (inside + road) * hourly"),
    "one_visit": ("visit_cost", "cost = (inside + road) / 60 * hourly"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import policy

    given = policy.load("cases")
    shops = tables["coop190"]
    return {
        "low_is_hard": ("hardest", int((shops["coop"] < 40).sum())),
        "inside_only": ("cost", round(given["k08.hourly"] * given["k08.times"] * given["k08.inside"] / 60, 2)),
        "times_margin": ("more", round(rules["cost"]["value"] * given["k08.wholesale_margin"], 2)),
        "on_cost": ("margin", round(100 * rules["margin"]["value"] / (100 - rules["margin"]["value"]), 2)),
        "order_first": ("first", "B"),
        "gift": ("ways", ["A", "B", "C", "E"]),
        "feelings": ("plan", "他不配合，要多沟通、多联络感情，用真诚打动他，争取早日提高配合度。"),
        "gift_plan": ("plan", "他配合低、不靠烟。过节送他一份礼，再定一个销量，每月 100 条。目标达到 100 条。6 月 12 日以前送到。7 月 31 日检查。"),
    }
