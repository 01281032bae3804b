"""Sources to notebooks: lessons as they are, exercises as the learner gets them.

`plan` reads sources and says what every built file must hold and which sources have faults; `write` puts
the sound ones on the disk, `stale` compares bytes. Nothing else of the kit writes into `notebooks/` or `assignments/exercises/`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from coursekit.course.cells import cut_release, from_percent, to_text
from coursekit.course.files import read_text, write_whole
from coursekit.course.leaks import broken_cells, leaked, secret_lines
from coursekit.errors import ContentError, InputError, unreadable


def source_notebook(folder: Path) -> NotebookNode:
    """The instructor's notebook of the exercise in `folder`, with solutions and hidden tests."""
    source = folder / "exercise.py"
    return from_percent(read_text(source), str(source))


def release_notebook(folder: Path) -> NotebookNode:
    """The learner's notebook of the exercise in `folder`.

    Raises
    ------
    ContentError
        If nbgrader refuses the source, a cut cell is no valid Python, or a secret line shows.
    """
    source = source_notebook(folder)
    release = cut_release(source, str(folder / "exercise.py"))
    key = folder / "key.py"
    secrets = secret_lines(source, read_text(key) if key.is_file() else "")
    shown = [cell.source for cell in release.cells]
    shown += [read_text(path) for path in _shown_beside(folder)]
    faults = broken_cells(release)
    faults += [f"学员版里能看到答案或隐藏检查的一行：{line[:60]}" for line in leaked(secrets, shown)]
    if faults:
        raise ContentError(str(folder), faults)
    return release


def about(folder: Path) -> dict[str, Any]:
    """What `about.toml` says of the exercise in `folder`: title, tables, what is measured.

    Raises
    ------
    ContentError
        If the file is no TOML.
    """
    path = folder / "about.toml"
    try:
        return tomllib.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise ContentError(str(path), [f"不是 TOML：{unreadable(error)}"]) from error


def _shown_beside(folder: Path) -> list[Path]:
    return [path for path in (folder / "form.yaml", folder / "about.toml") if path.is_file()]


def lesson_notebook(source: Path) -> NotebookNode:
    """The notebook of the lesson whose percent source is `source`."""
    return from_percent(read_text(source), str(source))


def exercise_folders(root: Path) -> list[Path]:
    """Folders of exercises and cases with a source, in teaching order."""
    found = [path.parent for path in (root / "assignments").glob("*/*/exercise.py")]
    return sorted(found, key=lambda folder: (folder.parent.name != "exercises", folder.name))


@dataclass(frozen=True)
class Plan:
    """What the built notebooks must hold, by path, and the faults of sources that cannot be built."""

    built: Mapping[Path, str]
    faults: tuple[str, ...]
    targets: frozenset[Path]


def plan(root: Path) -> Plan:
    """What every built notebook under `root` must hold; a faulty source keeps no other from being built."""
    built: dict[Path, str] = {}
    faults: list[str] = []
    targets = dict(_targets(root))
    for target, make in targets.items():
        try:
            built[target] = to_text(make())
        except ContentError as error:
            faults += [f"{short(Path(error.where), root)}:{fault}" for fault in error.faults]
        except InputError as error:
            faults.append(str(error))
    return Plan(built, tuple(faults), frozenset(targets))


def _targets(root: Path) -> Iterator[tuple[Path, Callable[[], NotebookNode]]]:
    folder = root / "notebooks"
    for source in sorted([*folder.glob("[0-9][0-9]_*.py"), *folder.glob("practice.py")]):
        yield source.with_suffix(".ipynb"), partial(lesson_notebook, source)
    for folder in exercise_folders(root):
        yield folder / f"{folder.name}.ipynb", partial(release_notebook, folder)


def write(built: Mapping[Path, str]) -> list[Path]:
    """Write the notebooks that differ; give back which."""
    changed = stale(built)
    for path in changed:
        write_whole(path, built[path].encode())
    return changed


def stale(built: Mapping[Path, str]) -> list[Path]:
    """The notebooks whose bytes on the disk are not those of their source."""
    return [path for path, text in built.items() if not path.is_file() or path.read_bytes() != text.encode()]


def orphans(root: Path, targets: frozenset[Path]) -> list[Path]:
    """Notebooks under `root` that no source makes."""
    found = [*(root / "notebooks").glob("*.ipynb"), *(root / "assignments").glob("*/*/*.ipynb")]
    return sorted(path for path in found if path not in targets)


def short(path: Path, root: Path) -> str:
    """`path` as an author names it, from the content folder on."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
