"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "others_forgotten": ("months_back", "months = positions * each / gain"),
    "no_brackets": ("months_back", "months = positions * each + other / gain"),
    "turned": ("months_back", "months = gain / (positions * each + other)"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import stores

    month = stores.ledger_totals(tables["shop_ledger"])["profit"]
    return {
        "hundred_for_sixty": ("short", rules["short_two"]["value"]),
        "sixty_for_hundred": ("short_two", rules["short"]["value"]),
        "whole_profit": ("back", round(rules["spend"]["value"] / month, 1)),
        "paid_by_company": ("pays", "C"),
        "poster": ("ways", ["A", "C", "D", "E"]),
        "must_rise": ("plan", "这家店还差陈列位，月底前必须升上去，达到精品店标准。"),
        "threat": ("plan", "陈列位还差好几个。不升就少给他货源。目标做到 60 个。7 月 8 日以前升好。7 月 31 日检查。"),
    }
