# %% [markdown]
# # 案例 K05 晚上才忙的饭店
#
# **你手上有什么** 一家饭店的故事、它一个月一、二类烟的台账 `night`（每人一家，数各不相同）、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（六个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 45 分钟。先做完第 12、17 课再来。
#
# ## 故事
#
# 饭店在河边，下午四点开门，夜里十二点打烊。客人要的多是一、二类烟。吧台的烟柜小，一、二类一共放得下 4 条。为了好算，本案例设定每天开门时烟柜都是满的。客人少的晚上卖不动，摆酒席的晚上不到九点就空了。有人来过两回，说手里有货，半夜也送，价钱便宜。老板没有要，可是问你：“空着的时候，我怎么办？”
#
# 某县城区营销部的说法（原文没注年份）：餐饮、娱乐场所多卖一、二类烟，营业时间特殊，容易被违规烟盯上，主要靠应急配送（S2-012）。同一份材料又说，正常周期以外遇到急用，规模大、经营规矩、诚信等级高的户，可以加一次应急配送（S2-007）。这家饭店规模大，经营规矩，诚信等级高。
#
# 台账只记到日子，没有记到钟点。所以它说得出哪天不够，说不出几点不够。
#
# ## 走访记录
#
# | 日期 | 几点 | 看到什么 | 老板说什么 |
# | --- | --- | --- | --- |
# | 5 月 8 日 | 上午十点 | 门锁着 | 没有见到 |
# | 5 月 15 日 | 上午十点 | 门锁着，门缝里塞了一张卖烟的名片 | 没有见到 |
# | 6 月 4 日 | 下午四点半 | 烟柜满的，价签齐 | “你上午来，我在睡觉” |
#
# ## 陈列草图
#
# ![饭店的吧台：小烟柜放四条，酒席预订本在电话旁边](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
ledger = learn.load("shop_ledger")
HELD = 4
high = ledger[ledger["class"].between(1, 2)]
night = high.groupby("date").agg(qty=("qty", "sum")).reset_index()
earned = (high["qty"] * (high["price"] - high["cost"])).sum()
print(f"一、二类烟：5 月有 {len(night)} 天卖过，一共 {int(night['qty'].sum())} 条，利润 {earned:.2f} 元")
ax = night.plot.bar(x="date", y="qty", legend=False, figsize=(9, 3), title="哪几天一、二类烟卖过了 4 条？", xlabel="日子（5 月）", ylabel="条")
ax.set_xticklabels([day.day for day in night["date"]], rotation=0)
ax.axhline(HELD, linestyle="--")
night.assign(date=night["date"].dt.strftime("%m-%d")).rename(columns={"date": "日期", "qty": "一、二类（条）"})

# %% [markdown]
# 卖过 4 条的那几天，是客人提前说好，老板从仓库另外备了货；没有提前说的，烟柜空了就卖不成。下面把超过 4 条的部分当作**烟柜不够**的条数，写计划时记住：没卖成的不在台账里，所以它是往少里算的。
#
# ## 第 1 题 几天不够
#
# `table` 是每天一行，`qty` 是那天卖的条数；`held` 是烟柜放得下几条。补上一行：`days` 是烟柜不够的有几天；正好卖完不算不够。
#
# <details><summary>提示 1</summary>一天一天比，再数有几天。</details>
# <details><summary>提示 2</summary>卖的条数比放得下的多，才算不够。</details>
# <details><summary>提示 3</summary>一列和一个数相比，得到一列真假；真假相加，就是真的个数。</details>

# %% nbgrader={"grade_id": "days_over", "solution": true}
def days_over(table, held):
    """烟柜不够的有几天。"""
    days = None
    ### BEGIN SOLUTION
    days = int((table["qty"] > held).sum())
    ### END SOLUTION
    return days


days_over(night, HELD)

# %% nbgrader={"grade_id": "check_over", "grade": true, "points": 1}
got = days_over(pd.DataFrame({"qty": [2, 5, 3, 6]}), 4)
assert got is not None, "第 1 题还没有作答。"
assert got == 2, f"四天卖 2、5、3、6 条，放得下 4 条：2 天不够，你给出的是 {got}。给出 3，是把超过的条数加起来了；给出 0 或 4，是拿平均数去比，要一天一天比。"

# %% nbgrader={"grade_id": "check_over_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for sold, held, expected in [[[4, 4, 9], 4, 1], [[1, 2, 3], 6, 0], [[7, 8, 2, 9], 1, 4]]:
    got = days_over(pd.DataFrame({"qty": sold}), held)
    assert got is not None and got == expected, f"换一家饭店，每天卖 {sold} 条，放得下 {held} 条：应当是 {expected} 天，你给出的是 {got}。卖的比放得下的多，才算不够。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_over", "grade": true, "solution": true, "points": 2}
learn.form("over")

# %% nbgrader={"grade_id": "form_short", "grade": true, "solution": true, "points": 2}
learn.form("short")

# %% nbgrader={"grade_id": "form_worth", "grade": true, "solution": true, "points": 3}
learn.form("worth")

# %% nbgrader={"grade_id": "form_condition", "grade": true, "solution": true, "points": 2}
learn.form("condition")

# %% nbgrader={"grade_id": "form_missing", "grade": true, "solution": true, "points": 2}
learn.form("missing")

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
