# %% [markdown]
# # 案例 K10 电话订货换不换成网上
#
# **你手上有什么** 一家镇店的故事、它五月的订单 `may`（每人一家，数各不相同）、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（七个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 45 分钟。先做完第 12、16 课再来。
#
# ## 故事
#
# 店在镇上的菜市场对面，开了十一年，一直用电话订货。里屋有一台电脑，女儿放学回来用。店主听说网上订货“便宜”，又怕点错，问你：“到底便宜多少？便宜得多我就学，便宜一点点，我还是打电话。”
#
# 某县城区营销部鼓励网上订货（原文没注年份）：在网上订的烟当场照批发价扣款，电话订的要等月底统一返折扣（S2-011）。同一份总结里，308 户中网上订货的只有 12 户（S2-003；这 12 户是不是都在电子结算的 278 户里，原文没有写，INC-03）。
#
# 原文没有写折扣是多少。本案例设定三条，为的是好算：
#
# - 电话订的，先照批发价**多扣一个百分比**，多扣的到月底最后一天一次返回；
# - 网上订的，当场就照批发价扣，不多扣，也没有返的；
# - 表里的金额都是批发价。
#
# 从电话订货走到网上订货，客户经理的活也跟着变：少拿订单，多培育品牌、分析市场（S1-016，一位客户经理的看法，原文没注年份）。
#
# ## 走访记录
#
# | 日期 | 看到什么 | 店主说什么 |
# | --- | --- | --- |
# | 4 月 18 日 | 电话旁边贴着一张写满品规的纸 | “占线的时候，一早上都打不进去” |
# | 5 月 23 日 | 电脑在里屋，蒙着布 | “女儿会用，我不会” |
# | 6 月 6 日 | 五月的送货单夹在一起，返的折扣没有对过 | “月底返了多少，我也没算过” |
#
# ## 陈列草图
#
# ![柜台旁边是电话，电脑在里屋，五月的送货单夹在一起](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import policy

learn.setup()
terms = policy.load("cases").section("k10")
shops, orders = learn.load("customers"), learn.load("settlement")
by_phone = shops[shops["e_settle"] & ~shops["online"] & (shops["star"] == terms["star"])]
theirs = orders[orders["cust_id"].isin(by_phone["cust_id"]) & orders["ok"]]
in_may = theirs[theirs["week"].dt.strftime("%Y-%m") == "2024-05"]
shop = in_may.groupby("cust_id")["amount"].sum().idxmax()
may = in_may[in_may["cust_id"] == shop][["order_id", "week", "amount"]].reset_index(drop=True)
may["days"] = terms["month_days"] - may["week"].dt.day
RATE, MONTH, YEAR, INTEREST = (terms[name] for name in ("rebate", "month_days", "year_days", "year_rate"))
largest = theirs.loc[theirs["cust_id"] == shop, "amount"].max()
print(f"五月扣成 {len(may)} 单；半年里最大的一单，照批发价是 {largest:,.2f} 元")
print(f"电话订的先多扣 {RATE:.0%}，5 月 31 日返回；店主要是借钱周转，年利率 {INTEREST:.0%}")
may.assign(week=may["week"].dt.strftime("%m-%d")).rename(columns={"order_id": "订单号", "week": "扣款日", "amount": "批发金额（元）", "days": "到 5 月 31 日有几天"})

# %% [markdown]
# 多扣的百分比和年利率都是**教学约定**，到了单位换成自己的数。
#
# ## 第 1 题 平均每天垫着多少
#
# `table` 是一个月的订单，`amount` 是批发金额，`days` 是从扣款那天到月底有几天；`rate` 是多扣的比例，`month` 是这个月有几天。补上一行：`tied` 是这个月平均每天有多少元垫在公司那里。
#
# <details><summary>提示 1</summary>一笔钱垫一天是一份；先求每一单垫的钱，再乘它垫的天数。</details>
# <details><summary>提示 2</summary>所有的单加起来，再摊到整月的每一天。</details>
# <details><summary>提示 3</summary>两列相乘可以整列一起算，合计写 <code>.sum()</code>；除的是 <code>month</code>，不是单数。</details>

# %% nbgrader={"grade_id": "tied_up", "solution": true}
def tied_up(table, rate, month):
    """平均每天垫着多少元。"""
    tied = None
    ### BEGIN SOLUTION
    tied = (table["amount"] * rate * table["days"]).sum() / month
    ### END SOLUTION
    return tied


tied_up(may, RATE, MONTH)

# %% nbgrader={"grade_id": "check_tied", "grade": true, "points": 1}
two_orders = pd.DataFrame({"amount": [1000.0, 2000.0], "days": [20, 5]})
got = tied_up(two_orders, 0.10, 30)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 100) < 1e-9, f"100 元垫 20 天，200 元垫 5 天，合起来 3,000，摊到 30 天是 100 元，你给出的是 {round(got, 4)}。给出 300 或 10，是没有算天数；给出 1000，是没有乘多扣的比例；给出 150，是拿单数去平均了。"

# %% nbgrader={"grade_id": "check_tied_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for amounts, days, rate, month, expected in [[[3000.0], [10], 0.02, 30, 20.0], [[500.0, 500.0], [31, 0], 0.04, 31, 20.0], [[800.0, 1200.0, 400.0], [15, 10, 5], 0.05, 28, 650 * 2 / 28]]:
    got = tied_up(pd.DataFrame({"amount": amounts, "days": days}), rate, month)
    assert got is not None and abs(got - expected) < 1e-6, f"换一个月，{len(amounts)} 单，多扣 {rate:.0%}：平均每天垫着 {expected:.2f} 元，你给出的是 {got if got is None else round(got, 2)}。每单乘比例、乘天数，合计以后再除以整月。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_advance", "grade": true, "solution": true, "points": 2}
learn.form("advance")

# %% nbgrader={"grade_id": "form_cheaper", "grade": true, "solution": true, "points": 2}
learn.form("cheaper")

# %% nbgrader={"grade_id": "form_tied", "grade": true, "solution": true, "points": 2}
learn.form("tied")

# %% nbgrader={"grade_id": "form_interest", "grade": true, "solution": true, "points": 2}
learn.form("interest")

# %% nbgrader={"grade_id": "form_reserve", "grade": true, "solution": true, "points": 2}
learn.form("reserve")

# %% nbgrader={"grade_id": "form_say", "grade": true, "solution": true, "points": 2}
learn.form("say")

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
