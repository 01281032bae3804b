# %% [markdown]
# # 练习 05 配合程度、依存度与价值
#
# **你手上有什么** 一张自己片区的表 `shops`，每户三个分数（0 到 100）和现在一个月走几次。每人一份，户数和分数各不相同。
#
# **要交什么** 四个小函数（每个只补一两行），最后一个排出挪完以后的走访次数；五个格子。
#
# **怎样算对** 走访次数怎样挪没有标准答案，只要守住规矩：总数不变，谁也不减到零，省下的够分，低配合的户就每户都多，最难的先得。每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的表、别的线。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
shops = learn.load("coop190")
columns = {"cust_id": "客户编码", "coop": "配合程度", "dependence": "依存度", "value": "价值", "visits_now": "现在的走访次数（次/月）"}
shops.rename(columns=columns).head(8)

# %% [markdown]
# 分数线照第 5 课的教学约定：配合程度 70 以上为高，40 以上为中；依存度、价值都是 50 以上为高。正好压线的归高的一边。
#
# ## 第 1 题 高、中、低
#
# 补上两行：`is_high` 是够得上高的线没有，`is_medium` 是够得上中的线没有。最后一行已经写好。
#
# <details><summary>提示 1</summary>拿分数 <code>score</code> 和线比。线的名字是 <code>high_line</code> 和 <code>medium_line</code>，不要写成数。</details>
# <details><summary>提示 2</summary>正好压线也算够得上。</details>
# <details><summary>提示 3</summary>“大于或等于”写成两个符号：先大于号，再等号。</details>

# %% nbgrader={"grade_id": "coop_class", "solution": true}
def coop_class(score, high_line, medium_line):
    """一户的配合程度：高、中或低。"""
    is_high = None
    is_medium = None
    ### BEGIN SOLUTION
    is_high = score >= high_line
    is_medium = score >= medium_line
    ### END SOLUTION
    if is_high is None or is_medium is None:
        return None
    return "高" if is_high else "中" if is_medium else "低"


[coop_class(score, 70, 40) for score in (88, 55, 12)]

# %% nbgrader={"grade_id": "check_class", "grade": true, "points": 1}
got = [coop_class(score, 70, 40) for score in (88, 55, 12)]
assert None not in got, "第 1 题还没有答完，is_high 和 is_medium 都要算。"
assert got == ["高", "中", "低"], f"88、55、12 分应当是高、中、低，你给出的是 {got}。"

# %% nbgrader={"grade_id": "check_class_edges", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for score, high, medium, right in ((70, 70, 40, "高"), (40, 70, 40, "中"), (39, 70, 40, "低"), (69, 70, 40, "中"), (80, 85, 60, "中"), (60, 85, 60, "中"), (59.5, 85, 60, "低"), (0, 70, 40, "低")):
    got = coop_class(score, high, medium)
    assert got == right, f"{score} 分，线是 {high} 和 {medium}，给出的是“{got}”。正好压线的归高的一边；线用给的名字，不要写死成数。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 低的再细分
#
# 低配合的户分三组：依存度高的叫“依存高”，依存度低、价值高的叫“最难”，两样都低的叫“保底”。补上两行：`depends` 是依存度够不够线，`worth` 是价值够不够线。
#
# <details><summary>提示 1</summary>和第 1 题一样，拿分数和线比。</details>
# <details><summary>提示 2</summary>两样用同一条线 <code>line</code>。</details>
# <details><summary>提示 3</summary>注意哪个变量配哪个分数：<code>depends</code> 看 <code>dependence</code>，<code>worth</code> 看 <code>value</code>。</details>

# %% nbgrader={"grade_id": "low_group", "solution": true}
def low_group(dependence, value, line):
    """低配合的一户归哪一组：依存高、最难或保底。"""
    depends = None
    worth = None
    ### BEGIN SOLUTION
    depends = dependence >= line
    worth = value >= line
    ### END SOLUTION
    if depends is None or worth is None:
        return None
    return "依存高" if depends else "最难" if worth else "保底"


[low_group(80, 20, 50), low_group(20, 80, 50), low_group(20, 20, 50)]

# %% nbgrader={"grade_id": "check_group", "grade": true, "points": 1}
got = [low_group(80, 20, 50), low_group(20, 80, 50), low_group(20, 20, 50)]
assert None not in got, "第 2 题还没有答完，depends 和 worth 都要算。"
assert got == ["依存高", "最难", "保底"], f"三户应当是依存高、最难、保底，你给出的是 {got}。依存度和价值是不是对调了？"

# %% nbgrader={"grade_id": "check_group_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
def _part(shop):
    """Part of a table that a shop belongs to, by the lines of the lesson."""
    if shop["coop"] > 39:
        return "中" if shop["coop"] < 70 else "高"
    return "依存高" if shop["dependence"] > 49 else ("保底", "最难")[shop["value"] > 49]


for shop in learn.load("coop190").to_dict("records"):
    right = _part(shop)
    if shop["coop"] < 40:
        got = low_group(shop["dependence"], shop["value"], 50)
        assert got == right, f"{shop['cust_id']} 的依存度 {shop['dependence']}、价值 {shop['value']}，给出的是“{got}”。依存度高的离不开卖烟，不是最难。"
assert low_group(60, 60, 65) == "保底" and low_group(50, 0, 50) == "依存高", "换一条线，或者正好压线时，分得不对。"
### END HIDDEN TESTS

# %% [markdown]
# 运行下面一格，把分好的类和组接到表后面。

# %% nbgrader={"grade_id": "join", "locked": true}
classes = [coop_class(score, 70, 40) for score in shops["coop"]]
parts = [low_group(d, v, 50) if c == "低" else c for c, d, v in zip(classes, shops["dependence"], shops["value"])]
sorted_shops = shops.assign(**{"class": classes, "group": parts})
counted = sorted_shops.groupby("group")["visits_now"].agg(["size", "sum", "mean"]).round(2)
counted.rename_axis("组").rename(columns={"size": "户数", "sum": "走访合计（次/月）", "mean": "平均每户（次/月）"})

# %% [markdown]
# ## 第 3 题 省得出几次
#
# 高配合的户每户留 `keep` 次，多出来的省下。原来就不到 `keep` 次的，一次也省不出，也不往里补。补上一行：`spare` 是一列数，每户省得出几次。最后一行已经写好，求合计。
#
# <details><summary>提示 1</summary>每户现在的次数减去要留的次数。</details>
# <details><summary>提示 2</summary>不到 <code>keep</code> 次的户，减出来是负数，要当 0。</details>
# <details><summary>提示 3</summary>一列数里小于 0 的都变成 0，在后面写 <code>.clip(lower=0)</code>，前面的减法用括号括起来。</details>

# %% nbgrader={"grade_id": "freed", "solution": true}
def freed(table, keep):
    """高配合的户每户留 keep 次，一个月一共省出几次。"""
    high = table[table["class"] == "高"]
    spare = None
    ### BEGIN SOLUTION
    spare = (high["visits_now"] - keep).clip(lower=0)
    ### END SOLUTION
    assert spare is None or isinstance(spare, pd.Series), f"spare 应当是一列，一户一个数，现在是 {spare!r}。"
    return None if spare is None else int(spare.sum())


freed(sorted_shops, 2)

# %% nbgrader={"grade_id": "check_freed", "grade": true, "points": 1}
small = pd.DataFrame({"class": ["高", "高", "低", "高"], "visits_now": [4, 3, 2, 1]})
got = freed(small, 2)
assert got is not None, "第 3 题还没有作答。"
assert got == 3, f"4 次的省 2 次，3 次的省 1 次，1 次的不省，一共 3 次，你给出的是 {got}。给出 2，是让 1 次的那户倒扣了一次：省不出就是 0。"

# %% nbgrader={"grade_id": "check_freed_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"class": ["中", "高", "高", "低", "高"], "visits_now": [9, 5, 2, 7, 0]})
for keep, right in ((1, 5), (2, 3), (3, 2), (6, 0)):
    got = freed(other, keep)
    assert got == right, f"换一张表，每户留 {keep} 次，给出的是 {got} 次。只省高配合的，省不出的当 0。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 排出新的次数
#
# 补上两行：
#
# - `cut`：高配合的户挪完以后各走几次，也就是现在的次数，超过 `keep` 的降到 `keep`；
# - `order`：低配合的户谁先得，一列行名，**最难的在最前**。表里已经有一列 `turn`：最难是 0，依存高是 1，保底是 2。
#
# 后面几行已经写好：把省下的 `spare` 次（第 3 题算的）一户一次地发，发完一轮再发一轮。
#
# <details><summary>提示 1</summary>第 3 题用 <code>clip(lower=0)</code> 托底，这里要封顶，方向相反。</details>
# <details><summary>提示 2</summary>封顶写 <code>.clip(upper=keep)</code>。<code>plan[high]</code> 是高配合的那些行。</details>
# <details><summary>提示 3</summary>按一列从小到大排，写 <code>plan[low].sort_values("列名")</code>，后面取 <code>.index</code> 就是行名。</details>

# %% nbgrader={"grade_id": "new_plan", "solution": true}
def new_plan(table, keep, spare):
    """挪完以后的走访次数，写在 visits_new 一列。"""
    plan = table.reset_index(drop=True)
    high, low = plan["class"] == "高", plan["class"] == "低"
    plan["turn"] = plan["group"].map({"最难": 0, "依存高": 1, "保底": 2})
    plan["visits_new"] = plan["visits_now"]
    cut = None
    order = None
    ### BEGIN SOLUTION
    cut = plan[high]["visits_now"].clip(upper=keep)
    order = plan[low].sort_values("turn").index
    ### END SOLUTION
    if cut is None or order is None:
        return None
    assert isinstance(cut, pd.Series), f"cut 应当是一列次数，一户一个，现在是 {cut!r}。"
    assert isinstance(order, (pd.Index, list)), "order 应当是一列行名。排好以后，后面还要取 .index。"
    assert len(order) == low.sum(), f"低配合的有 {low.sum()} 户，order 里有 {len(order)} 户。"
    plan.loc[high, "visits_new"] = cut
    for number in range(spare):
        plan.loc[order[number % len(order)], "visits_new"] += 1
    return plan.drop(columns="turn")


new_plan(sorted_shops, 2, freed(sorted_shops, 2) or 0)

# %% nbgrader={"grade_id": "check_plan", "grade": true, "points": 1}
small = pd.DataFrame(
    {
        "cust_id": ["甲", "乙", "丙", "丁", "戊"],
        "class": ["高", "低", "中", "低", "高"],
        "group": ["高", "依存高", "中", "最难", "高"],
        "visits_now": [4, 1, 2, 1, 1],
    }
)
got = new_plan(small, 3, 1)
assert got is not None, "第 4 题还没有答完，cut 和 order 都要写。"
new = dict(zip(got["cust_id"], got["visits_new"]))
assert new["戊"] == 1, f"戊原来只有 1 次，不到要留的 3 次，不减也不加，你给戊排了 {new['戊']} 次。"
assert sum(new.values()) == 9, f"原来合计 9 次，挪完还应当是 9 次，你的合计是 {sum(new.values())} 次。给低的加几次，就要从高的减几次。"
assert new["丁"] == 2, f"省下的 1 次应当先给最难的丁，你给丁排了 {new['丁']} 次。先后按 turn 从小到大。"

# %% nbgrader={"grade_id": "check_plan_rules", "grade": true, "points": 4}
# 这一格另有检查，交上去以后运行：总数不变，不减到零，低的每户都多。
### BEGIN HIDDEN TESTS
from coursekit.domain import datasets as _datasets

_plans = []
for _table in (learn.load("coop190"), _datasets.load("coop190", "hidden-check")):
    _group = [_part(shop) for shop in _table.to_dict("records")]
    _class = [name if name in ("高", "中") else "低" for name in _group]
    for _keep in (1, 2):
        _spare = sum(max(0, old - _keep) for old, kind in zip(_table["visits_now"], _class) if kind == "高")
        _plan = new_plan(_table.assign(**{"class": _class, "group": _group}), _keep, int(_spare))
        assert _plan is not None, "给不出新的次数。"
        _new = dict(zip(_plan["cust_id"], _plan["visits_new"]))
        assert set(_new) == set(_table["cust_id"]), "有的户不见了，或者多出来了。"
        _plans.append((_keep, _class, list(_table["visits_now"]), [_new[code] for code in _table["cust_id"]]))
for _keep, _class, _before, _after in _plans:
    _saved = sum(max(0, old - _keep) for old, kind in zip(_before, _class) if kind == "高")
    _enough = _saved >= _class.count("低")
    assert min(_after) >= 1, "有的户减到了零。保留基本走访：人不去，政策更听不到。"
    assert sum(_after) == sum(_before), f"原来合计 {sum(_before)} 次，挪完 {sum(_after)} 次，总数变了。一个人的时间不会变多。"
    for _kind, _old, _now in zip(_class, _before, _after):
        assert _kind != "低" or _now > _old or (not _enough and _now == _old), "省下的次数够分，却有一户低配合的没有比原来多。"
        assert _kind != "中" or _now == _old, "中配合的户次数变了，这次只在高和低之间挪。"
        assert _kind != "高" or _now == min(_old, _keep), f"高配合的一户原来 {_old} 次，留 {_keep} 次，给出的是 {_now} 次。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "check_plan_first", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行：最难的先得。
### BEGIN HIDDEN TESTS
few = pd.DataFrame({"cust_id": list("abcdef"), "class": ["低", "低", "低", "高", "低", "高"], "group": ["保底", "依存高", "最难", "高", "最难", "高"], "visits_now": [1, 1, 1, 4, 2, 3]})
_few = new_plan(few, 2, 3)
_less = {code: int(count) for code, count in zip(_few["cust_id"], _few["visits_new"])}
assert _less["c"] == 2 and _less["e"] == 3, f"只省出 3 次时，先给最难的 c 和 e，他们各多 1 次；你给 c 排了 {_less['c']} 次，给 e 排了 {_less['e']} 次。"
assert _less["b"] == 2 and _less["a"] == 1, f"第三次给依存高的 b，保底的 a 这回没有、也不减；你给 b 排了 {_less['b']} 次，给 a 排了 {_less['a']} 次。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 说清楚
#
# 下面五个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_hard", "grade": true, "solution": true, "points": 2}
learn.form("hard")

# %% nbgrader={"grade_id": "form_spare", "grade": true, "solution": true, "points": 2}
learn.form("spare")

# %% nbgrader={"grade_id": "form_basis", "grade": true, "solution": true, "points": 1}
learn.form("basis")

# %% nbgrader={"grade_id": "form_actions", "grade": true, "solution": true, "points": 2}
learn.form("actions")

# %% nbgrader={"grade_id": "form_plan", "grade": true, "solution": true, "points": 4}
learn.form("plan")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
