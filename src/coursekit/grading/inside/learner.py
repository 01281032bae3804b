"""The learner's side: runs the learner's cells, and answers the tester's questions about what they made.

Once a learner's cell has run, nothing this process says is believed: the tester checks every value it
sends, and a lie is only ever a wrong answer.
"""

from __future__ import annotations

import base64
import inspect
import json
import os
import select
import signal
import socket
import stat
from pathlib import Path
from typing import Any

from coursekit.grading.inside.framing import TooLargeError, receive, send
from coursekit.grading.inside.shell import Outputs
from coursekit.grading.inside.wire import Decoder, Encoder, UnsupportedError

Message = dict[str, Any]
PRINTED = 20_000


class LearnerSide:
    """One hand-in's process.

    Parameters
    ----------
    shell, outputs
        As `make_shell` gives them.
    control : socket
        To the driver: cells to run.
    questions : socket
        To the tester.
    """

    def __init__(
        self, shell: Any, outputs: Outputs, control: socket.socket, questions: socket.socket
    ) -> None:
        self._shell, self._outputs = shell, outputs
        self._control, self._questions = control, questions
        self._busy = False
        self._handles: dict[int, Any] = {}
        self._request = 0
        self._before = history_of(shell)

    def serve(self) -> None:
        """Answer until the driver hangs up."""
        signal.signal(signal.SIGINT, self._interrupted)
        listening = [self._control, self._questions]
        while True:
            ready = select.select(listening, [], [])[0]
            try:
                if self._questions in ready:
                    message = receive(self._questions)
                    self._reply(self._questions, {**self._answer(message), "id": message.get("id")})
                elif self._control in ready:
                    self._reply(self._control, self._command(receive(self._control)))
            except (EOFError, OSError):
                if self._control in ready and self._questions not in ready:
                    return
                listening = [self._control]  # no tester, or no more

    def _interrupted(self, *_: Any) -> None:
        """A time limit: stops the learner's code, never a reply on its way."""
        if self._busy:
            raise KeyboardInterrupt

    def _reply(self, link: socket.socket, message: Message) -> None:
        try:
            send(link, message)
        except (TooLargeError, TypeError, ValueError) as error:
            send(link, {"id": message.get("id"), "uncrossable": f"太大或不是数据({type(error).__name__})"})

    def _command(self, message: Message) -> Message:
        if "undo" in message:
            undo(self._shell, self._before)
            return {}
        return {"files": written_files(message["files"])} if "files" in message else self._run(message)

    def _run(self, message: Message) -> Message:
        self._outputs.take()
        self._outputs.flooded = False
        number, error = self._shell.execution_count, None
        self._before = history_of(self._shell)
        try:
            self._busy = True
            done = self._shell.run_cell(message["run"], store_history=True)
            error = done.error_before_exec if done.error_before_exec is not None else done.error_in_exec
            if error is None and not done.success:
                error = RuntimeError("failed")
        except KeyboardInterrupt as interrupt:
            error = interrupt
            self._outputs.keep("error", {"ename": "KeyboardInterrupt", "evalue": "", "traceback": []})
        finally:
            self._busy = False
        answer = {
            "outputs": plain_outputs(self._outputs.take()),
            "count": number,
            "flooded": self._outputs.flooded,
            "left": bool(self._shell.exit_now),
        }
        if error is not None:
            answer["error"] = {"ename": type(error).__name__, "evalue": _described(error)["text"]}
        return answer

    def _answer(self, message: Message) -> Message:
        encoder = Encoder(self._keep if message.get("handles") else None)
        try:
            self._busy = True
            return self._do(message, encoder)
        except UnsupportedError as error:
            return {"uncrossable": str(error)[:200]}
        except BaseException as error:
            return _described(error)
        finally:
            self._busy = False

    def _do(self, message: Message, encoder: Encoder) -> Message:
        names, op = self._shell.user_ns, message["op"]
        if op == "get":
            return self._get(names, message["name"], encoder)
        if op == "call":
            return self._call(names[message["name"]], message, encoder)
        if op == "method":
            target = self._handles[message["handle"]]
            return self._call(
                getattr(target, message["name"]) if message["name"] else target, message, encoder
            )
        if op == "attribute":
            return {"value": encoder(getattr(self._handles[message["handle"]], message["name"]))}
        if op == "setattr":
            setattr(self._handles[message["handle"]], message["name"], self._decode(message["value"]))
            return {"value": None}
        if op == "signature":
            found = inspect.signature(names[message["name"]]).parameters.values()
            return {"value": encoder([[p.name, int(p.kind), p.default is not p.empty] for p in found])}
        if op == "source":
            return {"value": inspect.getsource(names[message["name"]])}
        if op == "figure":
            import matplotlib.pyplot as plt

            return {"value": encoder(plt.gcf())}
        return self._end()

    def _get(self, names: dict[str, Any], name: str, encoder: Encoder) -> Message:
        if name not in names:
            return {"missing": 1}
        value = names[name]
        if inspect.ismodule(value):
            return {"module": str(value.__name__)[:200]}
        if callable(value):
            doc = getattr(value, "__doc__", None)
            return {"function": 1, "doc": doc if isinstance(doc, str) else None}
        return {"value": encoder(value)}

    def _call(self, function: Any, message: Message, encoder: Encoder) -> Message:
        args, kwargs = self._decode(message["args"]), self._decode(message["kwargs"])
        result = function(*args, **kwargs)
        answer = {"value": encoder(result), "printed": self._printed()}
        if message.get("inout"):
            answer["args"] = Encoder()(args)
        return answer

    def _decode(self, data: Any) -> Any:
        return Decoder(self._resolve)(data)

    def _resolve(self, data: Message) -> Any:
        """What the tester means by a handle: a learner's name, an object kept here, or its own function."""
        if "name" in data:
            return self._shell.user_ns[data["name"]]
        if "v" in data:
            return self._handles[data["v"]]
        number = data["callback"]
        return lambda *args: self._call_back(number, args)

    def _call_back(self, number: int, args: tuple[Any, ...]) -> Any:
        send(self._questions, {"callback": number, "args": Encoder()(args)})
        return self._decode(receive(self._questions)["value"])

    def _keep(self, value: Any) -> Message:
        number = len(self._handles) + 1
        self._handles[number] = value
        kind = "iterator" if hasattr(value, "__next__") else "object"
        return {"t": "handle", "v": number, "k": kind, "c": type(value).__name__[:80]}

    def _printed(self) -> str:
        """Text printed by a function a test called, taken out of the outputs."""
        text = [o for o in self._outputs.take() if o["output_type"] == "stream" and o["name"] == "stdout"]
        return "".join(o["text"] for o in text)[:PRINTED]

    def _end(self) -> Message:
        """After a test: figures it made are closed as the notebook would, handles are dropped."""
        from matplotlib._pylab_helpers import Gcf

        Gcf.destroy_all()
        self._handles.clear()
        self._outputs.take()
        return {"value": None}


Inputs = tuple[int, list[str]]
_LAST = ("_i00", "_i", "_ii", "_iii")


def history_of(shell: Any) -> Inputs:
    """The number of the next cell, and the last inputs."""
    return int(shell.execution_count), [getattr(shell.history_manager, name) for name in _LAST]


def undo(shell: Any, before: Inputs) -> None:
    """Let the last cell be one that never ran: its number and its input go."""
    number, last = before
    history = shell.history_manager
    del history.input_hist_parsed[number:], history.input_hist_raw[number:]
    for name, text in zip(_LAST, last, strict=True):
        setattr(history, name, text)
    shell.user_ns.update(zip(_LAST[1:], last[1:], strict=True))
    shell.user_ns.pop(f"_i{number}", None)
    shell.execution_count = number


def written_files(most: int) -> Message:
    """Regular files of the work folder as base64, together at most `most` bytes."""
    found: Message = {}
    for here, _, names in os.walk(".", followlinks=False):
        for name in sorted(names):
            path = Path(here) / name
            info = path.lstat()
            if not stat.S_ISREG(info.st_mode) or info.st_size > most:
                continue
            most -= info.st_size
            found[path.as_posix()] = base64.b64encode(path.read_bytes()).decode()
    return found


def _described(error: BaseException) -> Message:
    try:
        text = str(error)[:2000]
    except BaseException:
        text = "<unprintable>"
    names = [kind.__name__[:80] for kind in type(error).__mro__][:10]
    return {"raised": names[0], "text": text, "bases": names}


def plain_outputs(outputs: list[Message]) -> list[Message]:
    """Outputs as JSON can hold them: bytes and objects in them become text."""
    try:
        found = json.loads(json.dumps(outputs, default=str, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        found = [{"output_type": "stream", "name": "stderr", "text": "[输出不能保存]"}]
    return list(found)
