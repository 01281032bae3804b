# %% [markdown]
# # 案例 K06 要整件的大户
#
# **你手上有什么** 片区里卖得最多的一家店的故事、它主销牌子半年的周销量 `weeks`（每人一家，数各不相同）、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（六个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 50 分钟。先做完第 14、15 课再来。
#
# ## 故事
#
# 店在批发市场旁边，四节柜台，后面有仓库。店主做事爽快，主销的牌子只要整件，一件 50 条。货到得多的时候他堆半个仓库，到得少的时候他断货，断一次就念叨半个月：“早一天告诉我没有货，我就先把别的牌子摆出来了。”
#
# 某县城区营销部（原文没注年份）对每个周期要整件的大户，是及时把货源信息讲细，免得主销品牌断货，同时推荐替代的新品（S2-005）。多备货要压钱，所以给他出主意以前，先算清投入产出（S1-058，一家管理咨询机构，2014 年）。
#
# 本案例设定三条，为的是好算：表里的条数就是他那一周卖出的；表里没有的周，是公司没有这个货；整件从报到送到要**两个星期**。
#
# ## 两个词
#
# **安全库存** 是为卖得快的时候多备的条数。这里用卖得最多的一周减去平均的一周。**订货点** 是该报货的时候还剩的条数：等货的两个星期平均要卖的，加上安全库存。
#
# ## 走访记录
#
# | 什么时候 | 看到什么 | 店主说什么 |
# | --- | --- | --- |
# | 卖得最多的那个星期 | 仓库堆着这个牌子，挡了过道 | “怕断，多要了” |
# | 表里没有的一个星期 | 主销的位置空着 | “没有人告诉我这一周不来货” |
# | 7 月 1 日（星期一） | 刚到一批；同价位的两个牌子压在仓库里没有上柜 | “备多少合适，你给我算算” |
#
# ## 陈列草图
#
# ![批发市场旁边的店：四节柜台，仓库里整件堆到过道](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import math

import pandas as pd

from coursekit import learn

learn.setup()
sales = learn.load("sales_week")
customer = sales.groupby("cust_id")["qty"].sum().idxmax()
own = sales[sales["cust_id"] == customer]
main = own.groupby("sku")["qty"].sum().idxmax()
weeks = own[own["sku"] == main].groupby("week")[["qty", "amount"]].sum().reset_index()
STOCK = int(weeks["qty"].min())
print(f"主销的牌子：{main}，半年（26 周）里有 {len(weeks)} 周卖过，一共 {int(weeks['qty'].sum())} 条，最多的一周 {int(weeks['qty'].max())} 条")
print(f"批发价每条 {weeks['amount'].sum() / weeks['qty'].sum():.2f} 元；7 月 1 日，仓库和柜台一共有 {STOCK} 条")
ax = weeks.plot.bar(x="week", y="qty", legend=False, figsize=(9, 3), title="哪一周卖得最快？", xlabel="周（星期一）", ylabel="条")
ax.set_xticklabels([day.strftime("%m-%d") for day in weeks["week"]], rotation=60)
weeks.assign(week=weeks["week"].dt.strftime("%m-%d")).rename(columns={"week": "周（星期一）", "qty": "卖出（条）", "amount": "批发金额（元）"})

# %% [markdown]
# 算平均的时候，只除以**卖过的周数**：没有货的周卖不成，不能当作没有人买。
#
# ## 第 1 题 建议几件
#
# `point` 是订货点，`stock` 是还有几条。补上一行：`bundles` 是要补到订货点，至少建议几件；只能是整件，不够一件也要一件，存货够了是 0 件。
#
# <details><summary>提示 1</summary>先求差几条，再求合几件，最后往上取整。</details>
# <details><summary>提示 2</summary>往上取整写 <code>math.ceil(数)</code>；一件是 50 条。</details>
# <details><summary>提示 3</summary>存货比订货点多，减出来是负数；两个数取大的写 <code>max(甲, 乙)</code>，其中一个是 0。</details>

# %% nbgrader={"grade_id": "bundles_needed", "solution": true}
def bundles_needed(point, stock):
    """至少建议几件。"""
    bundles = None
    ### BEGIN SOLUTION
    bundles = max(math.ceil((point - stock) / 50), 0)
    ### END SOLUTION
    return bundles


bundles_needed(120, STOCK)

# %% nbgrader={"grade_id": "check_bundles", "grade": true, "points": 1}
got = bundles_needed(130, 20)
assert got is not None, "第 1 题还没有作答。"
assert got == 3, f"订货点 130 条，还有 20 条，差 110 条，至少 3 件，你给出的是 {got}。给出 2 或 2.2，是没有往上取整；给出 110，是没有折成件。"

# %% nbgrader={"grade_id": "check_bundles_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for point, stock, expected in [[100, 0, 2], [90, 300, 0], [151, 100, 2], [60.5, 60, 1]]:
    got = bundles_needed(point, stock)
    assert got is not None and got == expected, f"订货点 {point} 条，还有 {stock} 条：应当建议 {expected} 件，你给出的是 {got}。一件 50 条，往上取整，不缺就是 0 件。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。算件数的时候，把你算出的订货点放进第 1 题函数的最后一行，换掉 120。

# %% nbgrader={"grade_id": "form_absent", "grade": true, "solution": true, "points": 2}
learn.form("absent")

# %% nbgrader={"grade_id": "form_safety", "grade": true, "solution": true, "points": 2}
learn.form("safety")

# %% nbgrader={"grade_id": "form_point", "grade": true, "solution": true, "points": 3}
learn.form("point")

# %% nbgrader={"grade_id": "form_bundles", "grade": true, "solution": true, "points": 2}
learn.form("bundles")

# %% nbgrader={"grade_id": "form_capital", "grade": true, "solution": true, "points": 2}
learn.form("capital")

# %% nbgrader={"grade_id": "form_ways", "grade": true, "solution": true, "points": 2}
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
