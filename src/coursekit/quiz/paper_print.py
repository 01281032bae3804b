"""A paper as one self-contained HTML page to print, with its answer sheet; and the trainer's key page."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WHERE_TO_WRITE = "选择、判断、填空题的答案写在最后的答题卡上，简答题和案例题写在卷面上。"
ON_PAPER = "：写在卷面上"
_CSS = """
body{font-family:"Noto Sans SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;
 max-width:190mm;margin:0 auto;padding:8mm;line-height:1.6;color:#222;font-size:11pt}
h1{font-size:18pt;text-align:center;margin:0 0 4mm}h2{font-size:13pt;margin:6mm 0 2mm}
.who{display:flex;gap:8mm;justify-content:center;margin-bottom:4mm}.who span{border-bottom:1px solid #222;min-width:28mm}
.item{break-inside:avoid;margin:0 0 3mm}.stem{white-space:pre-line}.options{list-style:none;margin:1mm 0 0;padding-left:7mm}
.lines{border-bottom:1px solid #999;height:8mm}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #666;padding:1mm 2mm;text-align:left;vertical-align:top}
.sheet{break-before:page}.grid{display:grid;grid-template-columns:repeat(5,1fr);gap:1mm 4mm}
.grid div{border-bottom:1px solid #666;padding:1.5mm 0}
@page{size:A4;margin:12mm}@media print{body{padding:0}}
"""


def rich(text: str) -> str:
    """Escaped text with `**…**` as emphasis."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text))


def page(sheet: Mapping[str, Any]) -> str:
    """The printed paper: heading, sections, items, answer sheet on a page of its own."""
    total = sum(item["points"] for item in sheet["items"])
    parts = [
        f"<h1>{html.escape(sheet['title'])}</h1>",
        "<p class='who'>姓名 <span></span> 工号 <span></span> 单位 <span></span></p>",
        f"<p>共 {len(sheet['items'])} 题，{total:g} 分，{sheet['minutes']} 分钟。卷号 {html.escape(sheet['paper'])}。"
        f"{WHERE_TO_WRITE}</p>",
    ]
    section = None
    for number, item in enumerate(sheet["items"], start=1):
        if item["section"] != section:
            section = item["section"]
            parts.append(f"<h2>{html.escape(heading(sheet, section))}</h2>")
        parts.append(_item(number, item))
    parts.append(_answer_sheet(sheet))
    return _document(sheet["title"], parts)


def heading(sheet: Mapping[str, Any], section: str) -> str:
    """Section title with its items and points."""
    here = [item for item in sheet["items"] if item["section"] == section]
    return f"{section}（共 {len(here)} 题，每题 {here[0]['points']:g} 分）"


def _item(number: int, item: Mapping[str, Any]) -> str:
    body = f"<div class='stem'>{number}. {rich(item['stem'])}</div>"
    if item.get("options"):
        rows = "".join(f"<li>{LETTERS[i]}. {rich(text)}</li>" for i, text in enumerate(item["options"]))
        body += f"<ul class='options'>{rows}</ul>"
    if item["type"] == "short":
        body += "<div class='lines'></div>" * 6
    return f"<div class='item'>{body}</div>"


def _answer_sheet(sheet: Mapping[str, Any]) -> str:
    parts = [f"<section class='sheet'><h1>答题卡</h1><p>卷号 {html.escape(sheet['paper'])}</p>"]
    parts.append("<p class='who'>姓名 <span></span> 工号 <span></span></p>")
    section = None
    cells: list[int] = []
    for number, item in enumerate(sheet["items"], start=1):
        if item["section"] != section:
            parts += _grid(cells)
            section, cells = item["section"], []
            parts.append(f"<h2>{html.escape(section)}{ON_PAPER if item['type'] == 'short' else ''}</h2>")
        if item["type"] != "short":
            cells.append(number)
    return "".join([*parts, *_grid(cells), "</section>"])


def _grid(numbers: list[int]) -> list[str]:
    return [f"<div class='grid'>{''.join(f'<div>{n}.</div>' for n in numbers)}</div>"] if numbers else []


def key_page(sheet: Mapping[str, Any], key: Mapping[str, Any]) -> str:
    """The trainer's key: number, answer, points, area, level and source of each item."""
    balance = key["balance"]
    rows = []
    for number, (item, entry) in enumerate(zip(sheet["items"], key["items"], strict=True), start=1):
        cells = [
            number, entry["id"], item["stem"].split("\n")[0][:40], entry["answer"], f"{entry['points']:g}",
            f"{entry['area']} {entry['level']}", entry["difficulty"], entry["source"],
        ]  # fmt: skip
        rows.append("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells) + "</tr>")
    heads = ("题号", "编号", "题干", "答案", "分", "领域 层次", "难度", "来源")
    difficulty = "、".join(f"{name} 卷 {value:.2f}" for name, value in balance["difficulty"].items())
    parts = [
        f"<h1>{html.escape(sheet['title'])} 答案（只给培训师）</h1>",
        f"<p>卷号 {html.escape(key['paper'])}，蓝图 {html.escape(key['blueprint'])}，种子 {html.escape(key['seed'])}。</p>",
        f"<p>平均难度（1 到 5，按分值加权）：{difficulty}；相差 {balance['difficulty_gap']:.2f}。"
        f"两份卷最多重复 {balance['largest_overlap']:.0%} 的题，蓝图许可 {balance['allowed_overlap']:.0%}。</p>",
        f"<table><tr>{''.join(f'<th>{h}</th>' for h in heads)}</tr>{''.join(rows)}</table>",
        "<p>学员在电脑上答题时，题目和选项的顺序各人不同；判分按各人看到的字母。</p>",
    ]
    return _document(sheet["title"] + " 答案", parts)


def _document(title: str, parts: list[str]) -> str:
    return (
        "<!DOCTYPE html>\n<html lang='zh-CN'><head><meta charset='utf-8'>"
        f"<title>{html.escape(title)}</title><style>{_CSS}</style></head><body>{''.join(parts)}</body></html>\n"
    )
