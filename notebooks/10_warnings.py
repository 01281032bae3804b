# %% [markdown]
# # 10 135 工作法：先分析，再预警
#
# 七月一日，系统推来一张预警单，说你片区有一百多户“增长偏低”。你照单打电话，第一户就被顶回来：“我六月比五月还多订了 14 条，你们说我掉了？”打开另一户，五月订 49 条，六月只有 27 条，快少了一半，单子上却没有他。单子没算错，是**算法用错了地方**。
#
# 这一课大约 40 分钟。学完你会：
#
# - 说出 135 工作法的五步，知道“分析”这一步要交出什么；
# - 按户、按品牌、按市场算预警；
# - 看出基准下跌时“增长率之比”的陷阱；
# - 拿着预警单先问原因，不急着催货。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import method135, plots, policy

learn.setup()
orders = learn.load("sales_week")
shops = learn.load("customers")

# %% [markdown]
# ## 1. 135 是什么
#
# **135 工作法**给一线营销人员一套基本框架，核心是一轮接一轮地改进（S2-024，某分公司服务科，2012 年）。它的平台有五个模块：**分析、计划、实施、评估、改进**（S2-025，同上）。用它找出一户经营的薄弱处，再去指导上柜（摆上柜台卖）、培育品牌、控制库存（S2-023，同上）。2014 年的一篇文章把它列进面向所有客户的标准化服务（S1-055，一家管理咨询机构）。

# %% jupyter={"source_hidden": true}
words = policy.load("method135")
pd.DataFrame(
    {
        "数": ["1", "3", "5"],
        "通常的说法": [words["wording.one"], "、".join(words["wording.three"]), "、".join(words["wording.five"])],
        "把握": ["一份地级市公司的讨论稿只写“新型关系”；各省措辞可能不同", "原文只写三个要点，这三个是通行的读法", "几处资料说法相同（S2-025）"],
    }
)

# %%
learn.fact("S2-025")

# %% [markdown]
# 你也许还听过“235”：那是合肥烟草一位客户经理的学习心得（S0-046，原文没注年份），讲思想要求，不是工作法（INC-39）。
#
# 这一课只讲第一步**分析**。某烟草公司的职责里，日常分析看客户、市场、品牌（S0-043 至 S0-045，原文没注年份）。原文说有四个方面，却只写了这三个（INC-13），第四个谁也不知道，不要去猜。
#
# | 方面 | 看什么 |
# | --- | --- |
# | 客户 | 增减、经营变化、类别变化、经营者个人情况 |
# | 市场 | 规不规范、零售价执行得怎样、消费需求变没变 |
# | 品牌 | 卖得怎样、市场接不接受、走势、怎样推广 |
#
# ## 2. 先让两个月能比
#
# 随课的订货表按周记，一周从星期一算起（表是编的）。要是直接按月加：

# %% jupyter={"source_hidden": true}
monthly = orders.assign(month=orders["week"].dt.month).groupby("month").agg(weeks=("week", "nunique"), cartons=("qty", "sum"))
monthly["change"] = (100 * monthly["cartons"].pct_change()).round(1)
monthly.astype({"change": object}).fillna("").rename_axis("月").rename(columns={"weeks": "有几个星期一", "cartons": "订货（条）", "change": "比上月（%）"})

# %% [markdown]
# 4 月“涨”了 30.6%，5 月“跌”了 23.1%，其实只是 4 月有五个星期一，5 月只有四个。**两期的周数一样，才能比。** 1、2 月还夹着春节，也不能拿来比平常的月份。
#
# 下面用 5 月的四周比 6 月的四周：

# %% jupyter={"source_hidden": true}
may = list(pd.date_range("2024-05-06", periods=4, freq="7D"))
june = list(pd.date_range("2024-06-03", periods=4, freq="7D"))
periods = method135.two_periods(orders, may, june).merge(shops[["cust_id", "star", "route", "market"]], on="cust_id")
names = {"cust_id": "客户编码", "qty_before": "五月四周（条）", "qty_now": "六月四周（条）", "star": "星级", "route": "线路"}
periods[list(names)].head().convert_dtypes().rename(columns=names)

# %% [markdown]
# ## 3. 预警怎样算
#
# 云南平台 2012 年的操作手册（网上流传的版本）这样定：一户的“环比增幅”除以同类客户的平均增幅，比值 0.8 以下就预警；销量和金额各算一次，有一样低就报。**环比**就是这个月比上个月。**基准**就是拿来比的那个平均数，这里用同星级的户。
#
# 毛病出在“增幅”两个字，有两种读法：
#
# | 读法 | 怎么算 | 五月 100 条、六月 98 条 |
# | --- | --- | --- |
# | 增长率 | 这月 ÷ 上月 − 1 | −2% |
# | 指数 | 这月 ÷ 上月 | 0.98 |
#
# 看三家编的店。同类这个月都在跌，跌了 4%：

# %% jupyter={"source_hidden": true}
three = pd.DataFrame(
    {
        "object": "客户",
        "key": ["甲：只跌 2%", "乙：涨了 4%", "丙：跌了一半"],
        "measure": "销量",
        "before": [100, 100, 100],
        "now": [98, 104, 50],
        "benchmark": 0.96,
    }
)
flags = method135.warnings(three)
yes = {True: "预警", False: "—"}
flags.assign(
    ratio_rate=flags["ratio_rate"].round(2), ratio_index=flags["ratio_index"].round(2), naive=flags["flag_rate_naive"].map(yes), index=flags["flag_index"].map(yes)
)[["key", "before", "now", "ratio_rate", "naive", "ratio_index", "index"]].rename(
    columns={"key": "店", "before": "五月（条）", "now": "六月（条）", "ratio_rate": "增长率之比", "naive": "照增长率", "ratio_index": "指数之比", "index": "照指数"}
)

# %% [markdown]
# 甲的增长率之比是 −2% ÷ −4% = 0.5，“偏低”，可他比同类跌得少。乙涨了，比值是负数，也报了警。丙跌了一半，比值是 12.5，反倒平安。**基准不涨，增长率之比就没有意义**，正好把好坏颠倒。
#
# 指数之比没有这个毛病：0.98 ÷ 0.96 = 1.02，比同类好；0.50 ÷ 0.96 = 0.52，该去看看。这门课一律用指数，写在策略文件 `method135` 里；“以下”含不含 0.8，也先讲定：含。
#
# ## 4. 全县的预警单
#
# 两种算法都跑一遍，只看销量：

# %% jupyter={"source_hidden": true}
found = method135.warnings(method135.customer_comparisons(periods, "star"))
volume = found[found["measure"] == "销量"].merge(shops[["cust_id", "name", "route"]], left_on="key", right_on="cust_id")
better = volume["flag_rate_naive"] & (volume["own_index"] >= volume["benchmark"])
print("照增长率硬除，预警", int(volume["flag_rate_naive"].sum()), "户，其中比同类还好的", int(better.sum()), "户")
print("照指数，预警", int(volume["flag_index"].sum()), "户")
print("两张单子上都有的：", int((volume["flag_rate_naive"] & volume["flag_index"]).sum()), "户")

# %% [markdown]
# 五月到六月，各星级的基准都在跌，于是硬除出来的 175 户**个个比同类好**，真正掉得多的 50 户一户也没进去。两张单子没有一户相同。开头那位店主挨的电话，就是这样来的。
#
# 还有一户上个月没有订货，不能比，不算预警：

# %%
volume.loc[volume["note"] == method135.NOTES["new"], ["key", "name", "now", "note"]].convert_dtypes().rename(
    columns={"key": "客户编码", "name": "店名", "now": "六月（条）", "note": "说明"}
)

# %% [markdown]
# 新户、装修停业刚开门的户，都是这样：**没有上月，就没有增幅**，写“不能比”，不写 0。
#
# 50 户散在哪里？

# %%
by_route = volume[volume["flag_index"]].groupby("route").size().reindex(list("ABCDE"), fill_value=0)
by_route.index = [f"{name} 线" for name in by_route.index]
plots.bars(by_route, "哪条线的预警户最多？", "", "预警户（户）");

# %% [markdown]
# 50 户里 33 户在 E 线。一条线一起掉，多半不是各家自己的事：修路、停电、换了送货日、旁边开了大店，都会这样。先不急着一户一户打电话。
#
# ## 5. 再看市场和品牌
#
# 把 E 线的城镇、乡村两个市场，和全县的同一类市场比：

# %% jupyter={"source_hidden": true}
sku = learn.load("sku")[["sku", "brand", "key_flag"]]
full = orders.merge(sku, on="sku").merge(shops[["cust_id", "route", "market"]], on="cust_id")
line_e = full[full["route"] == "E"]


def beside_county(own, whole, kind, column):
    compared = method135.group_comparisons(method135.two_periods(own, may, june, column), method135.two_periods(whole, may, june, column), kind, column)
    table = method135.warnings(compared)
    table = table[table["measure"] == "销量"]
    shown = table.assign(key=table["key"].replace({"C": "城镇", "X": "乡村"}), ratio_index=table["ratio_index"].round(3), flag=table["flag"].map(yes))
    return shown[["key", "before", "now", "ratio_index", "flag"]].astype({"before": int, "now": int}).rename(
        columns={"key": kind, "before": "五月（条）", "now": "六月（条）", "ratio_index": "指数之比", "flag": "结果"}
    )


beside_county(line_e, full, "市场", "market")

# %%
key_brands = full["key_flag"]
beside_county(line_e[line_e["key_flag"]], full[key_brands], "品牌", "brand")

# %% [markdown]
# 城镇市场预警，乡村市场 0.803，贴着 0.8，没有报。**重点品牌**是公司挑出来重点培育的品牌，表里有九个，七个报了警。品牌大半一起掉，说明不是哪个品牌卖不动，是**这条线的生意少了**。三样放在一起看，才知道该问什么。
#
# 云南的规则里还有**大户**：月订货超过 1,000 条，并且高于同市场类型平均的若干倍。几倍，原文写到“4”就断了，这里按 4 倍，是暂定的。

# %%
cartons = periods.rename(columns={"qty_now": "cartons"})[["cust_id", "market", "cartons"]]
large = method135.large_customers(cartons)
print("六月四周订货最多的一户：", int(large["cartons"].max()), "条；照两个条件算，大户", int(large["large"].sum()), "户")

# %% [markdown]
# ## 6. 动一动：预警线定在哪里，单子有多长
#
# 一位客户经理一个月只腾得出 30 次专门走访。**看一看：预警线定在多少，指数读法的单子不超过 30 户？再换成增长率硬除：单子里有几户其实比同类好？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt

readings = {"指数之比": "ratio_index", "增长率之比（硬除）": "ratio_rate"}


def show_line(percent, reading):
    hit = volume[volume[readings[reading]].round(9) <= percent / 100]
    counts = hit.groupby("route").size().reindex(list("ABCDE"), fill_value=0)
    counts.index = [f"{name} 线" for name in counts.index]
    good = int((hit["own_index"] >= hit["benchmark"]).sum())
    plots.bars(counts, f"预警线 {percent / 100:.2f}：预警户都在哪里？（{len(hit)} 户，{good} 户比同类好）", "", "预警户（户）")
    plt.show()


widgets.interact(
    show_line,
    percent=widgets.IntSlider(value=80, min=50, max=95, step=5, description="预警线（%）", continuous_update=False),
    reading=widgets.Dropdown(options=list(readings), description="读法"),
);

# %% [markdown]
# 预警线越低，单子越短，漏掉的也越多。0.8 是云南 2012 年的数，你所在的省可能不同：先问清，再用。
#
# ## 7. 预警是一个问题，不是一个结论
#
# 拿到单子，先做三件事：
#
# 1. **核数**：两期周数一样吗？有没有哪一周漏传？
# 2. **看一起掉还是各自掉**：整条线、整个品牌一起掉，先问共同的原因。
# 3. **去问**：库存还有多少？旁边开了新店？家里有事？是不是上月为节日多备了货？
#
# 销售忽高忽低的户要重点跟，采的数要客观真实（S1-049，一家管理咨询机构，2014 年）。
#
# > **当心** 预警单不是任务单。对着掉了的户说“这个月补订 50 条就不报警了”，是压货，是明令禁止的红线（S1-053，一家管理咨询机构，2014 年；REG-8）。也不要拿预警户数考核一线员工：国家局 293 号文件不许用销量考核一线营销人员（S1-021，同一家机构转述，原文没注年份；REG-7）。

# %% [markdown]
# ## 8. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 4 月和 5 月整月直接比 | 一个五周、一个四周 | 取周数相同的两期 |
# | 基准在跌，还用增长率相除 | 好坏颠倒 | 用指数之比 |
# | 新户的增幅写成 0 或 100% | 没有上月，没法比 | 写“不能比”，不预警 |
# | 各户的指数直接平均当基准 | 小店一条两条的起落拉偏了平均 | 合计除以合计，并写明用的哪一种 |
# | 预警了就催他多订 | 没问原因，还踩红线 | 先核数，再问原因，再谈办法 |

# %% [markdown]
# ## 9. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("10_warnings")

# %% [markdown]
# ## 小结卡
#
# - 五步：分析、计划、实施、评估、改进。预警是分析这一步交出的单子。
# - 两期周数相同，才能比。
# - 自己的指数 ÷ 同类的指数，0.8 以下（含）预警；数字和读法以本省规定为准。
# - 基准不涨，增长率之比没有意义。
# - 没有上月就写“不能比”。
# - 先看一起掉还是各自掉，再去问原因；不催货。
#
# 下一步：做 `练习` 里的 **10 先分析，再预警**，再读第 11 课，看单子上的户后来怎样了。
