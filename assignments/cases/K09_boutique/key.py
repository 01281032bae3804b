"""Key of the number sheet, computed from the learner's own tables; the plan's words only pre-score it."""

from coursekit.domain import policy, stores
from coursekit.domain import terminals as standards


def answers(tables):
    """Rules by field id; `tables` holds the learner's `terminals` and `shop_ledger`."""
    given = policy.load("cases")
    limits = policy.load("terminals").section("standard")
    rural, two_diamond = limits["rural_boutique__box_positions"], limits["two_diamond__box_positions"]
    everyone = tables["terminals"]
    candidates = everyone[everyone["tier"] == "rural_boutique"]
    chosen = candidates.sort_values(["box_positions", "cust_id"]).head(1)
    checked = standards.check_terminals(chosen, "2024-06-30")
    three = checked[checked["rule"].isin(["standard", "pos", "scan"])]
    has = int(chosen["box_positions"].item())
    lacking = max(rural - has, 0)
    device = 0 if bool(chosen["pos_installed"].item()) else given["k09.pos"]
    money = lacking * given["k09.position"] + device
    month = stores.ledger_totals(tables["shop_ledger"])["profit"]
    back = round(stores.payback_months(money, month * given["k09.gain_share"]), 1)  # the choice compares what the sheet holds
    return {
        "short": {
            "type": "number",
            "value": lacking,
            "unit": "个",
            "known": [{"value": max(two_diamond - has, 0), "note": "100 个是二钻品牌店的标准，农村精品店是 60 个。"}],
        },
        "short_two": {
            "type": "number",
            "value": max(two_diamond - has, 0),
            "unit": "个",
            "known": [{"value": lacking, "note": "60 个是农村精品店的标准，二钻品牌店是 100 个。"}],
        },
        "missing": {"type": "number", "value": int((~three["passed"]).sum()), "unit": "样"},
        "spend": {"type": "number", "value": money, "tolerance": 0.5, "unit": "元"},
        "back": {
            "type": "number",
            "value": back,
            "tolerance": 0.06,
            "unit": "个月",
            "known": [
                {
                    "value": round(money / month, 1),
                    "tolerance": 0.04,
                    "note": "这是拿整月的利润去除；回本看的是每月多挣的。",
                }
            ],
        },
        "pays": {
            "type": "choice",
            "value": "照估计 12 个月以内回得了本，做不做由他定"
            if back <= given["k09.within"]
            else "照估计 12 个月以内回不了本，做不做由他定",
            "known": [
                {"value": "B" if back <= given["k09.within"] else "A", "note": "和账上算的反了：几个月回本，拿去和 12 比。"},
                {"value": "C", "note": "升级是自愿的，费用店主自己出，没有谁补给他。"},
                {"value": "D", "note": "镇上别家升不升，和他挣不挣得回来无关。"},
            ],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "把差几个位子、要花多少、几个月回本写成一张表给店主看",
                "先把纸箱搬走，用现有的柜台理一遍，再看还差几个",
                "和店主说清 60 个和 100 个是两种店的标准",
            ],
            "known": [
                {"value": "B", "note": "不升就少给货源，是强制，是红线。"},
                {"value": "D", "note": "户外卷烟广告今天不能做。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["还差", "差几个", "不够", "没有装", "没有扫码", "纸箱", "摆满"]},
                {"name": "凭哪个数", "any": ["个", "元", "月回本", "%", "百分之"]},
                {"name": "做什么", "any": ["陈列位", "云 POS", "扫码", "搬走", "算账", "柜台"]},
                {"name": "做到多少", "any": ["做到", "达到", "加到", "增加到", "60 个", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对"]},
            ],
            "never": [
                {"any": ["户外海报", "门外挂", "店门外挂", "烟草海报"], "risk": "REG-2"},
                {"any": ["强制", "少给货源", "少给他货源", "必须升"], "risk": "REG-8"},
            ],
            "numbers": [lacking, has, max(two_diamond - has, 0), money, back, month, month * given["k09.gain_share"]],
            "reference": (
                f"发现：照农村精品店的标准还差 {lacking} 个陈列位，现在有 {has} 个；墙边堆着纸箱。"
                f"凭终端表和台账：一共要花 {money:,.0f} 元，照每月多挣 {month * given['k09.gain_share']:.2f} 元估计，{back:.1f} 个月回本。"
                "做法：先搬走纸箱，把 1 面空墙腾出来；再把要花的和挣的写成一张表算账给店主看，做不做由他定。"
                f"目标：他要是愿意，陈列位加到 {has + lacking} 个；不愿意，就用现有的柜台。"
                "7 月 8 日以前搬走纸箱，7 月 15 日以前把账算给他看。"
                "检查：升了的话，3 个月以后拿台账再算一遍多挣多少，和估计的对比；不升，7 月 31 日回访 1 次。"
            ),
        },
    }
