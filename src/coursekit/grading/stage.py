"""The stage folder of a warm process: hand-ins are laid out in it, and it goes when the process does."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

STAGE = "coursekit-stage-"


def make() -> Path:
    """A new stage folder with this machine's list of fonts; those of runs that were killed are removed."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{STAGE}{os.getpid()}-"))
    _font_cache(folder / "mpl")
    return folder


def _sweep() -> None:
    """Remove stage folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{STAGE}*-*"):
        number = folder.name.removeprefix(STAGE).split("-")[0]
        if not number.isdigit() or folder.is_symlink() or _is_running(int(number)):
            continue
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == os.geteuid():
                shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _font_cache(folder: Path) -> None:
    """Give the warm process this machine's list of fonts, which takes seconds to make."""
    folder.mkdir()
    for path in _matplotlib_cache().glob("fontlist-*.json"):
        shutil.copy(path, folder)


def _matplotlib_cache() -> Path:
    """Where matplotlib keeps it on Linux; asking matplotlib itself would cost a second."""
    if "MPLCONFIGDIR" in os.environ:
        return Path(os.environ["MPLCONFIGDIR"])
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "matplotlib"
