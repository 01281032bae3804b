# %% [markdown]
# # 07 一个月走得完吗
#
# 晨会上，市场经理说：“下个月起，五星户每周走两次。”大家都点头，你也点头。到了第三周，五星户一家没落，三星户还有四十几家没去。月底问你为什么漏走，你说“忙不过来”。他问：“差多少？”你答不出。
#
# 这一课大约 45 分钟。学完你会：
#
# - 把“几星走几次”换算成次数、分钟和天数；
# - 从走访记录里量出路上要花多少时间，不再按 0 算；
# - 看出一套规则排不排得下，排不下差多少分钟；
# - 分得清四周和一个月、“每天不少于 30 户”和“每户留够时间”。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import plots, policy, visits

learn.setup()
shops = learn.load("customers")
log = learn.load("visits")
rules = policy.load("visits")

# %% [markdown]
# ## 1. 规定写了什么，没写什么
#
# 关于走多少次，几份原文这样说：
#
# | 谁说的 | 说了什么 | 没说什么 | 事实 |
# | --- | --- | --- | --- |
# | 某县城区营销部，原文没注年份 | 五星户走访加密，每次多停留一会儿 | 加到几次，停留几分钟 | S2-004 |
# | 浙江某县烟草公司，2004 年 | 重点客户每周上门一次 | 哪些户算重点 | S0-134 |
# | 某县公司客户部，原文没注年份 | 配合高的少走几次，省下的给配合低的；配合高的，日常走访就够 | 各几次 | S0-006、S0-007 |
# | 一家管理咨询机构，2014 年 | 按客户类型定次数和时间，排月、周、日计划 | 次数是多少 | S1-045 |
# | 某分公司服务科，2012 年 | 每天每户的次数和停留时间都定好，按计划走 | 定成多少 | S2-022 |
#
# 五份原文只有一份给了次数。要排计划，先得把空着的数补上，补的数要写明是谁定的。这门课补的数在策略文件 `visits` 里，是教学约定；你们单位有自己的数，换掉就行。

# %% jupyter={"source_hidden": true}
times = visits.required_visits(shops)
labels = {"customers": "户数（家）", "frequency": "每户次数（次/周期）", "visits": "合计（次/周期）", "stay": "每次停留（分钟）", "minutes": "停留合计（分钟/周期）"}
table = times.rename(columns=labels, index=plots.STAR_NAMES)
table.index.name = "星级"
table

# %% [markdown]
# **走访周期**（这一课简称周期）是排走访用的一段时间，这里是四周、20 个工作日；它比访销周期（两次订货之间的一段，多半是一周）长。308 户一个周期要走 462 次，在店里一共停留 5,362 分钟。
#
# ## 2. 时间花在谁身上
#
# 次数和分钟不是一回事。三星户最多，四星户占的时间最多：

# %%
plots.bars(table["停留合计（分钟/周期）"], "哪一级客户占的停留时间最多？", "星级", "停留（分钟/周期）");

# %% [markdown]
# 18 家五星户只占户数的 5.8%，停留时间占 26.9%（1,440 ÷ 5,362）。所以给五星户加一次，和给三星户加一次，代价不一样。
#
# ## 3. 路上的时间从哪里来
#
# 最常见的错，是只算店里的时间，路上按 0 算。路上花多少，不用猜，走访记录里有：同一天里，**下一家的到店时间减上一家的离店时间**。

# %%
made = log.dropna(subset=["arrive", "leave"]).sort_values("arrive")
gap = (made["arrive"] - made["leave"].shift()).dt.total_seconds() / 60
gap = gap[made["arrive"].dt.date == made["leave"].shift().dt.date]
print("两家之间的间隔：", len(gap), "个；其中超过 60 分钟的", int((gap >= 60).sum()), "个，是负数的", int((gap < 0).sum()), "个")

# %% [markdown]
# 超过 60 分钟的，101 天正好 101 个，是中午休息，不是路。负数的 33 个，是两次走访的时间叠在一起了，多半是推迟或急访插进来时记的，也不能当路程。去掉这两种再看：

# %%
road = gap[(gap >= 0) & (gap < 60)]
plots.histogram(road, "从一家到下一家，路上要几分钟？", "间隔（分钟）", bins=range(0, 16), mark=round(float(road.mean()), 1));

# %% [markdown]
# 平均 5.2 分钟（超过 15 分钟的有 20 个，图里没有画，平均里算了）。要是午休和负数都不去掉，平均会变成 9.1 分钟；按 0 算，又少了一大块。这里的 5.2 分钟还没有算从单位到第一家、从最后一家回单位的路，所以它是**往少里算**的。
#
# ## 4. 例子：20 天够不够
#
# 需要的时间 = 店里的停留 + 次数 × 每次路上。可用的时间 = 20 天 × 390 分钟 = 7,800 分钟（390 分钟即 6.5 小时，教学约定）。

# %% jupyter={"source_hidden": true}
per_visit = round(float(road.mean()), 1)
whole = visits.capacity(shops, per_visit)
no_road = visits.capacity(shops, 0)
rows = [[case.visits, case.stay, round(case.travel, 1), round(case.needed, 1), case.days_needed, round(case.available - case.needed, 1)] for case in (no_road, whole)]
pd.DataFrame(rows, index=["路上按 0 算", "路上按 5.2 分钟算"], columns=["次数", "停留（分钟）", "路上（分钟）", "合计（分钟）", "要几天", "还剩（分钟）"])

# %% [markdown]
# 路上按 0 算，14 天就走完，还剩 2,438 分钟。加上路，要 7,764.4 分钟，20 天只剩 **35.6 分钟**。同一套规则，看着宽松，其实一滴不剩：路上堵一次，就有几户要顺延。
#
# 天数要往上进，不能四舍五入：7,764.4 ÷ 390 = 19.91，要 20 天；要是算出 20.03，就是 21 天，多出来的几户不会自己走完。
#
# ## 5. 动一动：五星户每周走两次，装得下吗
#
# 拖动滑块，改每个周期的次数和路上的分钟。**先猜再看：五星户从 4 次加到 8 次，超多少？要让它装得下，四星户得减到几次？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt


def show_rules(five, four, three, travel):
    changed = rules.replace(frequency__5=five, frequency__4=four, frequency__3=three)
    case = visits.capacity(shops, travel, changed)
    said = f"差 {case.over:,.0f} 分钟，要 {case.days_needed} 天" if case.over else f"装得下，还剩 {case.available - case.needed:,.0f} 分钟"
    plots.bars({"合计": case.needed, "店里停留": case.stay, "路上": case.travel}, f"{case.visits} 次走访，20 天装得下吗？{said}", "", "分钟/周期", mark=case.available)
    plt.show()


wide = {"description_width": "9em"}
widgets.interact(
    show_rules,
    five=widgets.IntSlider(value=4, min=1, max=10, description="五星（次/周期）", style=wide, continuous_update=False),
    four=widgets.IntSlider(value=2, min=1, max=4, description="四星（次/周期）", style=wide, continuous_update=False),
    three=widgets.IntSlider(value=1, min=1, max=4, description="三星（次/周期）", style=wide, continuous_update=False),
    travel=widgets.FloatSlider(value=5.2, min=0, max=12, step=0.1, description="路上（分钟/次）", style=wide, continuous_update=False),
);

# %% [markdown]
# 五星户每周两次，要 9,578.8 分钟，超 1,778.8 分钟，等于每周少 445 分钟，一天多。四星户减到 1 次也还差 58.8 分钟。于是那天晨会上，你可以这样答：
#
# > “五星户每周两次，四周要多 72 次，按我五个月的记录，超 1,779 分钟，合 4.6 天。要么四星户减到一次、再从别处挤出一小时，要么先挑最要紧的几家加。请您定。”
#
# 你报的是差多少和几条路，减谁由管计划的人定。几套规则放在一起比：

# %% jupyter={"source_hidden": true}
sets = {
    "现在的规则": {},
    "五星每周两次": {"frequency__5": 8},
    "三星每两周一次": {"frequency__3": 2},
    "人人每周一次": {f"frequency__{star}": 4 for star in range(6)},
    "五星每两周一次": {"frequency__5": 2},
}
cases = {name: visits.capacity(shops, per_visit, rules.replace(**change) if change else rules) for name, change in sets.items()}
pd.DataFrame(
    {"次数": [c.visits for c in cases.values()], "要几天": [c.days_needed for c in cases.values()], "超（分钟）": [round(c.over, 1) for c in cases.values()], "装得下": ["是" if c.feasible else "否" for c in cases.values()]},
    index=list(cases),
)

# %% [markdown]
# “人人每周一次”听着公平，要 49 天。一个人做不到的规则，写进计划也只会变成假记录。
#
# ## 6. 一个月不是四周
#
# 52 周分给 12 个月，一个月是 4.33 周（下面按 4.3333 算）。四周走 462 次，一个月就是：

# %%
print(f"462 次/周期，合每月 {visits.per_month(462):.1f} 次；按一个月四周算，会少报 {visits.per_month(462) - 462:.1f} 次。")

# %% [markdown]
# 反过来，放假的月份天数又少。2024 年各月的工作日（已算上调休）：

# %%
from coursekit.domain.calendar import is_working_day

days = {f"{month} 月": sum(is_working_day(day.date()) for day in pd.date_range(f"2024-{month:02d}-01", periods=pd.Period(f"2024-{month:02d}").days_in_month)) for month in range(1, 13)}
plots.bars(days, "2024 年哪几个月不到 20 个工作日？", "", "工作日（天）", mark=20);

# %% [markdown]
# 2 月 18 天，6 月、10 月各 19 天。6 月只有 19 × 390 = 7,410 分钟，比要用的少 354.4 分钟。这不是你走得慢，是月初就能算出来的。**月初算出来报上去，是计划；月底才说，是解释。**
#
# ## 7. “每天不少于 30 户”和“每户留够时间”
#
# 一份网上流传的客户经理工作流程样本写着：城区每天走访不少于 30 户，乡村不少于 25 户（页面资料，见策略文件 `visits` 的说明）。拿它和上面的数对一下：

# %%
mean_stay = whole.stay / whole.visits
for stay in (8, mean_stay):
    print(f"一天 30 户，每户停 {stay:.1f} 分钟、路上 {per_visit} 分钟：共 {30 * (stay + per_visit):.0f} 分钟，一天有 390 分钟")

# %% [markdown]
# 只走停 8 分钟的小店，30 户 396 分钟，刚好不够；照这里的平均停留，要 504 分钟。**户数、停留、时间，三个数定了两个，第三个就跟着定了。** 三个一起往高里定，记录里就会出现停一两分钟的走访，第 9 课会看到。
#
# > **当心** 加密走访是为了多解决问题。拿走访次数去催客户多订货、催新品上柜，踩的是强制上柜和压货的红线（S1-052、S1-053，一家管理咨询机构，2014 年；REG-8）。排不下就报排不下，不要在记录里补没有去过的走访。

# %%
learn.fact("INC-17")

# %% [markdown]
# ## 8. 路太远的户，换一种走法
#
# 排不下，有时不是次数多，是路太远。山区的凯里市分公司写过同样的难处：真正服务的时间短，耗在路上的时间长（S3-010，原文没注年份）。他们换了两样：
#
# - **走访**：农村的户不再分线包片，集中的客户由固定的客户经理定点服务，零散的由流动服务组服务（S3-009）；
# - **送货**分两级：多数户照常送到门口，这是一级；边远零散的 188 户，货先到 6 个代送户和 2 个取货点，再由代送户送去，或约好时间来取，这叫**二级配送**（S3-011）。
#
# 占多少，拿全部零售户来除（S3-002、DER-10）：

# %%
from coursekit.domain import delivery

level2 = delivery.level2_figures()
print(f"二级配送管 188 户，占全部 2,848 户的 {level2['share']:.2%}；{level2['points']:.0f} 个点，平均一个点 {level2['per_point']:.1f} 户")

# %% [markdown]
# 照同样的想法看随课的 308 户。一千米之内有 10 家以上别的店，算集中，不到就算零散（教学约定，原文没有写距离）：

# %%
modes = delivery.service_modes(shops).merge(shops[["cust_id", "route"]], on="cust_id")
plots.stacked(modes.groupby(["route", "name"]).size().unstack(fill_value=0), "哪几条线的户零散？", "客户数（家）");

# %% [markdown]
# A、B、C 线几乎都集中，D、E 线几乎都零散。要省路上的时间，先看 D、E 线。换不换走法由公司定，你报得出哪几条线、多少户就行。
#
# > **当心** 二级配送的代送户和取货点由公司定：布局、建设标准、运作方式、流程、报酬五样统一，专卖、营销、物流一起管（S3-012）。店主私下托人捎货，或者你顺路替人带几条，都不是二级配送，货和账说不清。

# %% [markdown]
# ## 9. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 路上按 0 算 | 462 次就是 2,402 分钟 | 从记录里量，去掉午休和负数 |
# | 间隔直接求平均 | 午休也算成了路 | 先去掉 60 分钟以上的 |
# | 19.91 天写成 19 天，20.03 天写成 20 天 | 剩下的几户没有人走 | 天数一律往上进 |
# | 一个月按四周算 | 每月少报 38.5 次 | 乘 4.33，或者直接数工作日 |
# | “五星户多走”当成“配合好的少走”的反面来争 | 分类的依据不同（INC-17） | 先问按什么分的 |
# | 超了就说忙 | 没有数，没法定 | 报超多少分钟、合几天、有几条路 |

# %% [markdown]
# ## 10. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("07_capacity")

# %% [markdown]
# ## 小结卡
#
# - 次数 = 户数 × 每户次数；时间 = 停留 + 次数 × 路上。
# - 路上从记录里量：同一天，下一家到店减上一家离店，去掉午休和负数。
# - 天数往上进；一个月 4.33 周；放假的月份先数工作日。
# - 装不下，报差多少分钟、合几天，给两条路，请管计划的人定。
# - 路远零散的户，看集中还是零散；二级配送由公司定。
# - 补的数写明是谁定的；本单位有规定，照规定换。
#
# 下一步：做 `练习` 里的 **07 一个月走得完吗**，用你自己的客户和记录算一遍。
