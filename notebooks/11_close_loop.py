# %% [markdown]
# # 11 135 工作法：从计划到改进
#
# 六月初，你按第 10 课的办法列出十户预警，月底领导问：“那十户后来怎样了？”你翻开走访记录，六月十户都去过，一户不缺。可领导接着问：“掉得最多的那户，你去了谈什么？”记录上写着：提醒电子结算存款。去是去了，那件事没有谈。
#
# 这一课大约 40 分钟。学完你会：
#
# - 把预警变成计划行，每一行有编号、有办法、有看得见的目标；
# - 拿走访和订货对照计划，分清“做没做”和“成没成”；
# - 把没做到的写成改进，带进下个月的计划；
# - 用一张检查表，找出环上断开的地方。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display

from coursekit import learn
from coursekit.domain import method135, plots

learn.setup()
orders = learn.load("sales_week")
shops = learn.load("customers")
visits = learn.load("visits")

# %% [markdown]
# ## 1. 一个环，五张表
#
# 135 平台的五个模块是分析、计划、实施、评估、改进（S2-025，某分公司服务科，2012 年）。核心是一轮接一轮地改进（S2-024，同上）。后两步里面怎样做，找到的资料都没有写，下面的表是这门课的约定。
#
# | 步骤 | 交出什么 | 一行靠什么接上 |
# | --- | --- | --- |
# | 分析 | 预警单 | 预警号 |
# | 计划 | 计划行：谁、哪一项、做什么、到多少 | 来源号，就是预警号 |
# | 实施和结果 | 做没做、之前多少、之后多少、没做的原因 | 计划号 |
# | 改进 | 没达到的：原因、换什么办法 | 计划号，和下月的计划号 |
# | 下月计划 | 新的计划行 | 来源号，就是改进号 |
#
# 五张表用编号连着。**哪一行找不到上家或下家，环就断在哪里。**
#
# 这件事以前也有人每月在做：找薄弱处，有针对地指导，过一段看销量、业绩、环境、星级变没变，判断成效，再推广到别的户（S0-054，某烟草公司一位客户经理，原文没注年份）。

# %%
learn.fact("S0-054")

# %% [markdown]
# ## 2. 例子：从十户预警到六月的计划
#
# 四月四周比五月四周，照第 10 课的指数读法，销量预警的是这几户（表是编的）：

# %% jupyter={"source_hidden": true}
def four_weeks(first):
    return list(pd.date_range(first, periods=4, freq="7D"))


periods = method135.two_periods(orders, four_weeks("2024-04-08"), four_weeks("2024-05-06")).merge(shops[["cust_id", "star"]], on="cust_id")
found = method135.warnings(method135.customer_comparisons(periods, "star"))
flagged = found[found["flag"] & (found["measure"] == "销量")].reset_index(drop=True)
flagged["warning_id"] = [f"Y{number:02}" for number in range(1, len(flagged) + 1)]
plan = method135.draft_plan(flagged, "2024-06")
plan["action"] = "问库存和动销，找原因"
plan_names = {
    "plan_id": "计划号",
    "month": "月份",
    "source_id": "来源号",
    "key": "客户编码",
    "measure": "哪一项",
    "action": "做什么",
    "target": "到多少算回升（条）",
}
plan.rename(columns=plan_names)

# %% [markdown]
# “到多少算回升”是这样来的：四月的条数 × 同星级五月的指数 × 0.8，正好是不再预警的那条线，下面叫**回升线**。K0265 四月 255 条，五月只有 186 条，六月到 200 条就算回升。
#
# > **当心** 这条线是你用来**看**的，不是叫店主去**完成**的。国家局 293 号文件明令不许用销量和结构考核一线营销人员（S1-021，一家管理咨询机构转述，原文没注年份；REG-7）。对着这个数催他补订，是压货（S1-053，同一家机构，2014 年；REG-8）。计划里写的是你做什么，不是他订多少。
#
# ## 3. 实施：去了，不等于做了
#
# 六月的走访记录里，十户各去了一次。可计划行写的是“问库存和动销，找原因”，那就要看**目的**：

# %% jupyter={"source_hidden": true}
ABOUT = ("了解库存和动销", "答复问题", "急访")
june = visits[(visits["date"] >= "2024-06-01") & visits["cust_id"].isin(plan["key"])]
done = june.assign(about=june["arrive"].notna() & june["purpose"].fillna("").str.startswith(ABOUT))
done[["cust_id", "date", "purpose", "result", "about"]].assign(
    date=done["date"].dt.strftime("%m-%d"), about=done["about"].map({True: "是", False: "否"})
).rename(columns={"cust_id": "客户编码", "date": "计划日期", "purpose": "目的", "result": "结果", "about": "办了这件事"})

# %% [markdown]
# 十户都到了店，办了这件事的只有四户。另外六户，办的是别的事。没做的一行，要写原因，原因要写得能改：“没时间”改不了，“当天只排了存款提醒，没带预警单”就改得了。
#
# **店里做没做，和数回没回来，是两件事，分两栏记。**

# %% jupyter={"source_hidden": true}
spoken = set(done.loc[done["about"], "cust_id"])
after = orders[orders["week"].isin(four_weeks("2024-06-03"))].groupby("cust_id")["qty"].sum()
results = pd.DataFrame(
    {
        "plan_id": plan["plan_id"],
        "executed": plan["key"].isin(spoken),
        "before": flagged["now"],
        "after": plan["key"].map(after).fillna(0),
    }
)
results["reason"] = results["executed"].map({True: "", False: "到了店，没带预警单，办的是别的事"})
evaluated = method135.evaluate(plan, results)
yes = {True: "是", False: "否"}
evaluated.assign(key=plan["key"], executed=evaluated["executed"].map(yes), met=evaluated["met"].map(yes), gap=evaluated["gap"].round(1))[
    ["plan_id", "key", "executed", "before", "after", "target", "gap", "met"]
].astype({"before": int, "after": int}).rename(
    columns={
        "plan_id": "计划号",
        "key": "客户编码",
        "executed": "做了",
        "before": "五月（条）",
        "after": "六月（条）",
        "target": "回升线（条）",
        "gap": "还差（条）",
        "met": "回升",
    }
)

# %% jupyter={"source_hidden": true}
plots.before_after(
    pd.Series(results["before"].to_numpy(), index=plan["key"]),
    pd.Series(results["after"].to_numpy(), index=plan["key"]),
    "预警的十户，六月回来了没有？",
    "四周订货（条）",
    names=("五月", "六月"),
    ax=plt.subplots(figsize=(plt.rcParams["figure.figsize"][0], 6.5))[1],
);

# %% [markdown]
# ## 4. 评估：四种情形，四句话
#
# | | 回升了 | 没有回升 |
# | --- | --- | --- |
# | **做了** | 办法可能有用，写下来，看下月还在不在 | 办法不对路，换一个 |
# | **没做** | 不是你的功劳，别写进成效 | 先去做，再谈有没有用 |

# %% jupyter={"source_hidden": true}
share = method135.completion(evaluated)
print(f"做了的占 {share['executed']:.0%}，回升的占 {share['met']:.0%}")
table = pd.crosstab(evaluated["executed"].map({True: "做了", False: "没做"}), evaluated["met"].map({True: "回升", False: "没有回升"}))
table.rename_axis(index="", columns="")

# %% [markdown]
# 六户回升，其中四户谁也没去谈过。要是只报“十户回升六户”，听起来是你做成的，其实大半是自己回来的。掉得最多的 K0265（少了 69 条）就是这样：没有谈，六月自己回到了 253 条，多半五月只是家里有事。**没有做的事，不能算成效。** 做了的四户回升两户，没做的六户回升四户，看不出做了更好；十户也太少，再看一两个月。
#
# 结果一栏要写**测到的数**。有一份经营指导案例（某烟草公司一位客户经理，原文没注年份；第 12 课细看），标题叫“指导结果”，写的却是力争的目标，没有一个测到的数（INC-10）。把目标抄进结果，人人都是百分之百。
#
# ## 5. 改进：回到下个月
#
# 没有回升的四户，一户一行，写原因，写换什么办法，再进七月的计划：

# %% jupyter={"source_hidden": true}
improvements = method135.draft_improvements(evaluated, "2024-06")
missed = plan.merge(improvements[["plan_id", "improvement_id"]], on="plan_id")
improvements["cause"] = ["没有谈到库存", "没有谈到库存", "断货问题答复了，替代品没有摆上", "隔壁新开一家，分走了熟客"]
improvements["action"] = ["七月第一周专门去，带预警单", "七月第一周专门去，带预警单", "陪他挑两种价位、口味相近的烟", "一起看周边的人买什么，调整品种"]
next_plan = pd.DataFrame(
    {
        "plan_id": [f"P202407-{number:03}" for number in range(1, len(missed) + 1)],
        "month": "2024-07",
        "source_id": improvements["improvement_id"],
        "key": missed["key"],
        "measure": missed["measure"],
        "action": improvements["action"],
        "target": missed["target"],
    }
)
improvements["next_plan_id"] = next_plan["plan_id"]
improvements.rename(columns={"improvement_id": "改进号", "plan_id": "计划号", "cause": "原因", "action": "换什么办法", "next_plan_id": "下月计划号"})

# %% [markdown]
# 原因和办法是你问来的，表不会替你想；上面四条是编的样子。办法都是**你**能做、又合规的事。
#
# ## 6. 动一动：断在哪里
#
# 一个完整的环，检查出来是空的。下面故意弄断一处。**换一种断法，看一看：检查表说断在哪一行，一处断会牵出几处？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets

whole = method135.Cycle(flagged, plan, results, improvements, next_plan)
first_missed = improvements["plan_id"].iloc[0]
copied = results.assign(after=plan["target"], before=float("nan"), executed=True)
slips = {
    "没有断": whole,
    "两条预警没排进计划": replace(whole, plan=plan.iloc[2:], results=results.iloc[2:]),
    "三行计划没有结果": replace(whole, results=results.iloc[:-3]),
    "没做的都没写原因": replace(whole, results=results.assign(reason="")),
    "把目标当结果抄了": replace(whole, results=copied),
    "一户没回升，没写改进": replace(whole, improvements=improvements.iloc[1:]),
    "改进没进下月计划": replace(whole, next_plan=next_plan.assign(source_id="")),
}


def show_loop(slip):
    loose = method135.check_loop(slips[slip])
    counts = loose.groupby("text", sort=False).size()
    if counts.empty:
        print("环是合上的，没有断处。")
        return
    plots.ranked(counts, "环断在哪里，断了几处？", "断处（处）")
    plt.show()
    display(loose[["text", "id"]].head(6).rename(columns={"text": "断在哪里", "id": "编号"}))


widgets.interact(show_loop, slip=widgets.Dropdown(options=list(slips), value="改进没进下月计划", description="弄断"));

# %% [markdown]
# “把目标当结果抄了”牵出的最多：十行结果全是假的，四条改进也没了来由，因为照抄以后没有一户没达到。
#
# ## 7. 日子也是环的一部分
#
# 四川平台的操作手册（网上流传的版本，没注年份）这样定：客户下个月的直接需求，每月 25 日前录入，最后一个工作日前全部确认。最后一个工作日要看日历，不是月底那天：

# %%
days = {f"{month} 月": method135.demand_deadlines(2024, month) for month in (4, 6, 8, 9)}
pd.DataFrame(days, index=["录入，早于", "全部确认，不迟于"]).T.rename_axis("2024 年")

# %% [markdown]
# 2024 年 6 月的最后一个工作日是 28 日，星期五。预警、计划、需求都赶在这几天里，晚一步，就只好写进下下个月。2014 年有一篇文章说，移动办公平台会推送计划进度（S1-048，一家管理咨询机构）：推送的是进度，原因还要人写。日子以本省规定为准。

# %% [markdown]
# ## 8. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 到过店就算做了 | 目的不是那件事 | 看记录里的目的和结果 |
# | 把目标抄成结果 | 没有测到的数 | 写之前多少、之后多少 |
# | 没做的户回升了，写成成效 | 不是这件事带来的 | 做没做、成没成分两栏 |
# | 没做的原因写“没时间” | 看不出怎么改 | 写得能改：缺什么、换到哪天 |
# | 改进写完就放下 | 下个月没人做 | 改进号进下月计划的来源号 |

# %% [markdown]
# ## 9. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("11_close_loop")

# %% [markdown]
# ## 小结卡
#
# - 五张表，编号相连：预警、计划、结果、改进、下月计划。
# - 回升线 = 上上月 × 同类指数 × 0.8，是用来看的，不是叫店主完成的。
# - 做没做看目的，成没成看测到的数，分两栏。
# - 没做的写原因，没成的写改进，改进进下月。
# - 没做也回升的，不算成效。
#
# 下一步：做 `练习` 里的 **11 从计划到改进**，把你自己那几户的环合上。
