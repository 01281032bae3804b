"""Bytes of a bank as people send them -> text: encodings of Chinese Windows, and Word through its text."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from xml.etree import ElementTree

from coursekit.errors import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_XML = 64 * 1024 * 1024
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a-\u202e]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, where: str) -> str:
    """Text of `data`, with one kind of line end and without invisible characters.

    Tries the byte order mark, UTF-16 without one (zero bytes give it away), UTF-8, GB18030
    (which contains GBK), each strictly.

    Raises
    ------
    InputError
        If none of these encodings fits, or the bytes are no text.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(
            where, "UTF-8、GBK 或 UTF-16 编码的文字", "别的编码或不是文字", "请用记事本另存为 UTF-8 再导入。"
        ) from None
    if "\x00" in text:
        raise InputError(where, "文字文件", "里面有二进制内容", "请检查是不是选错了文件。")
    return tidy(text)


def _encoding(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    head = data[:4096]
    if len(head) >= 4 and head.count(0) > len(head) // 8:
        return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def tidy(text: str) -> str:
    """One kind of line end, no invisible characters, no exotic blanks; line numbers stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0b", "\n")
    text = (
        text.replace("&nbsp;", " ")
        .replace("\x0c", " ")
        .replace("\u00a0", " ")
        .replace("\u2003", " ")
        .replace("\u2002", " ")
    )
    return _INVISIBLE.sub("", text)


def docx_text(data: bytes, where: str) -> str:
    """Text of a Word file, a line a paragraph, automatic numbers written out.

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
    lines = [numbers.label(paragraph) + _paragraph(paragraph) for paragraph in body.iter(f"{_W}p")]
    return tidy("\n".join(lines))


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
