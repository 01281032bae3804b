"""Where content lives: a checkout, a folder given by hand, or inside the wheel.

The folders keep the same shape in all three, so that callers never ask which one it is.
"""

from __future__ import annotations

import os
from pathlib import Path

from coursekit.errors import InputError

CONTENT_VARIABLE = "COURSEKIT_CONTENT"
_PACKAGE = Path(__file__).resolve().parent


def _is_content(folder: Path) -> bool:
    return (folder / "notebooks").is_dir() and (folder / "datasets").is_dir()


def content_root() -> Path:
    """Folder that holds `notebooks/`, `assignments/` and `datasets/`.

    Order: the environment variable `COURSEKIT_CONTENT` (set by `--content`), the checkout this
    package is installed from, the copy inside the wheel.

    Raises
    ------
    InputError
        If the named folder, or the installation, holds no content.
    """
    given = os.environ.get(CONTENT_VARIABLE)
    if given:
        folder = Path(given).expanduser().resolve()
        if not _is_content(folder):
            raise InputError(
                str(folder), "放课程内容的文件夹（里面有 notebooks、datasets）", "没有这两个文件夹"
            )
        return folder
    checkout = _PACKAGE.parents[1]
    if (checkout / "pyproject.toml").is_file() and _is_content(checkout):
        return checkout
    wheel = _PACKAGE / "content"
    if _is_content(wheel):
        return wheel
    raise InputError(
        str(_PACKAGE), "随程序安装的课程内容", "没有找到", "请重新安装，或用 --content 指定文件夹。"
    )


def is_authoring() -> bool:
    """Whether sources, keys and test banks are at hand (a checkout), not only the learner's part."""
    return any((content_root() / "assignments" / "exercises").glob("*/exercise.py"))


def notebooks() -> Path:
    """Folder of lessons; `reports/` below it holds report notebooks."""
    return content_root() / "notebooks"


def assignments() -> Path:
    """Folder of exercises, cases, banks, papers and policies."""
    return content_root() / "assignments"


def datasets() -> Path:
    """Folder of shipped tables, their catalogue and the fact register."""
    return content_root() / "datasets"


def policy(name: str) -> Path:
    """Policy file `name` (without `.toml`)."""
    return assignments() / "policy" / f"{name}.toml"
