"""Key of the form fields, computed from the learner's own orders. Never leaves the trainer's side."""


def answers(tables):
    """Rules by field id; `tables` holds the learner's own `sales_week`."""
    cartons = [float(v) for v in tables["sales_week"].groupby("week")["qty"].sum().sort_index()]
    coming = sum(cartons[-4:]) / 4
    guessed, happened = sum(cartons[-5:-1]) / 4, cartons[-1]
    share = 100 * max(0.0, 1 - abs(guessed - happened) / happened)
    june = sum(cartons[-4:])
    return {
        "next_week": {
            "type": "number",
            "value": round(coming),
            "tolerance": 1,
            "unit": "条",
            "known": [
                {"value": round(cartons[-1]), "tolerance": 0.5, "note": "这是照上一周的数，没有平均四周。"},
                {"value": round(sum(cartons) / len(cartons)), "tolerance": 1, "note": "这是 26 周全部的平均。"},
            ],
        },
        "last_week": {
            "type": "number",
            "value": round(share, 2),
            "tolerance": 0.011,
            "unit": "%",
            "known": [
                {
                    "value": round(100 * max(0.0, 1 - abs(coming - happened) / happened), 2),
                    "tolerance": 0.011,
                    "note": "预测时用到了要预测的那一周自己。",
                },
            ],
        },
        "year_ago": {
            "type": "number",
            "value": round(june / 1.04),
            "tolerance": 1,
            "unit": "条",
            "known": [
                {"value": round(june * 0.96), "tolerance": 1, "note": "从今年的数里减了 4%；要除以 1.04。"},
            ],
        },
        "festival": {
            "type": "choice",
            "value": "D",
            "known": [
                {"value": "A", "note": "节前各周订得多，节日那周订得少，拿来平均就高了。"},
                {"value": "C", "note": "全年平均里没有节日的样子。"},
                {"value": "B", "note": "节前一周正是订得最多的，照报会多出一截；多备要店主自己愿意。"},
            ],
        },
        "report": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "办法", "any": ["平均", "四周", "4 周", "4周", "均数", "均值", "四个星期"]},
                {"name": "平时差多少", "any": ["准确率", "误差", "差百分之", "平时差", "%"]},
                {"name": "什么时候不能用", "any": ["节", "春节", "断货", "停业", "天气", "例外", "放假", "断供", "台风", "缺货", "促销", "特殊"]},
                {"name": "不拿来做什么", "any": ["不是任务", "不考核", "不是指标", "不作任务", "自己定", "自主订货", "不核定", "不压货", "说了算", "只用来备货", "不压"],
                 "like": [r"不(是|当|作|做|算|下|拿|用|能|把)(来|为|成|作)?.{0,4}(任务|指标|考核)|不(给|向).{0,6}[派下压]|(店主|老板|他们?)(自己)?(来)?定"]},
            ],
            "never": ["必须完成", "下达任务", "分解指标", "核定销量给"],
        },
    }
