"""Key of the form fields, computed from the learner's own ledger. Never leaves the trainer's side."""

from coursekit.domain import stores as shop

WISH_CARTONS, WISH_SHARE = 400, 0.35  # what the shopkeeper decides [cartons], [share of cartons]
DAY = r"\d{1,2}月(\d|底|初|中|末|第|前|上|下)|\d[日号]|月[底末初中]|年底|下个?(月|周|星期|礼拜|季)|[一二两三四五六七八九十\d]+个?(月|周|星期|季度|天)(后|内|以后|之后|以内|之内|为限)|季[末底]|季度[末底]|周[一二三四五六日]|星期[一二三四五六日]"


def answers(tables):
    """Rules by field id; `tables` holds the learner's own variant of `shop_ledger`."""
    now = shop.base_from_ledger(tables["shop_ledger"])
    rate = shop.ledger_totals(tables["shop_ledger"])["margin"]
    by_sales = 100 * now.class12_share * now.price_class12 / now.price
    reached = shop.prove(now, shop.Targets(rate, WISH_CARTONS, 0, WISH_SHARE)).profit_after
    return {
        "share_now": {
            "type": "number",
            "value": round(100 * now.class12_share, 1),
            "tolerance": 0.06,
            "unit": "%",
            "known": [
                {"value": round(by_sales, 1), "tolerance": 0.06, "note": "这是按销售额算的，问的是条数。"},
                {"value": round(now.class12_share, 4), "tolerance": 0.0006, "note": "写成了小数，格子里要的是百分数。"},
            ],
        },
        "profit": {
            "type": "number",
            "value": round(reached),
            "tolerance": 2,
            "unit": "元",
            "known": [
                {
                    "value": round(WISH_CARTONS * now.price * rate),
                    "tolerance": 2,
                    "note": "用了现在的条均价，没有算结构的变化。",
                },
            ],
        },
        "allowed": {
            "type": "multiple",
            "value": [
                "把没摆的价签按规定补齐",
                "缺货时引到口味近、同档次的替代品",
                "每月一起看一遍销量、毛利和结构",
            ],
            "known": [
                {"value": "在店门外挂一块新品卷烟的广告牌", "note": "户外卷烟广告今天不能做。"},
                {"value": "替走不开的店主买几本他爱看的杂志，拉近关系", "note": "给店主送东西受廉洁规定约束。"},
            ],
        },
        "half_page": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "发现薄弱处", "any": ["发现", "薄弱", "偏低", "偏高", "没有", "太多", "太少", "弱", "少得", "不高", "低了", "缺"]},
                {"name": "依据一个数", "any": ["台账", "占", "%", "元", "条均价", "毛利率"]},
                {"name": "做法", "any": ["陈列", "价签", "品种", "品规", "替代", "记账", "腾出", "新品", "出样", "柜台", "摆", "补齐", "教"]},
                {"name": "目标", "any": ["提到", "达到", "做到", "增加到", "目标", "争取"],
                 "like": [r"由\d.{0,6}到|(到|达|至|提高|增加|升)(到|至)?\d"]},
                {"name": "日期", "any": ["下月", "下个月", "月底", "号", "日前", "两周", "四周", "到期"],
                 "like": [DAY]},
                {"name": "复查", "any": ["复查", "再看", "回头看", "对比", "检查", "看动销", "卖不动", "对一次", "对账", "再算", "核对", "跟踪", "回看", "对照",
                    "到时"]},
            ],
            "never": ["压货", "必须进", "搭售", "户外广告", "试吸", "送礼", "送杂志", "买杂志", "乱渠道进"],
        },
    }
