"""nbgrader's Execute with our kernels: the same cells, outputs and errors, forked warm and sealed.

Notebooks for other kernels than Python go to nbgrader's own Execute, if that was allowed.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import os
import shutil
import socket
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError
from nbgrader.preprocessors import Execute as StockExecute
from traitlets import Bool

from coursekit.grading import sandbox
from coursekit.grading.canaries import Canary, canary
from coursekit.grading.kernels import GoneError, Side, WarmProcess
from coursekit.grading.options import Limits
from coursekit.grading.outputs import clean
from coursekit.grading.records import Flag
from coursekit.grading.slots import Slots

OUTPUT_BYTES = 20_000_000
FILE_BYTES = 8_000_000
PYTHON_KERNELS = ("python", "python3", "")


class SharedWarm:
    """The warm process all drop-in converters of this program share; started on first use."""

    _lock = threading.Lock()
    _warm: WarmProcess | None = None
    slots = Slots()

    @classmethod
    def get(cls, allow_unsealed: bool) -> WarmProcess:
        """The process, started if it is not there yet."""
        with cls._lock:
            if cls._warm is None:
                cls._warm = WarmProcess(sandbox.require(allow_unsealed), Limits())
                atexit.register(cls._warm.close)
            return cls._warm


class Execute(StockExecute):
    """Runs a notebook's cells in a confined process forked from a warm one."""

    allow_unsealed = Bool(False, help="没有 bubblewrap 时也运行（不隔离）。").tag(config=True)
    canaries = Bool(False, help="每个测试后检查断言是否仍然有效。").tag(config=True)

    def __init__(
        self, *args: Any, warm: WarmProcess | None = None, slots: Slots | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._warm, self._slots = warm, slots or SharedWarm.slots
        self.flags: list[Flag] = []

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Execute `nb` in place, as nbgrader's own would."""
        kernel = nb.metadata.get("kernelspec", {}).get("name", "")
        if kernel not in PYTHON_KERNELS:
            if sandbox.has_bubblewrap() and not self.allow_unsealed and _is_installed(kernel):
                raise DeadKernelError(f"{kernel} 内核不能隔离运行；确认可信时用 --allow-unsealed")
            return super().preprocess(nb, resources, km)  # type: ignore[no-any-return]
        warm = self._warm or SharedWarm.get(self.allow_unsealed)
        place = Path(resources.get("metadata", {}).get("path") or ".")
        with (
            tempfile.TemporaryDirectory(prefix="n-", dir=warm.stage, ignore_cleanup_errors=True) as temporary,
            self._slots.taken() as slot,
        ):
            files = Path(temporary) / "files"
            _lay_out(place, files)
            side = _fork(warm, slot, files)
            try:
                for number, cell in enumerate(nb.cells):
                    self._cell(side, cell, number)
                keep_new(_written(side), place)
            finally:
                side.close()
        nb.metadata["language_info"] = _language_info()
        return nb, resources

    def _cell(self, side: Side, cell: Any, number: int) -> None:
        if cell.cell_type != "code" or not cell.source.strip():
            return
        meta = cell.metadata.get("nbgrader", {})
        is_test = meta.get("grade") and not meta.get("solution")
        place = meta.get("grade_id", f"第 {number + 1} 格")
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            if self.canaries and is_test:
                self.flags.append(Flag("canary", place, "测试被标成不运行，没有查过，nbgrader 仍按通过给分"))
            return
        timing = {"iopub.status.busy": _now(), "iopub.execute_input": _now()}
        reply, error = self._ask(side, cell.source)
        cell.outputs = [nbformat.from_dict(o) for o in clean(reply.get("outputs"), OUTPUT_BYTES)]
        count = reply.get("count")
        cell.execution_count = count if type(count) is int else None
        status = "ok" if error is None else "error"
        self.on_cell_executed(
            cell=cell, cell_index=number, execute_reply={"content": {"status": status, **(error or {})}}
        )
        if self.record_timing:
            timing |= {"iopub.status.idle": _now(), "shell.execute_reply": _now()}
            cell.metadata["execution"] = timing
        if error is not None and error["ename"] == self.error_on_timeout.get("ename"):
            self.flags.append(Flag("timeout", place, "超过时间限制"))
        if reply.get("flooded") is True:
            self.flags.append(Flag("limit", place, "输出太多，后面的没有保留"))
        if reply.get("left") is True:
            raise DeadKernelError("Kernel died")
        if self.canaries and is_test:
            self._canary(side, place, canary(cell.source))

    def _ask(self, side: Side, source: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """Run one cell; the reply, and the error nbclient would have reported."""
        seconds = float(self.timeout) if self.timeout and self.timeout > 0 else 1e6
        try:
            reply = side.ask({"run": source}, seconds)
        except TimeoutError:
            return self._interrupted(side), dict(self.error_on_timeout)
        except GoneError:
            raise DeadKernelError("Kernel died") from None
        error = reply.get("error")
        if not isinstance(error, dict):
            return reply, None
        traces = [o["traceback"] for o in reply.get("outputs", []) if o.get("output_type") == "error"]
        content = {"ename": str(error.get("ename")), "evalue": str(error.get("evalue"))}
        return reply, {**content, "traceback": traces[-1] if traces else []}

    def _interrupted(self, side: Side) -> dict[str, Any]:
        if not self.interrupt_on_timeout:
            raise DeadKernelError("Cell execution timed out")
        side.interrupt()
        try:
            return side.ask(None, 10)
        except (TimeoutError, GoneError):
            raise DeadKernelError("Kernel died") from None

    def _canary(self, side: Side, place: str, wanted: Canary) -> None:
        """A cell that must fail; where it does not, passed tests prove nothing. It runs as any other, and is undone."""
        reply: dict[str, Any] = {}
        with contextlib.suppress(TimeoutError, GoneError):
            reply = side.ask({"run": wanted.source}, 10)
            side.ask({"undo": 1}, 10)
        shown = [o for o in clean(reply.get("outputs"), 100_000) if o["output_type"] == "error"]
        if not any(o["ename"] == "AssertionError" and o["evalue"] == wanted.message for o in shown):
            self.flags.append(Flag("canary", place, "必须失败的检查没有失败：断言或异常的显示被改动过"))


def _fork(warm: WarmProcess, slot: int, files: Path) -> Side:
    mine, theirs = socket.socketpair()
    try:
        return warm.fork("learner", slot, files, mine)
    except GoneError as error:
        raise DeadKernelError(f"隔离的进程没有启动：{error}") from None
    finally:
        theirs.close()


def _lay_out(place: Path, files: Path) -> None:
    """Copy regular files beside the notebook; links stay behind."""
    files.mkdir()
    for here, folders, names in os.walk(place):
        target = files / Path(here).relative_to(place)
        target.mkdir(exist_ok=True)
        folders[:] = [name for name in folders if not (Path(here) / name).is_symlink()]
        for name in names:
            origin = Path(here) / name
            if not origin.is_symlink() and origin.is_file():
                shutil.copyfile(origin, target / name)


def _written(side: Side) -> Any:
    """Files the cells wrote, as base64 by name."""
    try:
        return side.ask({"files": FILE_BYTES}, 30).get("files")
    except (TimeoutError, GoneError):
        return {}


def keep_new(files: Any, place: Path) -> None:
    """Keep new files the cells wrote, as a plain run would; what is there already is not overwritten.

    Parameters
    ----------
    files : mapping of str to str
        Content in base64 by name, as a process under test told it: anything else in it is passed over.
    place : Path
        The folder of the notebook.
    """
    for name, content in list(files.items())[:200] if isinstance(files, dict) else ():
        parts = PurePosixPath(name).parts
        if not parts or ".." in parts or name.startswith("/") or "\0" in name or len(name) > 200:
            continue
        target = place.joinpath(*parts)
        if target.exists() or target.is_symlink() or target.suffix == ".ipynb":
            continue
        with contextlib.suppress(OSError, ValueError, TypeError):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(base64.b64decode(content, validate=True))


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def _language_info() -> Any:
    from ipykernel.ipkernel import IPythonKernel

    return nbformat.from_dict({k: v for k, v in IPythonKernel.language_info.items() if v is not None})


def _is_installed(kernel: str) -> bool:
    from jupyter_client.kernelspec import KernelSpecManager

    return kernel in KernelSpecManager().find_kernel_specs()
