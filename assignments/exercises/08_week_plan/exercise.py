# %% [markdown]
# # 练习 08 排一周的走访计划
#
# **你手上有什么** 客户档案 `customers` 和走访记录 `log`（每人一份，数各不相同）。今天是 2024 年 6 月 14 日，星期五。
#
# **要交什么** 下周一到周五（6 月 17 日到 21 日）的走访计划。计划由五个小函数拼成，每个只补一两行。另有五个格子要填。
#
# **怎样算对** 守规则的计划有很多张，都算对，不和哪一张标准答案比。规则是：
#
# - 一天一条线，五天走完五条线；每次写明目的；同一家一天只排一次；
# - 这家单位一天按 450 分钟算，和课文的 390 分钟不同：每天不超过 24 户，路上留 120 分钟，店里停留不超过 330 分钟；
# - 五星户每家一次，有待办问题的户每家一次；
# - 还有时间、还有户可以排的，不空着。
#
# 交上去以后，还会用另外一批客户和另外几天来试你的函数，所以不要把编码写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。大约 45 分钟。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import policy, visits

learn.setup()
customers = learn.load("customers")
log = learn.load("visits")
rules = policy.load("visits").replace(cycle__day_minutes=330, cycle__city_most=24, cycle__country_most=24)
stay = {star: float(rules[f"stay_minutes.{star}"]) for star in range(6)}
routine = {
    5: "介绍一、二类品牌和三类以上新品",
    4: "按货源调库存，推荐替代新品",
    3: "讲法规，指导经营",
    2: "帮着理柜台",
    1: "帮着理柜台",
    0: "建全档案，讲清订货办法",
}
week = ["2024-06-17", "2024-06-18", "2024-06-19", "2024-06-20", "2024-06-21"]
columns = {"date": "计划日期", "cust_id": "客户编码", "arrive": "到店", "issue_id": "问题号", "result": "结果"}
log.loc[log["issue_id"].notna(), list(columns)].rename(columns=columns).head()

# %% [markdown]
# `stay` 是各星级每次停留的分钟，`routine` 是没有待办问题时的目的，可以照用，也可以改成你自己的话。
#
# ## 第 1 题 还没办完的问题
#
# 函数已经挑出了 `monday` 之前去成的、带问题号的走访，按到店时间从早到晚排好，放在 `asked` 里。补上两行：`last` 是每个问题号的**最后一次**；`unsolved` 是其中结果不是“问题已解决”的那些行。
#
# <details><summary>提示 1</summary>同一个问题号会出现好几次，只留最后一次。</details>
# <details><summary>提示 2</summary>去掉重复的写法是 <code>.drop_duplicates(列名, keep=…)</code>，<code>keep</code> 写 <code>"last"</code> 就留最后一个。</details>
# <details><summary>提示 3</summary>先留最后一次，再看结果。反过来做，办完了的问题会把以前没办完的那次留下来。“不等于”写成 <code>!=</code>。</details>

# %% nbgrader={"grade_id": "open_issues", "solution": true}
def open_issues(log, monday):
    """monday 之前提出、还没有解决的问题，每个一行。"""
    asked = log[log["issue_id"].notna() & log["arrive"].notna() & (log["arrive"] < pd.Timestamp(monday))]
    asked = asked.sort_values("arrive")
    last = None
    unsolved = None
    ### BEGIN SOLUTION
    last = asked.drop_duplicates("issue_id", keep="last")
    unsolved = last[last["result"] != "问题已解决"]
    ### END SOLUTION
    assert unsolved is None or isinstance(unsolved, pd.DataFrame), "unsolved 应当是挑出来的行。条件要放进 last[ ] 的方括号里。"
    return None if unsolved is None else unsolved[["issue_id", "cust_id", "arrive", "result"]]


open_issues(log, "2024-06-17")

# %% nbgrader={"grade_id": "check_issues", "grade": true, "points": 1}
small = pd.DataFrame(
    {
        "issue_id": ["W1", "W2", None, "W1", "W2", "W3"],
        "cust_id": ["甲", "乙", "丙", "甲", "乙", "丁"],
        "arrive": pd.to_datetime(["2024-06-03", "2024-06-04", "2024-06-05", "2024-06-10", "2024-06-11", "2024-06-18"]),
        "result": ["还没解决", "还没解决", "已完成", "问题已解决", "还没解决", "还没解决"],
    }
)
got = open_issues(small, "2024-06-17")
assert got is not None, "第 1 题还没有作答。"
assert list(got["issue_id"]) == ["W2"], f"W1 后来解决了，W3 是 17 日以后的事，只剩 W2，你给出的是 {list(got['issue_id'])}。出现 W1，多半是先看了结果、再留最后一次。"

# %% nbgrader={"grade_id": "check_issues_own", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("visits")
for start in ("2024-06-17", "2024-05-06"):
    state = {}
    done = own[own["arrive"].notna() & own["issue_id"].notna()].sort_values("arrive")
    for number, when, result in zip(done["issue_id"], done["arrive"], done["result"]):
        if when < pd.Timestamp(start):
            state[number] = result
    expected = {number for number, result in state.items() if result != "问题已解决"}
    got = open_issues(own, start)
    assert set(got["issue_id"]) == expected, f"在你自己的记录上，{start} 之前挂着的问题给出了 {len(got)} 个，和逐个翻记录对不上。每个问题先留最后一次，再看结果。"
    assert len(got) == len(expected), "同一个问题出现了两行，应当每个问题一行。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 写目的
#
# `question` 是一张对照表：哪家客户有哪个待办问题，例如 `{"K0031": "W005"}`。补上一行：这家有待办问题的，目的里要写出问题号；没有的，照 `routine` 写，或者写你自己的话，不能空着。
#
# <details><summary>提示 1</summary>一家客户在不在对照表里，写成 <code>cust_id in question</code>。</details>
# <details><summary>提示 2</summary>问题号用 <code>question[cust_id]</code> 取，文字和文字用加号连。</details>
# <details><summary>提示 3</summary>一行里两种情形：<code>甲 if 条件 else 乙</code>。条件成立得到甲，否则得到乙。</details>

# %% nbgrader={"grade_id": "purpose_for", "solution": true}
def purpose_for(cust_id, star, question):
    """这次走访的目的。"""
    text = None
    ### BEGIN SOLUTION
    text = "答复问题 " + question[cust_id] if cust_id in question else routine[star]
    ### END SOLUTION
    return text


[purpose_for("甲", 5, {"甲": "W9"}), purpose_for("乙", 3, {"甲": "W9"})]

# %% nbgrader={"grade_id": "check_purpose", "grade": true, "points": 1}
got = purpose_for("甲", 5, {"甲": "W9"})
assert got is not None, "第 2 题还没有作答。"
assert "W9" in got, f"甲有待办问题 W9，目的里要写出问题号，你写的是“{got}”。不写号，走完就对不上是哪个问题。"
got = purpose_for("乙", 3, {"甲": "W9"})
assert got and str(got).strip(), "乙没有待办问题，目的也不能空着：没有目的的走访，走完无法判断成没成。"

# %% nbgrader={"grade_id": "check_purpose_all", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for star in range(6):
    plain = purpose_for("丙", star, {})
    assert plain and str(plain).strip(), f"{star} 星的户没有待办问题时，目的空着。"
    assert "W77" in purpose_for("丙", star, {"丙": "W77", "丁": "W78"}), f"{star} 星的户有待办问题时，目的里没有它的问题号。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 必去的户排在前面
#
# `line` 是一条线的客户。补上一行：`must` 是一列 True 和 False，**五星户**和**有待办问题的户**是 True。函数最后一行已经写好，会把 True 的排到前面。
#
# <details><summary>提示 1</summary>两个条件，有一个成立就算。</details>
# <details><summary>提示 2</summary>“或者”写成 <code>|</code>，每个条件用括号括起来。</details>
# <details><summary>提示 3</summary>一列在不在一张对照表里，用 <code>.isin( )</code>；括号里直接放 <code>question</code>，就按客户编码找。</details>

# %% nbgrader={"grade_id": "must_first", "solution": true}
def must_first(line, question):
    """一条线的客户，必去的在前。"""
    must = None
    ### BEGIN SOLUTION
    must = (line["star"] == 5) | line["cust_id"].isin(list(question))
    ### END SOLUTION
    assert must is None or isinstance(must, pd.Series), "must 应当是一列 True 和 False，一户一个，不是挑出来的行。"
    return None if must is None else line.assign(must=must).sort_values("must", ascending=False, kind="stable")


# %% nbgrader={"grade_id": "check_first", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": list("甲乙丙丁"), "route": list("AAAA"), "star": [3, 5, 4, 1]})
got = must_first(small, {"丁": "W1"})
assert got is not None, "第 3 题还没有作答。"
assert set(got["cust_id"].head(2)) == {"乙", "丁"}, f"乙是五星，丁有待办问题，这两家要排在最前，你排出来是 {list(got['cust_id'])}。两个条件，有一个成立就算必去。"
assert len(got) == 4, f"四家客户，排完剩下 {len(got)} 家。只排先后，不要去掉谁。"

# %% nbgrader={"grade_id": "check_first_own", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers")
asking = dict(zip(own["cust_id"].iloc[::9], [f"W{k:03d}" for k in range(len(own))]))
for route in "ABCDE":
    shops = own[own["route"] == route]
    needed = {code for code, star in zip(shops["cust_id"], shops["star"]) if star == 5 or code in asking}
    got = must_first(shops, asking)
    assert set(got["cust_id"].head(len(needed))) == needed, f"{route} 线上必去的 {len(needed)} 家没有全排在最前。五星户和有待办问题的户，两样都算。"
    assert sorted(got["cust_id"]) == sorted(shops["cust_id"]), f"{route} 线的客户排完以后少了或多了。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 还排得下吗
#
# 今天已经排了 `number` 户，店里用去 `used` 分钟。再来一户，要停 `minutes` 分钟。补上一行：户数不超过 `most`、分钟不超过 `limit` 时是 `True`。正好用满，算排得下。
#
# <details><summary>提示 1</summary>两个条件都要成立，用 <code>and</code> 连。</details>
# <details><summary>提示 2</summary>加上这一户以后，户数是 <code>number + 1</code>。</details>
# <details><summary>提示 3</summary>“不超过”是小于或等于，写成 <code>&lt;=</code>。</details>

# %% nbgrader={"grade_id": "fits", "solution": true}
def fits(number, used, minutes, most, limit):
    """再来一户排不排得下。"""
    possible = None
    ### BEGIN SOLUTION
    possible = number + 1 <= most and used + minutes <= limit
    ### END SOLUTION
    return possible


# %% nbgrader={"grade_id": "check_fits", "grade": true, "points": 1}
got = fits(24, 200, 20, 25, 260)
assert got is not None, "第 4 题还没有作答。"
assert got, "排了 24 户、用了 200 分钟，再来一户 20 分钟的，应当排得下。正好用满，算排得下。"
assert not fits(25, 200, 20, 25, 260), "已经排了 25 户，上限 25 户，不能再排。要先加上这一户，再比上限。"
assert not fits(10, 250, 20, 25, 260), "用了 250 分钟，再来 20 分钟就超了 260 分钟。"

# %% nbgrader={"grade_id": "check_fits_edges", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
edges = [[0, 0, 10, 1, 10, True], [1, 0, 10, 1, 100, False], [5, 240, 20, 25, 260, True], [5, 241, 20, 25, 260, False], [29, 100, 8, 30, 300, True]]
for number, used, minutes, most, limit, expected in edges:
    assert bool(fits(number, used, minutes, most, limit)) == expected, f"已排 {number} 户、{used} 分钟，再来 {minutes} 分钟，上限 {most} 户、{limit} 分钟，判断反了。先加上这一户，再比；正好用满算排得下。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 拼成一周
#
# 下面的函数一天走一条线，从前往后填，排得下就排。补上一行：`line` 是这条线（`route`）上的客户，必去的排在前面。第 3 题的函数可以直接用。
#
# 想用别的排法，整个函数改写也可以，守规则就行。结果是一张表，列名是 `date`、`cust_id`、`purpose`。
#
# <details><summary>提示 1</summary>先从 <code>customers</code> 里挑出线路等于 <code>route</code> 的行。</details>
# <details><summary>提示 2</summary>挑行的写法是 <code>customers[条件]</code>。</details>
# <details><summary>提示 3</summary>挑出来的表放进 <code>must_first(表, question)</code>。</details>

# %% nbgrader={"grade_id": "week_plan", "solution": true}
def week_plan(customers, question, days, most=24, limit=330):
    """一天一条线的走访计划。"""
    rows = []
    for route, day in zip(sorted(customers["route"].unique()), days):
        line = None
        ### BEGIN SOLUTION
        line = must_first(customers[customers["route"] == route], question)
        ### END SOLUTION
        number, used = 0, 0
        for shop in () if line is None else line.itertuples():
            minutes = stay[shop.star]
            if fits(number, used, minutes, most, limit):
                rows.append({"date": day, "cust_id": shop.cust_id, "purpose": purpose_for(shop.cust_id, shop.star, question)})
                number, used = number + 1, used + minutes
    return pd.DataFrame(rows, columns=["date", "cust_id", "purpose"])


issues = open_issues(log, week[0])
question = {} if issues is None else dict(zip(issues["cust_id"], issues["issue_id"]))
plan = week_plan(customers, question, week)
print(f"这一周排了 {len(plan)} 次走访。")
plan.merge(customers[["cust_id", "name", "route", "star"]]).head(10)

# %% nbgrader={"grade_id": "check_plan", "grade": true, "points": 2}
assert len(plan), "第 5 题还没有作答，计划是空的。"
faults = visits.check_plan(plan, customers, None, 0, rules)
told = "" if faults.empty else f"{faults['what'].iloc[0]}，{faults['found'].iloc[0]}"
rule = "" if faults.empty else faults["text"].iloc[0]
assert faults.empty, f"计划有 {len(faults)} 处违反规则，第一处：{told}。规则是：{rule}。前面几题还有红字的，先改那里。"

# %% nbgrader={"grade_id": "check_plan_must", "grade": true, "points": 3}
assert len(plan), "第 5 题还没有作答，计划是空的。"
waiting = open_issues(log, week[0])
assert waiting["issue_id"].is_unique, "第 1 题的表里，同一个问题有好几行，先改那里。"
closed = set(log[(log["result"] == "问题已解决") & (log["arrive"] < pd.Timestamp(week[0]))]["issue_id"])
assert not closed & set(waiting["issue_id"]), "第 1 题的表里有已经解决的问题，占了别家的时间，先改那里。"
faults = visits.check_plan(plan, customers, waiting, 1, rules)
left_out = faults[faults["rule"].isin(["issue_missed", "five_star_missed"])]
told = "" if left_out.empty else f"{left_out['what'].iloc[0]}，{left_out['found'].iloc[0]}"
assert left_out.empty, f"必去的户漏了 {len(left_out)} 处，第一处：{told}。五星户和待办户要先排，再填其他的。"
### BEGIN HIDDEN TESTS
history = learn.load("visits")
done = history[history["arrive"].notna() & history["issue_id"].notna() & (history["arrive"] < pd.Timestamp("2024-06-17"))]
state = done.sort_values("arrive").groupby("issue_id").tail(1)
broken = list(visits.check_plan(plan, learn.load("customers"), state[state["result"].ne("问题已解决")][["issue_id", "cust_id"]], 1, rules)["rule"])
missing = broken.count("issue_missed") + broken.count("five_star_missed")
assert missing == 0, f"照走访记录逐个查，必去的户漏了 {missing} 处。第 1 题还红着的，先改那里。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "check_plan_own", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
own = learn.load("customers")
history = learn.load("visits")
done = history[history["arrive"].notna() & history["issue_id"].notna() & (history["arrive"] < pd.Timestamp("2024-06-17"))]
state = done.sort_values("arrive").groupby("issue_id").tail(1)
waiting = state[state["result"].ne("问题已解决")][["issue_id", "cust_id"]]
numbers = {shop: issue for shop, issue in zip(waiting["cust_id"], waiting["issue_id"])}
made = week_plan(own, numbers, week)
breaches = visits.check_plan(made, own, waiting, 1, rules)
assert breaches.empty, f"在你自己的客户上，计划有 {len(breaches)} 处违反规则，第一处：{breaches['what'].iloc[0]}，{breaches['found'].iloc[0]}。前四题先改对，这里多半就好了。"
said = dict(zip(made["cust_id"], made["purpose"]))
silent = [shop for shop, issue in numbers.items() if issue not in said[shop]]
assert not silent, f"有 {len(silent)} 家待办户的目的里没有问题号。"
score = visits.score_plan(made, own, waiting, 1, rules)
assert score["total"] >= 95, f"计划得 {score['total']} 分，不到 95 分。看看各天轻重是不是差得太多。"
table = made.merge(own)
for day, today in table.groupby("date"):
    used = sum(stay[star] for star in today["star"])
    rest = own[own["route"].eq(today["route"].iloc[0]) & ~own["cust_id"].isin(today["cust_id"])]
    room = [stay[star] for star in rest["star"] if used + stay[star] <= 330]
    assert len(today) >= 24 or not room, f"{day} 排了 {len(today)} 户、{used:g} 分钟，还有户排得下，没有排。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "check_plan_other", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
town = pd.DataFrame({"cust_id": [f"T{k:03d}" for k in range(120)], "route": ["PQR"[k % 3] for k in range(120)]})
town["star"] = [5 if k >= 90 else (4, 4, 4, 3, 0)[k % 5] for k in range(120)]
hanging = pd.DataFrame({"issue_id": ["V1", "V2", "V3"], "cust_id": ["T087", "T088", "T089"]})
other_days = ["2024-10-14", "2024-10-15", "2024-10-16"]
made = week_plan(town, dict(zip(hanging["cust_id"], hanging["issue_id"])), other_days)
breaches = visits.check_plan(made, town, hanging, 1, rules)
assert breaches.empty, f"换了三条线、120 家客户，计划有 {len(breaches)} 处违反规则，第一处：{breaches['what'].iloc[0]}，{breaches['found'].iloc[0]}。"
assert set(made["date"].astype(str).str[:10]) == set(other_days), f"三天应当都排到，给出的是 {sorted(set(made['date'].astype(str)))}。"
### END HIDDEN TESTS

# %% [markdown]
# ### 看一看：你的计划走在图上
#
# 这一步不评分。点 **画出来**，把你的一周和另外两张计划放在一起：**常见的排法**是一天一条送货线、总去最近的下一家；**参考计划**是电脑为你这片客户试四万步找到的，不管送货线。三张里，一天之内的先后你没有写，就照总去最近的下一家算。路上的分钟用第 8 课的算法，只能互相比。这台电脑上第一次画，要先准备半分钟左右；以后只要几秒。

# %% nbgrader={"grade_id": "show_map", "locked": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt
from IPython.display import display

from coursekit.domain import plots, routing


def show_map():
    if not len(plan):
        print("第 5 题还没有作答，计划是空的。做完再来画。")
        return
    print("正在找参考计划……")
    place = routing.county(customers)
    searched = routing.solve(place.problem, routing.SearchOptions(iterations=40_000))
    weeks = {
        "你的": visits.own_week(plan, place),
        "常见的排法": visits.week_of(routing.practice(place), place, 1),
        "参考计划": visits.week_of(searched.routes, place, 1),
    }
    minutes = {name: visits.week_minutes(days, place).sum() for name, days in weeks.items()}
    titles = {f"{name}：{found['visits']:.0f} 次，路上 {found['road']:.0f} 分钟": weeks[name] for name, found in minutes.items()}
    middle = (customers["lon"].mean(), customers["lat"].mean())
    plots.week_maps(customers, "同一片客户，三张计划各走怎样的路？", titles, middle, ["周一", "周二", "周三", "周四", "周五"], customers["route"].isin(["A", "B", "C"]))
    plt.show()
    table = pd.DataFrame(minutes).T.rename(columns={"visits": "走访（次）", "road": "路上（分钟）", "stay": "店里（分钟）", "total": "合计（分钟）"})
    display(table.round(0).astype(int).assign(**{"平均一次路上（分钟）": (table["路上（分钟）"] / table["走访（次）"]).round(1)}))


widgets.interact_manual.options(manual_name="画出来")(show_map);

# %% [markdown]
# ## 第 6 题 说清楚
#
# 下面五个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_open_count", "grade": true, "solution": true, "points": 1}
learn.form("open_count")

# %% nbgrader={"grade_id": "form_longest", "grade": true, "solution": true, "points": 2}
learn.form("longest")

# %% nbgrader={"grade_id": "form_faulty", "grade": true, "solution": true, "points": 2}
learn.form("faulty")

# %% nbgrader={"grade_id": "form_order_day", "grade": true, "solution": true, "points": 1}
learn.form("order_day")

# %% nbgrader={"grade_id": "form_change", "grade": true, "solution": true, "points": 4}
learn.form("change")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
