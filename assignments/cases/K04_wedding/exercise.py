# %% [markdown]
# # 案例 K04 一张 40 条的喜事单
#
# **你手上有什么** 一家村口店的故事、一个月的台账 `ledger`（每人一家，数各不相同）、一张喜事用烟单 `wish`、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（六个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 45 分钟。先做完第 15、17 课再来。
#
# ## 故事
#
# 今天是 6 月 5 日，星期三。店主拿出一张纸：邻居 6 月 23 日（星期日）给儿子办喜事，托他备 40 条烟，三个牌子，其中一个是紧俏烟。店主说：“十几年的邻居，这一单我不能不接。紧俏的那个，你想想办法。”这家店守法，明码实价一直做到位。村里星期一订货，星期二送到。
#
# 某市烟草公司的应急预案（原文没注年份）把婚丧嫁娶引起的临时补货叫突发货源需求：不稳定，一次量大，要得急（S0-115）。补货只给守法、明码实价做到位的户，只补一般货源；紧俏烟和受控烟不补（S0-116）。能提前知道的，填应急货源报批表，批了以后放进订货日的正常订单（S0-117）。预案没有把每一种突发需求都写全（INC-19），别的单位也不一定一样。
#
# ## 走访记录
#
# | 日期 | 看到什么 | 店主说什么 |
# | --- | --- | --- |
# | 4 月 24 日 | 价签齐，照价卖 | “村里下半年喜事多” |
# | 5 月 22 日 | 隔壁在刷房子 | “六月他家办事” |
# | 6 月 5 日 | 一张纸，写了三个牌子、40 条 | “哪天能给我回话” |
#
# 第二次走访就看到了苗头，没有问一句，也没有记下来。
#
# ## 陈列草图
#
# ![村口的店：柜台、存货的小柜、压在玻璃板下的喜事单](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
ledger = learn.load("shop_ledger")
supply = learn.load("tight_supply")
common = ledger[ledger["class"].between(2, 3)].assign(paid=lambda rows: rows["qty"] * rows["cost"]).groupby("sku")[["qty", "paid"]].sum()
common = common.sort_values(["qty", "paid"], ascending=False).head(2)
scarce = supply.loc[supply["demand"].idxmax(), "sku"]
few = 8 + int(ledger["qty"].sum()) % 7
wish = pd.DataFrame({"sku": [*common.index, scarce], "qty": [30 - few, 10, few], "tight": [False, False, True]})
wish["cost"] = [*(common["paid"] / common["qty"]).round(2), None]
print(f"这家店一个月卖 {int(ledger['qty'].sum())} 条")
wish.assign(tight=wish["tight"].map({True: "紧俏", False: "一般"}), cost=wish["cost"].map(lambda value: "" if pd.isna(value) else f"{value:.2f}")).rename(columns={"sku": "品规", "qty": "要几条", "tight": "货源", "cost": "平均进价（元/条）"})

# %% [markdown]
# ## 第 1 题 能报几条
#
# `table` 是一张用烟单，`qty` 是条数，`tight` 是真就是紧俏烟；`lawful` 是真，就是这户守法，明码实价也做到位。补上一行：`cartons` 是报批表上能写几条。
#
# <details><summary>提示 1</summary>先问户，再问货：户不合条件，一条也不能报。</details>
# <details><summary>提示 2</summary>户合条件，只加一般货源的条数。</details>
# <details><summary>提示 3</summary><code>~</code> 把真假反过来；“甲 if 条件 else 乙”在条件成立时取甲。</details>

# %% nbgrader={"grade_id": "may_request", "solution": true}
def may_request(table, lawful):
    """报批表上能写几条。"""
    cartons = None
    ### BEGIN SOLUTION
    cartons = int(table.loc[~table["tight"], "qty"].sum()) if lawful else 0
    ### END SOLUTION
    return cartons


may_request(wish, True)

# %% nbgrader={"grade_id": "check_request", "grade": true, "points": 1}
got = may_request(pd.DataFrame({"qty": [12, 5, 3], "tight": [False, True, False]}), True)
assert got is not None, "第 1 题还没有作答。"
assert got == 15, f"12 条和 3 条是一般货源，5 条是紧俏烟，能报 15 条，你给出的是 {got}。给出 20，是把紧俏的也加上了：临时补货只补一般货源。"

# %% nbgrader={"grade_id": "check_request_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for quantities, scarcity, lawful, expected in [[[6, 7], [True, True], True, 0], [[6, 7], [False, False], False, 0], [[9, 1, 4], [False, True, False], True, 13]]:
    got = may_request(pd.DataFrame({"qty": quantities, "tight": scarcity}), lawful)
    assert got is not None and got == expected, f"换一张单，{len(quantities)} 个牌子，紧俏的 {scarcity.count(True)} 个，户{'合' if lawful else '不合'}条件：能报 {expected} 条，你给出的是 {got}。紧俏的不报，不合条件的户一条不报。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_ordinary", "grade": true, "solution": true, "points": 2}
learn.form("ordinary")

# %% nbgrader={"grade_id": "form_share", "grade": true, "solution": true, "points": 2}
learn.form("share")

# %% nbgrader={"grade_id": "form_deposit", "grade": true, "solution": true, "points": 3}
learn.form("deposit")

# %% nbgrader={"grade_id": "form_path", "grade": true, "solution": true, "points": 2}
learn.form("path")

# %% nbgrader={"grade_id": "form_approver", "grade": true, "solution": true, "points": 2}
learn.form("approver")

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
