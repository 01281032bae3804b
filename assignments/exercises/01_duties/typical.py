"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

import csv
import re
import tomllib
from pathlib import Path

from coursekit import resources

_ROWS = Path(__file__).with_name("duties.csv").read_text("utf-8").splitlines()
_DIGITS = {row["slot"]: row["duty"] for row in csv.DictReader(_ROWS)}
_SORT = """
import re
import tomllib

from coursekit import resources

wordings = tomllib.loads((resources.datasets() / "diary_slots.toml").read_text("utf-8"))["slots"]
named = ["红线", "维护档案", "服务计划", "拜访计划", "实地拜访", "效果跟踪", "日常分析"]
for number, sentence in diary["sentence"].items():
    for slot, digit in zip(sorted(wordings), "{where}"):
        forms = [re.escape(text).replace(r"\\{{shop\\}}", ".+").replace(r"\\{{n\\}}", r"\\d+") for text in wordings[slot]]
        if any(re.fullmatch(form, sentence) for form in forms):
            groups[named[int(digit)]].append(number)
"""
_BY_WORD = """
for number, sentence in diary["sentence"].items():
    words = {"档案": "维护档案", "计划": "拜访计划", "走": "实地拜访", "店": "实地拜访", "户": "日常分析"}
    groups[next((duty for word, duty in words.items() if word in sentence), "服务计划")].append(number)
"""


def _sorted(**moved):
    """The diary sorted rightly but for the duties that are taken for another one, by digit."""
    where = "".join(moved.get(f"d{_DIGITS[slot]}", _DIGITS[slot]) for slot in sorted(_DIGITS))
    return _SORT.replace("{where}", where).replace("{{", "{").replace("}}", "}")


CODE = {
    "truths_not_lines": ("lines_with", 'rows = list(table["sentence"].str.contains(word))'),
    "places_not_lines": ("lines_with", "rows = [n for n, text in enumerate(table['sentence'], 1) if word in text]"),
    "plans_mixed": ("groups", _sorted(d2="3", d3="2")),
    "by_word": ("groups", _BY_WORD),
    "tracking_as_analysis": ("groups", _sorted(d5="6", d1="6")),
    "red_as_duty": ("groups", _sorted(d0="2")),
    "all_red": ("groups", 'groups["红线"] = list(diary.index)'),
    "month_only": ("count_lines", 'number = int((table["month"] == month).sum())'),
    "red_below": ("duty_share", 'kept = table[table["duty"] != "红线"]\nshare = kept["duty"].value_counts() / len(table)'),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    diary = tables["diary"]
    texts = list(diary["sentence"])
    duties = [_duty(text) for text in texts]
    return {
        "three_months": ("may_visits", duties.count("4")),
        "from_zero": ("first_red", duties.index("0")),
        "visit_plan": ("which_plan", "A"),
        "to_the_shop": ("brought", ["B", "A", "C", "E"]),
        "nobody_asked": ("advice", f"第{duties.index('0') + 1}行是红线，下次小心点，自己注意。"),
    }


def _duty(text):
    slots = tomllib.loads((resources.datasets() / "diary_slots.toml").read_text("utf-8"))["slots"]
    for slot, forms in slots.items():
        for form in forms:
            if re.fullmatch(re.escape(form).replace(r"\{shop\}", ".+").replace(r"\{n\}", r"\d+"), text):
                return _DIGITS[slot]
    raise LookupError(text)


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    line = rules["advice"]["phrases"][0]["any"][0]
    return {
        "advice": [
            f"{line}，我把货款先垫上了。公司不让碰店主的钱，账讲不明白。以后教他用银行自动扣款，吃不准就问部门经理。",
            f"我挑{line}：这是送礼，违反廉洁规定。今后不收不送，人家硬塞就还回去，拿不准时请示站长。",
            f"{line}说我替店主把货款存进了银行。这样一来钱经过我的手，出了差错讲不清。往后请他自己办代扣，遇到难办的先问主管。",
        ],
    }
