"""Key of the number sheet, computed from the learner's own tables; the plan's words only pre-score it."""

from datetime import date

from coursekit.domain import policy


def answers(tables):
    """Rules by field id; `tables` holds the learner's `customers`, `sku` and `sales_week`."""
    given = policy.load("cases")
    people, kinds, sold = tables["customers"], tables["sku"], tables["sales_week"]
    weeks = sorted(sold["week"].unique())
    fresh = sold[sold["week"].isin(weeks[-given["k11.recent_weeks"] :])]
    candidates = kinds.loc[kinds["key_flag"] & (kinds["class"] < 4) & ~kinds["tight_flag"], "sku"]
    shops_of = {name: fresh.loc[fresh["sku"] == name, "cust_id"].nunique() for name in candidates}
    rare = min(shops_of, key=lambda name: (shops_of[name], name))
    period = given["k11.batch_weeks"]
    moved = sold[sold["week"].isin(weeks[-period:]) & (sold["sku"] == rare)]
    right_star = people.loc[people["star"] == given["k11.star"], "cust_id"]
    taken = moved[moved["cust_id"].isin(right_star)].pivot_table(index="cust_id", values="qty", aggfunc="sum")["qty"]
    rows = moved[moved["cust_id"] == taken.idxmax()].sort_values("week")
    got = int(rows["qty"].sum())
    percent = given["k11.left_from"] + int(moved["qty"].sum()) % given["k11.left_spread"]
    still = max(round(got * percent / 100), 1)
    rest, stock = still, []
    for day, qty in reversed(list(zip(rows["week"], rows["qty"], strict=True))):
        part = min(rest, int(qty))
        rest -= part
        stock.append(((date(2024, 6, 30) - day.date()).days, part))
    mean = sum(days * part for days, part in stock) / still
    plain = sum(days for days, _ in stock) / len(stock)
    stale = sum(part for days, part in stock if days > given["k11.old_days"])
    gone = got - still
    rate, through = 100 * shops_of[rare] / len(people), 100 * gone / got
    to_go = still * period / gone
    return {
        "shelf": {"type": "number", "value": round(rate, 1), "tolerance": 0.06, "unit": "%"},
        "through": {
            "type": "number",
            "value": round(through, 1),
            "tolerance": 0.06,
            "unit": "%",
            "known": [
                {"value": round(100 * gone / still, 1), "tolerance": 0.04, "note": "分母是进的条数，不是剩下的。"},
                {"value": round(100 - through, 1), "tolerance": 0.04, "note": "这是剩下的占几成，格子里要的是卖出的。"},
            ],
        },
        "age": {
            "type": "number",
            "value": round(mean, 1),
            "tolerance": 0.06,
            "unit": "天",
            "known": [{"value": round(plain, 1), "tolerance": 0.04, "note": "这是几批直接平均；剩得多的要算得重。"}]
            if abs(plain - mean) > 0.2
            else [],
        },
        "old": {
            "type": "number",
            "value": stale,
            "unit": "条",
            "known": [{"value": still, "note": "这是剩下的全部，只数放久了的那几批。"}] if stale != still else [],
        },
        "weeks": {
            "type": "number",
            "value": round(to_go, 1),
            "tolerance": 0.11,
            "unit": "周",
            "known": [{"value": round(to_go / period, 1), "tolerance": 0.04, "note": "要先求一周卖几条，再去除。"}],
        },
        "first": {
            "type": "choice",
            "value": "先停下不进，和他把剩下的条数、一周卖几条摆在一起看",
            "known": [
                {"value": "B", "note": "抽屉里还有好几周的货，先上柜还是没有减。"},
                {"value": "C", "note": "再进就是压货，是红线。"},
                {"value": "D", "note": "拿货源吓他，是红线。"},
            ],
        },
        "ways": {
            "type": "multiple",
            "value": [
                "从抽屉里拿 2 条出来，挨着顾客常问的价位摆好，补上价签",
                "换一家顾客合适的店介绍这个牌子，这家先把存着的卖到正常",
                "请店主记两周：谁问过、谁买了，下次一起看",
            ],
            "known": [
                {"value": "C", "note": "再帮一次忙，就是再压一次货。"},
                {"value": "D", "note": "不能说哪种烟伤害小，那是健康暗示。"},
            ],
        },
        "plan": {
            "type": "text",
            "scale": "plan",
            "phrases": [
                {"name": "发现了什么", "any": ["抽屉", "压进来", "卖得慢", "动销率", "放了", "上柜率", "不抽这个价位"]},
                {"name": "凭哪个数", "any": ["条", "%", "百分之", "天", "周"]},
                {"name": "做什么", "any": ["不进", "停进", "摆", "价签", "记两周", "换一家", "介绍", "站柜"]},
                {"name": "做到多少", "any": ["减到", "降到", "卖到", "做到", "达到", "不超过", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "数一遍", "盘点", "再算", "对比", "回访", "核对"]},
            ],
            "never": [
                {"any": ["强制上柜", "必须上柜", "压货给他", "继续压货", "再帮一次忙", "帮忙多订", "多订两条"], "risk": "REG-8"},
                {"any": ["伤害小", "危害小", "低危害"], "risk": "REG-1"},
                {"any": ["上柜指标", "动销指标"], "risk": "REG-7"},
                "影响货源",
                "影响下个月的货源",
            ],
            "numbers": [rate, through, 100 - through, mean, stale, to_go, still, gone, got, gone / period],
            "reference": (
                f"发现：这个牌子在抽屉里，九周进了 {got} 条，动销率只有 {through:.1f}%，货是月底帮忙进来的，来的顾客不抽这个价位。"
                f"凭盘点：还剩 {still} 条，平均放了 {mean:.1f} 天，照现在的快慢还要卖 {to_go:.1f} 周。"
                "做法：先不进，从抽屉里拿 2 条摆到常问的价位旁边，补上价签，请店主记两周谁问过、谁买了；另找 3 家顾客合适的店介绍。"
                f"目标：到 7 月 31 日，这家剩的减到 {max(still - 4, 1)} 条，进不进由店主定。"
                "7 月 3 日以前摆好，7 月 17 日以前把两周的记录看完。"
                "检查：7 月 31 日和店主再数一遍抽屉，再算一次动销率。"
            ),
        },
    }
