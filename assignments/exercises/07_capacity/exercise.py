# %% [markdown]
# # 练习 07 一个月走得完吗
#
# **你手上有什么** 客户档案 `customers` 和五个月的走访记录 `log`（每人一份，数各不相同），两张小表：各星级一个周期走几次、每次停留几分钟。
#
# **要交什么** 五个小函数（每个只补一两行），七个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的表、别的规则，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 45 分钟。卡住时点开提示，一级比一级具体。

# %% nbgrader={"grade_id": "setup", "locked": true}
import math

import pandas as pd

from coursekit import learn
from coursekit.domain import policy

learn.setup()
customers = learn.load("customers")
log = learn.load("visits")
rules = policy.load("visits")
times = {star: int(rules[f"frequency.{star}"]) for star in range(6)}
stay = {star: float(rules[f"stay_minutes.{star}"]) for star in range(6)}
pd.DataFrame({"每户次数（次/周期）": times, "每次停留（分钟）": stay}).rename_axis("星级（0 为未定级）")

# %% [markdown]
# 一个周期是四周、20 个工作日，每天 390 分钟。次数和分钟是教学约定，你们单位有规定的，照规定换。
#
# ## 第 1 题 一个周期要走几次
#
# `times` 写着各星级每户走几次，例如 `times[5]` 是五星户的次数。补上一行：全部客户一个周期合计走几次，结果是整数。
#
# <details><summary>提示 1</summary>先给每一户配上它的次数，再加起来。</details>
# <details><summary>提示 2</summary>一列按一张对照表换成另一列，用 <code>.map( )</code>，括号里放对照表。</details>
# <details><summary>提示 3</summary>拿 <code>star</code> 这一列换，换完求和，最后用 <code>int( )</code> 包起来。</details>

# %% nbgrader={"grade_id": "visits_due", "solution": true}
def visits_due(table, times):
    """全部客户一个周期合计走几次。"""
    total = None
    ### BEGIN SOLUTION
    total = int(table["star"].map(times).sum())
    ### END SOLUTION
    return total


visits_due(customers, times)

# %% nbgrader={"grade_id": "check_visits", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": list("甲乙丙丁"), "star": [5, 3, 3, 0]})
got = visits_due(small, {5: 4, 4: 2, 3: 1, 2: 1, 1: 1, 0: 1})
assert got is not None, "第 1 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "你给出的是一整列，要的是一个数。每户的次数配好了，还要加起来。"
assert got == 7, f"一家五星走 4 次，另三家各 1 次，合计 7 次，你给出的是 {got}。给出 4，多半是数了户数，没有乘次数。"

# %% nbgrader={"grade_id": "check_visits_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers")
expected = sum(int(rules[f"frequency.{star}"]) for star in own["star"])
got = visits_due(own, times)
assert got == expected, f"在你自己的客户上给出的是 {got} 次，和逐级相加对不上。每户先配上次数，再加。"
other = pd.DataFrame({"cust_id": list("甲乙丙"), "star": [4, 4, 1]})
got = visits_due(other, {5: 8, 4: 3, 3: 1, 2: 1, 1: 2, 0: 1})
assert got == 8, f"换一套次数，两家四星各 3 次、一家一星 2 次，给出的是 {got}。次数要从 times 里取，不要写死。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 店里停留多少分钟
#
# 每一户的停留合计，是它的次数乘每次的分钟。补上一行：全部客户一个周期合计停留几分钟。
#
# <details><summary>提示 1</summary>第 1 题那一列是每户的次数。再配一列每次的分钟。</details>
# <details><summary>提示 2</summary>两列相乘，是一行一行对着乘。</details>
# <details><summary>提示 3</summary>乘完再求和。先求和再相乘，得到的是另一个数。</details>

# %% nbgrader={"grade_id": "stay_total", "solution": true}
def stay_total(table, times, stay):
    """全部客户一个周期合计停留的分钟数。"""
    minutes = None
    ### BEGIN SOLUTION
    minutes = float((table["star"].map(times) * table["star"].map(stay)).sum())
    ### END SOLUTION
    return minutes


stay_total(customers, times, stay)

# %% nbgrader={"grade_id": "check_stay", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": list("甲乙丙"), "star": [5, 3, 3]})
got = stay_total(small, {5: 4, 3: 1}, {5: 20, 3: 8})
assert got is not None, "第 2 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "你给出的是一整列，要的是一个数。一户一户乘完，还要加起来。"
assert abs(got - 96) < 1e-9, f"五星 4 × 20，三星两家各 1 × 8，合计 96 分钟，你给出的是 {round(got, 4)}。给出 216，是先求和再相乘了：要一户一户地乘，乘完再加；给出 36，是忘了乘次数。"

# %% nbgrader={"grade_id": "check_stay_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers")
expected = sum(int(rules[f"frequency.{star}"]) * float(rules[f"stay_minutes.{star}"]) for star in own["star"])
got = stay_total(own, times, stay)
assert abs(got - expected) < 1e-6, f"在你自己的客户上给出的是 {round(got, 4)} 分钟，和逐级相加对不上。一户一户地乘，乘完再加。"
other = pd.DataFrame({"cust_id": list("甲乙"), "star": [2, 4]})
got = stay_total(other, {2: 1, 4: 3}, {2: 6, 4: 15})
assert abs(got - 51) < 1e-9, f"换一套规则，应当是 1 × 6 加 3 × 15，给出的是 {round(got, 4)}。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 路上要几分钟
#
# 下面的函数已经算好两列：`gap` 是下一家到店减上一家离店的分钟数，`same_day` 说这两家是不是同一天。补上一行：挑出**同一天、不小于 0、不到 60 分钟**的间隔，求平均，保留一位小数。
#
# 60 分钟以上的是午休；负数是两次走访的时间叠在一起，不是路程。
#
# <details><summary>提示 1</summary>三个条件要同时成立。每个条件都是一列 True 和 False。</details>
# <details><summary>提示 2</summary>条件之间用 <code>&amp;</code> 连，每个比较用括号括起来：<code>(gap &gt;= 0)</code>。</details>
# <details><summary>提示 3</summary>写成 <code>gap[条件]</code>，接着求平均，再用 <code>round( , 1)</code>。</details>

# %% nbgrader={"grade_id": "travel_each", "solution": true}
def travel_each(log):
    """每次走访路上平均几分钟，保留一位小数。"""
    made = log.dropna(subset=["arrive", "leave"]).sort_values("arrive")
    gap = (made["arrive"] - made["leave"].shift()).dt.total_seconds() / 60
    same_day = made["arrive"].dt.date == made["leave"].shift().dt.date
    minutes = None
    ### BEGIN SOLUTION
    minutes = round(float(gap[same_day & (gap >= 0) & (gap < 60)].mean()), 1)
    ### END SOLUTION
    return minutes


travel_each(log)

# %% nbgrader={"grade_id": "check_travel", "grade": true, "points": 1}
clock = pd.to_datetime(["2024-06-03 09:00", "2024-06-03 09:20", "2024-06-03 13:40", "2024-06-03 14:00", "2024-06-04 09:00"])
small = pd.DataFrame({"cust_id": list("甲乙丙丁戊"), "arrive": clock, "leave": clock + pd.Timedelta(minutes=10)})
got = travel_each(small)
assert got is not None, "第 3 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "你给出的是一整列，要的是一个数。间隔挑出来了，还要求平均。"
assert abs(got - 10.0) < 1e-9, f"甲到乙、丙到丁都是 10 分钟，乙到丙是午休，丁到戊隔了一天，平均 10 分钟，你给出的是 {round(got, 4)}。给出 90，是没有去掉午休。"

# %% nbgrader={"grade_id": "check_travel_own", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("visits")
done = own[own["arrive"].notna()].sort_values("arrive")
gaps = []
for before, after in zip(done["leave"].iloc[:-1], done["arrive"].iloc[1:]):
    minutes_between = (after - before).total_seconds() / 60
    if before.date() == after.date() and 0 <= minutes_between < 60:
        gaps.append(minutes_between)
got = travel_each(own)
assert abs(got - sum(gaps) / len(gaps)) < 0.051, f"在你自己的记录上给出的是 {round(got, 4)} 分钟。午休、隔天和负数都去掉了吗？"
clock = pd.to_datetime(["2024-06-03 09:00", "2024-06-03 09:05", "2024-06-03 09:21", "2024-06-03 10:31"])
hidden_log = pd.DataFrame({"cust_id": list("甲乙丙丁"), "arrive": clock, "leave": clock + pd.Timedelta(minutes=10)})
got = travel_each(hidden_log)
assert abs(got - 6.0) < 1e-9, f"另一份记录里，甲乙叠了 5 分钟，丙到丁正好 60 分钟，都不算，应当是 6 分钟，给出的是 {round(got, 4)}。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 要几天
#
# 补上两行。`needed` 是停留加路上一共几分钟；`days` 是要几个**整天**，不满一天的也要占一天。
#
# <details><summary>提示 1</summary>路上一共几分钟，是次数乘每次路上的分钟。</details>
# <details><summary>提示 2</summary>分钟数除以每天的分钟数，就是天数，可能带小数。</details>
# <details><summary>提示 3</summary>往上进的写法是 <code>math.ceil( )</code>。<code>round( )</code> 是四舍五入，20.03 会变成 20。</details>

# %% nbgrader={"grade_id": "days_needed", "solution": true}
def days_needed(visits, stay_minutes, travel, day_minutes):
    """走完要几个整天。"""
    needed = None
    days = None
    ### BEGIN SOLUTION
    needed = stay_minutes + visits * travel
    days = math.ceil(needed / day_minutes)
    ### END SOLUTION
    return days


days_needed(462, 5362, 5.2, 390)

# %% nbgrader={"grade_id": "check_days", "grade": true, "points": 1}
got = days_needed(10, 100, 5, 60)
assert got is not None, "第 4 题还没有作答。"
assert got == 3, f"停留 100 分钟，路上 10 × 5 分钟，合 150 分钟，每天 60 分钟，要 3 天，你给出的是 {got}。给出 2，是没有往上进（不满一天也要占一天），或者忘了路上的时间。"

# %% nbgrader={"grade_id": "check_days_edges", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
cases = [[20, 80, 2, 60, 2], [20, 81, 2, 60, 3], [0, 0, 5, 390, 0], [1, 1, 0, 390, 1], [462, 5362, 5.4, 390, 21]]
for visits_made, staying, travel, day, expected in cases:
    got = days_needed(visits_made, staying, travel, day)
    assert got == expected, f"{visits_made} 次、停留 {staying} 分钟、路上每次 {travel} 分钟、每天 {day} 分钟，给出的是 {got} 天。不满一天往上进，正好用完不多算。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 哪几套规则排不下
#
# 下面有四套规则，每套是各星级的次数。补上一行：`too_much` 什么时候是 `True`？一个周期只有 `days` 天，要的天数比它多，就排不下。前面几题的函数都可以用。
#
# <details><summary>提示 1</summary>先用这一套的次数算出走几次、停留几分钟，再算要几天。</details>
# <details><summary>提示 2</summary>三个函数套着用：<code>days_needed(次数, 停留, travel, 390)</code>，前两个用第 1、2 题的函数得到。</details>
# <details><summary>提示 3</summary>最后和 <code>days</code> 比大小。正好等于，是排得下。</details>

# %% nbgrader={"grade_id": "impossible", "solution": true}
def impossible(rule_sets, table, travel, days):
    """排不下的那几套规则的名字，按给出的次序。"""
    names = []
    for name, own_times in rule_sets.items():
        too_much = None
        ### BEGIN SOLUTION
        too_much = days_needed(visits_due(table, own_times), stay_total(table, own_times, stay), travel, 390) > days
        ### END SOLUTION
        if too_much:
            names.append(name)
    return names


rule_sets = {
    "五星每周两次": times | {5: 8},
    "四星每周一次": times | {4: 4},
    "五星每两周一次": times | {5: 2},
    "人人一次": {star: 1 for star in range(6)},
}
impossible(rule_sets, customers, travel_each(log) or 0, 20)

# %% nbgrader={"grade_id": "check_impossible", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": [f"甲{k}" for k in range(20)], "star": [5] * 20})
got = impossible({"多": {5: 20}, "少": {5: 4}}, small, 5.0, 20)
assert got, "第 5 题还没有作答，或者一套也没有挑出来。做了的，先看前四题还有没有红字。"
assert list(got) == ["多"], f"20 家五星各走 20 次，要 10,000 分钟，20 天装不下；各走 4 次只要 2,000 分钟。你给出的是 {got}。"

# %% nbgrader={"grade_id": "check_impossible_own", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
from coursekit.domain import datasets as _datasets

own = _datasets.load("customers", "hidden-check")  # the same for everybody: a carried error costs everybody the same
several = {"五八": {5: 8}, "四四": {4: 4}, "三二": {3: 2}, "五二": {5: 2}, "四一": {4: 1, 5: 3}}
expected = []
for name, change in several.items():
    often = {star: int(rules[f"frequency.{star}"]) for star in range(6)} | change
    if sum(often[star] * (float(rules[f"stay_minutes.{star}"]) + 5.2) for star in own["star"]) > 20 * 390:
        expected.append(name)
got = list(impossible({name: times | change for name, change in several.items()}, own, 5.2, 20))
assert got, "换了五套规则，一套排不下的也没有挑出来。前四题还红着的，先改那里。"
assert got == expected, f"换了五套规则，给出的是 {got}。停留、路上、往上进，看看漏了哪一样。前四题还红着的，先改那里。"
one = pd.DataFrame({"cust_id": ["甲"], "star": [5]})
for name, number, expected in [["一天", 12, False], ["两天", 20, True]]:
    minutes = number * (20 + 10)
    got = name in impossible({name: {5: number}}, one, 10.0, 1)
    assert got == expected, f"一天 390 分钟，要 {minutes} 分钟的，一共只有 1 天，应当{'排不下' if expected else '排得下'}。要的天数正好等于，是排得下的。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 6 题 报上去
#
# 下面五个格子，填完就自动存下来。先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_needed", "grade": true, "solution": true, "points": 2}
learn.form("needed")

# %% nbgrader={"grade_id": "form_month", "grade": true, "solution": true, "points": 2}
learn.form("month")

# %% nbgrader={"grade_id": "form_road", "grade": true, "solution": true, "points": 1}
learn.form("road")

# %% nbgrader={"grade_id": "form_three", "grade": true, "solution": true, "points": 1}
learn.form("three")

# %% nbgrader={"grade_id": "form_report", "grade": true, "solution": true, "points": 4}
learn.form("report")

# %% [markdown]
# ## 第 7 题 路太远的户
#
# 公司想看看全县零散的户能不能改走二级配送，先要你估个数。凯里市分公司用 6 个代送户和 2 个取货点，管 188 户边远零散的客户（S3-011，原文没注年份）。你的户，一千米之内不到 10 家别的店，就算零散（教学约定）。运行下面这一格，再填两个格子。

# %% nbgrader={"grade_id": "scattered", "locked": true}
from coursekit.domain import delivery

modes = delivery.service_modes(customers)
modes["name"].value_counts().rename_axis("怎样服务").to_frame("你的客户（家）")

# %% nbgrader={"grade_id": "form_points", "grade": true, "solution": true, "points": 2}
learn.form("points")

# %% nbgrader={"grade_id": "form_carry", "grade": true, "solution": true, "points": 1}
learn.form("carry")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
