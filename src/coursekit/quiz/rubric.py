"""Pre-scores a half-page plan: each criterion 0 to 3, with the reason; a person decides.

What the steps need and which criteria there are is data of policy `marking`; the words come from a case's
`key.py`. A sentence that recommends what is forbidden earns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coursekit.domain import policy as policies
from coursekit.errors import ContentError
from coursekit.quiz.rules import Forbidden, TextRule
from coursekit.quiz.textnorm import loose, simplified

_SENTENCE = re.compile(r"[。;!?\n\r]+")
_HEADING = re.compile(r":[^\S\n\r]*[\n\r]+")
_PART = re.compile(r"[,、]+")
_CLAUSE = re.compile(r"[,、:()]+")
_NUMBER = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(万|亿)?\s*([年月日号]?)")
_COUNTED = re.compile(r"[一二两三四五六七八九十百]+\s*[条件个户家次天周元成单样行种]")
_DAY = re.compile(r"[一二三四五六七八九十]+\s*[月日号]")
NUMBERS = {"own": "自己数据里的数", "any": "数", "amount": "数", "date": "几月几日"}
_WEAK = r"(?:(?<!不得)(?<!不能)不|(?<![特分个区])别|勿|没有?)[^不]?"  # next to the word
_STRONG = r"(?:不(?:能|要|可|许|准|该|会|再|应)|(?<!不)不得(?!不)|禁止|严禁|拒绝|谢绝|避免|绝不|决不|从不)[^不]{0,6}"
_DENIED = re.compile(f"(?:{_STRONG}|{_WEAK})$")
_BEFORE = 16  # more than a denial and what must not stand before it


@dataclass(frozen=True)
class Criterion:
    """One thing a plan must say.

    Parameters
    ----------
    name : str
        As learners and trainers read it.
    number : str
        What step 2 needs in the same sentence: `own`, a number out of the learner's own data; `amount`, a
        number that is no date; `date`, a date; `any`, either.
    closes : bool
        Whether step 3 of every criterion needs this one.
    lawful : bool
        Whether anything forbidden in the plan leaves this one at 0.
    """

    name: str
    number: str
    closes: bool
    lawful: bool = False


@dataclass(frozen=True)
class Scale:
    """Criteria of a plan, the names of the steps from 0, and how far a number may be off [share]."""

    criteria: tuple[Criterion, ...]
    steps: tuple[str, ...]
    tolerance: float

    @property
    def top(self) -> int:
        """The highest step."""
        return len(self.steps) - 1


@dataclass(frozen=True)
class Step:
    """What one criterion was pre-scored; `reason` may hold the key's words and is the trainer's."""

    name: str
    step: int
    top: int
    meaning: str
    reason: str

    def as_json(self, reason: bool = True) -> dict[str, Any]:
        """The step as plain data, without the reason where a learner reads it."""
        out = {"name": self.name, "step": self.step, "top": self.top, "meaning": self.meaning}
        return out | {"reason": self.reason} if reason else out


def load_scale(values: Mapping[str, Any] | None = None) -> Scale:
    """The scale of policy `marking`.

    Raises
    ------
    ContentError
        If a criterion asks for another kind of number, or there are not four steps.
    """
    rules = values or policies.load("marking")
    keys = [key for key in rules if key.startswith("plan.criteria.")]
    criteria = tuple(
        Criterion(str(one["name"]), str(one["number"]), bool(one["closes"]), bool(one["lawful"]))
        for one in (rules[key] for key in keys)
    )
    steps = tuple(str(name) for name in rules["plan.steps"])
    faults = [
        f"plan.criteria：{one.name} 的 number 应当是 {'、'.join(NUMBERS)} 之一，看到的是 {one.number}"
        for one in criteria
        if one.number not in NUMBERS
    ]
    if len(steps) != 4:
        faults.append(f"plan.steps：应当有 4 个，从 0 到 3，看到的是 {len(steps)} 个")
    if faults:
        raise ContentError("marking.toml", faults)
    return Scale(criteria, steps, float(rules["plan.tolerance"]))


def scale_faults(rule: TextRule, scale: Scale) -> list[str]:
    """Why a key's criteria do not fit the scale; empty when they do."""
    named, wanted = [phrase.name for phrase in rule.phrases], [one.name for one in scale.criteria]
    return [] if named == wanted else [f"要点应当依次是 {'、'.join(wanted)}，看到的是 {'、'.join(named)}"]


def pre_score(rule: TextRule, text: str, scale: Scale) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """Steps of a plan by criterion, and what it says that is forbidden.

    A criterion is at step 1 when the plan says something with one of its words (a list of bare words says
    nothing), at 2 when the same sentence holds a number for it (out of the learner's own data where the
    criterion wants that), at 3 when the plan also has a target, a date and a check. A number that is no date
    backs one criterion only, so one number does not carry the whole plan. A sentence with something forbidden counts for nothing, the criterion of what is
    done stays at 0, and no other reaches 3: the target, the date and the check of a forbidden act close nothing.

    Parameters
    ----------
    rule : TextRule
        Words by criterion, the numbers that count as the learner's own, what is forbidden.
    text : str
        The plan as written.

    Raises
    ------
    ContentError
        If the rule's criteria are not those of the scale.
    """
    if faults := scale_faults(rule, scale):
        raise ContentError("答案 key.py", faults)
    sentences = sentences_of(text)
    alarms = forbidden(rule.never, sentences)
    lawful = [part for part in sentences if not forbidden(rule.never, [part])]
    every = {loose(word) for phrase in rule.phrases for word in phrase.any} - {""}
    telling = [_telling(part, every) for part in lawful]
    said = []
    for criterion, phrase in zip(scale.criteria, rule.phrases, strict=True):
        words = [loose(word) for word in phrase.any if loose(word)]
        usable = [] if criterion.lawful and alarms else list(enumerate(telling))
        said.append([(place, word) for place, part in usable for word in words if word in part])
    amounts = [
        [
            number
            for place in dict.fromkeys(place for place, _ in named)
            for number in _amounts(criterion, place, lawful[place], rule.numbers, scale.tolerance)
        ]
        for criterion, named in zip(scale.criteria, said, strict=True)
    ]
    given = _given(amounts)
    reached = []
    for row, (criterion, phrase, named) in enumerate(zip(scale.criteria, rule.phrases, said, strict=True)):
        backed = [
            pair
            for pair in named
            if _dated(criterion, lawful[pair[0]]) or given.get(row, (-1, 0))[0] == pair[0]
        ]
        reached.append((criterion, phrase.any, named, backed, bool(amounts[row])))
    open_ones = [one.name for one, _, named, _, _ in reached if one.closes and not named]
    open_ones += ["今天能做的做法"] if alarms else []
    steps = tuple(_step(*found, open_ones, scale) for found in reached)
    if not alarms:
        return steps, alarms
    spoilt = {criterion.name for criterion in scale.criteria if criterion.lawful}
    why = "计划里有今天不能做的事，这一样不给分"
    meaning = "有今天不能做的事"
    return tuple(
        replace(one, meaning=meaning, reason=why) if one.name in spoilt else one for one in steps
    ), alarms


def sentences_of(text: str) -> list[str]:
    """A text sentence by sentence, in plain characters; a heading stays with its text, empty ones go."""
    return [part for part in _SENTENCE.split(_HEADING.sub(":", simplified(text))) if loose(part)]


def forbidden(never: Sequence[str | Forbidden], sentences: Sequence[str]) -> tuple[str, ...]:
    """What is forbidden and is written as something to do; a refusal (不送礼) is none."""
    found = []
    for one in never:
        words, risk = ([one], "") if isinstance(one, str) else (one.any, f"（{one.risk}）")
        found += [
            f"写到了“{word}”{risk}" for word in words if any(_recommends(part, word) for part in sentences)
        ]
    return tuple(found)


def _recommends(sentence: str, word: str) -> bool:
    wanted = loose(word)
    for clause in _CLAUSE.split(simplified(sentence)):
        text = loose(clause)
        for match in re.finditer(re.escape(wanted), text) if wanted else ():
            if not _DENIED.search(text[max(0, match.start() - _BEFORE) : match.start()]):
                return True
    return False


def _telling(sentence: str, words: Container[str]) -> str:
    """The sentence, without the parts that are a bare word of the key where these are half of it or more."""
    parts = [part for part in map(loose, _PART.split(sentence)) if part]
    more = [part for part in parts if part not in words]
    return loose(sentence) if 2 * len(more) > len(parts) else "".join(more)


def _amounts(
    criterion: Criterion, place: int, sentence: str, own: Sequence[float], tolerance: float
) -> list[tuple[int, int]]:
    """Numbers of the sentence, dates apart, that can back the criterion: sentence and position."""
    found = [match for match in _NUMBER.finditer(sentence) if not match[4]]
    if criterion.number == "own":
        return [
            (place, match.start()) for match in found if any(_same(match, value, tolerance) for value in own)
        ]
    if criterion.number == "date":
        return []
    return [(place, match.start()) for match in (*found, *_COUNTED.finditer(sentence))]


def _dated(criterion: Criterion, sentence: str) -> bool:
    """Whether a date of the sentence backs the criterion; a date may back several."""
    if criterion.number not in ("any", "date"):
        return False
    return bool(_DAY.search(sentence)) or any(match[4] for match in _NUMBER.finditer(sentence))


def _given(wanted: Sequence[Sequence[tuple[int, int]]]) -> dict[int, tuple[int, int]]:
    """A number each, for as many criteria as there are numbers for; each number once."""
    taken: dict[tuple[int, int], int] = {}

    def settle(row: int, tried: set[tuple[int, int]]) -> bool:
        for number in wanted[row]:
            if number not in tried:
                tried.add(number)
                if number not in taken or settle(taken[number], tried):
                    taken[number] = row
                    return True
        return False

    for row in range(len(wanted)):
        settle(row, set())
    return {row: number for number, row in taken.items()}


def _same(match: re.Match[str], value: float, tolerance: float) -> bool:
    """Whether the number written is `value`, rounded as the writer rounded it."""
    whole, decimals, scale, _ = match.groups()
    number = float(whole.replace(",", "") + (decimals or "")) * {"万": 1e4, "亿": 1e8}.get(scale or "", 1)
    if scale is None and round(value, len(decimals or ".") - 1) == number:
        return True
    return abs(number - value) <= tolerance * abs(value)


def _step(
    criterion: Criterion,
    words: Sequence[str],
    named: list[tuple[int, str]],
    backed: list[tuple[int, str]],
    shared: bool,
    open_ones: list[str],
    scale: Scale,
) -> Step:
    kind = NUMBERS[criterion.number]
    if not named:
        step, reason = 0, f"没有对上要点的话（找的是：{'、'.join(words)}）"
    elif not backed and shared:
        step, reason = 1, f"对上“{named[0][1]}”，同一句里的数已经撑了别的一样"
    elif not backed:
        step, reason = 1, f"对上“{named[0][1]}”，同一句里没有{kind}"
    elif open_ones:
        step, reason = 2, f"对上“{backed[0][1]}”，同一句里有{kind}；全篇还缺{'、'.join(open_ones)}"
    else:
        step, reason = 3, f"对上“{backed[0][1]}”，同一句里有{kind}；全篇有目标、日期、检查"
    return Step(criterion.name, step, scale.top, scale.steps[step], reason)
