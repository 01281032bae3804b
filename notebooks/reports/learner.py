# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% tags=["parameters"]
course = "."
student = "kh0001"

# %%
from pathlib import Path

from IPython.display import HTML, Markdown, display

from coursekit.domain.plots import use_style
from coursekit.errors import InputError
from coursekit.grading import overview, pictures
from coursekit.grading.progress import learner_progress

use_style()
seen = learner_progress(Path(course), student)
if seen is None:
    raise InputError(student, "这门课里的学员编号", "名单和作业里都没有")


def show(table, **options):
    display(HTML(pictures.table_html(table, **options)))


# %%
display(Markdown(f"# {seen.name or seen.student}：学到哪里了\n\n{seen.title} · {seen.student}"))
display(HTML('<div class="lead">' + "".join(f"<p>{line}</p>" for line in seen.sentences()) + "</div>"))

# %%
if seen.shares:
    display(Markdown("## 每次练习"))
    pictures.progress_picture(seen.shares)

# %%
show(overview.frame(seen.rows()))

# %%
todo = seen.todo()
if todo:
    display(Markdown("## 接下来先看这几处"))
    show(overview.frame(todo))
