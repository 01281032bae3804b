"""Every error the kit raises on purpose.

CoursekitError            exit code 3
├── InputError            exit code 2: a file or value from outside is not what it must be
│   ├── DomainError       a value outside what a domain function takes
│   └── ContentError      faults in course content (bank, syllabus, policy, exercise), all at once
└── MissingToolError      exit code 2: something is not installed; the message says what to type
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Sequence

_LONGEST_PLACE = 200


class CoursekitError(Exception):
    """Base of the kit's errors; raised itself only for faults of the kit."""

    exit_code = 3


class InputError(CoursekitError):
    """Something from outside is not what it must be.

    Parameters
    ----------
    where : str
        File with line, row, cell or field, as the user knows it.
    expected, got : str
        What was expected there and what stood there, in Chinese.
    todo : str
        The next step for the user, in Chinese; may be empty.
    """

    exit_code = 2

    def __init__(self, where: str, expected: str, got: str, todo: str = "") -> None:
        self.where, self.expected, self.got, self.todo = where, expected, got, todo
        tail = f" {todo}" if todo else ""
        super().__init__(f"{where}：应当是{expected}，看到的是{got}。{tail}".rstrip())

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str, str]]:
        """Keep the fields when the error crosses a process."""
        return type(self), (self.where, self.expected, self.got, self.todo)


class DomainError(InputError):
    """A value outside what a domain function takes."""


class ContentError(CoursekitError):
    """Faults in course content, gathered so that an author mends a file in one go.

    Parameters
    ----------
    where : str
        The file or folder that was checked.
    faults : sequence of str
        One line each, with its own place.
    """

    exit_code = 2

    def __init__(self, where: str, faults: Sequence[str]) -> None:
        self.where, self.faults = where, tuple(faults)
        super().__init__(f"{where}：{len(self.faults)} 处要改\n" + "\n".join(self.faults))

    def __reduce__(self) -> tuple[type[ContentError], tuple[str, tuple[str, ...]]]:
        """Keep the fields when the error crosses a process."""
        return type(self), (self.where, self.faults)


class MissingToolError(CoursekitError):
    """A program or package the command needs is not there.

    Parameters
    ----------
    tool : str
        Its name.
    todo : str
        What to type to get it, in Chinese.
    """

    exit_code = 2

    def __init__(self, tool: str, todo: str) -> None:
        self.tool, self.todo = tool, todo
        super().__init__(f"这台机器上没有 {tool}。{todo}")

    def __reduce__(self) -> tuple[type[MissingToolError], tuple[str, str]]:
        """Keep the fields when the error crosses a process."""
        return type(self), (self.tool, self.todo)


_SYSTEM_REASONS = {
    errno.ENOENT: ("在的文件或文件夹", "没有找到", "检查路径。"),
    errno.EACCES: ("可以读写的地方", "没有权限", "换一个文件夹，或请管理员开放权限。"),
    errno.EPERM: ("可以读写的地方", "没有权限", "换一个文件夹，或请管理员开放权限。"),
    errno.EROFS: ("可以写的地方", "只读的磁盘", "换一个文件夹。"),
    errno.EISDIR: ("文件", "文件夹", "检查路径。"),
    errno.ENOTDIR: ("文件夹", "文件", "检查路径。"),
    errno.EEXIST: ("新的名字或文件夹", "已经有同名的文件", "换一个名字。"),
    errno.ENAMETOOLONG: ("短一些的路径", "太长的路径", "换一个短的名字。"),
    errno.ELOOP: ("文件或文件夹", "绕回自己的链接", "检查路径。"),
    errno.ENOSPC: ("有空地方的磁盘", "磁盘满了", "腾出空间后再运行一次。"),
    errno.EIO: ("能读写的磁盘", "读写到一半出错", "换一个地方再试，或检查 U 盘、网络盘。"),
}
_NAMELESS = (errno.ENOSPC, errno.EIO)  # reading and writing an open file name no path


def from_system(error: Exception) -> InputError | None:
    """A refusal of the file system as an input error; None when it names no file or is of another kind."""
    if isinstance(error, RuntimeError) and str(error).startswith("Symlink loop"):  # pathlib before 3.13
        return InputError("给出的路径", *_SYSTEM_REASONS[errno.ELOOP])
    if not isinstance(error, OSError):
        return None
    reason = _SYSTEM_REASONS.get(error.errno or 0)
    if reason is not None and error.filename is None and error.errno in _NAMELESS:
        return InputError("读写文件", *reason)
    if reason is None or error.filename is None:
        return None
    where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(error.filename)
    if len(where) > _LONGEST_PLACE:
        where = where[:_LONGEST_PLACE] + "…"
    return InputError(where, *reason)


_HAN = re.compile(r"[\u3400-\u9fff]")
_PLACE = re.compile(r"at line (\d+), column (\d+)")
_SAID = {  # words of Python's own readers -> ours
    "integer string conversion": "有一个数太长",
    "end of document": "到末尾还没有写完",
    "field larger than": "有一格太长，多半是引号没有成对",
    "unexpected end of data": "到末尾还没有写完，多半是引号没有成对",
    "expected after": "引号后面多出了字",
    "not a zip file": "不是 zip，或者没有传完",
    "file header": "没有传完",
    "CRC": "有文件的内容传坏了",
    "compress": "用了不认得的压缩方法",
}


def unreadable(error: Exception) -> str:
    """In Chinese and with the place, why a reader of Python (JSON, TOML, CSV, zip, the disk) did not get on."""
    if isinstance(error, RecursionError):
        return "嵌套太深"
    if isinstance(error, UnicodeDecodeError):
        return f"第 {error.start + 1} 个字节起不是 UTF-8 文字"
    if isinstance(error, json.JSONDecodeError):
        return _json_place(error)
    if isinstance(error, OSError) and error.errno:
        return _SYSTEM_REASONS.get(error.errno, ("", f"读写不了（系统代码 {error.errno}）"))[1]
    text = str(error)
    place = _PLACE.search(text)
    if place:
        return f"第 {place[1]} 行第 {place[2]} 个字符起读不懂"
    if _HAN.search(text):
        return text[:80]
    return next((ours for theirs, ours in _SAID.items() if theirs in text), "内容坏了")


def _json_place(error: json.JSONDecodeError) -> str:
    if not error.doc.strip():
        return "文件是空的"
    if error.msg.startswith("Unterminated") or not error.doc[error.pos :].strip():
        return f"到第 {error.doc.rstrip().count(chr(10)) + 1} 行就断了，多半没有存完或没有传完"
    what = "后面是多出来的内容" if error.msg.startswith("Extra") else "起读不懂"
    return f"第 {error.lineno} 行第 {error.colno} 个字符{what}"
