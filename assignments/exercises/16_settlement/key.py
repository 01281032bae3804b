"""Key of the form fields, computed from the learner's own tables. Never leaves the trainer's side."""

from coursekit.domain import customers, supply


def answers(tables):
    """Rules by field id; `tables` holds the learner's own `customers` and `settlement`."""
    shops, orders = tables["customers"], tables["settlement"]
    rate = supply.success_rate(orders)
    money = supply.success_by_amount(orders)
    covered = customers.coverage(shops)
    return {
        "success": {
            "type": "number",
            "value": round(100 * rate.value, 2),
            "tolerance": 0.006,
            "unit": "%",
            "known": [
                {
                    "value": round(100 * covered.value, 2),
                    "tolerance": 0.006,
                    "note": "这是覆盖率，分母是户。成功率的分母是单。",
                },
                {
                    "value": round(100 * money.value, 2),
                    "tolerance": 0.006,
                    "note": "这是金额成功率，分母是钱。",
                },
                {
                    "value": round(rate.value, 4),
                    "tolerance": 0.0001,
                    "note": "数对了，格子里要的是百分数，要乘以 100。",
                },
            ],
        },
        "not_open": {
            "type": "number",
            "value": covered.rest,
            "unit": "户",
            "known": [{"value": covered.part, "note": "这是开通了的户数。"}],
        },
        "reason": {"type": "choice", **_reason(supply.fail_reasons(orders))},
        "help": {
            "type": "multiple",
            "value": ["订货前一天打电话提醒他存款", "教他请家人代办，或和银行约定代扣"],
            "known": [
                {"value": "收下他的现金替他存进银行", "note": "经手店主的现金，数目说不清，有风险。"},
                {"value": "记下他的密码，余额不足时替他转账", "note": "店主的密码不能问，更不能用。"},
                {"value": "以后都改收现金，省得他跑", "note": "现金只在预案写明的情形才收，不能图省事。"},
            ],
        },
        "plan": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "报出哪个率", "any": ["成功率", "覆盖率"]},
                {"name": "做什么", "any": ["提醒", "动员", "改账号", "更新账号", "报财务", "代扣", "电话", "上门", "教", "通知", "余额提醒"]},
                {"name": "对哪些户", "any": ["大户", "没开通", "未开通", "失败", "没扣成", "余额不足", "忘记存", "存款太晚", "的户"],
                 "like": [r"(对|给|帮|向)(?!待)[^把让]{0,12}(户|的店|家)|\d(户|家)"]},
                {"name": "月底看什么", "any": ["月底", "月末", "再看", "对比", "前后", "检查", "再算", "复查", "比较"],
                 "like": [r"(30|31|三十|三十一)[号日]|看.{0,10}(变|升|降|高|没有)"]},
            ],
        },
    }


def _reason(counted):
    """The most frequent reason of the learner's own table, and a word for every other one."""
    reasons = list(counted["fail_reason"])
    known = [{"value": one, "note": f"“{one}”有，但不是最多的：按原因数一数单。"} for one in reasons[1:]]
    return {"value": str(reasons[0]), "known": known}
