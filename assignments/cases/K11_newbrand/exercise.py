# %% [markdown]
# # 案例 K11 不肯再上柜的新牌子
#
# **你手上有什么** 一家三星店的故事、它进一个重点牌子的几批货 `batches`（每人一家，数各不相同）、片区半年的销量 `sales`、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（七个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 50 分钟。先做完第 10、14 课再来。
#
# ## 故事
#
# 公司月初公布了当月重点上柜的几个规格，你接手的片区里，有一个上柜的户最少。你去一家物流园路的三星店谈这个牌子，店主拉开柜台下面的抽屉：“都在这儿呢。上一个人说月底差几条，让我帮个忙，帮了好几回。现在你还要我上柜？”
#
# 一家管理咨询机构 2014 年写过这件事：当月上柜的规格由公司月初按价位段挑，客户经理要看烟、看人来引导，强制上柜坚决禁止（S1-052）；动销要分析商圈和消费能力，配合宣传和站柜助销，向客户压货坚决禁止（S1-053）。这两件事今天是红线（REG-8）；给一线员工下上柜、动销的考核指标，也与 293 号文件的禁令相抵触（REG-7）。
#
# 那么谈什么？谈这个牌子在他店里卖得怎样，他的顾客接不接受（S0-045，某烟草公司，原文没注年份）。
#
# ## 三个词
#
# 下面是本案例的算法（教学约定），各单位的口径不一定一样：
#
# | 词 | 分子 | 分母 |
# | --- | --- | --- |
# | 上柜率 | 最近四周订过这个牌子的户 | 片区全部的户 |
# | 动销率 | 卖出的条数 | 进的条数 |
# | 平均放了几天 | 剩下的每一条放的天数，合计 | 剩下的条数 |
#
# 柜台上**先到的先卖**，所以剩下的都是后到的。
#
# ## 走访记录
#
# | 日期 | 看到什么 | 店主说什么 |
# | --- | --- | --- |
# | 5 月 14 日（前一位） | 没有记录 | 没有记录 |
# | 6 月 28 日（你头一次来） | 柜台上没有这个牌子，抽屉里有好几条 | “来的多是工地上的，他们不抽这个价位” |
# | 6 月 30 日（你） | 一起数了一遍抽屉 | “数完了，你说怎么办” |
#
# ## 陈列草图
#
# ![柜台上摆的是顾客常买的价位，新牌子收在柜台下面的抽屉里](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import policy

learn.setup()
terms = policy.load("cases").section("k11")
shops, brands, sales = learn.load("customers"), learn.load("sku"), learn.load("sales_week")
last = sales["week"].max()
recent = sales[sales["week"] > last - pd.Timedelta(weeks=terms["recent_weeks"])]
chosen = sorted(brands[brands["key_flag"] & ~brands["tight_flag"] & (brands["class"] <= 3)]["sku"])
reached = recent.groupby("sku")["cust_id"].nunique().reindex(chosen, fill_value=0)
brand = reached.idxmin()
late = sales[(sales["sku"] == brand) & (sales["week"] > last - pd.Timedelta(weeks=terms["batch_weeks"]))]
near = late[late["cust_id"].isin(shops[shops["star"] == terms["star"]]["cust_id"])]
shop = near.groupby("cust_id")["qty"].sum().idxmax()
batches = near[near["cust_id"] == shop][["week", "qty"]].sort_values("week", ascending=False).reset_index(drop=True)
batches["age"] = (pd.Timestamp("2024-06-30") - batches["week"]).dt.days
kept = terms["left_from"] + int(late["qty"].sum()) % terms["left_spread"]
LEFT = max(round(batches["qty"].sum() * kept / 100), 1)
batches["left"] = (LEFT - batches["qty"].cumsum() + batches["qty"]).clip(0, batches["qty"])
print(f"片区 {len(shops)} 户，最近四周订过 {brand} 的有 {int(reached[brand])} 户")
print(f"这家店最近 {terms['batch_weeks']} 周进了 {int(batches['qty'].sum())} 条，6 月 30 日数了一遍，还剩 {LEFT} 条")
print(f"这个牌子的零售价是每条 {brands.set_index('sku').loc[brand, 'retail']:.0f} 元")
batches.assign(week=batches["week"].dt.strftime("%m-%d")).rename(columns={"week": "进货那一周（星期一）", "qty": "进了（条）", "age": "到 6 月 30 日放了几天", "left": "还剩（条）"})

# %% [markdown]
# ## 第 1 题 剩下的平均放了几天
#
# `table` 是几批货，`left` 是这一批还剩几条，`age` 是这一批放了几天。补上一行：`days` 是剩下的这些，平均每一条放了几天。
#
# <details><summary>提示 1</summary>剩得多的那一批，天数要算得重。</details>
# <details><summary>提示 2</summary>每一批剩的条数乘它的天数，合计以后再除。</details>
# <details><summary>提示 3</summary>除的是剩下的条数合计，不是几批。两列相乘可以整列一起算，合计写 <code>.sum()</code>。</details>

# %% nbgrader={"grade_id": "mean_age", "solution": true}
def mean_age(table):
    """剩下的平均放了几天。"""
    days = None
    ### BEGIN SOLUTION
    days = (table["left"] * table["age"]).sum() / table["left"].sum()
    ### END SOLUTION
    return days


mean_age(batches)

# %% nbgrader={"grade_id": "check_age", "grade": true, "points": 1}
two_batches = pd.DataFrame({"left": [6, 2], "age": [10, 30]})
got = mean_age(two_batches)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 15) < 1e-9, f"6 条放了 10 天，2 条放了 30 天，合起来 120，摊到 8 条是 15 天，你给出的是 {round(got, 4)}。给出 20，是把两批的天数直接平均了；给出 60，是除以了几批。"

# %% nbgrader={"grade_id": "check_age_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for left, age, expected in [[[5], [12], 12.0], [[4, 0, 4], [6, 90, 20], 13.0], [[10, 5, 5], [7, 14, 42], 17.5]]:
    got = mean_age(pd.DataFrame({"left": left, "age": age}))
    assert got is not None and abs(got - expected) < 1e-6, f"换一家店，{len(left)} 批货：平均放了 {expected:g} 天，你给出的是 {got if got is None else round(got, 2)}。先乘条数，再除以条数的合计。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。“放久了”指放了超过 30 天（教学约定），正好 30 天的不算。

# %% nbgrader={"grade_id": "form_shelf", "grade": true, "solution": true, "points": 2}
learn.form("shelf")

# %% nbgrader={"grade_id": "form_through", "grade": true, "solution": true, "points": 2}
learn.form("through")

# %% nbgrader={"grade_id": "form_age", "grade": true, "solution": true, "points": 2}
learn.form("age")

# %% nbgrader={"grade_id": "form_old", "grade": true, "solution": true, "points": 2}
learn.form("old")

# %% nbgrader={"grade_id": "form_weeks", "grade": true, "solution": true, "points": 2}
learn.form("weeks")

# %% nbgrader={"grade_id": "form_first", "grade": true, "solution": true, "points": 2}
learn.form("first")

# %% nbgrader={"grade_id": "form_ways", "grade": true, "solution": true, "points": 3}
learn.form("ways")

# %% [markdown]
# ## 第 3 题 半页计划
#
# 培训师看六样：**发现了什么，凭哪个数，做什么，做到多少，哪天以前，怎样查**。每一样走 0 到 3 步：0 没有写，1 写到了（只列几个词不算），2 同一句里有数撑着（前两样要用你表里的数；不是日期的数，一个只撑一样），3 全篇还有目标、有日期、有检查；六样的步数合起来折成 12 分。机器先给一个参考，培训师定；建议今天不能做的事，那一句不给分，“做什么”这一样也不给分，别的最多走到 2 步。

# %% nbgrader={"grade_id": "form_plan", "grade": true, "solution": true, "points": 12}
learn.form("plan")

# %% [markdown]
# ## 交作业

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
