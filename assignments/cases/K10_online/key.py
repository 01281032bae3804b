"""Key of the number sheet, computed from the learner's own orders; the plan's words only pre-score it."""

from coursekit.domain import policy


def answers(tables):
    """Rules by field id; `tables` holds the learner's `customers` and `settlement`."""
    given = policy.load("cases")
    everyone, debits = tables["customers"], tables["settlement"]
    wanted = everyone["e_settle"] & (everyone["star"] == given["k10.star"]) & ~everyone["online"]
    paid = debits[debits["ok"] & debits["cust_id"].isin(everyone.loc[wanted, "cust_id"])]
    month = paid[(paid["week"] >= "2024-05-01") & (paid["week"] < "2024-06-01")]
    total = month.pivot_table(index="cust_id", values="amount", aggfunc="sum")["amount"]
    own = month[month["cust_id"] == total.idxmax()]
    share, length = given["k10.rebate"], given["k10.month_days"]
    ahead = share * float(own["amount"].sum())
    held = share * sum(money * (length - day.day) for money, day in zip(own["amount"], own["week"], strict=True))
    each_day = held / length
    cost = each_day * given["k10.year_rate"] * length / given["k10.year_days"]
    top = float(paid.loc[paid["cust_id"] == total.idxmax(), "amount"].max())
    return {
        "advance": {
            "type": "number",
            "value": round(ahead, 2),
            "tolerance": 0.011,
            "unit": "元",
            "known": [
                {"value": round(ahead / share, 2), "tolerance": 0.011, "note": "这是五月的货款，格子里要的是多扣的。"}
            ],
        },
        "cheaper": {
            "type": "number",
            "value": 0,
            "tolerance": 0.004,
            "unit": "元",
            "known": [
                {"value": round(ahead, 2), "tolerance": 0.5, "note": "多扣的月底会返回，算总账的时候要减掉。"}
            ],
        },
        "tied": {
            "type": "number",
            "value": round(each_day, 2),
            "tolerance": 0.011,
            "unit": "元",
            "known": [
                {"value": round(ahead, 2), "tolerance": 0.011, "note": "这是多扣的合计；早订的垫得久，要乘天数再摊。"}
            ],
        },
        "interest": {
            "type": "number",
            "value": round(cost, 2),
            "tolerance": 0.011,
            "unit": "元",
            "known": [
                {
                    "value": round(each_day * given["k10.year_rate"], 2),
                    "tolerance": 0.011,
                    "note": "这是一年的利息，格子里只要五月的。",
                }
            ],
        },
        "reserve": {
            "type": "number",
            "value": round(top * share, 2),
            "tolerance": 0.011,
            "unit": "元",
            "known": [
                {
                    "value": round(top * (1 + share), 2),
                    "tolerance": 0.011,
                    "note": "这是那一单要备的全部，格子里只要多备的。",
                }
            ],
        },
        "say": {
            "type": "choice",
            "value": "货款一分不少，好处是不用先垫、不用等月底对账，也不怕占线",
            "known": [
                {"value": "B", "note": "返的月底本来就返，货款没有少。"},
                {"value": "C", "note": "换不换由他自己定。"},
                {"value": "D", "note": "紧俏烟按积分分，和在哪里订无关。"},
            ],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "订货日坐在他旁边，他自己点，你只指",
                "把五月多扣的和垫的天数写在一张纸上，给他对送货单",
                "头两次网上订货的前一天打一个电话，问他卡在哪一步",
            ],
            "known": [
                {"value": "B", "note": "密码是店主的，替他点就是替他订货。"},
                {"value": "D", "note": "没有他点头，不能替他开通。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["垫", "多扣", "占线", "没有对过", "没有少"]},
                {"name": "凭哪个数", "any": ["元", "%", "百分之"]},
                {"name": "做什么", "any": ["网上订", "网订", "陪他", "自己点", "打电话", "写在一张纸上", "对送货单", "算给"]},
                {"name": "做到多少", "any": ["做到", "达到", "减到", "降到", "自己订", "点完", "都在网上", "不超过", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "再算", "对比", "回访", "核对", "扣款记录"]},
            ],
            "never": [
                {"any": ["替他点", "替店主点", "替他订", "代他订", "记住他的密码"], "risk": "REG-6"},
                "多分紧俏烟",
                "多给紧俏烟",
                "必须换成网",
                "都要换成网",
            ],
            "numbers": [ahead, ahead / share, each_day, cost, top, top * share, len(own)],
            "reference": (
                f"发现：电话订的五月先多扣 {ahead:.2f} 元，月底返回，货款没有少；他没有对过返的数，早上常占线。"
                f"凭五月 {len(own)} 张送货单：平均每天垫着 {each_day:.2f} 元，一个月利息 {cost:.2f} 元，最大的一单要多备 {top * share:.2f} 元存款。"
                "做法：把这几个数写在一张纸上算给他看，换不换由他定；愿意的话，订货日坐在旁边，他自己点 1 次，我只指。"
                "目标：七月的 5 次订货，他自己在网上点完，不再打电话问。"
                "6 月 10 日以前把账给他看，6 月 17 日以前陪他试第 1 次。"
                "检查：7 月 31 日看 7 月的扣款记录，5 单是不是都照批发价扣的，再算一遍省下的利息。"
            ),
        },
    }
