"""Checks the `answers.json` of a hand-in: bounded, of the agreed shape, plain values only. Pure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coursekit.errors import InputError, unreadable
from coursekit.quiz.answers import edited

MAX_BYTES = 256 << 10
MAX_FIELDS = 200
MAX_TEXT = 5000
MAX_CHOICES = 40
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Answers:
    """Typed-in answers of one learner: values and times by field, and what was left out.

    `edited` is True when the file no longer fits the seal the answer page wrote; `paper` holds id, start
    and end of a sat paper.
    """

    assignment: str
    learner: str
    fields: Mapping[str, Mapping[str, Any]]
    notes: tuple[str, ...] = ()
    edited: bool = False
    paper: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The file's own form, with nothing in it that was not checked."""
        content: dict[str, Any] = {
            "schema": 1,
            "assignment": self.assignment,
            "learner": self.learner,
            "answers": {name: dict(entry) for name, entry in self.fields.items()},
        }
        return {**content, "paper": dict(self.paper)} if self.paper else content


def read_answers(data: bytes, where: str = "answers.json") -> Answers:
    """Answers in the bytes of an `answers.json`.

    Raises
    ------
    InputError
        If the file is too large, no JSON, or not of the agreed shape. A single bad field is left out
        and named in `notes` instead.
    """
    if len(data) > MAX_BYTES:
        raise InputError(where, f"不超过 {MAX_BYTES >> 10} KB", f"{len(data) >> 10} KB")
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InputError(
            where, "JSON 文件", f"读不懂（{unreadable(error)}）", "请学员重新填写并再交一次。"
        ) from error
    if not isinstance(content, dict) or content.get("schema") != 1:
        raise InputError(where, '开头写着 "schema": 1 的对象', "别的内容", "请学员重新填写并再交一次。")
    raw = content.get("answers")
    if not isinstance(raw, dict) or len(raw) > MAX_FIELDS:
        raise InputError(
            where, f"answers 下至多 {MAX_FIELDS} 个格子", "别的内容", "请学员重新填写并再交一次。"
        )
    fields: dict[str, Mapping[str, Any]] = {}
    notes = []
    for name, entry in raw.items():
        fault = _fault_of(name, entry)
        if fault:
            notes.append(f"{where} 的格子 {_text(name[:40])}：{fault}，没有收")
        else:
            fields[name] = {"value": entry["value"], "at": _text(entry.get("at"))[:40]}
    return Answers(
        _text(content.get("assignment")),
        _text(content.get("learner")),
        fields,
        tuple(notes),
        edited(content),
        _sitting(content.get("paper")),
    )


def _sitting(paper: object) -> dict[str, str]:
    """Which paper was sat, in whose order, from when to when; empty for an exercise."""
    if not isinstance(paper, dict):
        return {}
    return {
        name: _text(paper[name])[:80]
        for name in ("id", "learner", "started", "handed_in", "shown")
        if name in paper
    }


def _no_constant(word: str) -> float:
    raise ValueError(f"不允许 {word}")


def _text(value: object) -> str:
    return value[:200].encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _is_text(value: object) -> bool:
    """Whether it can be written to a file; JSON may hold halves of characters."""
    return isinstance(value, str) and not _HALF.search(value)


def _fault_of(name: str, entry: object) -> str:
    """What is wrong with one field, or an empty string."""
    if not name or len(name) > 64 or not _is_text(name):
        return "名字为空、太长或不是文字"
    if not isinstance(entry, dict) or "value" not in entry:
        return "没有 value"
    value = entry["value"]
    if isinstance(value, list):
        plain = len(value) <= MAX_CHOICES and all(_is_text(item) and len(item) <= 200 for item in value)
        return "" if plain else f"不是至多 {MAX_CHOICES} 个短文本"
    if isinstance(value, str):
        if not _is_text(value):
            return "里面有半个字符"
        return "" if len(value) <= MAX_TEXT else f"超过 {MAX_TEXT} 字"
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return "" if abs(value) < 1e15 and math.isfinite(value) else "数太大"
    return "不是数、文字或选项"
