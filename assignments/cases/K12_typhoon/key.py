"""Key of the number sheet, computed from the learner's own tables; the plan's words only pre-score it."""

import math

from coursekit.domain import policy


def answers(tables):
    """Rules by field id; `tables` holds the learner's `customers` and `sales_week`."""
    given = policy.load("cases")
    everyone, orders = tables["customers"], tables["sales_week"]
    flooded = everyone[everyone["route"].isin(given["k12.cut_routes"])]
    number = len(flooded)
    percent = 100 * number / len(everyone)
    hours = number * given["k12.call_minutes"] / given["k12.callers"] / 60
    today = flooded[flooded["route"] == given["k12.bank_route"]]
    cash = int(today["e_settle"].sum())
    span = given["k12.recent_weeks"]
    fresh = orders[orders["week"].isin(sorted(orders["week"].unique())[-span:])]
    bought = fresh.pivot_table(index="cust_id", values="qty", aggfunc="sum")["qty"].to_dict()
    first = flooded[flooded["star"] >= given["k12.key_star"]]
    pairs = zip(first["star"], first["cust_id"], strict=True)
    line = sorted((-star, -math.ceil(bought.get(code, 0) / span), code) for star, code in pairs)
    loaded = reached = 0
    for _, minus, _ in line:
        if loaded - minus > given["k12.load"]:
            break
        loaded, reached = loaded - minus, reached + 1
    wanted = -sum(minus for _, minus, _ in line)
    return {
        "cut": {
            "type": "number",
            "value": number,
            "unit": "户",
            "known": [{"value": len(today), "note": "这只是 D 线，E 线也送不进去。"}],
        },
        "share": {"type": "number", "value": round(percent, 1), "tolerance": 0.06, "unit": "%"},
        "calls": {
            "type": "number",
            "value": round(hours, 1),
            "tolerance": 0.06,
            "unit": "小时",
            "known": [
                {"value": round(hours * given["k12.callers"], 1), "tolerance": 0.04, "note": "这是一个人打，两个人一起打要除以二。"}
            ],
        },
        "who": {
            "type": "choice",
            "value": "部门报领导小组办公室决定，客户经理打电话逐户通知",
            "known": [
                {"value": "B", "note": "那是多数户断供的办法；少数户发公告，说不清是哪几户。"},
                {"value": "C", "note": "送货的时间和地点不由营销部自己定。"},
                {"value": "D", "note": "客户经理不能自己定哪天送。"},
            ],
        },
        "cash": {
            "type": "number",
            "value": cash,
            "unit": "户",
            "known": [
                {"value": int(flooded["e_settle"].sum()), "note": "E 线那天还没到订货日，不算。"},
                {"value": len(today), "note": "不从银行扣款的户，本来就不用存款，不算。"},
            ],
        },
        "first_truck": {
            "type": "number",
            "value": reached,
            "unit": "家",
            "known": [{"value": len(line), "note": "这是重点客户的全部，头一车装不下。"}] if reached != len(line) else [],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "打不通的户记下来，第二天再打，路通了上门看",
                "把受灾的户统计成名单报上去，由公司安排慰问",
                "讲清路通那天先给谁送、别的户等到哪天",
            ],
            "known": [
                {"value": "B", "note": "垫钱，钱经过你的手，少了说不清。"},
                {"value": "D", "note": "货会记在 A 线店主名下，今天有违规的风险。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["断供", "断了", "送不进", "受灾", "打不通", "去不了银行"]},
                {"name": "凭哪个数", "any": ["户", "%", "百分之", "小时", "条", "家"]},
                {"name": "做什么", "any": ["打电话", "逐户", "通知", "报领导小组", "补货", "统计", "上门", "慰问", "名单"]},
                {"name": "做到多少", "any": ["做到", "达到", "全部通知", "一户不漏", "补上", "补齐", "不超过", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "名单", "再打", "对比", "回访", "核对", "勾掉"]},
            ],
            "never": [
                {"any": ["借订货日", "借用订货日", "用别的线的订货日", "A 线店主的订货日", "别家的订货日"], "risk": "REG-3"},
                {"any": ["替他存", "先垫上", "垫付", "垫上货款", "先垫货款", "替店主垫"], "risk": "REG-4"},
                {"any": ["送礼", "自己买礼品", "送一份礼"], "risk": "REG-5"},
                "补紧俏烟",
            ],
            "numbers": [number, percent, hours, cash, reached, len(line), wanted, len(today), len(flooded) - len(today)],
            "reference": (
                f"发现：D、E 两条线断供 {number} 户，占片区 {percent:.1f}%，是少数户；河边的店电话打不通。"
                f"凭客户表：重点客户 {len(line)} 家，要补 {wanted} 条，头一车补得上 {reached} 家；D 线从银行扣款的 {cash} 户可以临时付现金。"
                f"做法：两个人打电话逐户通知，{hours:.1f} 小时打完；受灾的户统计成名单报领导小组办公室；6 月 28 日路通，先给重点客户补货。"
                f"目标：{number} 户全部通知到，一户不漏；重点客户 7 月 1 日补齐。"
                "6 月 25 日中午以前打完第 1 遍，6 月 26 日以前交名单，6 月 30 日以前受灾重的 1 户 1 户上门看。"
                "检查：6 月 26 日拿名单核对，打不通的再打 1 遍，7 月 3 日回访补过货的户。"
            ),
        },
    }
