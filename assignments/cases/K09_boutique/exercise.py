# %% [markdown]
# # 案例 K09 升不升精品店
#
# **你手上有什么** 一家镇店的故事、它的终端情况 `shop`、五月的台账 `ledger`（每人一家，数各不相同）、三次走访的记录、一张陈列草图。
#
# **要交什么** 一个小函数，一张数表（七个格子），半页计划。
#
# **怎样算对** 数表由机器评；计划先按要点给一个参考分，由培训师定。
#
# 大约 50 分钟。先做完第 12、18 课再来。
#
# ## 故事
#
# 店在镇上的街边，店主听说别的镇有“精品店”，问你：“我要是也弄，要花多少，几个月挣得回来？”他还听人说，店里的盒陈列位要 100 个。
#
# 下面的标准出自某省 2022 年的题库，别的省不一定一样：
#
# | 类型 | 要求 | 出处 |
# | --- | --- | --- |
# | 农村精品店 | 盒陈列位 60 个以上 | S1-024 |
# | 城区精品店 | 卷烟柜台至少 2 节 | S1-027 |
# | 一钻品牌店 | 经营面积原则上不少于 15 平方米 | S1-025 |
# | 二钻品牌店 | 盒陈列位 100 个以上 | S1-026 |
# | 品牌店、精品店 | 装了云 POS，最近 7 天有扫码销售记录 | S1-029 |
#
# 这几套类型是什么关系，原文没有说明（INC-53），所以一样一样地比，不说哪一级比哪一级高。“以上”含本数。
#
# 某分公司服务科 2012 年做终端试点，零售户自愿，费用自己出（S2-029）。要客户出钱的事，先算清投入产出，量入为出（S1-058，一家管理咨询机构，2014 年）。
#
# ## 走访记录
#
# | 日期 | 看到什么 | 店主说什么 |
# | --- | --- | --- |
# | 4 月 11 日 | 墙边堆着纸箱，后面是一面空墙 | “想用起来，不知道怎么用” |
# | 5 月 23 日 | 烟柜摆满了，新到的烟没有地方放 | “别人说要 100 个位子” |
# | 6 月 30 日 | 把终端情况记成一张表 | “一年里挣得回来，我就弄” |
#
# ## 陈列草图
#
# ![烟柜已经摆满，墙边堆着纸箱，后面有一面空墙可以加陈列位](display.svg)

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import policy, stores

learn.setup()
terms = policy.load("cases").section("k09")
terminals = learn.load("terminals")
rural = terminals[terminals["tier"] == "rural_boutique"].sort_values(["box_positions", "cust_id"])
shop = rural.iloc[0]
ledger = learn.load("shop_ledger")
EACH, POS, SHARE = terms["position"], terms["pos"], terms["gain_share"]
profit = stores.ledger_totals(ledger)["profit"]
print(f"五月卖烟的利润 {profit:,.2f} 元；升级以后，每月多挣的估计是它的 {SHARE:.0%}")
print(f"加一个盒陈列位 {EACH} 元；没有装云 POS 的，装一套 {POS:,} 元")
scan = "没有" if pd.isna(shop["last_scan"]) else f"{shop['last_scan']:%Y-%m-%d}"
pd.Series({"客户编码": shop["cust_id"], "想升的类型": "农村精品店", "经营面积（平方米）": shop["area_m2"], "盒陈列位（个）": shop["box_positions"], "卷烟柜台（节）": shop["counters"], "云 POS": "装了" if shop["pos_installed"] else "没有装", "最近一次扫码": scan}, name="2024-06-30").to_frame()

# %% [markdown]
# 单价和“多挣 5%”都是**教学约定**。多挣多少是估计，没有人能保证；同店主讲的时候也要这样讲。
#
# ## 第 1 题 几个月回本
#
# `positions` 是要加几个陈列位，`each` 是一个几元，`other` 是别的费用，`gain` 是每月多挣几元。补上一行：`months` 是几个月回本。
#
# <details><summary>提示 1</summary>先求一共要花多少，再看每月多挣的几个月能抵上。</details>
# <details><summary>提示 2</summary>一共要花的，是陈列位的钱加上别的费用。</details>
# <details><summary>提示 3</summary>先加后除，加的部分要用括号括起来。</details>

# %% nbgrader={"grade_id": "months_back", "solution": true}
def months_back(positions, each, other, gain):
    """几个月回本。"""
    months = None
    ### BEGIN SOLUTION
    months = (positions * each + other) / gain
    ### END SOLUTION
    return months


months_back(10, EACH, POS, SHARE * profit)

# %% nbgrader={"grade_id": "check_months", "grade": true, "points": 1}
got = months_back(10, 50, 300, 80)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 10) < 1e-9, f"10 个位子各 50 元，别的 300 元，共 800 元，每月多挣 80 元，是 10 个月，你给出的是 {round(got, 4)}。给出 6.25，是漏了别的费用；给出 503.75，是少了括号；给出 0.1，是除反了。"

# %% nbgrader={"grade_id": "check_months_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for positions, each, other, gain, expected in [[0, 70, 1500, 75, 20.0], [12, 70, 0, 84, 10.0], [40, 70, 1500, 50, 86.0], [0, 70, 0, 60, 0.0]]:
    got = months_back(positions, each, other, gain)
    assert got is not None and abs(got - expected) < 1e-6, f"加 {positions} 个位子、一个 {each} 元，别的 {other} 元，每月多挣 {gain} 元：应当是 {expected:g} 个月，你给出的是 {got if got is None else round(got, 2)}。全部投入加起来，再除以每月多挣的。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 数表
#
# 先运行每一格，再在出现的框里填。差多少的格子，够了就填 0。

# %% nbgrader={"grade_id": "form_short", "grade": true, "solution": true, "points": 2}
learn.form("short")

# %% nbgrader={"grade_id": "form_short_two", "grade": true, "solution": true, "points": 2}
learn.form("short_two")

# %% nbgrader={"grade_id": "form_missing", "grade": true, "solution": true, "points": 2}
learn.form("missing")

# %% nbgrader={"grade_id": "form_spend", "grade": true, "solution": true, "points": 2}
learn.form("spend")

# %% nbgrader={"grade_id": "form_back", "grade": true, "solution": true, "points": 2}
learn.form("back")

# %% nbgrader={"grade_id": "form_pays", "grade": true, "solution": true, "points": 2}
learn.form("pays")

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
