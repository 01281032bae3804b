"""What the practice page shows: a menu, and one round at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coursekit.errors import InputError
from coursekit.quiz.answers import AnswerFile
from coursekit.quiz.drill import DrillCard
from coursekit.quiz.feedback import feedback, judge
from coursekit.quiz.itemmarks import mark_item
from coursekit.quiz.items import Item
from coursekit.quiz.mastery import AREA_NAMES
from coursekit.quiz.practice import Practice
from coursekit.quiz.present import public_view, rule_of, shown_order
from coursekit.quiz.sessions import SelfCheck, Session, clean, echo_count
from coursekit.quiz.sitting import PaperSitting, Sheet, SheetItem
from coursekit.quiz.templates import instantiate

HOME = {"kind": "home", "label": "回到练习首页"}


class PracticePage:
    """The menu of practice, and the round that was chosen from it."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        self.round: Session | None = None
        self._menu = ""
        self._note = ""
        self._echo: dict[str, int] = {}
        self._alarm: dict[str, str] = {}

    def view(self) -> dict[str, Any]:
        """The menu or the round."""
        if self.round is not None:
            view = self.round.view()
            return {**view, "actions": [*view.get("actions", []), HOME]}
        return {
            "mode": "practice",
            "layout": "list",
            "title": "练习",
            "note": self._note or "练习只给你自己看，不排名，也不算成绩。",
            "items": [],
            "actions": self._actions(),
        }

    def state(self) -> dict[str, Any]:
        """State of the round, or the mastery picture of the menu."""
        if self.round is not None:
            state = self.round.state()
            told = {
                name: {**state["items"].get(name, {}), "alarm": text}
                for name, text in self._alarm.items()
                if name
            }
            state = {**state, "items": {**state["items"], **told}}
            if "" in self._alarm:
                state["result"] = self._alarm[""]
            return {**state, "echo": {**state.get("echo", {}), **self._echo}}
        done, total = self.practice.done_today(), len(self.practice.daily())
        progress = f"今天的每日一练：做了 {len(done)} / {total} 题"
        return {"items": {}, "echo": dict(self._echo), "progress": progress, "bars": self._bars()}

    def handle(self, message: dict[str, Any]) -> None:
        """Menu choices are taken here, everything else by the round."""
        kind = str(message.get("kind"))
        if message.get("id") == "":
            self._echo[""] = echo_count(message)
        if kind == "home":
            self.round, self._menu, self._note = None, "", ""
            self._alarm.clear()
        elif self.round is not None:
            self._pass_on(self.round, message)
        elif kind in ("areas", "lessons", "back"):
            self._menu, self._note = kind.replace("back", ""), ""
        else:
            self._start(kind)

    def _pass_on(self, round_: Session, message: dict[str, Any]) -> None:
        """To the round; what could not be kept is said at the item, and can be handed in again."""
        name = str(message.get("id") or "")
        try:
            round_.handle(message)
            self._alarm.pop(name, None)
        except InputError as error:
            self._alarm[name] = f"没有保存：练习记录{error.got}。{error.todo}"

    def _actions(self) -> list[dict[str, Any]]:
        back = {"kind": "back", "label": "返回"}
        if self._menu == "areas":
            names = self.practice.areas()
            return [
                {"kind": f"area:{a}", "label": f"{AREA_NAMES[a]} {len(n)} 题"} for a, n in names.items()
            ] + [back]
        if self._menu == "lessons":
            lessons = self.practice.lessons()
            return [{"kind": f"lesson:{x}", "label": f"{x} {len(n)} 题"} for x, n in lessons.items()] + [back]
        return [
            {"kind": "daily", "label": "每日一练", "primary": True},
            {"kind": "wrong", "label": f"错题本 {len(self.practice.wrong())} 题"},
            {"kind": "areas", "label": "按领域练"},
            {"kind": "lessons", "label": "按课练"},
            {"kind": "mock", "label": "模拟卷（计时）"},
            {"kind": "drill", "label": "一口清"},
        ]

    def _start(self, kind: str) -> None:
        practice = self.practice
        name, _, value = kind.partition(":")
        seed = f"{practice.learner}-{practice.today()}"
        if name == "daily":
            done = practice.done_today()
            items = [item for item in practice.daily() if item.id not in done]
            self._open(items, "每日一练", "daily", seed, "今天的题都做完了，明天再来。")
        elif name == "wrong":
            self._open(practice.wrong(), "错题本", "wrong", seed, "错题本是空的。")
        elif name == "area" and value in practice.areas():
            self._open(practice.some_of(practice.areas()[value]), AREA_NAMES[value], "area", seed, "")
        elif name == "lesson" and value in practice.lessons():
            self._open(practice.some_of(practice.lessons()[value]), f"第 {value} 课", "lesson", seed, "")
        elif name == "mock":
            self.round = MockRound(practice)
        elif name == "drill":
            cards = practice.drill()
            self.round = DrillRound(practice, cards) if cards else None
            self._note = "" if cards else "没有客户表，做不了一口清。"

    def _open(self, items: Sequence[Item], title: str, mode: str, seed: str, empty: str) -> None:
        self._note = "" if items else empty
        self.round = PracticeRound(self.practice, items, title, mode, seed) if items else None

    def _bars(self) -> list[dict[str, Any]]:
        return [
            {
                "text": area.text,
                "low": area.low,
                "high": area.high,
                "known": area.answered > 0,
                "few": not area.enough,
            }
            for area in self.practice.mastery()
            if area.items
        ]


class PracticeRound(SelfCheck):
    """Items one at a time; the first answer counts, and the explanation always follows."""

    def __init__(self, practice: Practice, items: Sequence[Item], title: str, mode: str, seed: str) -> None:
        super().__init__(items, seed, title)
        self.practice, self.mode = practice, mode

    def view(self) -> dict[str, Any]:
        """One item at a time."""
        return {**super().view(), "mode": "practice", "layout": "one", "check": "交这一题"}

    def _answer(self, name: str, response: Any) -> None:
        item, order = self.items[name], self.orders[name]
        mark = judge(item, order, response)
        if mark.state == "missing":
            return
        if name not in self.first:
            right = mark.state == "right" or (mark.state == "review" and mark.points == mark.max_points)
            self.practice.record(name, right, response, self.mode)
            self.first[name] = right
        told = feedback(item, order, response, reveal=True)
        self._items[name] = {"response": response, "feedback": told}


class MockRound:
    """A mock paper by the real clock; explained when it is over, and taken up again if it was left."""

    def __init__(self, practice: Practice) -> None:
        self.practice = practice
        number, drawn = 1, None
        while (drawn := self._drawn(number)) is None:
            number += 1
        self.seed = f"{practice.learner}-mock-{number}"
        self.items = [instantiate(item, self.seed) for item in drawn]
        self._recorded = False
        self.orders = {item.id: shown_order(item, self.seed) for item in self.items}
        self.file = self._file(number)
        self.sitting = PaperSitting(self._sheet(number), self.file)

    def _drawn(self, number: int) -> list[Item] | None:
        """Items of paper `number` as they were when it was begun; None if it is over, or an item has changed."""
        file, items = self._file(number), self.practice.items
        content = file.read()
        paper, noted = content.get("paper"), content.get("drawn")
        if not isinstance(paper, dict) or not paper.get("started"):
            return self.practice.mock(number)
        if paper.get("handed_in"):
            return None
        if not isinstance(noted, dict):
            return self.practice.mock(number)
        same = all(name in items and items[name].revision == revision for name, revision in noted.items())
        return [items[name] for name in noted] if same else None

    def _file(self, number: int) -> AnswerFile:
        path = self.practice.folder / f"mock-{number:03d}.json"
        return AnswerFile(path, path.stem, self.practice.learner, self.practice.clock)

    def _sheet(self, number: int) -> Sheet:
        views = [public_view(item, self.orders[item.id]) for item in self.items]
        items = [
            SheetItem.model_validate({k: v for k, v in view.items() if k != "type_name"} | {"points": 1})
            for view in views
        ]
        minutes = int(self.practice.rules.number("mock.minutes"))
        return Sheet(paper=f"mock-{number:03d}", title=f"模拟卷 {number}", minutes=minutes, items=items)

    def view(self) -> dict[str, Any]:
        """As a real paper."""
        return self.sitting.view()

    def state(self) -> dict[str, Any]:
        """As a real paper; marks and explanations once it is over."""
        state = self.sitting.state()
        if not state["result"]:
            return state
        right = 0.0
        for item in self.items:
            response = state["items"][item.id]["response"]
            told = feedback(item, self.orders[item.id], response, reveal=True)
            state["items"][item.id]["feedback"] = told
            right += mark_item(item.id, 1, rule_of(item, self.orders[item.id]), response).points
        state["result"] = (
            f"模拟卷做完了，{len(self.items)} 题得 {right:g} 分。每一题下面有解析，错题已经进错题本。"
        )
        return state

    def handle(self, message: dict[str, Any]) -> None:
        """As a real paper; answers go into the journal when it closes."""
        self.sitting.handle(message)
        if message.get("kind") == "start" and "drawn" not in self.file.read():
            self.file.update("drawn", {item.id: item.revision for item in self.items})
        if self._recorded or not _closed(self.file):
            return
        values = self.file.values()
        marks = [
            (item.id, mark_item(item.id, 1, rule_of(item, self.orders[item.id]), values.get(item.id)))
            for item in self.items
        ]
        given = [
            (name, mark.state == "right", values[name]) for name, mark in marks if mark.state != "missing"
        ]
        self.practice.record_all(given, "mock")
        self._recorded = True


class DrillRound:
    """Customers one at a time: say it or type it, then look."""

    def __init__(self, practice: Practice, cards: Sequence[DrillCard]) -> None:
        self.practice = practice
        self.cards = {card.key: card for card in cards}
        self._items: dict[str, dict[str, Any]] = {}
        self._echo: dict[str, int] = {}
        self._done: dict[str, bool] = {}

    def view(self) -> dict[str, Any]:
        """The customer's name and what to say."""
        items = [
            {
                "id": card.key,
                "type": "blank",
                "type_name": "一口清",
                "stem": card.title,
                "units": [one.unit for one in card.fields],
                "labels": [one.label for one in card.fields],
            }
            for card in self.cards.values()
        ]
        return {
            "mode": "practice",
            "layout": "one",
            "title": "一口清",
            "note": "先出声说一遍，再点“看答案”；也可以打字，由程序来对。" + self.practice.told,
            "numbered": True,
            "instant": False,
            "check": "看答案",
            "items": items,
        }

    def state(self) -> dict[str, Any]:
        """Answers and feedback so far."""
        right = sum(self._done.values())
        progress = f"说了 {len(self._done)} / {len(self.cards)} 户，全对 {right} 户"
        return {"items": dict(self._items), "echo": dict(self._echo), "progress": progress}

    def handle(self, message: dict[str, Any]) -> None:
        """`answer` looks; `said_right` and `said_wrong` are the learner's own word after saying it aloud."""
        name, kind = message.get("id"), message.get("kind")
        if not isinstance(name, str) or name not in self.cards:
            return
        self._echo[name] = echo_count(message)
        if kind == "answer":
            self._look(name, clean(message.get("response")))
        elif kind in ("said_right", "said_wrong") and name in self._items:
            self._settle(name, kind == "said_right", "oral")
            self._items[name]["feedback"] |= {
                "state": "right" if self._done[name] else "wrong",
                "actions": [],
            }

    def _look(self, name: str, response: Any) -> None:
        card = self.cards[name]
        given = [str(part) for part in response] if isinstance(response, list) else []
        given += [""] * (len(card.fields) - len(given))
        lines = []
        typed = any(part.strip() for part in given)
        right = [one.right(said) for one, said in zip(card.fields, given, strict=False)]
        for one, ok in zip(card.fields, right, strict=True):
            sign = ("✓ " if ok else "✗ ") if typed else ""
            lines.append({"text": f"{sign}{one.label}：{one.answer}{' ' + one.unit if one.unit else ''}"})
        told: dict[str, Any] = {"state": "review", "headline": "对照一下。", "notes": lines}
        if typed:
            self._settle(name, all(right), "typed")
            told |= {
                "state": "right" if all(right) else "wrong",
                "headline": "都对。" if all(right) else "有没说对的。",
            }
        elif name not in self._done:
            said = [{"kind": "said_right", "label": "都说对了"}, {"kind": "said_wrong", "label": "没说全"}]
            told["actions"] = said
        self._items[name] = {"response": response, "feedback": told}

    def _settle(self, name: str, right: bool, how: str) -> None:
        if name not in self._done:
            self.practice.record(name, right, how, "drill")
            self._done[name] = right


def _closed(file: AnswerFile) -> bool:
    paper = file.read().get("paper")
    return isinstance(paper, dict) and bool(paper.get("handed_in"))
