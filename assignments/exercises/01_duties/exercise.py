# %% [markdown]
# # 练习 01 客户经理做哪几件事
#
# **你手上有什么** 一本三个月的工作日记 `diary`，60 行，每人一本，次序和说法各不相同。里面混着几行今天不能做的事。
#
# **要交什么** 三个小函数（每个只补一两行），一张把 60 行分好的单子，五个格子。
#
# **怎样算对** 单子分对 51 行（85%）算过，红线一行都不能漏。每题后面的检查没有红字，说明格式对了；分得对不对，交上去以后才看。
#
# 大约 45 分钟，一半的时间是读日记。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
diary = learn.load("diary")
diary.index = range(1, len(diary) + 1)
names = {"date": "日期", "sentence": "日记"}
shown = diary.assign(date=diary["date"].dt.strftime("%m-%d")).rename(columns=names)
left = [{"selector": "th, td", "props": "text-align: left"}]
shown.style.set_table_styles(left)

# %% [markdown]
# 最左边一列是行号，从 1 到 60。后面都用行号说话。
#
# ## 第 1 题 先会找
#
# 60 行来回翻，眼睛会花。补上一行：给一个词，列出哪些行里有它，结果是行号的清单。
#
# <details><summary>提示 1</summary>日记在 <code>sentence</code> 这一列。先得到一列 True 和 False：这一行里有没有这个词。</details>
# <details><summary>提示 2</summary>问“有没有”的写法是 <code>某一列.str.contains(word)</code>。</details>
# <details><summary>提示 3</summary><code>table[条件]</code> 挑出那些行，后面接 <code>.index</code> 是行号，用 <code>list( )</code> 变成清单。</details>

# %% nbgrader={"grade_id": "lines_with", "solution": true}
def lines_with(table, word):
    """日记里有 word 的行号，从前到后。"""
    rows = None
    ### BEGIN SOLUTION
    rows = list(table[table["sentence"].str.contains(word)].index)
    ### END SOLUTION
    return rows


lines_with(diary, "存款")

# %% nbgrader={"grade_id": "check_lines", "grade": true, "points": 1}
small = pd.DataFrame({"sentence": ["提醒存款", "理柜台", "又提醒存款"]}, index=[1, 2, 3])
got = lines_with(small, "存款")
assert got is not None, "第 1 题还没有作答。"
assert list(got) == [1, 3], f"第 1、3 行有“存款”，你给出的是 {list(got)}。要的是行号的清单。"

# %% nbgrader={"grade_id": "check_lines_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"sentence": ["换了电话", "走了八户", "补打电话"]}, index=[7, 4, 9])
assert list(lines_with(other, "电话")) == [7, 9], f"换一本日记，第 7、9 行有“电话”，给出的是 {list(lines_with(other, '电话'))}。要的是行号，不是第几个。"
assert list(lines_with(other, "扣款")) == [], "一行都没有时，应当是空的清单。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 把 60 行分好
#
# 读上面的日记，把每一行的行号写进一个方括号，用逗号隔开，例如 `[3, 17, 25]`。每一行归一个地方，不重不漏。踩红线的，不管像哪项职责，都写进“红线”。
#
# 这一题靠读，不靠写代码。可以一边做，一边运行下一格，看还剩哪些行。
#
# <details><summary>提示 1</summary>先把红线挑出来，再挑回头看一件旧事有没有结果的，然后挑走在外面当面办的。</details>
# <details><summary>提示 2</summary>剩下的看留下了什么：档案改了一栏，定了一项服务，定了一个日子，还是看出许多户的一个变化。</details>
# <details><summary>提示 3</summary>六项职责各有七到十行。哪一项多得离谱，回头再看一遍。用第 1 题的函数找“计划”“分析”“档案”能省眼力，但不要只按词分。</details>

# %% nbgrader={"grade_id": "groups", "solution": true}
groups = {
    "维护档案": [],
    "服务计划": [],
    "拜访计划": [],
    "实地拜访": [],
    "效果跟踪": [],
    "日常分析": [],
    "红线": [],
}
### BEGIN SOLUTION
import re
import tomllib

from coursekit import resources

wordings = tomllib.loads((resources.datasets() / "diary_slots.toml").read_text("utf-8"))["slots"]
named = ["红线", "维护档案", "服务计划", "拜访计划", "实地拜访", "效果跟踪", "日常分析"]
where = "504431206501316302013531624264135632301454252465651123046042"
for number, sentence in diary["sentence"].items():
    for slot, digit in zip(sorted(wordings), where):
        forms = [re.escape(text).replace(r"\{shop\}", ".+").replace(r"\{n\}", r"\d+") for text in wordings[slot]]
        if any(re.fullmatch(form, sentence) for form in forms):
            groups[named[int(digit)]].append(number)
### END SOLUTION

# %% nbgrader={"grade_id": "check_groups", "grade": true, "points": 1}
assert all(isinstance(rows, (list, tuple)) for rows in groups.values()), "每一项的行号要写在一个方括号里，例如 [3, 17, 25]。"
placed = [number for rows in groups.values() for number in rows]
assert not any(isinstance(number, (str, float, list, tuple)) for number in placed), "方括号里只写行号，用逗号隔开；行号不加引号，里面不再套方括号。"
assert placed, "第 2 题还没有作答，七个方括号都空着。"
rest = sorted(set(diary.index) - set(placed))
twice = sorted({number for number in placed if placed.count(number) > 1})
strange = sorted(set(placed) - set(diary.index))
assert not strange, f"日记里没有第 {strange} 行，看看行号是不是多打了一位。"
assert not twice, f"第 {twice} 行写了两处，只能留一处。"
assert not rest, f"还有 {len(rest)} 行没有分：{rest}。"

# %% nbgrader={"grade_id": "check_groups_most", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行：分对 36 行（60%）。
### BEGIN HIDDEN TESTS
_hits, _right, _given, _red, _common, _why = 0, {}, {}, [], "", ""
import re as _re
import tomllib as _toml
from collections import Counter

from coursekit import resources as _resources

_own = learn.load("diary")
_wordings = _toml.loads((_resources.datasets() / "diary_slots.toml").read_text("utf-8"))["slots"]
_digits = dict(zip(sorted(_wordings), "504431206501316302013531624264135632301454252465651123046042"))
_names = ["红线", "维护档案", "服务计划", "拜访计划", "实地拜访", "效果跟踪", "日常分析"]
_right = {}
for _line, _text in enumerate(_own["sentence"], 1):
    for _slot, _forms in _wordings.items():
        _shapes = [_re.escape(form).replace(r"\{shop\}", ".+").replace(r"\{n\}", r"\d+") for form in _forms]
        if any(_re.fullmatch(shape, _text) for shape in _shapes):
            _right[_line] = _names[int(_digits[_slot])]
_given = {}
for _name in _names:
    for _line in dict(groups).get(_name, []):
        _given[_line] = _name if _line not in _given else "写了两处"
_wrong = [line for line in _right if _given.get(line) != _right[line]]
_pairs = Counter((_given[line], _right[line]) for line in _wrong if _given.get(line) in _names and "红线" not in (_given[line], _right[line]))
_most = _pairs.most_common(1)[0][0] if _pairs else ()
_common = "" if not _most else "错得最多的一种：把“{1}”分成了“{0}”。".format(*_most)
_telling = {
    ("服务计划", "拜访计划"): "定给谁什么服务，是服务计划；定哪天去谁家，是拜访计划。",
    ("效果跟踪", "日常分析"): "盯一件做过的事是跟踪，把许多户合起来看是分析。",
    ("拜访计划", "实地拜访"): "定了日子还没有去，是计划；去了才是拜访。",
    ("日常分析", "维护档案"): "改了档案的一栏，是维护档案；看出一个变化，是分析。",
}
_why = next((text for pair, text in _telling.items() if set(pair) == set(_most)), "按留下的东西分，不按词分。")
_red = [line for line in _right if _right[line] == "红线"]
_hits = len(_right) - len(_wrong)
assert len(_right) == len(_own) == 60, "日记和分类对不上，请告诉培训师。"
assert _hits >= 36, f"60 行里分对了 {_hits} 行，不到 36 行。{_common}{_why}回到第 1 课第 3 节。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "check_groups_well", "grade": true, "points": 4}
# 这一格另有检查，交上去以后运行：分对 51 行（85%）。
### BEGIN HIDDEN TESTS
assert _hits >= 51, f"60 行里分对了 {_hits} 行，不到 51 行。{_common}{_why}回到第 1 课第 2 节。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "check_red_all", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行：红线一行不漏。
### BEGIN HIDDEN TESTS
_missed = [line for line in _red if _given.get(line) != "红线"]
assert _red, "第 2 题的单子读不出来，先看前面的检查。"
_called = sum(_name == "红线" for _name in _given.values())
assert _called <= len(_red) + 6, f"“红线”里写了 {_called} 行，太多了。什么都当红线，等于没有认。"
assert not _missed, f"漏了 {len(_missed)} 行红线，例如第 {_missed[0]} 行，你写在“{_given.get(_missed[0], '没有分')}”。对照第 1 课第 7 节的表再看。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "check_red_only", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行：规矩的事不当红线。
### BEGIN HIDDEN TESTS
_innocent = [line for line in _right if _given.get(line) == "红线" and _right[line] != "红线"]
assert any(_given.get(line) == "红线" for line in _red), "“红线”里一行对的都没有。踩红线的事不归任何职责，归了就等于承认它该做。"
assert not _innocent, f"第 {_innocent[:3]} 行是规矩的事，不是红线。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 按月数一数
#
# 下面这一格把你的单子接到日记后面，成一张表 `sorted_diary`：`month` 是月份，`duty` 是你分的职责。直接运行。

# %% nbgrader={"grade_id": "join", "locked": true}
duty_of = {number: name for name, rows in groups.items() for number in rows}
duties = [duty_of.get(number, "还没分") for number in diary.index]
sorted_diary = diary.assign(month=diary["date"].dt.month, duty=duties)
sorted_diary[["month", "duty", "sentence"]].head().style.set_table_styles(left)

# %% [markdown]
# 补上一行：某个月里，属于某项职责的有几行？
#
# <details><summary>提示 1</summary>两个条件要同时成立：月份对，职责也对。</details>
# <details><summary>提示 2</summary>两列 True 和 False 之间写 <code>&amp;</code>，两边都是 True 才是 True。每个条件各用一对括号括起来。</details>
# <details><summary>提示 3</summary>True 当 1，求和就是行数；最后用 <code>int( )</code> 包起来。</details>

# %% nbgrader={"grade_id": "count_lines", "solution": true}
def count_lines(table, month, duty):
    """month 月里职责是 duty 的有几行。"""
    number = None
    ### BEGIN SOLUTION
    number = int(((table["month"] == month) & (table["duty"] == duty)).sum())
    ### END SOLUTION
    return number


count_lines(sorted_diary, 5, "实地拜访")

# %% nbgrader={"grade_id": "check_count", "grade": true, "points": 1}
small = pd.DataFrame({"month": [4, 5, 5, 6], "duty": ["实地拜访", "实地拜访", "日常分析", "红线"]})
got = count_lines(small, 5, "实地拜访")
assert got is not None, "第 3 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "你给出的是一整列，要的是一个数。每行的 True 和 False 还要数一数，有几个 True。"
assert got == 1, f"5 月的实地拜访只有 1 行，你给出的是 {got}。两个条件是不是少了一个？"

# %% nbgrader={"grade_id": "check_count_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"month": [1, 1, 2, 1, 2], "duty": ["红线", "服务计划", "红线", "红线", "服务计划"]})
for month, duty, right in ((1, "红线", 2), (2, "服务计划", 1), (1, "服务计划", 1), (3, "红线", 0)):
    got = count_lines(other, month, duty)
    assert got == right, f"换一本日记，{month} 月的“{duty}”给出的是 {got} 行。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 六项职责各占多少
#
# 补上两行。`kept` 是去掉红线以后的行，`share` 是每项职责占 `kept` 的比例（0 到 1）。红线不是职责，不进分母。
#
# <details><summary>提示 1</summary>“不等于”写 <code>!=</code>。挑行还是 <code>table[条件]</code>。</details>
# <details><summary>提示 2</summary>数一列里每个值有几个，用 <code>.value_counts()</code>。</details>
# <details><summary>提示 3</summary>个数除以 <code>len(kept)</code> 就是占比，一列可以直接除以一个数。</details>

# %% nbgrader={"grade_id": "duty_share", "solution": true}
def duty_share(table):
    """各项职责占的比例，红线不算在内。"""
    kept = None
    share = None
    ### BEGIN SOLUTION
    kept = table[table["duty"] != "红线"]
    share = kept["duty"].value_counts() / len(kept)
    ### END SOLUTION
    return share


duty_share(sorted_diary)

# %% nbgrader={"grade_id": "check_share", "grade": true, "points": 1}
small = pd.DataFrame({"month": [4, 5, 5, 6, 6], "duty": ["实地拜访", "实地拜访", "日常分析", "红线", "实地拜访"]})
got = duty_share(small)
assert got is not None, "第 4 题还没有作答。"
assert isinstance(got, pd.Series) and "实地拜访" in got.index, "结果里应当每项职责一行。kept 是挑出来的行，share 是 kept 的 duty 一列，一个值一个值地数。"
assert "红线" not in got.index, "结果里还有“红线”，先把它去掉再数。"
assert abs(float(got["实地拜访"]) - 0.75) < 1e-9, f"去掉红线还有 4 行，3 行是实地拜访，应当是 0.75，你给出的是 {round(float(got['实地拜访']), 4)}。给出 0.6，是分母里还有红线：先去掉，再数分母。"

# %% nbgrader={"grade_id": "check_share_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"month": [1] * 6, "duty": ["红线", "红线", "服务计划", "拜访计划", "拜访计划", "效果跟踪"]})
got = duty_share(other)
assert abs(float(got.sum()) - 1) < 1e-9, f"各项占比加起来应当是 1，你给出的合计是 {float(got.sum()):.3f}。"
assert abs(float(got["拜访计划"]) - 0.5) < 1e-9, f"换一本日记，拜访计划给出的是 {float(got['拜访计划']):.3f}。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 说清楚
#
# 下面五个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_may_visits", "grade": true, "solution": true, "points": 2}
learn.form("may_visits")

# %% nbgrader={"grade_id": "form_first_red", "grade": true, "solution": true, "points": 2}
learn.form("first_red")

# %% nbgrader={"grade_id": "form_which_plan", "grade": true, "solution": true, "points": 1}
learn.form("which_plan")

# %% nbgrader={"grade_id": "form_brought", "grade": true, "solution": true, "points": 2}
learn.form("brought")

# %% nbgrader={"grade_id": "form_advice", "grade": true, "solution": true, "points": 4}
learn.form("advice")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
