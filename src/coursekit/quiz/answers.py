"""The learner's `answers.json`: one file per assignment, written whole at every answer, never half.

The file carries a seal (a digest of its content). A hand-edited file no longer fits its seal and is
flagged when marked; the seal is a tripwire, not a lock: the learner's own machine can always compute it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coursekit.swap import swap

FILE_NAME = "answers.json"
SCHEMA = 1


def utc_now() -> datetime:
    """The clock of the machine, in UTC."""
    return datetime.now(UTC)


def seal_of(content: Mapping[str, Any]) -> str:
    """Digest of an answer file's content, the seal itself left out."""
    rest = {key: value for key, value in content.items() if key != "seal"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def edited(content: Mapping[str, Any]) -> bool:
    """Whether an answer file is not as an answer page left it: its seal does not fit, or a sat paper has none."""
    if content.get("edited"):
        return True
    return content["seal"] != seal_of(content) if "seal" in content else "paper" in content


def find_learner(folder: Path) -> dict[str, str]:
    """`learner.json` of the folder or of a folder above it; empty when there is none."""
    for place in (folder, *folder.resolve().parents):
        try:
            data = json.loads((place / "learner.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(data, dict) and isinstance(data.get("learner"), str):
            return {key: value for key, value in data.items() if isinstance(value, str)}
    return {}


class AnswerFile:
    """Reads and writes one `answers.json`.

    Parameters
    ----------
    path : Path
        The file; it need not exist yet.
    assignment, learner : str
        Written into a new file.
    clock : callable
        Gives the time of an answer.
    """

    def __init__(
        self, path: Path, assignment: str, learner: str, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.path, self.assignment, self.learner, self.clock = path, assignment, learner, clock
        self.set_aside: Path | None = None

    def read(self) -> dict[str, Any]:
        """Content of the file, or that of a new one.

        A file that cannot be read is kept under another name (`set_aside`), never overwritten.
        """
        fresh = {"schema": SCHEMA, "assignment": self.assignment, "learner": self.learner, "answers": {}}
        if not self.path.exists():
            return fresh
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict) or not isinstance(content.get("answers"), dict):
            self.set_aside = _aside(self.path)
            return fresh
        if edited(content):
            content["edited"] = True  # or the next click would seal the edit
        return content

    def values(self) -> dict[str, Any]:
        """Saved value by field or item."""
        return {
            name: entry["value"]
            for name, entry in self.read()["answers"].items()
            if isinstance(entry, dict) and "value" in entry
        }

    def save(self, name: str, value: object) -> datetime:
        """Keep the answer of one field at once; gives the time it was kept."""
        now = self.clock()
        content = self.read()
        content["answers"][name] = {"value": value, "at": now.isoformat(timespec="seconds")}
        self._write(content)
        return now

    def update(self, section: str, values: Mapping[str, Any]) -> None:
        """Keep other state of the sitting (start, flags, hand-in) in a section of its own."""
        content = self.read()
        held = content.get(section)
        content[section] = {**(held if isinstance(held, dict) else {}), **values}
        self._write(content)

    def _write(self, content: dict[str, Any]) -> None:
        content["seal"] = seal_of(content)
        write_atomic(self.path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_atomic(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        swap(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _aside(path: Path) -> Path:
    number = 1
    while (target := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    path.replace(target)
    return target
