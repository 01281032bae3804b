# %% [markdown]
# # 18 终端标准、集团客户与应知应会
#
# 抽查组下周到。店主问：“我这个店，算不算达标？”你翻标准，四种店四条线，还要看扫码和库存。晚上回家想背题，网上抄来的题库粘成一团，选项 65 后面紧跟着第 2 题，成了 652。
#
# 这一课大约 45 分钟。学完你会：
#
# - 对照标准查一家店，说得出够不够、差多少；
# - 看出补哪一项，最多的店能达标；
# - 说清集团客户要跑几次、名次分为什么有两种算法；
# - 把一团题目文本整理成表，缺答案的退回，不猜；
# - 说清客户经理的三个等级凭什么评，什么不能拿来评。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
import textwrap

import pandas as pd

from coursekit import learn, resources
from coursekit.certification.policy import load_policy
from coursekit.domain import groups, plots, policy, terminals
from coursekit.quiz.formats.detect import import_text

learn.setup()
shops = learn.load("terminals")
kpi = learn.load("group_kpi")
raw = learn.load("quiz_raw")
grades = learn.load("mgr_grades")
rules = policy.load("terminals")
TIERS = {"rural_boutique": "农村精品店", "city_boutique": "城区精品店", "one_diamond": "一钻品牌店", "two_diamond": "二钻品牌店"}
GRADES = {"senior": "高级", "intermediate": "中级", "junior": "初级"}
CHECKS = {"standard": "面积、陈列位或柜台", "pos": "装了云 POS", "scan": "7 天内有扫码", "stock": "库存准确率"}

# %% [markdown]
# ## 1. 四种店，四条线
#
# 零售店在这里叫**终端**，因为烟到这里才卖给消费者。标准出自某省 2022 年 4 月的应知应会题库；别的省要照自己的来。
#
# **盒陈列位**是柜台里能摆一个单盒的位置，一个位置算一个。

# %% jupyter={"source_hidden": true}
pd.DataFrame(
    [
        ("农村精品店", "盒陈列位", "60 个以上", "S1-024"),
        ("城区精品店", "卷烟柜台", "至少 2 节", "S1-027"),
        ("一钻品牌店", "经营面积", "原则上不少于 15 平方米", "S1-025"),
        ("二钻品牌店", "盒陈列位", "100 个以上，重点品牌联盒（几盒连着摆）或摆在突出处", "S1-026"),
    ],
    columns=["哪一种店", "看什么", "线在哪里", "出处"],
)

# %% [markdown]
# 两处要留心。一，“以上”“不少于”“至少”都**含本数**：正好 60 个，算够。二，精品店、品牌店、一级终端、云 POS 星级，是四套分法，原文没有说怎样对应（INC-53），不要自己画等号。

# %%
learn.fact("S1-024")

# %% [markdown]
# ## 2. 还有三样：装、用、准
#
# **云 POS** 是店里扫码卖烟、记库存的收银设备。同一份题库（某省 2022 年）还看三样：
#
# - 装没装、用没用：看最近 **7 天**有没有扫码销售记录（S1-029）；
# - 三星、二星云 POS 客户，单品规库存准确率不低于 **95%**（S1-034）；
# - **信息点**（公司选来定期采数的店）更严，不低于 **98%**（S1-035）。
#
# 库存准确率，是系统里的库存和柜里数出来的对得上的程度。装了不用，准确率再高也说明不了什么。
#
# ## 3. 例子：查 200 家店
#
# 随课的表里有 200 家店（都是编的），检查日是 2024 年 6 月 30 日。

# %% jupyter={"source_hidden": true}
checked = terminals.check_terminals(shops, "2024-06-30").merge(shops[["cust_id", "tier"]], on="cust_id")
done = terminals.pass_list(checked)
table = checked.groupby("rule", sort=False)["passed"].agg(["size", "sum"]).rename(index=CHECKS)
table["rate"] = (100 * table["sum"] / table["size"]).round(1)
print(f"{len(done)} 家店里，每一项都够的有 {int(done.sum())} 家")
table.rename_axis("看哪一项").rename(columns={"size": "要看的店（家）", "sum": "够的（家）", "rate": "够的占比（%）"})

# %% [markdown]
# 库存准确率只查二星、三星云 POS 客户和信息点，所以只有 111 家要看。单看哪一项，都有七成以上的店够线；要样样都够，就只剩一半。店主说“我差不多都够了”，多半指的是单项。
#
# 正好压在线上的店有多少？

# %% jupyter={"source_hidden": true}
standard = checked[checked["rule"] == "standard"]
on_line = standard[standard["has"] == standard["needs"]]
print(f"面积、陈列位或柜台正好等于线的有 {len(on_line)} 家。含本数，都算够；读成“超过”，就会冤枉这 {len(on_line)} 家。")
plots.stacked(
    pd.DataFrame({"不够": (standard["has"] < standard["needs"]), "正好压线": standard["has"] == standard["needs"], "超过": standard["has"] > standard["needs"]}).groupby(standard["tier"].map(TIERS)).sum(),
    "哪一种店压线的最多？", "店数（家）",
);

# %% [markdown]
# ## 4. 动一动：补哪一项，最快多几家达标
#
# 你这个月只有时间帮一项。选一种店，**看一看：只差哪一项的店最多？** 只差一项的店，补上就达标。

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt


def show_single(tier):
    part = checked if tier == "全部" else checked[checked["tier"] == tier]
    failing = part[~part["passed"]]
    missing = failing.groupby("cust_id")["rule"].agg(list)
    counts = {name: int(sum(one == [key] for one in missing)) for key, name in CHECKS.items()}
    plots.bars(counts, f"只差哪一项的店最多？（没有达标的 {len(missing)} 家，只差一项的 {sum(counts.values())} 家）", "", "店数（家）")
    plt.show()


widgets.interact(show_single, tier=widgets.Dropdown(options=["全部", *((name, key) for key, name in TIERS.items())], description="哪一种店"));

# %% [markdown]
# 没装云 POS 的店一定也没有扫码，所以“只差装机”的店是 0 家：装了还要用，才算数。换柜台、添陈列位要店主花钱；养成扫码的习惯，只要你多讲两次。先做不花钱的那一项。
#
# > **当心** 三件事。一，建功能终端，客户**自愿、费用自己出**（S2-029，某分公司服务科，2012 年）；先算回本，不能拿货源去逼。二，某烟草公司一位客户经理的旧案例（S0-065，原文没注年份）里有户外广告和店里试吸，今天不许做或有风险（REG-2）。三，替店主补扫几笔凑“7 天内有记录”，是做假数据：查的是他用没用，不是你扫没扫。
#
# ## 5. 集团客户：一家总部，几十个门店
#
# **集团客户**是一个总部下面有许多门店的零售户，比如连锁超市。某市第一营销部 2011 年的办法这样分工：
#
# | 谁 | 门店 | 总部购销负责人 | 出处 |
# | --- | --- | --- | --- |
# | 集团客户市场经理 | 每月不少于 4 次，每次不少于 10 户 | 每月至少预约 1 次 | S0-154 |
# | 集团客户经理 | 当月走完全部门店，书面告知紧俏货源 | 每月预约不少于 2 次 | S0-155 |
#
# 走一户一次算一**户次**；合起来，市场经理一个月至少走 40 户次门店（DER-12）。入网先看六样材料，从营业执照到烟草零售许可证（S0-151），再到现场看（S0-152），市公司营销中心批准后建档（S0-153）。每月给客户一份书面分析（S0-159）。
#
# ## 6. 名次分：一句话，两种算法
#
# 同一个办法（2011 年）里，三个营销部按名次得分：第一名“得 50% 的满分”，第二名 30%，第三名 20%；集团线路占总分的一半（S0-160、S0-162）。50% 是**一半的** 50%，还是**总分的** 50%？原文没写清（INC-25）。两种都算一遍：

# %%
points = groups.rank_scores(kpi)
points.round(2).rename_axis("部门").rename(columns={"of_half": "按一半算（25/15/10 分）", "of_full": "按总分算（50/30/20 分）"})

# %% [markdown]
# 名次没有变，分差大了一倍。遇到这样的句子，先问定规矩的人，再算；问不到，两种都报，写明各是什么读法。
#
# 还要知道：国家局 293 号文件不许用销量和结构考核一线员工（S1-021，一家管理咨询机构转述，原文没注年份；REG-7）。这一节学的是读规则，不是让你照它考核人。
#
# ## 7. 一团题目，怎样整理成表
#
# 同一份题库抄到网上，丢了换行。先看原样（题面重写过，毛病照旧）：

# %%
block = "".join(raw[raw["block"] == 1].sort_values("line")["text"])
start = block.index("1、")
print("\n".join(textwrap.wrap(block[start : start + 210], 56)))

# %% [markdown]
# 三个毛病，三种办法：
#
# 1. **题号粘在选项后面**：“D、253、”不是 253，是选项 25 接第 3 题（INC-48）。办法：题号是一个接一个的，找完第 2 题，就只找“3、”。
# 2. **顿号当小数点**：“1、5小时”是 1.5 小时（INC-51）。看上下文，改的时候留一笔记录。
# 3. **有的题只有三个选项**，照样是好题（S1-032、S1-033）；**没有选项、没有答案**的，只能退回，不能猜（S1-036、INC-52）。
#
# 整套课里有现成的读法。用它把五块原文都读一遍：

# %% jupyter={"source_hidden": true}
rows, refused = [], []
for number, lines in raw.sort_values(["block", "line"]).groupby("block"):
    found = import_text("\n".join(lines["text"]))
    rows.append((number, len(found.items), sum(len(item.options) == 3 for item in found.items), len(found.rejects)))
    refused += [(number, one.reason, one.text[:22].replace("\n", " ")) for one in found.rejects]
pd.DataFrame(rows, columns=["第几块", "读得准的题（道）", "其中三个选项的", "退回（道）"])

# %%
pd.DataFrame(refused, columns=["第几块", "为什么退回", "原文开头"])

# %% [markdown]
# 退回的每一道都写明原因。答案写着 E，选项只有三个，这种题猜一个答案放进题库，就会有人因为它被判错。
#
# 题目背下来以前，先看它是**哪一省哪一年**的。某省 2022 年的线是 60 个，别的省不一定是。

# %% [markdown]
# ## 8. 评的是人：三个等级
#
# 店有线，人有等级。某分公司服务科 2012 年照烟草系统客户经理等级管理办法，评了 16 名在岗客户经理：高级 2 名、中级 9 名、初级 5 名（S2-035），占 12.5%、56.25%、31.25%（DER-11）。那一年线路调成了 18 条，评的是 16 人，差的 2 条没有说明（INC-33）；报的时候写“评了 16 人”，不写“全部客户经理”。
#
# 凭什么评？一家管理咨询机构 2014 年主张分三方面定指标：品牌培育、客户服务、基础工作（S1-046）；等级能上能下（S1-047）。片区的销量和结构不在里面，293 号文件不许拿来考核一线（S1-021，REG-7）。评等级是为了让人看到自己的不足（S2-036，某分公司服务科，2012 年）。
#
# 下面 16 个人、三次评定都是编的，末一次各级的人数照原文：

# %% jupyter={"source_hidden": true}
counts = pd.crosstab(grades["period"], grades["grade"].map(GRADES))[list(GRADES.values())]
counts.rename_axis("评定期").rename_axis(None, axis=1)

# %% jupyter={"source_hidden": true}
ladder = {"junior": 1, "intermediate": 2, "senior": 3}
rungs = grades.assign(rung=grades["grade"].map(ladder)).pivot(index="mgr_id", columns="period", values="rung")
steps = rungs.diff(axis=1).iloc[:, 1:]
pd.DataFrame({"升": (steps > 0).sum(), "没有变": (steps == 0).sum(), "降": (steps < 0).sum()}).rename_axis("比上一次（人）")

# %% [markdown]
# 人数没有大变，人却有升有降，所以只报“高级几名”，看不出谁的活变好了。你自己的等级，这套课备了一份**示范办法**：理论是卷子，技能是练习，业绩是上面三方面，各占一份，每一份都要过线。数是教学约定，到了单位换成自己的：

# %% jupyter={"source_hidden": true}
levels = load_policy(resources.policy("levels"))
parts = {"theory": "理论", "skill": "技能", "performance": "业绩"}
pd.DataFrame(
    {
        level.title.value: [f"占 {level.weight(part):g}%，{level.pass_mark(part):g} 分过线" for part in parts]
        for level in map(levels.levels.get, levels.ladder)
    },
    index=list(parts.values()),
)

# %% [markdown]
# 等级是人的，星级是零售户的，钻是终端的（第 4 课）；三样都叫“级”，说的时候带上给谁评。
#
# ## 9. 应知应会还考哪些
#
# - 培训零售户有六项：政策法规、货源供应等级评定、陈列、库存管理、订单管理、品牌培育（某分公司 2012，S2-027）。
# - 7S 是整理、整顿、清扫、清洁、素养、安全、节约（同上，S2-031）。
# - “六个一”活动：示范区里驻店营销每月不少于 3 户次，每次不少于 1 小时（某省 2022，S1-031）。驻店时对着消费者，促销要守法，未成年人在场就停下（REG-9）。
# - 诚信互助小组的培训，两个月全部轮一遍（某省 2022，S1-032）。
#
# ## 10. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 正好 60 个陈列位，判不够 | “以上”含本数 | 够线就算 |
# | 信息点按 95% 查 | 信息点另有 98% 的线 | 先看是不是信息点 |
# | 没有记录的当 0 天 | 空着不等于今天扫过 | 空着就是没有通过 |
# | 名次分只按一种读法报 | 原文没写清 | 两种都算，写明读法 |
# | “D、652、”读成 652 | 65 是选项，2 是题号 | 照题号的次序切 |
# | 没有答案的题，挑一个像的 | 猜的题会冤枉人 | 退回，写明原因 |
# | 拿片区销量给客户经理评等级 | 293 号文件禁止 | 看品牌培育、客户服务、基础工作 |

# %% [markdown]
# ## 11. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("18_terminals")

# %% [markdown]
# ## 小结卡
#
# - 先问哪一种店，再看哪一条线；含本数。
# - 装、用、准三样都要：7 天内有扫码；95%，信息点 98%。
# - 只差一项的店先帮，不花钱的先做；建终端自愿、自费。
# - 读得出两种意思的规矩，两种都算，再去问。
# - 整理题目：照题号切，三个选项照收，没有答案的退回。
# - 客户经理分初级、中级、高级，看三方面的活，不看销量和结构；能上能下。
#
# 下一步：做 `练习` 里的 **18 终端标准、集团客户与应知应会**。
