"""Bank texts written after the importer, in the dialects trainers send: every item and every reject as expected.

An expected item is one line: type letter (S single, M multiple, T true/false, B blank, Q short), stem, options,
answer. Blanks are set apart by `|`, accepted texts by `,`. Spaces, brackets and underlines of stems are not
compared.
"""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from tests.quiz.formats.test_files import _NS as NAMESPACE
from tests.quiz.formats.test_files import run

from coursekit.quiz.formats.detect import import_bytes, import_text
from coursekit.quiz.formats.model import ImportedItem, ImportResult

KINDS = {"S": "single", "M": "multiple", "T": "true_false", "B": "blank", "Q": "short"}
LETTERS = "ABCDEFGHIJ"


def bare(text: str) -> str:
    """A stem without what dialects write differently."""
    return re.sub(r"[\s()（）_]|\*\*", "", text)


def told(item: ImportedItem) -> str:
    """An item in the short form of this file."""
    letter = next(key for key, kind in KINDS.items() if kind == item.type)
    answer = item.answer
    if isinstance(answer, bool):
        shown = "√" if answer else "×"
    elif item.type in ("single", "multiple"):
        shown = "".join(LETTERS[index] for index in answer)
    elif item.type == "blank":
        shown = "|".join(",".join(blank) for blank in answer)
    else:
        shown = ";".join(answer)
    return " ; ".join(part for part in (letter, bare(item.stem), "/".join(item.options), shown) if part)


def wanted(lines: str) -> list[str]:
    """The expected items of a case."""
    out = []
    for line in lines.strip().splitlines():
        letter, stem, *rest = [part.strip() for part in line.strip().split(" ; ")]
        out.append(" ; ".join((letter, bare(stem), *rest)))
    return out


# name: (text, items, a word of each reject)
CASES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    # --- survey export, line breaks lost -------------------------------------------------------------
    "run 1: title, section, name and first item on one line": (
        "2023年客户服务应知应会一、单选题您的姓名: [填空题] *______________1、新户首次走访应在入网后()日内完成。 "
        "[单选题] *A.3B、5C、7(正确答案)D、102、送货差错由()当日上报。 [单选题] *A、送货员(正确答案)B、店主C、司机",
        """S ; 新户首次走访应在入网后()日内完成。 ; 3/5/7/10 ; C
           S ; 送货差错由()当日上报。 ; 送货员/店主/司机 ; A""",
        (),
    ),
    "run 2: last option a number that touches the next number": (
        "1、每条线路不超过()户。[单选题] *A、45B、50(正确答案)C、552、每月例会()次。[单选题] *A、1(正确答案)B、2C、3"
        "3、台账保存()年。[单选题] *A、1B、2(正确答案)C、34、补货()天内到店。[单选题] *A、1B、2C、3(正确答案)",
        """S ; 每条线路不超过()户。 ; 45/50/55 ; B
           S ; 每月例会()次。 ; 1/2/3 ; A
           S ; 台账保存()年。 ; 1/2/3 ; B
           S ; 补货()天内到店。 ; 1/2/3 ; C""",
        (),
    ),
    "run 3: decimal sign 、 in options": (
        "1、示范店每次驻店不少于()。[单选题] *A、0、5小时B、1、5小时(正确答案)C、2、5小时2、库销比警戒线是()。"
        "[单选题] *A、1、2(正确答案)B、1、5C、1、8",
        """S ; 示范店每次驻店不少于()。 ; 0、5小时/1、5小时/2、5小时 ; B
           S ; 库销比警戒线是()。 ; 1、2/1、5/1、8 ; A""",
        (),
    ),
    "run 4: a stub behind the last item is rejected": (
        "1、调研表()天内交。[单选题] *A、3(正确答案)B、5C、72、错单由()改。[单选题] *A、订单员(正确答案)B、店主C、9%"
        "3、平台学习人均积分不低于()分。",
        """S ; 调研表()天内交。 ; 3/5/7 ; A
           S ; 错单由()改。 ; 订单员/店主/9% ; A""",
        ("",),
    ),
    "run 5: several right answers and a true/false": (
        "1、走访前要看()。[多选题] *A、订单(正确答案)B、库存(正确答案)C、天气D、诉求(正确答案)2、“错峰”走访就是少走访。"
        "[判断题] *对错(正确答案)3、标价签应写()。[多选题] *A、品名(正确答案)B、价格(正确答案)C、进价",
        """M ; 走访前要看()。 ; 订单/库存/天气/诉求 ; ABD
           T ; “错峰”走访就是少走访。 ; ×
           M ; 标价签应写()。 ; 品名/价格/进价 ; AB""",
        (),
    ),
    "run 6: brackets, quotes and 、 inside options": (
        "1、《柜台出样指引(试行)》要求()。[单选题] *A、一类(高端)放上层、二类放中层(正确答案)B、按“价”排C、随意、整齐即可"
        "2、“两不打扰”指()。[单选题] *A、不误餐、不误市(正确答案)B、不进店",
        """S ; 《柜台出样指引(试行)》要求()。 ; 一类(高端)放上层、二类放中层/按“价”排/随意、整齐即可 ; A
           S ; “两不打扰”指()。 ; 不误餐、不误市/不进店 ; A""",
        (),
    ),
    "run 7: the first type mark is gone, a decimal looks like a number": (
        "您的姓名: [填空题] *____1、驻店不少于()?A、1小时B、2小时C、1、5小时2、覆盖率的分母是户数。 [判断题] *对(正确答案)错"
        "3、每月走访()次。[单选题] *A、1(正确答案)B、2",
        "S ; 每月走访()次。 ; 1/2 ; A",
        ("别的文字", "连在一起"),
    ),
    # --- survey export by lines ----------------------------------------------------------------------
    "lines 1: full width everywhere": (
        "１、断货后应先（　　）。　［单选题］　＊\nＡ．查库存（正确答案）\nＢ．催订单\nＣ．换品牌\n"
        "２、可以共用账号。［判断题］＊\n对\n错（正确答案）",
        """S ; 断货后应先（　　）。 ; 查库存/催订单/换品牌 ; A
           T ; 可以共用账号。 ; ×""",
        (),
    ),
    "lines 2: department field with circles, double comma": (
        "您的部门： [单选题] *\n○一部\n○二部\n1、、月末先核对什么？ [单选题] *\nA.订单\nB.库存(正确答案)\nC.客情",
        "S ; 月末先核对什么？ ; 订单/库存/客情 ; B",
        (),
    ),
    "lines 3: copied title, dot numbers, no space before the tag": (
        "服务科小测[复制]\n1.电话回访在送货后几天内?[单选题]*\nA.1天\nB.3天(正确答案)\nC.5天\n"
        "2.可当场答复的诉求有哪些?[多选题]*\nA.订货时间(正确答案)\nB.送货线路(正确答案)\nC.货源投放",
        """S ; 电话回访在送货后几天内? ; 1天/3天/5天 ; B
           M ; 可当场答复的诉求有哪些? ; 订货时间/送货线路/货源投放 ; AB""",
        (),
    ),
    "lines 4: fill-in fields of a person and a real blank": (
        "姓名：_______ [填空题] *\n工号：____ [填空题]\n1、走访记录当日____点前录入。 [填空题] *\n答案：18\n"
        "2、对。 [判断题]\n对(正确答案)\n错",
        """B ; 走访记录当日____点前录入。 ; 18
           T ; 对。 ; √""",
        (),
    ),
    "lines 5: no option is marked right": (
        "1、甲类户多久走一次 [单选题] *\nA.一周\nB.两周\n2、乙类户多久走一次 [单选题] *\nA.一周\nB.两周(正确答案)",
        "S ; 乙类户多久走一次 ; 一周/两周 ; B",
        ("没有标出正确答案",),
    ),
    "lines 6: two marked in a single": (
        "1、甲类户多久走一次 [单选题] *\nA.一周(正确答案)\nB.两周(正确答案)\n2、乙 [单选题]\nA.一(正确答案)\nB.二",
        "S ; 乙 ; 一/二 ; A",
        ("单选题标了 2 个答案",),
    ),
    "lines 7: right mark in other brackets and with a space": (
        "1、交接本由谁签？ [单选题]\nA. 双方 【正确答案】\nB. 一方\n2、价签几天查一次？ [单选题]\nA. 7\nB. 15 ( 正确答案 )",
        """S ; 交接本由谁签？ ; 双方/一方 ; A
           S ; 价签几天查一次？ ; 7/15 ; B""",
        (),
    ),
    "lines 8: zero-width characters and a byte order mark": (
        "\ufeff1\u200b、回款\u200b日是哪天？ [单选题] *\nA.周一\u200b(正确答案)\nB.周二\u200d\n\u200b2、账不平要报告。 [判断题]\n对(正确答案)\n错",
        """S ; 回款日是哪天？ ; 周一/周二 ; A
           T ; 账不平要报告。 ; √""",
        (),
    ),
    "lines 9: tabs and double spaces as indent": (
        "\t1、新品上柜先看什么？  [单选题]  *\n\t\tA、动销(正确答案)\n\t\tB、颜色\n\n\t2、缺货要登记。\t[判断题]\n\t\t对(正确答案)\n\t\t错",
        """S ; 新品上柜先看什么？ ; 动销/颜色 ; A
           T ; 缺货要登记。 ; √""",
        (),
    ),
    # --- batch input of the survey tool --------------------------------------------------------------
    "batch 1: letter in the blank, points, comment lines": (
        "# 服务科导入\n1. 客户诉求(B)内回复 [单选题] (2分)\nA. 当天\nB. 两天\nC. 五天\n\n# 多选\n2. 错单要(AC) [多选题] (3分)\nA. 登记\nB. 不管\nC. 回访\n\n"
        "3. 先斩后奏可以(错) [判断题] (1分)",
        """S ; 客户诉求()内回复 ; 当天/两天/五天 ; B
           M ; 错单要() ; 登记/不管/回访 ; AC
           T ; 先斩后奏可以() ; ×""",
        (),
    ),
    "batch 2: letter beyond the options": (
        "1. 甲(D) [单选题] (2分)\nA. 一\nB. 二\n\n2. 乙(A) [单选题] (2分)\nA. 一\nB. 二",
        "S ; 乙() ; 一/二 ; A",
        ("不在选项里",),
    ),
    "batch 3: no blank line between items": (
        "1. 甲店(A) [单选题] (1分)\nA. 一\nB. 二\n2. 乙店(B) [单选题] (1分)\nA. 一\nB. 二",
        """S ; 甲店() ; 一/二 ; A
           S ; 乙店() ; 一/二 ; B""",
        (),
    ),
    # --- letter in the stem's blank ------------------------------------------------------------------
    "stem 1: options on one line, no spaces": (
        "1.市场分为(C)类。\nA、5B、6C、7D、8\n2.等级共(A)档。\nA、10B、20C、30",
        """S ; 市场分为()类。 ; 5/6/7/8 ; C
           S ; 等级共()档。 ; 10/20/30 ; A""",
        (),
    ),
    "stem 2: full-width letter, spaces, several letters with commas": (
        "1、进店先做（ Ａ、Ｃ ）。\nA.问好 B.收款 C.看柜台 D.离开\n2、出店前要（　D　）。\nA.睡 B.坐 C.吃 D.复述",
        """M ; 进店先做（）。 ; 问好/收款/看柜台/离开 ; AC
           S ; 出店前要（）。 ; 睡/坐/吃/复述 ; D""",
        (),
    ),
    "stem 3: answer in the stem and on a line, the same and not the same": (
        "1、甲店归(A)组。\nA.一\nB.二\n答案：A\n2、乙店归(A)组。\nA.一\nB.二\n答案：B",
        "S ; 甲店归()组。 ; 一/二 ; A",
        ("不一样",),
    ),
    "stem 4: signs of true and false in brackets": (
        "三、判断题\n1、（√）走访要有记录。\n2、记录可以补编。（×）\n3、价签归店主管。(对)",
        """T ; 走访要有记录。 ; √
           T ; 记录可以补编。 ; ×
           T ; 价签归店主管。 ; √""",
        (),
    ),
    "stem 5: a bracket with a word is no answer": (
        "1、客户（含新户）的档案(B)更新。\nA.每年\nB.每季\n2、农网（乡镇）户周期是(A)天。\nA.7\nB.30",
        """S ; 客户（含新户）的档案()更新。 ; 每年/每季 ; B
           S ; 农网（乡镇）户周期是()天。 ; 7/30 ; A""",
        (),
    ),
    # --- answer lines --------------------------------------------------------------------------------
    "answer 1: many words for the answer, widths mixed": (
        "1、甲( )\nA.一\nB.二\n参考答案：Ｂ\n2、乙( )\nA.一\nB.二\n正确答案: a\n3、丙( )\nA.一\nB.二\n标准答案 A\n4、丁\n参考答案：×\n5、戊\n正确答案：正确",
        """S ; 甲( ) ; 一/二 ; B
           S ; 乙( ) ; 一/二 ; A
           S ; 丙( ) ; 一/二 ; A
           T ; 丁 ; ×
           T ; 戊 ; √""",
        (),
    ),
    "answer 2: numbers are missing": (
        "客户生日要记在档案里。\n答案：对\n\n下列属于红线的是( )\nA.搭配\nB.走访\n答案：A\n\n",
        """T ; 客户生日要记在档案里。 ; √
           S ; 下列属于红线的是( ) ; 搭配/走访 ; A""",
        (),
    ),
    "answer 3: letters with commas, spaces, dots, full-width": (
        "1、甲\nA.一\nB.二\nC.三\n答案：A、C\n2、乙\nA.一\nB.二\nC.三\n答案：A B C\n3、丙\nA.一\nB.二\nC.三\n答案：Ａ，Ｂ\n4、丁\nA.一\nB.二\nC.三\n答案：BC。",
        """M ; 甲 ; 一/二/三 ; AC
           M ; 乙 ; 一/二/三 ; ABC
           M ; 丙 ; 一/二/三 ; AB
           M ; 丁 ; 一/二/三 ; BC""",
        (),
    ),
    "answer 4: missing in the middle": (
        "1、甲( )\nA.一\nB.二\n答案：A\n2、乙( )\nA.一\nB.二\n3、丙( )\nA.一\nB.二\n答案：B",
        """S ; 甲( ) ; 一/二 ; A
           S ; 丙( ) ; 一/二 ; B""",
        ("没有标出正确答案",),
    ),
    "answer 5: doubled, alike and unlike": (
        "1、甲( )\nA.一\nB.二\n答案：A\n答案：A\n2、乙( )\nA.一\nB.二\n答案：A\n答案：B\n3、丙( )\nA.一\nB.二\n答案：B",
        """S ; 甲( ) ; 一/二 ; A
           S ; 丙( ) ; 一/二 ; B""",
        ("",),
    ),
    "answer 6: the answer as text of the option": (
        "1、断货先( )\nA.查库存\nB.等\n答案：查库存\n2、缺货( )\nA.登记\nB.不登记\n答案：登记",
        """S ; 断货先( ) ; 查库存/等 ; A
           S ; 缺货( ) ; 登记/不登记 ; A""",
        (),
    ),
    "answer 7: letter with the text of another option": (
        "1、断货先( )\nA.查库存\nB.等\n答案：A.等\n2、缺货( )\nA.登记\nB.等\n答案：A.登记",
        "S ; 缺货( ) ; 登记/等 ; A",
        ("",),
    ),
    "answer 8: behind an explanation of several lines": (
        "1、甲( )\nA.一\nB.二\n解析：先看订单\n再看库存\n答案：A\n2、乙( )\nA.一\nB.二\n解析：略\n答案：B",
        """S ; 甲( ) ; 一/二 ; A
           S ; 乙( ) ; 一/二 ; B""",
        (),
    ),
    "answer 9: blanks by commas, bars, with units and synonyms": (
        "一、填空题\n1、每周走访____户，每户____分钟。\n答案：40；15\n2、一件等于____条，一条等于____盒。\n答案：50|10\n3、投诉____小时内答复。\n答案：24/二十四",
        """B ; 每周走访____户，每户____分钟。 ; 40|15
           B ; 一件等于____条，一条等于____盒。 ; 50|10""",
        ("不能确定",),
    ),
    "answer 10: short answers with points set apart": (
        "四、简答题\n1、简述走访三步。\n答案：准备;进店;回访\n2、简述补货原则。\n答：少量；多次；看动销",
        """Q ; 简述走访三步。 ; 准备;进店;回访
           Q ; 简述补货原则。 ; 少量;多次;看动销""",
        (),
    ),
    "answer 11: options over several lines": (
        "1、下面哪种说法对( )\nA.先看订单，\n再看库存\nB.先看天气\n答案：A",
        "",
        ("多出一行", "不能确定属于哪一题"),
    ),
    # --- brackets 【】 -------------------------------------------------------------------------------
    "bracket 1: answer and explanation on one line": (
        "1. 送货满意率按什么算？\nA. 户\nB. 单\nC. 条\n【答案】B 【解析】一单一评。\n2. 断货率越高越好。\n【答案】错误【解析】越低越好。",
        """S ; 送货满意率按什么算？ ; 户/单/条 ; B
           T ; 断货率越高越好。 ; ×""",
        (),
    ),
    "bracket 2: type by the answer, points and difficulty kept out": (
        "1.【单选题】甲？(2分)\nA.一\nB.二\n【答案】A\n【难度】易\n【分值】2\n2.【多选题】乙？\nA.一\nB.二\nC.三\n【答案】AB\n【知识点】服务",
        """S ; 甲？ ; 一/二 ; A
           M ; 乙？ ; 一/二/三 ; AB""",
        (),
    ),
    "bracket 3: an explanation that names letters": (
        "1、甲( )\nA.一\nB.二\nC.三\n【答案】C\n【解析】A项错在次数，B项错在对象。\n2、乙( )\nA.一\nB.二\n【答案】A\n【解析】B不对",
        """S ; 甲( ) ; 一/二/三 ; C
           S ; 乙( ) ; 一/二 ; A""",
        (),
    ),
    # --- platform text -------------------------------------------------------------------------------
    "platform 1: ; for several, | for blanks": (
        "1.走访要带什么\nA.平板\nB.价签\nC.礼品\n答案:A;B\n2.一类户每月____次，二类户____次\n答案:4|2\n3.可以代签\n答案:错误",
        """M ; 走访要带什么 ; 平板/价签/礼品 ; AB
           B ; 一类户每月____次，二类户____次 ; 4|2
           T ; 可以代签 ; ×""",
        (),
    ),
    "platform 2: as many answers as blanks or a reject": (
        "1.甲____乙____\n答案:4\n2.甲____\n答案:4|5\n3.甲____乙____\n答案:4|5",
        "B ; 甲____乙____ ; 4|5",
        ("空", "空"),
    ),
    "platform 3: ten options": (
        "1.选一选\n" + "\n".join(f"{letter}.第{n}家" for n, letter in enumerate("ABCDEFGHIJ", 1)) + "\n答案:J",
        "S ; 选一选 ; 第1家/第2家/第3家/第4家/第5家/第6家/第7家/第8家/第9家/第10家 ; J",
        (),
    ),
    # --- coded lines ---------------------------------------------------------------------------------
    "coded 1: all on lines of their own": (
        "2-1 题型:1 难度:2 一致性:5\n题目 品牌培育先看(  )。\nA、动销 B、包装 C、口号\n答案 A\n"
        "2-2 题型:3 难度:1 一致性:4\n题目 培育就是压货。\n答案 ×",
        """S ; 品牌培育先看(  )。 ; 动销/包装/口号 ; A
           T ; 培育就是压货。 ; ×""",
        (),
    ),
    # --- answers in a table behind -------------------------------------------------------------------
    "table 1: ranges and single entries": (
        "一、单选题\n1、甲( )\nA.一 B.二\n2、乙( )\nA.一 B.二\n3、丙( )\nA.一 B.二\n二、判断题\n4、丁\n5、戊\n参考答案\n1-3 ABA\n4.√ 5.×",
        """S ; 甲( ) ; 一/二 ; A
           S ; 乙( ) ; 一/二 ; B
           S ; 丙( ) ; 一/二 ; A
           T ; 丁 ; √
           T ; 戊 ; ×""",
        (),
    ),
    "table 2: full-width, with section names": (
        "一、单项选择题\n１、甲（ ）\nＡ．一　Ｂ．二\n二、多项选择题\n１、乙（ ）\nＡ．一　Ｂ．二　Ｃ．三\n参考答案：\n一、单项选择题\n１．Ｂ\n二、多项选择题\n１．ＡＣ",
        """S ; 甲（ ） ; 一/二 ; B
           M ; 乙（ ） ; 一/二/三 ; AC""",
        (),
    ),
    "table 4: a decimal where a number was lost, and one where none was": (
        "一、填空题\n1、驻店____小时。\n2、面积____平方米。\n参考答案\n一、填空题\n1.5\n2、20\n二、填空题\n1、一件____条\n2、一条____盒\n参考答案\n二、填空题\n1.50\n2.10",
        """B ; 面积____平方米。 ; 20
           B ; 一件____条 ; 50
           B ; 一条____盒 ; 10""",
        ("没有标出正确答案", "题号还是小数"),
    ),
    "table 5: two entries ran together": (
        "一、填空题\n1、一件____条\n2、两件____条\n3、一条____盒\n参考答案\n一、填空题\n1、502、100\n3、10",
        "B ; 一条____盒 ; 10",
        ("没有标出正确答案", "没有标出正确答案", "一行一题"),
    ),
    "table 3: one too many": (
        "1、甲( )\nA.一 B.二\n2、乙( )\nA.一 B.二\n参考答案\n1.A 2.B 3.C",
        "*",
        ("",),
    ),
    # --- CSV -----------------------------------------------------------------------------------------
    "csv 1: columns in another order, two answers": (
        "题型,正确答案,题目,选项A,选项B,选项C,解析\n多选题,\"A,C\",走访要看什么,订单,天气,库存,\n判断题,对,缺货要登记,,,,\n",
        """M ; 走访要看什么 ; 订单/天气/库存 ; AC
           T ; 缺货要登记 ; √""",
        (),
    ),
    "csv 2: tab separated with other column names": (
        "题干\t类型\tA\tB\tC\tD\t答案\n几天回访\t单选\t1\t3\t5\t7\tB\n送货不收现金\t判断\t\t\t\t\t正确\n",
        """S ; 几天回访 ; 1/3/5/7 ; B
           T ; 送货不收现金 ; √""",
        (),
    ),
    "csv 3: quoted comma and line break in a cell": (
        "题目,题型,选项A,选项B,答案\n\"先看什么,\n再看什么\",单选题,\"订单,库存\",天气,A\n乙,单选题,一,,A\n",
        "S ; 先看什么,再看什么 ; 订单,库存/天气 ; A",
        ("选项",),
    ),
    "csv 4: semicolon separated": (
        "题目;题型;选项A;选项B;正确答案\n甲;单选题;一;二;A\n乙;判断题;;;错\n",
        """S ; 甲 ; 一/二 ; A
           T ; 乙 ; ×""",
        (),
    ),
    # --- Aiken, GIFT, tab file -----------------------------------------------------------------------
    "aiken 1: brackets and dots, blank lines": (
        "断货先做什么？\nA) 查库存\nB) 等\nANSWER: A\n\n谁签字？\nA. 双方\nB. 一方\nC. 都不签\nANSWER: A\n",
        """S ; 断货先做什么？ ; 查库存/等 ; A
           S ; 谁签字？ ; 双方/一方/都不签 ; A""",
        (),
    ),
    "gift 1: escaped signs, feedback, title": (
        "::T1:: 折扣是 10\\=5+5 {=对 #想对了 ~错}\n\n::T2:: 价签要每周查 {TRUE#对}\n\n一件 {=50 =五十 #好} 条\n",
        """S ; 折扣是 10=5+5 ; 对/错 ; A
           T ; 价签要每周查 ; √
           B ; 一件____条 ; 50,五十""",
        (),
    ),
    "tab 1: multiple answers and a fault": (
        "MA\t走访要看\t订单\tcorrect\t天气\tincorrect\t库存\tcorrect\nTF\t可以代签\tfalse\nMC\t甲\t一\tcorrect\t二\tcorrect\n",
        """M ; 走访要看 ; 订单/天气/库存 ; AC
           T ; 可以代签 ; ×""",
        ("",),
    ),
    # --- traps across dialects -----------------------------------------------------------------------
    "trap 1: option letters in the option text and the stem": (
        "1、A类户与B类户的差别在( )\nA.A类多一次\nB.B类多一次\nC.A、B一样\n答案：A\n2、选C级以上的( )\nA.C级\nB.D级\n答案：B",
        """S ; A类户与B类户的差别在( ) ; A类多一次/B类多一次/A、B一样 ; A
           S ; 选C级以上的( ) ; C级/D级 ; B""",
        (),
    ),
    "trap 2: numbers at the start of stems": (
        "1、3月的订单( )\nA.多\nB.少\n答案：A\n2、2023年10月起( )\nA.实行\nB.停止\n答案：A\n3、10户以下( )\nA.合并\nB.不变\n答案：B",
        """S ; 3月的订单( ) ; 多/少 ; A
           S ; 2023年10月起( ) ; 实行/停止 ; A
           S ; 10户以下( ) ; 合并/不变 ; B""",
        (),
    ),
    "trap 3: name and department asked in three ways": (
        "姓名________ 部门________ 得分________\n您所在的部门：[填空题]\n1、您的姓名 [填空题] *\n2、缺货要登记。 [判断题]\n对(正确答案)\n错",
        "T ; 缺货要登记。 ; √",
        (),
    ),
    "trap 4: the letter O, numbers and units as options": (
        "1、合格率是( )\nA.100%\nB.99.5%\nC.98%\n答案：C\n2、面积为( )\nA.10㎡\nB.15㎡\n答案：B\n3、差额( )\nA.-5元\nB.+5元\n答案：A",
        """S ; 合格率是( ) ; 100%/99.5%/98% ; C
           S ; 面积为( ) ; 10㎡/15㎡ ; B
           S ; 差额( ) ; -5元/+5元 ; A""",
        (),
    ),
    "trap 5: head of a paper with points and time": (
        "客户服务考试卷（满分100分，时间60分钟）\n姓名：____ 单位：____ 分数：____\n一、单选题（每题2分，共4分）\n1、甲( )\nA.一\nB.二\n答案：A\n2、乙( )\nA.一\nB.二\n答案：B\n二、判断题（每题1分）\n1、丙（ ）\n答案：√",
        """S ; 甲( ) ; 一/二 ; A
           S ; 乙( ) ; 一/二 ; B
           T ; 丙（ ） ; √""",
        (),
    ),
    "trap 6: item numbers in circles, brackets, Chinese": (
        "（1）甲( )\nA.一\nB.二\n答案：A\n（2）乙( )\nA.一\nB.二\n答案：B",
        """S ; 甲( ) ; 一/二 ; A
           S ; 乙( ) ; 一/二 ; B""",
        (),
    ),
    "trap 7: small option letters": (
        "1、甲( )\na.一\nb.二\n答案：b\n2、乙( )\na、一\nb、二\n答案：A",
        """S ; 甲( ) ; 一/二 ; B
           S ; 乙( ) ; 一/二 ; A""",
        (),
    ),
    "trap 8: Cyrillic and full-width look-alikes are not guessed": (
        "1、甲( )\nА.一\nB.二\n答案：A\n2、乙( )\nA.一\nB.二\n答案：B",
        "S ; 乙( ) ; 一/二 ; B",
        ("",),
    ),
    "trap 9: a list of steps in the stem and letters behind": (
        "1、排序正确的是( )\n①进店 ②准备 ③复述\nA.①②③\nB.②①③\n答案：B\n2、乙( )\nA.一\nB.二\n答案：A",
        """S ; 排序正确的是( )①进店 ②准备 ③复述 ; ①②③/②①③ ; B
           S ; 乙( ) ; 一/二 ; A""",
        (),
    ),
    "trap 10: answer says not sure": (
        "1、甲( )\nA.一\nB.二\n答案：A或B\n2、乙( )\nA.一\nB.二\n答案：待定\n3、丙( )\nA.一\nB.二\n答案：A",
        "S ; 丙( ) ; 一/二 ; A",
        ("", ""),
    ),
    "trap 11: old Mac and mixed line ends": (
        "1、甲( )\rA.一\rB.二\r答案：A\r\n2、乙( )\r\nA.一\nB.二\r答案：B",
        """S ; 甲( ) ; 一/二 ; A
           S ; 乙( ) ; 一/二 ; B""",
        (),
    ),
    "trap 13: answers stand before their items": (
        "答案：A\n1、甲( )\nA.一\nB.二\n答案：B\n2、乙( )\nA.一\nB.二",
        "",
        ("错了一位", "错了一位"),
    ),
    "trap 14: a case with parts": (
        "1、某店月销 30 条，库存 60 条。\n（1）库销比是( )\nA.1\nB.2\n答案：B\n（2）应当( )\nA.补货\nB.去库存\n答案：B\n2、乙( )\nA.一\nB.二\n答案：A",
        """S ; 某店月销 30 条，库存 60 条。（1）库销比是( ) ; 1/2 ; B
           S ; 乙( ) ; 一/二 ; A""",
        ("小题",),
    ),
    "trap 15: type before the number, options end with semicolons": (
        "【单选】1、甲( )\nA.一；B.二；C.三\n答案：A\n【判断】2、乙\n答案：对",
        """S ; 甲( ) ; 一/二/三 ; A
           T ; 乙 ; √""",
        (),
    ),
    "trap 12: true and false as options with letters and an answer letter": (
        "1、缺货要登记。[判断题]\nA.对\nB.错\n答案：A\n2、可以代签。[判断题]\nA.正确\nB.错误\n答案：B",
        """T ; 缺货要登记。 ; √
           T ; 可以代签。 ; ×""",
        (),
    ),
}  # fmt: skip


def shown(result: ImportResult) -> tuple[list[str], list[tuple[int, str, str]]]:
    return [told(item) for item in result.items], [(r.line, r.reason, r.text) for r in result.rejects]


@pytest.mark.parametrize("name", CASES)
def test_every_item_and_every_reject_is_as_expected(name: str) -> None:
    text, items, words = CASES[name]

    result = import_text(text)

    found, rejects = shown(result)
    if items != "*":
        assert found == wanted(items), rejects
    assert len(rejects) == len(words), rejects
    assert all(word in reason for word, (_, reason, _) in zip(words, rejects, strict=True)), rejects


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith(("lines 8", "trap 11"))])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_bytes_and_line_ends_of_another_system_change_nothing(name: str, encoding: str) -> None:
    text = CASES[name][0]

    again = import_bytes(text.replace("\n", "\r\n").encode(encoding), "题库.txt")

    assert [told(item) for item in again.items] == [told(item) for item in import_text(text).items]
    assert len(again.rejects) == len(import_text(text).rejects)


WIDE = {
    ord(a): ord(b)
    for a, b in zip(
        "ABCDEFGHIJ.():0123456789", "ＡＢＣＤＥＦＧＨＩＪ．（）：０１２３４５６７８９", strict=True
    )
}


@pytest.mark.parametrize(
    "name", [n for n in CASES if n.startswith(("lines", "stem", "answer", "bracket", "trap"))]
)
def test_full_width_marks_mean_the_same(name: str) -> None:
    """The whole text in full-width letters, digits and brackets: the same items with the same answers."""
    text = CASES[name][0]

    narrow, wide = import_text(text), import_text(text.translate(WIDE))

    assert [(i.type, str(i.answer).translate(WIDE), len(i.options)) for i in wide.items] == [
        (i.type, str(i.answer).translate(WIDE), len(i.options)) for i in narrow.items
    ]
    assert len(wide.rejects) == len(narrow.rejects)


def bullet(level: int, text: str) -> str:
    """A paragraph that Word numbers by itself."""
    numbered = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{numbered}{run(text)}</w:p>"


def grid(*rows: list[str]) -> str:
    """A table of Word."""
    cells = ["".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def page(*parts: str) -> bytes:
    """A Word file of these parts, plain text or XML."""
    body = "".join(part if part.startswith("<") else f"<w:p>{run(part)}</w:p>" for part in parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {NAMESPACE}>{LEVELS}</w:numbering>")
    return stream.getvalue()


LEVELS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>'
    '<w:lvlText w:val="%2、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
WORD: dict[str, tuple[list[str], str, tuple[str, ...]]] = {
    "options in a table without lines": (
        ["1、断货先( )", grid(["A.查库存", "B.等"], ["C.催单", "D.换"]), "答案：A", "2、可以代签。", "答案：错"],
        """S ; 断货先( ) ; 查库存/等/催单/换 ; A
           T ; 可以代签。 ; ×""",
        (),
    ),
    "answer card behind": (
        ["一、单选题", "1、甲( )", "A.一 B.二", "2、乙( )", "A.一 B.二", "3、丙( )", "A.一 B.二",
         grid(["题号", "1", "2", "3"], ["答案", "B", "A", "B"])],
        """S ; 甲( ) ; 一/二 ; B
           S ; 乙( ) ; 一/二 ; A
           S ; 丙( ) ; 一/二 ; B""",
        (),
    ),
    "a bank as a table between text": (
        ["二季度题库", grid(["序号", "题目", "题型", "选项A", "选项B", "答案"], ["1", "谁签字", "单选题", "双方", "一方", "A"],
         ["2", "缺货要登记", "判断题", "", "", "对"], ["3", "几天回访", "单选题", "一", "三", "C"]), "3、丙店归(B)组", "A.一 B.二"],
        """S ; 谁签字 ; 双方/一方 ; A
           T ; 缺货要登记 ; √
           S ; 丙店归()组 ; 一/二 ; B""",
        ("不在选项里",),
    ),
    "numbered list with letters of Word": (
        [bullet(0, "谁签字(A)"), bullet(1, "双方"), bullet(1, "一方"), bullet(0, "几天回访(B)"), bullet(1, "一"), bullet(1, "三")],
        """S ; 谁签字() ; 双方/一方 ; A
           S ; 几天回访() ; 一/三 ; B""",
        (),
    ),
    "text in a frame and a table of something else": (
        [grid(["姓名", "部门"], ["", ""]), "<w:sdt><w:sdtContent><w:p>" + run("1、缺货要登记。") + "</w:p></w:sdtContent></w:sdt>", "答案：对"],
        "T ; 缺货要登记。 ; √",
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORD)
def test_word_tables_and_lists(name: str) -> None:
    parts, items, words = WORD[name]

    found, rejects = shown(import_bytes(page(*parts), "题库.docx"))

    assert found == wanted(items), rejects
    assert [word in reason for word, (_, reason, _) in zip(words, rejects, strict=True)] == [True] * len(
        words
    )


def test_excel_with_merged_cells_and_hidden_sheets() -> None:
    """A type merged over rows holds for each; a hidden sheet is named and not read; other sheets are no banks."""
    book = openpyxl.Workbook()
    bank = book.active
    for row in (
        ["二季度题库", None, None, None, None, None],
        ["题型", "题目", "选项A", "选项B", "选项C", "正确答案"],
        ["多选题", "走访要看", "订单", "天气", "库存", "AC"],
        [None, "档案要有", "地址", "电话", "血型", "A"],
        ["判断题", "可以代签", None, None, None, "×"],
        [None, "缺货要登记", None, None, None, "√"],
    ):
        bank.append(row)
    for area in ("A1:F1", "A3:A4", "A5:A6"):
        bank.merge_cells(area)
    old = book.create_sheet("去年")
    old.append(["题目", "选项A", "选项B", "答案"])
    old.append(["旧题", "一", "二", "A"])
    old.sheet_state = "hidden"
    book.create_sheet("说明").append(["怎样填", "看上一页"])
    stream = io.BytesIO()
    book.save(stream)

    found, rejects = shown(import_bytes(stream.getvalue(), "题库.xlsx"))

    assert found == wanted(
        """M ; 走访要看 ; 订单/天气/库存 ; AC
           T ; 可以代签 ; ×
           T ; 缺货要登记 ; √"""
    )
    assert [(line, text.split(" ")[0]) for line, _, text in rejects] == [(4, "多选题"), (1, "去年")]
    assert "多选题只标了一个答案" in rejects[0][1]
    assert "隐藏" in rejects[1][1]
