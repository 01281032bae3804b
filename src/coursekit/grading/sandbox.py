"""The seal around the warm process: what bubblewrap mounts, and whether this machine has it.

Inside there is a system to read, this Python, this package, the course's tables; no network, no home,
no environment, no course folder, no gradebook.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from coursekit.errors import MissingToolError
from coursekit.resources import content_root

FIRST_UID = 61200
CAPABILITIES = ("SYS_ADMIN", "SETUID", "SETGID", "SETPCAP", "CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL")
ORDINARY = ("SYS_ADMIN", "SETPCAP", "SETFCAP", "DAC_OVERRIDE", "CHOWN")
TODO = (
    "Debian 或 Ubuntu 请以管理员身份运行 apt-get install bubblewrap（Windows 和 macOS 没有它）。"
    "没有隔离时，答卷里的程序能看到这台机器上的文件；确认答卷可信，可以加 --allow-unsealed。"
)


@dataclass(frozen=True)
class Seal:
    """How the warm process is started.

    Attributes
    ----------
    command : tuple of str
        What stands before the program.
    environment : dict
        All the program sees of the environment.
    readable : tuple of str
        Folders of ours it may read inside.
    drops : bool
        Whether processes change to an own user inside (only root can).
    """

    command: tuple[str, ...]
    environment: dict[str, str]
    readable: tuple[str, ...]
    drops: bool


def has_bubblewrap() -> bool:
    """Whether a sealed run is possible here at all."""
    return sys.platform == "linux" and shutil.which("bwrap") is not None


def require(allow_unsealed: bool) -> bool:
    """Whether to run sealed.

    Raises
    ------
    MissingToolError
        If no seal can be had and none was waived.
    """
    if has_bubblewrap():
        return True
    if not allow_unsealed:
        raise MissingToolError("bubblewrap", TODO)
    return False


def seal(stage: Path) -> Seal:
    """The seal for a stage folder, in which hand-ins are laid out for their processes."""
    root = os.geteuid() == 0
    own = _own_folders()
    command = [
        "bwrap",
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-uts",
        "--unshare-cgroup-try",
    ]
    if not root:
        command += [
            "--unshare-user",
            "--uid",
            "0",
            "--gid",
            "0",
        ]  # one namespace only, the forks take their own
    command += ["--die-with-parent", "--new-session", "--hostname", "grading"]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", "/w"]  # noqa: S108
    command += _open_parents((*own, "/etc/fonts", "/content/assignments/policy"))
    for folder in (
        "/usr",
        "/etc/fonts",
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/etc/alternatives",
        "/etc/nsswitch.conf",
    ):
        command += ["--ro-bind-try", folder, folder]
    for name in ("lib", "lib64", "bin", "sbin"):
        link = Path("/") / name
        if link.is_symlink():
            command += ["--symlink", f"usr/{name}", f"/{name}"]
        elif link.is_dir():
            command += ["--ro-bind", f"/{name}", f"/{name}"]
    for folder in own:
        command += ["--ro-bind", folder, folder]
    command += _content()
    command += ["--ro-bind", str(stage), "/stage", "--bind", str(stage / "mpl"), "/mpl"]
    command += ["--remount-ro", "/", "--chdir", "/w"]
    command += ["--cap-drop", "ALL"]
    for name in CAPABILITIES if root else ORDINARY:
        command += ["--cap-add", f"CAP_{name}"]
    environment = _environment("/w", "/mpl")
    environment["COURSEKIT_CONTENT"] = "/content"
    if sys.pycache_prefix is not None:
        environment["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    command.append("--clearenv")
    for key, value in environment.items():
        command += ["--setenv", key, value]
    return Seal((*command, "--"), environment, (*own, "/content"), root)


def no_seal(stage: Path) -> Seal:
    """The same processes without a seal."""
    environment = {**_environment(str(stage), str(stage / "mpl")), "COURSEKIT_CONTENT": str(content_root())}
    return Seal((), environment, (), False)


def _environment(home: str, matplotlib: str) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": matplotlib,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
        "IPYTHONDIR": f"{home}/.ipython",
        "NBGRADER_EXECUTION": "autograde",
    }


def _own_folders() -> tuple[str, ...]:
    """Folders of this Python and this package that are not in /usr."""
    package = Path(__file__).resolve().parents[1]
    wanted = [Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), package]
    wanted += [Path(entry).resolve() for entry in sys.path if entry.endswith("site-packages")]
    if sys.pycache_prefix is not None:  # else every start compiles what lies there compiled
        compiled = Path(sys.pycache_prefix).resolve()  # of these folders only: compiled keys lie there too
        wanted += [compiled / folder.relative_to("/") for folder in (*wanted, Path("/usr"))]
    kept: list[Path] = []
    for folder in sorted(set(wanted), key=lambda p: len(p.parts)):
        covered = any(folder.is_relative_to(k) for k in (*kept, Path("/usr")))
        if folder.is_dir() and not covered:
            kept.append(folder)
    return tuple(str(folder) for folder in kept)


def _open_parents(folders: tuple[str, ...]) -> list[str]:
    """Parents of mounted folders, passable for everyone: bubblewrap itself would close them."""
    parents = {str(parent) for folder in folders for parent in Path(folder).parents}
    command: list[str] = []
    for parent in sorted(parents - {"/"}):
        command += ["--perms", "0755", "--dir", parent]
    return command


def _content() -> list[str]:
    """Tables and policies, and nothing else of the course content: keys lie beside them."""
    root = content_root()
    command = ["--dir", "/content/notebooks", "--dir", "/content/datasets"]
    for name in ("datasets", "assignments/policy"):
        if (root / name).is_dir():
            command += ["--ro-bind", str(root / name), f"/content/{name}"]
    return command
