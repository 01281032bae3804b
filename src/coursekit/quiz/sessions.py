"""What happens between the learner's clicks and the kernel, without any widget: pure state and messages.

A session gives a `view` (what to show, never a key) and a `state` (what was answered), and takes messages
`{"kind", "id", "n", …}` from the front end. Whatever the front end sends, a session never fails on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from coursekit.quiz.answers import AnswerFile
from coursekit.quiz.feedback import feedback, judge
from coursekit.quiz.form import FormField
from coursekit.quiz.items import Item
from coursekit.quiz.present import public_view, shown_order
from coursekit.quiz.templates import instantiate
from coursekit.quiz.textnorm import as_number

MAX_TEXT = 4000


class Session(Protocol):
    """What the widget needs of a session."""

    def view(self) -> dict[str, Any]:
        """What to show."""

    def state(self) -> dict[str, Any]:
        """What was answered and what is said about it."""

    def handle(self, message: dict[str, Any]) -> None:
        """Take one message of the front end."""


def clean(response: Any) -> Any:
    """A response cut down to what an answer may be: text, bool, number, or a short list of texts."""
    if isinstance(response, bool | int | float) or response is None:
        return response
    if isinstance(response, list):
        return [str(part)[:200] for part in response[:40] if isinstance(part, str | int | float)]
    return str(response)[:MAX_TEXT] if isinstance(response, str) else None


class SelfCheck:
    """Practice items on one page: click, and read why.

    The first wrong answer brings the reason behind that option; the explanation comes with the right
    answer, or when the learner asks for it. `first` keeps whether the first answer was right.
    """

    def __init__(self, items: Sequence[Item], seed: str = "", title: str = "自测") -> None:
        self.items = {item.id: instantiate(item, seed) for item in items}
        self.orders = {name: shown_order(item, seed) for name, item in self.items.items()}
        self.title = title
        self.first: dict[str, bool] = {}
        self._items: dict[str, dict[str, Any]] = {}
        self._echo: dict[str, int] = {}

    def view(self) -> dict[str, Any]:
        """All items, listed."""
        return {
            "mode": "selfcheck",
            "layout": "list",
            "title": self.title,
            "numbered": True,
            "instant": True,
            "check": "看看对不对",
            "items": [public_view(item, self.orders[name]) for name, item in self.items.items()],
        }

    def state(self) -> dict[str, Any]:
        """Answers and feedback so far."""
        right = sum(self.first.values())
        done = len(self.first)
        progress = f"{len(self.items)} 题"
        if done:
            progress = f"做了 {done} / {len(self.items)} 题，第一次就对的 {right} 题"
        return {"items": dict(self._items), "echo": dict(self._echo), "progress": progress}

    def handle(self, message: dict[str, Any]) -> None:
        """`answer` gives feedback; `reveal` tells the solution."""
        name = message.get("id")
        if not isinstance(name, str) or name not in self.items:
            return
        self._echo[name] = echo_count(message)
        kind = message.get("kind")
        if kind == "answer":
            self._answer(name, clean(message.get("response")))
        elif kind == "reveal":
            entry = self._items.get(name, {})
            told = feedback(self.items[name], self.orders[name], entry.get("response"), reveal=True)
            self._items[name] = {**entry, "feedback": told}

    def _answer(self, name: str, response: Any) -> None:
        item, order = self.items[name], self.orders[name]
        mark = judge(item, order, response)
        told = feedback(item, order, response)
        if mark.state != "missing":
            self.first.setdefault(name, mark.state in ("right", "review"))
        if mark.state in ("wrong", "partial"):
            told["actions"] = [{"kind": "reveal", "label": "看答案和解析"}]
        self._items[name] = {"response": response, "feedback": told}


class FormEntry:
    """One field of a form task, kept in `answers.json` as soon as it is typed."""

    def __init__(self, field: FormField, file: AnswerFile) -> None:
        self.field, self.file = field, file
        self._echo = 0
        self._saved = ""
        self._alarm = ""
        self._value = self._restore()

    def _restore(self) -> Any:
        value = self.file.values().get(self.field.id)
        if self.file.set_aside:
            self._alarm = (
                f"原来的 {self.file.path.name} 读不懂，已另存为 {self.file.set_aside.name}，请重新填写。"
            )
        return value

    def view(self) -> dict[str, Any]:
        """The field as a page of one item."""
        item = self.field.model_dump(include={"id", "type", "options", "unit", "hint", "rows", "points"})
        item["stem"] = self.field.prompt
        keep = f"form:{self.file.learner}:{self.file.assignment}:{self.field.id}"
        return {"mode": "form", "layout": "list", "autosave": True, "keep": keep, "items": [item]}

    def state(self) -> dict[str, Any]:
        """The kept value and when it was kept."""
        value = self._value
        if value is not None and self.field.type in ("number", "text") and not isinstance(value, str):
            value = f"{value:g}" if isinstance(value, float) else str(value)
        entry = {"response": value, "saved": self._saved, "alarm": self._alarm}
        return {"items": {self.field.id: entry}, "echo": {self.field.id: self._echo}}

    def handle(self, message: dict[str, Any]) -> None:
        """Keep the answer."""
        if message.get("kind") != "answer" or message.get("id") != self.field.id:
            return
        self._echo = echo_count(message)
        value = clean(message.get("response"))
        value = self._typed(value)
        try:
            at = self.file.save(self.field.id, value)
        except OSError as error:
            self._alarm = f"没有保存：{self.file.path.name} 写不进去（{error.strerror}）。请检查文件夹。"
            return
        self._value = value
        self._saved = at.astimezone().strftime("%H:%M:%S")

    def _typed(self, value: Any) -> Any:
        """Numbers as numbers where that is certain; say so where it is not."""
        self._alarm = ""
        if self.field.type != "number" or value in (None, ""):
            return value
        number = as_number(value, self.field.unit)
        if number is None:
            unit = f"，单位{self.field.unit}" if self.field.unit else ""
            self._alarm = f"已保存，但读不成一个数{unit}。请只填一个数。"
        return value


def echo_count(message: dict[str, Any]) -> int:
    """The number the front end gave to its message; it comes back when the message was taken."""
    n = message.get("n")
    return n if isinstance(n, int) and not isinstance(n, bool) else 0
