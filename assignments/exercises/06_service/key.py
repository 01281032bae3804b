"""Key of the form fields, computed from the learner's own table. Never leaves the trainer's side."""

COUNTER, MORE = 6000, 200  # the counter asked about [yuan], gross profit a month [yuan]


def answers(tables):
    """Rules by field id; `tables` holds the learner's own variant of `customers`."""
    table = tables["customers"]
    big = table["scale"].eq(1)
    lawful = table["law_class"].eq("A")
    trusted = table["credit"].isin(["AAA", "AA"])
    middle = table["star"].between(3, 4)
    closed = ~table["e_settle"].astype(bool)
    months = COUNTER // MORE
    return {
        "reliable": {
            "type": "number",
            "value": int((big & lawful & trusted).sum()),
            "unit": "户",
            "known": [
                {"value": int(big.sum()), "note": "这是规模大的户数，守法和信用也要够。"},
                {"value": int((lawful & trusted).sum()), "note": "守法和信用够了，规模也要是大。"},
            ],
        },
        "not_settled": {
            "type": "number",
            "value": int((middle & closed).sum()),
            "unit": "户",
            "known": [
                {"value": int(closed.sum()), "note": "这是全部没开通的户，只问三星、四星的。"},
                {"value": int(middle.sum()), "note": "这是全部三星、四星，只问没开通的。"},
            ],
        },
        "all": {
            "type": "choice",
            "value": "标准化服务",
            "known": [
                {"value": "B", "note": "个性化是照每家的情形另加的。"},
                {"value": "C", "note": "亲情式是给有难处的户的。"},
                {"value": "D", "note": "增值性是给一部分客户的，不是人人都有。"},
            ],
        },
        "care": {
            "type": "multiple",
            "value": [
                "订货前一天打电话，提醒他留够余额",
                "帮他问清银行代扣怎样办，请他的家人去办",
                "他生日那天发一条短信祝福",
            ],
            "known": [
                {"value": "拿他的现金，替他到银行存上", "note": "替他存，就是经手客户的钱，数目说不清，有风险。"},
                {"value": "逢年过节送他一份礼品，表示心意", "note": "送礼受廉洁规定约束，心意不靠礼品。"},
            ],
        },
        "flooded": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "人人都有的不断", "any": ["订货", "送货", "货源", "照常", "明码标价", "标准化", "基本服务", "信息维护", "不断", "不停", "照送", "照样送", "送到"]},
                {"name": "按标记加的", "any": ["理柜台", "整理柜台", "陈列", "清点", "整理货架", "收拾", "理好", "理一理", "归整", "清货架", "擦柜台", "摆整齐", "摆好", "整理", "台面"]},
                {"name": "他现在最难的", "any": ["困难帮扶", "上报", "报告", "报给", "帮扶", "申请", "上门办", "照应", "补助", "受灾", "灾情", "难处", "看望",
                    "搭把手", "帮一把", "多去看", "慰问", "反映", "救济"]},
            ],
            "never": ["送钱", "送礼", "借钱", "垫钱", "代存", "替他存", "帮他存"],
        },
        "counter": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "几个月回本", "any": [f"{months}个月", f"{months} 个月", f"{months}月", "三十个月", "两年半"],
                 "like": [rf"(?<!\d){months}个?月"]},
                {"name": "怎样讲给他听", "any": ["超过", "偏长", "太长", "不推荐", "不划算", "慢", "24", "两年", "长了", "太久", "缓", "不值", "不合算",
                    "两年多"],
                 "like": [r"(摆|算|讲|说)(给他|给店主|明白|清楚)"]},
                {"name": "谁拿主意", "any": ["自己定", "由他", "他决定", "店主定", "他自己", "店主决定", "自愿", "自主", "他说了算", "做主", "作主", "听他的", "随他"],
                 "like": [r"(由|看|请|让|听|是)?(他|店主|店老板|老板|您|你|本人)(自己|本人)?(来)?(定|决定|说了算|拿主意|做主|作主|考虑)"]},
            ],
            "never": ["必须换", "一定要换", "替他垫", "我出钱", "多进货"],
        },
    }
