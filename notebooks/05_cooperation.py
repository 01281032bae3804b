# %% [markdown]
# # 05 配合程度、依存度与价值
#
# 月底翻走访记录：老陈家去了四次，每次都有茶喝，说什么他都点头。街口那家便利店去了一次，店主头也不抬，说完就走。便利店卖的烟是老陈的三倍，上个月扣款失败两次，新政策一条没听进去。主管问你：“这四次和这一次，是谁安排的？”你想了想，是自己的脚。
#
# 这一课大约 40 分钟。学完你会：
#
# - 按配合程度分三类，再按依存度和价值把低的一类细分；
# - 给每一组挑该做的事；
# - 在总走访次数不变的前提下，把次数从高的一类挪给低的一类；
# - 听到“重点户多走”“五星户多走”“配合好的少走”，先问按什么分的。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %%
import pandas as pd

from coursekit import learn
from coursekit.domain import customers, plots, policy

learn.setup()
shops = learn.load("coop190")

# %% [markdown]
# ## 1. 三个词，各说一件事
#
# - **配合程度**：他愿不愿意照约定办，比如按时订货、卡里有钱、明码标价。
# - **依存度**：他这家店靠不靠卖烟过日子。依存度高的，烟停了店就难了。
# - **价值**：他给公司和片区带来多少，比如销量、结构、带动周边。
#
# 某县公司客户部一位客户经理（原文没注年份）把自己的 190 户按配合程度分成高、中等、低三类（S0-004）。每一类多少户、多少分算高，他都没有写，连叫法也前后不一（INC-16）。所以下面的分数线是**教学约定**，不是谁的规定：
#
# | 分数（0 到 100） | 线 | 写法 |
# | --- | --- | --- |
# | 配合程度 | 70 以上为高，40 以上为中，不到 40 为低 | 左闭右开，70 分整归高 |
# | 依存度 | 50 以上为高 | 50 分整归高 |
# | 价值 | 50 以上为高 | 50 分整归高 |

# %%
learn.fact("INC-16")

# %% [markdown]
# ## 2. 每一组该做什么
#
# 配合程度**中等和高**的，到此为止，不再细分。**低**的一类要再分：依存度高的，容易转变；依存度低、价值高的，最难（S0-010）。
#
# | 组 | 该做的事 | 事实 |
# | --- | --- | --- |
# | 高配合 | 日常走访就够；省下的次数给低的一类 | S0-006、S0-007 |
# | 中配合 | 哪里短补哪里：常扣不成款的，每个访销周期叮嘱存款；订单执行差的，盯住订单，预测下月需求时一起核准 | S0-008 |
# | 低配合，依存度高 | 讲清形势，让他先尝到配合的好处 | S0-010 |
# | 低配合，依存度低，价值高 | 多走访，让他感到被重视；帮他算清卖烟的盈利；当作重点培育的户 | S0-011 |
# | 低配合，依存度低，价值低 | 保留基本走访，不减到零 | 原文没有写这一组，是教学约定 |
#
# 低配合的店主是什么样子，他也写了：不大了解公司和行业的政策，依存度低，不看重卖烟这门生意（S0-009）。**不了解在前，不配合在后**，所以第一步往往是多去几次、把话讲明白，不是催。
#
# 随课的 `coop190` 是编出来的 190 户。照上面的线分一分：

# %%
grouped = customers.segments(shops)
order = list(grouped["group"].value_counts().index)
plots.ranked(grouped["group"].value_counts(), "190 户分成五组，各多少户？", "客户数（家）");

# %% [markdown]
# 低配合的一共 38 户，占两成。最难的那组只有 5 户，画在图上一眼看得到：

# %%
low = shops.merge(grouped, on="cust_id").query("coop_class == '低'").rename(columns={"group": "组"})
ax = plots.scatter(low, "低配合的 38 户，最难的是哪几家？", ("dependence", "value"), ("依存度（分）", "价值（分）"), "组")
ax.axvline(50, color="gray", linestyle=":")
ax.axhline(50, color="gray", linestyle=":");

# %% [markdown]
# 左上角的 5 户，就是“依存度低、价值高”。名单拿在手里，才谈得上怎么办：

# %%
names = {"cust_id": "客户编码", "coop": "配合程度", "dependence": "依存度", "value": "价值", "visits_now": "现在一月走几次"}
hard = low[low["segment"] == "low_hard"]
hard[list(names)].rename(columns=names)

# %% [markdown]
# ## 3. 例子：次数都去了哪里
#
# 190 户，一个月一共走 396 次。平均下来，每组每户走几次？

# %%
now = shops.merge(grouped, on="cust_id")
mean = now.groupby("group")["visits_now"].mean().reindex(order)
plots.ranked(mean.round(2), "现在谁家走得最勤？", "平均每户每月走访（次）");

# %% [markdown]
# 配合越好，走得越勤。脚往好走的地方去，是习惯，不是安排。那位客户经理的主张正好反过来：同样的力气花在配合高的户身上收效大（S0-005），可他们日常走访就够；要改变的是低的一类，所以**省下的次数往低处挪**（S0-006）。
#
# 挪有三条规矩：
#
# 1. **总次数不变。** 一个月 396 次，挪完还是 396 次，一个人的时间不会变多。
# 2. **高的一类留够日常走访**，一次也不能减到零。
# 3. **低的一类人人有份**，最难的一组先得，谁也不超过上限（教学约定：一户一个月最多 8 次）。
#
# 库里的 `reallocate_visits` 照这三条挪。高配合的户每户留 2 次：

# %%
rules = policy.load("customers").replace(visits__routine=2)
moved = customers.reallocate_visits(shops, rules)
total = moved.groupby("group")[["visits_now", "visits_new"]].sum().reindex(order)
plots.before_after(total["visits_now"], total["visits_new"], "总数不变，各组的次数怎样变？", "每月走访（次）", ("现在", "挪完"));

# %%
print("现在合计", total["visits_now"].sum(), "次，挪完合计", total["visits_new"].sum(), "次")
print("最难的 5 户，每户从", list(moved.loc[moved["segment"] == "low_hard", "visits_now"]), "次变成", list(moved.loc[moved["segment"] == "low_hard", "visits_new"]), "次")

# %% [markdown]
# ## 4. 动一动：高配合的户留几次合适
#
# 留得少，挪得多。拖动滑块改两样：高配合的户每户留几次，多少分算高配合。**看一看：留 1 次，低配合的户平均一个月要走几次？这像帮他，还是像盯他？留 3 次，还挪得出多少？**

# %%
import ipywidgets as widgets
import matplotlib.pyplot as plt


def show_moved(keep, line):
    chosen = policy.load("customers").replace(visits__routine=keep, segments__coop_high=line)
    after = customers.reallocate_visits(shops, chosen)
    after["class"] = after["segment"].map({"high": "高配合", "medium": "中配合"}).fillna("低配合")
    each = after.groupby("class")[["visits_now", "visits_new"]].mean().round(2).reindex(["高配合", "中配合", "低配合"])
    freed = int(after["change"].clip(lower=0).sum())
    question = f"每户留 {keep} 次，挪出 {freed} 次，各类每户走几次？"
    plots.before_after(each["visits_now"], each["visits_new"], question, "平均每户每月走访（次）", ("现在", "挪完"))
    plt.show()


widgets.interact(
    show_moved,
    keep=widgets.IntSlider(value=2, min=1, max=3, description="每户留几次", continuous_update=False),
    line=widgets.IntSlider(value=70, min=60, max=85, step=5, description="高配合线", continuous_update=False),
);

# %% [markdown]
# 留 1 次，低配合的户平均一个月要走五次，一周不止一回，店主会烦，老户也会觉得你不来了。留 3 次，只挪得出 8 次，等于没挪。**次数要看着图定，定完跟主管说清依据。**
#
# ## 5. 三句话打架吗
#
# 走访次数有三种主张，放在一起像打架（INC-17）：
#
# | 主张 | 按什么分 | 谁的 | 事实 |
# | --- | --- | --- | --- |
# | 配合高的少走，省给配合低的 | 配合程度 | 某县公司客户部一位客户经理，原文没注年份 | S0-006 |
# | 五星户多走、多停留 | 星级 | 某县城区营销部，原文没注年份 | S2-004 |
# | 重点客户每周上门一次 | 重点客户 | 浙江某县烟草公司，2004 年 | S0-134 |
#
# 不打架，因为分类的依据不同。一家店可以又是五星、又是高配合，两个办法给出两个次数。这时候先问本单位按什么排，**一张计划只用一个依据**，写在计划的第一行。
#
# 分类还有另一面。浙江那家公司 2004 年讲义务对等：享受得多的，配合的义务也多（S0-132）。这话要在给服务的时候讲，不是在停货的时候讲。

# %%
learn.fact("INC-17")

# %% [markdown]
# ## 6. 先满意，再谈别的
#
# 同一份浙江 2004 年的材料提出**四度**：满意度、忠诚度、贡献度、依存度，满意度是另外三个的前提（S0-136）。怎样量，它没有写。本课的量法是约定：忠诚度看订货周期里他订了几次，贡献度看毛利在片区里排第几，依存度看卷烟占他营业额多少。四家编出来的店：

# %%
four = pd.DataFrame(
    {
        "cust_id": ["老陈小店", "街口便利", "河边副食", "桥头小卖"],
        "satisfaction": [92, 66, 85, 88],
        "cycles_ordered": [26, 24, 12, 26],
        "cycles": [26, 26, 26, 26],
        "margin": [3200.0, 9800.0, 2100.0, 1500.0],
        "cigarette_sales": [18000.0, 52000.0, 9000.0, 8000.0],
        "all_sales": [24000.0, 260000.0, 14000.0, 12000.0],
    }
)
labels = {"cust_id": "店", "satisfaction": "满意度", "loyalty": "忠诚度", "contribution": "贡献度", "dependence": "依存度", "first": "先从哪里做起"}
customers.four_degrees(four).round(0).rename(columns=labels)

# %% [markdown]
# 街口便利贡献最高，依存度只有 20，看着该去讲“卖烟多挣钱”。可他的满意度不到 80，话听不进去。先弄清他哪里不满意，再谈别的。河边副食满意，只是半年里 26 个周期订了 12 次，要问的是货和订货日。桥头小卖样样守约，只是店小，能做的是帮他把店里的烟卖得更对路。
#
# 一篇通用的管理文章（不是烟草的规定）引过一项调研：三分之二的人离开，是因为得不到关心（S4-014）。这个比例不必当真，道理可以记住：冷着一张脸的店主，多半是很久没有人认真听他说话。
#
# > **当心** “感情投入”不是送礼。替他记着孩子高考、帮他问清一条政策，是服务；送购物卡、请吃饭，受廉洁规定约束（REG-5）。“常扣不成款”的办法是提醒，不是替他存钱（REG-4）。“预测下月需求时给他校准”，是拿数据一起核对，订多少由他自己定，不是替他核定（REG-6）。更不能拿紧俏烟逼他配合：不上新品就停货，是强制上柜，红线（REG-8）。

# %% [markdown]
# ## 7. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 低价值、低配合的户，走访减到零 | 人不见了，政策更听不到 | 保留基本走访，人人至少一次 |
# | 低的一类加了次数，高的一类不减 | 总数涨了，月底走不完 | 先算省得出几次，再分 |
# | 五星户当成高配合户，跟着减 | 两种分法的依据混了 | 一张计划只用一个依据 |
# | 70 分整判到中配合 | “以上”含本数 | 左闭右开，压线归上一档 |
# | 中配合的户一律提醒存款 | 他也许是订单执行差 | 看短在哪里，再补哪里 |
# | 用停货让低配合的户听话 | 违规，也换不来真配合 | 多走访，算盈利，讲清楚 |

# %% [markdown]
# ## 8. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("05_cooperation")

# %% [markdown]
# ## 小结卡
#
# - 配合看愿不愿，依存看靠不靠烟，价值看带来多少。
# - 高和中按配合分到底；低的再看依存和价值，依存低、价值高的最难。
# - 挪次数：总数不变，谁也不减到零，低的每户都比原来多。
# - 先说按什么分的，一张计划一个依据。
# - 先满意，再谈别的；关心可以，送礼不行，停货不行。
#
# 下一步：做 `练习` 里的 **05 配合程度、依存度与价值**，给你自己的一百多户排一排。
