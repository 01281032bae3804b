"""Key of the number sheet, computed from the learner's own ledger; the plan's words only pre-score it."""

from coursekit.domain import policy, stores



def answers(tables):
    """Rules by field id; `tables` holds the learner's `shop_ledger`."""
    terms = policy.load("cases")
    area, fairs_days = terms["k07.counter_area"], terms["k07.fair_days"]
    everything = tables["shop_ledger"]
    days = everything["date"].astype("datetime64[ns]").dt.day
    fairs = everything[days.isin(fairs_days)]
    totals = stores.ledger_totals(fairs)
    by_brand = fairs.groupby("sku")["qty"].sum()
    unsold = everything["sku"].nunique() - len(by_brand)
    few = int((by_brand < terms["k07.slow_below"]).sum())
    return {
        "area": {
            "type": "number",
            "value": round(totals["profit"] / area, 2),
            "tolerance": 0.011,
            "unit": "元",
            "known": [
                {"value": round(totals["profit"], 2), "tolerance": 0.011, "note": "这是整节烟柜挣的，格子里要的是一平方米。"}
            ],
        },
        "fair": {
            "type": "number",
            "value": round(totals["profit"] / len(fairs_days), 2),
            "tolerance": 0.03,
            "unit": "元",
            "known": [
                {
                    "value": round(totals["profit"] / area / len(fairs_days), 2),
                    "tolerance": 0.011,
                    "note": "这是一平方米的，格子里要的是整节烟柜。",
                }
            ],
        },
        "slow": {
            "type": "number",
            "value": few + unsold,
            "unit": "个",
            "known": [{"value": few, "note": "一条没有卖的，走得最慢，也要数进去。"}] if unsold else [],
        },
        "best": {
            "type": "number",
            "value": round(100 * float(by_brand.max()) / totals["cartons"], 1),
            "tolerance": 0.06,
            "unit": "%",
        },
        "deliver": {
            "type": "choice",
            "value": "路远、零散，一级配送到不了门口的客户",
            "known": [
                {"value": "B", "note": "一星户不一定路远，看的是路，不是星级。"},
                {"value": "C", "note": "城区送得到门口，不用代送。"},
                {"value": "D", "note": "订得多和代送无关，看的是路。"},
            ],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "和店主一起把秤挪开，台面擦干净，好走的烟摆到当中",
                "把六个集日的数念给店主听，落灰的还要不要订，由他定",
                "补齐价签，下次走访再一起理一遍",
            ],
            "known": [
                {"value": "B", "note": "降星级吓不出干净的柜台，星级也不是你定的。"},
                {"value": "D", "note": "订几条由店主自己定。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["走得慢", "落灰", "落了灰", "压在", "秤", "台面乱"]},
                {"name": "凭哪个数", "any": ["元", "%", "百分之", "条", "平方米"]},
                {"name": "做什么", "any": ["理柜台", "柜台", "台面", "价签", "挪开", "代送"]},
                {"name": "做到多少", "any": ["做到", "达到", "提高到", "降到", "减到", "不超过", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对"]},
            ],
            "never": [
                "降星级",
                "降他的星级",
                {"any": ["强制上柜", "必须上柜"], "risk": "REG-8"},
                {"any": ["核定销量", "替店主定", "替他定"], "risk": "REG-6"},
            ],
            "numbers": [totals["profit"], totals["profit"] / area, totals["profit"] / len(fairs_days), few + unsold, 100 * float(by_brand.max()) / totals["cartons"], totals["cartons"], float(by_brand.max())],
            "reference": (
                f"发现：柜台上走得慢的有 {few + unsold} 个品种，落了灰；好走的压在秤底下。"
                f"凭台账：六个集日挣 {totals['profit']:.2f} 元，一平方米台面 {totals['profit'] / area:.2f} 元。"
                "做法：和店主一起理柜台 1 次，把秤挪开，好走的 3 个品种摆到当中，补齐价签。"
                f"目标：七月的六个集日，走得慢的从 {few + unsold} 个减到 {max(few + unsold - 2, 1)} 个，落灰的还要不要订由店主定。"
                "6 月 10 日以前理第 1 次，6 月 25 日以前再理一次；路远的事 6 月 14 日以前报上去。"
                "检查：8 月 1 日拿七月的台账再算一遍一平方米挣多少。"
            ),
        },
    }
