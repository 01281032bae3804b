# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% tags=["parameters"]
course = "."
assignment = "03_figures"
excel = ""

# %%
from pathlib import Path

from IPython.display import HTML, Markdown, display

from coursekit.domain.plots import use_style
from coursekit.grading import overview, pictures
from coursekit.grading.settings import read_settings
from coursekit.grading.standings import STATE_TEXT, standings
from coursekit.grading.tasks import read_exercise
from coursekit.grading.workbook import write_workbook

use_style()
folder = Path(course)
settings = read_settings(folder)
exercise = read_exercise(folder, assignment)
rows = standings(folder, assignment)
people = overview.people_table(rows)
tasks = overview.task_table(rows, exercise)
rates = overview.question_rates(rows, exercise)
reasons = overview.reasons_table(rows, exercise)
shares = overview.shares(rows)
due = settings.due.get(assignment)
if excel:
    write_workbook({"每个人": people, "每一格": tasks, "常见的错": reasons}, Path(excel))


def show(table, **options):
    display(HTML(pictures.table_html(table, **options)))


# %%
weakest = f"\n\n丢分最多的是“{rates.idxmin()}”，得分率 {rates.min():.0%}。" if len(rates) else ""
middle = f"评完的 {len(shares)} 份，中间一份拿到满分的 {shares.median():.0%}。" if len(shares) else ""
display(
    Markdown(
        f"""# {exercise.title}：全班情况

{settings.title} · {assignment}{f" · 截止 {due:%Y-%m-%d %H:%M}" if due else ""}"""
    )
)
display(
    HTML(
        f'<div class="lead"><p>{overview.conclusion(rows)}{middle}</p>'
        + (f"<p>{weakest.strip()}</p>" if weakest else "")
        + "</div>"
    )
)

# %%
display(Markdown("## 要你看的"))
waiting = [
    {
        "编号": row.student,
        "姓名": row.name,
        "状态": STATE_TEXT[row.state],
        "为什么": "；".join(list(dict.fromkeys((*row.flags, *row.notes)))[:3]) or f"有 {row.open_points:g} 分等人定",
    }
    for row in overview.attention(rows)
]
show(overview.frame(waiting), link=["编号"], empty="没有要人看的。")

# %%
if len(rates):
    display(Markdown("## 哪些题没学会"))
    pictures.rates_picture(rates)

# %%
if len(reasons):
    display(Markdown("### 课上可以讲的：错得最多的几处"))
    show(reasons, link=["是谁"])

# %%
if len(shares):
    display(Markdown("## 分数"))
    pictures.spread_picture(shares)

# %%
display(Markdown("## 每一格\n\n得分率只算已经有结果的人；没有运行完的不当零分。"))
show(tasks)

# %%
display(Markdown("## 每个人"))
show(people.drop(columns=["要看的"]), anchor="编号")
