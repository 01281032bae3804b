# %% [markdown]
# # 案例 K07 村头的一星小店
#
# **你手上有什么** 一家村店的故事、五月六个集日的台账 `ledger`（每人一家，数各不相同）、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（六个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 45 分钟。先做完第 6、12 课再来。
#
# ## 故事
#
# 店在村头，离县城远，只有一节烟柜，定为一星。村里逢五逢十赶集，店主只有集日才记账，别的日子卖得少，记不记随他。烟柜的台面不大，上面放着秤、零钱和空烟盒；好走的烟压在秤底下，走得慢的摆在当中，落了灰。
#
# 一、二星户多是小店，要做的是帮着理柜台，养成台面干净、摆放整齐的习惯，提高盈利（S2-006，某县城区营销部，原文没注年份）。一位客户经理说过他的经验：与其训店主，不如自己动手理几次，店主看到好处就会自己维护（S1-019，原文没注年份）。
#
# 山区的凯里市分公司写过，路远，服务的时间多耗在路上（S3-010），就用代送户和取货点做二级配送，管边远零散的客户（S3-011，都没注年份）。店主听说了，问你：“我能不能也让人捎来？”
#
# ## 走访记录
#
# | 日期 | 看到什么 | 店主说什么 |
# | --- | --- | --- |
# | 4 月 15 日 | 秤和零钱占了半个台面 | “就这么大地方” |
# | 5 月 10 日（集日） | 顾客要的烟压在秤底下，找了半天 | “忙起来顾不上” |
# | 6 月 3 日 | 账本记了六个集日，有几种烟落了灰 | “落灰的那几种也不知道挣不挣钱” |
#
# ## 陈列草图
#
# ![一节烟柜，秤压着好走的烟，走得慢的摆在当中](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import policy

learn.setup()
terms = policy.load("cases").section("k07")
month = learn.load("shop_ledger")
ledger = month[pd.to_datetime(month["date"]).dt.day.isin(terms["fair_days"])].reset_index(drop=True)
COUNTER = terms["counter_area"]
moved = ledger.groupby("sku")["qty"].sum().reindex(sorted(month["sku"].unique()), fill_value=0)
print(f"柜台上有 {len(moved)} 个品种，六个集日一共卖了 {int(moved.sum())} 条；台面 {COUNTER} 平方米（教学约定）")
moved.rename("六个集日卖出（条）").rename_axis("品种").sort_values().to_frame()

# %% [markdown]
# ## 第 1 题 一平方米台面挣多少
#
# `table` 是几行台账，`cost` 和 `price` 都是**一条**的进价和卖价，`area` 是台面有几平方米。补上一行：`value` 是一平方米台面挣多少元。
#
# <details><summary>提示 1</summary>先求每一行挣多少，合计以后再除。</details>
# <details><summary>提示 2</summary>一行挣的，等于一条挣的乘以这一行的条数。</details>
# <details><summary>提示 3</summary>两列相减、相乘可以整列一起算，合计写 <code>.sum()</code>。</details>

# %% nbgrader={"grade_id": "per_area", "solution": true}
def per_area(table, area):
    """一平方米台面挣多少元。"""
    value = None
    ### BEGIN SOLUTION
    value = (table["qty"] * (table["price"] - table["cost"])).sum() / area
    ### END SOLUTION
    return value


per_area(ledger, COUNTER)

# %% nbgrader={"grade_id": "check_area", "grade": true, "points": 1}
two_rows = pd.DataFrame({"qty": [2, 1], "cost": [40.0, 90.0], "price": [45.0, 100.0]})
got = per_area(two_rows, 2)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 10) < 1e-9, f"2 条各挣 5 元，1 条挣 10 元，共 20 元，摊到 2 平方米是 10 元，你给出的是 {round(got, 4)}。给出 7.5，是没有乘条数；给出 95，是销售额，不是挣的；给出 20，是没有摊到平方米。"

# %% nbgrader={"grade_id": "check_area_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for qty, cost, price, area, expected in [[[3, 4], [50.0, 20.0], [56.0, 21.5], 1.5, 16.0], [[10], [38.0], [38.0], 2.0, 0.0], [[1, 1, 5], [10.0, 20.0, 30.0], [12.0, 24.0, 33.0], 0.5, 42.0]]:
    got = per_area(pd.DataFrame({"qty": qty, "cost": cost, "price": price}), area)
    assert got is not None and abs(got - expected) < 1e-6, f"换一家店，台面 {area:g} 平方米，应当是 {expected:g} 元，你给出的是 {got if got is None else round(got, 2)}。先乘条数，再合计，最后除以台面。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# “走得慢”在这里指六个集日一共卖出**不到 5 条**（教学约定），一条没卖的也算。先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_area", "grade": true, "solution": true, "points": 2}
learn.form("area")

# %% nbgrader={"grade_id": "form_fair", "grade": true, "solution": true, "points": 2}
learn.form("fair")

# %% nbgrader={"grade_id": "form_slow", "grade": true, "solution": true, "points": 2}
learn.form("slow")

# %% nbgrader={"grade_id": "form_best", "grade": true, "solution": true, "points": 2}
learn.form("best")

# %% nbgrader={"grade_id": "form_deliver", "grade": true, "solution": true, "points": 2}
learn.form("deliver")

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
