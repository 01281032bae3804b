"""What was not taken in: a copy of it with the reason beside it, until a later hand-in settles it."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from coursekit.grading import store

_MAX_KEPT_FILE = 32 << 20


def keep(folder: Path, path: Path, label: str, reason: str) -> None:
    """Keep a copy of `path` in the quarantine `folder`; one that cannot be read leaves its reason."""
    key = _key(label)
    safe = re.sub(r"[^\w.()-]+", "_", Path(label).name)[-60:]
    with contextlib.suppress(OSError):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= _MAX_KEPT_FILE:
            store.write_bytes(folder / f"{key}_{safe}", path.read_bytes())
    store.write_json(folder / f"{key}.reason.json", {"file": label, "path": str(path), "reason": reason})


def forget(folder: Path, labels: Iterable[str]) -> None:
    """Clear what has now been taken in."""
    for label in labels:
        for path in folder.glob(f"{_key(label)}[_.]*"):
            path.unlink()


def _key(label: str) -> str:
    return hashlib.sha256(label.encode("utf-8", "surrogateescape")).hexdigest()[:8]
