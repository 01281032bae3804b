"""Code of a hand-in that pokes at the interpreter, found by reading it: a reason to look, never a mark.

The sealed engine makes such code gain nothing; this only tells a person that somebody tried, and where.
Ordinary code must never be flagged, so a name counts only where no learner needs it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from coursekit.grading.course import NotebookSource
from coursekit.grading.flags import grade_id, place_of
from coursekit.grading.records import Flag

CODE = "pokes"
_MOST = 5
_DEPTH = 3
_LONGEST = 200_000
_WORD = re.compile(r"\w+")
_MAGIC = re.compile(r"^(?P<begin>\s*+(?:[\w., ]++=\s*+)?+)(?P<mark>%|!)(?P<rest>(?![=%]).*)$")

MODULES = {
    "ctypes": "直接读写内存", "gc": "翻看别的对象", "subprocess": "另起进程", "multiprocessing": "另起进程",
    "pty": "另起进程", "socket": "连网", "faulthandler": "翻看调用过程", "mock": "替换别人的函数",
    "unittest.mock": "替换别人的函数", "atexit": "退出时另做事情", "_thread": "另起线程",
}  # fmt: skip
NAMES = {
    **dict.fromkeys(
        ("os.kill", "os.killpg", "os._exit", "os.abort", "signal.signal", "signal.alarm", "signal.setitimer",
         "signal.pthread_kill", "signal.raise_signal"), "结束或干扰进程"),
    **dict.fromkeys(
        ("os.fork", "os.forkpty", "os.system", "os.popen", "os.posix_spawn", "os.setsid",
         *(f"os.{verb}{end}" for verb in ("exec", "spawn") for end in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe"))),
        "另起进程"),
    **dict.fromkeys(("os.write", "os.read", "os.dup", "os.dup2", "os.pipe"), "读写别的程序的通道"),
    **dict.fromkeys(
        ("inspect.stack", "inspect.currentframe", "inspect.getouterframes", "inspect.getinnerframes",
         "inspect.trace", "sys.settrace", "sys.setprofile", "sys._current_frames"), "翻看调用过程"),
    "sys.modules": "替换或翻看模块", "types.CodeType": "改写函数的代码", "types.FunctionType": "改写函数的代码",
    "importlib.import_module": "绕着弯引入模块",
}  # fmt: skip
ATTRIBUTES = {
    **dict.fromkeys(
        ("_getframe", "f_back", "f_globals", "f_locals", "f_code", "tb_frame", "gi_frame", "cr_frame"),
        "翻看调用过程"),
    **dict.fromkeys(
        ("set_custom_exc", "input_transformers_post", "input_transformers_cleanup", "input_transformer_manager",
         "ast_transformers", "history_manager", "showtraceback", "run_ast_nodes", "do_execute", "displayhook",
         "excepthook"), "改动笔记本的运行"),
    **dict.fromkeys(
        ("__subclasses__", "__globals__", "__code__", "__closure__", "__builtins__", "__bases__", "__mro__",
         "__getattribute__", "__import__", "__loader__", "__traceback__"), "翻看或改动内部的名字"),
}  # fmt: skip
BUILTINS = {
    "__builtins__": "翻看或改动内部的名字", "__import__": "绕着弯引入模块", "exec": "运行一段文字里的代码",
    "compile": "运行一段文字里的代码", "In": "翻看运行过的格子", "_ih": "翻看运行过的格子",
}  # fmt: skip
NEVER_REDEFINED = {"AssertionError", "BaseException", "Exception", "isinstance", "get_ipython", "__import__"}
SHELL_ALLOWED = {"run_line_magic", "run_cell_magic", "magic", "system", "getoutput"}
COMMANDS_ALLOWED = ("pip", "ls", "dir", "pwd", "conda", "echo", "python --version", "python -V")
SHELL_MAGICS = {"bash", "sh", "script", "system", "sx", "cmd", "perl", "ruby", "python", "python3", "pypy"}
CODE_MAGICS = {"time", "timeit", "capture", "prun"}
SETTINGS = {"options", "rcParams", "rcParamsDefault", "ast_node_interactivity", "path", "max_rows"}
COMPARISONS = {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__bool__", "__contains__"}
PLACES = re.compile(r"^/((proc|dev|stage|root|etc|srv|sys|content|w)(/|$)|$)|gradebook\.db|nbgrader_config")
SEARCHES = {"os.walk", "os.listdir", "os.scandir", "glob.glob", "pathlib.Path", "open", "os.open"}

Found = tuple[int, str, str]
"""Line [from 1], what was seen, what it does."""


def code_flags(source: NotebookSource, submitted: Mapping[str, Any]) -> list[Flag]:
    """Flags for the learner's own cells of a hand-in, each with cell and line; the first few.

    Parameters
    ----------
    source : NotebookSource
        Whose locked cells are the instructor's and not read.
    submitted : mapping
        As `read_notebook` gives it.
    """
    locked = {cell.grade_id for cell in source.cells if cell.locked}
    flags: list[Flag] = []
    for number, cell in enumerate(submitted["cells"], start=1):
        if cell["cell_type"] != "code" or grade_id(cell) in locked:
            continue
        for line, seen, does in pokes(cell["source"]):
            place = f"{place_of(cell, number)} 第 {line} 行"
            flags.append(Flag(CODE, place, f"代码里有 {seen}，会{does}"))
    return flags[:_MOST]


@lru_cache(maxsize=4096)  # most cells of a class are the same few texts
def pokes(text: str) -> tuple[Found, ...]:
    """What a cell does to the interpreter, by line."""
    return tuple(dict.fromkeys(_scan(text, 0)))


def _scan(text: str, depth: int) -> Iterator[Found]:
    if len(text) > _LONGEST:
        yield 1, f"{len(text) // 1000} KB 代码", "使人看不过来"
        return
    for python in (text, plain_python(text)):
        reader = _Reader(depth)
        try:
            reader.visit(ast.parse(python))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        yield from reader.found
        return
    yield from _by_words(text)


def _by_words(text: str) -> Iterator[Found]:
    """What distinctive words tell of a cell that cannot be parsed."""
    for number, line in enumerate(text.split("\n"), start=1):
        for word in _WORD.findall(line):
            if word in ATTRIBUTES:
                yield number, word, ATTRIBUTES[word]


def plain_python(text: str) -> str:
    """A cell with magics and shell lines as the calls they become, line for line."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        name = lines[first][2:].split(maxsplit=1)[0] if lines[first][2:].strip() else ""
        lines[first] = ""
        if name not in CODE_MAGICS:
            call = f"get_ipython().run_cell_magic({name!r})" if name in SHELL_MAGICS else ""
            return "\n" * first + call
    return "\n".join(_MAGIC.sub(_called, line) for line in lines)


def _called(match: re.Match[str]) -> str:
    begin, mark, rest = match.group("begin"), match.group("mark"), match.group("rest").strip()
    if mark == "%" and rest.split(maxsplit=1)[:1] and rest.split(maxsplit=1)[0] in CODE_MAGICS:
        return begin + (rest.split(maxsplit=1)[1:] or ["pass"])[0]
    if mark == "%":
        rest = rest.split(maxsplit=1)[0] if rest else ""
        return f"{begin}get_ipython().run_line_magic({rest!r})"
    return f"{begin}get_ipython().system({rest!r})"


class _Reader(ast.NodeVisitor):
    """Walks one cell, knows under which names modules were imported."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.found: list[Found] = []
        self.names: dict[str, str] = {}

    def note(self, node: Any, seen: str, does: str) -> None:
        self.found.append((int(getattr(node, "lineno", 1)), seen[:60], does))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.names[alias.asname or alias.name.partition(".")[0]] = (
                alias.name if alias.asname else alias.name.partition(".")[0]
            )
            self._module(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        self._module(node, module)
        for alias in node.names:
            full = f"{module}.{alias.name}"
            self.names[alias.asname or alias.name] = full
            self._module(node, full)
            if full in NAMES:
                self.note(node, full, NAMES[full])

    def _module(self, node: ast.AST, name: str) -> None:
        parts = name.split(".")
        known = next((MODULES[top] for n in (1, 2) if (top := ".".join(parts[:n])) in MODULES), None)
        if known:
            self.note(node, f"import {name}", known)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        full = self._full(node)
        if full in NAMES:
            self.note(node, full, NAMES[full])
        elif node.attr in ATTRIBUTES:
            self.note(node, node.attr, ATTRIBUTES[node.attr])
        elif self._is_shell(node.value) and node.attr not in SHELL_ALLOWED:
            self.note(node, f"get_ipython().{node.attr}", "改动笔记本的运行")
        elif not isinstance(node.ctx, ast.Load) and self._is_library(node):
            self.note(node, f"{ast.unparse(node)} =", "替换别人的函数")
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and node.id in BUILTINS and node.id not in self.names:
            self.note(node, node.id, BUILTINS[node.id])
        elif isinstance(node.ctx, ast.Store):
            self._redefined(node, node.id)
            if node.id in ("In", "_ih"):
                self.names[node.id] = node.id

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._redefined(node, node.name)
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._redefined(node, node.name)
        for item in node.body:
            if isinstance(item, ast.FunctionDef) and item.name in COMPARISONS and _always(item):
                self.note(item, item.name, "使比较总是成立")
            elif isinstance(item, ast.Assign) and isinstance(item.value, ast.Lambda):
                names = [one.id for one in item.targets if isinstance(one, ast.Name)]
                if isinstance(item.value.body, ast.Constant) and COMPARISONS & set(names):
                    self.note(item, names[0], "使比较总是成立")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = self._full(node.func)
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if name in ("setattr", "delattr") and node.args and self._is_library(node.args[0], bare=True):
            self.note(node, ast.unparse(node)[:40], "替换别人的函数")
        elif name in ("getattr", "hasattr") and len(node.args) > 1 and texts:
            reached = ast.copy_location(ast.Attribute(node.args[0], texts[0], ast.Load()), node)
            self.visit_Attribute(reached)
        elif name in ("eval", "exec"):
            self._evaluated(node, texts)
        elif isinstance(node.func, ast.Attribute) and self._is_shell(node.func.value):
            self._shell(node, node.func.attr, texts)
        if name in SEARCHES:
            for text in texts:
                self._looked_for(node, text)
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        self._walked(node.iter)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._walked(node.iter)
        self.generic_visit(node)

    def _walked(self, through: ast.expr) -> None:
        """Places of other files are often walked through in a loop."""
        for one in ast.walk(through):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and len(one.value) > 1:
                self._looked_for(one, one.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if self._is_shell(node.value):
            for one in node.targets:
                if isinstance(one, ast.Name):
                    self.names[one.id] = "<shell>"
        self.generic_visit(node)

    def _looked_for(self, node: ast.AST, text: str) -> None:
        if PLACES.search(text):
            self.note(node, repr(text[:40]), "去找作业以外的文件")

    def _evaluated(self, node: ast.Call, texts: list[str]) -> None:
        if not texts:
            self.note(node, "eval", "运行一段文字里的代码")
        elif self.depth < _DEPTH:
            self.found += [(node.lineno, seen, does) for _, seen, does in _scan(texts[0], self.depth + 1)]

    def _shell(self, node: ast.Call, called: str, texts: list[str]) -> None:
        command = texts[0].strip() if texts else ""
        if called in ("system", "getoutput") and not command.startswith(COMMANDS_ALLOWED):
            self.note(node, f"!{command}", "运行系统命令")
        elif called in ("run_cell_magic", "run_line_magic") and command in SHELL_MAGICS:
            self.note(node, f"%{command}", "运行系统命令")

    def _redefined(self, node: ast.AST, name: str) -> None:
        if name in NEVER_REDEFINED:
            self.note(node, f"{name} =", "替换 Python 自带的名字")

    def _full(self, node: ast.AST) -> str:
        """Dotted name of an expression, import aliases resolved; empty when it is none."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.names.get(node.id, node.id), *reversed(parts)])

    def _is_shell(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return self.names.get(node.id) == "<shell>"
        called = self._full(node.func) if isinstance(node, ast.Call) else ""
        return called in ("get_ipython", "IPython.get_ipython", "IPython.core.getipython.get_ipython")

    def _is_library(self, node: ast.AST, *, bare: bool = False) -> bool:
        """Whether something inside an imported module is meant, settings excepted."""
        parts = set()
        while isinstance(node, ast.Attribute):
            parts.add(node.attr)
            node = node.value
        imported = isinstance(node, ast.Name) and node.id in self.names and node.id not in ("In", "_ih")
        return imported and (bare or bool(parts)) and not parts & SETTINGS


def _always(function: ast.FunctionDef) -> bool:
    """Whether a comparison gives a constant, whatever it is compared with."""
    body = [
        one
        for one in function.body
        if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
    ]
    if len(body) != 1 or not isinstance(body[0], ast.Return):
        return False
    return isinstance(body[0].value, ast.Constant) and isinstance(body[0].value.value, bool)
