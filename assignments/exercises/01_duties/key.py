"""Key of the form fields, computed from the learner's own diary. Never leaves the trainer's side."""

import csv
import re
import tomllib
from pathlib import Path

from coursekit import resources

VISIT, RED, FIRST_OTHER = 4, 0, 1  # numbers of duties, as in planted.DUTIES


def duties(diary):
    """Duty of every line (1–6, 0 for a red line), found by its wording."""
    slots = tomllib.loads((resources.datasets() / "diary_slots.toml").read_text("utf-8"))["slots"]
    with Path(__file__).with_name("duties.csv").open(encoding="utf-8", newline="") as file:
        duty = {row["slot"]: int(row["duty"]) for row in csv.DictReader(file)}
    shapes = {
        re.compile(re.escape(text).replace(r"\{shop\}", ".+").replace(r"\{n\}", r"\d+")): duty[slot]
        for slot, texts in slots.items()
        for text in texts
    }
    return [next(number for shape, number in shapes.items() if shape.fullmatch(line)) for line in diary["sentence"]]


def answers(tables):
    """Rules by field id; `tables` holds the learner's own variant of `diary`."""
    diary = tables["diary"]
    duty = duties(diary)
    in_may = [number for number, date in zip(duty, diary["date"], strict=True) if date.month == 5]
    return {
        "may_visits": {
            "type": "number",
            "value": in_may.count(VISIT),
            "unit": "行",
            "known": [{"value": duty.count(VISIT), "note": "这是三个月的合计，问的是 5 月。"}],
        },
        "first_red": {
            "type": "number",
            "value": duty.index(RED) + 1,
            "unit": "行",
            "known": [{"value": duty.index(RED), "note": "行号从 1 起，不从 0 起。"}],
        },
        "which_plan": {
            "type": "choice",
            "value": "B",
            "known": [
                {"value": "A", "note": "这一句没有定哪天去谁家。到店里去做的，不一定就是拜访计划。"},
                {"value": "C", "note": "没有改档案里的哪一栏，写到三星不等于维护档案。"},
                {"value": "D", "note": "没有从许多户里看出什么变化，定的是一件要做的事。"},
            ],
        },
        "brought": {
            "type": "multiple",
            "value": [
                "店主想换订货日，回来报给订单部",
                "几家店都说某个牌子常断货，写进货源建议",
                "听说有人低价兜售来路不明的烟，报给专卖部门",
            ],
            "known": [
                {"value": "到店里讲清新调的批发价", "note": "讲批发价，是从公司带到店里，方向反了。"},
                {"value": "把新品资料送到店里", "note": "送新品资料，是从公司带到店里，方向反了。"},
            ],
        },
        "advice": {
            "type": "text",
            "sentences": True,
            "phrases": [
                {"name": "哪一行", "any": [f"第{n}行" for n in _lines(duty)] + [f"{n}行" for n in _lines(duty)],
                 "like": [rf"(?<!\d)({'|'.join(map(str, _lines(duty)))})行|(行号是?|第)({'|'.join(map(str, _lines(duty)))})(?!\d)"]},
                {"name": "错在哪", "any": ["红线", "禁止", "不许", "不得", "违规", "违反", "廉洁", "说不清", "293", "健康暗示", "未成年", "自主订货",
                    "自己定", "违法", "违纪", "不合规", "不该", "送礼", "收礼", "好处", "垫", "代存", "代付", "压货", "搭售", "摊派",
                    "套取", "广告", "风险", "讲不清", "差错", "经手", "经过我的手"],
                 "like": [r"(?<![拿吃说看])不(准|能|让|可以)"]},
                {"name": "应当怎样做", "any": ["退回", "上交", "提醒", "代扣", "家人", "自己订", "自愿", "替代", "推荐", "不再", "改订货日", "撤下", "拒绝",
                    "讲清", "如实", "看动销", "只讲", "退还", "还回去", "不收", "不送", "自己存", "自动扣", "银行"],
                 "like": [r"(应当|应该|改成|改为|换成|今后|以后|往后|教他|请他)(?!.{0,4}(注意|小心)).{2}"]},
                {"name": "找谁", "any": ["主管", "领导", "上级", "合规", "纪检", "专卖", "市场经理", "主任", "内管", "站长", "组长", "部门", "纪委",
                    "监督", "法规科", "请示", "汇报"],
                 "like": [r"(?<!客户)经理"]},
            ],
            "never": ["下次小心点", "别被发现", "私下", "先做了再说"],
        },
    }


def _lines(duty):
    """Numbers of the red lines, as in the learner's first column."""
    return [place for place, number in enumerate(duty, FIRST_OTHER) if number == RED]
