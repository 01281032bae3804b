"""Key of the number sheet, computed from the learner's own ledger; the plan's words only pre-score it."""

SHELF = 4


def answers(tables):
    """Rules by field id; `tables` holds the learner's `shop_ledger`."""
    rows = tables["shop_ledger"]
    dear = rows[rows["class"] <= 2]
    daily = dear.pivot_table(index="date", values="qty", aggfunc="sum")["qty"]
    beyond = (daily - SHELF).clip(lower=0)
    lacking = int(beyond.sum())
    each = float((dear["qty"] * dear["price"] - dear["qty"] * dear["cost"]).sum() / dear["qty"].sum())
    full = int((daily >= SHELF).sum())
    over = int((beyond > 0).sum())
    sold_then = int(daily[daily > SHELF].sum())
    return {
        "over": {
            "type": "number",
            "value": over,
            "unit": "天",
            "known": [{"value": full, "note": "正好卖完 4 条的那天不算不够。"}] if full != over else [],
        },
        "short": {
            "type": "number",
            "value": lacking,
            "unit": "条",
            "known": [{"value": sold_then, "note": "这是那几天卖的全部，每天要先减掉 4 条。"}],
        },
        "worth": {"type": "number", "value": round(lacking * each), "tolerance": 2, "unit": "元"},
        "condition": {
            "type": "choice",
            "value": "规模大、经营规矩、诚信等级高",
            "known": [
                {"value": "B", "note": "路近路远不在条件里。"},
                {"value": "C", "note": "熟不熟不在条件里。"},
                {"value": "D", "note": "要不要新品不在条件里。"},
            ],
        },
        "missing": {
            "type": "choice",
            "value": "卖出和卖空的钟点",
            "known": [
                {"value": "A", "note": "进价台账里有，和几点空无关。"},
                {"value": "B", "note": "每天几条台账里有，看不出几点。"},
                {"value": "D", "note": "总数更看不出几点。"},
            ],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "把走访改到下午四点半，看当天的烟柜和酒席预订本",
                "酒席提前知道的，放进订货日的正常订单",
                "临时加桌的，照条件报一次应急配送",
            ],
            "known": [
                {"value": "B", "note": "你不送货，车上带烟，货和账说不清。"},
                {"value": "D", "note": "名片上的货不是公司的，是乱渠道。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["不够", "卖空", "空着", "酒席", "名片", "上午"]},
                {"name": "凭哪个数", "any": ["天", "条", "元"]},
                {"name": "做什么", "any": ["应急配送", "正常订单", "预订本", "下午", "记钟点", "报上去"]},
                {"name": "做到多少", "any": ["减到", "降到", "不超过", "做到", "达到", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对"]},
            ],
            "never": [
                "从别处买",
                "自己送货",
                "车上带几条",
                "乱渠道进",
                "收下名片上的货",
            ],
            "numbers": [over, full, lacking, lacking * each, len(daily), int(daily.sum())],
            "reference": (
                f"发现：五月有 {over} 天烟柜不够，一共差 {lacking} 条，多是摆酒席的晚上；我两次上午去，门都锁着。"
                f"凭台账：差的 {lacking} 条值 {lacking * each:.0f} 元利润，这还是往少里算的。"
                "做法：走访改到下午 4 点半，一起看预订本；提前知道的酒席放进正常订单，临时加桌照条件报 1 次应急配送。"
                "目标：七月烟柜不够的天数减到 2 天。"
                "6 月 11 日以前把走访的钟点改好，6 月 18 日以前请老板在台账上记下卖空的钟点。"
                "检查：8 月 1 日拿七月的台账再算一遍有几天不够，和五月的天数对比。"
            ),
        },
    }
