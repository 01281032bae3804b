"""The tester's side: runs the instructor's tests in a clean process that shares no memory with learners.

The driver sends it the instructor's own cells and tests. It asks the learner's process for values and
results, believes their schema only after checking, and never sends a line of a test.
"""

from __future__ import annotations

import ast
import builtins
import json
import math
import numbers
import signal
import socket
import sys
import traceback
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from coursekit.grading.inside.framing import BadMessageError, TooLargeError, receive, send
from coursekit.grading.inside.learner import plain_outputs
from coursekit.grading.inside.shell import Outputs
from coursekit.grading.inside.standins import Function, Handle, HandleIterator, Namespace, NotStrictError
from coursekit.grading.inside.wire import Decoder, Encoder, UnsupportedError

Message = dict[str, Any]
MARKER = "# strict:"


class LearnerError(Exception):
    """An exception of the learner's code that has no counterpart among Python's own."""


class LearnerAssertionError(LearnerError, AssertionError):
    """An assertion in the learner's code: its message is no message of the test's author."""


class LearnerDiedError(Exception):
    """The learner's process is gone."""


class LearnerProtocolError(Exception):
    """The learner's process sent what no honest process sends; it is not heard any more."""


class CellTimeoutError(Exception):
    """A function of the learner was stopped by the time limit."""


_RAISABLE = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type)
    and issubclass(kind, Exception)
    and not issubclass(kind, UnicodeError)
    and name not in ("ExceptionGroup", "StopIteration", "StopAsyncIteration")
}


class Conversation:
    """Questions to the learner's process and what comes back."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._number = 0
        self._callbacks: dict[int, Any] = {}
        self._known: dict[str, tuple[str, Any]] = {}
        self._functions: dict[str, Function] = {}
        self._settled: dict[str, Any] = {}
        self.options: frozenset[str] = frozenset()
        self.broken: Exception | None = None

    def begin(self, options: frozenset[str]) -> None:
        """A new cell: its options; what was told before may have changed."""
        self.options = options
        self._settled.clear()

    def fetch(self, name: str) -> Any:
        """The learner's value of a name; KeyError if there is none.

        Until the test calls something across, a name has one value: one told anew each time could
        lie above a bound and then below it.
        """
        if name not in self._settled:
            self._settled[name] = self._fetched(name)
        return self._settled[name]

    def figure(self) -> Any:
        """The learner's figure, the same until something is called across."""
        if "" not in self._settled:
            self._settled[""] = self.ask({"op": "figure"})
        return self._settled[""]

    def _fetched(self, name: str) -> Any:
        answer = self._exchange({"op": "get", "name": name, "handles": "handles" in self.options})
        if "missing" in answer:
            raise KeyError(name)
        if "module" in answer:
            return self._module(name, answer["module"])
        if "function" in answer:
            doc = answer.get("doc")
            made = Function(self, name, doc if isinstance(doc, str) else None)
            return self._functions.setdefault(name, made)
        text = json.dumps({key: answer.get(key) for key in ("value", "raised", "uncrossable")})
        known = self._known.get(name)
        if known is not None and known[0] == text:
            return known[1]
        value = self._value(answer)
        self._known[name] = (text, value)
        return value

    @staticmethod
    def _module(name: str, claimed: Any) -> Any:
        """A module is this process's own of that name, never the learner's."""
        found = sys.modules.get(claimed) if isinstance(claimed, str) else None
        if found is None or claimed in ("__main__", "builtins"):
            raise NotStrictError(f"{name} 是一个模块，评分进程里没有它")
        return found

    def call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the learner."""
        question = {"op": "call", "name": name, "args": self.encode(args), "kwargs": self.encode(kwargs)}
        return self._called(question, args)

    def method(self, handle: int, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a method of an object kept in the learner's process."""
        question = {"op": "method", "handle": handle, "name": name}
        return self._called({**question, "args": self.encode(args), "kwargs": self.encode(kwargs)}, args)

    def _called(self, question: Message, args: tuple[Any, ...]) -> Any:
        inout = "inout" in self.options
        self._settled.clear()
        answer = self._exchange({**question, "handles": "handles" in self.options, "inout": inout})
        value = self._value(answer, question.get("name") == "__next__")
        if inout and "args" in answer:
            changed = self._checked(answer["args"])
            for mine, theirs in zip(args, changed if isinstance(changed, tuple) else (), strict=False):
                _take_over(mine, theirs)
        return value

    def ask(self, question: Message) -> Any:
        """One question, its value."""
        return self._value(self._exchange(question))

    def encode(self, value: Any) -> Any:
        """Plain data of the test for the learner's process."""
        try:
            return Encoder(self._outgoing)(value)
        except UnsupportedError as error:
            raise NotStrictError(f"测试给函数的参数不能送到另一个进程：{error}") from None

    def _outgoing(self, value: Any) -> Message:
        if isinstance(value, Handle | HandleIterator):
            return {"t": "handle", "v": value._number}
        if isinstance(value, Function):
            return {"t": "handle", "name": value.__name__}
        if callable(value):
            number = len(self._callbacks) + 1
            self._callbacks[number] = value
            return {"t": "handle", "callback": number}
        raise UnsupportedError(type(value).__name__)

    def _exchange(self, question: Message) -> Message:
        if self.broken is not None:
            raise self.broken
        self._number += 1
        try:
            send(self._link, {**question, "id": self._number})
            while True:
                answer = receive(self._link)
                if "callback" in answer:
                    self._serve_callback(answer)
                elif answer.get("id") == self._number:
                    return answer
        except TooLargeError:
            raise NotStrictError("测试给函数的参数太大") from None
        except (EOFError, OSError):
            self._give_up(LearnerDiedError("学员一侧的进程结束了"))
        except BadMessageError as error:
            self._give_up(LearnerProtocolError(f"学员一侧的进程发来不合规定的消息：{error}"))

    def _give_up(self, error: Exception) -> NoReturn:
        self.broken = error
        self._link.close()
        raise error from None

    def _serve_callback(self, answer: Message) -> None:
        function = self._callbacks.get(answer["callback"]) if type(answer["callback"]) is int else None
        if function is None:
            raise BadMessageError("callback")
        send(self._link, {"value": self.encode(function(*Decoder(self._handle)(answer["args"])))})

    def _handle(self, data: Message) -> Handle | HandleIterator:
        if "handles" not in self.options or type(data.get("v")) is not int:
            raise BadMessageError("handle not allowed")
        return HandleIterator(self, data) if data.get("k") == "iterator" else Handle(self, data)

    def _checked(self, data: Any) -> Any:
        try:
            return Decoder(self._handle)(data)
        except BadMessageError as error:
            self._give_up(LearnerProtocolError(f"学员一侧的进程发来不合规定的数据：{error}"))

    def _value(self, answer: Message, may_stop: bool = False) -> Any:
        printed = answer.get("printed")
        if isinstance(printed, str) and printed:
            sys.stdout.write(printed[:20_000])
        if "uncrossable" in answer:
            raise NotStrictError(f"学员的答案是 {str(answer['uncrossable'])[:200]}，这种数据不能送到评分进程")
        if "raised" in answer:
            _raise(answer, may_stop)
        if "value" not in answer:
            self._give_up(LearnerProtocolError("学员一侧的进程发来不合规定的消息"))
        return self._checked(answer["value"])


def _raise(answer: Message, may_stop: bool) -> NoReturn:
    """Raise here what was raised there, as one of Python's own exceptions or a `LearnerError`.

    Only an iterator may say that it ends: from a function it would end a loop of the test, with nothing tested.
    """
    name, text = str(answer["raised"])[:60], str(answer.get("text", ""))[:2000]
    bases = answer.get("bases")
    names = [str(base) for base in bases[:10]] if isinstance(bases, list) else []
    if "KeyboardInterrupt" in (name, *names):
        raise CellTimeoutError("学员的函数超过时间限制")
    if name == "StopIteration":
        raise StopIteration if may_stop else RuntimeError(name)
    if name == "AssertionError":
        raise LearnerAssertionError(text)
    if name in _RAISABLE:
        raise _RAISABLE[name](text)
    base = next((_RAISABLE[n] for n in names if n in _RAISABLE and n != "Exception"), None)
    if base is None or not name.isidentifier() or name in _MACHINERY:
        raise LearnerError(f"{name}: {text}")
    raise type(name, (LearnerError, base), {})(text)


def _take_over(mine: Any, theirs: Any) -> None:
    """Bring an in-place change back (`# strict: inout` in the test)."""
    if type(mine) is not type(theirs):
        return
    if isinstance(mine, list):
        mine[:] = theirs
    elif isinstance(mine, dict | set):
        mine.clear()
        mine.update(theirs)
    elif isinstance(mine, np.ndarray) and mine.shape == theirs.shape:
        mine[...] = theirs
    elif isinstance(mine, pd.DataFrame | pd.Series):
        setattr(mine, "_mgr", getattr(theirs, "_mgr"))  # noqa: B009, B010 - pandas has no public way


class TesterSide:
    """Runs the instructor's cells.

    Parameters
    ----------
    shell, outputs
        As `make_shell` gives them.
    control : socket
        To the driver: cells to run.
    questions : socket
        To the learner's process.
    """

    def __init__(
        self, shell: Any, outputs: Outputs, control: socket.socket, questions: socket.socket
    ) -> None:
        self._shell, self._outputs, self._control = shell, outputs, control
        self._talk = Conversation(questions)
        self._names = Namespace(self._talk)
        self._names["__name__"] = "__main__"
        self._names["get_ipython"] = lambda: shell
        self._count = 0

    def serve(self) -> None:
        """Run cells until the driver hangs up."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _use_learners_figure(self._talk)
        while True:
            try:
                message = receive(self._control)
            except (EOFError, OSError):
                return
            send(self._control, self._run(message["run"], bool(message.get("test"))))

    def _run(self, source: str, is_test: bool) -> Message:
        self._outputs.take()
        self._count += 1
        self._talk.begin(options_of(source))
        result: Message = {"ended": "ok"}
        try:
            value = self._execute(source)
            if value is not None:
                result["value"] = value_text(value)
        except BaseException as error:
            result.update(ended="error", ename=_name(error), evalue=_text(error))
            lines = traceback.format_exception(type(error), error, _own(error), limit=12)
            outcome = {"ename": result["ename"], "evalue": result["evalue"], "traceback": lines}
            self._outputs.keep("error", outcome)
        if is_test and self._talk.broken is None:
            self._end()
        return {**result, "outputs": plain_outputs(self._outputs.take()), "count": self._count}

    def _execute(self, source: str) -> Any:
        if any(line.lstrip()[:1] in ("%", "!") for line in source.splitlines()):
            source = self._shell.transform_cell(source)
        name = self._shell.compile.cache(source, self._count)
        tree = ast.parse(source, name)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
            last = ast.Expression(tree.body.pop().value)  # type: ignore[attr-defined]
        exec(compile(tree, name, "exec"), self._names)  # noqa: S102 - the instructor's own test
        return None if last is None else eval(compile(last, name, "eval"), self._names)  # noqa: S307

    def _end(self) -> None:
        try:
            self._talk.ask({"op": "end"})
        except Exception:  # the next question will say so itself
            return


def options_of(source: str) -> frozenset[str]:
    """Words after `# strict:` in a test: `handles`, `inout`."""
    if MARKER not in source:
        return frozenset()
    return frozenset(source.split(MARKER, 1)[1].split("\n", 1)[0].split())


def value_text(value: Any) -> str:
    """A test's value as `marks` reads it: numbers as numbers, whatever numpy calls them."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, numbers.Real | np.number) and not isinstance(value, complex):
        number = float(value)
        return repr(number) if math.isfinite(number) else str(number)
    try:
        return repr(value)[:200]
    except Exception:
        return "<unprintable>"


_OURS = {
    NotStrictError: "NotStrict",
    LearnerDiedError: "LearnerDied",
    LearnerProtocolError: "LearnerProtocol",
    KeyboardInterrupt: "CellTimeoutError",
}


_MACHINERY = {*_OURS.values(), "TestError", "TesterDied", "DeadKernelError"}
"""Names that say of an error that it proves nothing: a learner's own class of that name is not one of them."""


def _name(error: BaseException) -> str:
    return _OURS.get(type(error), type(error).__name__)


def _text(error: BaseException) -> str:
    try:
        return str(error)[:5000]
    except BaseException:
        return ""


def _own(error: BaseException) -> Any:
    """The traceback without this module's frames at its top."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace


def _use_learners_figure(talk: Conversation) -> None:
    """`plt.gcf()` in a test means the learner's figure, unless the test drew one itself."""
    import matplotlib.pyplot as plt

    own_figure, own_axes = plt.gcf, plt.gca

    def current_figure() -> Any:
        return own_figure() if plt.get_fignums() else talk.figure()

    def current_axes() -> Any:
        return own_axes() if plt.get_fignums() else current_figure().gca()

    plt.gcf, plt.gca = current_figure, current_axes
