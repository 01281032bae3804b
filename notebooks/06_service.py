# %% [markdown]
# # 06 给每户配什么服务
#
# 星期四下午你走了三家。一家五星大超市，一家餐馆，一家老两口开的小店，上个月刚被水淹过。三家你说了同样的三句话，留了同样的一张新品单。晚上餐馆来电：“客人点的烟没了，能送吗？”老两口的柜台还是湿的。单子上三家都打了勾，三家都没用上。
#
# 这一课大约 35 分钟。学完你会：
#
# - 分得开两套叫法：三种服务，和四种服务；
# - 按客户的标记，从规则表里配出他的服务，不漏掉人人都有的那几样；
# - 要客户自己出钱的事，先算几个月回本，再开口；
# - 知道关心客户时，哪些事今天不能做。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import customers, plots, policy, stores

learn.setup()
shops = learn.load("customers")
rules = policy.load("packages")

# %% [markdown]
# ## 1. 两套叫法，不要混着数
#
# 某烟草公司的客户经理职责（原文没注年份）按**做的事**分三种：
#
# | 种类 | 内容 | 事实 |
# | --- | --- | --- |
# | 基本服务 | 订单、配送、货源保障、实地拜访 | S0-033 |
# | 营销服务 | 经营指导、信息支持、促销支持 | S0-034 |
# | 情感服务 | 生日祝福、大事关注、发短信、外地引路、法律咨询 | S0-035 |
#
# 一家管理咨询机构 2014 年的文章按**给谁做**分四种：
#
# | 种类 | 给谁 | 要求 | 事实 |
# | --- | --- | --- | --- |
# | 标准化 | 所有客户 | 精细：明码标价、基础信息维护、政策宣传等 | S1-055 |
# | 个性化 | 按客户不同而不同 | 精准：照标准，又合这家店的实际 | S1-056 |
# | 亲情式 | 老、弱、病、残、受灾、贫困的客户 | 精心：困难帮扶、特殊帮助 | S1-057 |
# | 增值性 | 有需求的客户 | 精进：帮他直接增加收益；常要客户出钱，先算投入产出 | S1-058 |
#
# 两套是两家的说法。同一件事在两套里可以有两个名字，例如帮小店理柜台，前一套算营销服务里的经营指导，后一套算个性化。报数的时候先说用哪一套。

# %%
learn.fact("S1-055")

# %% [markdown]
# ## 2. 一张规则表
#
# 给 308 户一户一户想服务，想不过来，也会随心情变。办法是先看他有哪些**标记**（星级、规模、业态这些档案里的字段），每个标记对应几样服务。下面这张表在策略文件 `packages` 里，内容大多出自某县城区营销部（原文没注年份）和上面两家，每行的来源写在最后一栏：

# %% jupyter={"source_hidden": true}
tag_names = {
    "everyone": "所有客户", "five_star": "五星", "middle_star": "三星、四星", "low_star": "一星、二星", "unrated": "未定级",
    "large": "规模大", "venue": "娱乐服务类", "reliable": "规模大、守法 A、信用 AA 以上", "no_settlement": "没开通电子结算",
    "weak": "老弱病残灾贫", "invest": "要他自己出钱的项目",
}
rows = [(tag_names[tag], kind, what, rules.entry(f"services.{tag}").source.replace("typical", "教学约定")) for tag, services in rules.section("services").items() for kind, what in services]
pd.set_option("display.max_colwidth", 60)
pd.DataFrame(rows, columns=["标记", "种类", "服务", "来源"])

# %% [markdown]
# 表里的**守法等级**看有没有违规记录，A 最好；**信用等级**看守不守约，AAA 最好（有的单位叫诚信等级）。几档、怎样评，各地不同，这里照随课的客户表分。
#
# “种类”一栏两套叫法都有。某县城区营销部自己没有给服务分种类，哪一样归哪一种是本课归的，只当标签，不拿来合计。
#
# 第一、二行是**人人都有**的。星级再低、规模再小，标准化服务一样不少。其余各行是在这上面加的，一户可以有好几个标记，服务就几样一起配。
#
# ## 3. 例子：三家店，三份单子
#
# 从档案里挑三家：五星大店，娱乐服务类的店（餐馆、歌厅，档案里都归这一类），没开通电子结算的小店。

# %% jupyter={"source_hidden": true}
tags = shops.apply(lambda shop: customers.customer_tags(shop.to_dict()), axis=1)
kinds = (["everyone", "five_star", "large", "reliable"], ["everyone", "middle_star", "venue"], ["everyone", "low_star", "no_settlement"])
picked = [tags[tags.map(lambda have, wanted=wanted: have == wanted)].index[0] for wanted in kinds]
three = shops.loc[picked]
packages = customers.service_packages(three).merge(three[["cust_id", "name"]])
packages[["name", "kind", "service", "source"]].rename(columns={"name": "店名", "kind": "种类", "service": "服务", "source": "来源"})

# %% [markdown]
# 三份单子头两行一样，后面各不相同。五星大店要新品和货源的信息，能用应急配送；娱乐服务类的店营业时间特殊，靠随要随送（S2-012）；小店先理柜台、讲清电子结算的好处。
#
# 应急配送不是谁要都给。正常的访销周期（两次订货之间的一段）之外加送，那家营销部给的是规模大、守秩序、信用好的户（S2-007），三条都要够。信用多高算好，它没有写；守法 A 级、信用 AA 以上，是借用别处见过的分档（页面资料）。娱乐服务类的另算，因为他们的生意本来就在晚上。
#
# ## 4. 哪些标记的客户最多

# %%
counts = tags.explode().value_counts().rename(index=tag_names).drop("所有客户")
plots.ranked(counts, "除了人人都有的，哪种标记的户最多？", "客户数（家）");

# %% [markdown]
# 三星、四星 241 户，给他们的那几句话（讲法规、指导经营、按货源调库存）是你说得最多的，值得练熟。标记少的只有十几户、二十几户，可以记住每一家的名字。
#
# 档案里没有“老弱病残灾贫”这一栏，也不该有一张写着谁生病、谁家穷的表到处传。这些你走访时知道，记在自己该记的地方，服务做到就行。
#
# ## 5. 动一动：换一换标记，单子怎么变
#
# 假设面前有一家店，改它的星级、规模、业态、守法和信用。**看一看：信用从 AA 掉到 A，少了哪一样服务？开通了电子结算，又少了哪一样？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt
from IPython.display import display

wide = {"description_width": "8em"}


def show_package(star, scale, biz_type, law, credit, settled):
    shop = {"star": star, "scale": scale, "biz_type": biz_type, "law_class": law, "credit": credit, "e_settle": settled}
    table = pd.DataFrame(customers.package_for(shop), columns=["种类", "服务", "来源"])
    table["来源"] = table["来源"].str.replace("typical", "教学约定")
    display(table)


widgets.interact(
    show_package,
    star=widgets.Dropdown(options={plots.STAR_NAMES[s]: s for s in (5, 4, 3, 2, 1, 0)}, value=5, description="星级", style=wide),
    scale=widgets.Dropdown(options={"大": 1, "中": 2, "小": 3}, value=1, description="经营规模", style=wide),
    biz_type=widgets.Dropdown(options={"食杂店": "Z", "便利店": "B", "超市": "S", "烟酒店": "Y", "娱乐服务": "F"}, value="S", description="业态", style=wide),
    law=widgets.Dropdown(options=["A", "B", "C"], value="A", description="守法等级", style=wide),
    credit=widgets.Dropdown(options=["AAA", "AA", "A", "B", "C"], value="AA", description="信用等级", style=wide),
    settled=widgets.Checkbox(value=False, description="开通了电子结算", style=wide),
);

# %% [markdown]
# ## 6. 要他出钱的，先算账
#
# 增值性服务常要客户自己出钱：换柜台，装柜台灯，上收银系统。某分公司服务科 2012 年试建功能终端（零售店的一种，有哪些功能没有写），零售户自愿、费用自己出（S2-029）。他出的钱是他的，算清了再开口：
#
# > 几个月回本 = 投入的钱 ÷ 每月多挣的**毛利**
#
# 分母是多挣的毛利，不是多卖的钱。三个编出来的项目：

# %% jupyter={"source_hidden": true}
projects = pd.DataFrame({"item": ["换一组柜台灯", "上一套收银系统", "门头重新装修"], "capital": [1800, 4800, 9000], "sales": [1500, 2000, 2500], "gain": [120, 160, 200]})
most = rules["invest.payback_most"]
projects["months"] = [stores.payback_months(capital, gain) for capital, gain in zip(projects["capital"], projects["gain"], strict=True)]
projects["wrong"] = (projects["capital"] / projects["sales"]).round(1)
projects["advice"] = (projects["months"] <= most).map({True: "可以讲给他听，由他定", False: "不推荐"})
heads = {"item": "项目", "capital": "投入（元）", "sales": "每月多卖（元）", "gain": "每月多挣毛利（元）", "months": "回本（月）", "wrong": "拿多卖的钱除（月）", "advice": "怎么办"}
projects.rename(columns=heads)

# %% [markdown]
# 拿多卖的钱去除，三个项目都显得几个月就回本；按毛利算，收银系统要 30 个月，门头要 45 个月。这里的线是 24 个月（教学约定），不到线也只是“可以讲”，做不做由他定。毛利估不准，就按少的算一遍、按多的算一遍，两个数都告诉他。
#
# 拖动滑块，看累计多挣的毛利哪个月追上投入：

# %% jupyter={"source_hidden": true}


def show_payback(capital, gain):
    months = range(0, 37, 3)
    table = pd.DataFrame({"累计多挣": [gain * month for month in months], "投入": [capital] * len(months)}, index=months)
    reached = stores.payback_months(capital, gain)
    said = f"{reached:.1f} 个月" if gain else "一直追不上"
    plots.lines(table, f"投入 {capital:,} 元，几个月回本？{said}", "月", "元")
    plt.show()


widgets.interact(
    show_payback,
    capital=widgets.IntSlider(value=4800, min=600, max=12000, step=300, description="投入（元）", style=wide, continuous_update=False),
    gain=widgets.IntSlider(value=160, min=0, max=600, step=20, description="每月多挣毛利（元）", style={"description_width": "11em"}, continuous_update=False),
);

# %% [markdown]
# ## 7. 关心到什么地步
#
# 亲情式和情感服务，做的是人和人之间的事，最容易越线。
#
# > **当心** 某烟草公司一位客户经理的旧案例（原文没注年份）里，他替走不开的店主买了她爱看的杂志，由此得到信任（S0-064）。今天送礼、收礼都受廉洁规定约束（REG-5）。某县城区营销部的旧总结（原文没注年份）里，有时替腿脚不便的户代办存款（S2-009）；工作人员经手客户的钱说不清，也有风险（REG-4）。
#
# 换成不花钱、不经手的做法：
#
# | 想表达的 | 不要 | 可以 |
# | --- | --- | --- |
# | 生日祝福 | 送礼品、请吃饭 | 打个电话，发条短信（S0-035） |
# | 店主走不开 | 垫钱替她买东西 | 把她要问的事带回去，当天回话 |
# | 老人存不了款 | 替他拿钱去存 | 订货前一天提醒，请家人代办，或帮他问银行代扣怎样办 |
# | 店被水淹了 | 自己送钱送物 | 报给单位，走困难帮扶的办法；先帮着清点、理柜台 |
#
# 服务也不能拿来换东西。“给你多配服务，这个月多进两件”，就成了压货（REG-8）。
#
# ## 8. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 大户什么都给，小店什么都没有 | 标准化服务是给所有人的 | 头两行人人有，再按标记加 |
# | 未定级的新户没有单子 | 新户正要建档、讲政策 | 没有星级也是一个标记 |
# | 三条只够两条，也给应急配送 | 规模、守法、信用都要够 | 少一条就不配，讲清差哪条 |
# | 看着好就劝人装修 | 没有算回本，花的是他的钱 | 投入除以每月多挣的毛利 |
# | 拿多卖的钱当多挣的钱 | 30 个月看成 2.4 个月 | 分母用毛利 |
# | 送礼表示关心 | 受廉洁规定约束 | 电话、短信、把事办好 |

# %% [markdown]
# ## 9. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("06_service")

# %% [markdown]
# ## 小结卡
#
# - 两套叫法：基本、营销、情感；标准化、个性化、亲情式、增值性。报数先说用哪一套。
# - 先配人人都有的，再按标记加；标记来自档案，不凭印象。
# - 加一次应急配送，规模、守法、信用三条都要够。
# - 要他出钱：几个月回本 = 投入 ÷ 每月多挣的毛利，由他定。
# - 关心不送礼，帮忙不经手钱。
#
# 下一步：做 `练习` 里的 **06 给每户配什么服务**，给你自己的 30 户各配一份。
