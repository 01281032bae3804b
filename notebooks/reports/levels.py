# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% tags=["parameters"]
register = "levels.db"
policy = ""
today = ""
courses = []
tables = []
excel = ""
interactive = False

# %%
from datetime import date
from pathlib import Path

from IPython.display import HTML, Markdown, display

from coursekit.certification import pictures
from coursekit.certification.report_rows import CHANGING
from coursekit.certification.review import review
from coursekit.domain.plots import use_style
from coursekit.grading.workbook import write_workbook

use_style()
day = date.fromisoformat(today) if today else date.today()
rules, seen = review(
    register or None,
    day,
    Path(policy) if policy else None,
    [Path(course) for course in courses],
    [Path(table) for table in tables],
)
if excel:
    write_workbook(seen.tables(), Path(excel))


def show(table, count=None):
    display(HTML(pictures.table_html(table, count)))


# %%
held = seen.mix.set_index("等级")["人数"]
parts = "、".join(f"{level} {held[level]} 人" for level in held.index)
soon = len(seen.expiring)
over = seen.people.count({"状态": ["已过期"]})
expired = f"，其中 {over} 人已经过期、还没有登记失效" if over else ""
overdue = (
    f"\n- 复习测试到期还没有通过的有 {seen.refreshers} 人（Excel“每个人”的“留意”一栏）。"
    if seen.refreshers
    else ""
)
proposed = seen.people.count(CHANGING)
notes = "".join(f"\n- **{note}**" for note in seen.quota_notes)
display(
    Markdown(
        f"""# 客户经理等级报告

{day} · {rules.title.value} · 办法版本 {rules.digest[:12]}

- 在岗 {len(seen.people)} 人：{parts}。
- {rules.review.expiring_days.value} 天内到期的有 {soon} 人{expired}。
- 按现有材料，有 {proposed} 人的等级应当变动，等人事确认。{overdue}{notes}

这里的等级是本单位自己的初、中、高级客户经理，不是国家的卷烟商品营销职业技能等级；后者只作材料保存，不换算。
业绩指标不含销量与结构（293 号文件，S1-021）。“没有证据”不是零分。"""
    )
)

# %%
display(Markdown("## 各级人数"))
if len(seen.people):
    pictures.mix_picture(seen)

# %%
show(pictures.mix_table(seen))
display(
    Markdown(
        f"占比的分母是在岗的 {len(seen.people)} 人。去年同日按登记库今天所知的算，后来离岗的人也在里面；"
        "建库以前的，只知道名册上写的那一级。"
    )
)

# %%
display(Markdown(f"## {rules.review.expiring_days.value} 天内到期"))
show(seen.expiring.frame(pictures.SHOWN), len(seen.expiring))

# %%
display(Markdown("## 应当变动的人"))
changing = seen.people.frame(pictures.SHOWN, CHANGING)
show(changing[["工号", "姓名", "部门", "现等级", "建议", "建议等级", "为什么"]], proposed)

# %%
display(
    Markdown(
        "## 三个部分的通过情况\n\n每个人对照他下一步要到的等级，已到最高级的对照现在这一级。"
        "通过率的分母是有证据的人。"
    )
)
if len(seen.passing):
    pictures.passing_picture(seen, "全体")

# %%
if len(seen.passing):
    pictures.passing_picture(seen, "部门")

# %%
if len(seen.passing):
    pictures.passing_picture(seen, "培训师")

# %%
show(pictures.passing_table(seen) if len(seen.passing) else seen.passing)

# %%
display(Markdown("## 没到下一级，差在哪里"))
if len(seen.reasons):
    pictures.reasons_picture(seen)

# %%
show(pictures.gaps_table(seen), len(seen.gaps))
if len(seen.gaps):
    display(
        Markdown(
            "最晚哪天：过了这一天，别的部分已有的成绩就有过了保留期的，要重考；空着是没有这样的日子。"
            "哪天够：时间条件自己满足的那一天。"
        )
    )

# %%
display(
    Markdown(
        "## 变动\n\n按生效的那一天归季度；建库时名册上原有的等级也算授予。"
        "作废的变动仍在数里，另有一条更正。每一条见 Excel 的“变动明细”（最近八个季度）。"
    )
)
if len(seen.movements):
    pictures.movements_picture(seen)

# %%
moves = seen.movements.set_index("季度")
show(moves.loc[:, moves.sum() > 0].tail(12).reset_index() if len(moves) else seen.movements)

# %%
if interactive:  # else everyone is listed
    from coursekit.certification.filters import PeopleFilter

    display(Markdown("## 挑着看"))
    display(PeopleFilter(seen).box)
elif len(seen.people):
    display(Markdown("## 每个人"))
    columns = ["工号", "姓名", "部门", "现等级", "到期日", "状态", "建议", "为什么"]
    show(seen.people.frame(pictures.SHOWN)[columns], len(seen.people))
