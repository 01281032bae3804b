"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "shops_for_orders": ("success", 'part = table[table["ok"]]["cust_id"].nunique()\nwhole = table["cust_id"].nunique()'),
    "failed_share": ("success", 'part = int((~table["ok"]).sum())\nwhole = len(table)'),
    "only_paid_below": ("success_money", 'part = float(table[table["ok"]]["amount"].sum())\nwhole = part'),
    "orders_for_money": ("success_money", 'part = int(table["ok"].sum())\nwhole = len(table)'),
    "debit_table_below": ("covered", 'part = table["cust_id"].nunique()\nwhole = table["cust_id"].nunique()'),
    "debit_table_above": ("covered", 'part = table["cust_id"].nunique()\nwhole = len(shops)'),
    "all_failures": ("to_remind", 'short = table[~table["ok"]]'),
    "one_reason": ("to_remind", 'short = table[table["fail_reason"] == "余额不足"]'),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    shops, orders = tables["customers"], tables["settlement"]
    part = int(shops["e_settle"].sum())
    money = float(orders[orders["ok"]]["amount"].sum()) / float(orders["amount"].sum())
    return {
        "coverage_for_success": ("success", round(100 * part / len(shops), 2)),
        "money_for_orders": ("success", round(100 * money, 2)),
        "share": ("success", round(float(orders["ok"].mean()), 4)),
        "open_ones": ("not_open", part),
        "not_the_most": ("reason", _letter(orders)),
        "cash_taken": ("help", ["E", "B", "C"]),
        "no_check": ("plan", "成功率 93%，下月给余额不足的户打电话提醒。"),
    }


def _letter(orders):
    """Letter of the rarest reason, as the page shows the options."""
    shown = ["余额不足", "忘记存款", "存款太晚", "账号变更没报", "银行系统故障"]
    return "ABCDE"[shown.index(orders["fail_reason"].value_counts().index[-1])]


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "plan": [
            "成功率 94.41%（按单算）。下月给三种钱没到位的 20 户订货前一天打电话，月末再算一次成功率。",
            "电子结算成功率是 94.4%，分母是扣款单数。我准备下个月对失败三次以上的店逐户上门帮他们设余额提醒，三十号看比例升了没有。",
            "六月成功率 94.41%，是按单数算的。下月给余额不足三次以上的 18 户逐户打电话提醒存钱，月底把成功率再算一回，看有没有上去。",
        ],
    }
