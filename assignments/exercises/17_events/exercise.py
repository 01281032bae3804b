# %% [markdown]
# # 练习 17 应急、投诉与满意度
#
# **你手上有什么** 40 件突发的事 `events`，两年的投诉 `complaints`，一叠满意度问卷 `answers`。每人一份，数各不相同。应急照某市烟草公司的预案；投诉期限借石油公司的表，只为练算法。
#
# **要交什么** 五个小函数（每个只补一两行），五个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的事、别的投诉，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 45 分钟。卡住时点开提示，一级比一级具体。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain.calendar import add_working_days

learn.setup()
events = learn.load("events")
complaints = learn.load("complaints")
answers = learn.load("satisfaction")
events[events["type"] == "demand"].head().rename(columns={"event_id": "事件号", "time": "发生时间", "type": "事件", "scope": "情形", "detail": "经过", "law_abiding": "客户守法", "clear_price": "明码实价到位", "stock": "货源"})

# %% [markdown]
# 表里的词是英文：`demand` 临时用烟；货源 `normal` 一般、`tight` 紧俏、`controlled` 受控。
#
# ## 第 1 题 天气坏了，谁决定，怎样通知
#
# `scope` 是情形：`most` 多数户送不到，`few` 少数户送不到。把四对空引号填上。
#
# `who` 从这两个里选：`领导小组`、`领导小组办公室`。`how` 从这两个里选：`公告`、`逐户打电话`。
#
# <details><summary>提示 1</summary>先想：哪一种情形，电视里说了也说不清是哪几户？</details>
# <details><summary>提示 2</summary>事大的由大的决定，事小的由办事的决定。</details>
# <details><summary>提示 3</summary>第 17 课“谁拍板，怎样通知”那张表的第一行和第二行。</details>

# %% nbgrader={"grade_id": "weather_plan", "solution": true}
def weather_plan(scope):
    """[谁决定, 怎样通知]。"""
    who = {"most": "", "few": ""}
    how = {"most": "", "few": ""}
    ### BEGIN SOLUTION
    who = {"most": "领导小组", "few": "领导小组办公室"}
    how = {"most": "公告", "few": "逐户打电话"}
    ### END SOLUTION
    return [who[scope], how[scope]]


weather_plan("few")

# %% nbgrader={"grade_id": "check_weather", "grade": true, "points": 1}
got = weather_plan("few")
assert "" not in got, "第 1 题还没有答完，四对引号都要填。"
assert got[0] in ("领导小组", "领导小组办公室"), f"who 只能从题目给的两个词里选，你填的是“{got[0]}”。"
assert got[1] in ("公告", "逐户打电话"), f"how 只能从题目给的两个词里选，你填的是“{got[1]}”。"
assert got[1] != weather_plan("most")[1], "多数户和少数户，通知的办法不一样：公告说不清是哪几户。"

# %% nbgrader={"grade_id": "check_weather_all", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
assert list(weather_plan("most")) == ["领导小组", "公告"], f"多数户送不到，你填的是 {list(weather_plan('most'))}。事大的由大的决定，发公告人人听得到。"
assert list(weather_plan("few")) == ["领导小组办公室", "逐户打电话"], f"少数户送不到，你填的是 {list(weather_plan('few'))}。事小的由办事的决定，是哪几户要一户一户说。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 临时要烟，能不能补
#
# 三样都够，才能补：货源是一般的，这户守法，明码实价到位。补上一行，`ok` 是 True（能补）或 False（不能补）。
#
# <details><summary>提示 1</summary>三样要同时成立，少一样都不行。</details>
# <details><summary>提示 2</summary>“同时成立”写 <code>and</code>。两个东西一样不一样，写 <code>==</code>。</details>
# <details><summary>提示 3</summary>样子是 <code>货源是不是 "normal" and 守法 and 明码实价</code>。</details>

# %% nbgrader={"grade_id": "may_refill", "solution": true}
def may_refill(stock, law_abiding, clear_price):
    """这一次能不能临时补货。"""
    ok = None
    ### BEGIN SOLUTION
    ok = stock == "normal" and law_abiding and clear_price
    ### END SOLUTION
    return ok


may_refill("normal", True, True)

# %% nbgrader={"grade_id": "check_refill", "grade": true, "points": 1}
assert may_refill("normal", True, True) is not None, "第 2 题还没有作答。"
assert bool(may_refill("normal", True, True)) is True, "一般货源，守法，明码实价到位：三样都够，应当能补。"
assert bool(may_refill("tight", True, True)) is False, "紧俏烟谁都不补，这户再守法也一样。"

# %% nbgrader={"grade_id": "check_refill_all", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for stock, lawful, clear, expected in [["normal", False, True, False], ["normal", True, False, False], ["controlled", True, True, False], ["tight", False, False, False], ["normal", True, True, True]]:
    got = may_refill(stock, lawful, clear)
    goods = {"normal": "一般", "tight": "紧俏", "controlled": "受控"}[stock]
    said = f"货源{goods}，{'守法' if lawful else '不守法'}，明码实价{'到位' if clear else '不到位'}"
    assert got is not None and bool(got) is expected, f"{said}：应当{'能补' if expected else '不能补'}。三样都够才补，少一样都不行。"
mine = learn.load("events")
mine = mine[mine["type"] == "demand"]
given = [bool(may_refill(str(s), bool(a), bool(b))) for s, a, b in zip(mine["stock"], mine["law_abiding"], mine["clear_price"])]
right = [s == "normal" and bool(a) and bool(b) for s, a, b in zip(mine["stock"], mine["law_abiding"], mine["clear_price"])]
assert given == right, "在你自己的事件表上，有的临时用烟判得不对。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 投诉最晚哪天办结
#
# 一般的 1 个工作日，较大的 3 个，特殊的 7 个；特殊的**没有领导批准**，按较大的算。受理当天不算。
#
# 补上一行：`days` 是这件投诉有几个工作日。往后数工作日的办法已经写好：`add_working_days(哪一天, 几个工作日)`，它知道调休。
#
# <details><summary>提示 1</summary>多数情形查 <code>LIMITS</code> 就行，只有一种情形要改。</details>
# <details><summary>提示 2</summary>要改的那一种：类别是 <code>"special"</code>，而且没有批准（<code>not approved</code>）。</details>
# <details><summary>提示 3</summary>一行写两种情形：<code>days = 甲 if 条件 else 乙</code>，条件成立取甲，不成立取乙。</details>

# %% nbgrader={"grade_id": "due_day", "solution": true}
LIMITS = {"ordinary": 1, "larger": 3, "special": 7}


def due_day(opened, kind, approved):
    """最晚办结的一天，写成 2024-05-06 这样的文字。"""
    days = None
    ### BEGIN SOLUTION
    days = LIMITS["larger"] if kind == "special" and not approved else LIMITS[kind]
    ### END SOLUTION
    assert days is None or isinstance(days, int), f"days 应当是一个数，这件投诉有几个工作日，现在是 {days!r}。按类别去查，写成 LIMITS[kind]。"
    return None if days is None else str(add_working_days(opened, days))


due_day("2024-04-30", "ordinary", False)

# %% nbgrader={"grade_id": "check_due", "grade": true, "points": 1}
got = due_day("2024-04-30", "ordinary", False)
assert got is not None, "第 3 题还没有作答。"
assert got == "2024-05-06", f"4 月 30 日受理的一般投诉，隔着五一假，最晚 5 月 6 日，你给出的是 {got}。期限数的是工作日：放假不算，调休上班的周末要算。"
got = due_day("2024-03-04", "special", True)
assert got == "2024-03-13", f"3 月 4 日受理、批准过的特殊投诉，7 个工作日是 3 月 13 日，你给出的是 {got}。"

# %% nbgrader={"grade_id": "check_due_other", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for opened, kind, approved, expected in [["2024-03-04", "special", False, "2024-03-07"], ["2024-09-30", "larger", False, "2024-10-10"], ["2024-09-13", "ordinary", True, "2024-09-14"], ["2024-02-08", "larger", True, "2024-02-19"]]:
    got = due_day(opened, kind, approved)
    sort = {"ordinary": "一般", "larger": "较大", "special": "特殊"}[kind]
    assert got == expected, f"{opened} 受理，{sort}的，{'批准过' if approved else '没有批准'}：最晚 {expected}，你给出的是 {got}。数的是工作日；没有批准的特殊投诉，按较大的算。"
### END HIDDEN TESTS

# %% [markdown]
# 有了这一行，就能数你这张表里超时几件：

# %% nbgrader={"grade_id": "count_late", "locked": true}
def late_count(table):
    """超时办结的件数。"""
    late = 0
    for opened, kind, approved, closed in zip(table["opened"], table["class"], table["approved"], table["closed"]):
        due = due_day(str(opened)[:10], kind, bool(approved))
        if due is None:
            return None
        late = late + (str(closed)[:10] > due)
    return late


print("超时的投诉（件）：", late_count(complaints))

# %% [markdown]
# ## 第 4 题 重点客户，24 小时回了没有
#
# 这是另一家的承诺：只管重点客户，按**小时**算，夜里和放假也算。`keys` 已经挑出重点客户。补上一行：`late` 是回电晚了的行，晚了是 True。
#
# <details><summary>提示 1</summary>等了多久，是回电时间减受理时间。</details>
# <details><summary>提示 2</summary>两列时间可以直接相减；24 小时写 <code>pd.Timedelta(hours=24)</code>。</details>
# <details><summary>提示 3</summary>相减的结果<b>大于</b> 24 小时才算晚，正好 24 小时不算晚。</details>

# %% nbgrader={"grade_id": "late_calls", "solution": true}
def late_calls(table):
    """回电晚了的重点客户投诉。"""
    keys = table[table["key"]]
    late = None
    ### BEGIN SOLUTION
    late = keys["called_back"] - keys["opened"] > pd.Timedelta(hours=24)
    ### END SOLUTION
    assert late is None or late.dtype == bool, "late 应当是一列 True 和 False。相减得到的是等了多久，还要和 24 小时比。"
    return None if late is None else keys[late]


late_calls(complaints)

# %% nbgrader={"grade_id": "check_calls", "grade": true, "points": 1}
small = pd.DataFrame({"id": ["T1", "T2", "T3"], "key": [True, True, False], "opened": pd.to_datetime(["2024-05-01 16:30"] * 3), "called_back": pd.to_datetime(["2024-05-02 16:31", "2024-05-02 09:00", "2024-05-06 09:00"])})
got = late_calls(small)
assert got is not None, "第 4 题还没有作答。"
assert list(got["id"]) == ["T1"], f"三件里只有 T1 晚了 1 分钟（T3 不是重点客户），你挑出的是 {list(got['id'])}。按小时算，不按哪一天算。"

# %% nbgrader={"grade_id": "check_calls_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"id": ["A", "B", "C", "D"], "key": [True] * 4, "opened": pd.to_datetime(["2024-06-07 10:00"] * 4), "called_back": pd.to_datetime(["2024-06-08 10:00", "2024-06-11 08:00", "2024-06-07 10:05", "2024-06-08 17:00"])})
got = list(late_calls(other)["id"])
assert got == ["B", "D"], f"换四件：按小时算，第二天下午才回的晚了，正好 24 小时的不算晚，放假也照数。应当是 B 和 D，你挑出的是 {got}。"
mine = learn.load("complaints")
right = [i for i, k, a, b in zip(mine["id"], mine["key"], mine["opened"], mine["called_back"]) if k and b - a > pd.Timedelta(hours=24)]
assert list(late_calls(mine)["id"]) == right, "在你自己的投诉表上，挑出的回电晚了的不对。回电减受理，大于 24 小时才算晚。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 服务态度平均几分
#
# `SCORES` 是服务态度七个选项的分。没填的、切错的，查不到分，就空着，**不当零分**。`points` 已经按选项查好了分。补上一行：`mean` 是读得出的那些的平均分。
#
# <details><summary>提示 1</summary>求平均有现成的办法，它会自己跳过空格。</details>
# <details><summary>提示 2</summary>一列求平均，在后面写 <code>.mean()</code>。不要先补零。</details>
# <details><summary>提示 3</summary>把 <code>points</code> 和 <code>.mean()</code> 接起来就是。</details>

# %% nbgrader={"grade_id": "service_mean", "solution": true}
SCORES = {"非常优良": 100, "优良": 90, "良": 85, "好": 80, "一般": 70, "不好": 30, "恶劣": 0}


def service_mean(column):
    """读得出的回答的平均分（分）。"""
    points = pd.to_numeric(column.map(SCORES))
    mean = None
    ### BEGIN SOLUTION
    mean = points.mean()
    ### END SOLUTION
    return mean


service_mean(answers["service"])

# %% nbgrader={"grade_id": "check_mean", "grade": true, "points": 1}
got = service_mean(pd.Series(["优良", "好", None, "良好"]))
assert got is not None, "第 5 题还没有作答。"
assert abs(float(got) - 85) < 1e-9, f"读得出的是 90 和 80，平均 85 分，你给出的是 {float(got):.2f}。给出 42.5，就是把空的和切错的当了零分：没填不等于不满意。"

# %% nbgrader={"grade_id": "check_mean_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
got = service_mean(pd.Series(["恶劣", "不好", "优良良", None, "非常优良"]))
assert got is not None and abs(float(got) - 130 / 3) < 1e-6, f"换五张问卷，读得出的是 0、30、100，你给出的平均是 {got}。选“恶劣”是 0 分，不能跳过。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 6 题 写进报告
#
# 下面五个格子，填完就自动存下来，不用写代码。先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_late", "grade": true, "solution": true, "points": 2}
learn.form("late")

# %% nbgrader={"grade_id": "form_mean", "grade": true, "solution": true, "points": 2}
learn.form("mean")

# %% nbgrader={"grade_id": "form_cash", "grade": true, "solution": true, "points": 2}
learn.form("cash")

# %% nbgrader={"grade_id": "form_path", "grade": true, "solution": true, "points": 2}
learn.form("path")

# %% nbgrader={"grade_id": "form_reply", "grade": true, "solution": true, "points": 4}
learn.form("reply")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
