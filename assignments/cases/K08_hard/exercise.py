# %% [markdown]
# # 案例 K08 配合低、不靠烟、价值高的店
#
# **你手上有什么** 一位客户经理的 190 户 `shops`、其中最难的一家的月台账 `ledger`（每人一份，数各不相同）、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（七个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 50 分钟。先做完第 5、12 课再来。
#
# ## 故事
#
# 店在建材街上，主要卖五金，烟柜摆在最里面。来买材料的熟客多，顺手带烟，所以烟卖得不少；店主却说：“卖烟是给顾客行个方便，挣不了几个钱。”公司的办法他不大了解，你去了，他一边量电线一边听。
#
# 这正是最难的一类：配合低的户里，依存度高的较容易转变，依存度低而价值高的最难（S0-010，某县公司客户部一位客户经理，原文没注年份）。那位客户经理有三招：多走访，算清卖烟的盈利，投入感情（S0-011，同上）。多走访的时间从配合高的户省下来（S0-006，同上）。
#
# 原文没有写各类有几户（INC-16），也没有分数线；这里照第 5 课的教学约定：配合不到 40 分为低，依存度不到 50 分为低，价值 50 分以上为高（含 50）。
#
# ## 走访记录
#
# | 日期 | 看到什么 | 店主说什么 |
# | --- | --- | --- |
# | 4 月 17 日 | 烟柜前面摆着一排电线盘 | “烟不用摆，熟客会问” |
# | 5 月 16 日 | 店主在忙，你等了一会儿就走了 | 没有说上话 |
# | 6 月 5 日 | 五月的账他记得齐，只是没有合计过 | “你要是会算，替我看看挣了多少” |
#
# ## 陈列草图
#
# ![烟柜在五金店最里面，前面摆着一排电线盘](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import policy, stores

learn.setup()
terms = policy.load("cases").section("k08")
lines = policy.load("customers").section("segments")
shops = learn.load("coop190")
ledger = learn.load("shop_ledger")
TIMES, INSIDE, ROAD, HOURLY, MARGIN = (terms[name] for name in ("times", "inside", "road", "hourly", "wholesale_margin"))
totals = stores.ledger_totals(ledger)
bought = (ledger["qty"] * ledger["cost"]).sum()
print(f"他五月（31 天）卖烟 {totals['cartons']:.0f} 条，销售额 {totals['sales']:,.2f} 元，这些烟的进价合计 {bought:,.2f} 元")
print(f"打算每月多走访 {TIMES} 次，每次店里 {INSIDE} 分钟、路上 {ROAD} 分钟；一小时的花费算 {HOURLY} 元，公司批发的毛利率算 {MARGIN:.0%}")
low = shops[shops["coop"] < lines["coop_medium"]].sort_values(["dependence", "cust_id"])
low.rename(columns={"cust_id": "客户编码", "coop": "配合程度（分）", "dependence": "依存度（分）", "value": "价值（分）", "visits_now": "现在走访（次/月）"})

# %% [markdown]
# 上面打印的次数、分钟、花费和毛利率都是**教学约定**，到了单位换成自己的数。那张表已经只留配合低的户，按依存度从低到高排。
#
# ## 第 1 题 多走访要花多少
#
# `times` 是多走几次，`inside` 是一次在店里几分钟，`road` 是一次在路上几分钟，`hourly` 是一小时花多少元。补上一行：`cost` 是一共花多少元。
#
# <details><summary>提示 1</summary>先求一次用几分钟，再求一共几分钟。</details>
# <details><summary>提示 2</summary>路上的时间也是时间，要加进去。</details>
# <details><summary>提示 3</summary>分钟除以 60 是小时，再乘一小时的花费。</details>

# %% nbgrader={"grade_id": "visit_cost", "solution": true}
def visit_cost(times, inside, road, hourly):
    """多走访一共花多少元。"""
    cost = None
    ### BEGIN SOLUTION
    cost = times * (inside + road) / 60 * hourly
    ### END SOLUTION
    return cost


visit_cost(TIMES, INSIDE, ROAD, HOURLY)

# %% nbgrader={"grade_id": "check_cost", "grade": true, "points": 1}
got = visit_cost(3, 10, 20, 40)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 60) < 1e-9, f"3 次，每次 10 加 20 分钟，共 90 分钟，一小时 40 元，是 60 元，你给出的是 {round(got, 4)}。给出 20，是没有算路上，或者只算了一次；给出 3600，是没有把分钟换成小时。"

# %% nbgrader={"grade_id": "check_cost_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for times, inside, road, hourly, expected in [[1, 20, 40, 50, 50.0], [4, 15, 0, 36, 36.0], [0, 20, 30, 45, 0.0], [2, 8, 22, 60, 60.0]]:
    got = visit_cost(times, inside, road, hourly)
    assert got is not None and abs(got - expected) < 1e-6, f"{times} 次，店里 {inside} 分钟，路上 {road} 分钟，一小时 {hourly} 元：应当是 {expected:g} 元，你给出的是 {got if got is None else round(got, 2)}。次数、店里加路上、换成小时，三样都要。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。“要多进多少”只用来看走访值不值，**不是给店主定的销量**：订多少由他定（REG-6）。

# %% nbgrader={"grade_id": "form_hardest", "grade": true, "solution": true, "points": 2}
learn.form("hardest")

# %% nbgrader={"grade_id": "form_cost", "grade": true, "solution": true, "points": 2}
learn.form("cost")

# %% nbgrader={"grade_id": "form_more", "grade": true, "solution": true, "points": 2}
learn.form("more")

# %% nbgrader={"grade_id": "form_profit", "grade": true, "solution": true, "points": 2}
learn.form("profit")

# %% nbgrader={"grade_id": "form_margin", "grade": true, "solution": true, "points": 2}
learn.form("margin")

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
