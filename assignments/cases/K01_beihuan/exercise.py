# %% [markdown]
# # 案例 K01 北环路的店
#
# **你手上有什么** 一家店的故事、一个月的台账 `ledger`（每人一家，数各不相同）、四次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（六个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 50 分钟。先做完第 12、13 课再来。
#
# ## 故事
#
# 店开在北环路上，一边是交警队，一边是摩托车店，过路的人多，附近住的人收入也不低。女店主一个人看店，人热情，朋友多，肯学新东西，从不从乱渠道进货。马路对面有烟店，有人压价；乱渠道的烟差价大，她吃亏。公司这边正好新品一个接一个，也陆续有对零售户有利的办法（S0-055、S0-059 至 S0-062）。
#
# 前一位客户经理给她定了四个目标：利润率 10%，总销量 9 件，利润过 1,800 元，一、二类占 35% 以上（S0-068）。他把这四个数叫“指导结果”，其实是目标，还没有人量过（INC-10）。
#
# 他写现状的时候，把销量的单位写成了“件”。51 元多只可能是一条的价，所以单位应当是**条**（INC-05）。你的台账已经按条记。
#
# ## 走访记录
#
# | 日期 | 谁 | 看到什么 | 留下什么 |
# | --- | --- | --- | --- |
# | 3 月 12 日 | 前一位客户经理 | 价签都在，一、二类夹在中间 | 说了四个目标，没有写日期 |
# | 4 月 9 日 | 前一位客户经理 | 新品到货 3 个，放在最下层 | 答应下次帮着理柜台 |
# | 4 月 23 日 | 前一位客户经理 | 柜台没有动 | 没有记录 |
# | 5 月 31 日 | 你 | 台账齐，店主问“我到底该卖多少” | 约好下周带一份计划来 |
#
# ## 陈列草图
#
# ![从门口往里看：两节柜台，一、二类烟夹在中间，新品在最下一层](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import stores

learn.setup()
ledger = learn.load("shop_ledger")
totals = stores.ledger_totals(ledger)
print(f"销量 {totals['cartons']:.0f} 条，销售额 {totals['sales']:,.2f} 元，利润 {totals['profit']:,.2f} 元")
shares = stores.ledger_by_class(ledger)["cartons"]
(100 * shares / shares.sum()).round(1).rename("占销量（%）").rename_axis("类别").to_frame()

# %% [markdown]
# ## 第 1 题 目标要的条均价
#
# 利润、利润率、销量三个目标放在一起，就定死了每条卖多少钱。补上一行：`price` 是每条要卖多少元，才能让三个目标都**正好**达到。
#
# <details><summary>提示 1</summary>先由利润和利润率求出要卖多少钱，再摊到每一条。</details>
# <details><summary>提示 2</summary>销售额等于利润除以利润率。</details>
# <details><summary>提示 3</summary>销售额再除以条数，就是每条的价。两次都是除。</details>

# %% nbgrader={"grade_id": "price_needed", "solution": true}
def price_needed(profit, margin, cartons):
    """每条要卖多少元。"""
    price = None
    ### BEGIN SOLUTION
    price = profit / margin / cartons
    ### END SOLUTION
    return price


price_needed(1800, 0.10, 450)

# %% nbgrader={"grade_id": "check_price", "grade": true, "points": 1}
got = price_needed(1000, 0.10, 200)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 50) < 1e-9, f"利润 1,000 元、利润率 10%、200 条：要卖 10,000 元，每条 50 元，你给出的是 {round(got, 4)}。给出 0.5，是乘了利润率；给出 10000，是还没有除以条数。"

# %% nbgrader={"grade_id": "check_price_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for profit, margin, cartons, expected in [[1800, 0.10, 450, 40.0], [900, 0.08, 250, 45.0], [1200, 0.12, 100, 100.0]]:
    got = price_needed(profit, margin, cartons)
    assert got is not None and abs(got - expected) < 1e-6, f"利润 {profit} 元、利润率 {margin:.0%}、{cartons} 条：每条应当是 {expected} 元，你给出的是 {got if got is None else round(got, 2)}。利润除以利润率，再除以条数。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_price", "grade": true, "solution": true, "points": 2}
learn.form("price")

# %% nbgrader={"grade_id": "form_bundles", "grade": true, "solution": true, "points": 2}
learn.form("bundles")

# %% nbgrader={"grade_id": "form_profit_450", "grade": true, "solution": true, "points": 3}
learn.form("profit_450")

# %% nbgrader={"grade_id": "form_loose", "grade": true, "solution": true, "points": 2}
learn.form("loose")

# %% nbgrader={"grade_id": "form_outside", "grade": true, "solution": true, "points": 2}
learn.form("outside")

# %% nbgrader={"grade_id": "form_refuse", "grade": true, "solution": true, "points": 2}
learn.form("refuse")

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
