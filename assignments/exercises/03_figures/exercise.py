# %% [markdown]
# # 练习 03 这些数对得上吗
#
# **你手上有什么** 一份从系统导出的客户档案 `customers`，每人一份，数各不相同。线路是今天的，星级是季初评的。
#
# **要交什么** 四个小函数（每个只补一两行），四个格子。做完按最下面的按钮打包。
#
# **怎样算对** 每道题后面有一格检查，运行后没有红字就是过了。另有一些检查交上去才运行，用的是另外一张表，所以答案不要写死成一个数。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。卡住时点开提示，一级比一级具体。

# %% [markdown]
# ## 先看表
#
# 运行下面这一格（点一下它，再按 `Shift + Enter`）。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
customers = learn.load("customers_raw")
columns = {"cust_id": "客户编码", "licence_no": "许可证号", "route": "线路", "star": "星级", "e_settle": "电子结算"}
customers[list(columns)].rename(columns=columns).tail(8)

# %% [markdown]
# `route` 空着的记录不在任何一条送货线上，`star` 是 0 的户还没有定级，`e_settle` 是 `True` 的户开通了电子结算。
#
# ## 第 1 题 线路合计
#
# 补上一行：这张表里，`route` 一列**有线路**的记录有多少条？结果是一个整数，单位户。
#
# <details><summary>提示 1</summary>空着的不算。表的总行数不是答案。</details>
# <details><summary>提示 2</summary>一列后面写 <code>.notna()</code>，有值的地方是 True，空着的是 False。</details>
# <details><summary>提示 3</summary>True 相加当 1 算，所以在后面接着求和就是个数。最后用 <code>int( )</code> 包起来。</details>

# %% nbgrader={"grade_id": "route_total", "solution": true}
def route_total(table):
    """五条线一共多少户。"""
    total = None
    ### BEGIN SOLUTION
    total = int(table["route"].notna().sum())
    ### END SOLUTION
    return total


route_total(customers)

# %% nbgrader={"grade_id": "check_route", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "乙", "丙", "丁"], "route": ["A", None, "B", "B"], "star": [5, 3, 0, 4]})
got = route_total(small)
assert got is not None, "第 1 题还没有作答。"
assert not isinstance(got, (pd.Series, pd.DataFrame)), "你给出的是一整列，要的是一个数。有线路的是 True，还要把 True 加起来。"
assert got == 3, f"四条记录里乙没有线路，你给出的是 {got}。空着的那一户是不是也数进去了？"

# %% nbgrader={"grade_id": "check_route_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers_raw")
got = route_total(own)
assert got == int(own["route"].count()), f"在你自己的表上，线路合计给出的是 {got}，和逐线相加对不上。没有线路的空着，不算。"
none_left = pd.DataFrame({"cust_id": ["甲"], "route": [None], "star": [3]})
assert route_total(none_left) == 0, "表里一户有线路的都没有时，应当是 0。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 星级合计
#
# 补上两行。`graded` 是已经定级（1 到 5 星）的户数，`everyone` 把还没定级的也算上。单位都是户。
#
# <details><summary>提示 1</summary>没定级的户，星级写的是 0，不是空着。</details>
# <details><summary>提示 2</summary>把一列和一个数比大小，得到的也是一列 True 和 False。</details>
# <details><summary>提示 3</summary>大于 0 的个数，和不空的个数，分别是两个答案。</details>

# %% nbgrader={"grade_id": "star_totals", "solution": true}
def star_totals(table):
    """已定级的户数，和连同未定级的户数。"""
    graded = None
    everyone = None
    ### BEGIN SOLUTION
    graded = int((table["star"] > 0).sum())
    everyone = int(table["star"].notna().sum())
    ### END SOLUTION
    return graded, everyone


star_totals(customers)

# %% nbgrader={"grade_id": "check_stars", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["甲", "乙", "丙", "丁"], "route": ["A", None, "B", "B"], "star": [5, 3, 0, 4]})
got = star_totals(small)
assert not any(isinstance(one, pd.Series) for one in got), "graded 和 everyone 各要一个数，你给出的里面有一整列。比完大小是一列 True 和 False，还要求和。"
assert None not in tuple(got), "第 2 题还没有答完，graded 和 everyone 都要算。"
assert tuple(got) == (3, 4), f"四条记录里丙没有定级，应当一个不含丙、一个含丙，你给出的是 {tuple(got)}。0 星是没定级，不是没有这户。"

# %% nbgrader={"grade_id": "check_stars_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers_raw")
stars = own["star"].value_counts()
graded, everyone = star_totals(own)
assert everyone == int(stars.sum()), f"连同未定级，你给出的是 {everyone}，和各星级相加对不上。0 星的户是不是漏了？"
assert graded == int(stars.drop(0).sum()), f"已定级的户数给出的是 {graded}。未定级的那一户是不是数了两次，或者没有去掉？"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 差的是哪几条
#
# 星级合计比线路合计多出几户。多出来的是哪几条记录？补上一行：没有线路的记录，把客户编码列成一个清单，从小到大。
#
# 只列出来，不要从表里删掉。删了，下个月就没有人知道差过。
#
# <details><summary>提示 1</summary>先挑出 <code>route</code> 空着的那些行，再取它们的 <code>cust_id</code>。</details>
# <details><summary>提示 2</summary>挑行的写法是 <code>table[条件]</code>，条件用 <code>.isna()</code>。</details>
# <details><summary>提示 3</summary>一列排序变成清单：<code>sorted( )</code>，括号里写那一列。</details>

# %% nbgrader={"grade_id": "off_route", "solution": true}
def off_route(table):
    """不在任何线路上的客户编码，从小到大。"""
    codes = None
    ### BEGIN SOLUTION
    codes = sorted(table[table["route"].isna()]["cust_id"])
    ### END SOLUTION
    return codes


off_route(customers)

# %% nbgrader={"grade_id": "check_off_route", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["K3", "K2", "K1"], "route": [None, "B", None], "star": [3, 0, 4]})
got = off_route(small)
assert got is not None, "第 3 题还没有作答。"
assert list(got) == ["K1", "K3"], f"K1、K3 没有线路，清单要从小到大，你给出的是 {list(got)}。户对、次序不对的，是忘了排序。"

# %% nbgrader={"grade_id": "check_off_route_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers_raw")
expected = {code for code, line in zip(own["cust_id"], own["route"]) if not isinstance(line, str)}
got = list(off_route(own))
assert set(got) == expected, f"在你自己的表上，清单里有 {len(got)} 条，和没有线路的记录不一致。"
assert got == sorted(got), "清单的顺序不是从小到大。"
assert len(own) == len(learn.load("customers_raw")), "函数把表改短了。只列出来，不要删。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 电子结算覆盖率
#
# 补上两行。分子 `part` 是开通电子结算的户数，分母 `whole` 是**在线路上**的户数。函数最后一行已经写好，给出 0 到 1 之间的小数。
#
# <details><summary>提示 1</summary>分母不是表的行数：没有线路的记录不是一家在营业的店。</details>
# <details><summary>提示 2</summary>分母第 1 题已经写过，可以直接用那个函数。</details>
# <details><summary>提示 3</summary><code>e_settle</code> 本来就是 True 和 False，求和就是户数。</details>

# %% nbgrader={"grade_id": "coverage", "solution": true}
def coverage(table):
    """开通电子结算的户，占在线路上的户的比例。"""
    part = None
    whole = None
    ### BEGIN SOLUTION
    part = int(table["e_settle"].sum())
    whole = route_total(table)
    ### END SOLUTION
    return None if part is None or whole is None else part / whole


coverage(customers)

# %% nbgrader={"grade_id": "check_coverage", "grade": true, "points": 1}
small = pd.DataFrame(
    {
        "cust_id": ["甲", "乙", "丙", "丁", "戊"],
        "route": ["A", None, "B", "B", "C"],
        "star": [5, 3, 0, 4, 3],
        "e_settle": [True, False, True, True, False],
    }
)
got = coverage(small)
assert got is not None, "第 4 题还没有作答。"
assert not isinstance(got, pd.Series), "part 和 whole 各要一个数，里面有一个是一整列。开通的户还要求和；分母用第 1 题的函数。"
assert got <= 1, f"你给出的是 {round(got, 4)}。要 0 到 1 之间的小数，不要先乘 100。"
assert abs(got - 0.75) < 1e-9, f"在线路上的四户里开通了三户，你给出的是 {round(got, 4)}。给出 0.6，是把没有线路的乙也放进了分母。"

# %% nbgrader={"grade_id": "check_coverage_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers_raw")
on_line = own.dropna(subset=["route"])
got = coverage(own)
assert got <= 1, f"在你自己的表上给出的是 {round(got, 4)}。函数给出的是 0 到 1 之间的小数，不是百分数。"
assert abs(got - float(on_line["e_settle"].mean())) < 1e-9, f"在你自己的表上给出的是 {got:.4f}。分母要用在线路上的户，不是表的行数。第 1 题还红着的，先改那里。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 报数
#
# 下面四个格子，填完就自动存下来，不用写代码。先运行每一格，再在出现的框里填。

# %% nbgrader={"grade_id": "form_coverage", "grade": true, "solution": true, "points": 2}
learn.form("coverage")

# %% nbgrader={"grade_id": "form_which_rate", "grade": true, "solution": true, "points": 1}
learn.form("which_rate")

# %% nbgrader={"grade_id": "form_difference", "grade": true, "solution": true, "points": 2}
learn.form("difference")

# %% nbgrader={"grade_id": "form_report", "grade": true, "solution": true, "points": 4}
learn.form("report")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。打好的包在学习文件夹里，名字以“交作业”开头，发给培训师。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
