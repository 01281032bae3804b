# %% [markdown]
# # 练习 12 一家店这个月挣了多少
#
# **你手上有什么** 一家店一个月的销售台账 `ledger`，每人一家，数各不相同。一行是一天里一个品名的一笔。
#
# **要交什么** 五个小函数（每个只补一两行），五个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是另外一家店，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
ledger = learn.load("shop_ledger")
ledger.rename(columns={"date": "日期", "sku": "品名", "class": "类别", "qty": "数量（条）", "cost": "进价（元/条）", "price": "售价（元/条）"}).head()

# %% [markdown]
# 表里的列名是英文：`class` 类别（一类到五类），`qty` 数量（条），`cost` 进价（元/条），`price` 售价（元/条）。
#
# ## 第 1 题 每一笔卖了多少钱，挣了多少钱
#
# 补上两行。`sales` 是每一笔的销售额（元），`profit` 是每一笔的毛利（元）。函数最后一行把它们接到表后面。
#
# <details><summary>提示 1</summary>一条的钱，乘以条数，才是一笔的钱。</details>
# <details><summary>提示 2</summary>两列可以直接相乘，一行对一行。</details>
# <details><summary>提示 3</summary>毛利用每条挣的钱（售价减进价）乘以条数。减法要用括号括起来。</details>

# %% nbgrader={"grade_id": "with_amounts", "solution": true}
def with_amounts(table):
    """在台账后面接上 sales 和 profit 两列，单位元。"""
    sales = None
    profit = None
    ### BEGIN SOLUTION
    sales = table["qty"] * table["price"]
    profit = table["qty"] * (table["price"] - table["cost"])
    ### END SOLUTION
    return table.assign(sales=sales, profit=profit)


with_amounts(ledger)[["sku", "qty", "price", "cost", "sales", "profit"]].head()

# %% nbgrader={"grade_id": "check_amounts", "grade": true, "points": 1}
small = pd.DataFrame({"class": [1, 3], "qty": [2, 5], "cost": [90.0, 40.0], "price": [100.0, 44.0]})
got = with_amounts(small)
assert None not in (got["sales"].iloc[0], got["profit"].iloc[0]), "第 1 题还没有答完，sales 和 profit 都要算。"
assert list(got["sales"]) == [200.0, 220.0], f"两笔的销售额应当是 200 元和 220 元，你给出的是 {list(got['sales'])}。"
assert list(got["profit"]) == [20.0, 20.0], f"两笔的毛利都是 20 元，你给出的是 {list(got['profit'])}。进价和售价都是一条的钱：先相减（用括号），再乘条数。"

# %% nbgrader={"grade_id": "check_amounts_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("shop_ledger")
got = with_amounts(own)
sales = sum(q * p for q, p in zip(own["qty"], own["price"]))
earned = sum(q * (p - c) for q, p, c in zip(own["qty"], own["price"], own["cost"]))
assert len(got) == len(own), f"台账有 {len(own)} 笔，你的结果有 {len(got)} 行。"
assert abs(float(got["sales"].sum()) - sales) < 0.01, "在你自己的台账上，销售额合计不对。"
assert abs(float(got["profit"].sum()) - earned) < 0.01, "在你自己的台账上，毛利合计不对。每一笔：售价减进价，再乘条数。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 平均一条卖多少钱
#
# 补上两行。`yuan` 是这个月一共卖的钱，`cartons` 是一共卖的条数。最后一行已经写好，相除得条均价。
#
# <details><summary>提示 1</summary>不能把各笔的售价直接平均：卖 5 条的一笔和卖 1 条的一笔分量不一样。</details>
# <details><summary>提示 2</summary>先用第 1 题的函数得到每一笔的钱，再求和。</details>
# <details><summary>提示 3</summary>求和写 <code>某一列.sum()</code>。条数就是 <code>qty</code> 一列的和。</details>

# %% nbgrader={"grade_id": "carton_price", "solution": true}
def carton_price(table):
    """条均价，单位元/条。"""
    yuan = None
    cartons = None
    ### BEGIN SOLUTION
    yuan = float(with_amounts(table)["sales"].sum())
    cartons = int(table["qty"].sum())
    ### END SOLUTION
    return None if yuan is None or cartons is None else yuan / cartons


carton_price(ledger)

# %% nbgrader={"grade_id": "check_price", "grade": true, "points": 1}
small = pd.DataFrame({"class": [1, 3], "qty": [2, 5], "cost": [90.0, 40.0], "price": [100.0, 44.0]})
got = carton_price(small)
assert got is not None, "第 2 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "你给出的是一整列，要的是一个数。yuan 和 cartons 都要求和。"
assert abs(got - 60) < 1e-9, f"七条一共卖了 420 元，条均价 60 元，你给出的是 {round(got, 4)}。给出 72，是把两个售价直接平均了，卖得多的一笔分量大；给出 54.2857，是用了进价。"

# %% nbgrader={"grade_id": "check_price_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("shop_ledger")
sales = sum(q * p for q, p in zip(own["qty"], own["price"]))
assert abs(carton_price(own) - sales / sum(own["qty"])) < 0.005, f"在你自己的台账上，条均价给出的是 {carton_price(own):.2f}，不对。一共卖的钱，除以一共卖的条数。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 同样的毛利，两个百分数
#
# 毛利占**销售额**的比例叫毛利率，占**进货额**的比例叫加价率。同一家店，两个数不一样，报的时候要说清是哪一个。补上两行，都是 0 到 1 之间的小数。
#
# <details><summary>提示 1</summary>分子一样，都是毛利合计。分母不一样。</details>
# <details><summary>提示 2</summary>进货额等于销售额减毛利。</details>
# <details><summary>提示 3</summary>函数里已经算好了 <code>sales</code> 和 <code>profit</code> 两个合计，用它们就够了。</details>

# %% nbgrader={"grade_id": "margins", "solution": true}
def margins(table):
    """毛利率（占销售额）和加价率（占进货额）。"""
    amounts = with_amounts(table)
    sales, profit = amounts["sales"].sum(), amounts["profit"].sum()
    on_price = None
    on_cost = None
    ### BEGIN SOLUTION
    on_price = float(profit / sales)
    on_cost = float(profit / (sales - profit))
    ### END SOLUTION
    return on_price, on_cost


margins(ledger)

# %% nbgrader={"grade_id": "check_margins", "grade": true, "points": 1}
small = pd.DataFrame({"class": [2], "qty": [10], "cost": [80.0], "price": [100.0]})
got = margins(small)
assert None not in tuple(got), "第 3 题还没有答完，两个比例都要算。"
assert abs(got[0] - 0.2) < 1e-9, f"100 元卖出、80 元进来，毛利率是 0.2，你给出的是 {got[0]}。给出 0.25，是除以了进货额，那是加价率；第 1 题还红着的，先改那里。"
assert abs(got[1] - 0.25) < 1e-9, f"100 元卖出、80 元进来，加价率是 0.25，你给出的是 {got[1]}。给出 0.2，是除以了销售额，那是毛利率。"

# %% nbgrader={"grade_id": "check_margins_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("shop_ledger")
paid = sum(q * c for q, c in zip(own["qty"], own["cost"]))
sales = sum(q * p for q, p in zip(own["qty"], own["price"]))
got = margins(own)
assert abs(got[0] - (1 - paid / sales)) < 1e-4, f"在你自己的台账上，毛利率给出的是 {got[0]:.4f}。分母是销售额。第 1 题还红着的，先改那里。"
assert abs(got[1] - (sales / paid - 1)) < 1e-4, f"在你自己的台账上，加价率给出的是 {got[1]:.4f}。分母是进货额。第 1 题还红着的，先改那里。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 结构：按条数算，还是按钱算
#
# 各类烟占多少，按条数算和按销售额算是两个答案。补上一行：按类别分组，把 `measure` 这一列加起来。最后一行已经写好，除以合计。
#
# <details><summary>提示 1</summary>按类别分组写 <code>amounts.groupby("class")</code>。</details>
# <details><summary>提示 2</summary>后面用方括号取一列，列名在 <code>measure</code> 里，不要加引号。</details>
# <details><summary>提示 3</summary>最后求和。</details>

# %% nbgrader={"grade_id": "structure", "solution": true}
def structure(table, measure):
    """各类烟的份额，合计 1；measure 写 "qty"（条数）或 "sales"（销售额）。"""
    amounts = with_amounts(table)
    by_class = None
    ### BEGIN SOLUTION
    by_class = amounts.groupby("class")[measure].sum()
    ### END SOLUTION
    assert by_class is None or isinstance(by_class, pd.Series), "by_class 应当是一列，每类一个数。分组以后用 [measure] 取一列，再求和。"
    return None if by_class is None else by_class / by_class.sum()


structure(ledger, "qty")

# %% nbgrader={"grade_id": "check_structure", "grade": true, "points": 1}
small = pd.DataFrame({"class": [1, 3, 3], "qty": [2, 5, 3], "cost": [90.0, 40.0, 40.0], "price": [100.0, 50.0, 50.0]})
got = structure(small, "qty")
assert got is not None, "第 4 题还没有作答。"
assert abs(float(got[1]) - 0.2) < 1e-9, f"十条里一类两条，按条数占 0.2，你给出的是 {round(float(got[1]), 4)}。给出 0.3333，是数了笔数。"

# %% nbgrader={"grade_id": "check_structure_own", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"class": [2, 4, 5], "qty": [10, 20, 10], "cost": [70.0, 25.0, 15.0], "price": [80.0, 30.0, 20.0]})
got = structure(other, "sales")
assert abs(float(got[2]) - 0.5) < 1e-9, f"换一家店，二类按销售额给出的份额是 {round(float(got[2]), 4)}，不对。按什么算，要看 measure，不要写死。"
own = learn.load("shop_ledger")
for measure, values in (("qty", own["qty"]), ("sales", own["qty"] * own["price"])):
    got, whole = structure(own, measure), sum(values)
    for kind in sorted(set(own["class"])):
        part = sum(v for v, k in zip(values, own["class"]) if k == kind)
        assert abs(float(got[kind]) - part / whole) < 1e-6, f"在你自己的台账上，{kind} 类{'按条数' if measure == 'qty' else '按销售额'}的份额不对。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 条换成件
#
# 一件是 50 条。补上一行，把条数换成件数（可以有小数）。
#
# <details><summary>提示 1</summary>件比条大，换成件，数要变小。</details>
# <details><summary>提示 2</summary>除，不是乘。</details>
# <details><summary>提示 3</summary>除号是 <code>/</code>；写成 <code>//</code> 会丢掉小数。</details>

# %% nbgrader={"grade_id": "bundles", "solution": true}
def bundles(cartons):
    """条数换成件数。"""
    number = None
    ### BEGIN SOLUTION
    number = cartons / 50
    ### END SOLUTION
    return number


bundles(100)

# %% nbgrader={"grade_id": "check_bundles", "grade": true, "points": 1}
got = bundles(100)
assert got is not None, "第 5 题还没有作答。"
assert got == 2, f"100 条是 2 件，你给出的是 {got}。给出 5000，是乘反了：件比条大，换成件，数要变小。"

# %% nbgrader={"grade_id": "check_bundles_more", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
assert abs(bundles(346) - 6.92) < 1e-9, f"346 条给出的是 {bundles(346)} 件。不满一件的部分要留小数。"
assert bundles(0) == 0, "0 条就是 0 件。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 6 题 和店主说清楚
#
# 下面五个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_price", "grade": true, "solution": true, "points": 2}
learn.form("price")

# %% nbgrader={"grade_id": "form_unit", "grade": true, "solution": true, "points": 1}
learn.form("unit")

# %% nbgrader={"grade_id": "form_share", "grade": true, "solution": true, "points": 2}
learn.form("share")

# %% nbgrader={"grade_id": "form_more", "grade": true, "solution": true, "points": 2}
learn.form("more")

# %% nbgrader={"grade_id": "form_advice", "grade": true, "solution": true, "points": 4}
learn.form("advice")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
