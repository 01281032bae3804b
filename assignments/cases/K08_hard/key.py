"""Key of the number sheet, computed from the learner's own tables; the plan's phrases are a proposal."""

from coursekit.domain import stores

HOURS_INSIDE = 2 * 12 / 60
HOURS_AWAY = HOURS_INSIDE + 2 * 28 / 60
PER_HOUR = 45
WHOLESALE_MARGIN = 0.2


def answers(tables):
    """Rules by field id; `tables` holds the learner's `coop190` and `shop_ledger`."""
    everyone = tables["coop190"]
    distant = everyone[(everyone["coop"] < 40) & (everyone["dependence"] < 50)]
    month = stores.ledger_totals(tables["shop_ledger"])
    spent = round(PER_HOUR * HOURS_AWAY, 2)
    inside_only = round(PER_HOUR * HOURS_INSIDE, 2)
    margin = 100 * month["profit"] / month["sales"]
    on_cost = 100 * month["profit"] / (month["sales"] - month["profit"])
    return {
        "hardest": {"type": "number", "value": int((distant["value"] >= 50).sum()), "unit": "户"},
        "cost": {
            "type": "number",
            "value": spent,
            "tolerance": 0.01,
            "unit": "元",
            "known": [{"value": inside_only, "note": "这只是在店里的时间，路上的时间也要算。"}],
        },
        "more": {
            "type": "number",
            "value": round(spent / WHOLESALE_MARGIN, 2),
            "tolerance": 0.5,
            "unit": "元",
            "known": [{"value": round(spent * WHOLESALE_MARGIN, 2), "note": "花费要除以毛利率，不是乘。"}],
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
        "first": {"type": "choice", "value": "带上五月的合计，和他一起看挣了多少、哪一类挣得多"},
        "ways": {
            "type": "multiple",
            "value": [
                "把配合高的户省下的走访次数，匀给他每月两次",
                "挑他不忙的钟点去，上次答应的事先回话",
                "和他商量，把烟柜前面的电线盘挪开",
            ],
        },
        "plan": {
            "type": "text",
            "phrases": [
                {"name": "发现了什么", "any": ["配合低", "依存度低", "不靠烟", "没有合计", "不知道挣", "电线盘"]},
                {"name": "凭哪个数", "any": ["元", "%", "百分之", "条", "分"]},
                {"name": "做什么", "any": ["走访", "算清", "算账", "利润表", "回话", "挪开", "重点培育"]},
                {"name": "做到多少", "any": ["做到", "达到", "提高到", "每月两次", "增加到", "不少于", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对", "走访记录"]},
            ],
            "never": ["送礼", "核定销量", "少给货源"],
        },
    }
