"""Key of the number sheet, computed from the learner's own ledger; the plan's words only pre-score it."""

from coursekit.domain import stores


def answers(tables):
    """Rules by field id; `tables` holds the learner's `shop_ledger`."""
    everything = tables["shop_ledger"]
    ledger = everything[everything["class"] < 4]
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
        "lost": {
            "type": "number",
            "value": round(lost, 1),
            "tolerance": 0.25,
            "unit": "条",
            "known": [{"value": round(7 * daily, 1), "tolerance": 0.11, "note": "这是一个星期全部要卖的，只算断货的那几天。"}],
        },
        "money": {
            "type": "number",
            "value": round(lost * each),
            "tolerance": max(2, round(lost * each * 0.06)),
            "unit": "元",
            "known": [{"value": round(lost, 1), "tolerance": 0.25, "note": "这是条数，还没有乘每条挣的钱。"}],
        },
        "lawful": {
            "type": "multiple",
            "value": [
                "把断货的天数报上去，请公司研究调整这个镇的订货日",
                "把同价位的两个牌子挪到空位旁边，摆上价签",
                "周一订货以前，把这个牌子来多少货告诉他",
            ],
            "known": [
                {"value": "B", "note": "货会记在别人名下，今天有违规的风险。"},
                {"value": "D", "note": "从别家匀货，货和账就对不上了。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["断货", "缺货", "卖空", "空着", "全空"]},
                {"name": "凭哪个数", "any": ["天", "条", "元"]},
                {"name": "做什么", "any": ["替代", "同价位", "订货日", "上报", "报上去", "挪到", "货源信息"]},
                {"name": "做到多少", "any": ["减到", "降到", "不超过", "做到", "达到", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对", "记一次"]},
            ],
            "never": [
                {"any": ["借订货日", "借用订货日", "借别家的订货日", "相邻片区店主的订货日", "替他订"], "risk": "REG-3"},
                "从别家的货里匀",
                "匀几条给他",
            ],
            "numbers": [daily, gap, 7 - gap, held, lost, lost * each, float(by_brand[best])],
            "reference": (
                f"发现：这个牌子每个星期断货 {gap:.1f} 天，替代的两个牌子在最里面。"
                f"凭台账：一天卖 {daily:.2f} 条，到货 {held} 条，一个星期少卖 {lost:.1f} 条。"
                "做法：把同价位的 2 个牌子挪到空位旁边；断货的天数报上去，请公司研究订货日；周一订货以前告诉他来多少货。"
                "目标：六月底，星期六还买得到替代的牌子，断货减到每星期 2 天，订货日哪天答复写清楚。"
                "5 月 28 日以前挪好柜台，6 月 3 日以前把断货的天数报上去。"
                "检查：6 月的四个星期六各去看一次空位，记一次断货几天，和五月对比。"
            ),
        },
    }
