"""Key of the number sheet, computed from the learner's own sales; the plan's phrases are a proposal."""


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
        },
        "plan": {
            "type": "text",
            "phrases": [
                {"name": "发现了什么", "any": ["断货", "没有货", "压货", "堆着", "消息来得晚", "空着"]},
                {"name": "凭哪个数", "any": ["条", "元", "件", "周"]},
                {"name": "做什么", "any": ["告诉", "货源信息", "替代", "同价位", "上柜", "订货点"]},
                {"name": "做到多少", "any": ["减到", "降到", "不超过", "做到", "达到", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "盘点", "再算", "对比", "回访", "核对"]},
            ],
            "never": ["搭售", "压货给他"],
        },
    }
