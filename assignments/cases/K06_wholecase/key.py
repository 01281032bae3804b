"""Key of the number sheet, computed from the learner's own sales; the plan's words only pre-score it."""


def answers(tables):
    """Rules by field id; `tables` holds the learner's `sales_week`."""
    table = tables["sales_week"]
    by_shop = table.pivot_table(index="cust_id", values="qty", aggfunc="sum")["qty"]
    shop = table[table["cust_id"] == by_shop.idxmax()]
    by_brand = shop.pivot_table(index="sku", values="qty", aggfunc="sum")["qty"]
    rows = shop[shop["sku"] == by_brand.idxmax()]
    sold = rows.pivot_table(index="week", values="qty", aggfunc="sum")["qty"]
    mean, peak, held = float(sold.mean()), int(sold.max()), int(sold.min())
    price = float(rows["amount"].sum()) / int(sold.sum())
    reserve = peak - mean
    level = 2 * mean + reserve
    return {
        "absent": {
            "type": "number",
            "value": 26 - len(sold),
            "unit": "周",
            "known": [{"value": len(sold), "note": "这是卖过的周数。"}] if len(sold) != 13 else [],
        },
        "safety": {
            "type": "number",
            "value": round(reserve, 1),
            "tolerance": 0.06,
            "unit": "条",
            "known": [{"value": round(peak - sold.sum() / 26, 1), "tolerance": 0.04, "note": "平均只除以卖过的周数。"}]
            if len(sold) < 26
            else [],
        },
        "point": {
            "type": "number",
            "value": round(level, 1),
            "tolerance": 0.16,
            "unit": "条",
            "known": [
                {"value": round(2 * mean, 1), "tolerance": 0.11, "note": "还要加上安全库存。"},
                {"value": peak, "tolerance": 0.04, "note": "这只算了一个星期，货要等两个星期。"},
            ],
        },
        "bundles": {
            "type": "number",
            "value": max(int(-((held - level) // 50)), 0),
            "unit": "件",
        },
        "capital": {
            "type": "number",
            "value": round(reserve * price),
            "tolerance": max(2, round(price * 0.06)),
            "unit": "元",
            "known": [{"value": round(level * price), "tolerance": 2, "note": "这是订货点的货款，只要安全库存的。"}],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "订货以前，把这个牌子下两周来不来货告诉他",
                "把同价位的两个牌子从仓库里请上柜，摆在主销的位置旁边",
                "把安全库存和压的钱算给他看，由他自己定",
            ],
            "known": [
                {"value": "B", "note": "订多少由店主自己定，录订单也是他自己来。"},
                {"value": "D", "note": "搭新品就是搭售，是红线。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["断货", "没有货", "压货", "堆着", "消息来得晚", "空着"]},
                {"name": "凭哪个数", "any": ["条", "元", "件", "周"]},
                {"name": "做什么", "any": ["告诉", "货源信息", "替代", "同价位", "上柜", "订货点"]},
                {"name": "做到多少", "any": ["减到", "降到", "不超过", "做到", "达到", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "盘点", "再算", "对比", "回访", "核对"]},
            ],
            "never": [
                {"any": ["搭售", "搭一件", "搭新品", "压货给他", "向他压货"], "risk": "REG-8"},
                {"any": ["核定销量", "替他定", "替店主定", "直接录进订单"], "risk": "REG-6"},
            ],
            "numbers": [26 - len(sold), len(sold), mean, peak, held, price, reserve, level, reserve * price],
            "reference": (
                f"发现：半年里有 {26 - len(sold)} 周断货，断货和仓库堆着是一件事，消息来得晚。"
                f"凭销量：平均一周 {mean:.1f} 条，最多 {peak} 条，安全库存 {reserve:.1f} 条，压货款 {reserve * price:.0f} 元。"
                f"做法：每次订货以前把下两周的货源信息告诉他；订货点 {level:.1f} 条算给他看，由他定；把同价位的 2 个牌子请上柜。"
                "目标：下半年因为不知道而断货的降到 0 周，仓库里压的不超过两个星期要卖的。"
                "7 月 3 日以前把算好的数带给他，7 月 8 日以前替代的牌子上柜。"
                "检查：每个星期一盘点 1 次存货，9 月 30 日再算一遍断了几周。"
            ),
        },
    }
