"""Key of the form fields, computed from the learner's own log. Never leaves the trainer's side."""

import pandas as pd


def answers(tables):
    """Rules by field id; `tables` holds the learner's own `customers` and `visits`."""
    rows = tables["visits"]
    rows = rows[rows["date"].between(pd.Timestamp("2024-06-01"), pd.Timestamp("2024-06-30"))]
    due = rows[rows["planned"] == True]  # noqa: E712 -- a column, not a flag
    went = due["arrive"].notna()
    excused = ~went & due["reason"].notna()
    percent = 100 * went.sum() / len(due)
    with_urgent = 100 * rows["arrive"].notna().sum() / len(due)
    without_excused = 100 * went.sum() / (len(due) - excused.sum())
    return {
        "rate": {
            "type": "number",
            "value": round(float(percent), 2),
            "tolerance": 0.011,
            "unit": "%",
            "known": [
                {
                    "value": round(float(with_urgent), 2),
                    "tolerance": 0.011,
                    "note": "把急访加进了分子。急访单列。",
                },
                {
                    "value": round(float(without_excused), 2),
                    "tolerance": 0.011,
                    "note": "把写了原因的从分母里去掉了。没走成就是没走成。",
                },
                {
                    "value": round(float(percent) / 100, 4),
                    "tolerance": 0.0002,
                    "note": "写成了小数，格子里要的是百分数。",
                },
            ],
        },
        "silent": {
            "type": "number",
            "value": int((~went & ~excused).sum()),
            "unit": "次",
            "known": [
                {"value": int((~went).sum()), "note": "写了原因的也数进去了。"},
                {"value": int(excused.sum()), "note": "这是写了原因的次数，问的是没写的。"},
            ],
        },
        "rain": {
            "type": "choice",
            "value": "执行率里算没走成，写了原因不算违规",
            "known": [
                {"value": "A", "note": "没有去，就是没走成，原因再正当也一样。"},
                {"value": "B", "note": "写了原因的，照报，不算漏走。"},
                {"value": "D", "note": "删了计划，分母就假了。"},
            ],
        },
        "breach": {
            "type": "multiple",
            "value": [
                "到店 9:10，离店 9:13，目的“整理柜台”，结果“柜台已理好”",
                "没有到店时间，原因空着",
                "到店 10:00，离店 10:12，目的空着，结果“收下新品资料”",
            ],
            "known": [
                {"value": "B", "note": "没有去、写了原因，不是毛病。"},
                {"value": "A", "note": "推迟一天、写了原因、停够了时间，不是毛病。"},
            ],
        },
        "report": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "执行率和次数", "any": ["执行率", "走成", "%"]},
                {"name": "少走的五星户", "any": ["五星"]},
                {"name": "怎么补", "any": ["补走", "补上", "下周", "七月", "7月", "7 月", "下个月", "下月", "补去", "补访", "再去", "重新走", "去补",
                    "下星期", "下礼拜"],
                 "like": [r"(安排|排).{0,8}(走|去|访)|7月\d"]},
                {"name": "以后怎么防", "any": ["当天", "原因", "写明", "记录", "月初", "提前", "留出", "改计划", "以后", "今后", "每周", "每天", "及时", "提早",
                    "避免", "防"]},
            ],
            "never": ["补记录", "补一条记录", "补写到店", "编一", "改成走成", "把记录补满"],
        },
    }
