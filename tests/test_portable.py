"""What a learner runs also runs on Windows and macOS, where the tests themselves are not run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
# What a learner starts: the commands, the pages, the notebooks' facade, the check of the machine, the book.
STARTS = (
    "coursekit.cli.learner",
    "coursekit.cli.doctor",
    "coursekit.learn",
    "coursekit.book",
    "coursekit.cli",
)
POSIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "os": {
        "chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getloadavg", "getpgid", "getuid", "killpg", "mkfifo",
        "nice", "pidfd_open", "sched_getaffinity", "setpgid", "setsid", "uname", "wait4", "O_NOFOLLOW", "O_NONBLOCK",
        "O_DIRECTORY", "O_CLOEXEC", "WNOHANG",
    },
    "signal": {"SIGKILL", "SIGALRM", "SIGHUP", "SIGCHLD", "SIGUSR1", "SIGUSR2", "SIGPIPE", "alarm", "setitimer",
               "pthread_sigmask", "pause"},
    "socket": {"AF_UNIX", "socketpair"},
    "time": {"tzset"},
}  # fmt: skip
READERS = {"read_text": 0, "write_text": 1}


def module_path(name: str) -> Path | None:
    base = SOURCE / Path(*name.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path, lazy: bool) -> Iterator[str]:
    """Modules that `path` imports, those within functions only with `lazy`; never those for type checkers."""

    def walk(node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if isinstance(node, ast.FunctionDef) and not lazy:
            return
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        for child in ast.iter_child_nodes(node):
            yield from walk(child)

    yield from walk(tree_of(path))


def learners_modules() -> dict[Path, set[str]]:
    """Every module of ours that a learner's command may load, with all it imports.

    Of the commands and of grading only what stands at the top of each file: a learner calls no trainer's command.
    """
    found: dict[Path, set[str]] = {}
    waiting = list(STARTS) + [
        f"coursekit.cli.{path.stem}" for path in (SOURCE / "coursekit/cli").glob("*.py")
    ]
    while waiting:
        name = waiting.pop()
        path = module_path(name)
        if path is None or path in found:
            continue
        lazy = name in STARTS[:-1] or not name.startswith(("coursekit.cli", "coursekit.grading"))
        found[path] = set(imports(path, lazy))
        parts = name.split(".")
        waiting += [".".join(parts[:end]) for end in range(1, len(parts))]
        waiting += [one for one in found[path] if one.startswith("coursekit")]
    return found


MODULES = learners_modules()
LEARNERS = sorted(path for path in MODULES if not {"grading", "certification", "console"} & set(path.parts))


def test_the_walk_finds_what_a_learner_uses_and_not_the_engine() -> None:
    names = {str(path.relative_to(SOURCE / "coursekit")) for path in MODULES}

    assert {"learn.py", "course/server.py", "quiz/practice.py", "domain/plots/style.py"} <= names
    assert not {"grading/inside/confine.py", "grading/inside/zygote.py"} & names


def test_nothing_is_imported_that_only_unix_has() -> None:
    assert {path.name: wrong for path, found in MODULES.items() if (wrong := found & POSIX_ONLY)} == {}


@pytest.mark.parametrize("path", LEARNERS, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_name_is_used_that_only_unix_has(path: Path) -> None:
    """A name asked for by `getattr` is none: that way a module copes without it."""
    used = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in POSIX_NAMES.get(node.value.id, ())
    }

    assert not used


@pytest.mark.parametrize("path", LEARNERS, ids=lambda p: str(p.relative_to(SOURCE)))
def test_text_is_read_and_written_as_utf8(path: Path) -> None:
    """A Chinese Windows would take GBK."""
    wrong = [
        f"{path.name}:{call.lineno}"
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and _guesses(call)
    ]

    assert not wrong


def _guesses(call: ast.Call) -> bool:
    if any(word.arg == "encoding" for word in call.keywords) or not isinstance(
        call.func, ast.Attribute | ast.Name
    ):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
    if name in READERS and isinstance(call.func, ast.Attribute):
        return len(call.args) <= READERS[name]
    if name == "open" and isinstance(call.func, ast.Name):
        mode = call.args[1] if len(call.args) > 1 else None
        return not (isinstance(mode, ast.Constant) and "b" in str(mode.value))
    return False


@pytest.mark.parametrize("folder", ["src/coursekit", "notebooks", "assignments"])
def test_no_chinese_stands_within_a_time_format(folder: str) -> None:
    """Before 3.13 Python on Windows encodes the format in the system's own encoding, and may refuse it."""
    chinese = re.compile(r"%[a-zA-Z][^\x00-\x7f]|[^\x00-\x7f]\s*%[a-zA-Z]|%[a-zA-Z] [^\x00-\x7f]")
    wrong = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text("utf-8")
        if ":%" not in text and "strftime" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                text = "".join(
                    part.value for part in node.format_spec.values if isinstance(part, ast.Constant)
                )  # type: ignore[attr-defined]
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "strftime"
            ):
                text = "".join(one.value for one in node.args if isinstance(one, ast.Constant))
            else:
                continue
            if chinese.search(text):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {text}")

    assert not wrong
