# %% [markdown]
# # 练习 14 看趋势，做预测
#
# **你手上有什么** 一张每周订货合计 `weekly`，26 周，单位条。每人一份，数各不相同。
#
# **要交什么** 四个小函数（每个只补一行），五个格子。
#
# **怎样算对** 每题后面的检查没有红字就是过了。另有检查交上去才运行，用的是别的数，所以答案不要写死。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 40 分钟。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn

learn.setup()
weekly = learn.load("sales_week").groupby("week")["qty"].sum()
weekly.tail(8).rename("订货（条）").rename_axis("从哪天起的一周")

# %% [markdown]
# ## 第 1 题 由增幅倒推去年
#
# 今年的数 `value`，同比增幅 `growth`（0.0292 就是 2.92%，负数是减）。补上一行：`past` 是去年的数。
#
# <details><summary>提示 1</summary>增幅是在去年的数上加的：去年 ×（1 + 增幅）= 今年。</details>
# <details><summary>提示 2</summary>倒过来是除，不是减。</details>
# <details><summary>提示 3</summary>除数要用括号括起来，里面是 1 加增幅。</details>

# %% nbgrader={"grade_id": "last_year", "solution": true}
def last_year(value, growth):
    """去年的数，单位和今年的一样。"""
    past = None
    ### BEGIN SOLUTION
    past = value / (1 + growth)
    ### END SOLUTION
    return past


last_year(110, 0.1)

# %% nbgrader={"grade_id": "check_last", "grade": true, "points": 1}
got = last_year(110, 0.1)
assert got is not None, "第 1 题还没有作答。"
assert abs(got - 100) < 1e-6, f"今年 110，增 10%，去年是 100，你给出的是 {round(got, 4)}。给出 99，是从今年的数里减了一成：增幅是在去年的数上加的，要除。"

# %% nbgrader={"grade_id": "check_last_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
for value, rate, expected in ((13679, 0.0292, 13290.9), (90, -0.1, 100.0), (300, 0.5, 200.0)):
    assert abs(last_year(value, rate) - expected) < 0.06, f"今年 {round(value, 4)}，增幅 {rate:.2%}，去年给出的是 {round(last_year(value, rate), 4)}，不对。今年的数，除以（1 加增幅）。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 每箱多少元
#
# 收入 `wan` 的单位是万元，`cases` 是箱数。补上一行：`yuan` 是每箱收入，单位元。
#
# <details><summary>提示 1</summary>先把万元换成元。</details>
# <details><summary>提示 2</summary>一万元是 10,000 元，是乘。</details>
# <details><summary>提示 3</summary>再除以箱数。报出来的数应当是一两万元一箱，差太远就是单位错了。</details>

# %% nbgrader={"grade_id": "per_case", "solution": true}
def per_case(wan, cases):
    """每箱收入，单位元。"""
    yuan = None
    ### BEGIN SOLUTION
    yuan = wan * 10_000 / cases
    ### END SOLUTION
    return yuan


per_case(500, 250)

# %% nbgrader={"grade_id": "check_case", "grade": true, "points": 1}
got = per_case(500, 250)
assert got is not None, "第 2 题还没有作答。"
assert abs(got - 20000) < 1e-6, f"500 万元、250 箱，每箱 20,000 元，你给出的是 {round(got, 4)}。给出 2，是没有把万元换成元，差一万倍；给出 5000，是除反了。"

# %% nbgrader={"grade_id": "check_case_more", "grade": true, "points": 1}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
assert round(per_case(33554, 13679)) == 24530, f"33,554 万元、13,679 箱，每箱给出的是 {round(per_case(33554, 13679), 4)}。一两万元一箱才说得通。"
assert abs(per_case(1, 4) - 2500) < 1e-6, "1 万元、4 箱，每箱应当是 2,500 元。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 用最近几周的平均做预测
#
# `history` 是到上周为止的各周条数，`weeks` 是平均几周。补上一行：`latest` 是最近的几周。最后一行已经写好，取平均。
#
# <details><summary>提示 1</summary>最近的在表尾。</details>
# <details><summary>提示 2</summary>取表尾几行用 <code>.tail(…)</code>，括号里写几行。</details>
# <details><summary>提示 3</summary>几行写 <code>weeks</code>，不要写死成 4。</details>

# %% nbgrader={"grade_id": "predict", "solution": true}
def predict(history, weeks):
    """下一周的预测，单位条：最近几周的平均。"""
    latest = None
    ### BEGIN SOLUTION
    latest = history.tail(weeks)
    ### END SOLUTION
    assert latest is None or hasattr(latest, "mean"), f"latest 应当是最近几周的条数，现在是 {latest!r}。"
    return None if latest is None else float(latest.mean())


predict(weekly, 4)

# %% nbgrader={"grade_id": "check_predict", "grade": true, "points": 1}
small = pd.Series([100, 200, 300, 400, 500])
got = predict(small, 2)
assert got is not None, "第 3 题还没有作答。"
assert abs(got - 450) < 1e-6, f"最近两周是 400 和 500，平均 450，你给出的是 {round(got, 4)}。给出 150，是取了最早的两周；给出 300，是全部平均了；给出 350，是把 weeks 写死成了 4。"

# %% nbgrader={"grade_id": "check_predict_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.Series([7, 1, 4, 10])
assert abs(predict(other, 1) - 10) < 1e-6, f"只看一周，就是照上次，应当是 10，你给出的是 {predict(other, 1)}。取表尾，取几周看 weeks。"
assert abs(predict(other, 3) - 5) < 1e-6, f"最近三周平均应当是 5，你给出的是 {predict(other, 3)}。"
values = list(weekly)
for width in (2, 4, 6, 8):
    assert abs(predict(weekly, width) - sum(values[-width:]) / width) < 1e-6, f"在你自己的表上，{width} 周平均不对。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 猜得准不准
#
# 准确率 = 1 − 差的条数 ÷ 实际的条数，差多差少都算差；小于 0 就记 0（最后一行已写好）。补上一行：`right` 是准确率，0 到 1 的小数。
#
# <details><summary>提示 1</summary>差的条数不分多少，取绝对值用 <code>abs(…)</code>。</details>
# <details><summary>提示 2</summary>除以<b>实际</b>，不是除以预测。</details>
# <details><summary>提示 3</summary>先算差的绝对值，除以实际，再用 1 去减。</details>

# %% nbgrader={"grade_id": "accuracy", "solution": true}
def accuracy(guess, actual):
    """预测的准确率，0 到 1。"""
    right = None
    ### BEGIN SOLUTION
    right = 1 - abs(guess - actual) / actual
    ### END SOLUTION
    return None if right is None else max(0.0, right)


accuracy(90, 100)

# %% nbgrader={"grade_id": "check_accuracy", "grade": true, "points": 1}
got = accuracy(90, 100)
assert got is not None, "第 4 题还没有作答。"
assert abs(got - 0.9) < 1e-9, f"猜 90，实际 100，准确率 0.9，你给出的是 {round(got, 4)}。给出 0.8889，是除以了预测，猜得越多反而显得越准；给出 0.1，是还没有用 1 去减。"
assert abs(accuracy(110, 100) - 0.9) < 1e-9, f"猜 110，实际 100，也是差一成，准确率 0.9，你给出的是 {round(accuracy(110, 100), 4)}。差多差少都算差，是不是没有取绝对值？"

# %% nbgrader={"grade_id": "check_accuracy_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
pairs = pd.DataFrame({"guess": [80, 125, 300, 50], "actual": [100, 100, 100, 40], "expected": [0.8, 0.75, 0.0, 0.75]})
for guess, actual, expected in zip(pairs["guess"], pairs["actual"], pairs["expected"]):
    assert abs(accuracy(guess, actual) - expected) < 1e-9, f"猜 {guess}，实际 {actual}，准确率给出的是 {round(accuracy(guess, actual), 4)}，不对。差的绝对值除以实际，再用 1 去减。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 报给领导
#
# 下面五个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_next_week", "grade": true, "solution": true, "points": 2}
learn.form("next_week")

# %% nbgrader={"grade_id": "form_last_week", "grade": true, "solution": true, "points": 2}
learn.form("last_week")

# %% nbgrader={"grade_id": "form_year_ago", "grade": true, "solution": true, "points": 2}
learn.form("year_ago")

# %% nbgrader={"grade_id": "form_festival", "grade": true, "solution": true, "points": 1}
learn.form("festival")

# %% nbgrader={"grade_id": "form_report", "grade": true, "solution": true, "points": 4}
learn.form("report")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
