# %% [markdown]
# # 17 应急、投诉与满意度
#
# 订货日的下午下了暴雨。一位店主打来电话：“去不了银行，这次付现金行不行？”刚放下，另一位说：“明天办喜事，给我加 30 条。”手机又响：上周的投诉还没有人回他。三件事，谁拍板、几天办完、能不能答应，三样都不一样。
#
# 这一课大约 45 分钟。学完你会：
#
# - 遇到突发的事，说得出谁拍板、怎样通知；
# - 临时要烟，当场答得出能不能补、走哪一条路；
# - 按工作日算投诉的期限，和 24 小时回电分开算；
# - 算满意度时，看不懂的和没填的不当零分。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
import datetime as dt

import pandas as pd

from coursekit import learn
from coursekit.domain import plots, policy, service
from coursekit.domain.calendar import is_working_day

learn.setup()
events = learn.load("events")
complaints = learn.load("complaints")
answers = learn.load("satisfaction")
rules = policy.load("service")

# %% [markdown]
# ## 1. 先问：谁拍板，怎样通知
#
# **应急预案**是事先写好的一张单子：出了什么事，谁决定，怎样告诉客户。这一课用的是某市烟草公司的预案（原文没注年份），你们单位的要照自己的来。
#
# 它管两类事（S0-074）：一类是订货、结算、分拣、送货哪一环断了；一类是零售户突然要烟，比如婚丧嫁娶。
#
# 恶劣天气最容易答错。全区受灾、**多数户**送不到，由领导小组决定停、改、恢复，电视、电台、短信一起公告（S0-101）。局部受灾、**少数户**送不到，由领导小组办公室定时间地点，客户经理打电话**逐户**通知（S0-102）。恢复以后，先给那一片的重点客户临时补货（S0-105）。

# %%
learn.fact("S0-102")

# %% [markdown]
# 把五种天气的情形排在一起看：

# %% jupyter={"source_hidden": true}
weather = [service.respond("weather", scope) for scope in ("most", "few", "order_day", "flood", "restored")]
pd.DataFrame(
    [(one.name, one.decides or "没有写", one.channel or "没有写", "、".join(one.sources)) for one in weather],
    columns=["出了什么事", "谁决定", "怎样通知", "出处"],
)

# %% [markdown]
# 第三行要单独记。订货当天因为恶劣天气去不了银行，可以临时付现金，**只有这一种情形**（S0-104）。忘了存、家里没人、腿脚不便，都不在里面；那些用提醒和银行代扣来办，第 16 课讲过。
#
# ## 2. 四十件事里，哪一类最多
#
# 随课的表里有 40 件突发的事（都是编的），预案里的每一种情形至少有一件。

# %%
kinds = {"network": "网络系统", "equipment": "设备", "weather": "恶劣天气", "vehicle": "送货车", "accident": "交通事故", "demand": "临时用烟", "supply": "货源异常"}
plots.bars(events["type"].map(kinds).value_counts(), "哪一类突发的事最多？", "", "件数（件）");

# %% [markdown]
# 设备和临时用烟各 10 件，并列最多。客户经理自己要接的，多在“临时用烟”和“恶劣天气”两类。设备和网络的事，营销部自己排除不了，就直接报信息中心（S0-082），不要让店主等你修。
#
# ## 3. 动一动：临时要烟，怎么答
#
# 临时补货只给守法、**明码实价**（真照标的价卖）做到位的户，只补一般货源；紧俏烟和受控烟都不补（S0-116）。受控烟是哪些，原文没有写，照本单位的名单。“明码实价”和前面几课的“明码标价”（摆出价签）是两个词，不混着用（INC-24）。能补的也分三条路（S0-117）：
#
# - 能提前知道的，比如订好日子的婚宴：你填报批表，批了放进他**订货日的正常订单**；
# - 特殊情况，比如来不及等订货日：市场经理审核，营销部副经理批，临时补货；
# - 消费者自己来问的：消费者申请，专人办理，按**零售价**供。
#
# 改一改下面四样。**看一看：四样里，哪几样一变，整条路就断了？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
from IPython.display import display


def show_answer(kind, stock, lawful, clear):
    found = service.respond_to_demand(kind, stock != "一般", lawful, clear)
    same = events[(events["type"] == "demand") & (events["scope"] == kind)]
    display(pd.DataFrame({"答复": {"办法": found.name, "谁决定": found.decides, "走哪条路": found.channel, "做什么": found.action, "出处": "、".join(found.sources).replace("typical", "教学约定"), "表里这一类": f"{len(same)} 件"}}))


widgets.interact(
    show_answer,
    kind=widgets.Dropdown(options=[("能提前知道", "planned"), ("来不及", "special"), ("消费者提出", "consumer")], description="哪一种"),
    stock=widgets.Dropdown(options=["一般", "紧俏", "受控"], description="要的烟"),
    lawful=widgets.Checkbox(value=True, description="这户守法"),
    clear=widgets.Checkbox(value=True, description="明码实价到位"),
);

# %% [markdown]
# 能拒绝，也要会拒绝：先说规定，再给替代。“紧俏的补不了，同一个价位有两种常销的，订货日前我给您留意。”
#
# 原文说突发的需求包括婚丧嫁娶（S0-115），办法里却只写了喜事和大型会议，没有写丧事怎么走（INC-19）。没写的，报上去问，不要自己编一条。
#
# ## 4. 投诉：按工作日算
#
# 石油公司定了期限（原文没注年份）：一般的投诉 1 个工作日，较大的 3 个，特殊的经领导批准最多 7 个（S4-006）。这是别的行业的规定，烟草这几份材料里没有写这样的期限，所以拿它来练算法。受理那天不算；特殊的没有领导批准，就按较大的算（教学约定）。
#
# **工作日**不等于“不是周末”。节假日放假，前后的周末可能要上班。下面这几天受理的一般投诉，各到哪天为止？

# %% jupyter={"source_hidden": true}
days = [dt.date(2024, 4, 26), dt.date(2024, 4, 30), dt.date(2024, 6, 7), dt.date(2024, 9, 13), dt.date(2024, 9, 30)]
week = "一二三四五六日"
pd.DataFrame(
    [(f"{day}（周{week[day.weekday()]}）", f"{service.complaint_due(day, '一般')}", (service.complaint_due(day, "一般") - day).days) for day in days],
    columns=["受理", "最晚办结（1 个工作日）", "隔了几个日历日"],
)

# %% [markdown]
# 4 月 26 日是周五，后面的周日 4 月 28 日调休上班，所以 28 日就到期。9 月 30 日受理的，中间隔着国庆假，到 10 月 8 日才到期。
#
# 两年 120 件投诉，各拖了几件？

# %% jupyter={"source_hidden": true}
checked = service.check_complaints(complaints, dt.date(2024, 12, 31)).merge(complaints[["id", "class", "approved"]], on="id")
checked["kind"] = checked["class"].map(service.CLASSES)
checked.groupby("kind", sort=False).agg(总数=("id", "size"), 超时=("status", lambda column: int((column == "超时").sum())), 最久=("working_days", "max")).rename_axis("投诉类别").rename(columns={"总数": "总数（件）", "超时": "超时（件）", "最久": "最久（工作日）"})

# %% [markdown]
# ## 5. 动一动：期限放宽，还剩几件超时
#
# 有人提议：一般投诉放宽到 2 天，超时就没有了。拖动滑块看。**想一想：放宽以后少掉的，是办得快了，还是尺子长了？**

# %% jupyter={"source_hidden": true}
import matplotlib.pyplot as plt


def show_late(limit):
    part = checked[checked["kind"] == "一般"]
    late = part["working_days"] > limit
    counts = part["working_days"].value_counts().sort_index()
    plots.bars({f"{day} 天": int(number) for day, number in counts.items()}, f"期限 {limit} 个工作日，一般投诉超时几件？（{int(late.sum())} 件，共 {len(part)} 件）", "办结用了几个工作日", "件数（件）")
    plt.show()


widgets.interact(show_late, limit=widgets.IntSlider(value=1, min=1, max=5, description="期限", continuous_update=False));

# %% [markdown]
# 柱子一根都没有动，动的只是从哪根起算超时。要少超时，得办得快，让右边的柱子变矮。
#
# ## 6. 回电：按小时算
#
# 浙江某县烟草公司 2004 年对重点客户另有一句承诺：提了问题、意见、要求、建议，**24 小时**之内电话回复（S0-134）。它按钟点算，夜里和放假也算；只管重点客户；管的是**回电**，不是办结。它和上面的工作日是两家的规定（INC-54），不能换着用。

# %% jupyter={"source_hidden": true}
calls = service.check_callbacks(complaints)
print(f"重点客户的投诉 {len(calls)} 件，24 小时内回电 {int(calls['in_time'].sum())} 件，晚了 {int((calls['in_time'] == False).sum())} 件")
latest = service.callback_due(dt.datetime(2024, 5, 1, 16, 30))
print(f"五一那天下午 4 点半提的，回电最晚到：{latest.month} 月 {latest.day} 日 {latest:%H:%M}")
print("5 月 2 日是工作日吗：", "是" if is_working_day("2024-05-02") else "不是")

# %% [markdown]
# 为什么要快回？同一家公司的说法：投诉是最省钱的消息来源，问题解决了的客户，有时比从没遇到问题的更忠诚（S0-139）。投诉要有热线、有经验的专人，分析以后妥善处理（S0-140）。原文还有一句给有效投诉适当回赠，今天送礼受廉洁规定约束（REG-5），不要照做。
#
# ## 7. 满意度：看不懂的，不是零分
#
# 这一节借的也是石油公司的办法（别的行业，原文没注年份）。它一年做一次满意度调查（S4-008）；打分的栏目印在走访报告单上，问质量、服务态度、知名度三样（S4-009），每样七个选项，从左到右 100、90、85、80、70、60、50 分，服务那一行末两格是 30 和 0（S4-010）。原文的选项连印在一起，怎样切成七个是推断（S4-011、INC-45）。
#
# 400 张问卷里，有的格子没填，有的切错了，写着“良好”这样不在七个里的词。先列出来：

# %% jupyter={"source_hidden": true}
scores, unread = service.score_satisfaction(answers)
unread["question"] = unread["question"].map(service.QUESTIONS)
print(f"读不出的格子 {len(unread)} 个，其中没有作答 {int((unread['why'] == '没有作答').sum())} 个")
unread.head(5).rename(columns={"row": "行", "resp_id": "问卷号", "question": "问的是", "text": "原文", "why": "为什么读不出"})

# %%
read = service.summarize(scores)
zero = scores[list(service.QUESTIONS)].fillna(0).mean().rename(index=service.QUESTIONS)
plots.before_after(read["mean"].round(1), zero.round(1), "读不出的当零分，分数会差多少？", "平均分（分）", names=("只算读得出的", "读不出的当零分"));

# %% [markdown]
# 人没有变，分低了几分，是算法造出来的。“没有回答”和“很不满意”是两回事：前一个要去补问，后一个要去改。报数的时候写清两个数：平均几分，算了几张。
#
# > **当心** 三个口子不能开。一，替客户垫钱、代存款来救扣款：钱经过你的手，以后说不清（某县城区营销部写过代办存款，S2-009，原文没注年份；REG-4）。二，用送礼、多给货去换客户撤投诉：礼是廉洁规定管的（REG-5），货是规则管的。三，为了补急用，借别家的订货日订烟（安庆一位客户经理写过，S0-025，原文没注年份；REG-3）。

# %% [markdown]
# ## 8. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 一座桥断了，就请电视台公告 | 少数户送不到，公告说不清是谁 | 逐户打电话 |
# | 店主忘了存款，也让他付现金 | 现金只限订货当天天气恶劣 | 提醒、重新扣款 |
# | 守法户办喜事，给他补紧俏烟 | 紧俏烟和受控烟谁都不补 | 选常销的替代 |
# | 投诉期限数日历日 | 少算了调休，多算了放假 | 按工作日，受理当天不算 |
# | 用 1 个工作日代替 24 小时 | 两家的规定，一个管办结，一个管回电 | 分开记，分开报 |
# | 问卷读不出的当零分 | 没填、切错都不等于不满意 | 空着，另报张数 |

# %% [markdown]
# ## 9. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("17_events")

# %% [markdown]
# ## 小结卡
#
# - 先问多数还是少数：多数公告，少数逐户打电话。
# - 现金只有一种情形：订货当天天气恶劣，去不了银行。
# - 临时补货看三样：守法、明码实价、一般货源。少一样就不补，给替代。
# - 投诉数工作日，受理当天不算；重点客户回电数小时。
# - 满意度：读不出的空着，写清算了几张。
#
# 下一步：做 `练习` 里的 **17 应急、投诉与满意度**。
