"""Key of the form fields, computed from the learner's own table. Never leaves the trainer's side."""


def answers(tables):
    """Rules by field id; `tables` holds the learner's own variant of `customers_raw`."""
    table = tables["customers_raw"]
    on_line = table[table["route"].notna()]
    settled = int(table["e_settle"].sum())
    difference = len(table) - len(on_line)
    return {
        "coverage": {
            "type": "number",
            "value": round(100 * settled / len(on_line), 2),
            "tolerance": 0.011,
            "unit": "%",
            "known": [
                {
                    "value": round(100 * settled / len(table), 2),
                    "tolerance": 0.011,
                    "note": "分母用了表的行数。没有线路的记录不是一家在营业的店。",
                },
                {
                    "value": round(settled / len(on_line), 4),
                    "tolerance": 0.0002,
                    "note": "写成了小数，格子里要的是百分数。",
                },
            ],
        },
        "which_rate": {
            "type": "choice",
            "value": "B",
            "known": [
                {"value": "A", "note": "覆盖率说的是多少户开通了。他问的是单。"},
                {"value": "C", "note": "这一个比的是订货的办法，和扣款成不成无关。"},
                {"value": "D", "note": "这一个比的是订货的办法，和扣款成不成无关。"},
            ],
        },
        "difference": {
            "type": "number",
            "value": difference,
            "unit": "户",
            "known": [
                {
                    "value": difference - int((table["star"] == 0).sum()),
                    "note": "星级合计没有算上未定级的新户。",
                },
                {"value": 0, "note": "两个合计并不相等。差几户就报几户。"},
            ],
        },
        "report": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "星级是哪天的数", "any": ["季初", "季度初", "本季开始", "季度开始", "上季", "初评"],
                 "like": [r"季度?(初|开头|刚开始)|第?[一二三四1-4]季度|[1-9一二三四五六七八九十]月(初|\d{1,2}[日号])?(初)?评"]},
                {"name": "线路是哪天的数", "any": ["目前", "现在", "今天", "截至", "至今", "当前", "如今", "眼下", "当天", "实时", "此刻", "最新", "本日", "现时"]},
                {
                    "name": "差多少",
                    "any": [
                        f"{word}{number}{unit}"
                        for word in ("差", "多", "多出", "多了", "相差", "差了")
                        for number in (difference, f" {difference} ", _chinese(difference))
                        for unit in ("户", "家", "条", "个")
                    ],
                    "like": [rf"(差|多|少|相差|差额|差距)(了|出|是|为|有)?({difference}|{_chinese(difference)})(户|家|条|个)|({difference}|{_chinese(difference)})(户|家|条|个)(的)?(差|对不上|没对上|没有线路)"],
                },
                {"name": "打算怎么办", "any": ["核对", "核实", "核查", "查清", "上报", "查明", "逐户查", "问清", "弄清", "搞清", "逐户", "一户户", "一户一户",
                    "找出来", "对一遍", "查一", "查原因", "问明", "上门看", "去问", "挨家", "挨户", "核一"]},
            ],
        },
    }


def _chinese(number):
    return "零一两三四五六七八九"[number] if number < 10 else str(number)
