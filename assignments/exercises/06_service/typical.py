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
        "gift": ("care", ["D", "C", "A", "E"]),
        "cash": ("flooded", "货源照常，先理柜台；他的货款我代存，再上报困难帮扶。"),
        "no_months": ("counter", "6,000 元太贵，超过两年才回本，不推荐，由他自己定。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "flooded": [
            "订货送货都不能停，照常给他送。小店我帮他把剩下的货架归整好、摆整齐。他家有难处，我写个情况交给公司看能不能帮。不拿钱、不代他跑银行。",
            "人人都有的服务继续做：按时送货。二星户，帮着重新理好台面。人上了年纪，我多去看看，把灾情报到公司申请困难补助。礼和钱都不碰。",
            "货照样送，价签和宣传资料照发。二星的店我留下来半天，一起清货架、擦柜台。老人家一个人，我向公司反映，看有没有救济。不垫钱不代办存款。",
        ],
        "counter": [
            "6000除以200等于30个月，两年多才能收回来，我会把这个数摆给他看，说时间长了点，换不换他说了算。",
            "要 30 个月才回得了本，比24个月长，我劝他缓一缓，最后还是店老板拿主意。",
            "算一算：6000÷200＝30，三十个月才挣回来，有点长，一般两年以内才划算。我把账给他看，换不换听他的。",
        ],
    }
