"""Key of the form fields, computed from the learner's own tables. Never leaves the trainer's side."""

from coursekit.domain import method135


def answers(tables):
    """Rules by field id; `tables` holds the learner's `sales_week` and `customers`."""
    shops = tables["customers"][["cust_id", "star", "route"]]
    latest = sorted(tables["sales_week"]["week"].unique())[-8:]
    periods = method135.two_periods(tables["sales_week"], latest[:4], latest[4:]).merge(shops, on="cust_id")
    found = method135.warnings(method135.customer_comparisons(periods, "star"))
    volume = found[found["measure"] == "销量"].merge(shops, left_on="key", right_on="cust_id")
    money = found[found["measure"] == "金额"]
    naive = volume["flag_rate_naive"]
    unjust = naive & (volume["own_index"] >= volume["benchmark"])
    worst = volume[volume["flag_index"]].groupby("route").size().idxmax()
    return {
        "warned_count": {
            "type": "number",
            "value": int(volume["flag_index"].sum()),
            "unit": "户",
            "known": [
                {"value": int(naive.sum()), "note": "这是增长率硬除报的户数；基准在跌，不能这样除。"},
                {"value": int(money["flag_index"].sum()), "note": "这是按金额算的，问的是条数。"},
            ],
        },
        "worst_route": {
            "type": "choice",
            "value": f"{worst} 线",
            "known": [
                {"value": f"{route} 线", "note": f"{route} 线的预警户不是最多的：只数预警的户，按线路数一数。"}
                for route in "ABCDE"
                if route != worst
            ],
        },
        "upside_down": {
            "type": "number",
            "value": int(unjust.sum()),
            "unit": "户",
            "known": [
                {"value": int(volume["flag_index"].sum()), "note": "这是照指数该预警的户，不是被冤枉的。"},
                {"value": int(naive.sum()), "note": "这是增长率硬除报的全部，里面有该报的。"},
            ],
        },
        "first": {
            "type": "choice",
            "value": "D",
            "known": [
                {"value": "A", "note": "请店主补订就是压货，是红线；数拉回来了，原因还在。"},
                {"value": "C", "note": "没有核过的数，不能报上去当考核。"},
                {"value": "B", "note": "一起掉的，一户一户问太慢，先看有没有共同的原因。"},
            ],
        },
        "explain": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "基准的方向", "any": ["基准", "同类", "大家都", "平均", "同星级", "整体"]},
                {"name": "为什么颠倒", "any": ["在跌", "下跌", "下降", "负", "没有增长", "不涨", "没涨", "减少", "往下掉", "在掉", "小于零", "小于0", "不到1",
                    "低于1", "跌", "反了", "五月低", "比五月少"]},
                {"name": "换成怎么算", "any": ["指数", "这月除以上月", "本月除以上月", "六月除以五月", "之比", "比值"],
                 "like": [r"(本月|这月|这个月|六月|6月).{0,2}除以?(上月|上个月|五月|5月)"]},
                {"name": "先做什么", "any": ["核", "问原因", "了解", "先问", "查", "库存", "问", "对不对", "上门", "到店", "看数"]},
            ],
            "never": ["补订", "多订一些", "压货", "要求他订", "必须订"],
        },
    }
