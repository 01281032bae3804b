"""Reading content text and writing a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

from coursekit.errors import InputError, unreadable
from coursekit.swap import swap


def read_text(path: Path) -> str:
    """UTF-8 text of a content file, newlines as `\\n`.

    Raises
    ------
    InputError
        If the file is missing or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(str(path), "课程内容里的一个文件", "没有这个文件") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "UTF-8 编码的文本", unreadable(error), "请另存为 UTF-8。") from error


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` so that a reader, or a kill, sees the old file or the new one, never a part.

    Raises
    ------
    InputError
        If the folder cannot be written to.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        swap(part, path)
    except OSError as error:
        raise InputError(str(path), "可以写入的位置", unreadable(error), "请换一个文件夹。") from error
