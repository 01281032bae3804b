# %% [markdown]
# # 练习 10 先分析，再预警
#
# **你手上有什么** 一张客户表 `shops`：每户的星级、线路，五月四周和六月四周各订了多少条。每人一份，数各不相同。
#
# **要交什么** 四个小函数（每个只补一行），五个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的表，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。卡住时点开提示，一级比一级具体。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import method135

learn.setup()
may = list(pd.date_range("2024-05-06", periods=4, freq="7D"))
june = list(pd.date_range("2024-06-03", periods=4, freq="7D"))
customers = learn.load("customers")[["cust_id", "star", "route"]]
shops = method135.two_periods(learn.load("sales_week"), may, june).merge(customers, on="cust_id")
shops = shops.rename(columns={"qty_before": "before", "qty_now": "now"})[["cust_id", "star", "route", "before", "now"]]
shops.head().rename(columns={"cust_id": "客户编码", "star": "星级", "route": "线路", "before": "五月（条）", "now": "六月（条）"})

# %% [markdown]
# 表里的列名是英文：`star` 星级，`route` 线路，`before` 五月四周订了几条，`now` 六月四周订了几条。
#
# ## 第 1 题 每户的指数
#
# 指数就是六月除以五月。补上一行：`index` 是每户的指数。五月一条没订的户不能比，最后一行已经替你把他们空着。
#
# <details><summary>提示 1</summary>两列可以直接相除，一行对一行。</details>
# <details><summary>提示 2</summary>取一列写 <code>table["列名"]</code>。</details>
# <details><summary>提示 3</summary>这个月在上面，上个月在下面。除反了，涨的会变成跌的。</details>

# %% nbgrader={"grade_id": "own_index", "solution": true}
def own_index(table):
    """每户的指数：六月 ÷ 五月；五月没有订货的户空着。"""
    index = None
    ### BEGIN SOLUTION
    index = table["now"] / table["before"]
    ### END SOLUTION
    assert index is None or isinstance(index, pd.Series), "index 应当是一列，每户一个指数。两列直接相除，不要先合计。"
    return None if index is None else index.where(table["before"] > 0)


own_index(shops)

# %% nbgrader={"grade_id": "check_own", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "乙", "丙"], "star": [3, 3, 3], "before": [100, 50, 0], "now": [80, 60, 30]})
got = own_index(small)
assert got is not None, "第 1 题还没有作答。"
assert abs(float(got.iloc[0]) - 0.8) < 1e-9, f"甲五月 100 条、六月 80 条，指数是 0.8，你给出的是 {round(float(got.iloc[0]), 4)}。给出 1.25 是除反了，给出 −0.2 是算成了增长率。"
assert bool(pd.isna(got.iloc[2])), "丙五月没有订货，应当空着。最后一行不要改。"

# %% nbgrader={"grade_id": "check_own_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
got = own_index(shops)
assert len(got) == len(shops), f"应当每户一个指数，表上 {len(shops)} 户，给出 {len(got)} 个。"
for before, now, value in zip(shops["before"], shops["now"], got):
    if before > 0:
        assert abs(value - now / before) < 1e-9, f"在你自己的表上，五月 {before:g} 条、六月 {now:g} 条的一户，指数给出的是 {round(value, 4)}。指数是六月除以五月，不减 1。"
    else:
        assert bool(pd.isna(value)), "五月没有订货的户应当空着。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 同星级的基准
#
# 基准是同一星级**合计**的六月除以**合计**的五月，不是各户指数的平均。补上一行：`total` 是按星级加起来的两列，`before` 和 `now`。没有上月的户已经去掉。
#
# <details><summary>提示 1</summary>先按星级分组，再把两列各自加起来。</details>
# <details><summary>提示 2</summary>分组写 <code>old.groupby("star")</code>，后面用方括号取两列：<code>[["before", "now"]]</code>。</details>
# <details><summary>提示 3</summary>最后接上求和的 <code>.sum()</code>。用 <code>.mean()</code> 也凑巧能得同样的比，但说不清合计是多少。</details>

# %% nbgrader={"grade_id": "benchmark", "solution": true}
def benchmark(table):
    """每个星级的指数，合计之比；索引是星级。"""
    old = table[table["before"] > 0]
    total = None
    ### BEGIN SOLUTION
    total = old.groupby("star")[["before", "now"]].sum()
    ### END SOLUTION
    assert total is None or isinstance(total, pd.DataFrame), "total 应当是一张表，一个星级一行，两列。先分组，取两列（两层方括号），再求和。"
    return None if total is None else total["now"] / total["before"]


benchmark(shops)

# %% nbgrader={"grade_id": "check_benchmark", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "乙", "丙", "丁"], "star": [3, 3, 3, 5], "before": [100, 10, 0, 40], "now": [90, 20, 70, 50]})
got = benchmark(small)
assert got is not None, "第 2 题还没有作答。"
assert abs(float(got[3]) - 1.0) < 1e-9, f"三星两户合计 110 条变 110 条，基准是 1.0，你给出的是 {round(float(got[3]), 4)}。给出 1.45，是把两户的指数平均了：一两条的起落会拉偏；给出 1.6364，是没有上月的户也进了合计。"
assert abs(float(got[5]) - 1.25) < 1e-9, f"五星一户 40 条变 50 条，基准是 1.25，你给出的是 {round(float(got[5]), 4)}。"

# %% nbgrader={"grade_id": "check_benchmark_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"cust_id": list("abcde"), "star": [1, 1, 2, 2, 2], "before": [4, 36, 10, 0, 30], "now": [8, 36, 20, 90, 10]})
got = benchmark(other)
assert abs(float(got[1]) - 1.1) < 1e-9, f"换一张表，一星的基准给出的是 {round(float(got[1]), 4)}，不对。先把两期各自合计，再相除。"
assert abs(float(got[2]) - 0.75) < 1e-9, f"换一张表，二星的基准给出的是 {round(float(got[2]), 4)}，不对。没有上月的户不进合计。"
got = benchmark(shops)
for star in sorted(set(shops["star"])):
    part = shops[(shops["star"] == star) & (shops["before"] > 0)]
    if len(part):
        assert abs(float(got[star]) - sum(part["now"]) / sum(part["before"])) < 1e-9, f"在你自己的表上，{star} 星的基准不对。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 照指数，预警不预警
#
# 一户的指数 `own` 除以基准 `bench`，0.8 以下（含 0.8）就预警。补上一行：`flag` 是 True（预警）或 False（不预警）。
#
# <details><summary>提示 1</summary>先相除，再和 0.8 比。</details>
# <details><summary>提示 2</summary>“以下（含）”用小于等于号 <code>&lt;=</code>。</details>
# <details><summary>提示 3</summary>比较的结果本身就是 True 或 False，直接交给 <code>flag</code>。</details>

# %% nbgrader={"grade_id": "warned", "solution": true}
def warned(own, bench):
    """照指数读法，一户要不要预警。"""
    flag = None
    ### BEGIN SOLUTION
    flag = own / bench <= 0.8
    ### END SOLUTION
    return None if flag is None else bool(flag)


warned(0.5, 0.96)

# %% nbgrader={"grade_id": "check_warned", "grade": true, "points": 1}
assert warned(0.5, 0.96) is not None, "第 3 题还没有作答。"
assert warned(0.5, 0.96) is True, "一户跌了一半，同类只跌 4%，应当预警。要比的是指数之比，不是增长率之比。"
assert warned(0.98, 0.96) is False, "一户跌 2%，同类跌 4%，他比同类好，不应当预警。报了警，多半是用增长率相除了。"
assert warned(0.8, 1.0) is True, "正好 0.8，“以下”含本数，应当预警。要用小于等于；也不能拿两个指数相减。"

# %% nbgrader={"grade_id": "check_warned_more", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
assert warned(1.0, 1.25) is True, "同类涨了 25%，他没涨，比值正好 0.8，应当预警。"
assert warned(1.04, 0.96) is False, "他涨了，同类在跌，不应当预警。"
assert warned(0.81, 1.0) is False, "比值 0.81，高于 0.8，不应当预警。"
for own, bench in ((0.45, 0.6), (1.1, 1.35), (0.36, 0.5), (1.7, 2.0)):
    assert warned(own, bench) == (5 * own < 4 * bench), f"指数 {own}、基准 {bench}，结果不对。先相除，再和 0.8 比。"
for _, part in shops[shops["before"] > 0].groupby("star"):
    bench = sum(part["now"]) / sum(part["before"])
    for before, now in zip(part["before"], part["now"]):
        own = now / before
        if abs(own - 0.8 * bench) < 1e-6:
            continue
        assert warned(own, bench) == (5 * own < 4 * bench), f"在你自己的表上，指数 {own:.3f}、基准 {bench:.3f} 的一户，结果不对。先相除，再和 0.8 比。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 增长率之比，什么时候能用
#
# 有的单位一定要用增长率。那就要守一条：**基准没有增长（指数不大于 1），一律不报**，因为相除没有意义。
#
# 补上一行：`flag` 在基准增长、并且增长率之比 0.8 以下（含）时是 True，别的时候是 False。增长率已经替你算好。
#
# <details><summary>提示 1</summary>两个条件都要成立，中间用 <code>and</code>。</details>
# <details><summary>提示 2</summary>先写基准增长的条件（<code>bench_rate</code> 大于 0），再写相除的条件。</details>
# <details><summary>提示 3</summary>次序要紧：前一个条件不成立，后面的除法就不会做，也就不会除以零。</details>

# %% nbgrader={"grade_id": "warned_by_rate", "solution": true}
def warned_by_rate(own, bench):
    """照增长率读法，一户要不要预警；基准没有增长时不报。"""
    own_rate, bench_rate = own - 1, bench - 1
    flag = None
    ### BEGIN SOLUTION
    flag = bench_rate > 0 and own_rate / bench_rate <= 0.8
    ### END SOLUTION
    return None if flag is None else bool(flag)


warned_by_rate(1.02, 1.10)

# %% nbgrader={"grade_id": "check_rate", "grade": true, "points": 1}
assert warned_by_rate(1.02, 1.10) is not None, "第 4 题还没有作答。"
assert warned_by_rate(1.02, 1.10) is True, "同类涨 10%，他涨 2%，增长率之比 0.2，应当预警。"
assert warned_by_rate(0.98, 0.96) is False, "同类在跌，增长率之比没有意义，不报。负数除以负数，跌得少的反而报警。"

# %% nbgrader={"grade_id": "check_rate_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
assert warned_by_rate(0.97, 0.95) is False, "同类跌 5%，他跌 3%，比同类好，不报。"
try:
    got = warned_by_rate(0.7, 1.0)
except ZeroDivisionError:
    got = None
assert got is not None, "基准不涨不跌时除以了零。先写基准增长的条件，再写相除的。"
assert got is False, "基准不涨不跌，除以零没有意义，不报。"
assert warned_by_rate(1.09, 1.10) is False, "同类涨 10%，他涨 9%，比值 0.9，不报。"
assert warned_by_rate(0.9, 1.05) is True, "同类涨，他跌，应当预警。"
assert warned_by_rate(0.4, 0.9) is False, "基准在跌，增长率读法一律不报。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 交给领导的五个格子
#
# 下面五个格子，填完就自动存下来。先运行这一格，得到每户的结果（上面四题做完才有数），再往下填。

# %% nbgrader={"grade_id": "table", "locked": true}
done = own_index(shops) is not None and benchmark(shops) is not None and warned(1.0, 1.0) is not None
if done:
    result = shops.assign(own=own_index(shops), bench=shops["star"].map(benchmark(shops)))
    result["flag"] = [warned(own, bench) for own, bench in zip(result["own"], result["bench"])]
    result["naive"] = ((result["own"] - 1) / (result["bench"] - 1) <= 0.8) & result["own"].notna()
    result["better"] = result["own"] >= result["bench"]
    print("照指数预警的户，各线多少：")
    print(result[result["flag"]].groupby("route").size().rename("户数").to_string())
    print("增长率硬除报的户：", int(result["naive"].sum()))
    print("其中不比同类差的户：", int((result["naive"] & result["better"]).sum()))
else:
    print("第 1 至 3 题做完，这里才有数。")

# %% nbgrader={"grade_id": "form_warned_count", "grade": true, "solution": true, "points": 2}
learn.form("warned_count")

# %% nbgrader={"grade_id": "form_worst_route", "grade": true, "solution": true, "points": 1}
learn.form("worst_route")

# %% nbgrader={"grade_id": "form_upside_down", "grade": true, "solution": true, "points": 2}
learn.form("upside_down")

# %% nbgrader={"grade_id": "form_first", "grade": true, "solution": true, "points": 2}
learn.form("first")

# %% nbgrader={"grade_id": "form_explain", "grade": true, "solution": true, "points": 4}
learn.form("explain")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
