"""What a test sees instead of a learner's objects, and the namespace that puts it there.

A name the test does not define itself is fetched from the learner's process: values come by value,
functions come as a `Function` that sends its arguments across.
"""

from __future__ import annotations

import builtins
import inspect
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from coursekit.grading.inside.tester import Conversation


class NotStrictError(Exception):
    """A test does what cannot be done across two processes; the answer is not judged."""


class Namespace(dict[str, Any]):
    """Names of the test first, then Python's own, then the learner's."""

    def __init__(self, talk: Conversation) -> None:
        super().__init__()
        self._talk = talk

    def __missing__(self, name: str) -> Any:
        if name in vars(builtins) or (name.startswith("__") and name.endswith("__")):
            raise KeyError(name)
        return self._talk.fetch(name)

    def __contains__(self, name: object) -> bool:
        if dict.__contains__(self, name):
            return True
        if not isinstance(name, str) or name.startswith("__"):
            return False
        try:
            self._talk.fetch(name)
        except KeyError:
            return False
        return True


class Function:
    """Stands for a function of the learner."""

    def __init__(self, talk: Conversation, name: str, doc: str | None) -> None:
        self._talk = talk
        self.__name__ = self.__qualname__ = name
        self.__doc__ = doc

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._talk.call(self.__name__, args, kwargs)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    @property
    def __signature__(self) -> inspect.Signature:
        found = self._talk.ask({"op": "signature", "name": self.__name__})
        kinds = list(inspect._ParameterKind)
        parts = [
            inspect.Parameter(
                str(name), kinds[int(kind)], default=None if optional else inspect.Parameter.empty
            )
            for name, kind, optional in found
        ]
        return inspect.Signature(parts)


class Handle:
    """Stands for an object of the learner that stays there (`# strict: handles` in the test).

    Attributes and calls go across. It has no truth value and is equal to no plain data: a learner's
    class could answer both as it likes.
    """

    def __init__(self, talk: Conversation, data: dict[str, Any]) -> None:
        self.__dict__.update(_talk=talk, _number=int(data["v"]), _class=str(data["c"])[:80])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._talk.ask({"op": "attribute", "handle": self._number, "name": name, "handles": 1})

    def __setattr__(self, name: str, value: Any) -> None:
        data = self._talk.encode(value)
        self._talk.ask({"op": "setattr", "handle": self._number, "name": name, "value": data})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._talk.method(self._number, "", args, kwargs)

    def __repr__(self) -> str:
        return f"<{self._class} object of the learner>"

    def __len__(self) -> int:
        return int(self._talk.method(self._number, "__len__", (), {}))

    def __getitem__(self, key: Any) -> Any:
        return self._talk.method(self._number, "__getitem__", (key,), {})

    def __setitem__(self, key: Any, value: Any) -> None:
        self._talk.method(self._number, "__setitem__", (key, value), {})

    def __iter__(self) -> Any:
        return self._talk.method(self._number, "__iter__", (), {})

    def __enter__(self) -> Any:
        return self._talk.method(self._number, "__enter__", (), {})

    def __exit__(self, *trace: Any) -> None:
        self._talk.method(self._number, "__exit__", (None, None, None), {})

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Handle):
            return bool(other._number == self._number)
        raise NotStrictError("学员的对象不能直接同数据比较，请在测试里先取出它的属性")

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> NoReturn:
        raise NotStrictError("学员的对象没有真假值，请在测试里先取出它的属性")


class HandleIterator:
    """Stands for an iterator or generator of the learner."""

    def __init__(self, talk: Conversation, data: dict[str, Any]) -> None:
        self._talk, self._number = talk, int(data["v"])

    def __iter__(self) -> HandleIterator:
        return self

    def __next__(self) -> Any:
        return self._talk.method(self._number, "__next__", (), {})
