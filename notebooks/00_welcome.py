# %% [markdown]
# # 欢迎：怎样用这套课
#
# 你从来没写过程序，也能学完这套课。看课文、点图、做自测都不用打字；练习里要补的代码每处只有一两行，骨架和提示都给好了。
#
# 这一页大约 20 分钟。学完你会：
#
# - 运行一格，看懂它给出的表和图；
# - 知道红字是什么意思，不慌；
# - 找到课和练习，把做好的练习交出去。
#
# **现在先做一件事**：点这一页上方的 **全部运行**。等几秒钟，下面每一格都会给出结果，填工号的格子也会出现。

# %%
from coursekit import learn
from coursekit.domain import plots

learn.setup()

# %% [markdown]
# ## 1. 先告诉我你是谁
#
# 练习里每个人的数据不一样，按工号生成。工号照公司发的写；没有工号，就用培训师给你的编号。

# %%
learn.sign_in()

# %% [markdown]
# ## 2. 一页是由格子组成的
#
# 你正在读的这一段是**文字格**。下面灰底的是**代码格**：里面写着要电脑做的事。
#
# 运行一格：用鼠标点它一下，再按 `Shift + Enter`（或者点上方的 **运行这一格**）。试试看。

# %%
59 + 78 + 59 + 57 + 55

# %% [markdown]
# 格子下面出来的 308 就是结果。这五个数是某县城区五条送货线路的户数（原文没注年份），加起来是一位客户经理管的全部零售户。它从哪里来，点下面的小三角看。

# %%
learn.fact("S2-001")

# %% [markdown]
# 格子左边的方括号会告诉你它的状态：
#
# | 你看到 | 意思 |
# | --- | --- |
# | `[ ]` | 还没有运行 |
# | `[*]` | 正在运行，等一下 |
# | `[3]` | 运行完了，是这一页第 3 个运行的 |
#
# 把上面那格里的 `55` 改成 `65`，再运行一次，结果会变。改坏了不要紧：按 `Ctrl + Z` 退回去就行。

# %% [markdown]
# ## 3. 十行代码，看一张客户表
#
# 你每天看的客户档案是一张表，在这里也是一张表。下面每一格只有一行，一行做一件事。先读上面那句话，再运行。
#
# **第 1 行** 把客户表拿来，起个名字叫 `shops`（店）。名字由你定，等号左边是名字，右边是东西。

# %%
shops = learn.load("customers")

# %% [markdown]
# **第 2 行** 看前五户。列名是英文：`name` 店名，`route` 线路，`star` 星级（0 是还没定级），`e_settle` 有没有开通电子结算，`joined` 入网日期。店名、人名都是编的。

# %%
shops[["cust_id", "name", "route", "star", "e_settle", "joined"]].head()

# %% [markdown]
# **第 3 行** 一共多少户？`len` 是 length（长度）的前三个字母。

# %%
len(shops)

# %% [markdown]
# **第 4 行** 每条线多少户？一列的名字写在方括号和引号里，后面的 `value_counts` 意思是“数一数每个值有几个”。

# %%
shops["route"].value_counts().sort_index()

# %% [markdown]
# **第 5 行** 每个星级多少户？换一列，做法一样。

# %%
shops["star"].value_counts().sort_index(ascending=False)

# %% [markdown]
# **第 6 行** 只看五星户。两个等号 `==` 是在问“等不等于”，一个等号是起名字。

# %%
five = shops[shops["star"] == 5]

# %% [markdown]
# **第 7 行** 五星户里，入网最早的三家是哪几家？

# %%
five.sort_values("joined")[["name", "route", "joined"]].head(3)

# %% [markdown]
# **第 8 行** 开通电子结算的有多少户？“是”当 1、“不是”当 0，加起来就是户数。

# %%
shops["e_settle"].sum()

# %% [markdown]
# **第 9 行** 占全部客户的百分之几？报一个比例，先说清分母：这里的分母是全部 308 户。

# %%
round(100 * shops["e_settle"].sum() / len(shops), 2)

# %% [markdown]
# **第 10 行** 每条线各是百分之几？`groupby` 是“按这一列分组”。

# %%
(100 * shops["e_settle"].groupby(shops["route"]).mean()).round(1)

# %% [markdown]
# 十行，就把一张 308 行的表问了个大概。后面的课用的都是这几招。
#
# ## 4. 一张图
#
# 表看数，图看差别。每张图的标题是一个问题，看图就是找答案。

# %%
plots.stars_by_route(shops);

# %% [markdown]
# ## 5. 动一动
#
# 下面有一个下拉框。换一条线，图跟着变。**看一看：哪条线一个一星户都没有？哪两条线的三星户一样多？**

# %%
import ipywidgets as widgets
import matplotlib.pyplot as plt


def show_line(line):
    stars = shops[shops["route"] == line]["star"].value_counts()
    named = {name: stars.get(star, 0) for star, name in sorted(plots.STAR_NAMES.items(), reverse=True)}
    plots.bars(named, f"{line} 线各星级有多少户？", "", "客户数（家）")
    plt.show()


widgets.interact(show_line, line=widgets.Dropdown(options=["A", "B", "C", "D", "E"], description="线路"));

# %% [markdown]
# ## 6. 看到红字怎么办
#
# 红字是电脑在说“这一步我做不下去”。**看最后一行**，前面的都可以不看。
#
# | 最后一行 | 多半是 | 怎么办 |
# | --- | --- | --- |
# | `NameError: name 'shops' is not defined` | 前面起名字的那一格还没运行 | 点上方的 **全部运行** |
# | `KeyError: '线路'` | 列名写错了 | 对照第 2 行里的列名 |
# | `SyntaxError` | 括号、引号少了一半，或用了中文的括号和引号 | 换成英文的，成对补上 |
# | `AssertionError:` 后面跟一句中文 | 练习的检查没通过 | 那句中文就是提示 |
# | `InputError:` 后面跟一句中文 | 表、文件或工号不对 | 那句话说了下一步做什么 |
#
# 整页乱了，就点上方的 **重来一遍**：程序从头再跑，你写的字一个都不会丢。
#
# > **当心** 这里的数据是编的。真实客户的电话、地址、证号，不要贴进练习里交出去。

# %% [markdown]
# ## 7. 自测
#
# 五道题，点选项就能看到解析。答错不记分，每个选项都说了为什么。

# %%
learn.selfcheck("00_welcome")

# %% [markdown]
# ## 8. 课和练习在这里
#
# 左边是文件夹：`课程` 里是课文，`练习` 里是练习。也可以直接点下面的链接。建议的次序是先课文、再练习，一次一课。

# %%
learn.contents()

# %% [markdown]
# ## 9. 怎样交作业
#
# 1. 打开练习，做完以后点 **全部运行**，看一遍有没有红字。
# 2. 按练习最下面的 **打包交作业**。它会先存盘，再把笔记本和你填的格子打成一个包，名字像 `交作业_kh0001_03_figures.zip`，放在学习文件夹里。
# 3. 把这个包发给培训师。改过以后再打一次包，会告诉你上次的被换掉了；没改过再打，会告诉你和上次一样。
#
# 也可以在这里打包。把下一格最前面的 `#` 去掉再运行，引号里写练习的名字：

# %%
# learn.hand_in("03_figures")

# %% [markdown]
# ## 小结
#
# - 点一格，按 `Shift + Enter`，就是运行；拿不准就 **全部运行**。
# - 一个等号起名字，两个等号问等不等；取一列写 `表["列名"]`。
# - 报比例先说分母。
# - 红字看最后一行。
# - 换电脑、关网页都不要紧：写的内容自动存在学习文件夹里。
#
# 下一步：打开 `课程` 里的第一课。
