"""Marks answers by rules: pure, deterministic, every item explained in two views.

The learner's view never holds the key; the trainer's does. What was not answered is `missing` (no points),
what a person must judge is `review`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from coursekit.errors import ContentError
from coursekit.quiz.items import LETTERS
from coursekit.quiz.keywords import bare_words, hit
from coursekit.quiz.rubric import Step, forbidden, load_scale, pre_score, sentences_of
from coursekit.quiz.rules import (
    AnyRule,
    BlanksRule,
    ChoiceRule,
    KnownOption,
    MarkingPolicy,
    MultipleRule,
    NumberRule,
    TextRule,
    TrueFalseRule,
    parse_rule,
)
from coursekit.quiz.textnorm import as_number, loose, loose_same, simplified

State = Literal["right", "partial", "wrong", "missing", "review"]
STATE_NAMES = {
    "right": "对",
    "partial": "部分对",
    "wrong": "不对",
    "missing": "没有作答",
    "review": "待培训师评",
}


@dataclass(frozen=True)
class ItemMark:
    """The mark of one item or form field.

    Parameters
    ----------
    id : str
        Item or field.
    points, max_points : float
        What was given and what could be had.
    state : str
        `right`, `partial`, `wrong`, `missing`, or `review` (points are then a proposal).
    given : str
        The answer as text.
    learner_note, trainer_note : str
        What was right, what is missing; the key only for the trainer.
    flags : tuple of str
        What is odd about the answer.
    steps : tuple of Step
        Of a plan: each criterion 0 to 3.
    """

    id: str
    points: float
    max_points: float
    state: State
    given: str = ""
    learner_note: str = ""
    trainer_note: str = ""
    flags: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def needs_trainer(self) -> bool:
        """Whether a person has to settle the points."""
        return self.state == "review"

    def as_json(self, view: Literal["learner", "trainer"] = "trainer") -> dict[str, Any]:
        """The mark as plain data; the learner's view holds no key and no flags."""
        out: dict[str, Any] = {
            "id": self.id,
            "points": self.points,
            "max_points": self.max_points,
            "state": self.state,
            "given": self.given,
            "note": self.learner_note,
        }
        if self.steps:
            out["steps"] = [one.as_json(reason=view == "trainer") for one in self.steps]
        if view == "trainer":
            out |= {"trainer_note": self.trainer_note, "flags": list(self.flags)}
        return out


@dataclass(frozen=True)
class Verdict:
    """Share of the points for one answer, before it becomes an `ItemMark`."""

    share: Fraction
    learner: str
    trainer: str
    state: State | None = None
    flags: tuple[str, ...] = field(default=())
    steps: tuple[Step, ...] = ()


def mark_item(
    item_id: str, max_points: float, rule: Any, response: Any, policy: MarkingPolicy | None = None
) -> ItemMark:
    """Mark one response.

    Parameters
    ----------
    item_id : str
        Item or form field.
    max_points : float
        Points for a full answer.
    rule : mapping or Rule
        As in a `key.py` or a paper key.
    response : object
        What the learner gave: letter, list of letters, bool, number, text, list of texts; None for nothing.

    Raises
    ------
    ContentError
        If the rule is faulty. A strange response is never an error: it is wrong, with a flag.
    """
    policy = policy or MarkingPolicy()
    checked = parse_rule(item_id, rule)
    given = shown(response)
    if not given or (isinstance(checked, TextRule) and not loose(given)):
        return ItemMark(
            item_id, 0.0, max_points, "missing", "", "没有作答。", f"没有作答。{key_text(checked)}"
        )
    verdict = _MARKERS[type(checked)](checked, response, policy)
    state: State = verdict.state or (
        "right" if verdict.share == 1 else "partial" if verdict.share else "wrong"
    )
    points = float(round(Fraction(str(max_points)) * verdict.share, 4))
    return ItemMark(
        item_id, points, max_points, state, given, verdict.learner, verdict.trainer, verdict.flags,
        verdict.steps,
    )  # fmt: skip


def mark_all(
    items: Sequence[tuple[str, float, Any]], responses: Mapping[str, Any], policy: MarkingPolicy | None = None
) -> list[ItemMark]:
    """Mark several `(id, points, rule)` against responses by id."""
    return [mark_item(name, points, rule, responses.get(name), policy) for name, points, rule in items]


def shown(response: Any) -> str:
    """A response as one short text; empty when nothing was answered."""
    if response is None:
        return ""
    if isinstance(response, bool):
        return "对" if response else "错"
    if isinstance(response, list | tuple):
        parts = [shown(part) for part in response]
        return "、".join(part or "（空）" for part in parts) if any(parts) else ""
    return str(response).strip()[:2000]


def key_text(rule: AnyRule) -> str:
    """The key for the trainer's eyes."""
    match rule:
        case NumberRule():
            return f"答案 {rule.value:g}{rule.unit}，允许相差 {rule.tolerance:g}。"
        case ChoiceRule():
            return f"答案 {rule.value}。"
        case MultipleRule():
            return f"答案 {'、'.join(rule.value)}。"
        case TrueFalseRule():
            return f"答案 {shown(rule.value)}。"
        case BlanksRule():
            return f"答案 {'；'.join('/'.join(b.accept) + b.unit for b in rule.blanks)}。"
        case TextRule():
            return f"要点 {'；'.join(p.name or '/'.join(p.any) for p in rule.phrases)}。"


def _number(rule: NumberRule, response: Any, _: MarkingPolicy) -> Verdict:
    key = key_text(rule)
    if isinstance(response, bool | list):
        return Verdict(Fraction(0), "这里要填一个数。", f"交来的不是数。{key}", flags=("不是数",))
    number = as_number(response, rule.unit)
    if number is None:
        unit = f"，单位是{rule.unit}" if rule.unit else ""
        return Verdict(
            Fraction(0),
            f"“{shown(response)[:30]}”读不成一个数{unit}。",
            f"读不成数。{key}",
            flags=("不是数",),
        )
    target, tolerance = Fraction(str(rule.value)), Fraction(str(rule.tolerance))
    if abs(number - target) <= tolerance:
        return Verdict(Fraction(1), "数对了。", f"对。{key}")
    for known in rule.known:
        if abs(number - Fraction(str(known.value))) <= Fraction(str(known.tolerance or rule.tolerance)):
            return Verdict(Fraction(0), f"这个数不对。{known.note}", f"常见的错：{known.note}{key}")
    hint = _scale_hint(number, target, tolerance)
    return Verdict(Fraction(0), f"这个数不在允许范围内。{hint}".strip(), f"{hint}{key}")


def _scale_hint(number: Fraction, target: Fraction, tolerance: Fraction) -> str:
    """Off by a plain factor: a percentage, a sign."""
    for factor, text in ((100, "看看百分数和小数是不是弄混了。"), (-1, "看看正负号。")):
        if target and (
            abs(number * factor - target) <= tolerance
            or abs(number - target * factor) <= tolerance * abs(factor)
        ):
            return text
    return ""


def _choice(rule: ChoiceRule, response: Any, _: MarkingPolicy) -> Verdict:
    if isinstance(response, list) and len(response) == 1:
        response = response[0]
    letter, odd = _letter(response, rule.options)
    right = letter == _key_letter(rule.value) and not odd
    note = "选对了。" if right else f"选得不对。{_known_notes(rule.known, {letter})}"
    return Verdict(Fraction(int(right)), note, f"选了 {shown(response)}。{key_text(rule)}", flags=odd)


def _multiple(rule: MultipleRule, response: Any, policy: MarkingPolicy) -> Verdict:
    parts = response if isinstance(response, list) else _split(response)
    letters: list[str] = []
    flags: tuple[str, ...] = ()
    for part in parts:
        letter, odd = _letter(part, rule.options)
        letters.append(letter)
        flags += odd
    chosen, key = set(letters), {_key_letter(value) for value in rule.value}
    hit, wrong = len(chosen & key), len(chosen - key)
    trainer = f"选了 {'、'.join(sorted(chosen))}。{key_text(rule)}"
    if chosen == key and not flags:
        return Verdict(Fraction(1), "都选对了。", trainer)
    if wrong or flags:
        learner = "选了不该选的，这题不给分。" if hit else "选得不对。"
        return Verdict(Fraction(0), learner + _known_notes(rule.known, chosen), trainer, flags=flags)
    if policy.multiple == "per_option":
        return Verdict(Fraction(hit, len(key)), f"选的 {hit} 个都对，还有没选到的。", trainer)
    share = Fraction(str(policy.missing_share)) if policy.multiple == "half_when_missing" else Fraction(0)
    return Verdict(share, f"选的 {hit} 个都对，还有没选到的。", f"漏选。{trainer}")


def _known_notes(known: Sequence[KnownOption], chosen: Collection[str]) -> str:
    """What the chosen wrong options tell."""
    return "".join(one.note for one in known if _key_letter(one.value) in chosen)


def _true_false(rule: TrueFalseRule, response: Any, _: MarkingPolicy) -> Verdict:
    words = {"对": True, "正确": True, "是": True, "true": True, "√": True, "t": True}
    words |= {
        "错": False,
        "错误": False,
        "不对": False,
        "否": False,
        "false": False,
        "×": False,
        "x": False,
        "f": False,
    }
    value = response if isinstance(response, bool) else words.get(simplified(shown(response)))
    if value is None:
        return Verdict(
            Fraction(0), "这里只能答对或错。", f"交来的不是对错。{key_text(rule)}", flags=("不是对错",)
        )
    note = "判断对了。" if value == rule.value else "判断得不对。"
    return Verdict(Fraction(int(value == rule.value)), note, f"判为{shown(value)}。{key_text(rule)}")


def _blank(rule: BlanksRule, response: Any, _: MarkingPolicy) -> Verdict:
    parts = list(response) if isinstance(response, list) else [response]
    flags = ("空的个数不对",) if len(parts) != len(rule.blanks) else ()
    parts = (parts + [None] * len(rule.blanks))[: len(rule.blanks)]
    right = [
        any(_accepts(accepted, blank.unit, blank.tolerance, part) for accepted in blank.accept)
        for blank, part in zip(rule.blanks, parts, strict=True)
    ]
    share = Fraction(sum(right), len(right))
    if len(right) == 1:
        note = "填对了。" if right[0] else "填得不对。"
    else:
        note = "；".join(f"第 {i} 空{'对' if ok else '不对'}" for i, ok in enumerate(right, 1)) + "。"
    return Verdict(share, note, f"{note}{key_text(rule)}", flags=flags)


def _accepts(accepted: str, unit: str, tolerance: float, given: Any) -> bool:
    text = shown(given)
    if not text:
        return False
    target, number = as_number(accepted, unit), as_number(given, unit)
    if target is not None and number is not None:
        return abs(target - number) <= Fraction(str(tolerance))
    if target is not None:
        return False
    without_unit = text.removesuffix(unit) if unit else text
    return loose_same(accepted, text) or loose_same(accepted, without_unit)


def _text(rule: TextRule, response: Any, policy: MarkingPolicy) -> Verdict:
    if rule.scale:
        return _plan(rule, response, policy)
    sentences = sentences_of(shown(response))
    alarms = forbidden(rule.never, sentences)
    lawful = [loose(one) for one in sentences if not forbidden(rule.never, [one])]
    bare = rule.sentences and bare_words(rule, sentences)
    words = [None if bare else hit(phrase, lawful) for phrase in rule.phrases]
    hits = [word is not None for word in words]
    total = sum(Fraction(str(phrase.points)) for phrase in rule.phrases)
    got = sum(
        (Fraction(str(p.points)) for p, hit in zip(rule.phrases, hits, strict=True) if hit), Fraction(0)
    )
    if alarms:  # whoever writes something forbidden is never proposed for everything
        got = min(got, total - min(Fraction(str(p.points)) for p in rule.phrases))
    named = [p.name for p, hit in zip(rule.phrases, hits, strict=True) if hit and p.name]
    missing = [p.name or "/".join(p.any) for p, hit in zip(rule.phrases, hits, strict=True) if not hit]
    learner = f"写到了 {sum(hits)} 个要点" + (f"（{'、'.join(named)}）" if named else "")
    unsaid = [p.name for p, hit in zip(rule.phrases, hits, strict=True) if not hit and p.name]
    learner += f"，还有 {len(missing)} 个没有写到" if missing else ""
    learner += (f"（{'、'.join(unsaid)}）" if unsaid else "") + "。"
    learner = "只有几个词，没有成句。这一格要用话说清楚。" if bare else learner
    learner += "".join(f"{alarm}，今天不能这样做，这一句不给分。" for alarm in alarms)
    found = "、".join(word for word in words if word is not None)
    trainer = f"关键词对上 {sum(hits)}/{len(hits)}" + (f"（{found}）" if found else "")
    trainer += f"，没有对上：{'；'.join(missing)}。" if missing else "。"
    trainer = f"像是只列了关键词，没有成句，请看。{trainer}" if bare else trainer
    flags = (*alarms, "像是只列了词") if bare else alarms
    state: State | None = "review" if policy.text_needs_trainer or flags else None
    return Verdict(
        got / total,
        learner,
        trainer + "".join(f"{alarm}，这一句没有给分，请看。" for alarm in alarms),
        state,
        flags,
    )


def _plan(rule: TextRule, response: Any, policy: MarkingPolicy) -> Verdict:
    """A plan: share of all steps; the learner's note names criteria and steps, never the words."""
    steps, alarms = pre_score(rule, str(response), load_scale())
    share = Fraction(sum(one.step for one in steps), sum(one.top for one in steps))
    learner = "；".join(f"{one.name} {one.step} 步（{one.meaning}）" for one in steps) + "。"
    learner += "".join(f"{alarm}，今天不能做，这一句不给分。" for alarm in alarms)
    trainer = "；".join(f"{one.name} {one.step}/{one.top}：{one.reason}" for one in steps) + "。"
    trainer += "".join(f"{alarm}，这一句不给分，请看。" for alarm in alarms)
    state: State | None = "review" if policy.text_needs_trainer or alarms else None
    return Verdict(share, learner, trainer, state, alarms, steps)


def _letter(value: Any, options: int) -> tuple[str, tuple[str, ...]]:
    """The letter that was chosen, and a flag when there is no such option."""
    text = simplified(shown(value)).upper().strip(".、) ")
    if len(text) == 1 and text in LETTERS and (not options or LETTERS.index(text) < options):
        return text, ()
    return loose(shown(value)), ("没有这个选项",) if options else ()


def _key_letter(value: str) -> str:
    text = simplified(value).upper().strip()
    return text if len(text) == 1 else loose(value)


def _split(response: Any) -> list[str]:
    text = simplified(shown(response)).upper()
    letters = [c for c in text if c not in " ,，、;；."]
    return letters if all(c in LETTERS for c in letters) else [shown(response)]


_MARKERS: dict[type, Callable[..., Verdict]] = {
    NumberRule: _number,
    ChoiceRule: _choice,
    MultipleRule: _multiple,
    TrueFalseRule: _true_false,
    BlanksRule: _blank,
    TextRule: _text,
}


def check_rules(where: str, names: Sequence[str], rules: Mapping[str, Any]) -> None:
    """Refuse a key that lacks a field, names an unknown one, or holds a faulty rule.

    Raises
    ------
    ContentError
        Every fault.
    """
    faults = [f"{where} 缺少 {name} 的答案" for name in names if name not in rules]
    faults += [f"{where} 不认识的格子 {name}" for name in rules if name not in names]
    for name in names:
        if name in rules:
            try:
                parse_rule(f"{where} {name}", rules[name])
            except ContentError as error:
                faults += error.faults
    if faults:
        raise ContentError(where, faults)
