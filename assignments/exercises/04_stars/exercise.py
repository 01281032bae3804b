# %% [markdown]
# # 练习 04 星级与档次
#
# **你手上有什么** 一份清洗过的客户档案 `customers`（每人一份，数各不相同），和两张写着界线的分档表。
#
# **要交什么** 四个小函数（每个只补一两行），四个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的表、别的界线，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import policy

learn.setup()
customers = learn.load("customers")
volume_steps = policy.load("stars")["fujian_2014.volume"]
customers[["cust_id", "name", "route", "star"]].head()

# %% [markdown]
# `volume_steps` 是福建 2014 年公开的一张分档表：月均销量在多少件以上，得几分。从高到低写成 `[下限, 分数]`。别的省、别的公司有自己的表，写法一样。

# %% nbgrader={"grade_id": "steps", "locked": true}
pd.DataFrame(volume_steps, columns=["月均销量下限（件）", "得分"])

# %% [markdown]
# ## 第 1 题 正好压线的归哪一档
#
# 函数从最高一档往下看，第一个“够得上”的就是答案。补上一行：`reached` 什么时候是 `True`？表里写的是“15 件以上得 15 分”，这里的“以上”含 15 件。
#
# <details><summary>提示 1</summary>拿 <code>amount</code> 和这一档的下限 <code>low</code> 比。</details>
# <details><summary>提示 2</summary>正好等于下限，也算够得上。</details>
# <details><summary>提示 3</summary>“大于”写 <code>&gt;</code>，“大于或等于”要多写一个等号。</details>

# %% nbgrader={"grade_id": "points_for", "solution": true}
def points_for(amount, steps):
    """amount 落在哪一档，就给哪一档的分；比最低一档还低，给 None。"""
    for low, points in steps:
        reached = None
        ### BEGIN SOLUTION
        reached = amount >= low
        ### END SOLUTION
        if reached:
            return points
    return None


[points_for(amount, volume_steps) for amount in (13, 7.5, 0.4)]

# %% nbgrader={"grade_id": "check_points", "grade": true, "points": 1}
got = points_for(13, volume_steps)
assert got is not None, "第 1 题还没有作答。"
assert got == 14.5, f"13 件够得上 12 件那一档，不够 15 件那一档，应得 14.5 分，你给出的是 {got}。是不是没有拿这一档的 low 去比？"
got = points_for(0.4, volume_steps)
assert got == 3, f"0.4 件在最低一档，应得 3 分，你给出的是 {got}。"

# %% nbgrader={"grade_id": "check_points_edges", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for low, points in volume_steps:
    assert points_for(low, volume_steps) == points, f"正好 {low} 件，给出的是 {points_for(low, volume_steps)} 分。“以上”含这个数，压线的归高的一档。"
tons = [[3000, "三星"], [2000, "二星"], [1000, "一星"], [0, "普通"]]
for amount, name in ((999.9, "普通"), (1000, "一星"), (2999.99, "二星"), (3000, "三星")):
    got = points_for(amount, tons)
    assert got == name, f"换成石油公司的吨数表，{amount} 吨给出的是 {got}。界线要从 steps 里取，不要写死。"
assert points_for(-1, tons) is None, "比最低一档还低时，应当给 None。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 各星级多少户
#
# 补上一行：从五星到未定级（0），各有多少户。一户都没有的星级也要在结果里，写 0。
#
# <details><summary>提示 1</summary>数一列里每个值出现几次，用 <code>.value_counts()</code>。</details>
# <details><summary>提示 2</summary>它按多少排，不按星级排，没有的星级也不出现。</details>
# <details><summary>提示 3</summary>后面接 <code>.reindex(order, fill_value=0)</code>，就按给定的次序排好，缺的补 0。</details>

# %% nbgrader={"grade_id": "star_counts", "solution": true}
def star_counts(table):
    """各星级的户数，五星在前，未定级（0）在最后。"""
    order = [5, 4, 3, 2, 1, 0]
    counts = None
    ### BEGIN SOLUTION
    counts = table["star"].value_counts().reindex(order, fill_value=0)
    ### END SOLUTION
    return counts


star_counts(customers)

# %% nbgrader={"grade_id": "check_counts", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": list("甲乙丙丁"), "route": list("ABBA"), "star": [3, 5, 3, 0]})
got = star_counts(small)
assert got is not None, "第 2 题还没有作答。"
assert isinstance(got, pd.Series), f"要的是一列户数，一个星级一个，你给出的是 {got}。函数后面的括号写了吗？"
assert list(got.index) == [5, 4, 3, 2, 1, 0], f"次序应当从 5 到 0，一个不缺，你给出的是 {list(got.index)}。没有户的星级也要在，写 0，报表每期的格式才一样。"
assert list(got) == [1, 0, 2, 0, 0, 1], f"四户里五星 1 户、三星 2 户、未定级 1 户，你给出的是 {list(got)}。"

# %% nbgrader={"grade_id": "check_counts_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers")
got = star_counts(own)
for star in (5, 4, 3, 2, 1, 0):
    assert int(got[star]) == sum(value == star for value in own["star"]), f"在你自己的表上，{star} 星的户数是 {int(got[star])}，数得不对。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 哪条线的五星户密
#
# 户数多的线，五星户自然多，所以不比户数。补上一行，算出**占比**：每条线的户里，五星户占多少（0 到 1 之间的小数）。
#
# <details><summary>提示 1</summary>先有一列 True 和 False：这一户是不是五星。</details>
# <details><summary>提示 2</summary>True、False 求平均，就是 True 占的比例。</details>
# <details><summary>提示 3</summary>按另一列分组再求平均：<code>某一列.groupby(table["route"]).mean()</code>。</details>

# %% nbgrader={"grade_id": "five_star_share", "solution": true}
def five_star_share(table):
    """每条线路上五星户的占比。"""
    share = None
    ### BEGIN SOLUTION
    share = (table["star"] == 5).groupby(table["route"]).mean()
    ### END SOLUTION
    return share


five_star_share(customers)

# %% nbgrader={"grade_id": "check_share", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": list("甲乙丙丁戊"), "route": list("ABBAB"), "star": [3, 5, 3, 5, 4]})
got = five_star_share(small)
assert got is not None, "第 3 题还没有作答。"
assert isinstance(got, pd.Series) and "A" in got.index, "要的是每条线一个占比，一条线一行。先按线路分组，再求平均。"
assert float(got["A"]) != 1, "A 线给出的是 1，那是五星的户数。要的是占比：五星的户数除以这条线的户数。"
assert abs(float(got["A"]) - 0.5) < 1e-9, f"A 线两户里一户五星，应当是 0.5，你给出的是 {round(float(got['A']), 4)}。给出 0.2，分母用了全部五户。"
assert abs(float(got["B"]) - 1 / 3) < 1e-9, f"B 线三户里一户五星，你给出的是 {round(float(got['B']), 4)}。分母是这条线的户数，不是全部户数。"

# %% nbgrader={"grade_id": "check_share_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers")
got = five_star_share(own)
for line in sorted(set(own["route"])):
    stars = [star for star, place in zip(own["star"], own["route"]) if place == line]
    assert abs(float(got[line]) - stars.count(5) / len(stars)) < 1e-9, f"{line} 线给出的是 {float(got[line]):.4f}。分子是这条线的五星户，分母是这条线的户数。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 并列的不能丢
#
# 占比最小的是哪条线？有并列时，要全部列出来。补上一行，结果是线路名的清单，按字母排。
#
# <details><summary>提示 1</summary>先求最小值：<code>share.min()</code>。</details>
# <details><summary>提示 2</summary>挑出等于最小值的那些，取它们的 <code>.index</code>。</details>
# <details><summary>提示 3</summary>只取“第一个最小的”的写法会丢掉并列的。挑完用 <code>sorted( )</code> 排好。</details>

# %% nbgrader={"grade_id": "lowest", "solution": true}
def lowest(share):
    """占比最小的线路，有并列都列出。"""
    lines = None
    ### BEGIN SOLUTION
    lines = sorted(share[share == share.min()].index)
    ### END SOLUTION
    return lines


lowest(pd.Series({"A": 0.05, "B": 0.08, "C": 0.06}))

# %% nbgrader={"grade_id": "check_lowest", "grade": true, "points": 1}
got = lowest(pd.Series({"A": 0.05, "B": 0.08, "C": 0.06}))
assert got is not None, "第 4 题还没有作答。"
assert not isinstance(got, (str, float)), f"要的是线路名的清单，并列的才放得下，你给出的是 {got}。挑出等于最小值的，取它们的 .index，再排好。"
assert list(got) == ["A"], f"三条线里 A 线最小，你给出的是 {got}。"

# %% nbgrader={"grade_id": "check_lowest_ties", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
got = list(lowest(pd.Series({"E": 0.04, "D": 0.06, "B": 0.04, "A": 0.10})))
assert set(got) == {"B", "E"}, f"两条线并列最小时，给出的是 {got}。并列的要全部列出：挑出等于最小值的，不是取第一个。"
assert got == ["B", "E"], f"并列的要按字母排，给出的是 {got}。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 说清楚
#
# 下面四个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_edge", "grade": true, "solution": true, "points": 1}
learn.form("edge")

# %% nbgrader={"grade_id": "form_upper_share", "grade": true, "solution": true, "points": 2}
learn.form("upper_share")

# %% nbgrader={"grade_id": "form_service", "grade": true, "solution": true, "points": 2}
learn.form("service")

# %% nbgrader={"grade_id": "form_explain", "grade": true, "solution": true, "points": 4}
learn.form("explain")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
