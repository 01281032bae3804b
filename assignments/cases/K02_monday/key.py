"""Key of the number sheet, computed from the learner's own ledger; the plan's phrases are a proposal."""

from coursekit.domain import stores


def answers(tables):
    """Rules by field id; `tables` holds the learner's `shop_ledger`."""
    ledger = tables["shop_ledger"]
    by_brand = ledger.pivot_table(index="sku", values="qty", aggfunc="sum")["qty"]
    best = min(by_brand.index, key=lambda name: (-by_brand[name], name))
    daily = float(by_brand[best]) / 31
    held = max(1, int(daily * 7 * 0.6))
    gap, lost = stores.days_without(held, daily, 7), stores.lost_sales(held, daily, 7)
    rows = ledger[ledger["sku"] == best]
    each = float((rows["qty"] * (rows["price"] - rows["cost"])).sum() / rows["qty"].sum())
    return {
        "pace": {
            "type": "number",
            "value": round(daily, 2),
            "tolerance": 0.011,
            "unit": "条",
            "known": [{"value": int(by_brand[best]), "note": "这是一个月的条数，格子里要的是一天。"}],
        },
        "gap": {
            "type": "number",
            "value": round(gap, 1),
            "tolerance": 0.11,
            "unit": "天",
            "known": [{"value": round(7 - gap, 1), "tolerance": 0.04, "note": "这是能卖的天数，格子里要的是断货的天数。"}],
        },
        "lost": {"type": "number", "value": round(lost, 1), "tolerance": 0.25, "unit": "条"},
        "money": {"type": "number", "value": round(lost * each), "tolerance": max(2, round(lost * each * 0.06)), "unit": "元"},
        "lawful": {
            "type": "multiple",
            "value": [
                "把断货的天数报上去，请公司研究调整这个镇的订货日",
                "把同价位的两个牌子挪到空位旁边，摆上价签",
                "周一订货以前，把这个牌子来多少货告诉他",
            ],
        },
        "plan": {
            "type": "text",
            "phrases": [
                {"name": "发现了什么", "any": ["断货", "缺货", "卖空", "空着", "全空"]},
                {"name": "凭哪个数", "any": ["天", "条", "元"]},
                {"name": "做什么", "any": ["替代", "同价位", "订货日", "上报", "报上去", "挪到", "货源信息"]},
                {"name": "做到多少", "any": ["减到", "降到", "不超过", "做到", "达到", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对", "记一次"]},
            ],
            "never": ["借订货日", "借用订货日"],
        },
    }
