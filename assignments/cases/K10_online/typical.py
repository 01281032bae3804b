"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "days_forgotten": ("tied_up", 'tied = (table["amount"] * rate).sum() / month'),
    "rate_forgotten": ("tied_up", 'tied = (table["amount"] * table["days"]).sum() / month'),
    "by_orders": ("tied_up", 'tied = (table["amount"] * rate).mean()'),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import policy

    given = policy.load("cases")
    ahead, bill = rules["advance"]["value"], rules["advance"]["known"][0]["value"]
    return {
        "whole_bill": ("advance", bill),
        "saved_money": ("cheaper", ahead),
        "sum_not_mean": ("tied", ahead),
        "a_year": ("interest", round(rules["tied"]["value"] * given["k10.year_rate"], 2)),
        "all_of_it": ("reserve", rules["reserve"]["known"][0]["value"]),
        "each_carton_cheaper": ("say", "B"),
        "password": ("ways", ["A", "B", "C", "E"]),
        "must_switch": ("plan", "电话订货落后，镇上都要换成网上订货，省钱又方便，下月完成。"),
        "clicks_for_him": ("plan", "五月先多扣了钱，早上占线。记住他的密码，每周替他点 1 次。目标七月 4 次都在网上。6 月 10 日以前开通。7 月 31 日检查。"),
    }
