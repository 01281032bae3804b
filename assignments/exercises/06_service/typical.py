"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "no_unrated": ("star_tag", 'tag = {5: "five_star", 4: "middle_star", 3: "middle_star", 2: "low_star", 1: "low_star"}.get(star)'),
    "by_line": ("star_tag", 'tag = "five_star" if star == 5 else "middle_star" if star >= 3 else "low_star"'),
    "two_of_three": ("is_reliable", 'enough = shop["scale"] == 1 and shop["law_class"] == "A"'),
    "triple_only": ("is_reliable", 'enough = shop["scale"] == 1 and shop["law_class"] == "A" and shop["credit"] == "AAA"'),
    "nothing_for_all": ("tags_of", 'tags = [star_tag(shop["star"])]\nno_account = not shop["e_settle"]'),
    "account_turned": ("tags_of", 'tags = ["everyone", star_tag(shop["star"])]\nno_account = shop["e_settle"]'),
    "last_tag_only": ("services_of", "found = table[tag]"),
    "own_table": ("services_of", "found = found + package[tag]"),
    "turned_over": ("worth", "good = gain > 0 and gain / capital <= most"),
    "edge_out": ("worth", "good = gain > 0 and capital / gain < most"),
    "by_zero": ("worth", "good = capital / gain <= most"),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"tags_of": 'return ["everyone"]', "services_of": 'found = table["everyone"]'}, "check_services"),
    ({"tags_of": 'return []'}, "check_services"),
    ({"services_of": 'found = table["everyone"]'}, "check_services"),
    ({"star_tag": 'tag = "everyone"', "is_reliable": "enough = False", "tags_of": 'tags = ["everyone"]\nno_account = not shop["e_settle"]'}, "check_tags_own"),
    ({"tags_of": "return []"}, "check_services_own"),
    ({"tags_of": 'return ["everyone"]', "services_of": 'found = table["everyone"]'}, "check_services_own"),
    ({"tags_of": 'return ["everyone"] if shop["cust_id"] == "乙" or shop["star"] == 5 else ["x"]', "services_of": 'found = table["everyone"]'}, "check_services_own"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    shops = tables["customers"]
    return {
        "big_only": ("reliable", int((shops["scale"] == 1).sum())),
        "all_without": ("not_settled", int((~shops["e_settle"].astype(bool)).sum())),
        "value_added": ("all", "D"),
        "gift": ("care", ["A", "C", "D", "E"]),
        "cash": ("flooded", "货源照常，先理柜台；他的货款我代存，再上报困难帮扶。"),
        "no_months": ("counter", "6,000 元太贵，超过两年才回本，不推荐，由他自己定。"),
    }
