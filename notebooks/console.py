# %% [markdown]
# # 培训师的控制台
#
# 点上面的“运行”，再用下面的按钮：收作业、批改、看要人看的、写反馈。与命令行做的是同样的事。

# %%
from coursekit import console

console.show(".")
