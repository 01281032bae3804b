"""What the kit needs of a machine, and whether it is there."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coursekit import resources
from coursekit.errors import CoursekitError

PACKAGES = ("jupyterlab", "nbgrader", "pandas", "ipywidgets", "matplotlib", "papermill")
EXTRAS = {"psycopg": "postgres", "distributed": "cluster", "voila": "voila"}


@dataclass(frozen=True)
class Check:
    """One thing looked for: whether it is there, and what to type when it is not."""

    name: str
    ok: bool
    required: bool
    detail: str
    todo: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for `--json`."""
        return asdict(self)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", sys.version_info >= (3, 11), True, version, "请安装 Python 3.11 或更新的版本。")


def _package(name: str, todo: str, required: bool) -> Check:
    try:
        return Check(name, True, required, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Check(name, False, required, "没有安装", todo)


def _content() -> Check:
    try:
        root = resources.content_root()
    except CoursekitError as error:
        return Check("课程内容", False, True, str(error), "请重新安装 coursekit。")
    side = "含题源与答案（培训师用）" if resources.is_authoring() else "学员用，不含答案"
    return Check("课程内容", True, True, f"{root}（{side}）")


def _alembic() -> Check:
    scripts = Path(sysconfig.get_path("scripts"))
    found = shutil.which("alembic", path=str(scripts)) or shutil.which("alembic")
    return Check("alembic", bool(found), True, found or "没有找到", "请重新安装：uv pip install alembic")


def _sealing() -> Check:
    if not sys.platform.startswith("linux"):
        return Check(
            "bubblewrap", False, False, "只在 Linux 上有", "评分请在 Linux 上做；本机可以学习和练习。"
        )
    found = shutil.which("bwrap")
    todo = "评分时学员的代码要隔离运行。Debian/Ubuntu：sudo apt-get install bubblewrap"
    return Check("bubblewrap", bool(found), False, found or "没有安装", todo)


def _memory() -> Check:
    place = None
    if sys.platform.startswith("linux"):
        from coursekit.grading import memory_cap

        place = memory_cap.parent()
    todo = "每个进程各有上限，只是合起来没有；要有，请让这个用户能建控制组（cgroup）。"
    return Check("批改的内存上限", place is not None, False, "按控制组" if place else "没有总的上限", todo)


def _browser() -> Check:
    names = ("chromium", "chromium-browser", "google-chrome", "firefox", "msedge")
    found = next(filter(None, map(shutil.which, names)), None)
    return Check(
        "浏览器", bool(found), False, found or "没有找到", "Windows 和 macOS 自带浏览器即可，可以不管这一行。"
    )


def checkup() -> list[Check]:
    """Look at the machine; required things first."""
    single: list[Callable[[], Check]] = [_python, _content, _alembic]
    reinstall = "请重新安装：uv pip install --reinstall coursekit"
    return [
        *(look() for look in single),
        *(_package(name, reinstall, True) for name in PACKAGES),
        *(
            _package(name, f"用到时再装：uv pip install 'coursekit[{extra}]'", False)
            for name, extra in EXTRAS.items()
        ),
        _sealing(),
        _memory(),
        _browser(),
    ]
