# %% [markdown]
# # 练习 15 紧俏烟怎么分
#
# **你手上有什么** 两个周期的订货表 `orders`，和这一周期紧俏烟的货源 `supply_now`。每人一份，数各不相同。
#
# **要交什么** 三个小函数（每个只补一两行），四个格子。
#
# **怎样算对** 分法可以不一样，但要守三条：分出的合计等于货源，谁也不超上限，积分多的不比积分少的少。检查看的就是这三条，交上去以后还会用别的货源、别的户再查。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。卡住时点开提示，一级比一级具体。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
WEEKS = ["2024-05-06", "2024-05-13"]
PER_CARTON = {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}
sales = learn.load("sales_week").merge(learn.load("sku")[["sku", "class"]], on="sku")
orders = sales[sales["week"].isin(pd.to_datetime(WEEKS))].reset_index(drop=True)
tight = learn.load("tight_supply")
supply_now = int(tight[tight["cycle"] == 2]["supply"].max())
print("这一周期的货源：", supply_now, "条")
orders.head().rename(columns={"week": "周（星期一）", "cust_id": "客户编码", "sku": "品规", "qty": "数量（条）", "amount": "金额（元）", "class": "类别"})

# %% [markdown]
# 要分的是 5 月 13 日那一周的货。`PER_CARTON` 是每条积几分：一类 5 分，二类 4 分，到五类 1 分（教学约定）。
#
# ## 第 1 题 用哪一周的订货算积分
#
# 补上一行：从 `table` 里挑出**该用来积分**的那一周的行。`this_week` 是要分货的那一周（星期一的日期）。
#
# <details><summary>提示 1</summary>本周还没订完，不能用。要用的是本周的前一周。</details>
# <details><summary>提示 2</summary>日期可以直接减天数：<code>pd.Timedelta(days=7)</code> 是七天。</details>
# <details><summary>提示 3</summary>挑行的写法是 <code>table[table["week"] == 某一天]</code>，某一天由 <code>this_week</code> 减七天得到。</details>

# %% nbgrader={"grade_id": "rows_that_count", "solution": true}
def rows_that_count(table, this_week):
    """积分要看的那一周的订货。"""
    this_week = pd.Timestamp(this_week)
    rows = None
    ### BEGIN SOLUTION
    rows = table[table["week"] == this_week - pd.Timedelta(days=7)]
    ### END SOLUTION
    assert rows is None or isinstance(rows, pd.DataFrame), "rows 应当是挑出来的行。条件要放进 table[ ] 的方括号里。"
    return rows


rows_that_count(orders, "2024-05-13")

# %% nbgrader={"grade_id": "check_rows", "grade": true, "points": 1}
small = pd.DataFrame({"week": pd.to_datetime(["2024-05-06", "2024-05-13", "2024-05-06"]), "cust_id": ["甲", "甲", "乙"], "class": [1, 1, 3], "qty": [2, 9, 5]})
got = rows_that_count(small, "2024-05-13")
assert got is not None, "第 1 题还没有作答。"
assert list(got["qty"]) == [2, 5], f"要的是 5 月 6 日那一周的两行，你挑出的数量是 {list(got['qty'])}。里面有 9，就是用了本周的订货：本周没订完，先订的户吃亏。"

# %% nbgrader={"grade_id": "check_rows_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"week": pd.to_datetime(["2024-04-29", "2024-05-06", "2024-05-13", "2024-04-29", "2024-04-22"]), "cust_id": ["甲", "甲", "甲", "丙", "丙"], "class": [2, 2, 2, 5, 1], "qty": [1, 7, 8, 4, 6]})
got = rows_that_count(other, "2024-05-06")
assert sorted(got["qty"]) == [1, 4], f"换一周：分 5 月 6 日那一周的货，挑出的数量是 {sorted(got['qty'])}。只要前一周那一周的：日期不写死，再早的也不算。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 每户积多少分
#
# 补上一行：`score` 是每一行订货的积分，等于条数乘以这一类每条的分。最后一行已经写好，按户加起来。
#
# <details><summary>提示 1</summary>两个数相乘：一个在 <code>qty</code> 列里，一个要按类别去查。</details>
# <details><summary>提示 2</summary>按类别查分，写 <code>table["class"].map(PER_CARTON)</code>。</details>
# <details><summary>提示 3</summary>条数一列乘以查出来的一列，一行对一行。</details>

# %% nbgrader={"grade_id": "points_of", "solution": true}
def points_of(table):
    """每户的积分。"""
    score = None
    ### BEGIN SOLUTION
    score = table["qty"] * table["class"].map(PER_CARTON)
    ### END SOLUTION
    assert score is None or isinstance(score, pd.Series), f"score 应当是一列，每行订货一个积分，现在是 {score!r}。按户加起来，最后一行会做。"
    return None if score is None else score.groupby(table["cust_id"]).sum()


points_of(orders)

# %% nbgrader={"grade_id": "check_points", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "乙", "甲"], "class": [1, 3, 5], "qty": [2, 10, 4]})
got = points_of(small)
assert got is not None, "第 2 题还没有作答。"
assert float(got["甲"]) == 14, f"甲订了 2 条一类、4 条五类，应当是 2×5＋4×1＝14 分，你给出的是 {float(got['甲'])}。给出 6，是只数了条数，或者只加了每条的分，要相乘。"
assert float(got["乙"]) == 30, f"乙订了 10 条三类，应当是 30 分，你给出的是 {float(got['乙'])}。"

# %% nbgrader={"grade_id": "check_points_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = orders[orders["week"] == pd.Timestamp("2024-05-06")]
expected = {}
for code, kind, quantity in zip(own["cust_id"], own["class"], own["qty"]):
    expected[code] = expected.get(code, 0) + quantity * (6 - kind)
got = points_of(own)
assert len(got) == len(expected), f"你的表里有订货的是 {len(expected)} 户，积分表里有 {len(got)} 户。"
assert all(abs(float(got[code]) - value) < 1e-6 for code, value in expected.items()), "在你自己的订货表上，有的户积分不对。先按类别查分，再乘条数。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 把零头分完
#
# 函数里前半段已经写好：按比例算出每户的份额 `quota`（不超过上限），先给整数部分 `whole`，还剩 `rest` 条。
#
# 补上一行：`order` 是补零头的先后次序，一个客户编码的清单，**小数部分大的排前面**；小数部分一样，积分多的排前面。
#
# <details><summary>提示 1</summary>小数部分等于份额减整数部分。</details>
# <details><summary>提示 2</summary>把一列从大到小排，写 <code>某一列.sort_values(ascending=False)</code>；排好以后 <code>.index</code> 就是编码的次序。</details>
# <details><summary>提示 3</summary>两样一起排：把 <code>quota - whole</code> 和 <code>points</code> 并成一张表，用 <code>sort_values([第一样, 第二样], ascending=False)</code>；<code>pd.DataFrame({"fraction": …, "points": …})</code> 能并成一张表。</details>

# %% nbgrader={"grade_id": "share_out", "solution": true}
def share_out(points, supply, cap):
    """每户分几条：合计等于货源（或人人到上限），谁也不超上限，积分多的不比积分少的少。"""
    points = points[points > 0].sort_values(ascending=False)
    left = min(supply, cap * len(points))
    quota = pd.Series(0.0, index=points.index)
    free = points
    while left > 1e-9 and len(free):
        want = free * left / free.sum()
        full = want[want >= cap - 1e-9].index
        if len(full) == 0:
            quota[free.index] = want
            break
        quota[full] = cap
        left = left - cap * len(full)
        free = free.drop(full)
    whole = (quota + 1e-9).astype(int)
    rest = min(supply, cap * len(points)) - int(whole.sum())
    order = None
    ### BEGIN SOLUTION
    order = pd.DataFrame({"fraction": (quota - whole).round(9), "points": points}).sort_values(["fraction", "points"], ascending=False).index
    ### END SOLUTION
    if order is None:
        return None
    assert isinstance(order, (list, pd.Index)), "order 应当是客户编码的清单。排好以后，后面还要取 .index。"
    for code in list(order)[:rest]:
        whole[code] = whole[code] + 1
    return whole


share_out(pd.Series({"甲": 50, "乙": 30, "丙": 20}), 7, 3)

# %% nbgrader={"grade_id": "check_share", "grade": true, "points": 2}
got = share_out(pd.Series({"甲": 50, "乙": 30, "丙": 20}), 7, 3)
assert got is not None, "第 3 题还没有作答。"
assert int(got.sum()) == 7, f"货源 7 条，你分出了 {int(got.sum())} 条。零头也要补完，order 里每户都要有。"
assert int(got["丙"]) == 2, f"丙的份额是 1.6 条，小数部分比乙的 2.4 大，零头应当给丙，你给丙 {int(got['丙'])} 条。先看谁差得最多，小数部分一样才看积分。"

# %% nbgrader={"grade_id": "check_share_rules", "grade": true, "points": 4}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
def keeps_the_rules(points, supply, cap):
    given = share_out(points, supply, cap)
    assert int(given.sum()) == min(supply, cap * int((points > 0).sum())), f"货源 {supply} 条、上限 {cap} 条，你分出了 {int(given.sum())} 条。四舍五入或者零头不补，合计都保证不了。"
    assert int(given.max()) <= cap and int(given.min()) >= 0, f"上限 {cap} 条，有一户分到 {int(given.max())} 条。到了上限的户没有小数部分，不再补。"
    by_points = points.sort_values(ascending=False)
    by_points = by_points[by_points > 0]
    cartons = [int(given[code]) for code in by_points.index]
    for (high, more), (low, less) in zip(zip(by_points, cartons), zip(by_points.iloc[1:], cartons[1:])):
        assert more >= less or high == low, "有积分多的户反而分得少。"
    below, stock = dict(by_points), min(supply, cap * len(by_points))
    while capped := [code for code in below if below[code] * stock / sum(below.values()) >= cap - 1e-9]:
        stock -= cap * len(capped)
        below = {code: value for code, value in below.items() if code not in capped}
    shares = {code: value * stock / sum(below.values()) for code, value in below.items()}
    spare = {code: share - int(share + 1e-9) for code, share in shares.items()}
    got_one = [spare[code] for code in spare if int(given[code]) > int(shares[code] + 1e-9)]
    got_none = [spare[code] for code in spare if int(given[code]) <= int(shares[code] + 1e-9)]
    assert not got_one or not got_none or min(got_one) > max(got_none) - 1e-6, "零头给了小数部分小的户，有一户小数部分更大，没有补到。"


ordered = orders[orders["week"] == pd.Timestamp("2024-05-06")]
own = (ordered["qty"] * (6 - ordered["class"])).groupby(ordered["cust_id"]).sum()
for amount in (supply_now, 37, 500):
    for cap in (1, 3, 10):
        keeps_the_rules(own, amount, cap)
keeps_the_rules(pd.Series({"K1": 9, "K2": 9, "K3": 1, "K4": 0}), 5, 4)
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 讲给店主听
#
# 下面四个格子，填完就自动存下来，不用写代码。先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_top_points", "grade": true, "solution": true, "points": 2}
learn.form("top_points")

# %% nbgrader={"grade_id": "form_reached", "grade": true, "solution": true, "points": 2}
learn.form("reached")

# %% nbgrader={"grade_id": "form_refuse", "grade": true, "solution": true, "points": 2}
learn.form("refuse")

# %% nbgrader={"grade_id": "form_reply", "grade": true, "solution": true, "points": 4}
learn.form("reply")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
