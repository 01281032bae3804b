"""Sitting a paper: a sheet without any key, a clock, and every click kept in `answers.json`.

All that must survive a reload, a kernel restart or a power cut is in the file: when the learner began,
each answer with its time, flags, and when the paper was handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from coursekit.errors import ContentError
from coursekit.quiz.answers import AnswerFile
from coursekit.quiz.faults import chinese
from coursekit.quiz.items import TYPE_NAMES, Model, Text
from coursekit.quiz.sessions import clean, echo_count
from coursekit.quiz.templates import seeded
from coursekit.quiz.yamltext import read_yaml

FILE_NAME = "paper.json"


class SheetItem(Model):
    """One item as printed on the sheet: nothing in it tells the answer."""

    id: Text
    type: Literal["single", "multiple", "true_false", "blank", "short"]
    stem: Text
    points: Annotated[float, Field(gt=0)]
    options: list[Text] = Field(default_factory=list)
    units: list[str] = Field(default_factory=list)
    section: str = ""


class Sheet(Model):
    """A learner's paper, its items and options already in the learner's own order."""

    paper: Text
    title: Text
    minutes: Annotated[int, Field(ge=1, le=600)]
    items: Annotated[list[SheetItem], Field(min_length=1)]
    note: str = ""
    shown: str = Field("", max_length=16)

    @model_validator(mode="after")
    def _ids_differ(self) -> Sheet:
        names = [item.id for item in self.items]
        if len(set(names)) < len(names):
            raise ValueError("有题号重复")
        return self


def load_sheet(path: Path) -> Sheet:
    """Read a sheet (JSON is YAML too).

    Raises
    ------
    InputError
        If the file cannot be read.
    ContentError
        Every fault of the sheet.
    """
    text = read_yaml(path)
    data = text.data
    if isinstance(data, dict):
        data = {key: value for key, value in data.items() if key not in ("schema", "seed", "learner")}
    try:
        return Sheet.model_validate(data)
    except ValidationError as error:
        faults = [f"{path}:{text.line(tuple(fault['loc']))} {chinese(fault)}" for fault in error.errors()]
        raise ContentError(str(path), faults) from None


def shuffled(count: int, *seed: str) -> list[int]:
    """A learner's own order of `count` things; the same on the learner's and on the trainer's side."""
    order = list(range(count))
    seeded("paper", *seed).shuffle(order)
    return order


class PaperSitting:
    """One learner's sitting of one paper.

    Parameters
    ----------
    sheet : Sheet
        What is asked.
    file : AnswerFile
        Keeps everything; a second sitting on the same file goes on where the first stopped.
    """

    def __init__(self, sheet: Sheet, file: AnswerFile) -> None:
        self.sheet, self.file = sheet, file
        self._ids = {item.id for item in sheet.items}
        self._echo: dict[str, int] = {}
        self._saved: dict[str, str] = {}
        self._alarm: dict[str, str] = {}

    def view(self) -> dict[str, Any]:
        """The whole sheet, shown one item at a time."""
        start = {"kind": "start", "label": "开始答题", "primary": True}
        finish = {
            "kind": "finish",
            "label": "交卷",
            "primary": True,
            "confirm": "交卷以后不能再改。",
            "yes": "交卷",
        }
        return {
            "mode": "paper",
            "layout": "one",
            "title": self.sheet.title,
            "note": self.sheet.note,
            "numbered": True,
            "autosave": True,
            "keep": f"paper:{self.file.learner}:{self.sheet.paper}",
            "flags": True,
            "palette": True,
            "timed": True,
            "actions": [start, finish],
            "items": [
                {**item.model_dump(exclude={"section"}), "type_name": TYPE_NAMES[item.type]}
                for item in self.sheet.items
            ],
        }

    def state(self) -> dict[str, Any]:
        """Answers, flags and the clock, from the file."""
        content = self.file.read()
        paper = _mapping(content.get("paper"))
        answers = _mapping(content["answers"])
        flagged = set(paper.get("flagged") or [])
        started, ended = _time(paper.get("started")), _time(paper.get("handed_in"))
        items = {
            name: {
                "response": _mapping(answers.get(name)).get("value"),
                "saved": self._saved.get(name, ""),
                "alarm": self._alarm.get(name, ""),
                "flag": name in flagged,
            }
            for name in self._ids
        }
        done = sum(1 for entry in items.values() if _given(entry["response"]))
        left = self._remaining(started, ended)
        return {
            "items": items,
            "echo": dict(self._echo),
            "current": self._current(paper.get("current")),
            "waiting": started is None,
            "closed": started is None or ended is not None or left <= 0,
            "remaining": left,
            "hide": ["finish"]
            if started is None
            else ["start", "finish"]
            if ended or left <= 0
            else ["start"],
            "progress": self._progress(started, done, len(flagged & self._ids)),
            "result": self._result(ended, left, done),
        }

    def handle(self, message: dict[str, Any]) -> None:
        """Take `start`, `answer`, `flag`, `go`, `time_up`, `finish`; nothing is taken after the end."""
        kind, name = message.get("kind"), message.get("id")
        if not isinstance(name, str) or (name and name not in self._ids):
            return
        self._echo[name] = echo_count(message)
        try:
            self._handle(str(kind), name, message)
            self._alarm.pop(name, None)
        except OSError as error:
            self._alarm[name] = (
                f"没有保存：{self.file.path.name} 写不进去（{error.strerror}）。请马上告诉监考人。"
            )

    def _handle(self, kind: str, name: str, message: dict[str, Any]) -> None:
        paper = _mapping(self.file.read().get("paper"))
        started, ended = _time(paper.get("started")), _time(paper.get("handed_in"))
        now = self.file.clock()
        if kind == "start" and started is None:
            begun = {"id": self.sheet.paper, "learner": self.file.learner, "started": _stamp(now)}
            self.file.update("paper", begun | ({"shown": self.sheet.shown} if self.sheet.shown else {}))
        if started is None or ended is not None:
            return
        if kind == "finish":
            self.file.update("paper", {"handed_in": _stamp(now)})
        elif self._remaining(started, None) <= 0:
            end = started + timedelta(minutes=self.sheet.minutes)
            self.file.update("paper", {"handed_in": _stamp(end), "by_clock": True})
        elif kind == "answer" and name:
            seen = str(paper.get("shown") or "").split()
            if self.sheet.shown and self.sheet.shown not in seen:
                self.file.update("paper", {"shown": " ".join([*seen, self.sheet.shown][:4])})
            at = self.file.save(name, clean(message.get("response")))
            self._saved[name] = at.astimezone().strftime("%H:%M:%S")
        elif kind == "flag" and name:
            flagged = set(paper.get("flagged") or []) - {name}
            flagged |= {name} if message.get("on") is True else set()
            self.file.update("paper", {"flagged": sorted(flagged & self._ids)})
        elif kind == "go":
            self.file.update("paper", {"current": self._current(message.get("index"))})

    def _current(self, index: object) -> int:
        inside = isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(self.sheet.items)
        return int(index) if inside else 0  # type: ignore[call-overload]

    def _remaining(self, started: datetime | None, ended: datetime | None) -> float:
        whole = self.sheet.minutes * 60.0
        if started is None:
            return whole
        used = ((ended or self.file.clock()) - started).total_seconds()
        return min(whole, max(0.0, whole - used))

    def _progress(self, started: datetime | None, done: int, flagged: int) -> str:
        count = len(self.sheet.items)
        points = sum(item.points for item in self.sheet.items)
        if started is None:
            return f"{count} 题，{points:g} 分，{self.sheet.minutes} 分钟。点“开始答题”后开始计时，关掉页面也不会停。"
        return f"已答 {done} / {count} 题" + (f"，标记 {flagged} 题" if flagged else "")

    def _result(self, ended: datetime | None, left: float, done: int) -> str:
        if ended is None and left > 0:
            return ""
        how = "时间到，答卷已收。" if left <= 0 else "已交卷。"
        return f"{how}答了 {done} / {len(self.sheet.items)} 题，都保存好了。请把这份作业打包交给培训师。"


def _stamp(time: datetime) -> str:
    return time.isoformat(timespec="seconds")


def _time(value: object) -> datetime | None:
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return time if time.tzinfo else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _given(value: object) -> bool:
    return any(part != "" for part in value) if isinstance(value, list) else value not in (None, "")
