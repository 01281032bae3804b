"""IPython as a kernel has it, without a kernel: cells run here, outputs are kept as notebook outputs.

The shell is ipykernel's own class, so that displays, tracebacks and the closing of figures after
each cell are those of a notebook; only the sending is replaced by keeping.
"""

from __future__ import annotations

import builtins
import io
import subprocess
import sys
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from traitlets.config import Config

OUTPUT_BYTES = 4_000_000
OUTPUT_COUNT = 400


class Outputs(Session):
    """Keeps what a shell sends, as notebook outputs, up to a limit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.items: list[dict[str, Any]] = []
        self.size = 0
        self.flooded = False
        self._wait_clear = False

    def msg(self, msg_type: str, content: Any = None, **_: Any) -> dict[str, Any]:
        """A message, before hooks see it."""
        return {"header": {"msg_type": msg_type}, "msg_type": msg_type, "content": content or {}}

    def send(
        self, stream: Any, message: Any, content: Any = None, *rest: Any, **options: Any
    ) -> dict[str, Any]:
        """Keep one message."""
        if isinstance(message, str):
            message = self.msg(message, content)
        self.keep(message["msg_type"], message["content"])
        return dict(message)

    def keep(self, kind: str, content: dict[str, Any]) -> None:
        """Turn a message into an output."""
        if kind == "clear_output":
            if content.get("wait"):
                self._wait_clear = True
            else:
                self.items.clear()
            return
        if self._wait_clear:
            self._wait_clear = False
            self.items.clear()
        if kind == "error":
            self._add({"output_type": "error", **{k: content[k] for k in ("ename", "evalue", "traceback")}})
        elif kind in ("display_data", "execute_result"):
            output = {"output_type": kind, "data": content["data"], "metadata": content["metadata"] or {}}
            if kind == "execute_result":
                output["execution_count"] = content.get("execution_count")
            self._add(output, content.get("transient") or {})
        elif kind == "update_display_data":
            self._update(content)

    def _add(self, output: dict[str, Any], transient: dict[str, Any] | None = None) -> None:
        self.size += _size(output)
        if self.size > OUTPUT_BYTES or len(self.items) >= OUTPUT_COUNT:
            self.flooded = True
            return
        if transient and "display_id" in transient:
            output["_display"] = transient["display_id"]
        self.items.append(output)

    def _update(self, content: dict[str, Any]) -> None:
        wanted = (content.get("transient") or {}).get("display_id")
        for output in self.items:
            if wanted is not None and output.get("_display") == wanted:
                output["data"], output["metadata"] = content["data"], content["metadata"] or {}

    def text(self, name: str, text: str) -> None:
        """Keep text written to a stream, joined to what stands before it."""
        if self._wait_clear:
            self._wait_clear = False
            self.items.clear()
        self.size += len(text)
        if self.size > OUTPUT_BYTES:
            self.flooded = True
            return
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            last["parts"].append(text)
        elif len(self.items) < OUTPUT_COUNT:
            self.items.append({"output_type": "stream", "name": name, "parts": [text]})
        else:
            self.flooded = True

    def take(self) -> list[dict[str, Any]]:
        """The outputs kept since the last call."""
        taken, self.items, self.size, self._wait_clear = self.items, [], 0, False
        for output in taken:
            output.pop("_display", None)
            if "parts" in output:
                output["text"] = "".join(output.pop("parts"))
        return taken


def _size(output: dict[str, Any]) -> int:
    total = 0
    for value in (*output.get("data", {}).values(), *output.get("traceback", ())):
        total += len(value) if isinstance(value, str) else 200
    return total + 100


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a cell."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, outputs: Outputs, name: str) -> None:
        super().__init__()
        self._outputs, self._name = outputs, name
        self.name = f"<{name}>"

    def writable(self) -> bool:
        """Always."""
        return True

    def isatty(self) -> bool:
        """Never."""
        return False

    def write(self, text: str) -> int:
        """Keep text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.text(self._name, text)
        return len(text)


class NoKernel:
    """Stands where a kernel would."""

    eventloop = None


def _no_input(prompt: str = "") -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def make_shell() -> tuple[ZMQInteractiveShell, Outputs]:
    """A fresh shell of this process and the place its outputs go to."""
    outputs = Outputs()
    config = Config()
    config.HistoryManager.enabled = False  # no database, no thread: a process with threads cannot fork
    config.HistoryManager.hist_file = ":memory:"
    shell = ZMQInteractiveShell.instance(config=config, kernel=NoKernel(), compiler_class=XCachingCompiler)
    for sender in (shell.display_pub, shell.displayhook):
        sender.session, sender.pub_socket = outputs, None
    shell.displayhook.topic = shell.display_pub.topic = b"out"
    setattr(builtins, "input", _no_input)  # noqa: B010 - its signature differs
    import getpass

    setattr(getpass, "getpass", _no_input)  # noqa: B010 - its signature differs
    return shell, outputs


def be_quick(shell: ZMQInteractiveShell) -> None:
    """Plain tracebacks and figures drawn once: half of the work, no difference to a mark.

    A cell's figures are drawn when they are shown, and that one drawing is kept: it settles what
    tests may ask of them (limits under an equal aspect, colours from a map, layouts). Left out are the
    drawing pyplot does just before, for windows that are not there, and the one that measures margins.
    """
    from matplotlib import pyplot
    from matplotlib_inline.config import InlineBackend

    shell.InteractiveTB.set_mode("Plain")
    InlineBackend.instance().print_figure_kwargs = {"bbox_inches": None}
    pyplot.draw_all = _draw_what_is_not_shown


def _draw_what_is_not_shown(force: bool = False) -> None:
    """Stands for pyplot's `draw_all`: figures about to be shown are drawn then.

    Layout engines move axes a little at every drawing, so their figures keep each one.
    """
    from matplotlib._pylab_helpers import Gcf
    from matplotlib_inline.backend_inline import show

    for manager in Gcf.get_all_fig_managers():
        figure = manager.canvas.figure
        is_shown = getattr(show, "_draw_called", False) and figure.get_layout_engine() is None
        if force or (figure.stale and not is_shown):
            manager.canvas.draw_idle()


def without_terminals(shell: ZMQInteractiveShell) -> None:
    """`!command` by a pipe, with a terminal's line ends: inside a seal there are no terminals."""

    def system(command: str) -> None:
        if command.rstrip().endswith("&"):
            raise OSError("Background processes not supported.")
        child = subprocess.Popen(
            ["/bin/sh", "-c", shell.var_expand(command, depth=1)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            with io.TextIOWrapper(child.stdout, "utf-8", "replace", newline="") as said:  # type: ignore[type-var]
                while part := said.read(8192):
                    sys.stdout.write(part.replace("\n", "\r\n"))
        except BaseException:  # a time limit; it would go on
            child.kill()
            raise
        finally:
            code = child.wait()
        shell.user_ns["_exit_code"] = code if code <= 128 else 128 - code

    shell.system = system


def use_streams(outputs: Outputs) -> None:
    """Let everything printed become an output."""
    sys.stdout, sys.stderr = Stream(outputs, "stdout"), Stream(outputs, "stderr")


def forget(shell: ZMQInteractiveShell, outputs: Outputs) -> None:
    """Make a warmed-up shell look new."""
    import linecache

    shell.reset(new_session=True)
    shell.execution_count = 1
    shell.displayhook.flush()
    linecache.clearcache()
    outputs.take()
    outputs.flooded = False
