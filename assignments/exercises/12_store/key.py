"""Key of the form fields, computed from the learner's own ledger. Never leaves the trainer's side."""

EXTRA = 400  # more gross profit the shopkeeper wishes for [yuan]
DAY = r"\d{1,2}月(\d|底|初|中|末|第|前|上|下)|\d[日号]|月[底末初中]|年底|下个?(月|周|星期|礼拜|季)|[一二两三四五六七八九十\d]+个?(月|周|星期|季度|天)(后|内|以后|之后|以内|之内|为限)|季[末底]|季度[末底]|周[一二三四五六日]|星期[一二三四五六日]"


def answers(tables):
    """Rules by field id; `tables` holds the learner's own variant of `shop_ledger`."""
    table = tables["shop_ledger"]
    cartons = int(table["qty"].sum())
    sales = float((table["qty"] * table["price"]).sum())
    cost = float((table["qty"] * table["cost"]).sum())
    high = table["class"] <= 2
    by_volume = 100 * float(table["qty"][high].sum()) / cartons
    by_sales = 100 * float((table["qty"] * table["price"])[high].sum()) / sales
    needed = (sales - cost + EXTRA) / (1 - cost / sales)
    return {
        "price": {
            "type": "number",
            "value": round(sales / cartons, 2),
            "tolerance": 0.011,
            "unit": "元/条",
            "known": [
                {
                    "value": round(float(table["price"].mean()), 2),
                    "tolerance": 0.011,
                    "note": "把各笔的售价直接平均了，没有按条数算分量。",
                },
                {
                    "value": round(cost / cartons, 2),
                    "tolerance": 0.011,
                    "note": "这是平均进价，问的是卖价。",
                },
                {
                    "value": round(50 * sales / cartons, 2),
                    "tolerance": 0.6,
                    "note": "这是一件的价。一件是 50 条，格子里要的是一条。",
                },
            ],
        },
        "unit": {
            "type": "choice",
            "value": "C",
            "known": [
                {"value": "A", "note": "一件 51.49 元，合一条 1.03 元，没有这样的烟。"},
                {"value": "B", "note": "箱比件还大，一条就更便宜了，说不通。"},
                {"value": "D", "note": "先疑单位，再疑数：换成条，两个数就都说得通。"},
            ],
        },
        "share": {
            "type": "number",
            "value": round(by_volume, 1),
            "tolerance": 0.06,
            "unit": "%",
            "known": [
                {
                    "value": round(by_sales, 1),
                    "tolerance": 0.06,
                    "note": "这是按销售额算的，问的是条数。",
                },
            ],
        },
        "more": {
            "type": "number",
            "value": round(needed),
            "tolerance": 5,
            "unit": "元",
            "known": [
                {
                    "value": round(sales + EXTRA),
                    "tolerance": 1,
                    "note": "多卖 400 元，不等于多挣 400 元。",
                },
                {
                    "value": round(EXTRA / (1 - cost / sales)),
                    "tolerance": 5,
                    "note": "这只是多挣 400 元要多卖的钱，还没有加上现在卖的。",
                },
            ],
        },
        "advice": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "说到一个算出来的数", "any": ["条均价", "毛利率", "占比", "结构", "加价率", "份额", "毛利", "%", "成"]},
                {"name": "建议做的一件事", "any": ["陈列", "品种", "品规", "替代", "明码标价", "价签", "库存", "新品", "出样", "理柜台", "整理柜台", "标价",
                    "写清楚价", "撤", "上架", "柜台", "调整"],
                 "like": [r"(摆|换).{0,10}(烟|类|牌|个|层)"]},
                {"name": "到哪天", "any": ["下月", "下个月", "月底", "两周", "四周", "一个月后", "季度", "号", "日前"],
                 "like": [DAY]},
                {"name": "看哪个数", "any": ["再看", "复查", "对比", "比一比", "检查", "回头看", "看结果", "看看", "对一遍", "对账", "算一遍"],
                 "like": [r"(再|看|对|比|查|复).{0,8}(数|率|价|量|结构|占比|销|毛利|账|没有|一遍)"]},
            ],
            "never": ["压货", "必须进", "搭配", "搭售", "室外海报", "试吸", "送烟", "送礼", "别处进货", "外地进货"],
        },
    }
