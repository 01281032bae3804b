"""Key of the number sheet, computed from the learner's own settlement table; the plan's words only pre-score it."""

from coursekit.domain import supply


def answers(tables):
    """Rules by field id; `tables` holds the learner's `settlement`."""
    table = tables["settlement"]
    groups = table.groupby("cust_id")
    failures = (~table["ok"]).groupby(table["cust_id"]).sum()
    shops = [code for code, mean in groups["amount"].mean().items() if mean < 1500]
    chosen = min(shops, key=lambda code: (-failures[code], code))
    own = table[table["cust_id"] == chosen]
    bad = own[~own["ok"]]
    success = 100 * supply.success_rate(own).value
    moved = int((bad["fail_reason"] == "账号变更没报").sum())
    first = f"其中 {moved} 单是账号变更没报，先请他把现在的账号报上来，改好 1 处档案；" if moved else ""
    return {
        "rate": {
            "type": "number",
            "value": round(100 * len(bad) / len(own), 1),
            "tolerance": 0.06,
            "unit": "%",
            "known": [
                {"value": round(success, 1), "tolerance": 0.06, "note": "这是扣成的占几成，格子里要的是没成的。"},
                {"value": round(len(bad) / len(own), 3), "tolerance": 0.0006, "note": "写成了小数，格子里要的是百分数。"},
            ],
        },
        "at_risk": {
            "type": "number",
            "value": round(float(bad["amount"].sum()), 2),
            "tolerance": 1,
            "unit": "元",
            "known": [{"value": round(float(own["amount"].sum()), 2), "tolerance": 1, "note": "这是所有单的金额，只要没成的。"}],
        },
        "unreminded": {
            "type": "number",
            "value": int((~bad["reminded"]).sum()),
            "unit": "单",
            "known": [
                {"value": len(bad), "note": "这是扣不成的全部，只数事前没有提醒过的。"},
                {"value": int((~own["reminded"]).sum()), "note": "这里面有扣成的，只看扣不成的单。"},
            ],
        },
        "cash": {
            "type": "choice",
            "value": "订货当天大雪封路，去不了银行",
            "known": [
                {"value": "A", "note": "腿疼不是恶劣天气，预案没有这一条。"},
                {"value": "B", "note": "电话没接到，不是恶劣天气。"},
                {"value": "D", "note": "没人帮着存，不是恶劣天气。"},
            ],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "订货前一天给女儿发一条提醒",
                "请女儿帮忙开通，用手机银行转进扣款账户",
                "在墙上那张纸条上加一行“星期日存款”",
            ],
            "known": [
                {"value": "B", "note": "钱经过你的手，少了说不清。"},
                {"value": "E", "note": "垫钱，也是钱经过你的手。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["扣不成", "没成", "失败", "听不见", "记不住"]},
                {"name": "凭哪个数", "any": ["%", "百分之", "单", "元"]},
                {"name": "做什么", "any": ["提醒", "女儿", "手机银行", "纸条", "代扣", "账号报", "改档案", "改账号", "更新账号"]},
                {"name": "做到多少", "any": ["降到", "减到", "不超过", "做到", "达到", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "再算", "对比", "回访", "核对", "扣款记录"]},
            ],
            "never": [
                {"any": ["替他存", "替老人存", "帮老人存", "代老人存", "我去存", "客户经理代存", "由我代存", "垫付", "替他垫", "先垫上"], "risk": "REG-4"},
            ],
            "numbers": [100 * len(bad) / len(own), success, len(bad), len(own), float(bad["amount"].sum()), int((~bad["reminded"]).sum()), moved, len(bad) - moved],
            "reference": (
                f"发现：半年里扣不成 {len(bad)} 单，其中 {int((~bad['reminded']).sum())} 单订货以前没有人提醒；老人听不见电话，记不住哪天存钱。"
                f"凭扣款记录：没成的占 {100 * len(bad) / len(own):.1f}%，金额 {float(bad['amount'].sum()):.2f} 元。"
                f"做法：{first}每个星期日给女儿发 1 条提醒，请她用手机银行转进扣款账户；在墙上的纸条上加一行哪天存款。"
                "目标：七月起四个星期没成的降到 0 单。"
                "6 月 16 日以前和女儿说好，6 月 23 日以前试 1 次。"
                "检查：7 月 31 日看 7 月的扣款记录，再算一遍没成的占几成。"
            ),
        },
    }
