"""Bytes of a bank as people send them -> text: the encodings of Chinese Windows."""

from __future__ import annotations

import codecs
import re

from coursekit.errors import InputError

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
