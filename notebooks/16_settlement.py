# %% [markdown]
# # 16 电子结算的三个率
#
# 例会上念数：“电子结算 95%。”对面片区的人说他们是 90%，领导当场让他们向你学习。散会一问，你报的是**扣成的单**，他报的是**开通的户**。两个数都没错，比错了。你回去还照着 95% 觉得没事，其实有 30 户连开通都没有。
#
# 这一课大约 40 分钟。学完你会：
#
# - 分开算三个率：覆盖率看户，成功率看单，金额成功率看钱；
# - 看出扣款为什么失败，哪些提醒有用，哪些要找别人；
# - 按规则列出该提醒的户，不多打一个电话；
# - 知道哪些忙不能帮。
#
# 不用打字。点上方的 **全部运行**，从上往下读。

# %% jupyter={"source_hidden": true}
from coursekit import learn
from coursekit.domain import customers, plots, supply

learn.setup()
shops = learn.load("customers")
orders = learn.load("settlement")

# %% [markdown]
# ## 1. 三个率，三个分母
#
# **电子结算**就是订货以后由银行从店主的账户扣款。某县城区营销部（原文没注年份）写过两个数：278 户用电子结算（S2-003），原文写“占 90”，漏了百分号，除以 308 户是 90.26%（INC-02）；办法见效以后，成功率在 95% 以上（S2-010，也漏了百分号）。另一家分公司 2012 年写“电子结算户在 95% 以上”（S2-026），那又是户。
#
# 随课的扣款表 `settlement` 有半年的单，只有开通的户才有单：

# %% jupyter={"source_hidden": true}
names = {"order_id": "订单号", "week": "周（星期一）", "cust_id": "客户编码", "amount": "金额（元）", "balance": "扣款时余额（元）", "ok": "扣成了", "fail_reason": "失败原因", "reminded": "订货前提醒过"}
yes = {True: "是", False: "否"}
orders.tail(4).assign(ok=orders["ok"].map(yes), reminded=orders["reminded"].map(yes)).fillna({"fail_reason": ""}).rename(columns=names)

# %% [markdown]
# 这一课算三个率：电子结算覆盖率、电子结算成功率、扣款金额成功率，下面简称覆盖率、成功率、金额成功率。第 3 课见过的“电子结算率”，原文没写分子分母（INC-04），这里不用。

# %%
print(customers.coverage(shops))
print(supply.success_rate(orders))
print(supply.success_by_amount(orders))

# %% [markdown]
# | 名字 | 分子 | 分母 | 低了要做什么 |
# | --- | --- | --- | --- |
# | 覆盖率 | 开通的户 | 全部户 | 动员没开通的户 |
# | 成功率 | 扣成的单 | 发起扣款的单 | 提醒存款，改账号 |
# | 金额成功率 | 扣成的钱 | 该扣的钱 | 先看大单 |
#
# 覆盖率的分母要从客户档案里来。**只看扣款表，永远算不出覆盖率**：没开通的 30 户，在扣款表里一行都没有。

# %%
learn.fact("INC-04")

# %% [markdown]
# ## 2. 为什么没扣成
#
# 5% 没扣成的单，原因写在表里。数一数：

# %%
reasons = supply.fail_reasons(orders)
plots.ranked(reasons.set_index("fail_reason")["orders"], "没扣成，最多的是哪一种原因？", "单数（单）");

# %% [markdown]
# 某县城区营销部的看法是：客户觉得扣款又快又方便，扣不成多半是忘了看余额，或者来不及存（S2-008）。原因不同，找的人也不同：
#
# | 原因 | 谁能解决 | 你做什么 |
# | --- | --- | --- |
# | 余额不足、忘记存款、存款太晚 | 店主自己 | 订货前提醒 |
# | 账号变更没报 | 店主和档案管理员 | 请他报，你改档案 |
# | 银行系统故障 | 财务处联系银行（S0-084，某市烟草公司应急预案，原文没注年份） | 记下时间报上去 |
#
# 第一行的三种都是钱没到位，加起来占三分之二，提醒有用。下面两行，你提醒一百遍也没用。

# %% [markdown]
# ## 3. 提醒有没有用
#
# 表里记了订货前有没有提醒过。先猜一猜：提醒过的单，成功率高还是低？

# %%
reminded = orders.groupby("reminded")["ok"].mean().mul(100).round(2)
plots.bars({"没提醒": reminded[False], "提醒过": reminded[True]}, "提醒过的单，扣成的更多吗？", "", "成功率（%）");

# %% [markdown]
# 提醒过的单高出 3 个百分点。先别急着说“提醒有用”：提醒的是哪些户？要是专挑常扣不成的户提醒，他们本来就低，提醒的用处就被盖住了；要是专挑好说话的户，用处又被夸大了。**拿同一户提醒过的单和没提醒的单比**，才比得出来：

# %%
same = orders.groupby(["cust_id", "reminded"])["ok"].mean().mul(100).unstack().dropna()
print(f"两种单都有的 {len(same)} 户，各户自己比，提醒过的平均高 {(same[True] - same[False]).mean():.1f} 个百分点")

# %% [markdown]
# 同一户自己和自己比，还是高 3 个百分点，这张表里可以说提醒有用了（表是编的，你们片区的要自己算）。
#
#
# ## 4. 例子：列出该提醒的户
#
# 规则写在策略文件 `supply` 里（教学约定）：看最近 13 单，因为钱没到位失败 2 次以上的，列入提醒。

# %% jupyter={"source_hidden": true}
todo = supply.reminder_list(orders)
print("要提醒的户：", len(todo), "家，占开通户的", f"{100 * len(todo) / int(shops['e_settle'].sum()):.1f}%")
todo.merge(shops[["cust_id", "name", "route", "star"]], on="cust_id").head().rename(
    columns={"cust_id": "客户编码", "failures": "失败（单）", "orders": "最近看了（单）", "name": "店名", "route": "线路", "star": "星级"}
)

# %% [markdown]
# 只有二十来户。一户打三分钟，这二十来户一个钟头就够；全部 278 户挨个打一遍，要两天多。
#
# 怎样提醒，按户想办法。某县城区营销部的做法是：规模大、没空管账户的户，订货前提醒一声（S2-009，原文没注年份）。某县公司客户部一位客户经理的做法是：配合中等、常扣不成的户，每个访销周期都叮嘱按时存款（S0-008，原文没注年份）。
#
# ## 5. 动一动：线划在几次，要打多少个电话
#
# 拖动滑块，改“失败几次才提醒”。**看一看：从 2 次改成 1 次，要多打多少个电话？**

# %% jupyter={"source_hidden": true}
import ipywidgets as widgets
import matplotlib.pyplot as plt

from coursekit.domain import policy

rules = policy.load("supply")


def show_line(failures):
    listed = supply.reminder_list(orders, rules.replace(reminders__failures=failures))
    by_route = listed.merge(shops[["cust_id", "route"]], on="cust_id")["route"].value_counts()
    plots.bars({line: int(by_route.get(line, 0)) for line in "ABCDE"}, f"失败 {failures} 次就提醒：一共 {len(listed)} 家，各线几家？", "送货线路", "客户数（家）")
    plt.show()


widgets.interact(show_line, failures=widgets.IntSlider(value=2, min=1, max=4, description="失败次数", continuous_update=False));

# %% [markdown]
# 线划低了，电话打不完，店主也烦；划高了，漏掉的下一单又扣不成。先看打得过来几个，再定线。
#
# > **当心** 不替店主存钱，不拿他的卡，不记他的密码。某县城区营销部写过，对腿脚不便的户有时代办存款（S2-009），是好心，可是少一张回单就说不清（REG-4）。腿脚不便的店主，可以请家人代办，或者和银行约定代扣。也不能因为扣不成就改收现金：某市烟草公司的预案（原文没注年份）只允许一种情形，订货当天天气恶劣，去不了银行（S0-104）。

# %% [markdown]
# ## 6. 常见的错
#
# | 做法 | 错在哪 | 应当 |
# | --- | --- | --- |
# | 用扣款表的户数当分母算覆盖率 | 没开通的户不在表里，算出来总是 100% | 分母用客户档案 |
# | 覆盖率 90% 和成功率 95% 比高低 | 一个是户，一个是单 | 先写分子分母 |
# | 一户失败一次就列入提醒 | 偶尔一次不用管 | 看最近一季，够次数再列 |
# | 银行故障也去提醒店主 | 他没有办法 | 记下时间，报财务 |
# | 帮店主存钱 | 经手客户的钱 | 提醒，代扣，家人办 |

# %% [markdown]
# ## 7. 自测
#
# 点选项看解析。答错不记分。

# %%
learn.selfcheck("16_settlement")

# %% [markdown]
# ## 小结卡
#
# - 覆盖率看户，成功率看单，金额成功率看钱；报数先报分母。
# - 覆盖率的分母在客户档案里，不在扣款表里。
# - 失败先看原因：钱没到位的提醒，账号变了的改档案，银行的报财务。
# - 提醒按规则列户，不全打，也不漏打。
# - 店主的钱、卡、密码，一样不碰。
#
# 下一步：做 `练习` 里的 **16 电子结算的三个率**。
