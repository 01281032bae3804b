"""Key of the number sheet, computed from the learner's own tables; the plan's words only pre-score it."""

from coursekit.domain import policy, stores



def answers(tables):
    """Rules by field id; `tables` holds the learner's `coop190` and `shop_ledger`."""
    given = policy.load("cases")
    bounds = policy.load("customers")
    hours_inside = given["k08.times"] * given["k08.inside"] / 60
    hours_away = hours_inside + given["k08.times"] * given["k08.road"] / 60
    everyone = tables["coop190"]
    distant = everyone[(everyone["coop"] < bounds["segments.coop_medium"]) & (everyone["dependence"] < bounds["segments.dependence_high"])]
    month = stores.ledger_totals(tables["shop_ledger"])
    spent = round(given["k08.hourly"] * hours_away, 2)
    inside_only = round(given["k08.hourly"] * hours_inside, 2)
    margin = 100 * month["profit"] / month["sales"]
    on_cost = 100 * month["profit"] / (month["sales"] - month["profit"])
    return {
        "hardest": {
            "type": "number",
            "value": int((distant["value"] >= bounds["segments.value_high"]).sum()),
            "unit": "户",
            "known": [
                {
                    "value": int((everyone["coop"] < bounds["segments.coop_medium"]).sum()),
                    "note": "这是全部低配合的户；依存度高的较容易转变，价值低的不在里面。",
                }
            ],
        },
        "cost": {
            "type": "number",
            "value": spent,
            "tolerance": 0.01,
            "unit": "元",
            "known": [{"value": inside_only, "note": "这只是在店里的时间，路上的时间也要算。"}],
        },
        "more": {
            "type": "number",
            "value": round(spent / given["k08.wholesale_margin"], 2),
            "tolerance": 0.5,
            "unit": "元",
            "known": [{"value": round(spent * given["k08.wholesale_margin"], 2), "note": "花费要除以毛利率，不是乘。"}],
        },
        "profit": {
            "type": "number",
            "value": round(month["profit"], 2),
            "tolerance": 0.02,
            "unit": "元",
        },
        "margin": {
            "type": "number",
            "value": round(margin, 2),
            "tolerance": 0.011,
            "unit": "%",
            "known": [
                {"value": round(on_cost, 2), "tolerance": 0.011, "note": "这是利润占进价，格子里要的是占销售额。"}
            ],
        },
        "first": {
            "type": "choice",
            "value": "带上五月的合计，和他一起看挣了多少、哪一类挣得多",
            "known": [
                {"value": "B", "note": "他请你算账，不是请你定订货；订多少由他定。"},
                {"value": "C", "note": "他没有开口要换烟柜，先办他说的事。"},
                {"value": "D", "note": "他刚开了口，走开就再也开不了了。"},
            ],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "把配合高的户省下的走访次数，匀给他每月两次",
                "挑他不忙的钟点去，上次答应的事先回话",
                "和他商量，把烟柜前面的电线盘挪开",
            ],
            "known": [
                {"value": "B", "note": "送礼受廉洁规定约束。"},
                {"value": "D", "note": "给他定销量、少给货源，都是红线。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["配合低", "依存度低", "不靠烟", "没有合计", "不知道挣", "电线盘"]},
                {"name": "凭哪个数", "any": ["元", "%", "百分之", "条", "分"]},
                {"name": "做什么", "any": ["走访", "算清", "算账", "利润表", "回话", "挪开", "重点培育"]},
                {"name": "做到多少", "any": ["做到", "达到", "提高到", "每月两次", "增加到", "不少于", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对", "走访记录"]},
            ],
            "never": [
                {"any": ["送礼", "送他一份礼", "送一份礼", "送点礼"], "risk": "REG-5"},
                {"any": ["核定销量", "定一个销量", "定每月的销量", "替他定"], "risk": "REG-6"},
                {"any": ["少给货源", "压货给他"], "risk": "REG-8"},
            ],
            "numbers": [int((distant["value"] >= bounds["segments.value_high"]).sum()), spent, spent / given["k08.wholesale_margin"], month["profit"], month["sales"], month["cartons"], margin],
            "reference": (
                f"发现：他配合低、依存度低、价值高，这样的户有 {int((distant['value'] >= bounds['segments.value_high']).sum())} 户；五月的账他没有合计过。"
                f"凭台账：五月卖烟利润 {month['profit']:.2f} 元，利润率 {margin:.2f}%；多走访一个月花 {spent:.0f} 元。"
                "做法：第一步带上五月的利润表算清他挣多少，第二步每月多走访 2 次、挑他不忙的钟点，第三步上次答应的事先回话，商量把电线盘挪开。"
                "目标：七月起走访做到每月 2 次，一次不少；烟柜前面空出 1 米。"
                "6 月 12 日以前送利润表，6 月 26 日以前挪开电线盘。"
                "检查：7 月 31 日看走访记录够不够 2 次，再算一遍七月的利润。"
            ),
        },
    }
