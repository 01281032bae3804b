"""The traps of real bank texts, one by one: what is certain is read, what is not comes back with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coursekit import cli
from coursekit.quiz.formats.detect import import_text
from coursekit.quiz.formats.model import ImportResult

# A survey export whose line breaks were lost: same traps as the real ones, other words and numbers.
RUN_TOGETHER = """城区部三月的工作小结
1.走访客户。2.核对档案,每户至少两次。
三、下一步打算
2021年6月岗位知识题库一、单选题您的姓名: [填空题] *_________________________1、《县区零售户分层办法(试行)》写明,乡村示范店的柜台应有()节以上。
[单选题] *A.3B、4C、5(正确答案)D、62、《县区零售户分层办法(试行)》写明,三钻示范店的面积不小于()平方米。
[单选题] *A.20B、25C、30(正确答案)D、353、《县区零售户分层办法(试行)》写明,四钻示范店的陈列在()个以上,新品要成组摆放。
[单选题] *A.110B、120C、130D、140(正确答案)4、依照《站点建设意见》,采集点占比要到()以上,取样均匀。
[单选题] *A.7%B、8%(正确答案)C、9%D、10%5、“三进店”活动里,客户经理每月驻店不少于(),每次不少于()。
[单选题] *A、6户次、2、5小时B、5户次、1小时C、4户次、1小时(正确答案)D、3户次、2、5小时6、互助小组多长时间全部走到一遍?() [单选题] *A、2周B、1个月(正确答案)C、半年7、“随手拍”抽查多长时间覆盖一遍?() [单选题] *A、2周B、1个月(正确答案)C、半年8、考核要求:示范店的账实相符率不低于()?[单选题] *A、全部相符B、97%C、96%(正确答案)D、93%9、网上课程人均学时不低于()学时。
一篇别的文章
一、背景
1、市场在变。2、客户也在变。
A方案与B方案各有长处。
"""


def shape(result: ImportResult) -> list[tuple[str, object]]:
    return [(item.type, item.answer) for item in result.items]


def reasons(result: ImportResult) -> list[str]:
    return [reject.reason for reject in result.rejects]


def test_lost_line_breaks_give_every_item_and_reject_the_stub() -> None:
    """`D、62、` is option 6 and item 2; three options are enough; the item that is cut off is not guessed."""
    result = import_text(RUN_TOGETHER)

    assert [item.options[-1] for item in result.items] == [
        "6", "35", "140", "10%", "3户次、2、5小时", "半年", "半年", "93%",
    ]  # fmt: skip
    assert [item.answer for item in result.items] == [[2], [2], [3], [1], [2], [1], [1], [2]]
    assert [len(item.options) for item in result.items] == [4, 4, 4, 4, 4, 3, 3, 4]
    assert [reject.text for reject in result.rejects] == ["9、网上课程人均学时不低于()学时。"]
    assert result.rejects[0].line == 9


def test_other_text_around_a_bank_gives_neither_items_nor_rejects() -> None:
    lines = RUN_TOGETHER.split("\n")
    alone = import_text("\n".join(lines[3:9]))

    whole = import_text(RUN_TOGETHER)

    assert [i.as_json() | {"line": 0} for i in whole.items] == [
        i.as_json() | {"line": 0} for i in alone.items
    ]
    assert len(alone.rejects) == len(whole.rejects) == 1


ACCEPTED = {
    "options on one line, answers inline": (
        "1、甲( ) A.一 B.二 C.三 答案:A\n2、乙( )\tA、一\tB、二\tC、三\t答案:B",
        [("single", [0]), ("single", [1])],
    ),
    "full-width marks and letters in the blank": (
        "１．甲是（　Ｂ　）。\nＡ．４０　　Ｂ．５０\n２．乙（　ＡＣ　）\nＡ．４０\nＢ．５０\nＣ．６０\n３．丙。（　×　）",
        [("single", [1]), ("multiple", [0, 2]), ("true_false", False)],
    ),
    "true and false in words, signs, letters": (
        "三、判断题\n1、甲 答案：F\n2、乙(√)\n（×）3、丙\n4、丁【答案】错\n5、戊\nA.错误\nB.正确\n答案:A\n6、己(B)\nA.对\nB.错",
        [("true_false", v) for v in (False, True, False, False, False, False)],
    ),
    "survey options without letters": (
        "1、甲对吗 [判断题] *\n对(正确答案)\n错\n2、乙 [单选题]\n○一\n○二(正确答案)",
        [("true_false", True), ("single", [1])],
    ),
    "blanks set apart by bar, bracket, comma; synonyms by semicolon": (
        "1.甲____乙____\n答案:户|单;订单\n2.甲____乙____\n【答案】(一)(二)\n3.每月____次,每次____小时\n答案:4、1.5",
        [("blank", [["户"], ["单", "订单"]]), ("blank", [["一"], ["二"]]), ("blank", [["4"], ["1.5"]])],
    ),
    "answers in a table behind, sections number afresh": (
        "一、单选题\n1、甲( )\nA.一 B.二\n2、乙( )\nA.一 B.二\n二、多选题\n1、丙\nA.一 B.二 C.三\n三、判断题\n1、丁\n"
        "四、简答题\n1、简述戊\n参考答案\n一、单选题\n1-2 BA\n二、多选题\n1.ABC\n三、判断题\n1.×\n四、简答题\n1、服务;营销",
        [
            ("single", [1]),
            ("single", [0]),
            ("multiple", [0, 1, 2]),
            ("true_false", False),
            ("short", ["服务", "营销"]),
        ],
    ),
    "a table after each section": (
        "一、单选题\n1、甲( )\nA.一\nB.二\n2、乙( )\nA.一\nB.二\n答案:1.A 2.B\n二、判断题\n1、丙( )\n2、丁( )\n答案:1.√ 2.×",
        [("single", [0]), ("single", [1]), ("true_false", True), ("true_false", False)],
    ),
    "a table with explanations": (
        "1、甲( )\nA.一\nB.二\n2、乙( )\nA.一\nB.二\n参考答案与解析\n1.【答案】A\n【解析】因为\n2.【答案】B\n【解析】所以",
        [("single", [0]), ("single", [1])],
    ),
    "type mark before the stem": (
        "1.[单选题]甲\nA.一\nB.二\n答案:A\n【多选】乙\nA.一\nB.二\nC.三\n答案:AB",
        [("single", [0]), ("multiple", [0, 1])],
    ),
    "letters inside option texts": (
        "1、甲( )\nA.选A类\nB.B、C两类\nC.A和B\nD.A、B都不是\n答案:D\n2、乙\nA、VIP、会员\nB、APP、网站\n答案为:A",
        [("single", [3]), ("single", [0])],
    ),
    "numbers of two levels, 第N题, a year behind the dot": (
        "1.1 甲( )\nA.一\nB.二\n答案:A\n1.2 乙( )\nA.一\nB.二\n答案:B",
        [("single", [0]), ("single", [1])],
    ),
    "year and count behind the dot": (
        "1.2022年起( )\nA.1.5倍\nB.2.5倍\n答案:B\n2.308户中( )\nA.278\nB.90\n答案:A",
        [("single", [1]), ("single", [0])],
    ),
    "enumerations inside stem and explanation": (
        "1、正确的是\n①甲\n②乙\nA.①\nB.②\n答案:A\n解析:见第2、3条\n共两条\n2、乙\nA.一\nB.二\n答案:B",
        [("single", [0]), ("single", [1])],
    ),
    "an indefinite choice may have one answer": (
        "二、不定项选择题\n1、甲\nA.一\nB.二\nC.三\n答案:B",
        [("multiple", [1])],
    ),
    "answers and explanations lost their line breaks": (
        "1、甲是()A、1B、2C、3答案:B解析:略2、乙是()A、5B、6C、7答案:C3、丙是()A、5B、6答案:A",
        [("single", [1]), ("single", [2]), ("single", [0])],
    ),
    "answer before the options": (
        "1、甲\n答案:B\nA.一\nB.二\n2、乙\n正确答案:A\nA.一\nB.二",
        [("single", [1]), ("single", [0])],
    ),
    "what a learner answered is not the key": (
        "1、甲【单选题】\nA.一\nB.二\n正确答案:B\n我的答案:A\n得分:0",
        [("single", [1])],
    ),
    "labels instead of letters, type written first": (
        "题型:单选题\n题目:甲\n选项A:一\n选项B:二\n答案:A\n难度:3\n题型:判断题\n题目:乙\n答案:错",
        [("single", [0]), ("true_false", False)],
    ),
    "labels, type written last": (
        "题目:甲\n选项A:一\n选项B:二\n答案:A\n题型:单选题\n题目:乙\n答案:对\n题型:判断题",
        [("single", [0]), ("true_false", True)],
    ),
    "the type alone on the first line": ("1. 单选\n甲的职责是?\nA. 一\nB. 二\n答案:A", [("single", [0])]),
    "a table whose sections are only counted": (
        "一、单选题\n1.甲\nA.一 B.二\n2.乙\nA.一 B.二\n二、判断题\n3.丙\n4.丁\n答案:\n一、1-2 AB\n二、3-4 √×",
        [("single", [0]), ("single", [1]), ("true_false", True), ("true_false", False)],
    ),
    "coded lines": (
        "1-1 题型:1 难度:3 一致性:5\n题目 甲应当(  )。\nA、一 B、二 C、三\n答案 B\n"
        "1-2 题型:2 难度:3 一致性:4 题目 乙 A、一 B、二 C、三 答案 AC\n1-3 题型:3 难度:1 一致性:4\n题目 丙。\n答案 √",
        [("single", [1]), ("multiple", [0, 2]), ("true_false", True)],
    ),
    "page marks between items": (
        "1、甲\nA.一\nB.二\n答案:A\n第 1 页 共 3 页\n- 2 -\n2、乙\nA.一\nB.二\n答案:B",
        [("single", [0]), ("single", [1])],
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_certain_items_are_read(name: str) -> None:
    text, expected = ACCEPTED[name]

    result = import_text(text)

    assert reasons(result) == []
    assert shape(result) == expected


REJECTED = {
    "letter not among the options": ("1、甲\nA.一\nB.二\n答案:C", "不在选项里"),
    "two answers of a single": ("1、甲(单选题)\nA.一\nB.二\n答案:AB", "单选题标了 2 个答案"),
    "one answer of a multiple": ("1、甲[多选题]\nA.一\nB.二\nC.三\n答案:A", "多选题只标了一个答案"),
    "doubled letter": ("1、甲\nA.一\nB.二\nB.三\n答案:A", "字母重复"),
    "skipped letter": ("1、甲\nA.一\nB.二\nD.三\n答案:A", "字母不连续"),
    "doubled letter, glued": ("1、甲()A、40B、50B、60C、70\n答案:A", "字母重复"),
    "two texts alike": ("1、甲\nA.一\nB.一\n答案:A", "文字一样"),
    "empty option": ("1、甲\nA.\nB.二\nC.三\n答案:B", "空的"),
    "two answers that differ": ("1、甲(B)\nA.一\nB.二\n答案:A", "不一样"),
    "no answer": ("1、甲( )\nA.一\nB.二", "没有标出正确答案"),
    "letter without options": ("1、甲\n答案:B", "没有选项"),
    "fewer answers than blanks": ("1、甲____乙____\n答案:4", "2 个空"),
    "more answers than blanks": ("1、甲____\n答案:4|5", "1 个空"),
    "a synonym or part of the answer": ("1、走访____次\n答案:4次或四次", "不能确定"),
    "a line behind the options": ("1、甲(A)\nA.一\nB.二\n不知道是什么\n2、乙(A)\nA.一\nB.二", "多出一行"),
    "a stranger's line in the stem": ("1、甲是什么( )\n本页由人整理\nA.一\nB.二\n答案:A", "题干有几行"),
    "numbered list in the stem like item numbers": ("1、顺序是\n1、甲\n2、乙\nA.1-2\nB.2-1\n答案:A", "序号"),
    "numbered answer like item numbers": (
        "五、简答题\n1、简述甲\n答案:\n1、服务\n2、营销\n2、简述乙\n答:反馈",
        "写法一样",
    ),
    "table too short": ("1、甲\nA.一 B.二\n2、乙\nA.一 B.二\n答案:\n1-2 A", "不是 2 个"),
    "table names an item that is not there": ("1、甲\nA.一 B.二\n参考答案\n1.A 2.B", "找不到"),
    "table cannot tell two items": (
        "1、甲\nA.一 B.二\n1、乙\nA.一 B.二\n参考答案:\n1-2 AB",
        "不知道是哪一道",
    ),
    "sorting": ("1、排一排 [排序题]\nA.一\nB.二", "不能导入"),
    "cut off": ("1、甲( )\nA.一\nB.", "没有标出正确答案"),
    "open bracket": ("1、甲(试行\nA.一\nB.二\n答案:A", "没收住"),
    "type not known": ("1、职责有哪些\n答案:服务", "题型不明"),
    "two blanks with letters": ("1、(A)与(B)\nA.一\nB.二", "两处括号"),
    "true/false answered with a letter without options": ("三、判断题\n1、甲\n答案:B", "不是对或错"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_doubtful_items_are_rejected_with_the_reason(name: str) -> None:
    text, word = REJECTED[name]

    result = import_text(text)

    assert any(word in reason for reason in reasons(result)), reasons(result)
    assert all(reject.line >= 1 and reject.text for reject in result.rejects)


@pytest.mark.parametrize(
    "line",
    [
        "您的姓名: [填空题] *",
        "1、您的部门 [单选题] *\n○一部\n○二部",
        "请输入您的手机号码:____ [填空题]",
        "所在单位、岗位:______",
    ],
)
def test_fields_that_ask_who_answers_are_neither_items_nor_rejects(line: str) -> None:
    result = import_text(line + "\n2、甲 [单选题]\nA.一(正确答案)\nB.二")

    assert len(result.items) == 1
    assert result.rejects == ()


def test_an_item_about_departments_is_an_item() -> None:
    result = import_text("1、部门负责人的姓名应公示在( ) [单选题]\nA.店内(正确答案)\nB.店外")

    assert shape(result) == [("single", [0])]


def test_plain_prose_gives_nothing() -> None:
    text = "一、总体目标\n1.提升满意度:确保达到90%以上。\n2.增加份额。\n(1)了解客户\n二、重点\nA.甲 方案\n答复见附件"

    result = import_text(text)

    assert (result.items, result.rejects) == ((), ())


def test_command_speaks_chinese_or_one_json_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "题库.txt"
    path.write_bytes(RUN_TOGETHER.encode("gb18030"))

    code = cli.run(["quiz", "import", str(path), "--json"])
    payload = json.loads(capsys.readouterr().out)
    again = cli.run(["quiz", "import", str(path), "--out", str(tmp_path / "题库.xlsx")])

    assert (code, again) == (1, 1)
    assert set(payload) == {"items", "rejects"}
    assert set(payload["items"][0]) == {"type", "stem", "options", "answer", "line"}
    assert set(payload["rejects"][0]) == {"line", "reason", "text"}
    assert "收下 8 题，退回 1 处" in capsys.readouterr().out
    assert (tmp_path / "题库.xlsx").is_file()
