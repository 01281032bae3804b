"""Key of the number sheet, computed from the learner's own ledger; the plan's phrases are a proposal."""

from coursekit.domain import stores

FAIRS = (5, 10, 15, 20, 25, 30)
SQUARE_METRES = 1.6


def answers(tables):
    """Rules by field id; `tables` holds the learner's `shop_ledger`."""
    everything = tables["shop_ledger"]
    days = everything["date"].astype("datetime64[ns]").dt.day
    fairs = everything[days.isin(FAIRS)]
    totals = stores.ledger_totals(fairs)
    by_brand = fairs.groupby("sku")["qty"].sum()
    unsold = everything["sku"].nunique() - len(by_brand)
    few = int((by_brand < 5).sum())
    return {
        "area": {
            "type": "number",
            "value": round(totals["profit"] / SQUARE_METRES, 2),
            "tolerance": 0.011,
            "unit": "元",
            "known": [
                {"value": round(totals["profit"], 2), "tolerance": 0.011, "note": "这是整节烟柜挣的，格子里要的是一平方米。"}
            ],
        },
        "fair": {
            "type": "number",
            "value": round(totals["profit"] / len(FAIRS), 2),
            "tolerance": 0.03,
            "unit": "元",
            "known": [
                {
                    "value": round(totals["profit"] / SQUARE_METRES / len(FAIRS), 2),
                    "tolerance": 0.011,
                    "note": "这是一平方米的，格子里要的是整节烟柜。",
                }
            ],
        },
        "slow": {"type": "number", "value": few + unsold, "unit": "个"},
        "best": {
            "type": "number",
            "value": round(100 * float(by_brand.max()) / totals["cartons"], 1),
            "tolerance": 0.06,
            "unit": "%",
        },
        "deliver": {"type": "choice", "value": "路远、零散，一级配送到不了门口的客户"},
        "ways": {
            "type": "multiple",
            "value": [
                "和店主一起把秤挪开，台面擦干净，好走的烟摆到当中",
                "把六个集日的数念给店主听，落灰的还要不要订，由他定",
                "补齐价签，下次走访再一起理一遍",
            ],
        },
        "plan": {
            "type": "text",
            "phrases": [
                {"name": "发现了什么", "any": ["走得慢", "落灰", "落了灰", "压在", "秤", "台面乱"]},
                {"name": "凭哪个数", "any": ["元", "%", "百分之", "条", "平方米"]},
                {"name": "做什么", "any": ["理柜台", "柜台", "台面", "价签", "挪开", "代送"]},
                {"name": "做到多少", "any": ["做到", "达到", "提高到", "降到", "减到", "不超过", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对"]},
            ],
            "never": ["降星级", "强制上柜"],
        },
    }
