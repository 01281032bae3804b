"""Key of the form fields, computed from the learner's own tables. Never leaves the trainer's side."""

import datetime as dt

from coursekit.domain import policy, service


def answers(tables):
    """Rules by field id; `tables` holds the learner's `complaints`, `satisfaction` and `events`."""
    complaints = tables["complaints"]
    limits = complaints["class"].map(policy.load("service").section("complaint_days"))
    checked = service.check_complaints(complaints, dt.date(2025, 1, 31))
    late = int((checked["status"] == "超时").sum())
    waited = (complaints["closed"].dt.normalize() - complaints["opened"].dt.normalize()).dt.days
    by_calendar = int((waited > limits).sum())
    unapproved = int((checked["working_days"].to_numpy() > limits.to_numpy()).sum())
    scores = service.score_satisfaction(tables["satisfaction"])[0]["service"]
    return {
        "late": {
            "type": "number",
            "value": late,
            "unit": "件",
            "known": [
                {"value": value, "note": note}
                for value, note in (
                    (by_calendar, "这是按日历日数的。期限数的是工作日，放假不算，调休上班要算。"),
                    (unapproved, "特殊的投诉没有领导批准，按较大的算，只有 3 个工作日。"),
                )
                if value != late
            ],
        },
        "mean": {
            "type": "number",
            "value": round(float(scores.mean()), 1),
            "tolerance": 0.06,
            "unit": "分",
            "known": [
                {
                    "value": round(float(scores.fillna(0).mean()), 1),
                    "tolerance": 0.06,
                    "note": "这是把读不出的当了零分。没填的空着，只平均读得出的。",
                },
            ],
        },
        "cash": {
            "type": "choice",
            "value": "订货日暴雨封路，去不了银行",
            "known": [
                {"value": "A", "note": "忘了去银行，不是恶劣天气。"},
                {"value": "C", "note": "不愿意去银行，不是恶劣天气。"},
                {"value": "B", "note": "上一次扣款不成，和这次能不能付现金无关。"},
            ],
        },
        "path": {
            "type": "choice",
            "value": "你填报批表，批了放进他订货日的正常订单",
            "known": [
                {"value": "B", "note": "当天补货是来不及的时候走的路，下月的事来得及。"},
                {"value": "C", "note": "是店主提出来的，不是办喜事的人来申请。"},
                {"value": "D", "note": "借别人的订货日，账和货都乱了，谁都不能这样订。"},
            ],
        },
        "reply": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "能不能补", "any": ["不能补", "不补", "补不了", "不可以补", "不行", "没法补", "补不上", "没办法补"],
                 "like": [r"(不|没|无)(能|可以|可|法|得|会)?(临时)?补|补不"]},
                {"name": "为什么", "any": ["谁都", "都一样", "一律", "规定", "紧俏烟不", "紧俏的不", "只补一般", "任何", "每一户", "也一样", "写明", "预案",
                    "只有普通", "只有一般"],
                 "like": [r"(普通|一般)(的)?货源才"]},
                {"name": "能帮他什么", "any": ["替代", "常销", "同价位", "同档次", "价位相近", "口味相近", "别的品规", "一般货源", "同价", "差不多", "普通的", "一般的",
                    "别的", "其他", "口味"],
                 "like": [r"换(成|个|几)|一般货源|普通货源里"]},
                {"name": "下一步", "any": ["核实", "报批", "申请", "批准", "副经理", "市场经理", "临时补货", "审批", "报上去", "应急", "批了"],
                 "like": [r"(?<!客户)经理"]},
            ],
        },
    }
