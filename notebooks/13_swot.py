# %% [markdown]
# # 13 给一家店出主意
#
# 你给店主画了一张四格表，“劣势”里写着“对面有人压价”。店主看了问：“对面压价，怪我？”你又念目标：“销量 450 条，利润 1,800 元，利润率 10%。”他按了几下计算器：“450 条挣 1,800，一条 4 块；我现在一条还挣 4 块 1 呢。”表放错了格，目标自己打架，后面的主意他就不听了。
#
# 这一课大约 45 分钟。学完你会：
#
# - 用两个问题把每一条放进 SWOT 的四格；
# - 从格子里挑出店主能做、合规的一两件事；
# - 看出几个目标互相矛盾，提一套自己不打架的；
# - 写半页方案：发现、依据、做法、目标、日期、复查。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
import pandas as pd

from coursekit import learn
from coursekit.domain import plots, stores

learn.setup()
ledger = learn.load("shop_ledger")

# %% [markdown]
# ## 1. 两个问题，四个格
#
# **SWOT** 是四格分析：优势（S）、劣势（W）、机会（O）、威胁（T）。放哪一格，只问两句：
#
# 1. 这件事是店里自己带着的（位置、人、货、柜台、账），还是外面的（对手、过路人、公司、政策）？前一种叫**里面**。
# 2. 它帮这家店，还是害这家店？
#
# | | 帮 | 害 |
# | --- | --- | --- |
# | **里面** | 优势 S | 劣势 W |
# | **外面** | 机会 O | 威胁 T |
#
# ## 2. 例子：北环路的店
#
# 一份案例（某烟草公司一位客户经理，原文没注年份）给北环路一家店列了优势四条、劣势两条、机会两条和威胁（S0-059 至 S0-062）。我们把每条换成自己的话，一条里说两件事的拆开，用两个问题重新放一遍：

# %% jupyter={"source_hidden": true}
factors = pd.DataFrame(
    [
        ("地段好，人流大", True, True, "S"),
        ("店主诚信热情，朋友多", True, True, "S"),
        ("只从公司进货，不碰乱渠道", True, True, "S"),
        ("接受新事物快", True, True, "S"),
        ("部分烟利润低", True, False, "W"),
        ("马路对面有两家烟店", False, False, "W"),
        ("附近有人压价", False, False, "W"),
        ("公司出台有利于零售户的措施", False, True, "O"),
        ("高利润的新品接连上市", False, True, "O"),
        ("乱渠道的烟差价大", False, False, "T"),
    ],
    columns=["factor", "inside", "helps", "case"],
)
placed = stores.swot_table(factors)
side = {True: "里面", False: "外面"}
effect = {True: "帮", False: "害"}
shown = factors.assign(inside=factors["inside"].map(side), helps=factors["helps"].map(effect), ours=placed["quadrant"])
shown.rename(columns={"factor": "情况", "inside": "里外", "helps": "利害", "case": "案例放在", "ours": "两问放在"})

# %% [markdown]
# 有两条不一样。对面有店、有人压价，案例放在劣势；可那是对手的事，店主做不了主，按两问是**威胁**。放在劣势，店主觉得你怪他；放在威胁，你们才会一起想怎么应对。

# %%
key = placed[["factor", "quadrant"]]
case = factors[["factor", "case"]].rename(columns={"case": "quadrant"})
stores.check_swot(case, key).rename(columns={"factor": "情况", "placed": "案例放在", "expected": "两问放在", "slip": "哪一问答反了"})

# %% [markdown]
# 那么这家店自己的劣势是什么？案例只有半句“部分烟利润低”。往别处看才找得到：店主一个人看店，走不开（S0-064）；五类烟占条数近四分之一，毛利不到 2%（第 12 课的台账）。**劣势要到账上和柜台上去找。**
#
# 还要核一核事实。竞争的店，案例一处说 2 家、最近的 100 米，一处说附近专业店卖假，一处说对面两家（INC-11）。是两家还是三家，去门口数一遍就知道。“卖假”是很重的话，没有查实不能写进方案；听到了，报给专卖部门（S0-041，某烟草公司，原文没注年份）。
#
# ## 3. 从格子到一件事
#
# 四格不是结论。把格子两两配起来，问“所以店主能做什么”：
#
# | 配法 | 问什么 | 北环路的店 |
# | --- | --- | --- |
# | 优势 × 机会 | 凭什么抓住它？ | 人流大、肯试新品：一个柜台专放名优烟，新品摆出来 |
# | 优势 × 威胁 | 凭什么顶住它？ | 有诚信的名声：摆齐价签，讲清正规渠道 |
# | 劣势 × 机会 | 补哪一块才够得着？ | 五类条数多、毛利少：腾出一层给二、三类 |
# | 劣势 × 威胁 | 先别在哪里硬拼？ | 不跟对面压价，比服务、比品种 |
#
# 右边一栏是我们配的。案例自己写过的做法有：一个柜台专放名优烟（S0-065）；按周边人群加品种，定期分析销量和毛利，按规定摆标价签（S0-066）；有瑕疵道歉调换，缺货时引到口味近、同档次的替代品（S0-067）。

# %%
learn.fact("S0-066")

# %% [markdown]
# > **当心** 同一份案例里有两样，今天不能照做。一是门外摆户外广告、店里试吸（S0-065，REG-2）。二是替店主买杂志，由此得到信任（S0-064）：送客户礼物受廉洁规定约束（REG-5）。店主走不开，你能做的是把订货、宣传、答疑送到店里来，不是送东西。
#
# ## 4. 目标会不会打架
#
# 案例给这家店定了四个目标：利润率 10%，总销量 9 件（450 条），利润过 1,800 元，一、二类占 35% 以上（S0-068）。第 12 课验过：四个都要正好做到，凑不到一起（INC-07）；1,800 元只当下限，又等于没有定。这里看为什么凑不到一起。利润、利润率照第 12 课，就是毛利、毛利率。
#
# 销量、利润率、利润三个一定，**条均价就定死了**：1,800 ÷ 10% ÷ 450 = 40 元。一、二类占多少一定，条均价也定了。两个条均价对不上，就打架：

# %% jupyter={"source_hidden": true}
base = stores.base_from_ledger(ledger)
targets = stores.case_targets()
proof = stores.prove(base, targets)
prices = {"现在": base.price, "前三个目标要的": proof.price_needed, "结构到 35% 以后": proof.price_after}
plots.bars(prices, "同一家店，条均价该是多少？", "", "条均价（元/条）");

# %% [markdown]
# 前三个目标要条均价**降**到 40 元，第四个目标要把它**提**到 58.26 元。往两头拉，店主听谁的？
#
# ## 5. 提一套不打架的
#
# 办法是：只定店主说了算的两样，**销量**和**结构**，利润率照实写，利润让它自己算出来。
#
# 1. 条均价 = 现在的条均价 + 结构变化 ×（一、二类的价 − 三到五类的价）；
# 2. 销售额 = 条数 × 条均价；
# 3. 利润 = 销售额 × 利润率。
#
# 拿小一点的数：多卖 5%，一、二类由 27% 到 30%，利润率还是 8%：

# %% jupyter={"source_hidden": true}
modest = stores.Targets(margin=0.08, cartons=363, profit=0, class12_share=0.30)
after = stores.prove(base, modest)
print(f"条均价 {after.price_after:.2f} 元，销售额 {363 * after.price_after:,.0f} 元，利润 {after.profit_after:,.0f} 元")
agreed = stores.prove(base, stores.Targets(margin=0.08, cartons=363, profit=after.profit_after, class12_share=0.30))
print("四个目标能一起成立：", "能" if agreed.all_bind else "不能")

# %% [markdown]
# 一个月多挣一百四十多元，听着不如 1,800 响亮，可它**做得到、算得出、到月底验得了**。
#
# ## 6. 动一动：要到 1,800 元，走哪条路
#
# 店主就想一个月挣 1,800 元。销量加、结构提，都行。**看一看：只加销量，要加百分之几？结构到 35%，销量一条不加，够不够？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt


def show_plan(more, share):
    cartons = base.cartons * (1 + more / 100)
    wish = stores.Targets(margin=0.08, cartons=cartons, profit=1800, class12_share=share / 100)
    profit = stores.prove(base, wish).profit_after
    title = f"卖 {cartons:.0f} 条，一、二类占 {share}%，够 1,800 元吗？"
    plots.bars({"现在": base.sales * 0.08, "照这样做": profit}, title, "", "一个月的毛利（元）", mark=1800)
    plt.show()


widgets.interact(
    show_plan,
    more=widgets.IntSlider(value=10, min=0, max=40, step=2, description="销量加（%）", continuous_update=False),
    share=widgets.IntSlider(value=30, min=27, max=40, description="一、二类（%）", continuous_update=False),
);

# %% [markdown]
# 这里假定各类的价和利润率不变，换上去的烟卖得动。卖不卖得动，小步试两周再看。
#
# > **当心** 目标是帮店主算的，由他自己定、自愿做。国家局 293 号文件不许用销量、结构考核客户经理（S1-021，一家管理咨询机构转述，原文没注年份；REG-7）。拿着目标逼他上柜、压货给他，是红线（S1-052、S1-053，同一家机构，2014 年；REG-8）。
#
# ## 7. 半页方案怎么写
#
# 六句话，一句都不能少：
#
# | 句 | 写什么 | 例子（编的） |
# | --- | --- | --- |
# | 发现 | 哪里薄弱 | 五类烟占条数 24%，毛利不到 2% |
# | 依据 | 哪张表、哪个数 | 上月台账：五类 82 条，毛利 21 元 |
# | 做法 | 店主做哪一件事 | 下层五类减两个**品规**（品牌加规格，一种烟算一个），腾出来放三类 |
# | 目标 | 一个数 | 三类由 79 条到 92 条 |
# | 日期 | 到哪天 | 到下月 15 日 |
# | 复查 | 看哪个数，不行怎么办 | 看三类动销；卖不动就换回来 |
#
# 案例最后一段叫“指导结果”，写的全是力争的目标，没有测到的数（INC-10）。你的方案到了日期，要回来填“测到多少”。案例还把 SWOT 印成了 SOWT（INC-12）：交出去之前，自己再读一遍。

# %% jupyter={"source_hidden": true}
by_class = stores.ledger_by_class(ledger)[["cartons", "profit", "share_cartons", "share_profit"]]
by_class = by_class.assign(share_cartons=(100 * by_class["share_cartons"]).round(1), share_profit=(100 * by_class["share_profit"]).round(1), profit=by_class["profit"].round(0)).astype({"cartons": int, "profit": int})
by_class.rename_axis("类别").rename(columns={"cartons": "条数（条）", "profit": "毛利（元）", "share_cartons": "占条数（%）", "share_profit": "占毛利（%）"})

# %% [markdown]
# ## 8. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 对面压价写进劣势 | 那是外面的事 | 先问里外，再问利害 |
# | 四格写满就交 | 没有说做什么 | 两两配起来，挑一两件 |
# | 销量、利润、利润率、结构四个都定 | 多半打架 | 定销量和结构，利润算出来 |
# | 目标没有现状 | 看不出变了多少 | 每个目标前面写现在的数 |
# | 到期不复查 | 目标当了结果 | 写日期，到期填测到的数 |

# %% [markdown]
# ## 9. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("13_swot")

# %% [markdown]
# ## 小结卡
#
# - 两问：里面还是外面？帮还是害？
# - 劣势到账上和柜台上找，别把外面的事算给店主。
# - 销量、利润率、利润定了，条均价就定死了；结构也定条均价。
# - 只定销量和结构，利润算出来。
# - 半页方案六句：发现、依据、做法、目标、日期、复查。
# - 不送礼、不做户外广告、不试吸、不压货。
#
# 下一步：做 `练习` 里的 **13 给一家店出主意**，换一家店写你自己的方案。
