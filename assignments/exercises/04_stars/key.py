"""Key of the form fields, computed from the learner's own table. Never leaves the trainer's side."""

from coursekit.domain import policy


def answers(tables):
    """Rules by field id; `tables` holds the learner's own variant of `customers`."""
    table = tables["customers"]
    rules = policy.load("stars")
    bands = rules["fujian_2014.volume"]
    five = int((table["star"] == 5).sum())
    four = int((table["star"] == 4).sum())
    graded = int((table["star"] > 0).sum())
    return {
        "edge": {
            "type": "number",
            "value": next(points for low, points in bands if low <= 10),
            "unit": "分",
            "known": [
                {
                    "value": next(points for low, points in bands if low < 10),
                    "note": "压线的归高的一档，表里的“以上”含这个数。",
                },
            ],
        },
        "upper_share": {
            "type": "number",
            "value": round(100 * (five + four) / graded, 1),
            "tolerance": 0.06,
            "unit": "%",
            "known": [
                {
                    "value": round(100 * five / graded, 1),
                    "tolerance": 0.06,
                    "note": "只算了五星，四星也要算。",
                },
                {
                    "value": round(100 * (five + four) / len(table), 1),
                    "tolerance": 0.06,
                    "note": "分母里有未定级的户，问的是已定级的。",
                },
                {
                    "value": five + four,
                    "note": "这是户数，格子里要的是百分数。",
                },
            ],
        },
        "service": {
            "type": "multiple",
            "value": ["走访次数加密", "每次多停留一会儿", "介绍一、二类品牌和三类以上的新品"],
            "known": [
                {"value": "帮着理柜台，养成台面干净、摆放整齐的习惯", "note": "理柜台是对一、二星户的做法。"},
                {"value": "只用电话联系，不上门", "note": "五星户要多走，不能只打电话。"},
            ],
        },
        "explain": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "界线在哪", "any": ["15件以上", "15 件以上", "含15件", "含 15 件", "满15件", "满 15 件", "够15件", "够 15 件", "到15件",
                    "到 15 件", "达到15", "达到 15", "15件及以上", "15件起"],
                 "like": [r"(界线|线|下限|标准|门槛).{0,6}15|15件?.{0,4}(界线|下限|门槛|这条线|那条线)|(含|满|够|到|达|压)(了|在|到)?15|不(低于|少于|到)15|大于等于15"]},
                {"name": "归哪一档", "any": ["高的一档", "高一档", "上一档", "15分", "15 分", "十五分", "最高档", "最高一档", "第一档"],
                 "like": [r"[高上](的|面)?[那这一]?一?[档级]|最高(的|那)?[一]?档"]},
                {"name": "谁家的表", "any": ["福建"]},
                {"name": "哪一年", "any": ["2014", "一四年", "二〇一四"]},
            ],
        },
    }
