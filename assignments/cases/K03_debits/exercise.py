# %% [markdown]
# # 案例 K03 老两口的店，扣不成的单
#
# **你手上有什么** 一家小店的故事、它半年的扣款记录 `debits`（每人一家，数各不相同）、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（五个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 45 分钟。先做完第 16、17 课再来。
#
# ## 故事
#
# 店是老两口开的，一张柜台，卖烟也卖糖果文具。货款从存折里扣。老人的腿不好，银行在三里外；电话在里屋，看店的时候听不见。扣不成的时候，送来的货又拉回去，老人觉得没面子，说：“要不我把钱交给你，你替我存？”
#
# 某县城区营销部有人这样帮过：对年纪大、腿脚不便的户及时通知，有时代办存款（S2-009，原文没注年份）。代办存款今天有风险：钱经过你的手，少了说不清（REG-4）。客户认可银行扣款，扣不成，多半是忘了看余额，或者来不及存（S2-008）。这家店的每一单为什么没成，看下面的表。
#
# ## 走访记录
#
# | 日期 | 看到什么 | 老人说什么 |
# | --- | --- | --- |
# | 4 月 10 日 | 墙上写着“星期一订货，星期二送” | “哪天存钱，我记不住” |
# | 5 月 15 日 | 打了两次电话，没有人接 | “在外面，听不见” |
# | 6 月 12 日 | 女儿在店里，会用手机银行 | 女儿：“你提前一天告诉我就行” |
#
# ## 陈列草图
#
# ![一张柜台，电话在里屋，墙上写了订货日，没有写哪天存款](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
everyone = learn.load("settlement")
by_shop = everyone.groupby("cust_id").agg(mean=("amount", "mean"), failed=("ok", lambda column: int((~column).sum())))
small = by_shop[by_shop["mean"] < 1500]
shop = sorted(small.index, key=lambda code: (-small.loc[code, "failed"], code))[0]
debits = everyone[everyone["cust_id"] == shop].reset_index(drop=True)
print(f"这家店半年扣款 {len(debits)} 单")
debits.assign(ok=debits["ok"].map({True: "成", False: "没成"}), reminded=debits["reminded"].map({True: "提醒过", False: "没有"})).fillna("").rename(columns={"order_id": "订单号", "week": "周（星期一）", "cust_id": "客户编码", "amount": "金额（元）", "balance": "余额（元）", "ok": "扣款", "fail_reason": "没成的原因", "reminded": "提醒"})

# %% [markdown]
# ## 第 1 题 扣不成的占几成
#
# `failed` 是没成的单数，`orders` 是一共几单。补上一行：`rate` 是没成的占百分之几，分母是**单**，不是户。
#
# <details><summary>提示 1</summary>部分除以全部，再乘 100。</details>
# <details><summary>提示 2</summary>部分是没成的单，全部是一共的单。</details>
# <details><summary>提示 3</summary>先乘 100 还是后乘，结果一样；不要用 1 去减。</details>

# %% nbgrader={"grade_id": "fail_rate", "solution": true}
def fail_rate(table):
    """扣不成的单占百分之几。"""
    failed = int((~table["ok"]).sum())
    orders = len(table)
    rate = None
    ### BEGIN SOLUTION
    rate = 100 * failed / orders
    ### END SOLUTION
    return rate


fail_rate(debits)

# %% nbgrader={"grade_id": "check_rate", "grade": true, "points": 1}
got = fail_rate(pd.DataFrame({"ok": [True, True, True, False]}))
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 25) < 1e-9, f"4 单里 1 单没成，是 25%，你给出的是 {round(got, 4)}。给出 75，是算成了扣成的；给出 0.25，是没有乘 100。"

# %% nbgrader={"grade_id": "check_rate_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for outcomes, expected in [[[True, False, False, False, True], 60.0], [[True, True], 0.0], [[False], 100.0]]:
    got = fail_rate(pd.DataFrame({"ok": outcomes}))
    assert got is not None and abs(got - expected) < 1e-9, f"换一家店，{len(outcomes)} 单里没成 {outcomes.count(False)} 单，应当是 {expected:g}%，你给出的是 {got if got is None else round(got, 2)}。没成的单除以全部的单，再乘 100。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 第一格用第 1 题的结果；后两格从上面那张表里数，或者运行下面一格。

# %% nbgrader={"grade_id": "help", "locked": true}
lost = debits[~debits["ok"]]
pd.DataFrame({"没成的单": [len(lost)], "金额合计（元）": [round(lost["amount"].sum(), 2)], "没有提醒过的单": [int((~lost["reminded"]).sum())]})

# %% nbgrader={"grade_id": "form_rate", "grade": true, "solution": true, "points": 2}
learn.form("rate")

# %% nbgrader={"grade_id": "form_at_risk", "grade": true, "solution": true, "points": 2}
learn.form("at_risk")

# %% nbgrader={"grade_id": "form_unreminded", "grade": true, "solution": true, "points": 2}
learn.form("unreminded")

# %% nbgrader={"grade_id": "form_cash", "grade": true, "solution": true, "points": 2}
learn.form("cash")

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
