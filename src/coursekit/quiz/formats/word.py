"""Word files through their text: automatic numbers written out, table rows as lines, bank tables apart."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from coursekit.errors import InputError
from coursekit.quiz.formats import sheet
from coursekit.quiz.formats.decode import tidy

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_XML = 64 * 1024 * 1024
_NUMBERS, _ANSWERS = ("题号", "序号"), ("答案", "参考答案", "正确答案")
Table = list[tuple[int, list[Any]]]


@dataclass(frozen=True)
class Page:
    """What a Word file holds: its text, and tables with a bank's header, rows numbered as lines of the text."""

    text: str
    tables: tuple[Table, ...]


def read_page(data: bytes, where: str) -> Page:
    """Text and bank tables of a Word file.

    A paragraph is a line; so is a row of a table, its cells set apart by tabs. A table of question
    numbers above answers becomes an answer table in text. In place of a table with a bank's header
    stand empty lines.

    Raises
    ------
    InputError
        If the file is no Word file or is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _xml(archive, "word/document.xml", where)
            numbers = _Numbering(
                _xml(archive, "word/numbering.xml", where)
                if "word/numbering.xml" in archive.namelist()
                else None
            )
    except InputError:
        raise
    except Exception:  # a broken archive fails in many ways: format, method, password, XML
        raise InputError(
            where, "Word 文件(.docx)", "打不开或缺了正文", "请用 Word 另存为 .docx 再导入。"
        ) from None
    lines: list[str] = []
    tables: list[Table] = []
    for node in _blocks(body):
        if node.tag == f"{_W}p":
            lines += _lines(node, numbers)
            continue
        rows = [_row(row, numbers) for row in node.iter(f"{_W}tr")]
        if sheet.has_header(rows):
            tables.append([(len(lines) + place, list(row)) for place, row in enumerate(rows, start=1)])
            lines += [""] * len(rows)
        else:
            lines += _card(rows) or ["\t".join(row) for row in rows]
    return Page(tidy("\n".join(lines)), tuple(tables))


def _blocks(node: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Paragraphs and tables in order; what is inside a table belongs to it."""
    for child in node:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        else:
            yield from _blocks(child)


def _lines(paragraph: ElementTree.Element, numbers: _Numbering) -> list[str]:
    return tidy(numbers.label(paragraph) + _paragraph(paragraph)).split("\n")


def _row(row: ElementTree.Element, numbers: _Numbering) -> list[str]:
    """Texts of the cells of one row; paragraphs of a cell are lines in it."""
    cells = []
    for cell in row.iter(f"{_W}tc"):
        lines = [line for paragraph in cell.iter(f"{_W}p") for line in _lines(paragraph, numbers)]
        cells.append("\n".join(line for line in lines if line.strip()))
    return cells


def _card(rows: list[list[str]]) -> list[str]:
    """Rows of numbers above rows of answers as one answer table; empty if the table is something else."""
    pairs = list(zip(rows[::2], rows[1::2], strict=False))
    if not pairs or len(rows) % 2:
        return []
    entries = []
    for above, below in pairs:
        same = len(above) == len(below) and len(above) > 1
        if not same or above[0].strip() not in _NUMBERS or below[0].strip() not in _ANSWERS:
            return []
        for number, answer in zip(above[1:], below[1:], strict=True):
            if not number.strip() and not answer.strip():
                continue
            if not re.fullmatch(r"\s*\d{1,4}\s*", number) or not answer.strip() or "\n" in answer.strip():
                return []
            entries.append(f"{number.strip()}.{answer.strip()}")
    return ["参考答案", " ".join(entries), *[""] * (len(rows) - 2)]


def _xml(archive: zipfile.ZipFile, name: str, where: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _MAX_XML:
        raise InputError(where, "不超过 64 MB 的正文", "展开后更大", "请把题库拆成几个文件。")
    raw = archive.read(name)
    if b"<!DOCTYPE" in raw[:2048] or b"<!ENTITY" in raw:
        raise InputError(where, "普通的 Word 文件", "正文里有外部实体定义", "请用 Word 另存为 .docx 再导入。")
    return ElementTree.fromstring(raw)  # noqa: S314 - entity definitions are refused above


def _paragraph(paragraph: ElementTree.Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab" and node.attrib == {}:
            parts.append("\t")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
    return "".join(parts)


class _Numbering:
    """Automatic numbers of a Word file: enough of them to write `1、` and `A.` back into the text."""

    def __init__(self, root: ElementTree.Element | None) -> None:
        self._levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._count: dict[tuple[str, str], int] = {}
        if root is None:
            return
        abstract = {node.get(f"{_W}abstractNumId"): node for node in root.iter(f"{_W}abstractNum")}
        for num in root.iter(f"{_W}num"):
            link = num.find(f"{_W}abstractNumId")
            node = abstract.get(link.get(f"{_W}val")) if link is not None else None
            for level in node.iter(f"{_W}lvl") if node is not None else ():
                key = (num.get(f"{_W}numId") or "", level.get(f"{_W}ilvl") or "0")
                self._levels[key] = (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(_value(level, "start", "1")),
                )

    def label(self, paragraph: ElementTree.Element) -> str:
        """The number Word shows before this paragraph, or nothing."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        key = (_value(properties, "numId", ""), _value(properties, "ilvl", "0"))
        if key not in self._levels:
            return ""
        form, text, start = self._levels[key]
        number = self._count.get(key, start - 1) + 1
        self._count[key] = number
        for other in [k for k in self._count if k[0] == key[0] and k[1] > key[1]]:
            del self._count[other]
        shown = {
            "decimal": str(number),
            "upperLetter": chr(64 + number) if number <= 26 else "",
            "lowerLetter": chr(96 + number) if number <= 26 else "",
        }.get(form)
        if shown is None and form.startswith("chinese"):
            shown = "一二三四五六七八九十"[number - 1] if number <= 10 else ""
        return text.replace(f"%{int(key[1]) + 1}", shown) if shown else ""


def _value(node: ElementTree.Element, name: str, default: str) -> str:
    child = node.find(f"{_W}{name}")
    return default if child is None else child.get(f"{_W}val") or default
