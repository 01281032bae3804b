"""Keeps hand-ins and records on disk: atomic, and never over an earlier hand-in without keeping it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PRIVATE = ".coursekit"


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and contents of a hand-in."""
    total = hashlib.sha256()
    for name in sorted(files):
        inner = hashlib.sha256(files[name]).hexdigest()
        total.update(f"{len(name)}:{name}:{inner}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a record whole or not at all."""
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n"
    write_bytes(path, text.encode("utf-8", "replace"))  # it may quote a file's name that is no text


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_json(path: Path) -> dict[str, Any] | None:
    """A record of ours, or None when it is not there or not whole."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def put_folder(files: Mapping[str, bytes], target: Path, scratch: Path, keep_old: Path | None) -> None:
    """Make `target` a folder of exactly `files`; the folder it replaces is moved to `keep_old`.

    The new folder is complete before the old one moves. Should the machine stop between the two
    renames, `mend` finds the note left in `scratch` and finishes.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    token = uuid.uuid4().hex
    staged = scratch / token
    for name, data in files.items():
        path = staged / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        staged.rename(target)
        return
    note = scratch / f"{token}.json"
    old = _free(keep_old) if keep_old else scratch / f"{token}.old"
    write_json(note, {"staged": str(staged), "target": str(target), "old": str(old)})
    _swap(staged, target, old)
    note.unlink()
    if keep_old is None:
        shutil.rmtree(old, ignore_errors=True)


def _free(path: Path) -> Path:
    """The path, or the first numbered one beside it that nothing stands at."""
    names = (path if number == 1 else path.with_name(f"{path.name}-{number}") for number in range(1, 10_000))
    return next(name for name in names if not name.exists())


def _swap(staged: Path, target: Path, old: Path) -> None:
    if target.exists() and not old.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        target.rename(old)
    if not target.exists():
        staged.rename(target)


def mend(scratch: Path) -> None:
    """Finish what a stopped run left half done, and clear its leftovers."""
    if not scratch.is_dir():
        return
    for note in scratch.glob("*.json"):
        record = read_json(note)
        if record and Path(record["staged"]).is_dir():
            _swap(Path(record["staged"]), Path(record["target"]), Path(record["old"]))
        note.unlink(missing_ok=True)
    for rest in scratch.iterdir():
        if rest.is_dir():
            shutil.rmtree(rest, ignore_errors=True)
        else:
            rest.unlink(missing_ok=True)
