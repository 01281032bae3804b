# %% [markdown]
# # 12 一家店这个月挣了多少
#
# 店主问你：“一个月卖三百多条，到底挣没挣钱？”你照着上个月的指导材料说：“您上月卖了 346 件……”他笑了：“346 件？那我早不在这儿站柜台了。”一个字写错，后面的建议他一句也听不进去。
#
# 这一课大约 40 分钟。学完你会：
#
# - 用单价检查单位，看出“件”是不是“条”；
# - 算条均价、毛利、毛利率和加价率，报的时候说清是哪一个；
# - 按条数、按销售额、按毛利看结构，说出钱是哪一类烟挣的；
# - 检查几个目标能不能同时做到。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %%
from coursekit import learn
from coursekit.domain import plots, stores, units

learn.setup()
ledger = learn.load("shop_ledger")

# %% [markdown]
# ## 1. 先看单位：346 什么
#
# 一份经营指导案例这样写北环路的一家店：某月售卷烟 346 **件**，销售额 17,816 元，按 8% 的利润算赚 1,425 元（S0-056，某烟草公司一位客户经理，原文没注年份）。
#
# 用钱除以数量，就知道单位对不对。一件是 50 条，一箱是 250 条，一条是 10 包、200 支：

# %% jupyter={"source_hidden": true}
readings = stores.unit_readings(346, 17816)
readings.assign(price=readings["price"].round(2), plausible=readings["plausible"].map({True: "是", False: "否"})).rename(
    columns={"unit": "如果单位是", "cartons": "合多少条", "price": "每条多少元", "plausible": "合情理吗"}
)

# %% [markdown]
# 346 件就是 17,300 条，每条 1.03 元，没有这样的烟。只有“条”说得通：每条 **51.49 元**（INC-05）。346 条换成件是 6.92 件（DER-04）。
#
# **看到数量和金额，先除一下。** 单价离谱，多半是单位写错，不是生意好。

# %%
print("346 条 =", units.convert(346, "条", "件"), "件")
print("9 件 =", units.convert(9, "件", "条"), "条")

# %% [markdown]
# ## 2. 例子：从台账算到毛利
#
# **台账**是逐笔记下来的流水账。随课的台账 `shop_ledger` 照这家店编成：一个月 229 笔，一行是一天里一个品名的一笔。品名都是编的。

# %%
names = {"date": "日期", "sku": "品名", "class": "类别", "qty": "数量（条）", "cost": "进价（元/条）", "price": "售价（元/条）"}
ledger.head().rename(columns=names)

# %%
total = stores.ledger_totals(ledger)
print(f"销量 {total['cartons']:.0f} 条，销售额 {total['sales']:,.2f} 元，毛利 {total['profit']:,.2f} 元")
print(f"条均价 {total['price']:.2f} 元/条，毛利率 {total['margin']:.2%}")

# %% [markdown]
# 条均价是总销售额除以总条数，**不是**把各笔的售价加起来平均。卖 5 条的一笔和卖 1 条的一笔，分量不一样。
#
# 同样挣 1,425.28 元，有两个百分数：
#
# | 名字 | 怎么算 | 这家店 |
# | --- | --- | --- |
# | 毛利率 | 毛利 ÷ 销售额 | 8.00% |
# | 加价率 | 毛利 ÷ 进货额 | 8.70% |
#
# 案例里的 8% 是哪一个，原文没写。照“销售额 × 8% = 1,425”倒推，是毛利率。你给店主算账时，两个都可以用，**但一张纸上只用一个**，并写上名字。

# %%
margin = stores.margin_on_price(total["sales"], total["sales"] - total["profit"])
print(f"毛利率 {margin:.2%}，换成加价率 {stores.to_margin_on_cost(margin):.2%}")

# %% [markdown]
# ## 3. 钱是哪一类烟挣的
#
# 案例说：一、二类占销量四分之一多；二类和三类卖得差不多，利润却高出两倍多；档次越低，利润差得越多（S0-057）。“高出两倍多”是两倍还是三倍，读法不一（INC-09）；台账照其中一种读法编，二类的毛利是三类的 2.6 倍：

# %%
by_class = stores.ledger_by_class(ledger)
shares = by_class[["share_cartons", "share_sales", "share_profit"]].mul(100).round(1)
shares.index = [f"{kind} 类" for kind in shares.index]
shares.rename(columns={"share_cartons": "占条数（%）", "share_sales": "占销售额（%）", "share_profit": "占毛利（%）"})

# %%
parts = by_class[["share_cartons", "share_sales", "share_profit"]].mul(100).T
parts.index = ["条数", "销售额", "毛利"]
plots.structure(parts, "哪一类烟挣得多？");

# %% [markdown]
# 五类烟占条数近四分之一，毛利不到 2%；二类烟条数也差不多四分之一，毛利过半。所以说“结构”一定要说清**按什么算**：按条数，一、二类是 27%；按毛利，是 71%。
#
# 案例前面还说这家店“以一、二类为主”（S0-055）。按条数看，四、五类合起来才是一半（INC-08）。两句话都可能是真的，只是一句说钱、一句说条数。
#
# ## 4. 动一动：结构变一点，毛利变多少
#
# 店主问：“少进点便宜的，换成二类，能多挣多少？”拖动滑块，把若干条五类换成二类，总条数不变。**看一看：换多少条，毛利能到 1,800 元？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt

each = by_class["profit"] / by_class["cartons"]


def show_swap(moved):
    cartons = by_class["cartons"].copy()
    cartons[5] -= moved
    cartons[2] += moved
    after = float((cartons * each).sum())
    plots.bars({"现在": total["profit"], "换了以后": after}, f"把 {moved} 条五类换成二类，一个月毛利多少？", "", "毛利（元）", mark=1800)
    plt.show()


widgets.interact(show_swap, moved=widgets.IntSlider(value=20, min=0, max=80, step=5, description="换多少条", continuous_update=False));

# %% [markdown]
# 这笔账有个前提：二类换上去**卖得动**。五类的老顾客不会因为柜台上没有就买二类。换货先看周边的人买什么（S0-016，某县公司客户部一位客户经理，原文没注年份），小步试，看动销，卖不动就换回来。压给店主，是红线（S1-053，一家管理咨询机构，2014 年；REG-8）。

# %% [markdown]
# ## 5. 四个目标，能一起做到吗
#
# 案例说的“利润”“利润率”，这里就当作上面的毛利、毛利率：房租、水电都没有扣。
#
# 案例给这家店定了目标：利润率 10%，总销量 9 件，利润 1,800 元以上，一、二类占 35% 以上（S0-068；还有一句星级保持五星，这里不算）。先统一单位：9 件是 450 条，比 346 条多 30.1%。照原文“346 件”对“9 件”，就成了降 97%（INC-06）。再把四个数都当作**正好**要做到的，一条一条验：

# %% jupyter={"source_hidden": true}
proof = stores.prove(stores.base_from_ledger(ledger), stores.case_targets())
claims = proof.claims.assign(
    left=proof.claims["left"].round(2),
    right=proof.claims["right"].round(2),
    holds=proof.claims["holds"].map({True: "成立", False: "不成立"}),
)
claims.rename(columns={"claim": "要同时成立的", "left": "左边", "right": "右边", "holds": "结果"})

# %% [markdown]
# 利润 1,800 元、利润率 10%，只要卖 18,000 元；可 450 条照现在的条均价要卖 23,171 元，毛利 2,317 元。反过来，18,000 元摊到 450 条，每条只有 40 元，比现在还低，和“提高结构”正好相反（INC-07、DER-05）。
#
# 原文写的是“1,800 元以上”。只当下限看，四个倒不打架，可**这一条是虚的**：只要销量和利润率做到，它早就过了。给店主定目标，定一个销量、一个结构就够，利润由它们算出来。
#
# > **当心** 这些是帮店主算账的目标，由他自己定、自愿做。国家局 293 号文件不许用销量、结构考核客户经理（S1-021，一家管理咨询机构转述，原文没注年份；REG-7）。也不要替店主保证“照做一定能挣到”。案例里还有摆户外广告、店里试吸的做法（S0-065，REG-2），今天不能照做。

# %% [markdown]
# ## 6. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 346 件照抄 | 没验单价 | 金额除以数量，51.49 元/条才合情理 |
# | 把各笔售价直接平均 | 没按条数加权 | 总销售额 ÷ 总条数 |
# | 毛利率和加价率混用 | 分母不同 | 写清名字，一张纸只用一个 |
# | “一、二类占 27%”当成占销售额 | 按条数和按钱差很多 | 写清按什么算 |
# | 9 件和 346 直接比 | 单位不同 | 先都换成条 |

# %% [markdown]
# ## 7. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("12_store")

# %% [markdown]
# ## 小结卡
#
# - 先除一下：金额 ÷ 数量，单价合情理，单位才对。1 件 = 50 条，1 箱 = 250 条。
# - 条均价 = 总销售额 ÷ 总条数。
# - 毛利率的分母是销售额，加价率的分母是进货额。
# - 说结构，先说按条数、按销售额还是按毛利。
# - 目标先验能不能一起成立，再讲给店主听。
#
# 下一步：做 `练习` 里的 **12 一家店这个月挣了多少**，换一家店自己算。
