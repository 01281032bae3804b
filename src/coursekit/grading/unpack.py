"""Reads what a person sent (zip, notebook or folder) into memory, bounded and without touching a path of theirs.

Nothing is ever extracted to a name found inside an archive, so a hostile name can harm nothing; it is
refused all the same, because an honest hand-in has none.
"""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from coursekit.errors import InputError, unreadable

_JUNK_NAMES = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini", "System Volume Information"})
_JUNK_SUFFIXES = (".pyc", ".tmp", ".crdownload", ".part")
_CHUNK = 1 << 16
_LISTED = b"PK\x01\x02"  # begins each name in a zip's list
_OTHER_ARCHIVES = {b"Rar!": "rar 压缩包", b"7z\xbc\xaf": "7z 压缩包", b"\x1f\x8b": "gz 压缩包"}


@dataclass(frozen=True)
class Limits:
    """How much one sent file may hold.

    Parameters
    ----------
    one : int
        Size of one file inside. [byte]
    total : int
        Size of everything inside, unpacked. [byte]
    entries : int
        Number of entries.
    names : int
        Names in the list of one zip, litter included.
    depth : int
        Zips within zips that are opened.
    """

    one: int = 32 << 20
    total: int = 256 << 20
    entries: int = 5000
    names: int = 20_000
    depth: int = 2


@dataclass
class Bundle:
    """What one sent file holds: names with `/`, contents, the time each one reached the trainer.

    `refused` names parts that were left out with the reason, `notes` what was left out harmlessly.
    """

    origin: str
    files: dict[str, bytes] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0
    count: int = 0


def is_junk(name: str) -> bool:
    """Whether a name is left behind by an operating system or by Jupyter, not written by the learner."""
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "~$")) or part in _JUNK_NAMES for part in parts)
    return hidden or name.lower().endswith(_JUNK_SUFFIXES)


def unpack(path: Path, limits: Limits | None = None) -> Bundle:
    """Contents of the zip, notebook or folder `path`.

    Raises
    ------
    InputError
        If it is no such thing, damaged, encrypted, too large, or holds a name that leads outside.
    """
    limits = limits or Limits()
    bundle = Bundle(path.name)
    try:
        kind = path.lstat()
        if stat.S_ISLNK(kind.st_mode):
            raise _fault(path.name, "文件本身", "一个指向别处的链接", "请把原文件发来。")
        if stat.S_ISDIR(kind.st_mode):
            _read_folder(path, bundle, limits)
        elif stat.S_ISREG(kind.st_mode):
            _read_file(path, kind, bundle, limits)
        else:
            raise _fault(path.name, "普通文件或文件夹", "管道或设备")
    except OSError as error:
        raise _fault(path.name, "能读的文件", unreadable(error)) from error
    return bundle


def _fault(where: str, expected: str, got: str, todo: str = "") -> InputError:
    return InputError(where, expected, got, todo)


def _read_file(path: Path, kind: os.stat_result, bundle: Bundle, limits: Limits) -> None:
    if kind.st_size > limits.total:
        raise _fault(
            path.name, f"不超过 {_mb(limits.total)} 的文件", _mb(kind.st_size), "请只交本次作业的文件夹。"
        )
    with path.open("rb") as stream:
        head = stream.read(8)
    lower = path.name.lower()
    if head.startswith(b"PK") and not lower.endswith(".ipynb"):
        _read_zip(path.read_bytes(), "", bundle, limits, kind.st_mtime)
    elif lower.endswith(".ipynb"):
        _add(path.name, _bounded(path, kind.st_size, limits), kind.st_mtime, bundle, limits)
    elif lower.endswith(".zip"):
        got = "空文件" if not kind.st_size else "不是 zip 的内容"
        raise _fault(path.name, "zip 压缩包", got, "文件多半没有传完，请学员重新打包再发。")
    else:
        got = next((text for magic, text in _OTHER_ARCHIVES.items() if head.startswith(magic)), "别的文件")
        raise _fault(path.name, "zip 压缩包、.ipynb 或文件夹", got, "请学员用“交作业”生成的 zip。")


def _bounded(path: Path, size: int, limits: Limits) -> bytes:
    if size > limits.one:
        raise _fault(
            path.name, f"不超过 {_mb(limits.one)} 的文件", _mb(size), "多半是输出太多，请学员清空输出后再交。"
        )
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        return stream.read(limits.one)


def _mb(size: int) -> str:
    return f"{size / (1 << 20):.0f} MB"


def _add(name: str, data: bytes, when: float, bundle: Bundle, limits: Limits) -> None:
    _weigh(data, bundle, limits)
    bundle.files[name] = data
    bundle.times[name] = when


def _weigh(data: bytes, bundle: Bundle, limits: Limits) -> None:
    bundle.size += len(data)
    if bundle.size > limits.total:
        raise _fault(bundle.origin, f"展开后不超过 {_mb(limits.total)}", "更多", "请只交本次作业的文件夹。")


def _count(bundle: Bundle, limits: Limits) -> None:
    bundle.count += 1
    if bundle.count > limits.entries:
        raise _fault(bundle.origin, f"不超过 {limits.entries} 个文件", "更多", "请只交本次作业的文件夹。")


def _read_folder(folder: Path, bundle: Bundle, limits: Limits) -> None:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        for entry in sorted(os.scandir(current), key=lambda item: item.name):
            name = unicodedata.normalize("NFC", Path(entry.path).relative_to(folder).as_posix())
            if is_junk(name):
                continue
            _count(bundle, limits)
            kind = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(kind.st_mode):
                waiting.append(Path(entry.path))
            elif stat.S_ISREG(kind.st_mode):
                data = _bounded(Path(entry.path), kind.st_size, limits)
                _add_or_open(name, data, kind.st_mtime, bundle, limits)
            else:
                bundle.notes.append(f"{name} 是链接或设备，没有收")


def _add_or_open(name: str, data: bytes, when: float, bundle: Bundle, limits: Limits, depth: int = 0) -> None:
    if not (name.lower().endswith(".zip") and data.startswith(b"PK")):
        _add(name, data, when, bundle, limits)
    elif depth >= limits.depth:
        bundle.refused.append((name, f"压缩包套了 {depth + 1} 层，只打开 {limits.depth} 层"))
    else:
        _weigh(data, bundle, limits)
        try:
            _read_zip(data, name + "/", bundle, limits, when, depth + 1)
        except InputError as error:
            bundle.refused.append((name, str(error)))


def _read_zip(data: bytes, prefix: str, bundle: Bundle, limits: Limits, when: float, depth: int = 0) -> None:
    where = prefix.rstrip("/") or bundle.origin
    if data.count(_LISTED) > limits.names:  # reading the list alone would take long, and much memory
        raise _fault(where, f"不超过 {limits.names} 个名字", "更多", "请只交本次作业的文件夹。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                name = _safe_name(info, where)
                if info.is_dir() or is_junk(name):
                    continue
                _count(bundle, limits)
                if stat.S_ISLNK(info.external_attr >> 16):
                    bundle.notes.append(f"{name} 是链接，没有收")
                    continue
                content = _inflate(archive, info, where, limits, limits.total - bundle.size)
                _add_or_open(prefix + name, content, when, bundle, limits, depth)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise _fault(
            where, "完整的 zip 压缩包", f"打不开（{unreadable(error)}）", "请学员重新打包再发。"
        ) from error


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, limits: Limits, room: int) -> bytes:
    allowed = min(limits.one, room)
    if info.flag_bits & 0x1:
        raise _fault(where, "没有密码的压缩包", "有密码", "请学员不设密码重新打包。")
    if info.file_size > allowed:
        raise _fault(where, f"里面每个文件不超过 {_mb(limits.one)}，合计不超过 {_mb(limits.total)}",
                     f"{_entry_name(info)} 展开后 {_mb(info.file_size)}", "请只交本次作业的文件夹。")  # fmt: skip
    parts, size = [], 0
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > allowed:  # the header told a smaller size than came out
                raise _fault(where, "与目录相符的大小", f"{_entry_name(info)} 越展越大")
            parts.append(chunk)
    return b"".join(parts)


def _entry_name(info: zipfile.ZipInfo) -> str:
    """Name of an entry; zips from Chinese Windows hold GBK bytes without saying so."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _safe_name(info: zipfile.ZipInfo, where: str) -> str:
    name = _entry_name(info)
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\0" in name
    if outside or not path.parts:
        raise _fault(
            where,
            "只含自己文件夹里的文件",
            f"指向外面的名字 {name[:60]!r}",
            "不要打开这个压缩包，请问学员是怎样打包的。",
        )
    return path.as_posix()
