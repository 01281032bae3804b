"""Key of the form fields, computed from the learner's own tables. Never leaves the trainer's side."""

from coursekit.domain import method135

TALKS = ("了解库存", "答复", "急访")
DAY = r"\d{1,2}月(\d|底|初|中|末|第|前|上|下)|\d[日号]|月[底末初中]|年底|下个?(月|周|星期|礼拜|季)|[一二两三四五六七八九十\d]+个?(月|周|星期|季度|天)(后|内|以后|之后|以内|之内|为限)|季[末底]|季度[末底]|周[一二三四五六日]|星期[一二三四五六日]"


def answers(tables):
    """Rules by field id; `tables` holds the learner's `sales_week`, `customers` and `visits`."""
    sales, visits = tables["sales_week"], tables["visits"]
    latest = sorted(sales["week"].unique())[-12:]
    april, may, june = latest[:4], latest[4:8], latest[8:]
    by_star = method135.two_periods(sales, april, may).merge(tables["customers"][["cust_id", "star"]], on="cust_id")
    table = method135.warnings(method135.customer_comparisons(by_star, "star"))
    table = table[(table["measure"] == "销量") & table["flag_index"]]
    bought = sales[sales["week"].isin(june)].groupby("cust_id")["qty"].sum()
    marks = (table["before"] * table["benchmark"] * 0.8).round(2).to_numpy()
    after = table["key"].map(bought).fillna(0).to_numpy()
    back, short = int(after[after >= marks].sum()), int(after[after < marks].sum())
    number = int((after >= marks).sum())
    seen = visits[(visits["date"].dt.month == 6) & visits["cust_id"].isin(table["key"]) & visits["arrive"].notna()]
    talked = seen[[str(why).startswith(TALKS) for why in seen["purpose"]]]["cust_id"].nunique()
    return {
        "done": {
            "type": "number",
            "value": int(talked),
            "unit": "户",
            "known": [
                {"value": int(seen["cust_id"].nunique()), "note": "这是到过店的户数，里面有办别的事的。"},
            ],
        },
        "recovered": {
            "type": "number",
            "value": back,
            "unit": "条",
            "known": [
                {"value": value, "note": note}
                for value, note in (
                    (short, "这是没有回升的户订的条数，问的是回升的。"),
                    (back + short, "这是全部预警户订的条数，只问回升的。"),
                    (number, "这是回升的户数，格子里要的是条数。"),
                )
                if value != back
            ],
        },
        "breaks": {
            "type": "multiple",
            "value": [
                "结果一栏写的是年初定的目标，没有测到的数",
                "改进写了原因和办法，七月的计划里没有这一户",
                "一条预警没有排进任何一行计划",
            ],
            "known": [
                {"value": "E", "note": "没有做、写了原因，上家下家都在，环没有断。"},
                {"value": "D", "note": "没有回升、改了办法、排进七月，正是环该走的路。"},
            ],
        },
        "improvement": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "原因", "any": ["因为", "原因", "没有谈", "断货", "库存", "装修", "新开", "没带", "由于", "缺货", "断供", "不会", "没人", "修路",
                    "停业", "竞争"],
                 "like": [r"(老|总|常)(是)?(缺|断)"]},
                {"name": "换什么办法", "any": ["办法", "陈列", "替代", "品种", "专门去", "答复", "陪他", "了解", "调整", "换成", "改为", "改成", "推给", "教他",
                    "教店主", "教会", "当面", "上门", "调货"],
                 "like": [r"去(教|讲|问|看|陪|帮)|给他(推|换|讲|配)"]},
                {"name": "哪一天", "any": ["第一周", "下周", "七月", "7 月", "7月", "号", "日前", "周一", "月初", "月底"],
                 "like": [DAY]},
                {"name": "看哪个数", "any": ["回升线", "订货", "条数", "销量", "动销", "看", "多少条", "几条", "订多少"]},
            ],
            "never": ["补订", "压货", "必须订", "要求他订", "搭配", "送礼"],
        },
    }
