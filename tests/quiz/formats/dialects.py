"""Made-up items, and the same items written in every dialect the importer must read."""

from __future__ import annotations

import csv
import io

from hypothesis import strategies as st

from coursekit.quiz.formats import aiken, gift
from coursekit.quiz.formats.model import ImportedItem

WORDS = {
    "single": "单选题",
    "multiple": "多选题",
    "true_false": "判断题",
    "blank": "填空题",
    "short": "简答题",
}
_SUBJECTS = (
    "柳河县《零售户走访办法(试行)》规定,五星户",
    "“三看一问”活动要求,东风路线的客户",
    "青石镇便利店",
    "按照甲市2019年的做法,新入网客户",
    "客户经理小林负责的片区",
    "新版APP上线后,信息采集点",
)
_ASKS = (
    "每月走访不少于()次。",
    "盒陈列位应达到()以上?",
    "的覆盖率怎样计算()",
    "一共占()的比例。",
    "多长时间核对一轮?()",
)
_OPTIONS = (
    *[str(n) for n in range(1, 70)],
    *[f"{n}%" for n in (3, 5, 12, 40, 95)],
    *[f"{n}、5小时" for n in (1, 2, 3)],
    "1.5倍", "2.5倍", "每周一次", "两周一次", "1个月", "1季度", "户数", "订单数", "完全相符", "10户(城区)", "7天内", "先登记,后上门",
)  # fmt: skip
_STATEMENTS = (
    "覆盖率的分母是户数", "一件等于五十条", "紧俏烟可以口头承诺", "走访日志可以月底补记", "档案变更要在7天内登记", "1条就是1件",
)  # fmt: skip
_BLANKS = (
    "一件是____条。",
    "308户中开通278户,覆盖率是____。",
    "每月走访____次,每次____小时。",
    "____是主体,____是基础。",
)
_FILLS = ("50", "90.26%", "1.5", "零售户", "客户经理", "12条", "3-5天")
_QUESTIONS = ("简述客户经理的职责。", "为什么不能虚填走访日志?", "说明覆盖率与成功率的差别。")
_PHRASES = ("服务客户", "如实记录", "分母不同", "先登记", "按规定上报")


@st.composite
def items(
    draw: st.DrawFn, kinds: tuple[str, ...] = tuple(WORDS), least: int = 1, most: int = 6
) -> list[ImportedItem]:
    """A bank of items whose stems all differ."""
    count = draw(st.integers(least, most))
    return [_item(draw, draw(st.sampled_from(kinds)), number) for number in range(count)]


def _item(draw: st.DrawFn, kind: str, number: int) -> ImportedItem:
    tail = "甲乙丙丁戊己庚辛"[number]
    if kind in ("single", "multiple"):
        stem = f"{tail}店:" + draw(st.sampled_from(_SUBJECTS)) + draw(st.sampled_from(_ASKS))
        options = tuple(draw(st.lists(st.sampled_from(_OPTIONS), min_size=3, max_size=5, unique=True)))
        size = 1 if kind == "single" else draw(st.integers(2, len(options)))
        right = draw(st.lists(st.integers(0, len(options) - 1), min_size=size, max_size=size, unique=True))
        return ImportedItem(kind, stem, options, sorted(right), 0)
    if kind == "true_false":
        return ImportedItem(
            kind, f"{tail}店认为,{draw(st.sampled_from(_STATEMENTS))}。", (), draw(st.booleans()), 0
        )
    if kind == "blank":
        stem = f"{tail}店的{draw(st.sampled_from(_BLANKS))}"
        return ImportedItem(
            kind, stem, (), [[draw(st.sampled_from(_FILLS))] for _ in range(stem.count("____"))], 0
        )
    phrases = draw(st.lists(st.sampled_from(_PHRASES), min_size=1, max_size=3, unique=True))
    return ImportedItem("short", f"{tail}店:{draw(st.sampled_from(_QUESTIONS))}", (), phrases, 0)


def letters(item: ImportedItem, between: str = "") -> str:
    return between.join("ABCDE"[i] for i in item.answer)


def answer(item: ImportedItem, between: str = "") -> str:
    """The answer as words of a Chinese bank."""
    if item.type == "true_false":
        return "正确" if item.answer else "错误"
    if item.type == "blank":
        return "|".join(";".join(blank) for blank in item.answer)
    return ";".join(item.answer) if item.type == "short" else letters(item, between)


def survey_run(bank: list[ImportedItem]) -> str:
    """Survey export with its line breaks lost."""
    text = "2021年6月题库一、单选题您的姓名: [填空题] *_________________"
    for number, item in enumerate(bank, start=1):
        text += f"{number}、{item.stem}" + ("\n" if item.stem.endswith("。") else " ")
        text += f"[{WORDS[item.type]}] *"
        if item.type == "true_false":
            text += "对(正确答案)错" if item.answer else "对错(正确答案)"
        for index, option in enumerate(item.options):
            mark = "." if number % 3 == 0 and index == 0 else "、"
            text += f"{'ABCDE'[index]}{mark}{option}" + ("(正确答案)" if index in item.answer else "")
    return text


def survey_lines(bank: list[ImportedItem]) -> str:
    """Survey export with its lines kept."""
    lines = [
        "题库[复制]",
        "您的姓名: [填空题] *",
        "_________________",
        "您所在的部门: [单选题] *",
        "○一部",
        "○二部",
    ]
    for number, item in enumerate(bank, start=1):
        lines.append(f"{number}{'、' if number % 2 else '.'}{item.stem}[{WORDS[item.type]}] *")
        if item.type == "true_false":
            lines += ["对(正确答案)", "错"] if item.answer else ["对", "错(正确答案)"]
        if item.type == "blank":
            lines.append(f"_________________(答案:{answer(item)})")
        lines += [
            f"{'ABCDE'[i]}.{option}" + ("(正确答案)" if i in item.answer else "")
            for i, option in enumerate(item.options)
        ]
        lines.append("")
    return "\n".join(lines)


def batch(bank: list[ImportedItem]) -> str:
    """The text a survey tool takes in."""
    lines = ["# 由程序生成"]
    for number, item in enumerate(bank, start=1):
        word = ("对" if item.answer else "错") if item.type == "true_false" else letters(item)
        lines.append(f"{number}. {_filled(item, word)} [{WORDS[item.type]}] (2分)")
        lines += [f"{'ABCDE'[i]}. {option}" for i, option in enumerate(item.options)]
        lines.append("")
    return "\n".join(lines)


def _filled(item: ImportedItem, word: str) -> str:
    return item.stem.replace("()", f"({word})", 1) if "()" in item.stem else f"{item.stem}({word})"


def stem_letter(bank: list[ImportedItem]) -> str:
    """Answers in the blank of the stem, options behind one another."""
    lines = []
    for number, item in enumerate(bank, start=1):
        word = ("√" if item.answer else "×") if item.type == "true_false" else letters(item)
        lines.append(f"{number}、{_filled(item, word)}")
        if item.options:
            lines.append(" ".join(f"{'ABCDE'[i]}、{option}" for i, option in enumerate(item.options)))
    return "\n".join(lines)


def answer_lines(bank: list[ImportedItem]) -> str:
    """No numbers; the answer on its own line."""
    lines = []
    for item in bank:
        lines.append(item.stem)
        lines += [f"{'ABCDE'[i]}.{option}" for i, option in enumerate(item.options)]
        shown = ("√" if item.answer else "×") if item.type == "true_false" else answer(item)
        lines.append(f"{'参考答案' if item.options else '正确答案'}:{shown}")
    return "\n".join(lines)


def bracket_answers(bank: list[ImportedItem]) -> str:
    """【答案】 and 【解析】, full-width marks."""
    lines = []
    for number, item in enumerate(bank, start=1):
        lines.append(f"{number}．{item.stem}")
        lines += [f"{'ＡＢＣＤＥ'[i]}．{option}" for i, option in enumerate(item.options)]
        lines.append(f"【答案】{answer(item)}")
        lines.append("【解析】见第2、3条,共5条。")
    return "\n".join(lines)


def platform(bank: list[ImportedItem]) -> str:
    """Enterprise platform: several answers with `;`, blanks with `|`."""
    parts = []
    for number, item in enumerate(bank, start=1):
        lines = [f"{number}、{item.stem}"]
        lines += [f"{'ABCDE'[i]}、{option}" for i, option in enumerate(item.options)]
        lines += [f"答案:{answer(item, ';')}", "解析:略", "难度:易"]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def coded(bank: list[ImportedItem]) -> str:
    """Coded lines of old item banks."""
    lines = []
    for number, item in enumerate(bank, start=1):
        options = " ".join(f"{'ABCDE'[i]}.{option}" for i, option in enumerate(item.options))
        lines.append(f"1-{number} 题型:1 难度:3 一致性:5 题目 {item.stem} {options} 答案 {answer(item)}")
    return "\n".join(lines)


def sections(bank: list[ImportedItem]) -> str:
    """A paper: sections that number afresh, and a table of answers behind."""
    lines, table = ["柳河县营销部试卷", ""], ["", "参考答案"]
    for place, (kind, word) in enumerate(WORDS.items()):
        here = [item for item in bank if item.type == kind]
        if not here:
            continue
        head = f"{'一二三四五'[place]}、{word}"
        lines.append(head + "(每题2分)")
        table.append(head)
        for number, item in enumerate(here, start=1):
            lines.append(f"{number}、{item.stem}")
            if item.options:
                lines.append("\t".join(f"{'ABCDE'[i]}. {option}" for i, option in enumerate(item.options)))
            if kind not in ("single", "true_false"):
                table.append(f"{number}、{answer(item)}")
        if kind == "single":
            table.append(f"1-{len(here)} {''.join(letters(item) for item in here)}")
        if kind == "true_false":
            table.append(
                " ".join(f"{n}.{'√' if item.answer else '×'}" for n, item in enumerate(here, start=1))
            )
    return "\n".join([*lines, *table])


def comma_table(bank: list[ImportedItem]) -> str:
    """CSV with the columns of the trade."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(
        ["题目", "题型", *[f"选项{letter}" for letter in "ABCDE"], "正确答案", "解析", "标签", "难度"]
    )
    for item in bank:
        options = [*item.options, *[""] * (5 - len(item.options))]
        writer.writerow([item.stem, WORDS[item.type], *options, answer(item, ","), "略", "测试", 3])
    return stream.getvalue()


def aiken_text(bank: list[ImportedItem]) -> str:
    return aiken.write(bank)[0]


def gift_text(bank: list[ImportedItem]) -> str:
    return gift.write(bank)[0]


def blackboard_tab(bank: list[ImportedItem]) -> str:
    """Blackboard's tab file."""
    lines = []
    for item in bank:
        if item.options:
            cells = [
                cell
                for i, o in enumerate(item.options)
                for cell in (o, "correct" if i in item.answer else "incorrect")
            ]
            lines.append("\t".join(["MC" if item.type == "single" else "MA", item.stem, *cells]))
        elif item.type == "true_false":
            lines.append(f"TF\t{item.stem}\t{'true' if item.answer else 'false'}")
        else:
            lines.append("\t".join(["FIB", item.stem, *item.answer[0]]))
    return "\n".join(lines)


CHOICES = ("single", "multiple")
MARKED = (*CHOICES, "true_false")
# dialect -> (writer, the item types it can carry)
DIALECTS = {
    "survey_run": (survey_run, MARKED),
    "survey_lines": (survey_lines, (*MARKED, "blank")),
    "batch": (batch, MARKED),
    "stem_letter": (stem_letter, MARKED),
    "answer_lines": (answer_lines, (*MARKED, "blank")),
    "bracket_answers": (bracket_answers, (*MARKED, "blank")),
    "platform": (platform, (*MARKED, "blank")),
    "coded": (coded, CHOICES),
    "sections": (sections, tuple(WORDS)),
    "comma_table": (comma_table, tuple(WORDS)),
    "aiken": (aiken_text, ("single",)),
    "gift": (gift_text, (*MARKED,)),
    "blackboard": (blackboard_tab, MARKED),
}
