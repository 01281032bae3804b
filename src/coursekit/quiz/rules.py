"""Marking rules: their shapes, checked once, and the policy that says how strictly to mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from coursekit.domain import policy
from coursekit.errors import ContentError
from coursekit.quiz.faults import chinese
from coursekit.quiz.items import BlankRule, Model, Phrase, RiskId, Text


class Rule(Model):
    """Base of rules; numbers may come as numpy scalars turned to float by the key."""

    model_config = ConfigDict(strict=False, extra="forbid", frozen=True)


class KnownError(Rule):
    """A wrong number that people really give, and what it tells; the note must not hold the key."""

    value: float
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    note: Text


class NumberRule(Rule):
    """A number within a tolerance, both in `unit`."""

    type: Literal["number"]
    value: float
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    unit: str = ""
    known: list[KnownError] = Field(default_factory=list)


class KnownOption(Rule):
    """A wrong option that people really choose, and what it tells; the note must not hold the key."""

    value: Text
    note: Text


class ChoiceRule(Rule):
    """One letter, as shown, or the text of the option."""

    type: Literal["choice", "single"]
    value: Text
    options: int = 0
    known: list[KnownOption] = Field(default_factory=list)


class MultipleRule(Rule):
    """Several letters, as shown, or texts of options."""

    type: Literal["multiple"]
    value: Annotated[list[Text], Field(min_length=1)]
    options: int = 0
    known: list[KnownOption] = Field(default_factory=list)


class TrueFalseRule(Rule):
    """Right or wrong."""

    type: Literal["true_false"]
    value: bool


class BlanksRule(Rule):
    """Each blank with what it accepts."""

    type: Literal["blank"]
    blanks: Annotated[list[BlankRule], Field(min_length=1)]


class Forbidden(Rule):
    """Words for something that today's rules forbid, and the id of the risk."""

    any: Annotated[list[Text], Field(min_length=1)]
    risk: RiskId


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"不是正则表达式：{error}") from None
    return text


class KeyPhrase(Phrase):
    """A point of a text: any of the words earns it, or any of the patterns, for what has many wordings.

    Patterns are held against one sentence at a time, without spaces and punctuation.
    """

    like: list[Annotated[Text, AfterValidator(_pattern)]] = Field(default_factory=list)


class TextRule(Rule):
    """Key phrases, and words that call the trainer.

    With `sentences` an answer must say something: for a list of the key's words nothing is proposed.

    With `scale = "plan"` each phrase is a criterion of the plan scale (policy `marking`), scored in steps:
    `numbers` are those of the learner's own data that count as evidence, `reference` is a plan that earns
    everything.
    """

    type: Literal["text", "short"]
    phrases: Annotated[list[KeyPhrase], Field(min_length=1)]
    never: list[Text | Forbidden] = Field(default_factory=list)
    scale: Literal["", "plan"] = ""
    numbers: list[float] = Field(default_factory=list)
    reference: str = ""
    sentences: bool = False


AnyRule = NumberRule | ChoiceRule | MultipleRule | TrueFalseRule | BlanksRule | TextRule
_ADAPTER: TypeAdapter[AnyRule] = TypeAdapter(Annotated[AnyRule, Field(discriminator="type")])


def parse_rule(where: str, raw: Any) -> AnyRule:
    """A checked rule from plain data; `where` names the key and field in messages.

    Raises
    ------
    ContentError
        Every fault of the rule.
    """
    if isinstance(raw, Rule):
        return raw  # type: ignore[return-value]
    try:
        return _ADAPTER.validate_python(raw)
    except ValidationError as error:
        raise ContentError(where, [f"{where} {chinese(fault)}" for fault in error.errors()]) from None


@dataclass(frozen=True)
class MarkingPolicy:
    """How strictly to mark.

    Parameters
    ----------
    multiple : str
        `half_when_missing`, `all_or_nothing` or `per_option`.
    missing_share : float
        Share of the points for a multiple choice with something missing and nothing wrong.
    text_needs_trainer : bool
        Whether texts wait for the trainer after pre-scoring.
    grace_seconds : float
        Over-time up to this is not flagged [s].
    """

    multiple: str = "half_when_missing"
    missing_share: float = 0.5
    text_needs_trainer: bool = True
    grace_seconds: float = 120.0

    def __post_init__(self) -> None:
        known = ("half_when_missing", "all_or_nothing", "per_option")
        if self.multiple not in known:
            raise ContentError(
                "marking.toml", [f"multiple.rule 应当是 {'、'.join(known)} 之一，看到的是 {self.multiple}"]
            )


def load_policy(values: Mapping[str, Any] | None = None) -> MarkingPolicy:
    """The marking policy of the kit (or of the province), from `marking.toml`."""
    entries = values or policy.load("marking")
    return MarkingPolicy(
        multiple=str(entries["multiple.rule"]),
        missing_share=float(entries["multiple.missing_share"]),
        text_needs_trainer=bool(entries["text.needs_trainer"]),
        grace_seconds=float(entries["paper.grace_seconds"]),
    )
