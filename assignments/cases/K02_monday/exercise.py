# %% [markdown]
# # 案例 K02 周一就卖完的牌子
#
# **你手上有什么** 一家镇口店的故事、一个月的台账 `ledger`（每人一家，数各不相同）、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（五个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 45 分钟。先做完第 12、15 课再来。
#
# ## 故事
#
# 店在镇口。镇上每周一订货，周二送到。店里三类以上的烟，有一个牌子走得最快，可是这个牌子多在周五到公司的仓库，等到下周一订货，剩下的不多，所以每次到货只够卖几天。星期六开始柜台就空了，老顾客问一句就走。店主说：“有货的日子不让我订，让我订的日子没有货。”
#
# 以前有人碰到同样的事（S0-024），用相邻片区店主的订货日把货订出来（S0-025）。今天这样做有违规的风险（REG-3），只能拿来讨论。
#
# ## 走访记录
#
# | 日期 | 看到什么 | 店主说什么 |
# | --- | --- | --- |
# | 5 月 11 日（周六） | 这个牌子的六个位置全空 | “昨天下午就没有了” |
# | 5 月 18 日（周六） | 还是空；同价位的两个牌子有货，放在最里面 | “顾客没问起那两个” |
# | 5 月 21 日（周二） | 刚到货，摆满了 | “又够卖到周五” |
#
# ## 陈列草图
#
# ![星期六下午的柜台：畅销牌子的位置全空，替代烟在最里面](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
ledger = learn.load("shop_ledger")
sold = ledger[ledger["class"] <= 3].groupby("sku")["qty"].sum()
brand = sorted(sold.index, key=lambda name: (-sold[name], name))[0]
PACE = float(sold[brand]) / 31
STOCK = max(1, int(PACE * 7 * 0.6))
item = ledger[ledger["sku"] == brand].assign(profit=lambda rows: rows["qty"] * (rows["price"] - rows["cost"]))
print(f"三类以上走得最快的牌子：{brand}，5 月（31 天）卖了 {int(sold[brand])} 条，利润 {item['profit'].sum():.2f} 元")
print(f"每个周二到货以后，这个牌子有 {STOCK} 条，7 天以后才有下一次到货")

# %% [markdown]
# 有货才卖得出去，所以 5 月卖出的条数只会比想买的少。下面先照卖出的算，写计划时记住它是**往少里算**的。也有几个星期到货多，周六还卖得到；下面按平常的一个星期算。
#
# ## 第 1 题 断货几天
#
# `stock` 是到货以后有几条，`pace` 是一天卖几条，`wait` 是几天以后再到货。补上一行：`days` 是断货几天；不断货是 0，不能是负数。
#
# <details><summary>提示 1</summary>先算这些货能卖几天。</details>
# <details><summary>提示 2</summary>要等的天数，减去能卖的天数。</details>
# <details><summary>提示 3</summary>货多的时候减出来是负数；两个数取大的写 <code>max(甲, 乙)</code>，其中一个是 0。</details>

# %% nbgrader={"grade_id": "days_short", "solution": true}
def days_short(stock, pace, wait):
    """断货几天。"""
    days = None
    ### BEGIN SOLUTION
    days = max(wait - stock / pace, 0)
    ### END SOLUTION
    return days


days_short(STOCK, PACE, 7)

# %% nbgrader={"grade_id": "check_days", "grade": true, "points": 1}
got = days_short(20, 5, 7)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 3) < 1e-9, f"20 条，一天卖 5 条，够卖 4 天，7 天到货就断 3 天，你给出的是 {round(got, 4)}。给出 4，是能卖的天数，还要从 7 天里减掉。"

# %% nbgrader={"grade_id": "check_days_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for stock, pace, wait, expected in [[0, 2, 7, 7.0], [21, 3, 7, 0.0], [90, 3, 7, 0.0], [9, 1.5, 7, 1.0]]:
    got = days_short(stock, pace, wait)
    assert got is not None and abs(got - expected) < 1e-9, f"有 {stock} 条，一天卖 {pace} 条，{wait} 天以后到货：应当断 {expected:g} 天，你给出的是 {got}。不断货就是 0 天，没有负的。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_pace", "grade": true, "solution": true, "points": 2}
learn.form("pace")

# %% nbgrader={"grade_id": "form_gap", "grade": true, "solution": true, "points": 2}
learn.form("gap")

# %% nbgrader={"grade_id": "form_lost", "grade": true, "solution": true, "points": 2}
learn.form("lost")

# %% nbgrader={"grade_id": "form_money", "grade": true, "solution": true, "points": 3}
learn.form("money")

# %% nbgrader={"grade_id": "form_lawful", "grade": true, "solution": true, "points": 3}
learn.form("lawful")

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
