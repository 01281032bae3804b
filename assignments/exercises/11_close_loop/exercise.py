# %% [markdown]
# # 练习 11 从计划到改进
#
# **你手上有什么** 五月的预警单 `flagged`，六月的走访记录 `june_visits`，六月四周的订货 `june_cartons`。每人一份，户数也不相同。
#
# **要交什么** 四个小函数（每个补一两行），四个格子。
#
# **怎样算对** 改进写得可以不一样，但环要合上：预警都进计划，没回升的都有改进，改进都进下月计划。另有检查交上去才运行，用的是别的表。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import method135

learn.setup()


def four_weeks(first):
    return list(pd.date_range(first, periods=4, freq="7D"))


orders = learn.load("sales_week")
stars = learn.load("customers")[["cust_id", "star"]]
periods = method135.two_periods(orders, four_weeks("2024-04-08"), four_weeks("2024-05-06")).merge(stars, on="cust_id")
found = method135.warnings(method135.customer_comparisons(periods, "star"))
flagged = found[found["flag"] & (found["measure"] == "销量")].reset_index(drop=True)
flagged["warning_id"] = [f"Y{number:02}" for number in range(1, len(flagged) + 1)]
flagged = flagged[["warning_id", "key", "measure", "before", "now", "benchmark"]]
visits = learn.load("visits")
june_visits = visits[(visits["date"] >= "2024-06-01") & visits["cust_id"].isin(flagged["key"])][["cust_id", "arrive", "purpose", "result"]]
june_cartons = orders[orders["week"].isin(four_weeks("2024-06-03"))].groupby("cust_id")["qty"].sum()
flagged.rename(
    columns={"warning_id": "预警号", "key": "客户编码", "measure": "哪一项", "before": "四月（条）", "now": "五月（条）", "benchmark": "同星级的指数"}
)

# %% [markdown]
# 列名是英文：`warning_id` 预警号，`key` 客户编码，`before` 四月四周（条），`now` 五月四周（条），`benchmark` 同星级的指数。
#
# ## 第 1 题 到多少算回升
#
# 回升线是四月的条数 × 同星级的指数 × 0.8。补上一行：`mark` 是回升线（条，可以有小数）。下面的格子用它排出六月的计划。
#
# <details><summary>提示 1</summary>三个数相乘，不是相除。</details>
# <details><summary>提示 2</summary>用四月的条数，不是五月的：五月已经掉下来了。</details>
# <details><summary>提示 3</summary>函数的两个参数 <code>before</code> 和 <code>bench</code> 就是四月的条数和同星级的指数。</details>

# %% nbgrader={"grade_id": "recovery_mark", "solution": true}
def recovery_mark(before, bench):
    """回升线，单位条。"""
    mark = None
    ### BEGIN SOLUTION
    mark = before * bench * 0.8
    ### END SOLUTION
    return mark


recovery_mark(255, 0.98)

# %% nbgrader={"grade_id": "check_mark", "grade": true, "points": 1}
got = recovery_mark(100, 0.9)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 80) > 1e-9, "你给出的是 80，没有乘同星级的指数：同类都在跌，线也要跟着低。"
assert got < 88 or got > 91, f"四月 100 条，你给出的是 {round(got, 4)}。三个数都要乘：四月的条数、同星级的指数、0.8。"
assert abs(got - 72) < 1e-9, f"四月 100 条，同星级的指数 0.9，回升线是 72 条，你给出的是 {round(got, 4)}。"

# %% nbgrader={"grade_id": "check_mark_more", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for before, bench in ((255, 0.98), (40, 1.1), (0, 1.0)):
    assert abs(recovery_mark(before, bench) - 4 * before * bench / 5) < 1e-6, f"四月 {before} 条、指数 {bench}，回升线给出的是 {round(recovery_mark(before, bench), 4)}。三个数都要乘。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "plan", "locked": true}
plan = method135.draft_plan(flagged, "2024-06").assign(action="问库存和动销，找原因")
plan.rename(columns={"plan_id": "计划号", "month": "月份", "source_id": "来源号", "key": "客户编码", "measure": "哪一项", "action": "做什么", "target": "回升线（条）"})

# %% [markdown]
# ## 第 2 题 哪几户真的谈过
#
# 到了店（`arrive` 不空），并且目的是问库存、答复问题或急访，才算做了。补上一行：`spoken` 是这样的走访行里的客户编码。哪些行的目的对，已经替你算在 `about` 里。
#
# <details><summary>提示 1</summary>两个条件都要成立：到了店，目的对。</details>
# <details><summary>提示 2</summary>到了店写 <code>table["arrive"].notna()</code>；两个条件用 <code>&amp;</code> 连，各自是一列真假。</details>
# <details><summary>提示 3</summary>挑行写 <code>table[条件]</code>，再取 <code>["cust_id"]</code> 一列。</details>

# %% nbgrader={"grade_id": "spoken_with", "solution": true}
def spoken_with(table):
    """真的谈过的客户编码，一户一次，按编码排。"""
    about = table["purpose"].fillna("").str.startswith(("了解库存和动销", "答复问题", "急访"))
    spoken = None
    ### BEGIN SOLUTION
    spoken = table[table["arrive"].notna() & about]["cust_id"]
    ### END SOLUTION
    return None if spoken is None else sorted(set(spoken))


spoken_with(june_visits)

# %% nbgrader={"grade_id": "check_spoken", "grade": true, "points": 1}
came = pd.to_datetime(["2024-06-03 09:00", "2024-06-03 10:00", None, "2024-06-04 09:00"])
why = ["了解库存和动销", "核对档案", "急访：客户来电", "答复问题：价签不够"]
small = pd.DataFrame({"cust_id": ["甲", "乙", "丙", "丁"], "arrive": came, "purpose": why})
got = spoken_with(small)
assert got is not None, "第 2 题还没有作答。"
assert "乙" not in got, "乙到了店，办的是核对档案，没有谈这件事，不算做了。"
assert "丙" not in got, "丙的到店时间是空的，没有去成，不算做了。"
assert got == ["丁", "甲"], f"做了的是甲和丁，你挑出的是 {got}。"

# %% nbgrader={"grade_id": "check_spoken_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
times = pd.to_datetime(["2024-05-06 09:00", "2024-05-16 09:00", "2024-05-06 10:00", None, "2024-05-08 09:00"])
reasons = ["介绍新品", "了解库存和动销", None, "了解库存和动销", "急访：客户来电"]
other = pd.DataFrame({"cust_id": ["K1", "K1", "K2", "K3", "K4"], "arrive": times, "purpose": reasons})
assert spoken_with(other) == ["K1", "K4"], f"换一张表：做了的是 K1 和 K4，你挑出的是 {spoken_with(other)}。到了店，目的也是这件事，才算。"
expected = sorted({code for code, came, why in zip(june_visits["cust_id"], june_visits["arrive"], june_visits["purpose"]) if not pd.isna(came) and str(why)[:2] in ("了解", "答复", "急访")})
assert spoken_with(june_visits) == expected, "在你自己的走访记录上，做了的户不对。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 哪几行没有回升
#
# 六月的条数不到回升线，就是没有回升。补上一行：`short` 是没有回升的计划行。六月的条数已经接成一列 `after`，没有订货的记 0。
#
# <details><summary>提示 1</summary>挑行，条件是两列相比。</details>
# <details><summary>提示 2</summary>两列是 <code>lines["after"]</code> 和 <code>lines["target"]</code>。</details>
# <details><summary>提示 3</summary>正好到线的算回升，所以用小于号，不用小于等于号。</details>

# %% nbgrader={"grade_id": "not_recovered", "solution": true}
def not_recovered(plan, cartons):
    """没有回升的计划号，按计划的次序；cartons 是每户的条数，索引是客户编码。"""
    lines = plan.assign(after=plan["key"].map(cartons).fillna(0))
    short = None
    ### BEGIN SOLUTION
    short = lines[lines["after"] < lines["target"]]
    ### END SOLUTION
    assert short is None or isinstance(short, pd.DataFrame), "short 应当是挑出来的整行。条件要放进 lines[ ] 的方括号里，后面不再取列。"
    return None if short is None else list(short["plan_id"])


not_recovered(plan, june_cartons)

# %% nbgrader={"grade_id": "check_short", "grade": true, "points": 1}
small = pd.DataFrame({"plan_id": ["P1", "P2", "P3"], "key": ["甲", "乙", "丙"], "target": [50.0, 40.0, 30.0]})
got = not_recovered(small, pd.Series({"甲": 60, "乙": 39}))
assert got is not None, "第 3 题还没有作答。"
assert "P1" not in got, "甲六月 60 条，过了 50 条的线，已经回升。大小是不是比反了？"
assert got == ["P2", "P3"], f"没有回升的是 P2（39 条，不到 40）和 P3（一条没订），你挑出的是 {got}。"

# %% nbgrader={"grade_id": "check_short_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"plan_id": ["Q1", "Q2", "Q3"], "key": ["K1", "K2", "K3"], "target": [20.0, 20.0, 7.5]})
got = not_recovered(other, pd.Series({"K1": 20, "K2": 19, "K3": 8, "K9": 1}))
assert got == ["Q2"], f"换一张表：正好到线的算回升，没有回升的只有 Q2，你挑出的是 {got}。到线就不再预警，用小于号。"
expected = [code for code, key, target in zip(plan["plan_id"], plan["key"], plan["target"]) if june_cartons.get(key, 0) < target]
assert not_recovered(plan, june_cartons) == expected, "在你自己的计划上，没有回升的行不对。"
### END HIDDEN TESTS

# %% [markdown]
# 下面这张表把六月的条数接到计划后面，报数的时候用得上。

# %% nbgrader={"grade_id": "june_table", "locked": true}
in_june = plan.assign(june=plan["key"].map(june_cartons).fillna(0).astype(int))[["plan_id", "key", "target", "june"]]
in_june.rename(columns={"plan_id": "计划号", "key": "客户编码", "target": "回升线（条）", "june": "六月（条）"})

# %% [markdown]
# ## 第 4 题 把环合上
#
# `improvements` 是改进表，一户一行；`next_plan` 是七月的计划，一行对一条改进，编号已经排好。补上两行，让它们互相找得到：
#
# - `next_plan["source_id"]`：这一行计划是从哪条改进来的；
# - `improvements["next_plan_id"]`：这条改进进了下月的哪一行。
#
# <details><summary>提示 1</summary>两张表的行是一一对着的，次序一样，把编号抄过去就行。</details>
# <details><summary>提示 2</summary>改进号那一列叫 <code>improvement_id</code>，在改进表里；下月的计划号那一列叫 <code>plan_id</code>，在下月计划里。</details>
# <details><summary>提示 3</summary>一行写 <code>next_plan["source_id"] = …</code>，另一行写 <code>improvements["next_plan_id"] = …</code>，等号右边各是另一张表的编号列。</details>

# %% nbgrader={"grade_id": "join_up", "solution": true}
def join_up(improvements, plan):
    """改进表和下月计划，编号互相接上。"""
    improvements = improvements.reset_index(drop=True)
    lines = plan.set_index("plan_id").loc[list(improvements["plan_id"])].reset_index()
    numbers = [f"P202407-{number:03}" for number in range(1, len(lines) + 1)]
    next_plan = lines.assign(plan_id=numbers, month="2024-07", source_id="", action="换一个办法再做")
    improvements["next_plan_id"] = ""
    ### BEGIN SOLUTION
    next_plan["source_id"] = improvements["improvement_id"]
    improvements["next_plan_id"] = next_plan["plan_id"]
    ### END SOLUTION
    return improvements, next_plan


small_plan = pd.DataFrame({"plan_id": ["P1", "P2"], "month": "2024-06", "source_id": ["Y1", "Y2"], "key": ["甲", "乙"], "measure": "销量", "action": "去问", "target": [50.0, 40.0]})
small_improvements = pd.DataFrame({"improvement_id": ["G1"], "plan_id": ["P2"], "cause": "没谈到库存", "action": "专门去", "next_plan_id": ""})
join_up(small_improvements, small_plan)[1].rename(columns={"plan_id": "计划号", "source_id": "来源号", "key": "客户编码"})

# %% nbgrader={"grade_id": "check_join", "grade": true, "points": 2}
better, following = join_up(small_improvements, small_plan)
assert list(following["source_id"]) != [""], "下月计划的来源号还没有填。"
assert list(better["next_plan_id"]) != [""], "改进表的下月计划号还没有填。"
assert list(following["source_id"]) == ["G1"], f"这行计划来自改进 G1，你填的是 {list(following['source_id'])}。来源号是改进号，不是上月的计划号。"
assert list(better["next_plan_id"]) == ["P202407-001"], f"改进 G1 进了 P202407-001，你填的是 {list(better['next_plan_id'])}。"

# %% nbgrader={"grade_id": "check_loop", "grade": true, "points": 4}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
def loose_ends(flagged, plan, cartons):
    after = plan["key"].map(cartons).fillna(0).astype(float)
    results = pd.DataFrame({"plan_id": plan["plan_id"], "executed": False, "before": flagged["now"], "after": after, "reason": "另有急事，改到下月"})
    raised = method135.draft_improvements(method135.evaluate(plan, results), "2024-06")
    better, following = join_up(raised, plan)
    numbers = [f"P202407-{number:03}" for number in range(1, len(raised) + 1)]
    kept = list(following["source_id"]) == list(raised["improvement_id"]) and list(better["next_plan_id"]) == numbers
    return method135.check_loop(method135.Cycle(flagged, plan, results, better, following)), kept


loose, kept = loose_ends(flagged, plan, june_cartons)
assert loose.empty, f"在你自己的表上，环还有断处：{loose['text'].iloc[0]}（{loose['id'].iloc[0]}）。两张表要互相找得到。"
assert kept, "两张表的编号对得上，可是已经不是原来的编号。编号照抄，不要另编。"
other = pd.DataFrame({"warning_id": ["Y1", "Y2", "Y3"], "key": ["K1", "K2", "K3"], "measure": "销量", "before": [80.0, 60.0, 50.0], "now": [40.0, 30.0, 20.0], "benchmark": 1.0})
lines = method135.draft_plan(other, "2024-06")
loose, kept = loose_ends(other, lines, pd.Series({"K1": 10, "K2": 90, "K3": 15}))
assert loose.empty, f"换一张表，环还有断处：{loose['text'].iloc[0]}（{loose['id'].iloc[0]}）。"
assert kept, "换一张表，编号已经不是原来的编号。编号照抄，不要另编。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 说给领导听
#
# 下面四个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_done", "grade": true, "solution": true, "points": 2}
learn.form("done")

# %% nbgrader={"grade_id": "form_recovered", "grade": true, "solution": true, "points": 2}
learn.form("recovered")

# %% nbgrader={"grade_id": "form_breaks", "grade": true, "solution": true, "points": 2}
learn.form("breaks")

# %% nbgrader={"grade_id": "form_improvement", "grade": true, "solution": true, "points": 4}
learn.form("improvement")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
