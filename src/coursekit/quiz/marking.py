"""Marks whole answer files: a form's fields, a sat paper; says what is odd about the file itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coursekit.quiz.answers import edited, seal_of
from coursekit.quiz.form import Form
from coursekit.quiz.itemmarks import ItemMark, check_rules, mark_all, mark_item
from coursekit.quiz.items import LETTERS
from coursekit.quiz.rules import MarkingPolicy, load_policy

__all__ = [
    "ItemMark",
    "MarkingPolicy",
    "SittingMark",
    "copy_marks",
    "doubled",
    "file_flags",
    "load_policy",
    "mark_answers",
    "mark_form",
    "mark_item",
    "overtime",
    "values_of",
]


_TELLING = 3  # answers given at the same seconds by two people, from which on it is no chance


@dataclass(frozen=True)
class SittingMark:
    """All marks of one answer file, and flags about the file."""

    marks: tuple[ItemMark, ...]
    flags: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """Points given, proposals included."""
        return round(sum(mark.points for mark in self.marks), 4)

    @property
    def max_points(self) -> float:
        """Points that could be had."""
        return round(sum(mark.max_points for mark in self.marks), 4)

    @property
    def needs_trainer(self) -> bool:
        """Whether any mark or flag needs a person."""
        return bool(self.flags) or any(mark.needs_trainer for mark in self.marks)


def values_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Value by field, from a whole `answers.json`, its `answers` part, or plain values."""
    inner = answers.get("answers") if isinstance(answers.get("answers"), Mapping) else answers
    assert isinstance(inner, Mapping)  # noqa: S101
    return {
        str(name): entry["value"] if isinstance(entry, Mapping) and "value" in entry else entry
        for name, entry in inner.items()
    }


def mark_form(
    form: Form, rules: Mapping[str, Any], answers: Mapping[str, Any], policy: MarkingPolicy | None = None
) -> list[ItemMark]:
    """Mark the fields of a form, in the order of the form.

    Parameters
    ----------
    form : Form
        The form as the learner saw it.
    rules : mapping
        Field id -> rule, from the exercise's `key.py`.
    answers : mapping
        Content of `answers.json`, or its `answers` part.

    Raises
    ------
    ContentError
        If the key lacks a field or holds a faulty rule.
    """
    check_rules("答案 key.py", [field.id for field in form.fields], rules)
    items = []
    for one in form.fields:
        rule = rules[one.id]
        if isinstance(rule, Mapping):
            rule = with_letters(rule, one.options)
            if one.type == "number" and one.unit and "unit" not in rule:
                rule["unit"] = one.unit
        items.append((one.id, one.points, rule))
    return mark_all(items, values_of(answers), policy)


def with_letters(rule: Mapping[str, Any], options: list[str]) -> dict[str, Any]:
    """A rule whose value names options by their letters, as answers do; a key may name them by their text."""
    rule = dict(rule)
    if not options or rule.get("type") not in ("choice", "single", "multiple"):
        return rule
    letter = {text: LETTERS[i] for i, text in enumerate(options)}
    value = rule.get("value")
    if isinstance(value, list | tuple | set | frozenset):
        rule["value"] = [letter.get(v, v) for v in value]
    else:
        rule["value"] = letter.get(value, value) if isinstance(value, str) else value
    if known := rule.get("known"):
        rule["known"] = [{**one, "value": letter.get(one["value"], one["value"])} for one in known]
    return rule | {"options": len(options)}


def mark_answers(
    paper_key: Mapping[str, Any], answers: Mapping[str, Any] | None, policy: MarkingPolicy | None = None
) -> SittingMark:
    """Mark a sat paper.

    Parameters
    ----------
    paper_key : mapping
        `{"paper": id, "learner": id or None, "minutes": n, "items": [{"id", "points", "rule"}, …]}`, the
        rules with the letters this learner saw.
    answers : mapping or None
        Content of `answers.json`; None when no file came.
    """
    items = [(entry["id"], entry["points"], entry["rule"]) for entry in paper_key["items"]]
    check_rules(str(paper_key.get("paper", "试卷")), [i[0] for i in items], {i[0]: i[2] for i in items})
    if answers is None:
        return SittingMark((), ("没有答卷文件",))
    policy = policy or MarkingPolicy()
    known = {item[0] for item in items}
    values = values_of(answers)
    flags = file_flags(answers, str(paper_key.get("learner") or ""), str(paper_key.get("paper") or ""))
    strange = sorted(set(values) - known)
    if strange:
        flags += (f"有 {len(strange)} 个不在卷子里的题号：{'、'.join(strange[:5])}",)
    late = overtime(answers, float(paper_key.get("minutes") or 0), policy.grace_seconds)
    if late:
        flags += (f"超时 {late / 60:.1f} 分钟",)
    if _shown_otherwise(paper_key, answers):
        flags += (
            "答题时的题或选项顺序与出卷时不同（paper.json 或 order.json 被改过），答的字母可能对不上，请当面核对",
        )
    return SittingMark(tuple(mark_all(items, values, policy)), flags)


def _shown_otherwise(paper_key: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether the page noted another paper than was drawn; keys and answers without the note say nothing."""
    paper = answers.get("paper")
    noted = paper.get("shown") if isinstance(paper, Mapping) else None
    drawn = paper_key.get("shown")
    return isinstance(noted, str) and isinstance(drawn, str) and any(one != drawn for one in noted.split())


def file_flags(answers: Mapping[str, Any], learner: str = "", assignment: str = "") -> tuple[str, ...]:
    """What is odd about an answer file: whose it is, what for, edited by hand."""
    flags: list[str] = []
    if learner and str(answers.get("learner") or learner).casefold() != learner.casefold():
        flags.append(f"答卷上写的学员是 {str(answers.get('learner'))[:40]}，不是 {learner}")
    if assignment and answers.get("assignment") not in ("", None, assignment):
        flags.append(f"答卷上写的作业是 {str(answers.get('assignment'))[:40]}，不是 {assignment}")
    if edited(answers):
        flags.append("答卷文件被改过（不是由答题页保存的）")
    if not isinstance(answers.get("answers"), Mapping):
        flags.append("答卷里没有 answers 这一部分")
    return tuple(flags)


def copy_marks(content: Mapping[str, Any]) -> frozenset[str]:
    """Digests that two answer files share when one is a copy of the other; none for an empty file."""
    answers = content.get("answers")
    if not isinstance(answers, Mapping) or not answers:
        return frozenset()
    telling = {seal_of({"answers": answers})} if len(answers) >= _TELLING else set()
    return frozenset({seal_of(content)} | telling)


def doubled(files: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Files that are one file handed in twice: the same content, or several answers at the same seconds.

    Parameters
    ----------
    files : mapping
        Student id (or file) -> content of the answer file.

    Returns
    -------
    dict
        Student id -> the others with the same content.
    """
    groups: dict[str, set[str]] = {}
    for student, content in files.items():
        for trait in copy_marks(content):
            groups.setdefault(trait, set()).add(student)
    return {
        student: sorted(set().union(*(group for group in groups.values() if student in group)) - {student})
        for student in sorted(files)
        if any(student in group and len(group) > 1 for group in groups.values())
    }


def overtime(answers: Mapping[str, Any], minutes: float, grace_seconds: float) -> float:
    """Seconds from the end of the time to the last answer [s]; 0 when in time or unknown."""
    paper = answers.get("paper")
    started = _time(paper.get("started")) if isinstance(paper, Mapping) else None
    if started is None or minutes <= 0:
        return 0.0
    entries = answers.get("answers")
    times = (
        [_time(e.get("at")) for e in entries.values() if isinstance(e, Mapping)]
        if isinstance(entries, Mapping)
        else []
    )
    last = max((t for t in times if t is not None), default=None)
    if last is None:
        return 0.0
    late = (last - started).total_seconds() - minutes * 60
    return late if late > grace_seconds else 0.0


def _time(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return None
    return time if time.tzinfo else None
