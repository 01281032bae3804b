"""The certificate as a page to print: A4 across, Chinese, with a QR code that names the credential."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from coursekit.certification.credential import NATURE
from coursekit.domain.plots import FONT_FILE
from coursekit.errors import MissingToolError

_FONT = "CoursekitSC"
_INK, _FAINT, _LINE = HexColor("#1f2a37"), HexColor("#5b6775"), HexColor("#1f4e79")
_WIDTH, _HEIGHT = landscape(A4)


@dataclass(frozen=True)
class Page:
    """What stands on the page.

    Parameters
    ----------
    owner, rules : str
        Who recognises the level, and under which rules (with the short digest of the policy).
    name, unit : str
        The person, as the company writes them.
    level : str
        Title of the level.
    since, until : date
        Both days included.
    issued : date
        Day of the decision.
    credential_id, token : str
        The machine-readable credential that the page stands for.
    """

    owner: str
    rules: str
    name: str
    unit: str
    level: str
    since: date
    until: date
    issued: date
    credential_id: str
    token: str

    @property
    def token_digest(self) -> str:
        """SHA-256 of the credential, hex."""
        return hashlib.sha256(self.token.encode()).hexdigest()

    @property
    def qr_text(self) -> str:
        """Text in the QR code; it names the credential and lets a copy of it be recognised."""
        return (
            f"coursekit-level;id={self.credential_id};level={self.level};"
            f"until={self.until};sha256={self.token_digest}"
        )


def _register_font() -> None:
    if _FONT in pdfmetrics.getRegisteredFontNames():
        return
    try:
        pdfmetrics.registerFont(TTFont(_FONT, str(FONT_FILE)))
    except (TTFError, OSError) as error:
        raise MissingToolError("中文字体", "请重新安装 coursekit，字体随程序一起来。") from error


def draw_certificate(page: Page, path: Path) -> Path:
    """Write the page as PDF; the same page gives the same bytes.

    Raises
    ------
    MissingToolError
        If the font that comes with the package is not there.
    """
    _register_font()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setTitle(f"{page.level}证书")
    canvas.setAuthor(page.owner)
    canvas.setSubject(page.credential_id)
    _frame(canvas)
    _body(canvas, page)
    _foot(canvas, page)
    canvas.showPage()
    canvas.save()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(buffer.getvalue())
    part.replace(path)
    return path


def _frame(canvas: Canvas) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(2.2)
    canvas.rect(12 * mm, 12 * mm, _WIDTH - 24 * mm, _HEIGHT - 24 * mm)
    canvas.setLineWidth(0.6)
    canvas.rect(14.5 * mm, 14.5 * mm, _WIDTH - 29 * mm, _HEIGHT - 29 * mm)


def _centred(canvas: Canvas, text: str, height: float, size: float, colour: HexColor = _INK) -> None:
    while size > 7 and pdfmetrics.stringWidth(text, _FONT, size) > _WIDTH - 60 * mm:
        size -= 0.5
    canvas.setFillColor(colour)
    canvas.setFont(_FONT, size)
    canvas.drawCentredString(_WIDTH / 2, height, text)


def _spaced(text: str) -> str:
    """Short names with a gap between the characters, as certificates print them."""
    return "\u3000".join(text) if len(text) == 2 and not text.isascii() else text


def _body(canvas: Canvas, page: Page) -> None:
    _centred(canvas, page.owner, _HEIGHT - 36 * mm, 15, _FAINT)
    _centred(canvas, "客户经理等级证书", _HEIGHT - 54 * mm, 32)
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(1)
    canvas.line(_WIDTH / 2 - 32 * mm, _HEIGHT - 61 * mm, _WIDTH / 2 + 32 * mm, _HEIGHT - 61 * mm)
    _centred(canvas, _spaced(page.name), _HEIGHT - 82 * mm, 26)
    if page.unit:
        _centred(canvas, page.unit, _HEIGHT - 91 * mm, 12, _FAINT)
    _centred(canvas, "经评定，达到", _HEIGHT - 106 * mm, 14)
    _centred(canvas, page.level, _HEIGHT - 123 * mm, 28, _LINE)
    term = f"有效期：{_day(page.since)} 至 {_day(page.until)}"
    _centred(canvas, term, _HEIGHT - 136 * mm, 13)
    canvas.setFillColor(_FAINT)
    canvas.setFont(_FONT, 11)
    canvas.drawRightString(_WIDTH - 24 * mm, _HEIGHT - 150 * mm, f"{_day(page.issued)}　（签发单位盖章）")


def _day(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _foot(canvas: Canvas, page: Page) -> None:
    side = 31 * mm
    left, bottom = _WIDTH - 22 * mm - side, 21 * mm
    _qr(canvas, page.qr_text, (left, bottom, side))
    canvas.setStrokeColor(HexColor("#cfd6de"))
    canvas.setLineWidth(0.6)
    canvas.line(22 * mm, 55 * mm, _WIDTH - 22 * mm, 55 * mm)
    lines = [
        NATURE,
        f"依据：{page.rules}",
        f"凭证编号：{page.credential_id}",
        f"凭证摘要：{page.token_digest[:32]} {page.token_digest[32:]}",
        "核验：向持证人要凭证文件（.jwt），运行 coursekit levels verify，结果应与本页一致。",
    ]
    canvas.setFillColor(_FAINT)
    height = 47.5 * mm
    for line in lines:
        size = 9.0
        while size > 6 and pdfmetrics.stringWidth(line, _FONT, size) > left - 28 * mm:
            size -= 0.25
        canvas.setFont(_FONT, size)
        canvas.drawString(22 * mm, height, line)
        height -= 6.2 * mm


def _qr(canvas: Canvas, text: str, place: tuple[float, float, float]) -> None:
    """QR code as vector squares; four modules of white around it."""
    left, bottom, side = place
    matrix = list(segno.make(text, error="m", micro=False).matrix)
    module = side / (len(matrix) + 8)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.rect(left, bottom, side, side, stroke=0, fill=1)
    canvas.setFillColor(_INK)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                x = left + (column + 4) * module
                y = bottom + side - (row + 5) * module
                canvas.rect(x, y, module * 1.02, module * 1.02, stroke=0, fill=1)
