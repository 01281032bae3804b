"""Key of the form fields, computed from the learner's own tables. Never leaves the trainer's side."""

from coursekit.domain import groups, terminals

RUNGS = {"junior": 1, "intermediate": 2, "senior": 3}


def answers(tables):
    """Rules by field id; `tables` holds the learner's `terminals`, `group_kpi`, `quiz_raw` and `mgr_grades`."""
    checked = terminals.check_terminals(tables["terminals"], "2024-06-30")
    standard = checked[checked["rule"] == "standard"]
    below = int((~standard["passed"]).sum())
    rung = tables["mgr_grades"].pivot_table(index="mgr_id", columns="period", values="grade", aggfunc=lambda one: RUNGS[one.iloc[0]])
    step = rung["2012-H1"] - rung["2011-H2"]
    up, down, above = int((step > 0).sum()), int((step < 0).sum()), int((rung["2012-H1"] > 1).sum())
    scores = groups.rank_scores(tables["group_kpi"]).loc["第一营销部"]
    return {
        "gap_shops": {
            "type": "number",
            "value": below,
            "unit": "家",
            "known": [
                {
                    "value": int((standard["has"] <= standard["needs"]).sum()),
                    "note": "这个数把正好压线的也算成没有够线。“以上”“不少于”都含本数。",
                },
                {"value": int(standard["passed"].sum()), "note": "这是够线的店，格子里要的是没有够线的。"},
            ],
        },
        "first_full": {
            "type": "number",
            "value": round(float(scores["of_full"]), 1),
            "tolerance": 0.06,
            "unit": "分",
            "known": [
                {
                    "value": round(float(scores["of_half"]), 1),
                    "tolerance": 0.06,
                    "note": "这是按一半 50 分读的。格子里要的是按总分 100 分。",
                },
            ],
        },
        "stub": {
            "type": "choice",
            "value": "退回，写明没有选项、没有答案",
            "known": [
                {"value": "A", "note": "补出来的选项是你编的，别人会当成原题。"},
                {"value": "C", "note": "猜的答案，别人会当成原题的答案。"},
                {"value": "D", "note": "删了不留记录，没有人知道少过一道题。"},
            ],
        },
        "scan": {
            "type": "multiple",
            "value": ["最近一次扫码是 6 月 23 日", "最近一次扫码是 6 月 29 日"],
            "known": [
                {"value": "A", "note": "22 日到 30 日是 8 天，超过 7 天。"},
                {"value": "C", "note": "从来没有扫过，就是没有记录。"},
                {"value": "E", "note": "账记在本子上，不是扫码销售的记录。"},
            ],
        },
        "moved": {
            "type": "number",
            "value": up,
            "unit": "人",
            "known": [
                {"value": above, "note": "这是中级和高级一共几人，格子里要的是比上一次升了的。"},
                *([{"value": up + down, "note": "这里面有降了的，格子里只要升了的。"}] if down and up + down != above else []),
            ],
        },
        "basis": {
            "type": "multiple",
            "value": ["品牌培育做了哪些事，见没见效", "客户档案错了几处", "客户的事办结得快不快"],
            "known": [
                {"value": "B", "note": "销量不许拿来考核一线，等级也不能看它。"},
                {"value": "D", "note": "一类烟占比就是结构，不许拿来考核一线。"},
            ],
        },
        "advice": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "线是多少", "any": ["60 个", "60个", "60"]},
                {"name": "差多少", "any": ["8 个", "8个", "差 8", "差8", "八个"]},
                {"name": "由谁定", "any": ["自愿", "您定", "你定", "您自己", "你自己", "自费", "不勉强", "不强求", "你决定", "您决定", "说了算", "拿主意"]},
                {"name": "先做的一件事", "any": ["理柜", "整理", "腾", "调整", "陈列", "清理", "滞销", "算回本", "先算", "收一收", "挤出", "重新摆", "撤"]},
            ],
        },
    }
