"""The pairs of alike hand-ins side by side, what is the same marked, as one page that needs nothing else."""

from __future__ import annotations

import html
from collections.abc import Sequence

from coursekit.grading.alike import Pair, Side

KIND_TEXT = {"code": "代码", "text": "文字"}
_STYLE = (
    "body{font-family:sans-serif;margin:2em;line-height:1.6}"
    ".pair{display:grid;grid-template-columns:1fr 1fr;gap:1em}"
    "pre{overflow:auto;border:1px solid #ccc;padding:.6em;white-space:pre-wrap;margin:.2em 0 1em}"
    "mark{background:#ffe08a}"
)


def as_html(assignment: str, compared: int, pairs: Sequence[Pair]) -> str:
    """The whole page."""
    title = f"{html.escape(assignment)} 相似的答卷"
    said = (
        f"比较了 {compared} 份，{len(pairs)} 对相似。"
        if pairs
        else f"比较了 {compared} 份，没有相似得要看的。"
    )
    how = (
        "发下去的、标准答案里有的、课里的代码和很多人都写的，都不算。变量名和注释不同也认得出，"
        "格子换了次序也认得出。是不是抄的，由人来判断；分数不因此改变。"
    )
    body = "".join(pair_html(pair) for pair in pairs)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return (
        f'<!doctype html><html lang="zh-CN"><head>{head}</head>'
        f"<body><h1>{title}</h1><p>{said}</p><p>{how}</p>{body}</body></html>"
    )


def pair_html(pair: Pair) -> str:
    """One pair."""
    first, second = html.escape(pair.first), html.escape(pair.second)
    unit = "个记号" if pair.kind == "code" else "个字"
    head = (
        f"{first} 和 {second}：{KIND_TEXT[pair.kind]}相似 {pair.likeness:.0%}，相同的有 {pair.tokens} {unit}"
    )
    columns = "".join(
        f"<div><h3>{who}</h3>{''.join(map(_side, sides))}</div>"
        for who, sides in ((first, pair.first_sides), (second, pair.second_sides))
    )
    return f'<h2>{head}</h2><div class="pair">{columns}</div>'


def _side(side: Side) -> str:
    parts, end = [], 0
    for start, stop in side.spans:
        start = max(start, end)
        parts += [html.escape(side.text[end:start]), f"<mark>{html.escape(side.text[start:stop])}</mark>"]
        end = max(stop, end)
    parts.append(html.escape(side.text[end:]))
    return f"<div>{html.escape(side.place)}</div><pre>{''.join(parts)}</pre>"
