# %% [markdown]
# # 练习 09 计划和实际差在哪
#
# **你手上有什么** 五个月的走访计划和记录 `log`、客户档案 `customers`，每人一份，数各不相同。
#
# **要交什么** 五个小函数（每个只补一两行），五个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的记录、别的月份，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。卡住时点开提示，一级比一级具体。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
customers = learn.load("customers")
log = learn.load("visits")
june = log[log["date"].dt.to_period("M") == "2024-06"]
columns = {"plan_id": "计划号", "date": "计划日期", "cust_id": "客户编码", "planned": "计划内", "arrive": "到店", "leave": "离店", "reason": "未执行原因"}
june[list(columns)].rename(columns=columns).head(6)

# %% [markdown]
# `arrive`、`leave` 空着的是没有去成；`planned` 是 `False` 的是急访，不在计划里。
#
# ## 第 1 题 停留不够的走访
#
# 补上两行。`minutes` 是每次停留的分钟数，`too_short` 是其中**不到** `least` 分钟的行。没有去成的行不算停留不够。
#
# <details><summary>提示 1</summary>离店减到店，得到的是一段时间，不是分钟数。</details>
# <details><summary>提示 2</summary>一段时间换成秒，后面接 <code>.dt.total_seconds()</code>，再除以 60。</details>
# <details><summary>提示 3</summary>没去成的行算出来是空的，空的和数比大小，结果是 False，不用另外处理。正好等于 <code>least</code> 分钟的，算够。</details>

# %% nbgrader={"grade_id": "short_visits", "solution": true}
def short_visits(log, least):
    """停留不到 least 分钟的走访的计划号，按表里的次序。"""
    minutes = None
    too_short = None
    ### BEGIN SOLUTION
    minutes = (log["leave"] - log["arrive"]).dt.total_seconds() / 60
    too_short = log[minutes < least]
    ### END SOLUTION
    assert too_short is None or isinstance(too_short, pd.DataFrame), "too_short 应当是挑出来的行。条件要放进 log[ ] 的方括号里。"
    return None if too_short is None else list(too_short["plan_id"])


short_visits(june, 5)

# %% nbgrader={"grade_id": "check_short", "grade": true, "points": 1}
small = pd.DataFrame(
    {
        "plan_id": ["J1", "J2", "J3", "J4"],
        "arrive": pd.to_datetime(["2024-06-03 09:00", "2024-06-03 09:20", None, "2024-06-03 10:00"]),
        "leave": pd.to_datetime(["2024-06-03 09:03", "2024-06-03 09:25", None, "2024-06-03 10:12"]),
    }
)
got = short_visits(small, 5)
assert got is not None, "第 1 题还没有作答。"
assert "J3" not in got, "J3 没有去，不是停留 0 分钟。没去和停留短是两种毛病，分开报。"
assert "J2" not in got, "J2 正好停了 5 分钟，算够。要的是不到 5 分钟的。"
assert got == ["J1"], f"J1 停了 3 分钟，不够，你给出的是 {got}。空着的话，看看算出来的是不是分钟。"

# %% nbgrader={"grade_id": "check_short_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("visits")
five = pd.Timedelta(minutes=5)
expected = {plan for plan, came, left in zip(own["plan_id"], own["arrive"], own["leave"]) if not pd.isna(came) and left - came < five}
got = short_visits(own, 5)
assert set(got) == expected, f"在你自己的记录上给出了 {len(got)} 次，逐行查是 {len(expected)} 次。没去的不算，单位是分钟。"
assert len(short_visits(own, 8)) > len(expected), "线挪到 8 分钟，停留不够的应当变多。least 是不是没有用上？"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 没去，也没有写原因
#
# 补上两行。`not_made` 是一列 True 和 False：没有到店时间的是 True。`silent` 也是：原因空着的是 True。最后一行已经写好，两个都成立的才算漏走。
#
# 有的人在原因里打了几个空格，那也是没有写。
#
# <details><summary>提示 1</summary>空着的写法是 <code>.isna()</code>。</details>
# <details><summary>提示 2</summary>先把空着的换成空文字：<code>.fillna("")</code>，再去掉两头的空格：<code>.str.strip()</code>。</details>
# <details><summary>提示 3</summary>去掉空格以后等于 <code>""</code> 的，就是没有写。</details>

# %% nbgrader={"grade_id": "missed", "solution": true}
def missed(log):
    """漏走的计划号：没有去，也没有写原因。"""
    not_made = None
    silent = None
    ### BEGIN SOLUTION
    not_made = log["arrive"].isna()
    silent = log["reason"].fillna("").str.strip() == ""
    ### END SOLUTION
    return None if not_made is None or silent is None else list(log[not_made & silent]["plan_id"])


missed(june)

# %% nbgrader={"grade_id": "check_missed", "grade": true, "points": 1}
small = pd.DataFrame(
    {
        "plan_id": ["J1", "J2", "J3", "J4"],
        "arrive": pd.to_datetime([None, None, "2024-06-03 09:20", None]),
        "reason": ["大雨改期", None, None, "  "],
    }
)
got = missed(small)
assert got is not None, "第 2 题还没有作答。"
assert "J1" not in got, "J1 写了原因，照报，不算漏走。没去又没写的，才是漏走。"
assert got == ["J2", "J4"], f"J3 去成了，J4 只打了空格，也是没写；漏走的是 J2 和 J4，你给出的是 {got}。"

# %% nbgrader={"grade_id": "check_missed_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("visits")
expected = {plan for plan, came, why in zip(own["plan_id"], own["arrive"], own["reason"]) if pd.isna(came) and (pd.isna(why) or not why.strip())}
got = missed(own)
assert set(got) == expected, f"在你自己的记录上给出了 {len(got)} 次，逐行查是 {len(expected)} 次。写了原因的是不是也算进去了？"
none_missed = pd.DataFrame({"plan_id": ["J1", "J2"], "arrive": pd.to_datetime(["2024-06-03 09:00", None]), "reason": [None, "临时开会"]})
assert missed(none_missed) == [], "一次也没有漏走的时候，应当是空的清单。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 执行率
#
# 补上两行。`planned` 是计划内的行；`rate` 是其中走成的占多少（0 到 1 之间的小数）。急访不算，写了原因没去的照样在分母里。
#
# <details><summary>提示 1</summary><code>log["planned"]</code> 本来就是 True 和 False，可以直接拿来挑行。</details>
# <details><summary>提示 2</summary>走成的，是有到店时间的：<code>.notna()</code>。</details>
# <details><summary>提示 3</summary>True 和 False 求平均，就是 True 占的比例。</details>

# %% nbgrader={"grade_id": "execution_rate", "solution": true}
def execution_rate(log):
    """计划内走成的次数，占计划的比例。"""
    planned = None
    rate = None
    ### BEGIN SOLUTION
    planned = log[log["planned"]]
    rate = float(planned["arrive"].notna().mean())
    ### END SOLUTION
    return rate


execution_rate(june)

# %% nbgrader={"grade_id": "check_rate", "grade": true, "points": 1}
small = pd.DataFrame({"plan_id": ["J1", "J2", "J3", "J4", "J5"], "planned": [True, True, True, True, False],
                      "arrive": pd.to_datetime(["2024-06-03", "2024-06-03", "2024-06-04", None, "2024-06-05"]),
                      "reason": [None, None, None, "大雨改期", None]})  # fmt: skip
got = execution_rate(small)
assert got is not None, "第 3 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "你给出的是一整列，要的是一个数。走成的是 True，还要求平均。"
assert abs(got - 0.75) < 1e-9, f"计划 4 次走成 3 次，应当是 0.75，你给出的是 {round(got, 4)}。给出 0.8，是急访进了分子和分母；给出 1.0，是急访只进了分子，或者把写了原因的去掉了。"

# %% nbgrader={"grade_id": "check_rate_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("visits")
for month in range(2, 7):
    part = own[own["date"].dt.month == month]
    got = execution_rate(part)
    done = [not pd.isna(came) for came, due in zip(part["arrive"], part["planned"]) if due]
    assert abs(got - done.count(True) / len(done)) < 1e-9, f"{month} 月的执行率给出的是 {got:.4f}。分母是计划的全部，分子是计划内走成的，急访两边都不算。"
two_rows = pd.DataFrame({"plan_id": ["J1", "J2"], "planned": [True, False], "arrive": pd.to_datetime([None, "2024-06-05"]), "reason": [None, None]})
assert execution_rate(two_rows) == 0, "唯一的一次计划没有走成，另有一次急访，执行率应当是 0。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 每家这个月走成几次
#
# `month` 像 `"2024-06"`。补上一行：`made` 是**到店日期**在这个月的那些行（急访也算，客户不管你是怎么来的）。最后一行已经写好，数出每家几次。
#
# <details><summary>提示 1</summary>看到店日期，不看计划日期：跨月推迟的，算在走成的月。</details>
# <details><summary>提示 2</summary>日期变成月份，写成 <code>.dt.to_period("M")</code>。</details>
# <details><summary>提示 3</summary>变成月份以后，可以直接和 <code>month</code> 比是不是相等。没去成的行是空的，不会相等。</details>

# %% nbgrader={"grade_id": "made_in", "solution": true}
def made_in(log, month):
    """这个月每家走成几次。"""
    made = None
    ### BEGIN SOLUTION
    made = log[log["arrive"].dt.to_period("M") == month]
    ### END SOLUTION
    assert made is None or isinstance(made, pd.DataFrame), "made 应当是挑出来的行。条件要放进 log[ ] 的方括号里。"
    return None if made is None else made["cust_id"].value_counts()


made_in(log, "2024-06")

# %% nbgrader={"grade_id": "check_made", "grade": true, "points": 1}
small = pd.DataFrame(
    {
        "cust_id": ["甲", "甲", "乙", "乙"],
        "date": pd.to_datetime(["2024-05-31", "2024-06-12", "2024-06-28", "2024-06-20"]),
        "arrive": pd.to_datetime(["2024-06-03 09:00", "2024-06-12 09:00", "2024-07-01 09:00", None]),
    }
)
got = made_in(small, "2024-06")
assert got is not None, "第 4 题还没有作答。"
assert "乙" not in got.index, "乙六月 28 日的一次推到了七月，算七月走成；六月 20 日的没有去。看到店日期，不看计划日期。"
assert dict(got) == {"甲": 2}, f"甲五月底的一次推到六月 3 日，六月走成 2 次，你给出的是 {int(got.get('甲', 0))} 次。看到店日期，不看计划日期。"

# %% nbgrader={"grade_id": "check_made_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("visits")
for month in ("2024-02", "2024-03", "2024-06"):
    counts = {}
    for shop, when in zip(own["cust_id"], own["arrive"]):
        if not pd.isna(when) and f"{when:%Y-%m}" == month:
            counts[shop] = counts.get(shop, 0) + 1
    assert dict(made_in(own, month)) == counts, f"在你自己的记录上，{month} 各家走成的次数和逐行数的不一样。跨月推迟的算对月份了吗？"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 哪些五星户少走了
#
# 五星户这个月应走 `least` 次。补上两行：`five` 是五星户的客户编码；`times` 是每家五星户走成的次数，**一次也没走的写 0**。最后一行已经写好，挑出次数不够的，从小到大。
#
# <details><summary>提示 1</summary>第 4 题数出来的结果里，没有走过的客户不会出现。</details>
# <details><summary>提示 2</summary>按给定的编码排好、缺的补上，写成 <code>.reindex(编码, fill_value=…)</code>。</details>
# <details><summary>提示 3</summary>先挑星级等于 5 的行，取 <code>cust_id</code> 一列；再拿第 4 题的结果按它重排，缺的补 0。</details>

# %% nbgrader={"grade_id": "too_few", "solution": true}
def too_few(log, customers, month, least):
    """这个月走成不到 least 次的五星户。"""
    five = None
    times = None
    ### BEGIN SOLUTION
    five = customers[customers["star"] == 5]["cust_id"]
    times = made_in(log, month).reindex(five, fill_value=0)
    ### END SOLUTION
    return None if times is None else sorted(times[times < least].index)


too_few(log, customers, "2024-06", 4)

# %% nbgrader={"grade_id": "check_few", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "甲", "丙"], "date": pd.to_datetime(["2024-06-03"] * 3), "arrive": pd.to_datetime(["2024-06-03 09:00", "2024-06-10 09:00", "2024-06-11 09:00"])})
shops = pd.DataFrame({"cust_id": ["甲", "乙", "丙"], "star": [5, 5, 3]})
got = too_few(small, shops, "2024-06", 2)
assert got is not None, "第 5 题还没有作答。"
assert "丙" not in got, "丙不是五星，不用列。先挑出五星户。"
assert got == ["乙"], f"甲走了 2 次，够了；乙是五星，一次没走。你给出的是 {got}。空着的话，是没走过的户没有补 0。"

# %% nbgrader={"grade_id": "check_few_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own_log, own_shops = learn.load("visits"), learn.load("customers")
months = own_log["arrive"].dt.to_period("M")
own_log = own_log[months.isna() | (months == own_log["date"].dt.to_period("M"))]  # 跨月推迟的第 4 题查过，这里不看
for month in ("2024-05", "2024-06"):
    seen = [code for code, when in zip(own_log["cust_id"], own_log["arrive"]) if not pd.isna(when) and f"{when:%Y-%m}" == month]
    expected = sorted(code for code, star in zip(own_shops["cust_id"], own_shops["star"]) if star == 5 and seen.count(code) < 4)
    got = list(too_few(own_log, own_shops, month, 4))
    assert got == expected, f"{month} 少走的五星户给出了 {len(got)} 家，逐家数是 {len(expected)} 家。一次没走的也要数。第 4 题还红着的，先改那里。"
nobody = pd.DataFrame({"cust_id": ["K1", "K2", "K3"], "star": [5, 5, 4]})
assert list(too_few(own_log, nobody.replace({"K1": "Z1", "K2": "Z2"}), "2024-06", 1)) == ["Z1", "Z2"], "记录里一次也没有的五星户，应当列出来。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 6 题 报上去
#
# 下面五个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_rate", "grade": true, "solution": true, "points": 2}
learn.form("rate")

# %% nbgrader={"grade_id": "form_silent", "grade": true, "solution": true, "points": 1}
learn.form("silent")

# %% nbgrader={"grade_id": "form_rain", "grade": true, "solution": true, "points": 1}
learn.form("rain")

# %% nbgrader={"grade_id": "form_breach", "grade": true, "solution": true, "points": 2}
learn.form("breach")

# %% nbgrader={"grade_id": "form_report", "grade": true, "solution": true, "points": 4}
learn.form("report")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
