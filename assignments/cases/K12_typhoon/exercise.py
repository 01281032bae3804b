# %% [markdown]
# # 案例 K12 台风那一周
#
# **你手上有什么** 一周的经过、你片区的客户表 `shops` 和断供重点客户的补货次序 `queue`（每人一份，数各不相同）、一家受灾店的三次记录、一张草图。
#
# **要交什么** 一个小函数，一张数表（七个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 50 分钟。先做完第 8、17 课再来。
#
# ## 故事
#
# 6 月 24 日星期一，营销部每天上网看三天内的天气预报（S0-109），中午就写着台风。25 日星期二早上桥淹了，D 线和 E 线送不进去，镇上的银行没有开门。D 线每周二订货，E 线每周三订货。领导问你三句话：断了多少户？通知到了没有？路一通，先给谁送？
#
# 某市烟草公司的应急预案（原文没注年份）把台风、暴雨、大雪算作恶劣天气（S0-100）。下面几条都出自这份预案，别的单位不一定一样：
#
# | 情形 | 谁决定 | 怎样通知、怎样做 | 出处 |
# | --- | --- | --- | --- |
# | 全区受灾，多数户供不上 | 领导小组 | 电视、电台、短信平台公告 | S0-101 |
# | 局部受灾，少数户供不上 | 部门报领导小组办公室，由它定时间、地点 | 客户经理打电话逐户通知 | S0-102 |
# | 订货当天因天气去不了银行存款 | 原文没有写 | 可以临时改付现金，只有这一种情形 | S0-104 |
# | 某个片区恢复供货 | 原文没有写 | 先给片区里的重点客户临时补货 | S0-105 |
#
# 预案别处没有写设立过这个办公室（INC-20），到了单位要先问清是谁。能逐户打电话，靠的是手里有本片区客户的档案和备份（S0-107），也靠全体人员的联系电话（S0-108）。
#
# 浙江某县烟草公司 2004 年写过一次：第 14 号台风过后，电访员和客户经理统计受灾的零售户，受灾重的，公司上门慰问、送物资（S0-141）。那是公司出面，有统计、有名单，不是个人送东西（REG-5）。
#
# ## 一家店的记录
#
# 店在 E 线的河边，卖得不少，没有投过诉。
#
# | 日期 | 看到什么、听到什么 | 店主说什么 |
# | --- | --- | --- |
# | 6 月 24 日（电话） | 提醒台风，问了存货 | “货还有，水来过两回，不怕” |
# | 6 月 25 日（电话） | 打不通 | 没有说上话 |
# | 6 月 27 日（上门） | 水退到门槛，下面一层货湿了 | “湿的怎么办？你们哪天送？” |
#
# ## 草图
#
# ![河边的店：水退到了门槛，烟柜和货架下面一层湿了，存货搬上了阁楼](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np
import pandas as pd

from coursekit import learn
from coursekit.domain import policy

learn.setup()
terms = policy.load("cases").section("k12")
shops, sales = learn.load("customers"), learn.load("sales_week")
cut = shops[shops["route"].isin(terms["cut_routes"])]
last = sales["week"].max()
weekly = sales[sales["week"] > last - pd.Timedelta(weeks=terms["recent_weeks"])].groupby("cust_id")["qty"].sum() / terms["recent_weeks"]
queue = cut[cut["star"] >= terms["key_star"]][["cust_id", "route", "star"]].copy()
queue["need"] = np.ceil(queue["cust_id"].map(weekly).fillna(0)).astype(int)
queue = queue.sort_values(["star", "need", "cust_id"], ascending=[False, False, True]).reset_index(drop=True)
LOAD, CALL, CALLERS = terms["load"], terms["call_minutes"], terms["callers"]
print(f"片区一共 {len(shops)} 户；断供的两条线，一户一个电话，{CALLERS} 个人一起打，一个电话 {CALL} 分钟")
print(f"6 月 28 日路通，头一车装得下 {LOAD:,} 条")
counts = cut.groupby("route").agg(shops=("cust_id", "size"), bank=("e_settle", "sum"), key=("star", lambda star: int((star >= terms["key_star"]).sum())))
counts.rename_axis("线路").rename(columns={"shops": "断供（户）", "bank": "从银行扣款（户）", "key": "重点客户（户）"})

# %% [markdown]
# 下面是补货的次序：四星、五星算重点客户，星级高的在前，同一星级要得多的在前；要补的是平均一周卖的条数。什么算重点客户、怎样排，都是**教学约定**，原文没有写。

# %% nbgrader={"grade_id": "show_queue", "locked": true}
queue.set_axis(range(1, len(queue) + 1)).rename(columns={"cust_id": "客户编码", "route": "线路", "star": "星级", "need": "要补（条）"})

# %% [markdown]
# ## 第 1 题 头一车装到哪一家
#
# `needs` 是按次序排好的一列，每家要补几条；`load` 是一车装得下几条。一家一家往下装，装不下下一家就停，后面的等第二车。补上一行：`count` 是头一车补得上几家。
#
# <details><summary>提示 1</summary>装到第几家，就看前几家合起来有没有超过一车。</details>
# <details><summary>提示 2</summary>从头一家一家累加写 <code>needs.cumsum()</code>。</details>
# <details><summary>提示 3</summary>一列和一个数相比，得到一列真假；真假相加，就是真的个数。正好装满也算装得下。</details>

# %% nbgrader={"grade_id": "served", "solution": true}
def served(needs, load):
    """头一车补得上几家。"""
    count = None
    ### BEGIN SOLUTION
    count = int((needs.cumsum() <= load).sum())
    ### END SOLUTION
    return count


served(queue["need"], LOAD)

# %% nbgrader={"grade_id": "check_served", "grade": true, "points": 1}
got = served(pd.Series([40, 30, 50, 20]), 120)
assert got is not None, "第 1 题还没有作答。"
assert got == 3, f"四家要 40、30、50、20 条，一车 120 条：前三家正好装满，是 3 家，你给出的是 {got}。给出 2，是正好装满的没有算；给出 4，是没有累加。"

# %% nbgrader={"grade_id": "check_served_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for needs, load, expected in [[[100, 10], 90, 0], [[60, 70, 5], 125, 1], [[10, 10, 10], 500, 3], [[25, 25, 25, 25], 75, 3]]:
    got = served(pd.Series(needs), load)
    assert got is not None and got == expected, f"各家要 {needs} 条，一车 {load} 条：应当是 {expected} 家，你给出的是 {got}。照次序一家一家累加，装不下就停。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_cut", "grade": true, "solution": true, "points": 2}
learn.form("cut")

# %% nbgrader={"grade_id": "form_share", "grade": true, "solution": true, "points": 2}
learn.form("share")

# %% nbgrader={"grade_id": "form_calls", "grade": true, "solution": true, "points": 2}
learn.form("calls")

# %% nbgrader={"grade_id": "form_who", "grade": true, "solution": true, "points": 2}
learn.form("who")

# %% nbgrader={"grade_id": "form_cash", "grade": true, "solution": true, "points": 2}
learn.form("cash")

# %% nbgrader={"grade_id": "form_first_truck", "grade": true, "solution": true, "points": 2}
learn.form("first_truck")

# %% nbgrader={"grade_id": "form_ways", "grade": true, "solution": true, "points": 3}
learn.form("ways")

# %% [markdown]
# ## 第 3 题 半页计划
#
# 给断供的两条线写，从 6 月 25 日写到下一周。
#
# 培训师看六样：**发现了什么，凭哪个数，做什么，做到多少，哪天以前，怎样查**。每一样走 0 到 3 步：0 没有写，1 写到了（只列几个词不算），2 同一句里有数撑着（前两样要用你表里的数；不是日期的数，一个只撑一样），3 全篇还有目标、有日期、有检查；六样的步数合起来折成 12 分。机器先给一个参考，培训师定；建议今天不能做的事，那一句不给分，“做什么”这一样也不给分，别的最多走到 2 步。

# %% nbgrader={"grade_id": "form_plan", "grade": true, "solution": true, "points": 12}
learn.form("plan")

# %% [markdown]
# ## 交作业

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
