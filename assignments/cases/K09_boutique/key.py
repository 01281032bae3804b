"""Key of the number sheet, computed from the learner's own tables; the plan's phrases are a proposal."""

from coursekit.domain import stores
from coursekit.domain import terminals as standards

POSITION_YUAN = 70
POS_YUAN = 1500


def answers(tables):
    """Rules by field id; `tables` holds the learner's `terminals` and `shop_ledger`."""
    everyone = tables["terminals"]
    candidates = everyone[everyone["tier"] == "rural_boutique"]
    chosen = candidates.sort_values(["box_positions", "cust_id"]).head(1)
    checked = standards.check_terminals(chosen, "2024-06-30")
    three = checked[checked["rule"].isin(["standard", "pos", "scan"])]
    has = int(chosen["box_positions"].item())
    lacking = max(60 - has, 0)
    device = 0 if bool(chosen["pos_installed"].item()) else POS_YUAN
    money = lacking * POSITION_YUAN + device
    month = stores.ledger_totals(tables["shop_ledger"])["profit"]
    back = round(stores.payback_months(money, month / 20), 1)  # the choice compares what the sheet holds
    return {
        "short": {"type": "number", "value": lacking, "unit": "个"},
        "short_two": {"type": "number", "value": max(100 - has, 0), "unit": "个"},
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
            if back <= 12
            else "照估计 12 个月以内回不了本，做不做由他定",
        },
        "ways": {
            "type": "multiple",
            "value": [
                "把差几个位子、要花多少、几个月回本写成一张表给店主看",
                "先把纸箱搬走，用现有的柜台理一遍，再看还差几个",
                "和店主说清 60 个和 100 个是两种店的标准",
            ],
        },
        "plan": {
            "type": "text",
            "phrases": [
                {"name": "发现了什么", "any": ["还差", "差几个", "不够", "没有装", "没有扫码", "纸箱", "摆满"]},
                {"name": "凭哪个数", "any": ["个", "元", "月回本", "%", "百分之"]},
                {"name": "做什么", "any": ["陈列位", "云 POS", "扫码", "搬走", "算账", "柜台"]},
                {"name": "做到多少", "any": ["做到", "达到", "加到", "增加到", "60 个", "目标"]},
                {"name": "哪天以前", "any": ["日前", "日以前", "之前", "月底", "月末", "下周", "下月"]},
                {"name": "怎样查", "any": ["检查", "复查", "台账", "再算", "对比", "回访", "核对"]},
            ],
            "never": ["户外海报", "强制", "少给货源"],
        },
    }
