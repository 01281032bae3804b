"""Key of the form fields, computed from the learner's own tables. Never leaves the trainer's side."""

import math

from coursekit.domain import delivery, visits

DISTRICTS = 10  # districts of the county, as in the form's question


def answers(tables):
    """Rules by field id; `tables` holds the learner's own `customers` and `visits`."""
    travel, with_noon = _travel(tables["visits"])
    case = visits.capacity(tables["customers"], travel)
    noon = visits.capacity(tables["customers"], with_noon)
    return {
        "needed": {
            "type": "number",
            "value": round(case.needed),
            "tolerance": 0.06 * case.visits,
            "unit": "分钟",
            "known": [
                {"value": round(case.stay), "tolerance": 1, "note": "只有停留，路上的时间还没有加。"},
                {
                    "value": round(noon.needed),
                    "tolerance": 0.06 * case.visits,
                    "note": "路上的平均数里混进了午休。",
                },
            ],
        },
        "month": {
            "type": "number",
            "value": round(visits.per_month(case.visits), 1),
            "tolerance": 0.2,
            "unit": "次",
            "known": [
                {"value": case.visits, "tolerance": 0.01, "note": "这是四周的次数，一个月比四周长。"},
                {
                    "value": round(case.visits * 4.3333, 1),
                    "tolerance": 0.2,
                    "note": "忘了先除以 4。次数是四周的，不是一周的。",
                },
            ],
        },
        "road": {
            "type": "choice",
            "value": "中午休息的那一段时间",
            "known": [
                {"value": "B", "note": "挨着的店间隔短，只会让平均数变小。"},
                {"value": "C", "note": "隔天的间隔已经由“同一天”去掉了。"},
                {"value": "D", "note": "停留不在间隔里，间隔从离店算到下一家到店。"},
            ],
        },
        "three": {
            "type": "choice",
            "value": "算出要 600 分钟，请他定放宽哪一个",
            "known": [
                {"value": "A", "note": "没有停够却写满，是编记录。"},
                {"value": "C", "note": "三个要求里自己丢掉一个，不说，上级不会知道。"},
                {"value": "B", "note": "三个要求里自己丢掉一个，不说，上级不会知道。"},
            ],
        },
        "report": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "要多少时间", "any": ["分钟", "小时"],
                 "like": [r"要.{0,4}\d+天|\d+天(才|能)走"]},
                {"name": "够不够、差多少", "any": ["不够", "装不下", "排不下", "超过", "超出", "超了", "差了", "还差", "多出", "走不完", "做不完", "来不及", "放不下"],
                 "like": [r"[差少缺多超](了|出|出来)?\d+"]},
                {"name": "有什么办法", "any": ["减少", "减到", "少走", "改成", "先挑", "挑出", "分批", "电话", "只给", "缩短", "调整", "合并", "打电话", "人手",
                    "隔", "放宽", "降", "精简", "轮流", "加人", "只挑", "先选", "减下来", "压缩"],
                 "like": [r"(改|换)(成|为|打|走)|[一两二三]个?月一次"]},
                {"name": "请谁定", "any": ["市场经理定", "请您定", "由您定", "您来定", "经理决定", "请示", "您决定", "定夺", "请经理定", "由市场经理", "请市场经理",
                    "拍板", "批示"],
                 "like": [r"(您|经理|领导|上级).{0,4}(定|决定|选|批|点头|做主|看着办)"]},
            ],
            "never": ["补记录", "编记录", "假记录", "写满", "压货"],
        },
        "points": _points(tables["customers"]),
        "carry": {
            "type": "choice",
            "value": "不捎，记下他的难处报公司定怎样送",
            "known": [
                {"value": "A", "note": "私下捎货，货和账都说不清，当面结清也一样。"},
                {"value": "B", "note": "代送由谁做，公司来定，不能请邻店私下代收。"},
                {"value": "D", "note": "不捎是对的，可他的难处要带回公司。"},
            ],
        },
    }


def _points(customers):
    """Points of two-level delivery the scattered shops of all districts would need (S3-009, S3-011)."""
    per_point = delivery.level2_figures()["per_point"]
    own = int((delivery.service_modes(customers)["mode"] == "mobile").sum())
    scattered = DISTRICTS * own
    due = math.ceil(scattered / per_point)
    wrong = {
        scattered: "这是户数，还没有换成点数。",
        math.ceil(own / per_point): "这是你一个片区的，问的是 10 个片区合起来。",
        DISTRICTS * math.ceil(own / per_point): "一个片区一个片区往上进，再加起来，就多设了。先合起来，再除。",
        math.ceil(scattered / (per_point * 8 / 6)): "算少了：点只数了代送户，取货点也是点。",
        math.ceil(DISTRICTS * len(customers) / per_point): "拿全部的户去除了，只要零散的户。",
        due - 1: "算少了：不满一个点，也要设一个，往上进。",
    }
    whole = [{"value": value, "note": note} for value, note in wrong.items() if value != due]
    part = {
        "value": round(scattered / per_point, 2),
        "tolerance": 0.051,
        "note": "除对了，可是点要整个设，不满一个也算一个。",
    }
    return {"type": "number", "value": due, "unit": "个", "known": [*whole, part]}


def _travel(log):
    """Mean minutes between two shops of a day, without and with the break at noon."""
    made = log[log["arrive"].notna()].sort_values("arrive")
    before = made["leave"].shift(periods=1)
    gap = (made["arrive"] - before).dt.total_seconds() / 60
    gap = gap[made["arrive"].dt.normalize() == before.dt.normalize()]
    return round(float(gap[gap.between(0, 60, inclusive="left")].mean()), 1), round(float(gap.mean()), 1)
