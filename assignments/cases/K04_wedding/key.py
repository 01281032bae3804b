"""Key of the number sheet, computed from the learner's own ledger; the plan's words only pre-score it."""


def answers(tables):
    """Rules by field id; `tables` holds the learner's `shop_ledger` and `tight_supply`."""
    rows = tables["shop_ledger"]
    month = int(rows["qty"].sum())
    tight = 8 + month % 7
    normal = 40 - tight
    plain = rows.loc[rows["class"].isin([2, 3]), ["sku", "qty", "cost"]]
    spent = (plain["qty"] * plain["cost"]).groupby(plain["sku"]).sum()
    sold = plain.pivot_table(index="sku", values="qty", aggfunc="sum")["qty"]
    first, second = sorted(sold.index, key=lambda name: (-sold[name], -spent[name]))[:2]
    money = (normal - 10) * spent[first] / sold[first] + 10 * spent[second] / sold[second]
    return {
        "ordinary": {
            "type": "number",
            "value": normal,
            "unit": "条",
            "known": [
                {"value": 40, "note": "这是整张单子。紧俏烟不补，要减掉。"},
                {"value": tight, "note": "这是紧俏烟的条数，格子里要的是一般货源。"},
            ],
        },
        "share": {
            "type": "number",
            "value": round(100 * normal / month, 1),
            "tolerance": 0.06,
            "unit": "%",
            "known": [{"value": round(4000 / month, 1), "tolerance": 0.04, "note": "分子用了 40 条，只算能报的。"}],
        },
        "deposit": {
            "type": "number",
            "value": round(float(money)),
            "tolerance": 2,
            "unit": "元",
            "known": [
                {
                    "value": round(float(normal * spent[first] / sold[first])),
                    "tolerance": 1,
                    "note": "全按第一个牌子的进价算了，第二个牌子有 10 条。",
                }
            ],
        },
        "path": {
            "type": "choice",
            "value": "报批以后放进 6 月 17 日（星期一）的正常订单",
            "known": [
                {"value": "A", "note": "十八天以前就知道的事，不用临时送。"},
                {"value": "C", "note": "十八天以前就知道的事，不算特殊情况。"},
                {"value": "D", "note": "星期一订、星期二才送到，喜事已经过了。"},
            ],
        },
        "approver": {
            "type": "choice",
            "value": "客服主任或营销部副经理",
            "known": [
                {"value": "A", "note": "填表的人不能自己批。"},
                {"value": "B", "note": "配送中心只管送。"},
                {"value": "D", "note": "市场经理核实的是临时补货，这张表由别人批。"},
            ],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "当天告诉店主不能补，请他早一点跟邻居说",
                "推荐一个同档次、不紧俏的牌子，写进报批表",
                "告诉他紧俏烟按上一个周期的积分分，他分到几条就订几条",
            ],
            "known": [
                {"value": "B", "note": "货会记在别人名下，今天有违规的风险。"},
                {"value": "E", "note": "份额是别的户的，记到他名下就是假账。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["喜事", "紧俏", "没有问", "提前知道", "没有记"]},
                {"name": "凭哪个数", "any": ["条", "元", "%", "百分之"]},
                {"name": "做什么", "any": ["报批", "正常订单", "替代", "同档次", "备货款", "存款"]},
                {"name": "做到多少", "any": ["送到", "做到", "达到", "不超过", "备足", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对", "问一遍"]},
            ],
            "never": [
                {"any": ["借订货日", "借用订货日", "相邻片区的店主替他订", "请相邻片区", "别的户的份额"], "risk": "REG-3"},
                "匀几条",
                "照样给他紧俏烟",
            ],
            "numbers": [normal, tight, month, 100 * normal / month, float(money)],
            "reference": (
                f"发现：喜事要 40 条，里面 {tight} 条是紧俏烟，不能补；五月看到隔壁刷房子，没有问一句。"
                f"凭台账：能报 {normal} 条，相当于他一个月销量的 {100 * normal / month:.1f}%，货款 {float(money):.2f} 元。"
                f"做法：当天说清紧俏烟不补，推荐 1 个同档次的牌子；填报批表，{normal} 条放进 6 月 17 日的正常订单。"
                f"目标：{normal} 条在 6 月 18 日送到，货款一次备足。"
                "6 月 7 日以前交报批表，6 月 16 日以前请店主把货款存好。"
                "检查：6 月 24 日回访 1 次，问够不够、剩几条；下半年每次走访都问一遍村里的喜事。"
            ),
        },
    }
