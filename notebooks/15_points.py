# %% [markdown]
# # 15 紧俏烟怎么分
#
# 周一上午，两位店主前后脚打来电话。一位说：“隔壁分到 4 条，我才 3 条，你们凭什么？”另一位说：“我这周订得最多，怎么还是按上周算？”你手里没有一张算得出来的账，只能说“是系统分的”。这句话，是投诉的开头。
#
# 这一课大约 40 分钟。学完你会：
#
# - 按上一个访销周期的订货算积分，分这一个周期的货；
# - 把零头分完：合计正好等于货源，谁也不超上限；
# - 讲给店主听：他多少分、该几条、差在哪里；
# - 认出不能分的户、不能开的口子。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
from coursekit import learn
from coursekit.domain import plots, policy, supply

learn.setup()
tight = learn.load("tight_supply")
sales = learn.load("sales_week").merge(learn.load("sku")[["sku", "class"]], on="sku")
shops = learn.load("customers")

# %% [markdown]
# ## 1. 不够分，才要规矩
#
# **紧俏烟**就是要的人多、货少的**品规**（品牌加规格，一种烟算一个）。随课的表按**访销周期**记，就是两次订货之间的一段，这里是一周；每个周期有几个品规不够分。看第一个周期（表是编的）：

# %% jupyter={"source_hidden": true}
first = tight[tight["cycle"] == 1]
first.assign(share=(100 * first["supply"] / first["demand"]).round(1)).rename(
    columns={"cycle": "周期", "week": "从哪天起", "sku": "品规", "demand": "要货（条）", "supply": "货源（条）", "share": "满足率（%）"}
)

# %% [markdown]
# **货源满足率**是货源除以要货量。一半上下的货，怎么分都有人少。
#
# 某县城区营销部（原文没注年份）的办法是**积分制**：每个周期按客户的销量和档次积分，下一个访销周期的紧俏烟，按上一个周期的积分分；卖得多，分得多，公开、公平、公正（S2-013）。他们说，这样分以后对立少了，投诉率低了（S2-014）。

# %%
learn.fact("S2-013")

# %% [markdown]
# 别家还有别的说法，不能混着用：浙江某县烟草公司 2004 年对重点客户承诺，紧俏烟“分类供应”（S0-133）；某市烟草公司的应急预案（原文没注年份）规定，临时补货不补紧俏烟（S0-116）。
#
# ## 2. 积分从哪来
#
# 原文只说看“销量和档次”，没写一条几分。档次说的是烟的价位，这里用一类到五类。这里用一个教学约定，写在策略文件 `supply` 里，各单位换成自己的：

# %%
import pandas as pd

rules = policy.load("supply")
pd.DataFrame(rules["points.per_carton"], columns=["类别", "每条积分"])

# %% [markdown]
# 要分 5 月 13 日那一周的货，用**上一周**（5 月 6 日起）的订货算。同一周的不能用：这一周还没订完，先订的户分数少，后订的户分数多，比的就成了谁打电话晚。

# %%
points = supply.points_for_cycle(sales, "2024-05-13", column="week")
print("有积分的户：", len(points), "家；积分最高：", points.idxmax(), f"{points.max():.0f} 分")
plots.histogram(points, "各户的积分，多数落在哪里？", "积分（分）");

# %% [markdown]
# 订得多的户分高，订得少的户也有分。所以按积分分，订得多的多得，订得少的少得；货太少的时候，分低的户这一次会一条也没有，下面就会看到。
#
# ## 3. 例子：7 条烟，三家店
#
# 先看小的。甲、乙、丙三家店上周积 50、30、20 分，这周来了 7 条，每户最多 3 条。
#
# 按比例是 3.5、2.1、1.4 条。烟不能分半条，也不能超上限：
#
# 1. 甲按比例是 3.5 条，超过上限 3 条，就给 3 条；
# 2. 剩 4 条，乙、丙按 30 比 20 分：2.4 和 1.6 条；
# 3. 先给整数部分：2 条和 1 条，还剩 1 条；
# 4. 谁的小数部分大给谁：0.6 大于 0.4，给丙。
#
# 结果 3、2、2，合计 7，一条不多，一条不少。先给整数、再看小数部分补零头，叫**最大余数法**。

# %%
small = supply.allocate({"甲": 50, "乙": 30, "丙": 20}, 7, 3)
small.cartons.sort_index(key=lambda shop: shop.map("甲乙丙".index)).rename("分到（条）").rename_axis("店").to_frame()

# %% [markdown]
# 四舍五入行不行？3.5、2.1、1.4 四舍五入是 4、2、1，甲破了上限。换一组 1.5、1.5、1.0，四舍五入是 2、2、1，合计 5，比货源多出 1 条。**四舍五入保证不了合计。**
#
# ## 4. 全县的一次分货
#
# 拿全县三百来户分一遍。先去掉不能分的：守法等级不在 A、B 的户不分紧俏烟（教学约定；S0-116 说的是临时补货只给守法的户，这里借来用）。

# %% jupyter={"source_hidden": true}
allowed = set(supply.eligible(shops))
scored = points[points.index.isin(allowed)]
item = tight[tight["cycle"] == 2].sort_values("supply").iloc[-1]
given = supply.allocate(scored, int(item["supply"]), int(rules["allocation.cap_cartons"]))
print(f"{item['sku']}：货源 {item['supply']} 条，分出 {given.cartons.sum()} 条，剩 {given.left} 条")
print(f"分到的户 {int((given.cartons > 0).sum())} 家，最多的一户 {given.cartons.max()} 条")
given.cartons.value_counts().sort_index().rename("户数").rename_axis("分到（条）").to_frame()

# %% [markdown]
# ## 5. 动一动：上限放宽，谁多了，谁少了
#
# 店主问：“为什么要有上限？”拖动滑块，把每户上限从 1 条改到 5 条。**看一看：上限 1 条和 5 条，分到烟的户差多少家？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt


def show_cap(cap):
    cartons = supply.allocate(scored, int(item["supply"]), cap).cartons
    ranked = scored.sort_values(ascending=False).index
    groups = {"积分最高 1/4": ranked[: len(ranked) // 4], "中间一半": ranked[len(ranked) // 4 : -(len(ranked) // 4)], "最低 1/4": ranked[-(len(ranked) // 4) :]}
    plots.bars({name: int(cartons[rows].sum()) for name, rows in groups.items()}, f"上限 {cap} 条，货到了谁手里？（{int((cartons > 0).sum())} 家分到）", "", "分到（条）")
    plt.show()


widgets.interact(show_cap, cap=widgets.IntSlider(value=5, min=1, max=5, description="每户上限", continuous_update=False));

# %% [markdown]
# 上限不改总数，改的是落在谁手里。定多少，由公司定，**定了就先公布，再分货**。
#
# ## 6. 讲给店主听
#
# 分货以后接到电话，照这四句说，一句都不用编：
#
# 1. 你上周积了多少分（他订了多少条、什么类别，念给他听）；
# 2. 这周这个品规来了多少条，全县合计多少分；
# 3. 按比例你是几条，取整以后几条；
# 4. 这周你订的，算到下周。
#
# > **当心** 三个口子不能开。一，拿别家的订货日替他多订（安庆一位客户经理写过这样一次，S0-025，原文没注年份；REG-3），今天很可能违反货源规定。二，拿紧俏烟当条件，要店主搭进他不想要的货：那是压货（S1-053，一家管理咨询机构，2014 年；REG-8）。三，把没分完的货私下留给熟人：剩下的写进账，报上去。

# %% [markdown]
# ## 7. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 用本周的积分分本周的货 | 本周没订完，先订的吃亏 | 用上一个周期的 |
# | 各户四舍五入 | 合计对不上货源，还会破上限 | 先整数部分，再按余数一条一条补 |
# | 分数一样的随手给 | 说不清，像照顾熟人 | 先定规则：积分多的先，再按编码 |
# | 不守法的户也分 | 奖励了违规 | 先去掉不能分的户，再算比例 |
# | 分不完就悄悄加给订得多的户 | 账对不上 | 剩多少写多少 |

# %% [markdown]
# ## 8. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("15_points")

# %% [markdown]
# ## 小结卡
#
# - 分本周期的货，用上周期的积分。
# - 先去掉不能分的，再按比例，再压上限，再按最大余数补零头。
# - 验三样：合计等于货源，谁也不超上限，积分多的不比积分少的少。
# - 规则先公布，分完能念给店主听。
# - 订货日、搭货、留货，三个口子都不开。
#
# 下一步：做 `练习` 里的 **15 紧俏烟怎么分**。
