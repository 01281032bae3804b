# %% [markdown]
# # 14 看趋势，做预测
#
# 领导看着半年总结问：“上半年 13,679 箱，增 2.92%，去年同期是多少？”你顺手一减：13,679 减去它的 2.92%，13,279.6 箱。他翻出去年的本子：13,290.9 箱。差 11.3 箱，合 2,833 条，一家中等的店要卖一年半。再问：“下周要多少货？”你说：“跟上周差不多吧。”上周刚过完节。
#
# 这一课大约 40 分钟。学完你会：
#
# - 由今年的数和增幅，除回去年的数；
# - 算每箱收入，不把万元和元弄混，不拿两个增幅直接相减；
# - 从客户、市场、品牌三面看趋势；
# - 做一个简单的预测，并说清它平时差多少、什么时候不能用。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
import matplotlib.pyplot as plt
import pandas as pd

from coursekit import learn
from coursekit.domain import forecast, plots, policy

learn.setup()
orders = learn.load("sales_week")
rules = policy.load("analysis")

# %% [markdown]
# ## 1. 增幅是除回去的
#
# 某分公司服务科 2012 年的总结写着上半年三个数：销量、收入、税利（S2-016）。**税利**是税金加利润。**同比**就是和去年同一段时间比。增 2.92%，是在**去年**的数上加 2.92%，所以
#
# > 去年 = 今年 ÷（1 + 增幅）

# %% jupyter={"source_hidden": true}
half = rules.section("half_year")
rows = {"销量（箱）": "cases", "收入（万元）": "revenue", "税利（万元）": "tax_profit"}
backward = pd.DataFrame(
    {
        "今年": [half[name] for name in rows.values()],
        "同比增（%）": [round(100 * half[f"{name}_growth"], 2) for name in rows.values()],
        "去年，除回去": [round(forecast.last_year(half[name], half[f"{name}_growth"]), 1) for name in rows.values()],
        "错的：减回去": [round(half[name] * (1 - half[f"{name}_growth"]), 1) for name in rows.values()],
    },
    index=list(rows),
)
backward

# %%
learn.fact("DER-06")

# %% [markdown]
# 增幅越大，减出来的错得越多：收入增 10.04%，减法差了三百多万元。
#
# ## 2. 每箱多少钱
#
# 收入是**万元**，先换成元，再除以箱数。一箱是 250 条。

# %%
now = forecast.per_case(half["revenue"], half["cases"])
before = forecast.per_case(backward.loc["收入（万元）", "去年，除回去"], backward.loc["销量（箱）", "去年，除回去"])
print(f"每箱收入：去年 {before:,.0f} 元，今年 {now:,.0f} 元，增 {forecast.growth(now, before):.2%}")
print(f"今年每条 {now / 250:.2f} 元")

# %% [markdown]
# 收入增 10.04%，销量增 2.92%，每箱收入增的**不是**两个相减的 7.12%，是 6.92%（DER-06）。增幅之间要相除：1.1004 ÷ 1.0292 = 1.0692。
#
# 再看税利：增 4.38%，比收入慢，占收入的比例由 29.96% 降到 28.42%（DER-06）。收入多了，税利没有跟上，这就是一句值得写进分析的话。
#
# 拿别处的数来比，要看清年份和地方。凯里市分公司 2007 年以来每箱均价 13,941.95 元，比全州高 3,500 元以上（S3-004），每条 55.77 元（DER-09）；上面那家 2012 年每条 98.12 元。差这么多，有地方、年份、结构三个原因，**不能说谁好谁差**。
#
# ## 3. 趋势从三面看
#
# | 方面 | 看什么（某烟草公司，原文没注年份） | 手上的数 |
# | --- | --- | --- |
# | 客户（S0-043） | 增减、经营变化、类别变化 | 订货户数、每户条数 |
# | 市场（S0-044） | 规不规范、零售价、消费需求 | 走访记下的价格、需求 |
# | 品牌（S0-045） | 卖得怎样、接不接受、走势 | 各品牌每周条数、有几户在订 |
#
# 原文说有四个方面，只列了三个（INC-13），课里只用这三个。某分公司 2012 年写过一句判断：重点品牌和低焦油品牌还在涨，涨得慢了，供不应求转为供需平衡（S2-017）。这句话有方向、有快慢，比“形势良好”有用。
#
# > **当心** 分析里写到低焦油，只写焦油量和销量。把低焦油说成危害小，属于健康暗示，不能讲（REG-1）。

# %% [markdown]
# ## 4. 例子：下一周要多少条
#
# 随课的订货表有 26 周（表是编的）。最简单的预测有两种：
#
# - **照上次**：下周等于上周；
# - **移动平均**：下周等于最近几周的平均，这里用 4 周。

# %% jupyter={"source_hidden": true}
weekly = orders.groupby("week")["qty"].sum()


def back_test(history, window):
    """Each week forecast from the weeks before it."""
    chosen = rules.replace(forecast__window=window)
    known = range(window, len(history))
    return pd.Series({history.index[i]: forecast.moving_average(history.iloc[:i], chosen) for i in known})


def how_good(predicted, actual):
    """Accuracy of each week, in percent."""
    return pd.Series({week: 100 * forecast.accuracy(predicted[week], actual[week]) for week in predicted.index})


four = back_test(weekly, 4)
shown = pd.DataFrame({"实际": weekly, "四周平均": four})
shown.index = shown.index.strftime("%m-%d")
ax = plots.lines(shown, "四周平均，哪几周猜得最离谱？", "从哪天起的一周", "订货（条）")
ax.set_xticks(range(0, len(shown), 4))
ax.set_ylim(0);

# %% [markdown]
# 平常的周，两条线贴在一起。春节前两周多订，春节那周（2 月 12 日起）只订了 4,737 条，四周平均猜了一万三。
#
# 好不好，用**准确率**说：1 − 差的条数 ÷ 实际的条数，差过头就算 0。

# %%
good = how_good(four, weekly)
plain = good[good.index >= "2024-03-18"]
print(f"3 月 18 日以后 {len(plain)} 周：平均准确率 {plain.mean():.1f}%，最差的一周 {plain.min():.1f}%")
print(f"春节前后三周：{'、'.join(f'{value:.0f}%' for value in good['2024-01-29':'2024-02-12'])}")

# %% [markdown]
# 所以报预测要报两个数：**多少条，平时差多少**。比如：“下周约 10,180 条，平时差百分之四，没有算节日。”

# %%
print(f"7 月 1 日那一周，四周平均：{forecast.moving_average(weekly):,.0f} 条；照上次：{forecast.naive(weekly):,.0f} 条")

# %% [markdown]
# ## 5. 动一动：平均几周最好
#
# 同一个办法，用在全县和用在一家店，差得很远。**看一看：换成一家店，准确率掉到多少？E 线上，平均的周数越长是越好还是越差？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets

routes = learn.load("customers").set_index("cust_id")["route"]
by_route = orders[orders["cust_id"].map(routes) == "E"].groupby("week")["qty"].sum()
every_week = weekly.index
shop = orders[orders["cust_id"] == "K0002"].groupby("week")["qty"].sum().reindex(every_week, fill_value=0)
series = {"全县 308 户": weekly, "E 线": by_route, "一家店 K0002": shop}


def show_window(what, window):
    actual = series[what]
    predicted = back_test(actual, window)
    recent = actual.index[actual.index >= "2024-03-18"]
    right = how_good(predicted[recent], actual).mean()
    table = pd.DataFrame({"实际": actual[recent], "预测": predicted[recent]})
    table.index = table.index.strftime("%m-%d")
    axes = plots.lines(table, f"{what}：平均 {window} 周，准确率 {right:.1f}%，够用吗？", "从哪天起的一周", "订货（条）")
    axes.set_xticks(range(0, len(table), 3))
    axes.set_ylim(0)
    plt.show()


widgets.interact(
    show_window,
    what=widgets.Dropdown(options=list(series), description="看谁"),
    window=widgets.IntSlider(value=4, min=1, max=8, description="平均几周", continuous_update=False),
);

# %% [markdown]
# 户越少，起落越大，预测越不准：都平均四周，全县九成六，这家店不到九成。一家店的预测，不如进店看一眼库存。
#
# 周数长短各有用处。这家店忽高忽低，平均六周比一周稳；E 线六月整条线掉了下来，周数越长，预测跟得越慢。
#
# ## 6. 有季节，就和去年同期比
#
# 节日年年有，可随课的表只有半年。看一张编的 13 个月的表，单位箱，要猜今年 2 月：

# %% jupyter={"source_hidden": true}
months = pd.Series([320, 180, 240, 235, 238, 236, 234, 240, 262, 244, 236, 250, 336], dtype=float)
methods = {"照上月": forecast.naive(months), "四个月平均": forecast.moving_average(months), "去年同期乘今年的变化": forecast.seasonal(months)}
actual = 187
pd.DataFrame({"预测（箱）": pd.Series(methods).round(1), "准确率（%）": pd.Series({k: round(100 * forecast.accuracy(v, actual), 1) for k, v in methods.items()})})

# %% [markdown]
# 今年 1 月是去年 1 月的 1.05 倍（336 ÷ 320），就把去年 2 月的 180 箱也乘 1.05，得 189 箱。实际 187 箱，准确率 98.9%。
#
# 有一处要小心：春节有的年在 1 月，有的年在 2 月，“同月”不一定“同节”。日子挪了，要按节日对齐再比。
#
# ## 7. 预测拿来做什么
#
# 2014 年的一篇文章把信息采集、需求预测、市场分析列为三样能力：进货、销售、库存三样数要全、要准（S1-049）；知道客户的经营能力和库存，提高月销量和每箱收入（原文叫单箱值）的预测准确率（S1-050）；对货源、季节、政策的变化敏感（S1-051，一家管理咨询机构）。
#
# 写一份给客户的分析，某市第一营销部 2011 年的次序可以照用：先讲市场、品牌走势和产品，再讲他上期的销售、问题和建议（S0-159）。
#
# > **当心** 预测不是任务，也不是配额。某分公司 2012 年写过把销售指标按月拆细（S2-018）；拆到一线员工头上去考核，与国家局 293 号文件的禁令相抵触（S1-021，一家管理咨询机构转述，原文没注年份；REG-7）。拿你的预测替客户“核定销量”，与客户自主订货相抵触（REG-6）。店主订多少，他自己定；你把数和理由讲给他听。

# %% [markdown]
# ## 8. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 今年 ×（1 − 增幅）当去年 | 增幅是在去年的数上加的 | 今年 ÷（1 + 增幅） |
# | 收入增幅 − 销量增幅当单价增幅 | 增幅不能相减 | 相除再减 1 |
# | 万元除以箱数就报每箱多少元 | 差一万倍 | 先乘 10,000 |
# | 把几个月的增幅平均 | 各月的底数不一样 | 用两头的合计相除 |
# | 节后拿节前四周平均 | 节日的量不会天天有 | 和去年同期比，或去掉节日那几周 |
# | 只报一个数 | 不知道能不能信 | 连平时的准确率一起报 |

# %% [markdown]
# ## 9. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("14_forecast")

# %% [markdown]
# ## 小结卡
#
# - 去年 = 今年 ÷（1 + 增幅）。
# - 每箱收入 = 万元 × 10,000 ÷ 箱数；一箱 250 条。
# - 增幅之间相除，不相减，不平均。
# - 准确率 = 1 − 差的条数 ÷ 实际的条数。
# - 报预测报两个数：多少条，平时差多少；有节日先说。
# - 预测不是任务，店主订多少他自己定。
#
# 下一步：做 `练习` 里的 **14 看趋势，做预测**。
