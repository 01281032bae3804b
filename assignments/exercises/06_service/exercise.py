# %% [markdown]
# # 练习 06 给每户配什么服务
#
# **你手上有什么** 你自己的客户档案 `customers`，从里面抽出的 30 户 `thirty`，和一张规则表 `package`：有哪个标记，就配哪些服务。
#
# **要交什么** 五个小函数（每个只补一两行），六个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的客户、别的规则表，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。卡住时点开提示，一级比一级具体。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import policy

learn.setup()
customers = learn.load("customers")
thirty = customers.iloc[::10].head(30).reset_index(drop=True)
package = {tag: [list(service) for service in services] for tag, services in policy.load("packages").section("services").items()}
columns = {"cust_id": "客户编码", "star": "星级", "scale": "规模", "biz_type": "业态", "law_class": "守法", "credit": "信用", "e_settle": "电子结算"}
thirty[list(columns)].rename(columns=columns).head(6)

# %% [markdown]
# 规模 1 是大；业态 F 是娱乐服务类；星级 0 是未定级。规则表里的标记用英文写，意思如下：
#
# | 标记 | 意思 | 标记 | 意思 |
# | --- | --- | --- | --- |
# | `everyone` | 所有客户 | `large` | 规模大 |
# | `five_star` | 五星 | `venue` | 娱乐服务类 |
# | `middle_star` | 三星、四星 | `reliable` | 规模大、守法 A、信用 AAA 或 AA |
# | `low_star` | 一星、二星 | `no_settlement` | 没开通电子结算 |
# | `unrated` | 未定级 | | |

# %% nbgrader={"grade_id": "rules", "locked": true}
pd.DataFrame([(tag, *service) for tag, services in package.items() for service in services], columns=["标记", "种类", "服务"])

# %% [markdown]
# ## 第 1 题 星级的标记
#
# 补上一行：五星得 `"five_star"`，三星、四星得 `"middle_star"`，一星、二星得 `"low_star"`，未定级得 `"unrated"`。
#
# <details><summary>提示 1</summary>可以写一张对照表，六个星级各对应一个标记，再按星级去取。</details>
# <details><summary>提示 2</summary>对照表写成 <code>{5: "…", 4: "…", …}</code>，后面接 <code>[star]</code> 取出来。</details>
# <details><summary>提示 3</summary>六个星级都要写，不要忘了 0。三星和四星是同一个标记。</details>

# %% nbgrader={"grade_id": "star_tag", "solution": true}
def star_tag(star):
    """星级对应的标记。"""
    tag = None
    ### BEGIN SOLUTION
    tag = {5: "five_star", 4: "middle_star", 3: "middle_star", 2: "low_star", 1: "low_star", 0: "unrated"}[star]
    ### END SOLUTION
    return tag


[star_tag(star) for star in (5, 3)]

# %% nbgrader={"grade_id": "check_star", "grade": true, "points": 1}
got = star_tag(5)
assert got is not None, "第 1 题还没有作答。"
assert got == "five_star", f"五星的标记是 five_star，你给出的是 {got}。"
got = star_tag(3)
assert got == "middle_star", f"三星的标记是 middle_star，你给出的是 {got}。"

# %% nbgrader={"grade_id": "check_star_all", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for star, expected in [[5, "five_star"], [4, "middle_star"], [3, "middle_star"], [2, "low_star"], [1, "low_star"], [0, "unrated"]]:
    assert star_tag(star) == expected, f"{star} 星给出的标记是 {star_tag(star)}。六个星级都要有，未定级（0）是 unrated。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 能不能加一次应急配送
#
# 某县城区营销部（原文没注年份）：规模大、守秩序、信用好的户，正常周期以外可以加一次应急配送（S2-007）。这里取规模是 1、守法是 A、信用是 AAA 或 AA。补上一行，三条都够是 `True`。
#
# <details><summary>提示 1</summary><code>shop</code> 是一家店，取它的一项写 <code>shop["scale"]</code>。</details>
# <details><summary>提示 2</summary>三条都要成立，用 <code>and</code> 连。</details>
# <details><summary>提示 3</summary>信用是两个里的一个，写成 <code>in ("AAA", "AA")</code>。</details>

# %% nbgrader={"grade_id": "is_reliable", "solution": true}
def is_reliable(shop):
    """规模大、守法 A、信用 AAA 或 AA。"""
    enough = None
    ### BEGIN SOLUTION
    enough = shop["scale"] == 1 and shop["law_class"] == "A" and shop["credit"] in ("AAA", "AA")
    ### END SOLUTION
    return enough


# %% nbgrader={"grade_id": "check_reliable", "grade": true, "points": 1}
got = is_reliable({"scale": 1, "law_class": "A", "credit": "AA"})
assert got is not None, "第 2 题还没有作答。"
assert got, "规模大、守法 A、信用 AA，三条都够，应当是 True。"
assert not is_reliable({"scale": 2, "law_class": "A", "credit": "AAA"}), "规模是中，少一条，应当是 False。"

# %% nbgrader={"grade_id": "check_reliable_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for scale, law, credit, expected in [[1, "A", "AAA", True], [1, "B", "AAA", False], [1, "A", "A", False], [3, "A", "AA", False], [1, "C", "C", False]]:
    got = bool(is_reliable({"scale": scale, "law_class": law, "credit": credit}))
    assert got == expected, f"规模 {scale}、守法 {law}、信用 {credit}，判断反了。三条都要够，少一条就不配。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 一家店有哪些标记
#
# 补上两行。`tags` 先放两个：人人都有的 `"everyone"`，和第 1 题的星级标记；`no_account` 是这家**没开通**电子结算时为 `True`。中间几行已经写好。
#
# <details><summary>提示 1</summary>几样东西的清单写成 <code>[甲, 乙]</code>。</details>
# <details><summary>提示 2</summary>清单里可以放一个函数的结果：<code>star_tag(shop["star"])</code>。</details>
# <details><summary>提示 3</summary><code>shop["e_settle"]</code> 开通了是 True。反过来写在前面加 <code>not</code>。</details>

# %% nbgrader={"grade_id": "tags_of", "solution": true}
def tags_of(shop):
    """一家店的标记。"""
    tags = None
    no_account = None
    ### BEGIN SOLUTION
    tags = ["everyone", star_tag(shop["star"])]
    no_account = not shop["e_settle"]
    ### END SOLUTION
    if tags is None or no_account is None:
        return None
    assert isinstance(tags, list), f"tags 要写在方括号里，现在是 {tags!r}。"
    if shop["scale"] == 1:
        tags.append("large")
    if shop["biz_type"] == "F":
        tags.append("venue")
    if is_reliable(shop):
        tags.append("reliable")
    if no_account:
        tags.append("no_settlement")
    return tags


tags_of(thirty.to_dict("records")[0])

# %% nbgrader={"grade_id": "check_tags", "grade": true, "points": 1}
shop = {"cust_id": "甲", "star": 2, "scale": 3, "biz_type": "Z", "law_class": "B", "credit": "A", "e_settle": False}
got = tags_of(shop)
assert got is not None, "第 3 题还没有作答，tags 和 no_account 都要补。"
assert "everyone" in got, f"漏了 everyone：标准化服务人人都有，小店也有。你给出的标记是 {got}。"
assert "no_settlement" in got, f"这家没开通电子结算，要有 no_settlement，你给出的是 {got}。是不是忘了反过来？"
assert len(got) == 3, f"二星小店，没开通电子结算，应当是三个标记，你给出的是 {got}。"

# %% nbgrader={"grade_id": "check_tags_own", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
def _tags(one):
    """Tags of a shop, from the rules as the task states them."""
    when = {
        "everyone": True,
        ("unrated", "low_star", "low_star", "middle_star", "middle_star", "five_star")[one["star"]]: True,
        "large": one["scale"] == 1,
        "venue": one["biz_type"] == "F",
        "reliable": (one["scale"], one["law_class"]) == (1, "A") and one["credit"] in {"AA", "AAA"},
        "no_settlement": one["e_settle"] in (False, 0),
    }
    return {tag for tag, holds in when.items() if holds}


own = learn.load("customers")
touched = own["star"].eq(0) | (own["scale"].eq(1) & own["law_class"].eq("A") & own["credit"].ne("AAA"))  # 前两题常见的错只动这些户，这里不看
for one in own[~touched].to_dict("records"):
    expected = _tags(one)
    got = tags_of(one)
    lost, extra = sorted(map(str, expected - set(got))), sorted(map(str, set(got) - expected))
    assert not lost and not extra, f"{one['cust_id']}（{one['star']} 星）的标记，少了 {'、'.join(lost) or '无'}，多了 {'、'.join(extra) or '无'}。前两题还红着的，先改那里。"
    assert len(got) == len(expected), f"{one['cust_id']} 的标记有重复。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 配出服务
#
# 函数一个标记一个标记地看。补上一行：把 `table` 里这个标记的服务，接到 `found` 的后面。
#
# <details><summary>提示 1</summary>取一个标记的服务，写 <code>table[tag]</code>，得到的是一张清单。</details>
# <details><summary>提示 2</summary>清单接清单，用加号。</details>
# <details><summary>提示 3</summary>接完要放回 <code>found</code>：<code>found = found + …</code>。</details>

# %% nbgrader={"grade_id": "services_of", "solution": true}
def services_of(shop, table):
    """一家店的全部服务，每样是 [种类, 内容]。"""
    found = []
    for tag in tags_of(shop) or []:
        pass
        ### BEGIN SOLUTION
        found = found + table[tag]
        ### END SOLUTION
    return found


pd.DataFrame(services_of(thirty.to_dict("records")[0], package), columns=["种类", "服务"])

# %% nbgrader={"grade_id": "check_services", "grade": true, "points": 1}
shop = {"cust_id": "甲", "star": 5, "scale": 1, "biz_type": "F", "law_class": "A", "credit": "AAA", "e_settle": True}
got = [list(service) for service in services_of(shop, package)]
assert got, "第 4 题还没有作答，一样服务也没有配出来。"
tags = tags_of(shop)
assert "large" in tags and "venue" in tags, f"这家规模大，又是娱乐服务类，第 3 题的标记里应当有 large 和 venue，你的是 {tags}。那几行已经写好，不要改。"
short = [tag for tag in tags if not all(list(service) in got for service in package[tag])]
assert not short, f"这家有 {len(tags)} 个标记，{'、'.join(short)} 的服务没有配上。是不是只留下了最后一个标记的？"

# %% nbgrader={"grade_id": "check_services_own", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers").iloc[::10].head(30)
touched = own["star"].eq(0) | (own["scale"].eq(1) & own["law_class"].eq("A") & own["credit"].ne("AAA"))  # 前两题常见的错只动这些户，这里不看
for one in own[~touched].to_dict("records"):
    wanted = sorted(service[1] for tag in _tags(one) for service in package[tag])
    got = sorted(service[1] for service in services_of(one, package))
    assert got == wanted, f"{one['cust_id']} 配了 {len(got)} 样服务，照规则表应当是 {len(wanted)} 样。每个标记的都要接上。第 3 题还红着的，先改那里。"
other = {tag: [["甲种", f"{tag} 的服务"]] for tag in package}
strange = {"cust_id": "乙", "star": 2, "scale": 1, "biz_type": "F", "law_class": "B", "credit": "A", "e_settle": False}
got = sorted(service[1] for service in services_of(strange, other))
assert got == sorted(f"{tag} 的服务" for tag in _tags(strange)), "换一张规则表，配出来的还是原来那张表的，或者少了几样。服务要从 table 里取。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 要他出钱的，值不值得讲
#
# 补上一行：`good` 在几个月回本**不超过** `most` 时是 `True`。每月多挣的毛利 `gain` 是 0 或负数的，永远回不了本，是 `False`。
#
# <details><summary>提示 1</summary>几个月回本，是投入除以每月多挣的毛利。</details>
# <details><summary>提示 2</summary>除以 0 会出错。先看 <code>gain &gt; 0</code>，用 <code>and</code> 连在前面。</details>
# <details><summary>提示 3</summary>“不超过”是小于或等于，写成 <code>&lt;=</code>。</details>

# %% nbgrader={"grade_id": "worth", "solution": true}
def worth(capital, gain, most):
    """投入 capital 元，每月多挣 gain 元毛利，most 个月之内回不回本。"""
    good = None
    ### BEGIN SOLUTION
    good = gain > 0 and capital / gain <= most
    ### END SOLUTION
    return good


# %% nbgrader={"grade_id": "check_worth", "grade": true, "points": 1}
got = worth(1800, 120, 24)
assert got is not None, "第 5 题还没有作答。"
assert got, "1,800 元，每月多挣 120 元，15 个月回本，不到 24 个月，应当是 True。"
assert not worth(4800, 160, 24), "4,800 元，每月多挣 160 元，30 个月才回本，应当是 False。是不是除反了？"

# %% nbgrader={"grade_id": "check_worth_edges", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for capital, gain, most, expected in [[2400, 100, 24, True], [2401, 100, 24, False], [500, 0, 24, False], [500, -20, 24, False], [900, 100, 6, False], [900, 150, 6, True]]:
    try:
        got = bool(worth(capital, gain, most))
    except ZeroDivisionError:
        got = None
    assert got is not None, "每月多挣 0 元的，除以零了。先看 gain 大不大于 0，写在 and 前面。"
    assert got == expected, f"投入 {capital} 元、每月多挣 {gain} 元、{most} 个月，判断反了。正好到期回本的，算回本。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 6 题 说清楚
#
# 下面六个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_reliable", "grade": true, "solution": true, "points": 2}
learn.form("reliable")

# %% nbgrader={"grade_id": "form_not_settled", "grade": true, "solution": true, "points": 2}
learn.form("not_settled")

# %% nbgrader={"grade_id": "form_all", "grade": true, "solution": true, "points": 1}
learn.form("all")

# %% nbgrader={"grade_id": "form_care", "grade": true, "solution": true, "points": 2}
learn.form("care")

# %% nbgrader={"grade_id": "form_flooded", "grade": true, "solution": true, "points": 3}
learn.form("flooded")

# %% nbgrader={"grade_id": "form_counter", "grade": true, "solution": true, "points": 3}
learn.form("counter")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
