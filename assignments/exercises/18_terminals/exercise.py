# %% [markdown]
# # 练习 18 终端标准、集团客户与应知应会
#
# **你手上有什么** 一团粘在一起的题目 `raw`，200 家店的终端检查 `shops`，三个营销部一年的集团指标 `kpi`。每人一份，数各不相同。
#
# **要交什么** 五个小函数（每个只补一行），五个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是另一段题目、另外的店，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 45 分钟。卡住时点开提示，一级比一级具体。

# %% nbgrader={"grade_id": "setup", "locked": true}
import re

import pandas as pd

from coursekit import learn

learn.setup()
raw = learn.load("quiz_raw")
shops = learn.load("terminals")
kpi = learn.load("group_kpi")
text = "".join(raw[raw["block"] == 1].sort_values("line")["text"])
text[:260]

# %% [markdown]
# 上面就是原文的开头：题号粘在选项后面，分不清。里面有 12 道完整的题和 1 道残题。前三题一步一步把它变成表。
#
# ## 第 1 题 下一道题从哪里开始
#
# 题号是一个接一个的。切完第 `number` 题，要找的就是下一个题号加顿号。补上一行：`mark` 是要找的文字，比如切完第 2 题，要找的是 `3、`。
#
# <details><summary>提示 1</summary>下一个题号，是这个题号加 1。</details>
# <details><summary>提示 2</summary>数变成文字，写 <code>str(某个数)</code>；文字和文字可以用加号接起来。</details>
# <details><summary>提示 3</summary>顿号也是文字，要用引号括起来：<code>"、"</code>。</details>

# %% nbgrader={"grade_id": "next_mark", "solution": true}
def next_mark(number):
    """切完第 number 题，接着找什么文字。"""
    mark = None
    ### BEGIN SOLUTION
    mark = str(number + 1) + "、"
    ### END SOLUTION
    return mark


next_mark(2)

# %% nbgrader={"grade_id": "pieces", "locked": true}
def pieces(whole):
    """一道题一段。"""
    begin, number, found = whole.find("1、"), 1, []
    while begin >= 0:
        mark = next_mark(number)
        end = whole.find(mark, begin + 2) if mark else -1
        found.append(whole[begin:end] if end >= 0 else whole[begin:])
        begin, number = end, number + 1
    return found


print("切成了几段：", len(pieces(text)))
print("第 1 段：", pieces(text)[0][:120])

# %% nbgrader={"grade_id": "check_mark", "grade": true, "points": 1}
got = next_mark(2)
assert got is not None, "第 1 题还没有作答。"
assert got == "3、", f"切完第 2 题，要找的是“3、”，你给出的是“{got}”。题号一个接一个，数字后面连着顿号，少一样都会切错。"
small = "1、甲[单选题]A、40B、65(正确答案)C、652、乙[单选题]A、1B、2(正确答案)C、3"
assert len(pieces(small)) == 2, f"两道题应当切成 2 段，切成了 {len(pieces(small))} 段。"
assert pieces(small)[0].endswith("65"), "第 1 题的最后一个选项是 65，后面的 2 是题号。"

# %% nbgrader={"grade_id": "check_mark_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = "".join(f"{n}、第几题[单选题]A、{n}B、{n + 1}(正确答案)C、{n}0" for n in range(1, 13))
got = pieces(other)
assert len(got) == 12, f"换一段有 12 道题的文字，切成了 {len(got)} 段。题号加 1，再接顿号；不要写死。"
assert got[10].startswith("11、第几题") and got[10].endswith("110"), f"第 11 段切成了“{got[10][:30]}”。"
assert len(pieces(text)) == 13, f"你自己的原文应当切成 13 段，切成了 {len(pieces(text))} 段。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 正确答案是哪个字母
#
# 原文在对的选项后面写着 `(正确答案)`。`option` 是一个选项的文字。补上一行：`is_right` 是 True（里面写着）或 False（没有写）。
#
# <details><summary>提示 1</summary>只要看选项里有没有那几个字。</details>
# <details><summary>提示 2</summary>有没有，写 <code>in</code>：<code>"甲" in "甲乙丙"</code> 是 True。</details>
# <details><summary>提示 3</summary>前面是要找的文字，连括号一起，用引号括起来；后面是 <code>option</code>。</details>

# %% nbgrader={"grade_id": "answer_of", "solution": true}
def answer_of(options):
    """对的那个字母；一个都没有，是空的。options 像 {"A": "40", "B": "60(正确答案)"}。"""
    right = ""
    for letter, option in options.items():
        is_right = None
        ### BEGIN SOLUTION
        is_right = "(正确答案)" in option
        ### END SOLUTION
        if is_right is None:
            return None
        if is_right:
            right = right + letter
    return right


answer_of({"A": "40", "B": "60(正确答案)", "C": "65"})

# %% nbgrader={"grade_id": "check_answer", "grade": true, "points": 1}
got = answer_of({"A": "40", "B": "60(正确答案)", "C": "65"})
assert got is not None, "第 2 题还没有作答。"
assert got == "B", f"对的是 B，你给出的是“{got}”。"

# %% nbgrader={"grade_id": "check_answer_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for options, expected in [[{"A": "两个月", "B": "一个月", "C": "一季度(正确答案)"}, "C"], [{"A": "1、5小时(正确答案)", "B": "1小时"}, "A"], [{"A": "60", "B": "正确"}, ""]]:
    got = answer_of(options)
    told = "、".join(f"{letter} {option}" for letter, option in options.items())
    assert got == expected, f"选项是 {told}，答案应当是“{expected}”，你给出的是“{got}”。要找的是连括号的那几个字。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 能用，还是退回
#
# 三个选项也是好题；没有选项、没有答案的退回，不能猜。补上一行：`ok` 是 True（能用）或 False（退回）。要两样都够：选项**不少于 3 个**，答案**正好 1 个字母**。
#
# <details><summary>提示 1</summary>“不少于”含本数，写 <code>>=</code>。</details>
# <details><summary>提示 2</summary>答案有几个字母，写 <code>len(answer)</code>；空的是 0。</details>
# <details><summary>提示 3</summary>两样要同时成立，中间写 <code>and</code>；“正好”写 <code>==</code>。</details>

# %% nbgrader={"grade_id": "usable", "solution": true}
def usable(count, answer):
    """这道题能不能用：count 是选项数，answer 是答案的字母。"""
    ok = None
    ### BEGIN SOLUTION
    ok = count >= 3 and len(answer) == 1
    ### END SOLUTION
    return ok


usable(4, "C")

# %% nbgrader={"grade_id": "check_usable", "grade": true, "points": 1}
assert usable(4, "C") is not None, "第 3 题还没有作答。"
assert bool(usable(4, "C")) is True, "四个选项、一个答案，能用。"
assert bool(usable(3, "B")) is True, "三个选项、一个答案，也能用。是不是把“不少于 3”写成了“大于 3”？"
assert bool(usable(0, "")) is False, "没有选项、没有答案的，要退回。"

# %% nbgrader={"grade_id": "quiz_table", "locked": true}
def quiz_table(whole):
    """一道题一行。"""
    rows = []
    for number, piece in enumerate(pieces(whole), start=1):
        parts = re.split(r"([A-D])[、.]", piece)
        options = dict(zip(parts[1::2], parts[2::2]))
        answer = answer_of(options)
        stem = re.split(r"[、]", parts[0], maxsplit=1)[-1].split("[单选题]")[0].strip()
        rows.append((number, stem, len(options), answer, None if answer is None else usable(len(options), answer)))
    return pd.DataFrame(rows, columns=["number", "stem", "options", "answer", "ok"])


quiz_table(text).rename(columns={"number": "题号", "stem": "题干", "options": "选项数", "answer": "答案", "ok": "能用"})

# %% nbgrader={"grade_id": "check_table", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行：前三题合起来，表对不对。
### BEGIN HIDDEN TESTS
for count, letters, expected in [[2, "A", False], [4, "AB", False], [4, "", False], [3, "C", True], [5, "E", True]]:
    assert bool(usable(count, letters)) is expected, f"{count} 个选项、答案“{letters}”：应当{'能用' if expected else '退回'}。选项不少于 3 个、答案正好 1 个，两样都要。"
spoiled = "1、甲()。[单选题]A、1B、2C、32、乙()。[单选题]A、4B、5(正确答案)C、63、丙。"
got = quiz_table(spoiled)
assert list(got["ok"].astype(bool)) == [False, True, False], "换一段：第 1 题没有答案，第 3 题没有选项，都要退回；第 2 题能用。前三题还有红字的，先改那里。"
own = quiz_table(text)
assert len(own) == 13 and int(own["ok"].astype(bool).sum()) == 12, f"你的原文里应当有 12 道能用、1 道退回，表里是 {int(own['ok'].astype(bool).sum())} 道能用，共 {len(own)} 行。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 这家店还差多少
#
# 四种店，四条线，都含本数。补上一行：`short` 是还差多少；够线的是 0，不能是负数。
#
# <details><summary>提示 1</summary>差多少，是线减去现有的。</details>
# <details><summary>提示 2</summary>超过线的，减出来是负数，要换成 0。</details>
# <details><summary>提示 3</summary>两个数取大的，写 <code>max(甲, 乙)</code>；其中一个是 0。</details>

# %% nbgrader={"grade_id": "short_by", "solution": true}
def short_by(has, needs):
    """还差多少；够线是 0。"""
    short = None
    ### BEGIN SOLUTION
    short = max(needs - has, 0)
    ### END SOLUTION
    return short


short_by(52, 60)

# %% nbgrader={"grade_id": "check_short", "grade": true, "points": 1}
got = short_by(52, 60)
assert got is not None, "第 4 题还没有作答。"
assert got == 8, f"线是 60 个，有 52 个，还差 8 个，你给出的是 {got}。线减去现有的，不要减反了。"
assert short_by(75, 60) == 0, f"超过线的店差 0 个，你给出的是 {short_by(75, 60)}。够线就是 0，没有负的。"

# %% nbgrader={"grade_id": "shops_short", "locked": true}
LINES = {"rural_boutique": ("box_positions", 60), "city_boutique": ("counters", 2), "one_diamond": ("area_m2", 15), "two_diamond": ("box_positions", 100)}
NAMES = {"rural_boutique": "农村精品店", "city_boutique": "城区精品店", "one_diamond": "一钻品牌店", "two_diamond": "二钻品牌店"}


def shops_short(table):
    """还差的店：编码、哪一种、差多少。"""
    rows = []
    for shop in table.to_dict("records"):
        column, needs = LINES[shop["tier"]]
        short = short_by(shop[column], needs)
        if short is None:
            return None
        if short > 0:
            rows.append((shop["cust_id"], NAMES[shop["tier"]], short))
    return pd.DataFrame(rows, columns=["客户编码", "终端类型", "还差"])


shops_short(shops)

# %% nbgrader={"grade_id": "check_short_other", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for has, needs, expected in [[60, 60, 0], [14, 15, 1], [0, 2, 2], [130, 100, 0]]:
    assert short_by(has, needs) == expected, f"有 {has}，线是 {needs}，应当差 {expected}，你给出的是 {short_by(has, needs)}。正好等于线的，差 0。"
other = pd.DataFrame({"cust_id": ["A", "B", "C", "D"], "tier": ["two_diamond", "rural_boutique", "city_boutique", "one_diamond"], "area_m2": [30, 20, 10, 15], "box_positions": [99, 60, 20, 20], "counters": [3, 2, 1, 1]})
assert list(shops_short(other)["客户编码"]) == ["A", "C"], f"换四家店，差的是 A 和 C，你找出的是 {list(shops_short(other)['客户编码'])}。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 名次分，两种算法
#
# 第一、二、三名各得满分的 50%、30%、20%。原文没有写清满分是总分 100 分，还是集团线路那一半的 50 分，所以 `full` 两个数都要算。补上一行：`points` 是得几分。
#
# <details><summary>提示 1</summary>满分乘以百分数。</details>
# <details><summary>提示 2</summary>名次的百分数查 <code>SHARES[place]</code>，它是 50、30、20 这样的数。</details>
# <details><summary>提示 3</summary>百分数是 50 这样的数时，乘完要除以 100。</details>

# %% nbgrader={"grade_id": "place_points", "solution": true}
SHARES = {1: 50, 2: 30, 3: 20}


def place_points(place, full):
    """第 place 名，满分 full 分，得几分。"""
    points = None
    ### BEGIN SOLUTION
    points = full * SHARES[place] / 100
    ### END SOLUTION
    return points


[place_points(1, 100), place_points(1, 50)]

# %% nbgrader={"grade_id": "check_points", "grade": true, "points": 1}
got = [place_points(1, 100), place_points(1, 50)]
assert got[0] is not None, "第 5 题还没有作答。"
assert got == [50, 25], f"第一名，满分 100 得 50 分，满分 50 得 25 分，你给出的是 {got}。给出 5000，是没有除以 100；两个一样，是没有用上 full。"

# %% nbgrader={"grade_id": "dept_points", "locked": true}
def dept_points(table, full):
    """各营销部的平均分：每月每项排一次名次，并列的平分几个名次的分。"""
    if place_points(1, full) is None:
        return None
    groups = table.groupby(["month", "indicator"])["value"]
    best = groups.rank(method="min", ascending=False).astype(int)
    worst = groups.rank(method="max", ascending=False).astype(int)
    points = [sum(place_points(place, full) for place in range(a, b + 1)) / (b - a + 1) for a, b in zip(best, worst)]
    return pd.Series(points, index=table.index).groupby(table["dept"]).mean()


print("按总分 100 分算：", dept_points(kpi, 100), sep="\n")
print("按一半 50 分算：", dept_points(kpi, 50), sep="\n")

# %% nbgrader={"grade_id": "check_points_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for place, full, expected in [[2, 100, 30], [3, 50, 10], [2, 50, 15], [3, 200, 40]]:
    got = place_points(place, full)
    assert got is not None and abs(got - expected) < 1e-9, f"第 {place} 名，满分 {full}，应当得 {expected} 分，你给出的是 {got}。满分乘百分数，再除以 100。"
other = pd.DataFrame({"dept": ["甲", "乙", "丙"], "month": [1, 1, 1], "indicator": ["x", "x", "x"], "value": [3.0, 3.0, 1.0]})
assert abs(float(dept_points(other, 100)["甲"]) - 40) < 1e-9, "甲、乙并列第一，平分 50 和 30，各得 40 分。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 6 题 写进报告
#
# 下面七个格子，填完就自动存下来，不用写代码。先运行每一格，再在出现的框里填。
#
# 等级那一格要看下面这张表：16 名客户经理三次评定的等级（人和数都是编的，每人一份）。某分公司服务科 2012 年评过 16 名，分初级、中级、高级（S2-035）。

# %% nbgrader={"grade_id": "show_grades", "locked": true}
grades = learn.load("mgr_grades").replace({"grade": {"junior": "初级", "intermediate": "中级", "senior": "高级"}})
grades.pivot(index="mgr_id", columns="period", values="grade").rename_axis("客户经理").rename_axis("评定期", axis=1)

# %% nbgrader={"grade_id": "form_gap_shops", "grade": true, "solution": true, "points": 2}
learn.form("gap_shops")

# %% nbgrader={"grade_id": "form_first_full", "grade": true, "solution": true, "points": 2}
learn.form("first_full")

# %% nbgrader={"grade_id": "form_stub", "grade": true, "solution": true, "points": 2}
learn.form("stub")

# %% nbgrader={"grade_id": "form_scan", "grade": true, "solution": true, "points": 2}
learn.form("scan")

# %% nbgrader={"grade_id": "form_moved", "grade": true, "solution": true, "points": 2}
learn.form("moved")

# %% nbgrader={"grade_id": "form_basis", "grade": true, "solution": true, "points": 2}
learn.form("basis")

# %% nbgrader={"grade_id": "form_advice", "grade": true, "solution": true, "points": 4}
learn.form("advice")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
