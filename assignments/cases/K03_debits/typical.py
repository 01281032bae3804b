"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "share_that_worked": ("fail_rate", "rate = 100 * (orders - failed) / orders"),
    "not_percent": ("fail_rate", "rate = failed / orders"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    return {
        "worked": ("rate", round(100 - rules["rate"]["value"], 1)),
        "share": ("rate", round(rules["rate"]["value"] / 100, 3)),
        "all_failed": ("unreminded", rules["unreminded"]["known"][0]["value"]),
        "leg_hurts": ("cash", "A"),
        "money_taken": ("ways", ["A", "B", "C", "D"]),
        "no_number": ("plan", "老人听不见电话，扣不成。以后多提醒，跟女儿说一声。下月再看，月底检查。"),
        "bank_for_them": ("plan", "半年扣不成好几单。我每周替老人存 1 次钱，扣不成的先垫上。目标降到 0 单。6 月 16 日以前开始。7 月 31 日检查。"),
    }
