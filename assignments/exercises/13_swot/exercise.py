# %% [markdown]
# # 练习 13 给一家店出主意
#
# **你手上有什么** 一家店一个月的销售台账 `ledger`，每人一家，数各不相同。下面还有这家店的十条情况。
#
# **要交什么** 一串字母（十条情况各放哪一格），三个小函数（每个只补一行），四个格子。
#
# **怎样算对** 目标可以各定各的，但要能一起成立：检查会拿别的店、别的销量和结构来试你的函数。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 45 分钟。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import stores

learn.setup()
ledger = learn.load("shop_ledger")
situations = [
    "店里只有店主一个人，常常走不开",
    "店主记得住老顾客抽什么烟",
    "旁边的工地下个月完工，工人要走",
    "公司下月开零售户经营培训，免费",
    "隔壁的店常年低价卖",
    "价签一半没有摆",
    "柜台擦得干净，分类整齐",
    "门前的路修好了，过路的人多了",
    "不记账，不知道哪类烟挣钱",
    "附近有人卖乱渠道的烟",
]
pd.DataFrame({"情况": situations}, index=range(1, 11))

# %% [markdown]
# ## 第 1 题 放哪一格
#
# 十条情况，每条一个字母：S 优势，W 劣势，O 机会，T 威胁。按 1 到 10 的次序写成一串，十个字母，如 `"SWOT…"`，填进 `placed`。
#
# <details><summary>提示 1</summary>先问里外：店里自己带着的（位置、人、货、柜台、账）是里面的；对手、过路人、公司、政策是外面的。</details>
# <details><summary>提示 2</summary>里面的不是 S 就是 W，外面的不是 O 就是 T。</details>
# <details><summary>提示 3</summary>写完数一数，正好十个字母，全是大写，中间不空格。</details>

# %% nbgrader={"grade_id": "placed", "solution": true}
placed = ""
### BEGIN SOLUTION
placed = "WSTOTWSOWT"
### END SOLUTION
pd.DataFrame({"情况": situations, "放在": list(placed.ljust(10, "—"))[:10]}, index=range(1, 11))

# %% nbgrader={"grade_id": "check_placed", "grade": true, "points": 1}
assert placed, "第 1 题还没有作答。"
assert len(placed) == 10, f"要十个字母，你写了 {len(placed)} 个。"
assert set(placed) <= set("SWOT"), f"只用 S、W、O、T 四个大写字母，里面有 {'、'.join(sorted(set(placed) - set('SWOT')))}。"

# %% nbgrader={"grade_id": "check_placed_inside", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行：里外分得清。
### BEGIN HIDDEN TESTS
inner = [number for number, letter in enumerate(placed, 1) if letter in "SW"]
assert len(placed) == 10 and set(placed) <= set("SWOT"), "要十个大写字母，一条情况一个，才看得出放在哪一格。"
assert inner == [1, 2, 6, 7, 9], f"你放在里面（S、W）的是第 {inner} 条。对手、过路人、公司、政策都是外面的：帮他的放机会，害他的放威胁。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "check_placed_helps", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行：利害分得清。
### BEGIN HIDDEN TESTS
good = [number for number, letter in enumerate(placed, 1) if letter in "SO"]
assert len(placed) == 10 and set(placed) <= set("SWOT"), "要十个大写字母，一条情况一个，才看得出放在哪一格。"
assert good == [2, 4, 7, 8], f"你放在有利（S、O）的是第 {good} 条。再问一遍：它帮这家店，还是害这家店？"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 三个目标定死了条均价
#
# 销量 `cartons`（条）、利润率 `margin`（占销售额，0 到 1）、利润 `profit`（元）一起定，条均价就只有一个数。补上一行：`price` 是这个条均价（元/条）。
#
# <details><summary>提示 1</summary>先由利润和利润率得到销售额。</details>
# <details><summary>提示 2</summary>利润是销售额乘利润率，倒过来就是除。</details>
# <details><summary>提示 3</summary>销售额再除以条数。两次都是除。</details>

# %% nbgrader={"grade_id": "price_needed", "solution": true}
def price_needed(cartons, margin, profit):
    """三个目标要的条均价，单位元/条。"""
    price = None
    ### BEGIN SOLUTION
    price = profit / margin / cartons
    ### END SOLUTION
    return price


price_needed(450, 0.10, 1800)

# %% nbgrader={"grade_id": "check_needed", "grade": true, "points": 1}
got = price_needed(450, 0.10, 1800)
assert got is not None, "第 2 题还没有作答。"
assert abs(got - 40) < 1e-6, f"1,800 元利润、10%、450 条，条均价是 40 元，你给出的是 {round(got, 4)}。给出 0.4，是乘了利润率：利润等于销售额乘利润率，求销售额要除；给出 18000，是销售额，还没有除以条数。"

# %% nbgrader={"grade_id": "check_needed_more", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for sold, part, earned, expected in ((300, 0.08, 1200, 50.0), (200, 0.125, 1000, 40.0)):
    got = price_needed(sold, part, earned)
    assert abs(got - expected) < 1e-6, f"{sold} 条、{part:.1%}、{earned} 元，条均价给出的是 {round(got, 4)}，不对。利润除以利润率，再除以条数。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 结构变了，条均价变多少
#
# `base` 里是这家店现在的几个数：`base["price"]` 条均价，`base["share"]` 一、二类占条数的份额（0 到 1），`base["high"]` 一、二类的均价，`base["low"]` 三到五类的均价。一、二类的份额变成 `share`，各类的价不变。补上一行：`price` 是新的条均价。
#
# <details><summary>提示 1</summary>份额每多一点，就有一点烟由低价换成高价。</details>
# <details><summary>提示 2</summary>换一条，差的钱是高价减低价；换多少，是新份额减旧份额。</details>
# <details><summary>提示 3</summary>从现在的条均价出发，加上“份额差 × 价差”。</details>

# %% nbgrader={"grade_id": "price_after", "solution": true}
def price_after(base, share):
    """一、二类占到 share 以后的条均价，单位元/条。"""
    price = None
    ### BEGIN SOLUTION
    price = base["price"] + (share - base["share"]) * (base["high"] - base["low"])
    ### END SOLUTION
    return price


def base_of(table):
    """一家店现在的几个数（已写好）。"""
    now = stores.base_from_ledger(table)
    return {"cartons": now.cartons, "price": now.price, "share": now.class12_share, "high": now.price_class12, "low": now.price_others, "margin": now.profit / now.sales}


price_after(base_of(ledger), 0.35)

# %% nbgrader={"grade_id": "check_after", "grade": true, "points": 1}
small = {"cartons": 100, "price": 46.0, "share": 0.2, "high": 110.0, "low": 30.0, "margin": 0.08}
got = price_after(small, 0.3)
assert got is not None, "第 3 题还没有作答。"
assert abs(got - 54) < 1e-6, f"份额由 20% 到 30%，价差 80 元，条均价由 46 元到 54 元，你给出的是 {round(got, 4)}。给出 50.6，是把条均价加了一成：换一条，差的是高价减低价；给出 70，是用了新份额，没有减旧份额。"

# %% nbgrader={"grade_id": "check_after_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"class": [1, 2, 4, 5], "qty": [5, 15, 40, 40], "cost": [90.0, 70.0, 25.0, 15.0], "price": [100.0, 80.0, 30.0, 20.0]})
def _average(table, kinds):
    """Price of a carton of these classes."""
    chosen = [(n, price) for n, price, kind in zip(table["qty"], table["price"], table["class"]) if kind in kinds]
    return sum(n * price for n, price in chosen) / sum(n for n, _ in chosen)


for table in (ledger, other):
    base = base_of(table)
    for part in (0.25, 0.32, 0.40):
        expected = part * _average(table, (1, 2)) + (1 - part) * _average(table, (3, 4, 5))
        got = price_after(base, part)
        assert abs(got - expected) < 0.01, f"一、二类占到 {part:.0%}，条均价给出的是 {got:.2f}，不对。从现在的条均价出发，加上份额差乘价差。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 提一套不打架的目标
#
# 店主定销量 `cartons` 和结构 `share`，利润率照现在的。补上一行：`profit` 是算出来的利润（元）。函数把四个目标一起交出来。检查看的是：不论店主定多少，四个目标都能一起成立。
#
# <details><summary>提示 1</summary>利润是销售额乘利润率，销售额是条数乘条均价。</details>
# <details><summary>提示 2</summary>条均价要用结构变了以后的，第 3 题的函数能给你。</details>
# <details><summary>提示 3</summary>利润率是 <code>base["margin"]</code>，三个数相乘。</details>

# %% nbgrader={"grade_id": "own_targets", "solution": true}
def own_targets(base, cartons, share):
    """四个目标：利润率、条数、利润、一二类份额。"""
    profit = None
    ### BEGIN SOLUTION
    profit = cartons * price_after(base, share) * base["margin"]
    ### END SOLUTION
    return {"margin": base["margin"], "cartons": cartons, "profit": profit, "share": share}


own_targets(base_of(ledger), 400, 0.35)

# %% nbgrader={"grade_id": "check_targets", "grade": true, "points": 2}
small = {"cartons": 100, "price": 46.0, "share": 0.2, "high": 110.0, "low": 30.0, "margin": 0.08}
got = own_targets(small, 120, 0.3)
assert got["profit"] is not None, "第 4 题还没有作答。"
assert abs(got["profit"] - 518.4) < 0.01, f"120 条、条均价 54 元、利润率 8%，利润是 518.4 元，你给出的是 {round(got['profit'], 2)}。给出 441.6，是用了现在的条均价；给出 6480，是销售额。第 3 题还红着的，先改那里。"

# %% nbgrader={"grade_id": "check_targets_more", "grade": true, "points": 4}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
another = pd.DataFrame({"class": [1, 3, 5], "qty": [30, 50, 20], "cost": [130.0, 48.0, 18.0], "price": [150.0, 52.0, 20.0]})
for table in (ledger, another):
    base = base_of(table)
    rate = 1 - sum(table["qty"] * table["cost"]) / sum(table["qty"] * table["price"])
    for sold in (250, 380, 460):
        for part in (0.28, 0.36):
            wish = own_targets(base, sold, part)
            reach = sold * rate * (part * _average(table, (1, 2)) + (1 - part) * _average(table, (3, 4, 5)))
            assert abs(wish["profit"] - reach) < reach / 10_000, f"定 {sold} 条、{part:.0%}，利润 {wish['profit']:.2f} 元和另外三个目标对不上。一、二类多了，条均价会变，要先算新的条均价。第 3 题还红着的，先改那里。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 交给店主
#
# 下面四个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_share_now", "grade": true, "solution": true, "points": 2}
learn.form("share_now")

# %% nbgrader={"grade_id": "form_profit", "grade": true, "solution": true, "points": 2}
learn.form("profit")

# %% nbgrader={"grade_id": "form_allowed", "grade": true, "solution": true, "points": 2}
learn.form("allowed")

# %% nbgrader={"grade_id": "form_half_page", "grade": true, "solution": true, "points": 6}
learn.form("half_page")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
