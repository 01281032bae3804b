# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% tags=["parameters"]
scores = "scores.csv"
model = "auto"
title = "试题分析"
excel = ""
choices = ""

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import HTML, Markdown, display

from coursekit.domain import policy
from coursekit.domain.plots import use_style
from coursekit.quiz import item_pictures
from coursekit.quiz.item_report import analyse
from coursekit.quiz.score_table import read_scores

use_style()
path = Path(scores)
report = analyse(path, model)
names, blocks = read_scores(path)
table = np.concatenate(list(blocks))
result = report.classical
mend = report.to_mend()
limits = policy.load("item_analysis")
curves = {curve.id: curve for curve in report.fit.items} if report.fit else {}

# %%
reliability = (
    "信度算不出（题太少，或大家分数一样）"
    if result.alpha is None
    else f"信度 {result.alpha:.2f}，一个人的分数上下约差 {result.sem:.1f} 题"
)
few = (
    f"<p>只有 {result.n} 人作答，少于 {limits['takers.classical']} 人，下面的数会有较大波动，改题前先看题意。</p>"
    if result.n < limits["takers.classical"]
    else ""
)
display(Markdown(f"# {title}"))
display(
    HTML(
        f'<div class="lead"><p>{result.n} 人作答 {len(result.items)} 题，平均答对 {result.mean:.1f} 题；{reliability}。'
        + (f"有 {len(mend)} 题要改。</p>" if mend else "没有哪一题明显要改。</p>")
        + f"<p>答对 {report.pass_share:.0%} 以上算及格，及格的占 {report.pass_rate:.0%}。</p>"
        + few
        + (f"<p>{report.refused}</p>" if report.refused else "")
        + "</div>"
    )
)

# %%
display(Markdown("## 要改的题"))
if mend:
    rows = pd.DataFrame(mend, columns=["题", "为什么"])
    display(HTML(rows.to_html(index=False, border=0)))
else:
    display(Markdown("没有。"))

# %%
figure = item_pictures.overview(report)
plt.show()

# %%
shown = [name for name, _ in mend][:9] or [item.id for item in sorted(result.items, key=lambda i: i.p)][:6]
heading = "要改的题" if mend else "最难的几题"
display(
    Markdown(
        f"## {heading}的曲线\n\n把人按其余各题的得分分成几组，看每组答对这一题的比例。好题的线往上走；平的、往下走的要查。实线是实际，虚线是模型（人数够了才有）。"
    )
)
figure = item_pictures.item_curves(table, names, shown, report.fit)
plt.show()


# %%
def shown_number(value, digits=2):
    return "—" if value is None else f"{value:.{digits}f}"


whole = pd.DataFrame(
    [
        {
            "题": item.id,
            "答对率": f"{item.p:.0%}",
            "与其余各题的相关": shown_number(item.item_rest),
            "去掉它以后的信度": shown_number(item.alpha_if_deleted),
            "区分度 a": shown_number(curves[item.id].a) if item.id in curves else "—",
            "难度 b": shown_number(curves[item.id].b) if item.id in curves else "—",
        }
        for item in result.items
    ]
)
display(Markdown("## 每一题"))
display(HTML(whole.to_html(index=False, border=0)))
drawn = pd.read_csv(choices, keep_default_na=False, dtype=str) if choices else pd.DataFrame()
if len(drawn):
    telling = drawn[drawn["看一看"] != ""]
    display(
        Markdown(
            "## 各选项谁选了\n\n低分组、高分组是得分最低和最高的 27% 的人。选项的字母是出卷时的顺序，与答案页一样。"
            + ("全部选项在 Excel 里。" if excel else "")
        )
    )
    display(HTML(telling.to_html(index=False, border=0)) if len(telling) else Markdown("没有要看的选项。"))
if excel:
    from coursekit.grading.workbook import write_workbook

    sheets = {"每一题": whole, "要改的题": pd.DataFrame(mend, columns=["题", "为什么"])}
    write_workbook(sheets | ({"各选项": drawn} if len(drawn) else {}), Path(excel))

# %%
display(
    Markdown(
        "答对率：答对的人占全部作答的人。相关：这一题与其余各题总分的相关，会的人答对得多，它就高。"
        "信度：同样的人再考一份同样的卷，名次有多稳，1 最稳。"
        "区分度 a 与难度 b 来自能力模型，人数够了才有；b 越大越难，0 是中等的人有一半答对。"
    )
)
