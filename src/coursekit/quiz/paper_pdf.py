"""A paper as PDF, with the font of the package, so that it prints the same everywhere."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportlab.lib import textsplit
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
    paragraph,
)

from coursekit.domain.fonts import FONT_FILE
from coursekit.quiz.paper_print import LETTERS, ON_PAPER, WHERE_TO_WRITE, heading

_FONT = "CoursekitPaper"
_COLUMNS = 5
_NEVER_FIRST = "，；：？！”’》〉】％°"  # reportlab's own list of what begins no line lacks these


def _style(size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        f"paper{size}{len(more)}", fontName=_FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", **more
    )


def _rich(text: str) -> str:
    escaped = html.escape(text, quote=False).replace("\n", "<br/>")
    return re.sub(r"\*\*(.+?)\*\*", r"<u>\1</u>", escaped)


def write(sheet: Mapping[str, Any], path: Path) -> None:
    """Write the paper with its answer sheet to `path`.

    The file is written whole or not at all; the same sheet gives the same bytes.
    """
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FONT, str(FONT_FILE)))
    for module in (paragraph, textsplit):
        known = module.ALL_CANNOT_START
        module.ALL_CANNOT_START = known + "".join(mark for mark in _NEVER_FIRST if mark not in known)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + ".part")
    document = SimpleDocTemplate(
        str(aside), pagesize=A4, leftMargin=18 * mm, rightMargin=18 * mm, topMargin=15 * mm, bottomMargin=15 * mm,
        title=sheet["title"], author="coursekit", invariant=1,
    )  # fmt: skip
    document.build(_story(sheet), onFirstPage=_foot(sheet), onLaterPages=_foot(sheet))
    aside.replace(path)


def _foot(sheet: Mapping[str, Any]) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(_FONT, 8)
        canvas.drawCentredString(A4[0] / 2, 8 * mm, f"{sheet['paper']}  第 {document.page} 页")

    return draw


def _story(sheet: Mapping[str, Any]) -> list[Any]:
    body, small = _style(10.5), _style(10.5, leftIndent=7 * mm)
    total = sum(item["points"] for item in sheet["items"])
    story: list[Any] = [
        Paragraph(_rich(sheet["title"]), _style(17, alignment=1)),
        Spacer(1, 3 * mm),
        Paragraph("姓名 ____________  工号 ____________  单位 ____________", _style(10.5, alignment=1)),
        Spacer(1, 2 * mm),
        Paragraph(
            f"共 {len(sheet['items'])} 题，{total:g} 分，{sheet['minutes']} 分钟。{WHERE_TO_WRITE}",
            body,
        ),
    ]
    section = None
    for number, item in enumerate(sheet["items"], start=1):
        if item["section"] != section:
            section = item["section"]
            story += [
                Spacer(1, 3 * mm),
                Paragraph(_rich(heading(sheet, section)), _style(12.5)),
                Spacer(1, 1 * mm),
            ]
        block = [Paragraph(f"{number}. {_rich(item['stem'])}", body)]
        block += [
            Paragraph(f"{LETTERS[i]}. {_rich(text)}", small) for i, text in enumerate(item.get("options", ()))
        ]
        block.append(Spacer(1, (45 if item["type"] == "short" else 2) * mm))
        story.append(KeepTogether(block))
    return [*story, PageBreak(), *_answer_sheet(sheet)]


def _answer_sheet(sheet: Mapping[str, Any]) -> list[Any]:
    story: list[Any] = [
        Paragraph("答题卡", _style(17, alignment=1)),
        Paragraph(
            f"卷号 {_rich(sheet['paper'])}  姓名 ____________  工号 ____________", _style(10.5, alignment=1)
        ),
    ]
    sections: dict[str, list[int]] = {}
    for number, item in enumerate(sheet["items"], start=1):
        numbers = sections.setdefault(item["section"], [])
        if item["type"] != "short":
            numbers.append(number)
    for title, numbers in sections.items():
        if not numbers:
            story += [Spacer(1, 3 * mm), Paragraph(_rich(title + ON_PAPER), _style(12.5))]
            continue
        rows = [
            [f"{n}." for n in numbers[i : i + _COLUMNS]] + [""] * (_COLUMNS - len(numbers[i : i + _COLUMNS]))
            for i in range(0, len(numbers), _COLUMNS)
        ]
        table = Table(rows, colWidths=[34 * mm] * _COLUMNS, rowHeights=8 * mm)
        table.setStyle(
            TableStyle([("FONT", (0, 0), (-1, -1), _FONT, 10), ("GRID", (0, 0), (-1, -1), 0.4, "#888888")])
        )
        story += [Spacer(1, 3 * mm), Paragraph(_rich(title), _style(12.5)), Spacer(1, 1 * mm), table]
    return story
