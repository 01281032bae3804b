"""Reads items for the lint: which texts an item rewards, and which numbers an option covers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from coursekit.quiz.items import Blank, ChoiceBase, Item, Short, TrueFalse
from coursekit.quiz.textnorm import as_number, simplified

_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"\s*([%‰\u4e00-\u9fff]*?)"


def rewarded_texts(item: Item) -> Iterator[str]:
    """What the item says is right: the key, a true statement, the model answer, accepted words."""
    if isinstance(item, ChoiceBase):
        yield from (option.text for option in item.options if option.correct)
    elif isinstance(item, TrueFalse):
        if item.answer:
            yield item.stem
    elif isinstance(item, Blank):
        yield from (text for blank in item.blanks for text in blank.accept)
    elif isinstance(item, Short):
        yield item.model_answer
        yield from (text for phrase in item.phrases for text in phrase.any)


@dataclass(frozen=True)
class Interval:
    """The numbers an option covers, ends included or not, and their unit."""

    low: Fraction | float
    high: Fraction | float
    unit: str
    open_high: bool = False
    open_low: bool = False

    def overlaps(self, other: Interval) -> bool:
        """Whether some number falls into both."""
        first, second = sorted((self, other), key=lambda one: (float(one.low), float(one.high)))
        if first.high == second.low:
            return not (first.open_high or second.open_low)
        return float(first.high) > float(second.low)


def interval(text: str) -> Interval | None:
    """The numbers an option covers, or None when the option is not just numbers."""
    plain = simplified(text).replace(" ", "").strip("。.")
    between = re.fullmatch(rf"{_NUMBER}{_UNIT}(?:-|—|–|~|至|到){_NUMBER}{_UNIT}", plain)
    if between:
        low, _, high, unit = between.groups()
        return Interval(Fraction(low), Fraction(high), unit)
    above = re.fullmatch(rf"(?:不少于|至少|≥)?{_NUMBER}{_UNIT}(?:以上|及以上|起)", plain) or re.fullmatch(
        rf"(?:不少于|至少|不低于|≥){_NUMBER}{_UNIT}", plain
    )
    if above:
        return Interval(Fraction(above.group(1)), float("inf"), above.group(2))
    more = re.fullmatch(rf"(?:大于|超过|多于|>){_NUMBER}{_UNIT}", plain)
    if more:
        return Interval(Fraction(more.group(1)), float("inf"), more.group(2), open_low=True)
    below = re.fullmatch(rf"{_NUMBER}{_UNIT}(?:以内|及以下)", plain) or re.fullmatch(
        rf"(?:不超过|最多|至多|≤){_NUMBER}{_UNIT}", plain
    )
    if below:
        return Interval(float("-inf"), Fraction(below.group(1)), below.group(2))
    less = re.fullmatch(rf"{_NUMBER}{_UNIT}以下", plain) or re.fullmatch(
        rf"(?:不足|不到|小于|少于|低于|<){_NUMBER}{_UNIT}", plain
    )
    if less:
        return Interval(float("-inf"), Fraction(less.group(1)), less.group(2), open_high=True)
    exact = re.fullmatch(rf"{_NUMBER}{_UNIT}", plain)
    if exact:
        value = as_number(exact.group(1))
        if value is not None:
            percent = exact.group(2) == "%"
            return Interval(
                value / 100 if percent else value,
                value / 100 if percent else value,
                "" if percent else exact.group(2),
            )
    return None
