"""Read what somebody else wrote: the files of one hand-in, without trusting any of them."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.errors import unreadable
from coursekit.grading.outputs import BASE64, PICTURES

MAX_CELLS = 2000
MAX_FILES = 500


class UnreadableError(Exception):
    """A notebook that cannot be graded; the message says why, in Chinese."""


@dataclass(frozen=True)
class FoundFile:
    """A regular file of a hand-in, by its path inside."""

    name: str
    path: Path
    size: int


def regular_files(folder: Path) -> Iterator[FoundFile]:
    """Regular files below `folder`: no links of any kind, no devices, at most `MAX_FILES`."""
    count = 0
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if _is_folder(Path(here) / name))
        for name in sorted(files):
            path = Path(here) / name
            info = _info(path)
            if info is None or not stat.S_ISREG(info.st_mode) or info.st_nlink > 1:
                continue
            count += 1
            if count > MAX_FILES:
                return
            yield FoundFile(path.relative_to(folder).as_posix(), path, info.st_size)


def _info(path: Path) -> os.stat_result | None:
    """What the disk says of a path; None if it says nothing: a path too long, a file just gone."""
    try:
        return path.lstat()
    except OSError:
        return None


def _is_folder(path: Path) -> bool:
    info = _info(path)
    return info is not None and stat.S_ISDIR(info.st_mode)


def links(folder: Path) -> list[str]:
    """Names of links in a hand-in, symbolic or hard: they are never followed."""
    found = []
    for here, folders, files in os.walk(folder, followlinks=False):
        for name in (*folders, *files):
            path = Path(here) / name
            info = _info(path)
            if info is None:
                continue
            if stat.S_ISLNK(info.st_mode) or (stat.S_ISREG(info.st_mode) and info.st_nlink > 1):
                found.append(path.relative_to(folder).as_posix())
    return sorted(found)


def digest(folder: Path, limit: int) -> str:
    """SHA-256 over names and bytes of a hand-in; files above `limit` bytes count by size only.

    So do those that cannot be read: grading will say so of this hand-in, and the others go on.
    """
    total = hashlib.sha256()
    for file in regular_files(folder):
        total.update(f"{file.name}\0{file.size}\0".encode("utf-8", "surrogateescape"))
        if file.size <= limit:
            total.update(_file_digest(file.path))
    for name in links(folder):
        total.update(f"link {name}".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _file_digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(read_bytes(path)).digest()
    except OSError:
        return b"unreadable"


def read_bytes(path: Path) -> bytes:
    """Bytes of a regular file; a link raises OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        return file.read()


def read_notebook(path: Path, limit_mb: float) -> dict[str, Any]:
    """Parse a hand-in's notebook into plain cells.

    Parameters
    ----------
    path : Path
        The file.
    limit_mb : float
        Largest size that is opened at all [MB].

    Returns
    -------
    dict
        nbformat 4 with every cell's `source` a string and its `metadata` a dict.

    Raises
    ------
    UnreadableError
        For everything that is not such a notebook.
    """
    try:
        info = path.lstat()
    except OSError:
        raise UnreadableError("没有交这个笔记本") from None
    if not stat.S_ISREG(info.st_mode) or info.st_nlink > 1:
        raise UnreadableError("交上来的是链接，不是文件")
    if info.st_size > limit_mb * 1e6:
        raise UnreadableError(f"文件 {info.st_size / 1e6:.0f} MB，超过 {limit_mb:g} MB")
    raw = read_bytes(path)
    if not raw.strip():
        raise UnreadableError("文件是空的")
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"不是完整的 JSON（{unreadable(error)}）") from None
    return plain_notebook(data)


def plain_notebook(data: Any) -> dict[str, Any]:
    """Parsed JSON as a notebook of plain cells, or `UnreadableError`."""
    if not isinstance(data, dict):
        raise UnreadableError("不是 Jupyter 笔记本")
    if data.get("nbformat") != 4:
        data = _upgraded(data)
    cells = data.get("cells")
    if not isinstance(cells, list):
        raise UnreadableError("不是 Jupyter 笔记本：没有 cells")
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"有 {len(cells)} 个单元，超过 {MAX_CELLS} 个")
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [_cell(n, c) for n, c in enumerate(cells)],
    }


def _upgraded(data: dict[str, Any]) -> dict[str, Any]:
    import nbformat

    try:
        return dict(nbformat.convert(nbformat.from_dict(data), 4))
    except Exception as error:
        raise UnreadableError(
            f"笔记本格式版本 {data.get('nbformat')!r} 读不了（{type(error).__name__}）"
        ) from None


def _cell(number: int, cell: Any) -> dict[str, Any]:
    if not isinstance(cell, dict):
        raise UnreadableError(f"第 {number + 1} 个单元不是对象")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise UnreadableError(f"第 {number + 1} 个单元没有文字内容")
    metadata = cell.get("metadata")
    kind = cell.get("cell_type")
    found: dict[str, Any] = {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "raw",
        "source": source.encode("utf-8", "replace").decode(),
        "metadata": metadata if isinstance(metadata, dict) else {},
    }
    pictures = _pictures(cell.get("attachments")) if kind == "markdown" else {}
    if pictures:
        found["attachments"] = pictures
    return found


def _pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """Pictures pasted into a text cell; anything else there would break the page that shows it."""
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        for kind, data in bundle.items() if isinstance(bundle, dict) else ():
            text = "".join(data) if isinstance(data, list) and all(isinstance(x, str) for x in data) else data
            if kind in PICTURES and isinstance(text, str) and BASE64.fullmatch(text):
                kept[str(name).encode("utf-8", "replace").decode()] = {kind: text}
    return kept
