"""Marks answer files on the disk against one paper key; a bad file is reported and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from coursekit.errors import CoursekitError, InputError
from coursekit.quiz.itemmarks import STATE_NAMES
from coursekit.quiz.marking import SittingMark, doubled, load_policy, mark_answers
from coursekit.quiz.own_paper import checked_key, ordered_for, own_key
from coursekit.quiz.yamltext import read_text


@dataclass(frozen=True)
class MarkReport:
    """Marks by file, files that could not be read with the reason, and changes against an earlier marking."""

    sittings: dict[str, tuple[str, SittingMark]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    changes: tuple[dict[str, Any], ...] = ()

    @property
    def exit_code(self) -> int:
        """1 when a person has to look at something."""
        return 1 if self.unread or any(sitting.needs_trainer for _, sitting in self.sittings.values()) else 0

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "sittings": [
                {
                    "file": file,
                    "learner": learner,
                    "points": sitting.points,
                    "max_points": sitting.max_points,
                    "flags": list(sitting.flags),
                    "items": [mark.as_json() for mark in sitting.marks],
                }
                for file, (learner, sitting) in self.sittings.items()
            ],
            "changes": list(self.changes),
            "unread": [{"file": file, "reason": reason} for file, reason in self.unread.items()],
        }

    def lines(self) -> list[str]:
        """The report for a trainer."""
        review = sum(1 for _, sitting in self.sittings.values() if sitting.needs_trainer)
        out = [f"判了 {len(self.sittings)} 份，{review} 份要你看，{len(self.unread)} 份读不了。"]
        for file, (learner, sitting) in self.sittings.items():
            out.append(f"{learner or '（没写学员）'}  {sitting.points:g} / {sitting.max_points:g}  {file}")
            out += [f"    当心：{flag}" for flag in sitting.flags]
            out += [
                f"    {mark.id} {STATE_NAMES[mark.state]} {mark.points:g}/{mark.max_points:g} {mark.trainer_note}"
                for mark in sitting.marks
                if mark.state != "right"
            ]
        out += [
            f"改判 {c['learner']} {c['id']}：{_points(c['before'])} 改为 {_points(c['after'])}"
            for c in self.changes
        ]
        return out + [f"读不了 {file}：{reason}" for file, reason in self.unread.items()]


def mark_files(key: Path, answers: list[Path]) -> MarkReport:
    """Mark files against the paper key `key`.

    Parameters
    ----------
    key : Path
        `{"paper", "minutes", "items": [{"id", "points", "rule"}, …]}` with letters as this learner saw
        them; with `keep` (as `quiz draw` writes it) letters are turned for each learner; or several keys by
        learner: `{"learners": {"kh0001": {…}, …}}`.
    answers : list of Path
        Learners' `answers.json`.

    Raises
    ------
    InputError, ContentError
        If the key is not readable or faulty. A bad answer file is only named in the report.
    """
    known = _json(key)
    if not isinstance(known.get("learners"), Mapping):
        checked_key(known, str(key))
    policy = load_policy()
    sittings: dict[str, tuple[str, SittingMark]] = {}
    unread: dict[str, str] = {}
    contents: dict[str, Mapping[str, Any]] = {}
    for file in answers:
        try:
            content = _json(file)
            learner = str(content.get("learner") or "")
            own = _own_key(known, learner, str(key), ordered_for(content, learner))
        except CoursekitError as error:
            unread[str(file)] = str(error)
            continue
        contents[str(file)] = content
        sittings[str(file)] = (learner, mark_answers(own, content, policy))
    for name, others in doubled(contents).items():
        learner, sitting = sittings[name]
        flag = f"与 {'、'.join(others)} 的答案和时间完全相同"
        sittings[name] = (learner, SittingMark(sitting.marks, (*sitting.flags, flag)))
    return MarkReport(sittings, unread)


def compare(report: MarkReport, before: Path) -> MarkReport:
    """The report with what changed against an earlier one, per learner and item.

    Parameters
    ----------
    report : MarkReport
        The new marking, after the key was corrected.
    before : Path
        What `quiz mark --json` printed the first time.

    Raises
    ------
    InputError
        If `before` is no such report.
    """
    old = _json(before).get("sittings")
    if not isinstance(old, list):
        raise InputError(str(before), "quiz mark --json 的输出", "没有 sittings")
    points: dict[tuple[str, str], float] = {}
    for sitting in old:
        for one in sitting.get("items", ()) if isinstance(sitting, Mapping) else ():
            points[str(sitting.get("learner")), str(one.get("id"))] = one.get("points")
    changes: list[dict[str, Any]] = []
    for learner, sitting in report.sittings.values():
        for mark in sitting.marks:
            was = points.get((learner, mark.id))
            if was != mark.points:
                changes.append({"learner": learner, "id": mark.id, "before": was, "after": mark.points})
    return replace(report, changes=tuple(changes))


def _points(value: float | None) -> str:
    return "没有判过" if value is None else f"{value:g} 分"


def _own_key(known: Mapping[str, Any], learner: str, where: str, order: str) -> Mapping[str, Any]:
    learners = known.get("learners")
    if isinstance(learners, Mapping):
        if learner not in learners:
            raise InputError(
                where, "每个学员一份答案", f"没有学员 {learner or '（没写）'} 的", "请核对工号。"
            )
        known = learners[learner]
    checked = checked_key(known if isinstance(known, Mapping) else {}, where)
    return own_key(checked, order) | {"learner": learner or None} if "keep" in checked else checked


def _json(path: Path) -> Mapping[str, Any]:
    text = read_text(path)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(
            str(path), "完整的 JSON", "读不懂的内容", "文件可能没有传完，请重新取一份。"
        ) from None
    if not isinstance(content, dict):
        raise InputError(str(path), "一组 JSON 字段", "别的内容")
    return content
