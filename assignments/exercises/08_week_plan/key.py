"""Key of the form fields, computed from the learner's own log. Never leaves the trainer's side."""

import pandas as pd

MONDAY = pd.Timestamp("2024-06-17")


def answers(tables):
    """Rules by field id; `tables` holds the learner's own `customers` and `visits`."""
    rows = tables["visits"]
    rows = rows[rows["arrive"].notna() & rows["issue_id"].notna() & (rows["arrive"] < MONDAY)]
    latest = rows.sort_values("arrive").groupby("issue_id").tail(1)
    hanging = latest[latest["result"].ne("问题已解决")]
    days = (MONDAY - hanging["arrive"].dt.normalize()).dt.days
    not_yet = int((latest["result"] == "还没解决").sum())
    return {
        "open_count": {
            "type": "number",
            "value": len(hanging),
            "unit": "个",
            "known": [
                {"value": not_yet, "note": "客户刚提出、还没去答复的，也挂着。"},
                {"value": len(latest), "note": "这里面有已经解决的。"},
            ],
        },
        "longest": {
            "type": "number",
            "value": int(days.max()),
            "tolerance": 0.5,
            "unit": "天",
            "known": [{"value": int(days.min()), "note": "这是等得最短的。"}],
        },
        "faulty": {
            "type": "multiple",
            "value": [
                "6 月 10 日（端午节，星期一），A 线 20 户，目的都写了",
                "6 月 18 日，B 线 24 户，其中一家上午、下午各排一次",
                "6 月 20 日，D 线 15 户和 E 线 8 户，目的都写了",
                "6 月 21 日，E 线 23 户，有三户的目的没有写",
            ],
            "known": [
                {"value": "C", "note": "C 线 22 户、255 分钟都在上限以内，目的也写了，没有违反。"},
            ],
        },
        "order_day": {
            "type": "choice",
            "value": "星期三，客户第二天订货，听了用得上",
            "known": [
                {"value": "B", "note": "订完货才讲，要等下一个周期才用得上。"},
                {"value": "C", "note": "订完货才讲，要等下一个周期才用得上。"},
                {"value": "D", "note": "限量这样的话当面讲才问得清，也要赶在订货之前。"},
            ],
        },
        "change": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "哪些户照走", "any": ["五星", "待办", "必去", "有问题的户", "没解决", "必须去", "一定要去", "重点", "挂着", "有问题", "问题没"]},
                {"name": "挪到什么时候", "any": ["下周", "周四", "周五", "星期四", "星期五", "第二天", "次日", "改到", "挪到", "顺延", "顺到", "推到", "推迟到",
                    "补走"],
                 "like": [r"(下个?)?(周|星期|礼拜)[一二三四五六]|下个?(周|星期|礼拜)"]},
                {"name": "计划上记什么", "any": ["原因", "开会", "备注", "注明", "为什么", "会议", "缘由", "事由", "因为", "说明", "改动"]},
                {"name": "要告诉谁", "any": ["市场经理", "打电话", "电话", "报告", "同事", "通知", "告诉", "领导", "组长", "说一声"],
                 "like": [r"(给|跟|向|和|同|请|约|联系).{0,10}(客户|店主|经理)"]},
            ],
            "never": ["记成已走", "补记录", "写成走了", "当作走过"],
        },
    }
