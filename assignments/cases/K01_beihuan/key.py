"""Key of the number sheet, computed from the learner's own ledger; the plan's words only pre-score it."""

from coursekit.domain import stores


def answers(tables):
    """Rules by field id; `tables` holds the learner's `shop_ledger`."""
    totals = stores.ledger_totals(tables["shop_ledger"])
    proof = stores.prove(stores.base_from_ledger(tables["shop_ledger"]), stores.case_targets())
    return {
        "price": {
            "type": "number",
            "value": round(totals["price"], 2),
            "tolerance": 0.006,
            "unit": "元",
            "known": [
                {"value": 40, "tolerance": 0.006, "note": "这是目标算出来的条均价，格子里要的是现在的。"},
                {"value": round(totals["price"] * 50, 2), "tolerance": 1, "note": "这是一件的价，格子里要的是一条。"},
            ],
        },
        "bundles": {
            "type": "number",
            "value": round(totals["cartons"] / 50, 2),
            "tolerance": 0.006,
            "unit": "件",
            "known": [{"value": totals["cartons"], "note": "这是条数。一件是 50 条。"}],
        },
        "profit_450": {
            "type": "number",
            "value": round(proof.profit_at_price_now, 2),
            "tolerance": 1.5,
            "unit": "元",
            "known": [{"value": 1800, "note": "这是目标里写的利润。格子里要按现在的条均价算出来的。"}],
        },
        "loose": {
            "type": "choice",
            "value": "利润过 1,800 元",
            "known": [
                {"value": "B", "note": "条均价不降，450 条要比现在多卖，不会自然做到。"},
                {"value": "C", "note": "利润率要量过才知道，不会自然做到。"},
                {"value": "D", "note": "结构不变，份额就不变，不会自然做到。"},
            ],
        },
        "outside": {
            "type": "multiple",
            "value": ["高利润的新品接连上市", "乱渠道的烟差价大", "公司陆续有对零售户有利的办法"],
            "known": [
                {"value": "B", "note": "店主热情是店里的事，换一位店主就不在了，放优势。"},
                {"value": "D", "note": "部分烟利润低，是店里卖什么的事，放劣势。"},
            ],
        },
        "refuse": {
            "type": "multiple",
            "value": ["店门外摆烟草海报和展示架", "客户经理给店主送杂志，换一份信任", "请顾客在店里试吸新品"],
            "known": [
                {"value": "D", "note": "明码标价正是今天要做的。"},
                {"value": "E", "note": "介绍替代烟，今天可以做。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["对不上", "矛盾", "夹在中间", "最下层", "最下一层", "没有分区", "占比低"]},
                {"name": "凭哪个数", "any": ["元", "%", "百分之", "条"]},
                {"name": "做什么", "any": ["柜台", "陈列", "新品", "替代", "价签", "品种"]},
                {"name": "做到多少", "any": ["做到", "达到", "提高到", "增加到", "到 450", "占到", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对"]},
            ],
            "never": [
                {"any": ["户外广告", "门外摆", "摆海报"], "risk": "REG-2"},
                {"any": ["试吸"], "risk": "REG-2"},
                {"any": ["送礼", "送杂志", "送她杂志", "送一本杂志"], "risk": "REG-5"},
                {"any": ["强制上柜", "压货给"], "risk": "REG-8"},
            ],
            "numbers": [totals["cartons"], totals["sales"], totals["profit"], totals["price"], totals["cartons"] / 50, proof.profit_at_price_now],
            "reference": (
                f"发现：四个目标对不上，现在每条卖 {totals['price']:.2f} 元，利润、利润率、销量三个目标放在一起只要 40 元；新品在最下层。"
                f"凭五月台账：销量 {totals['cartons']:.0f} 条，利润 {totals['profit']:.2f} 元。"
                "做法：把一、二类理到一节柜台，3 个新品从最下层挪到齐胸的一层，补齐价签。"
                f"目标：七月销量做到 450 条，条均价不降，利润达到 {proof.profit_at_price_now:.0f} 元。"
                "6 月 7 日以前和店主一起理好柜台，6 月 14 日以前把新的目标讲给她听。"
                "检查：8 月 1 日拿 7 月的台账再算一遍条均价和利润，差多少写下来。"
            ),
        },
    }
