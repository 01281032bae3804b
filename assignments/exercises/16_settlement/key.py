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
        "reason": {"type": "choice", "value": str(supply.fail_reasons(orders)["fail_reason"].iloc[0])},
        "help": {
            "type": "multiple",
            "value": ["订货前一天打电话提醒他存款", "教他请家人代办，或和银行约定代扣"],
        },
        "plan": {
            "type": "text",
            "phrases": [
                {"name": "报出哪个率", "any": ["成功率", "覆盖率"]},
                {"name": "做什么", "any": ["提醒", "动员", "改账号", "更新账号", "报财务", "代扣"]},
                {"name": "对哪些户", "any": ["户", "大户", "没开通", "未开通", "失败", "余额不足"]},
                {"name": "月底看什么", "any": ["月底", "月末", "下月", "再看", "对比", "前后", "检查"]},
            ],
        },
    }
