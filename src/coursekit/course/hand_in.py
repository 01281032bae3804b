"""Pack one assignment folder into the one file a learner sends."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from coursekit.course import learner
from coursekit.course.files import write_whole
from coursekit.course.workspace import digest
from coursekit.errors import InputError, unreadable

ANSWERS_FILE = "answers.json"
_TIMESTAMP = "timestamp.txt"  # the name nbgrader's own collectors read


@dataclass(frozen=True)
class HandIn:
    """A packed hand-in.

    `state` tells how it relates to the pack that lay there before (`held_back`: it differs, and was not
    replaced); `saved` is when the notebook in it was last written [UTC]; `untouched` whether nothing was
    answered at all; `before` when the earlier pack was made [UTC].
    """

    path: Path
    state: Literal["new", "identical", "replaced", "held_back"]
    saved: datetime
    untouched: bool
    before: datetime | None = None


def pack(
    folder: Path, target: Path, now: datetime, released: Path | None = None, *, replace: bool = True
) -> HandIn:
    """Pack the assignment in `folder` into `target` (a folder), as `交作业_<id>_<slug>.zip`.

    Only the notebook, the answers and the learner's id go in. An identical pack is left as it is, and
    without `replace` so is one of other content.

    Raises
    ------
    InputError
        If the notebook is missing or broken, or nobody is signed in.
    """
    slug = folder.name
    notebook = folder / f"{slug}.ipynb"
    if not notebook.is_file():
        raise InputError(
            str(folder), f"练习文件夹，里面有 {slug}.ipynb", "没有", "请看练习的名字有没有写错。"
        )
    who = learner.read(folder)
    if who is None:
        raise InputError("交作业", "先填工号和姓名", "还没有填", "请在欢迎页填好再交。")
    names = (notebook.name, ANSWERS_FILE, learner.LEARNER_FILE)
    files = {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
    broken = _broken(files[notebook.name])
    if broken:
        raise InputError(str(notebook), "一个完整的笔记本", broken, "先存盘（Ctrl+S），再打包一次。")
    path = target / f"交作业_{who.id}_{slug}.zip"
    before = _content(path)
    state: Literal["new", "identical", "replaced", "held_back"] = "new"
    if before is not None:
        state = "replaced" if replace or not before else "held_back"  # half a pack holds nothing to lose
        if _digest(before) == _digest(files):
            state = "identical"
    packed = _packed_at(path)
    if state in ("new", "replaced"):
        write_whole(path, _zip(slug, files, now))
    return HandIn(path, state, _written(notebook), _untouched(notebook, files, released), packed)


def is_whole(data: bytes) -> bool:
    """Whether `data` is a whole notebook; JupyterLab empties a file before it writes it anew."""
    return not _broken(data)


def _broken(data: bytes) -> str:
    """Why `data` is no whole notebook, with the place; empty when it is one."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        return unreadable(error)
    whole = isinstance(content, dict) and isinstance(content.get("cells"), list)
    return "" if whole else "别的内容，不是笔记本"


def _zip(slug: str, files: Mapping[str, bytes], now: datetime) -> bytes:
    buffer = io.BytesIO()
    stamp = now.astimezone(UTC)
    stamped = {**files, _TIMESTAMP: f"{stamp:%Y-%m-%d %H:%M:%S} UTC\n".encode()}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in stamped.items():
            entry = zipfile.ZipInfo(f"{slug}/{name}", stamp.timetuple()[:6])
            archive.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _content(path: Path) -> dict[str, bytes] | None:
    """Files of the pack at `path`; None when there is none, empty when it cannot be read."""
    if not path.is_file():
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                name.rsplit("/", 1)[-1]: archive.read(name)
                for name in archive.namelist()
                if not name.endswith(_TIMESTAMP)
            }
    except (zipfile.BadZipFile, OSError, EOFError, ValueError):
        return {}


def _packed_at(path: Path) -> datetime | None:
    """When the pack at `path` was made, as it says itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            name = next(name for name in archive.namelist() if name.endswith(_TIMESTAMP))
            text = archive.read(name).decode().strip().removesuffix(" UTC")
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, StopIteration):
        return None


def _digest(files: Mapping[str, bytes]) -> str:
    parts = [f"{name} {digest(name, data)}" for name, data in sorted(files.items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _untouched(notebook: Path, files: Mapping[str, bytes], released: Path | None) -> bool:
    if _answers(files.get(ANSWERS_FILE, b"{}")) or released is None or not released.is_file():
        return False
    return digest(notebook.name, files[notebook.name]) == digest(released.name, released.read_bytes())


def _answers(data: bytes) -> int:
    """How many form fields are filled in."""
    try:
        content = json.loads(data)
        return len(content["answers"]) if isinstance(content, dict) and "answers" in content else 0
    except (ValueError, TypeError, RecursionError):
        return 1  # something is there, whatever it is


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
