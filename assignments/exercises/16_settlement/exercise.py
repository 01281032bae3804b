# %% [markdown]
# # 练习 16 电子结算的三个率
#
# **你手上有什么** 客户档案 `customers` 和半年的扣款表 `orders`，每人一份，数各不相同。
#
# **要交什么** 四个小函数（每个只补一两行），五个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的表，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。卡住时点开提示，一级比一级具体。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
customers = learn.load("customers")
orders = learn.load("settlement")
MONEY = ["余额不足", "存款太晚", "忘记存款"]
orders.head().rename(columns={"order_id": "订单号", "week": "周（星期一）", "cust_id": "客户编码", "amount": "金额（元）", "balance": "扣款时余额（元）", "ok": "扣款成功", "fail_reason": "失败原因", "reminded": "订货前提醒过"})

# %% [markdown]
# 列名是英文：`ok` 扣成了没有（True 或 False），`amount` 金额（元），`fail_reason` 失败原因。`MONEY` 里是三种“钱没到位”的原因。
#
# ## 第 1 题 成功率，看单
#
# 补上两行。`part` 是扣成的单数，`whole` 是发起扣款的单数。最后一行已经写好，相除得 0 到 1 之间的小数。
#
# <details><summary>提示 1</summary>一行就是一单。</details>
# <details><summary>提示 2</summary>True 相加当 1 算。</details>
# <details><summary>提示 3</summary>扣成的单数是 <code>ok</code> 一列求和；单数是表的行数 <code>len(table)</code>。</details>

# %% nbgrader={"grade_id": "success", "solution": true}
def success(table):
    """扣成的单占发起扣款的单的比例。"""
    part = None
    whole = None
    ### BEGIN SOLUTION
    part = int(table["ok"].sum())
    whole = len(table)
    ### END SOLUTION
    return None if part is None or whole is None else part / whole


success(orders)

# %% nbgrader={"grade_id": "check_success", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "甲", "乙", "丙"], "ok": [True, False, True, True], "amount": [100.0, 900.0, 200.0, 300.0], "fail_reason": [None, "余额不足", None, None]})
got = success(small)
assert got is not None, "第 1 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "part 和 whole 各要一个数，里面有一个是一整列。一行的对错还要求和；单数用 len(table)。"
assert abs(got - 0.75) < 1e-9, f"四单里扣成三单，应当是 0.75，你给出的是 {round(got, 4)}。给出 1，是数了户，不是单：一户两单一成一败，是一半；给出 0.25，是没扣成的单。"

# %% nbgrader={"grade_id": "check_success_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("settlement")
good = [bool(flag) for flag in own["ok"]]
assert abs(success(own) - good.count(True) / len(good)) < 1e-9, f"在你自己的表上，成功率给出的是 {success(own):.4f}，不对。一行就是一单，不数户。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 金额成功率，看钱
#
# 补上两行。`part` 是扣成的钱，`whole` 是该扣的钱，单位元。
#
# <details><summary>提示 1</summary>分母是全部单的金额，不只是扣成的。</details>
# <details><summary>提示 2</summary>先挑出扣成的行，再取 <code>amount</code> 求和。</details>
# <details><summary>提示 3</summary>挑行写 <code>table[table["ok"]]</code>，因为 <code>ok</code> 本来就是 True 和 False。</details>

# %% nbgrader={"grade_id": "success_money", "solution": true}
def success_money(table):
    """扣成的钱占该扣的钱的比例。"""
    part = None
    whole = None
    ### BEGIN SOLUTION
    part = float(table[table["ok"]]["amount"].sum())
    whole = float(table["amount"].sum())
    ### END SOLUTION
    return None if part is None or whole is None else part / whole


success_money(orders)

# %% nbgrader={"grade_id": "check_money", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "甲", "乙", "丙"], "ok": [True, False, True, True], "amount": [100.0, 900.0, 200.0, 300.0], "fail_reason": [None, "余额不足", None, None]})
got = success_money(small)
assert got is not None, "第 2 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "part 和 whole 各要一个数，里面有一个是一整列。挑出来的金额还要求和。"
assert abs(got - 0.4) < 1e-9, f"1,500 元里扣成 600 元，应当是 0.4，你给出的是 {round(got, 4)}。给出 0.75，是按单数算的；给出 1，是分母里只加了扣成的单，没扣成的也是该扣的。"

# %% nbgrader={"grade_id": "check_money_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("settlement")
paid = sum(a for a, flag in zip(own["amount"], own["ok"]) if flag)
assert abs(success_money(own) - paid / sum(own["amount"])) < 1e-9, f"在你自己的表上，金额成功率给出的是 {success_money(own):.4f}，不对。分子分母都是钱，分母是全部该扣的。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 覆盖率，看户
#
# 补上两行。`part` 是开通电子结算的户数，`whole` 是全部户数。想一想：这两个数从哪张表里来？
#
# <details><summary>提示 1</summary>扣款表里只有开通的户。没开通的户要到哪里找？</details>
# <details><summary>提示 2</summary>客户档案里 <code>e_settle</code> 一列是 True 和 False。</details>
# <details><summary>提示 3</summary>求和是开通的户数，<code>len(shops)</code> 是全部户数。</details>

# %% nbgrader={"grade_id": "covered", "solution": true}
def covered(shops, table):
    """开通电子结算的户占全部户的比例；shops 是客户档案，table 是扣款表。"""
    part = None
    whole = None
    ### BEGIN SOLUTION
    part = int(shops["e_settle"].sum())
    whole = len(shops)
    ### END SOLUTION
    return None if part is None or whole is None else part / whole


covered(customers, orders)

# %% nbgrader={"grade_id": "check_covered", "grade": true, "points": 1}
small_shops = pd.DataFrame({"cust_id": ["甲", "乙", "丙", "丁"], "e_settle": [True, True, True, False]})
small = pd.DataFrame({"cust_id": ["甲", "甲", "乙", "丙"], "ok": [True, False, True, True], "amount": [100.0, 900.0, 200.0, 300.0]})
got = covered(small_shops, small)
assert got is not None, "第 3 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "part 和 whole 各要一个数，里面有一个是一整列。开通的户还要求和。"
assert abs(got - 0.75) < 1e-9, f"四户里开通三户，应当是 0.75，你给出的是 {round(got, 4)}。给出 1，是把扣款表里的户当成了全部户，没开通的不在扣款表里。"

# %% nbgrader={"grade_id": "check_covered_other", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
idle = pd.DataFrame({"cust_id": ["甲", "乙", "丙", "丁", "戊"], "e_settle": [True, True, True, False, False]})
only = pd.DataFrame({"cust_id": ["甲"], "ok": [True], "amount": [50.0]})
got = covered(idle, only)
assert abs(got - 0.6) < 1e-9, f"五户里开通三户，有两户这周没订货，覆盖率还是 0.6，你给出的是 {round(got, 4)}。两个数都从客户档案里来。"
own = learn.load("customers")
assert abs(covered(own, learn.load("settlement")) - list(own["e_settle"]).count(True) / own.shape[0]) < 1e-9, "在你自己的表上，覆盖率不对。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 该提醒哪些户
#
# 补上一行：`short` 是**因为钱没到位而没扣成**的那些行。后面已经写好：按户数一数，够 `least` 次的列成清单，从小到大。
#
# <details><summary>提示 1</summary>银行故障、账号变更不算，提醒也没用。</details>
# <details><summary>提示 2</summary>看一列的值在不在一个清单里，写 <code>.isin(清单)</code>。</details>
# <details><summary>提示 3</summary>挑行：<code>table[table["fail_reason"].isin(…)]</code>，清单就是上面的 <code>MONEY</code>。</details>

# %% nbgrader={"grade_id": "to_remind", "solution": true}
def to_remind(table, least):
    """钱没到位而失败的次数够 least 次的客户编码，从小到大。"""
    short = None
    ### BEGIN SOLUTION
    short = table[table["fail_reason"].isin(MONEY)]
    ### END SOLUTION
    if short is None:
        return None
    assert isinstance(short, pd.DataFrame), "short 应当是挑出来的行。条件要放进 table[ ] 的方括号里。"
    times = short["cust_id"].value_counts()
    return sorted(times[times >= least].index)


to_remind(orders, 5)

# %% nbgrader={"grade_id": "check_remind", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "甲", "乙", "乙", "丙"], "ok": [False, False, False, False, True], "fail_reason": ["余额不足", "忘记存款", "银行系统故障", "存款太晚", None]})
got = to_remind(small, 2)
assert got is not None, "第 4 题还没有作答。"
assert list(got) == ["甲"], f"甲有两次钱没到位，乙有一次是银行故障，只该提醒甲，你给出的是 {list(got)}。有乙，是把提醒了也没用的算进去了；没有甲，是三种原因没有算全。"

# %% nbgrader={"grade_id": "check_remind_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("settlement")
times = {}
for code, reason in zip(own["cust_id"], own["fail_reason"]):
    if reason in ("余额不足", "存款太晚", "忘记存款"):
        times[code] = times.get(code, 0) + 1
for least in (1, 3):
    expected = sorted(code for code, count in times.items() if count >= least)
    assert list(to_remind(own, least)) == expected, f"在你自己的表上，失败 {least} 次以上的应当有 {len(expected)} 户，你列了 {len(to_remind(own, least))} 户。MONEY 里的三种都算，别的都不算。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 报数和打算
#
# 下面五个格子，填完就自动存下来，不用写代码。先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_success", "grade": true, "solution": true, "points": 2}
learn.form("success")

# %% nbgrader={"grade_id": "form_not_open", "grade": true, "solution": true, "points": 1}
learn.form("not_open")

# %% nbgrader={"grade_id": "form_reason", "grade": true, "solution": true, "points": 1}
learn.form("reason")

# %% nbgrader={"grade_id": "form_help", "grade": true, "solution": true, "points": 2}
learn.form("help")

# %% nbgrader={"grade_id": "form_plan", "grade": true, "solution": true, "points": 4}
learn.form("plan")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
