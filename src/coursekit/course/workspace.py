"""The learner's folder: what belongs there, and how a new version comes without loss.

`00_welcome.ipynb` at the top, lessons in `课程/`, one folder per exercise in `练习/`, the learner's
id in `learner.json`. A manifest in `.coursekit/` holds the digest of everything delivered; what a
learner has changed since is kept, and the new version is put beside it under a clear name.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from coursekit.course import learner
from coursekit.course.due import cell_due
from coursekit.course.files import write_whole
from coursekit.course.learner import Learner
from coursekit.errors import InputError

KIT_FOLDER = ".coursekit"
LESSONS, EXERCISES, CASES = "课程", "练习", "案例"
WELCOME = "00_welcome.ipynb"
PRACTICE = "practice.ipynb"
_MANIFEST = "manifest.json"
_EXERCISE_FILES = ("*.ipynb", "form.yaml", "*.png", "*.svg")


@dataclass(frozen=True)
class Refresh:
    """What a refresh did; every entry is a path inside the workspace.

    `kept` are files the learner changed for which no newer version exists; `beside` maps a changed
    file to the new version placed next to it.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {
            "added": list(self.added),
            "updated": list(self.updated),
            "kept": list(self.kept),
            "beside": [{"yours": yours, "new": new} for yours, new in self.beside],
        }


def wanted(root: Path) -> dict[str, Path]:
    """Files a learner gets from the content folder `root`: path inside the workspace -> source.

    An allow-list, so that sources, keys and test banks of a checkout stay behind.
    """
    files = {}
    for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb")):
        files[path.name if path.name == WELCOME else f"{LESSONS}/{path.name}"] = path
    if (root / "notebooks" / PRACTICE).is_file():
        files[PRACTICE] = root / "notebooks" / PRACTICE
    for kind, place in (("exercises", EXERCISES), ("cases", CASES)):
        for folder in sorted((root / "assignments" / kind).glob("*/")):
            if not (folder / f"{folder.name}.ipynb").is_file():
                continue
            for path in sorted({p for pattern in _EXERCISE_FILES for p in folder.glob(pattern)}):
                files[f"{place}/{folder.name}/{path.name}"] = path
    return files


def find(start: Path) -> Path | None:
    """The workspace that holds `start`, None outside of any."""
    return next((p for p in (start, *start.parents) if (p / KIT_FOLDER / _MANIFEST).is_file()), None)


def refresh(folder: Path, root: Path) -> Refresh:
    """Make or refresh the workspace `folder` from the content folder `root`.

    Raises
    ------
    InputError
        If `folder` is a file or cannot be written to.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(str(folder), "一个文件夹（可以还不存在）", "一个文件", "请换一个名字。")
    delivered = _read_manifest(folder)
    done = _Outcome()
    for name, source in wanted(root).items():
        _deliver(folder, name, source.read_bytes(), delivered, done)
    text = json.dumps(delivered, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(folder / KIT_FOLDER / _MANIFEST, (text + "\n").encode())
    return done.frozen()


class _Outcome:
    """Collects what happened to each file."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.updated: list[str] = []
        self.kept: list[str] = []
        self.beside: list[tuple[str, str]] = []

    def frozen(self) -> Refresh:
        return Refresh(tuple(self.added), tuple(self.updated), tuple(self.kept), tuple(self.beside))


def _deliver(folder: Path, name: str, data: bytes, delivered: dict[str, str], done: _Outcome) -> None:
    """Put one file in place, or beside the learner's changed one; note what was delivered."""
    target, new = folder / name, digest(name, data)
    if not target.exists():
        write_whole(target, data)
        delivered[name] = new
        done.added.append(name)
        return
    present = digest(name, target.read_bytes())
    if present == new:
        delivered[name] = new
    elif present == delivered.get(name):
        write_whole(target, data)
        delivered[name] = new
        done.updated.append(name)
    elif delivered.get(name) == new:
        done.kept.append(name)
    else:
        done.beside.append((name, _deliver_beside(folder, name, data, delivered)))


def _deliver_beside(folder: Path, name: str, data: bytes, delivered: dict[str, str]) -> str:
    """Place the new version next to a changed file; never over another changed file."""
    path, new = PurePosixPath(name), digest(name, data)
    for number in range(1, 1000):
        beside = str(path.with_name(f"{path.stem}（新版{'' if number == 1 else number}）{path.suffix}"))
        target = folder / beside
        present = digest(name, target.read_bytes()) if target.exists() else None
        if present not in (None, new, delivered.get(beside)):
            continue
        if present != new:
            write_whole(target, data)
        delivered[beside] = new
        return beside
    raise InputError(name, "不到一千个旧的新版", "更多", "请删掉一些“新版”文件。")


def digest(name: str, data: bytes) -> str:
    """SHA-256 of what a person writes in a file: of a notebook the cells, not results of a run or a due date."""
    if name.endswith(".ipynb"):
        try:
            cells = [
                [cell["cell_type"], "".join(cell["source"]), cell.get("attachments", {})]
                for cell in json.loads(data)["cells"]
                if cell_due(cell) is None
            ]
            data = json.dumps(cells, ensure_ascii=False, sort_keys=True).encode()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass  # no notebook any more: the learner's bytes count as they are
    return hashlib.sha256(data).hexdigest()


def _read_manifest(folder: Path) -> dict[str, str]:
    """Digests delivered so far; a lost or broken manifest only means that more is kept."""
    try:
        content = json.loads((folder / KIT_FOLDER / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in content.items()} if isinstance(content, dict) else {}


def assignment_folders(folder: Path) -> list[Path]:
    """Folders of exercises and cases in the workspace, in teaching order."""
    return [path for place in (EXERCISES, CASES) for path in sorted((folder / place).glob("*/"))]


def sign_in(folder: Path, who: Learner) -> None:
    """Note the learner in the workspace and in every assignment folder."""
    for place in (folder, *assignment_folders(folder)):
        learner.write(place, who)
