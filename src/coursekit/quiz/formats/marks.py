"""The marks by which Chinese banks set off numbers, types, answers and explanations."""

from __future__ import annotations

import re

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, ord("\t"): 0x20}
_ALNUM = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}


def half(text: str) -> str:
    """Same text, same length, with full-width ASCII made half-width: only for finding marks."""
    return text.translate(_WIDTH)


def show(text: str) -> str:
    """Text as an item keeps it: full-width letters and digits made half-width, the rest as written."""
    return text.translate(_ALNUM).strip()


SINGLE_WORDS = ("单项选择题", "单选题", "单项选择", "单选", "考试单选题", "單選題", "單項選擇題")
MULTIPLE_WORDS = (
    "多项选择题", "多选题", "多项选择", "多选", "考试多选题", "多選題", "多項選擇題",
)  # fmt: skip
TRUTH_WORDS = (
    "判断题",
    "判断对错题",
    "判断对错",
    "判断改错题",
    "判断",
    "是非题",
    "判斷題",
    "考试判断题",
    "對錯題",
)
BLANK_WORDS = (
    "填空题", "单项填空题", "多项填空题", "单项填空", "多项填空", "填空", "考试填空题", "考试多项填空题", "填空題",
)  # fmt: skip
SHORT_WORDS = (
    "简答题", "问答题", "简述题", "论述题", "名词解释题", "名词解释", "案例分析题", "案例题", "分析题",
    "综合题", "综合分析题", "简答", "问答", "論述題", "簡答題", "考试简答题", "主观题", "计算题",
)  # fmt: skip
INDEFINITE_WORDS = ("不定项选择题", "不定项选择", "不定项", "考试不定项选择题")
CHOICE_WORDS = ("选择题", "選擇題", "客观题")

_TYPES: dict[str, str] = {
    **dict.fromkeys(SINGLE_WORDS, "single"),
    **dict.fromkeys(MULTIPLE_WORDS, "multiple"),
    **dict.fromkeys(INDEFINITE_WORDS, "indefinite"),
    **dict.fromkeys(TRUTH_WORDS, "true_false"),
    **dict.fromkeys(BLANK_WORDS, "blank"),
    **dict.fromkeys(SHORT_WORDS, "short"),
    **dict.fromkeys(CHOICE_WORDS, "choice"),
}
_WORDS = "|".join(sorted(map(re.escape, _TYPES), key=len, reverse=True))


def type_of(word: str) -> str:
    """Item type a Chinese type word names: one of the five, `indefinite` (one or more right), `choice`, or `unsupported`."""
    return _TYPES.get(half(word).strip(), "unsupported")


# [单选题] 【多选】 (判断题): any …题 in square brackets, only known words in round ones.
TAG = re.compile(rf"[\[【]\s*({_WORDS}|[\u4e00-\u9fff]{{1,6}}题)\s*[\]】]|\(\s*({_WORDS})\s*\)")
# 一、单选题(每题 2 分): at a line start, or glued behind other text.
_NUMERAL = r"(?:[一二三四五六七八九十]{1,3}\s*[、.:]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}(?:部分|大题|章|节)\s*[、.:]?)"
_HEAD_TAIL = r"\s*(?:\([^()\n]{0,60}\)|\[[^\[\]\n]{0,60}\]|(?:每题|共|每小题)[^\n]{0,40}$)?\s*[:。]?"
SECTION = re.compile(rf"{_NUMERAL}\s*({_WORDS})(?!\s*[的与和]){_HEAD_TAIL}")
SECTION_ALONE = re.compile(rf"^\s*(?:[#*]+\s*)?({_WORDS})(?:部分)?{_HEAD_TAIL}\s*$")
OTHER_HEAD = re.compile(
    rf"^\s*(?:[一二三四五六七八九十]{{1,3}}\s*、|第[一二三四五六七八九十]{{1,3}}[部章节])(?!\s*(?:{_WORDS}))"
)

NUMBER = re.compile(
    r"^\s*\*?\s*(?:\((?P<lead>[^()]{0,6})\)\s*(?=\d))?"
    r"(?:第\s*(?P<ti>\d{1,4})\s*题\s*[:、.]*"
    r"|(?P<cn>\d{1,4})\s*、[、.\s]*"
    r"|(?P<dot>\d{1,4})\s*\.(?!\d)[、.\s]*"
    r"|(?P<year>\d{1,4})\.(?=\d)"
    r"|(?P<colon>\d{1,4})\s*:"
    r"|\((?P<bracket>\d{1,4})\)[、.:]?"
    r"|(?P<paren>\d{1,4})\s*\)[、.:]?)\s*"
)
MULTI_LEVEL = re.compile(r"^\s*(\d{1,3})[.\-](\d{1,4})(?:[、.\s]|(?=[^\d%.\s年月日元条户个次天件]))")

CODED = re.compile(r"^\s*\d+-\d+\s+(?:题型|难度)")

_ANSWER_WORDS = r"(?:参考|标准|正确|本题|試題)?答案"
ANSWER = re.compile(
    rf"(?:[【\[]\s*{_ANSWER_WORDS}\s*[】\]]\s*:?|(?<![(【\[为是])(?<!参考)(?<!标准)(?<!正确)(?<!本题)(?<!我的)(?<!你的)(?<!学生)(?<!考生){_ANSWER_WORDS}\s*[为是]?\s*:"
    r"|[【\[]\s*[Aa]nswer\s*:\s*(?=[^\]】]*[\]】]))\s*"
)
ANSWER_START = re.compile(
    rf"^\s*(?:{_ANSWER_WORDS}\s*[为是]?(?:\s*:|\s+(?=\S)|(?=[A-Z√×✓✔✗✘]+\s*$))|答\s*:|正确选项\s*:|[Aa][Nn][Ss][Ww][Ee][Rr]\s*:)\s*"
)
IN_BRACKET_ANSWER = re.compile(rf"\(\s*{_ANSWER_WORDS}\s*:\s*")
RIGHT_HERE = re.compile(r"[(\[【]\s*(?:正确答案|正确选项|标准答案|正[确確]答案)\s*[)\]】]")
EXPLAIN = re.compile(
    r"(?:[【\[]\s*(?:答案|试题|题目)?(?:解析|详解|解答|分析|点评|考点|解题思路|说明)\s*[】\]]\s*:?|(?:答案|试题|题目)?(?:解析|详解)\s*:)\s*"
)
META = re.compile(
    r"^\s*[【\[]?(?:我的答案|你的答案|学生答案|考生答案|得分|难度|难易程度|标签|知识点|考点|分值|分数|章节|出处|依据|来源|题型|试题类型|一致性|题目编号|编号|试题编号|要素|鉴定点)[】\]]?\s*:"
)
STEM_LABEL = re.compile(r"^\s*(?:题目|题干|试题|问题)\s*:\s*(?=\S)")
TYPE_LABEL = re.compile(rf"^\s*[【\[]?(?:题型|类型|试题类型|题目类型)[】\]]?\s*:\s*({_WORDS})\s*$")
TYPE_ALONE = re.compile(rf"^\s*(?:{_WORDS})\s*:?\s*$")
NOISE = re.compile(r"^\s*(?:第\s*\d+\s*页.*|[-—\s]*\d{1,3}[-—\s]+|[-—=*_·.]{4,}|\d+\s*/\s*\d+)\s*$")
KEY_HEAD = re.compile(
    r"^\s*(?:[#*]+\s*)?(?:附\s*[:件]?\s*)?[^,。;?]{0,20}?(?:参考答案|标准答案|正确答案|答案表|答案与解析|答案及解析|答案)(?:与解析|及解析|部分)?\s*:?\s*$"
)

_TRUE = {
    "√",
    "✓",
    "✔",
    "☑",
    "对",
    "正确",
    "是",
    "t",
    "true",
    "真",
    "對",
    "正確",
    "y",
    "yes",
    "right",
    "correct",
}
_FALSE = {
    "×", "✗", "✘", "✕", "x", "错", "错误", "否", "f", "false", "假", "錯", "錯誤", "不对", "不正确", "n", "no",
    "wrong", "incorrect", "╳", "☒",
}  # fmt: skip


def truth(text: str) -> bool | None:
    """Whether `text` is a word or sign for right (True) or wrong (False); None if it is neither."""
    word = half(text).strip().strip("()[]【】。.;,").strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    return None


LETTERS = re.compile(r"[A-Z](?:[\s、,;.|/+&和]*[A-Z])*")


def letters(text: str) -> list[str] | None:
    """Option letters `text` consists of, in the order written; None if it holds anything else."""
    word = half(text).strip().strip("()[]【】").strip().rstrip("。.;,、项").strip()
    if re.fullmatch(r"[a-z]", word):
        word = word.upper()
    return re.findall(r"[A-Z]", word) if LETTERS.fullmatch(word) else None


EMPTY_BLANK = re.compile(r"_{2,}|\(\s*\)|【\s*】|\[\s*\]|﹍{2,}|—{4,}")
LETTER_BLANK = re.compile(r"(?:\(\s*|_{1,}\s*|【\s*)([A-Z](?:[\s、,;]*[A-Z])*)(?:\s*\)|\s*_{1,}|\s*】)")
TRUTH_BLANK = re.compile(r"\(\s*(√|×|✓|✔|✗|✘|✕|对|错|正确|错误|T|F)\s*\)")

TRUTH_WORD_BLANK = re.compile(r"\(\s*(是|否)\s*\)(?=[\s。.]*$)")

_FIELD = (
    r"(?:姓名|名字|员工姓名|考生姓名|部门|部门名称|单位|单位名称|工作单位|工号|员工号|员工编号|手机|手机号|手机号码|电话"
    r"|联系电话|联系方式|岗位|职务|职位|性别|年龄|学号|准考证号|身份证号|身份证号码|班组|科室|所属部门|所属单位|所属县局"
    r"|县局|分公司|分局|公司|公司名称|区域|片区|营销部|县区|地区|邮箱|班级|日期|考试日期|签名|服务站|工龄)"
)
FIELD = re.compile(
    rf"^\s*\*?\s*(?:请\s*)?(?:填写|输入|选择|写明|留下|填)?\s*(?:您|你|考生|本人|员工)?\s*(?:的|所在|所属|在)*\s*(?:的)?\s*{_FIELD}"
    rf"(?:\s*(?:[、/及和与+]|\s)\s*{_FIELD})*\s*(?:是|为|名称)?\s*[:?]?\s*(?:\(\s*\)|_+|\*)*\s*[:?]?\s*$"
)


def is_field(stem: str) -> bool:
    """Whether a stem only asks who is answering (name, department, phone …)."""
    return bool(FIELD.match(half(TAG.sub("", half(stem)))))
