# %% [markdown]
# # 练习 02 客户档案里的错从哪里来
#
# **你手上有什么** 一份从系统导出、没有清理过的客户档案 `shops`，每人一份，错也各不相同。
#
# **要交什么** 四个查错的小函数（每个只补一两行），一个把它们拼成问题清单的函数，五个格子。
#
# **怎样算对** 清单里的问题，九成以上是真的；真有的问题，九成以上在清单里，六种一种都不落；把大家都列上不算查。原来的档案一行都不能少。每题后面的检查没有红字就是过了，另有检查交上去才运行，用的是另外的表。空着的几行要自己算：课程库里现成的函数可以拿来对照，直接写进答案的，会标出来请培训师看。
#
# 大约 45 分钟。

# %% nbgrader={"grade_id": "setup", "locked": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import customers

learn.setup()
shops = learn.load("customers_raw")
columns = {"cust_id": "客户编码", "licence_no": "许可证号", "owner": "户主姓名", "phone": "电话", "route": "线路", "scale": "经营规模", "joined": "入网日期"}
shops[list(columns)].rename(columns=columns).head(8)

# %% nbgrader={"grade_id": "helper", "locked": true}
def codes(table, condition):
    """符合条件的客户编码，从小到大；后面几题都用它。"""
    assert isinstance(condition, pd.Series), f"条件要是一列 True 和 False，一行一个，现在是 {condition!r}。"
    return sorted(table[condition.astype(bool)]["cust_id"])


# %% [markdown]
# 表里的列名是英文：`licence_no` 许可证号，`owner` 户主姓名，`phone` 电话，`scale` 经营规模（1 大、2 中、3 小），`joined` 入网日期。每个函数都给出**客户编码的清单**，从小到大；查出来的只列，不改。
#
# ## 第 1 题 打不通的电话
#
# 手机号是 11 位数字，第一位是 1。`PHONE` 里写的就是这个样子：1 后面跟 10 个数字。补上一行：`good` 是一列 True 和 False，号码合样子的是 True。
#
# <details><summary>提示 1</summary>电话在 <code>table["phone"]</code> 这一列，都是文字。</details>
# <details><summary>提示 2</summary>拿一列文字和一个样子从头到尾地比，写法是 <code>某一列.str.fullmatch(样子)</code>。</details>
# <details><summary>提示 3</summary>样子的名字是 <code>PHONE</code>，放进括号，不加引号。空着的号码也不合样子，括号里再加一项 <code>na=False</code>。</details>

# %% nbgrader={"grade_id": "bad_phones", "solution": true}
PHONE = r"1[0-9]{10}"


def bad_phones(table):
    """电话不合样子的客户编码。"""
    good = None
    ### BEGIN SOLUTION
    good = table["phone"].str.fullmatch(PHONE, na=False)
    ### END SOLUTION
    return None if good is None else codes(table, ~good)


bad_phones(shops)

# %% nbgrader={"grade_id": "check_phones", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["K3", "K2", "K1"], "phone": ["13900001111", "1390000111", "139O0001111"]})
got = bad_phones(small)
assert got is not None, "第 1 题还没有作答。"
assert list(got) == ["K1", "K2"], f"K1 的号码里有字母 O，K2 少一位，K3 没有错；你给出的是 {list(got)}。漏了 K1，是只数了几位，没有看是不是数字。"

# %% nbgrader={"grade_id": "check_phones_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"cust_id": list("ABCDE"), "phone": ["15012345678", "05012345678", "150123456789", None, "15087654321"]})
got = bad_phones(other)
assert list(got) == ["B", "C", "D"], f"换一张表，0 开头的、12 位的、空着的都不对，给出的是 {list(got)}。"
own = learn.load("customers_raw")
wrong = {code for code, number in zip(own["cust_id"], own["phone"]) if pd.isna(number) or len(number) != 11 or number[0] != "1" or set(number) - set("0123456789")}
assert set(bad_phones(own)) == wrong, f"在你自己的档案上，打不通的电话应当有 {len(wrong)} 户，给出的是 {len(set(bad_phones(own)))} 户。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 2 题 丢了零的许可证号
#
# 许可证号是 12 位。被表格软件当成数以后，开头的 0 没了，位数就少了。补上一行：`length` 是一列数，每个许可证号有几位。
#
# <details><summary>提示 1</summary>许可证号也是文字，一列文字的长度要用文字的办法问。</details>
# <details><summary>提示 2</summary>文字的办法都写在 <code>.str</code> 后面。</details>
# <details><summary>提示 3</summary>欢迎页里用 <code>len</code> 数过一张表有几行；一列文字各有几个字，写 <code>.str.len()</code>。</details>

# %% nbgrader={"grade_id": "wrong_length", "solution": true}
def wrong_length(table):
    """许可证号不是 12 位的客户编码。"""
    length = None
    ### BEGIN SOLUTION
    length = table["licence_no"].str.len()
    ### END SOLUTION
    return None if length is None else codes(table, length != 12)


wrong_length(shops)

# %% nbgrader={"grade_id": "check_length", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["K1", "K2", "K3"], "licence_no": ["081127100317", "81127100634", "081127100951"]})
got = wrong_length(small)
assert got is not None, "第 2 题还没有作答。"
assert list(got) == ["K2"], f"只有 K2 是 11 位，你给出的是 {list(got)}。三户都列了，是把编号当成了数，开头的零全丢了。"

# %% nbgrader={"grade_id": "check_length_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"cust_id": ["d", "c", "b"], "licence_no": ["0811271003170", "081127100634", "1127100951"]})
assert list(wrong_length(other)) == ["b", "d"], f"换一张表，多一位的、少两位的都不对，给出的是 {list(wrong_length(other))}。"
own = learn.load("customers_raw")
right = [code for code, number in zip(own["cust_id"], own["licence_no"]) if len(number) != 12]
assert list(wrong_length(own)) == sorted(right), f"在你自己的档案上应当有 {len(right)} 户，给出的是 {len(wrong_length(own))} 户。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 3 题 一证两户
#
# 同一个许可证号出现在两行上，两行**都**要列出来：哪一行有效，要请后台查。补上一行：`twice` 是一列 True 和 False，许可证号重复的行是 True。
#
# <details><summary>提示 1</summary>问一列里的值是不是重复，用 <code>.duplicated( )</code>。</details>
# <details><summary>提示 2</summary>括号里什么都不写，它把第一次出现的当作不重复，就漏了一行。</details>
# <details><summary>提示 3</summary>括号里写 <code>keep=False</code>，每一次出现都算重复。</details>

# %% nbgrader={"grade_id": "doubled", "solution": true}
def doubled(table):
    """许可证号与别的行相同的客户编码。"""
    twice = None
    ### BEGIN SOLUTION
    twice = table["licence_no"].duplicated(keep=False)
    ### END SOLUTION
    return None if twice is None else codes(table, twice)


doubled(shops)

# %% nbgrader={"grade_id": "check_doubled", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["K1", "K2", "K3"], "licence_no": ["08", "09", "08"]})
got = doubled(small)
assert got is not None, "第 3 题还没有作答。"
assert list(got) == ["K1", "K3"], f"K1 和 K3 的许可证号一样，两行都要列，你给出的是 {list(got)}。哪一行有效要查了才知道，少列一行就是替后台决定了。"

# %% nbgrader={"grade_id": "check_doubled_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"cust_id": list("edcba"), "licence_no": ["1", "2", "2", "3", "2"]})
assert list(doubled(other)) == ["a", "c", "d"], f"换一张表，有三行的号相同，给出的是 {list(doubled(other))}。"
own = learn.load("customers_raw")
numbers = list(own["licence_no"])
right = [code for code, number in zip(own["cust_id"], numbers) if numbers.count(number) > 1]
assert list(doubled(own)) == sorted(right), f"在你自己的档案上应当列出 {len(right)} 行，给出的是 {len(doubled(own))} 行。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 4 题 不可能的值
#
# 补上两行，各是一列 True 和 False：`scale_bad` 是经营规模不在 1、2、3 里的；`date_bad` 是入网日期晚于 `TODAY` 的。
#
# <details><summary>提示 1</summary>“在不在几个值里”用 <code>某一列.isin([ ])</code>，方括号里写那几个值。</details>
# <details><summary>提示 2</summary>“不在”是在整个条件前面加一个波浪号 <code>~</code>，True 和 False 就对调。</details>
# <details><summary>提示 3</summary>日期可以像数一样比大小，晚的大：<code>某一列 &gt; TODAY</code>。</details>

# %% nbgrader={"grade_id": "impossible", "solution": true}
TODAY = pd.Timestamp("2024-06-30")


def impossible(table):
    """两份清单：经营规模不可能的，入网日期不可能的。"""
    scale_bad = None
    date_bad = None
    ### BEGIN SOLUTION
    scale_bad = ~table["scale"].isin([1, 2, 3])
    date_bad = table["joined"] > TODAY
    ### END SOLUTION
    if scale_bad is None or date_bad is None:
        return None
    return codes(table, scale_bad), codes(table, date_bad)


impossible(shops)

# %% nbgrader={"grade_id": "check_impossible", "grade": true, "points": 1}
small = pd.DataFrame({"cust_id": ["K1", "K2", "K3"], "scale": [1, 9, 3], "joined": pd.to_datetime(["2019-05-01", "2020-01-01", "2104-03-03"])})
got = impossible(small)
assert got is not None, "第 4 题还没有答完，scale_bad 和 date_bad 都要算。"
assert list(got[0]) == ["K2"], f"只有 K2 的经营规模不可能，你给出的是 {list(got[0])}。"
assert list(got[1]) == ["K3"], f"只有 K3 的日期在将来，你给出的是 {list(got[1])}。"

# %% nbgrader={"grade_id": "check_impossible_more", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行。
### BEGIN HIDDEN TESTS
other = pd.DataFrame({"cust_id": list("cba"), "scale": [0, 2, 4], "joined": pd.to_datetime(["2024-06-30", "2024-07-01", "1999-09-09"])})
got = impossible(other)
assert list(got[0]) == ["a", "c"], f"换一张表，规模是 0 和 4 的都不可能，给出的是 {list(got[0])}。只比了大小的，0 就漏了。"
assert list(got[1]) == ["b"], f"6 月 30 日当天不算将来，给出的是 {list(got[1])}。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 5 题 拼成问题清单
#
# 清单每行三样：哪一户、哪一栏、什么问题。前四题查出来的已经放好，还差户主姓名空着的。补上一行：`nobody` 是这些户的编码清单，从小到大。
#
# <details><summary>提示 1</summary>空着的格子，用 <code>.isna()</code> 问。</details>
# <details><summary>提示 2</summary>有了条件，照上面几题 <code>return</code> 那一行，用 <code>codes( )</code> 变成清单。</details>
# <details><summary>提示 3</summary><code>codes</code> 的括号里两样：先写表 <code>table</code>，再写条件；户主姓名的列名是 <code>owner</code>。</details>

# %% nbgrader={"grade_id": "issue_table", "solution": true}
def issue_table(table):
    """问题清单：cust_id 哪一户，field 哪一栏，problem 什么问题。"""
    scales, dates = impossible(table) or ([], [])
    nobody = None
    ### BEGIN SOLUTION
    nobody = codes(table, table["owner"].isna())
    ### END SOLUTION
    assert nobody is None or isinstance(nobody, list), "nobody 应当是编码的清单，用 codes( ) 得到，括号里先写表，再写条件。"
    found = [
        ("phone", "电话不可能", bad_phones(table)),
        ("licence_no", "位数不对", wrong_length(table)),
        ("licence_no", "许可证号重复", doubled(table)),
        ("scale", "代码不存在", scales),
        ("joined", "日期在将来", dates),
        ("owner", "缺失", nobody),
    ]
    rows = [(code, field, problem) for field, problem, listed in found for code in listed or []]
    return pd.DataFrame(rows, columns=["cust_id", "field", "problem"])


issue_table(shops).rename(columns={"cust_id": "客户编码", "field": "字段", "problem": "问题"})

# %% nbgrader={"grade_id": "check_issues", "grade": true, "points": 1}
small = pd.DataFrame(
    {
        "cust_id": ["K1", "K2"],
        "licence_no": ["081127100317", "081127100634"],
        "owner": [None, "周明"],
        "phone": ["13900001111", "13900002222"],
        "scale": [1, 2],
        "joined": pd.to_datetime(["2019-05-01", "2020-01-01"]),
    }
)
got = issue_table(small)
assert "owner" in set(got["field"]), "第 5 题还没有作答，或者没有查出姓名空着的户：空着的格子不等于一对空引号。"
assert list(got["cust_id"]) == ["K1"], f"两户里只有 K1 的姓名空着，清单里却是 {list(got['cust_id'])}。前四题还有没做对的，先改那里。"
assert len(shops) == len(learn.load("customers_raw")), "原来的档案少了行。只列出来，不要删：删了，店和线索都没了。"

# %% nbgrader={"grade_id": "check_recall", "grade": true, "points": 3}
# 这一格另有检查，交上去以后运行：真有的问题，九成以上在清单里，六种都要查到。
### BEGIN HIDDEN TESTS
_results = []
from coursekit.domain import datasets as _datasets

_named = {"phone": "电话", "licence_no": "许可证号", "scale": "经营规模", "joined": "入网日期", "owner": "户主姓名"}


def _kinds(table):
    """What is wrong in a file, found row by row: field and shops, kind by kind."""
    licences = list(table["licence_no"])
    rows = list(zip(table["cust_id"], table["phone"], licences, table["scale"], table["joined"], table["owner"]))
    after = pd.Timestamp("2024-07-01")
    return [
        ("phone", {row[0] for row in rows if pd.isna(row[1]) or len(row[1]) != 11 or row[1][0] != "1" or set(row[1]) - set("0123456789")}),
        ("licence_no", {row[0] for row in rows if len(row[2]) != 12}),
        ("licence_no", {row[0] for row in rows if licences.count(row[2]) > 1}),
        ("scale", {row[0] for row in rows if row[3] not in (1, 2, 3)}),
        ("joined", {row[0] for row in rows if row[4] >= after}),
        ("owner", {row[0] for row in rows if pd.isna(row[5])}),
    ]


for _table in (learn.load("customers_raw"), _datasets.load("customers_raw", "hidden-check")):
    _found = _kinds(_table)
    _listed = issue_table(_table)
    _said = set(zip(_listed["cust_id"], _listed["field"]))
    _results.append(({(code, field) for field, codes_of in _found for code in codes_of}, _said))
    _all = [field for field in _named if 2 * sum(said == field for _, said in _said) > len(_table)]
    assert "owner" not in _all and len(_all) < 2, f"“{_named[_all[-1]]}”一栏列了一半以上的户。把大家都列上，不算查：只列有问题的。"
for _true, _said in _results:
    _share = len(_true & _said) / len(_true)
    _lost = sorted(_true - _said)
    assert _share >= 0.9, f"一份档案里有 {len(_true)} 处问题，清单只列到 {_share:.0%}。漏的例如 {_lost[0][0]} 的 {_named[_lost[0][1]]}；查这一栏的那一题，先改对。"
for _field, _codes in _found:
    _hit = len({(code, _field) for code in _codes} & _results[1][1])
    assert _hit >= 0.9 * len(_codes), f"换一份档案，{_named[_field]}有一种问题 {len(_codes)} 户，清单只列到 {_hit} 户；查这一栏的那一题，先改对。"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "check_precision", "grade": true, "points": 2}
# 这一格另有检查，交上去以后运行：清单里的，九成以上是真的。
### BEGIN HIDDEN TESTS
assert len(_results) == 2, "清单没有拼出来，先看上一格。"
for _true, _said in _results:
    assert "owner" in {field for _, field in _true & _said}, "清单里没有姓名空着的户。"
    _share = len(_true & _said) / len(_said)
    _extra = sorted(_said - _true)
    assert _share >= 0.9, f"清单里有 {len(_said)} 处，只有 {_share:.0%} 是真的。多列的例如 {_extra[0][0]} 的 {_named[_extra[0][1]]}；查这一栏的那一题，先改对。"
### END HIDDEN TESTS

# %% [markdown]
# ## 第 6 题 疑的另外列
#
# “也许搬走了”从表里断定不了，不进上面的清单。运行下面一格，看库里的检查在你的档案里疑了哪几户：`现在写的是` 一栏是它登记的坐标。

# %% nbgrader={"grade_id": "doubts", "locked": true}
doubts = customers.cleaning_report(shops).query("kind == '疑'")
doubt_names = {"cust_id": "客户编码", "value": "现在写的是", "todo": "怎么办"}
doubts[list(doubt_names)].rename(columns=doubt_names)

# %% [markdown]
# 下面五个格子，填完就自动存下来。

# %% nbgrader={"grade_id": "form_phones", "grade": true, "solution": true, "points": 1}
learn.form("phones")

# %% nbgrader={"grade_id": "form_doubts", "grade": true, "solution": true, "points": 1}
learn.form("doubts")

# %% nbgrader={"grade_id": "form_moved", "grade": true, "solution": true, "points": 1}
learn.form("moved")

# %% nbgrader={"grade_id": "form_change", "grade": true, "solution": true, "points": 2}
learn.form("change")

# %% nbgrader={"grade_id": "form_issue", "grade": true, "solution": true, "points": 4}
learn.form("issue")

# %% [markdown]
# ## 交作业
#
# 先点上面的“全部运行”，看一遍有没有红字，再按下面的按钮。

# %% nbgrader={"grade_id": "hand_in", "locked": true}
learn.hand_in_button()
