"""Which exchange format a file is in, and reading it."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import Path

from coursekit.errors import InputError
from coursekit.quiz.formats import aiken, blackboard, chinese, gift, moodle_xml, qti, sheet, word
from coursekit.quiz.formats.decode import decode, tidy
from coursekit.quiz.formats.model import ImportResult
from coursekit.quiz.formats.repeats import settle_repeats

MAX_BYTES = 50 * 1024 * 1024
MAX_TEXT = 8 * 1024 * 1024  # tens of thousands of items; longer text is no bank
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def import_file(path: Path) -> ImportResult:
    """Items and rejects of a bank file; the format is told by its content, not by its name.

    Raises
    ------
    InputError
        If the file cannot be opened, is too large, or is in no format that can be read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not path.is_dir():
            raise InputError(str(path), "一个题库文件", "设备或管道")
        if found.st_size > MAX_BYTES:
            raise InputError(str(path), "不超过 50 MB 的文件", "更大的文件", "请把题库拆成几个文件。")
        data = path.read_bytes()
    except IsADirectoryError:
        raise InputError(str(path), "一个题库文件", "一个文件夹") from None
    except OSError as error:
        raise InputError(str(path), "能打开的题库文件", error.strerror or "打不开") from None
    return import_bytes(data, str(path))


def import_bytes(data: bytes, where: str) -> ImportResult:
    """Items and rejects of the bytes of a bank file; what it asks twice is noted, or refused if it disagrees."""
    return settle_repeats(_read(data, where))


def _read(data: bytes, where: str) -> ImportResult:
    if not data.strip():
        raise InputError(where, "有试题的文件", "空文件")
    if data.startswith(_OLE):
        raise InputError(
            where, ".docx、.xlsx 或文字文件", "旧的 .doc 或 .xls", "请另存为 .docx 或 .xlsx 再导入。"
        )
    if data.startswith(_ZIP):
        return _office(data, where)
    if len(data) > MAX_TEXT:
        raise InputError(where, "不超过 8 MB 的文字", "更长的文字", "请把题库拆成几个文件。")
    return import_text(decode(data, where))


def _office(data: bytes, where: str) -> ImportResult:
    head = data[-65536:] + data[:65536]
    if b"word/document.xml" in head:
        return _word(data, where)
    if b"xl/workbook.xml" in head:
        return sheet.read_xlsx(data, where)
    if b"imsmanifest.xml" in head:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return qti.read_package(archive)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError):
            raise InputError(where, "完整的 QTI 包", "打不开的压缩文件") from None
    raise InputError(where, "Word(.docx)或 Excel(.xlsx)", "别的压缩文件", "请先解压，再导入里面的题库文件。")


def _word(data: bytes, where: str) -> ImportResult:
    """Text of a Word file, and its tables that are banks of their own."""
    page = word.read_page(data, where)
    found = [import_text(page.text), *(result for rows in page.tables if (result := sheet.read_table(rows)))]
    items = sorted((item for result in found for item in result.items), key=lambda item: item.line)
    rejects = sorted((each for result in found for each in result.rejects), key=lambda each: each.line)
    return ImportResult(found[0].dialect, tuple(items), tuple(rejects))


def import_text(text: str) -> ImportResult:
    """Items and rejects of a text."""
    text = tidy(text)
    if moodle_xml.looks_like(text):
        return moodle_xml.read(text)
    if blackboard.looks_like(text):
        return blackboard.read(text)
    if sheet.looks_like(text):
        return sheet.read_csv(text)
    if gift.looks_like(text):
        return gift.read(text)
    if aiken.looks_like(text):
        return aiken.read(text)
    return chinese.read(text)
