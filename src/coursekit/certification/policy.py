"""The level policy of a company: read from TOML, checked, frozen, named by its digest."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from coursekit.certification.indicators import Family, refusal
from coursekit.errors import ContentError, InputError, unreadable

PARTS = ("theory", "skill", "performance")
SOURCE = re.compile(r"^(S[0-2]-\d{3}|DER-\d+|page|typical|employer)$")

T = TypeVar("T")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Entry(_Frozen, Generic[T]):
    """One value with its unit and where it comes from."""

    value: T
    unit: str = ""
    source: str
    note: str = ""

    @model_validator(mode="after")
    def _source_is_known(self) -> Entry[T]:
        if not all(SOURCE.match(part.strip()) for part in self.source.split(",")):
            raise ValueError(
                f"出处写 S1-021 这样的编号，或 page、typical、employer；看到的是「{self.source}」"
            )
        return self


def _whole(value: object) -> object:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError("要写整数")
    return value


Count = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=1200)]
Positive = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=1200)]
Score = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Flag = Annotated[bool, Field(strict=True)]


class Rounding(_Frozen):
    """How scores are rounded before they are compared."""

    decimals: Entry[Annotated[int, Field(ge=0, le=6)]]
    mode: Entry[Literal["half_up", "half_even", "down"]]


class Attempts(_Frozen):
    """How often a part may be sat, and how long a passed one stays."""

    resits: Entry[Count]
    keep_months: Entry[Positive]


class Performance(_Frozen):
    """Which periods make the performance part."""

    periods: Entry[Positive]
    period_months: Entry[Positive]
    fresh_months: Entry[Positive]


class Skill(_Frozen):
    """What makes the skill part."""

    exercises: Entry[Positive]


class Appraisal(_Frozen):
    """Appraisal words from low to high."""

    order: Entry[Annotated[list[str], Field(min_length=2)]]
    fresh_months: Entry[Positive]


class RedLine(_Frozen):
    """How long a proven breach of a red line bars a level."""

    block_months: Entry[Count]


class Ranking(_Frozen):
    """In which order equal totals are told apart."""

    ties: Entry[
        Annotated[list[Literal["total", "skill", "performance", "theory", "post_since"]], Field(min_length=1)]
    ]


class Renewal(_Frozen):
    """When a holder may be assessed again."""

    window_days: Entry[Count]


class Review(_Frozen):
    """What the report looks ahead to."""

    expiring_days: Entry[Positive]


class Retention(_Frozen):
    """How long personal data stays after it has lost its purpose."""

    left_months: Entry[Positive]
    access_log_months: Entry[Positive]


class PartTitles(_Frozen):
    """Names of the three parts."""

    theory: Entry[str]
    skill: Entry[str]
    performance: Entry[str]


class EntryConditions(_Frozen):
    """What a person must bring besides scores."""

    post_months: Entry[Count] | None = None
    onboarding: Entry[Flag] | None = None
    previous_months: Entry[Count] | None = None
    first_grading_post_months: Entry[Count] | None = None
    appraisal: Entry[str] | None = None
    guidance_cases: Entry[Count] | None = None


class Weights(_Frozen):
    """Shares of the three parts. [%]"""

    theory: Entry[Score]
    skill: Entry[Score]
    performance: Entry[Score]


class PassMarks(_Frozen):
    """Marks to reach, out of 100."""

    theory: Entry[Score]
    skill: Entry[Score]
    performance: Entry[Score]
    total: Entry[Score]


class Promotion(_Frozen):
    """By score alone, or by rank with vacancies (赛马, S1-047)."""

    mode: Entry[Literal["score", "rank"]]
    vacancies: Entry[Count] | None = None


class Demotion(_Frozen):
    """What takes a level down."""

    failed_periods: Entry[Positive]
    red_line: Entry[Flag]


class Quota(_Frozen):
    """Largest share of people at this level. [%]"""

    share: Entry[Score]


class Level(_Frozen):
    """One level of the company's own ladder."""

    rank: Annotated[int, Field(ge=1)]
    title: Entry[str]
    validity_months: Entry[Positive]
    refresher_months: Entry[Positive] | None = None
    entry: EntryConditions = EntryConditions()
    weights: Weights
    pass_: PassMarks = Field(alias="pass")
    promotion: Promotion
    demotion: Demotion
    quota: Quota | None = None

    def weight(self, part: str) -> float:
        """Share of `part`. [%]"""
        return float(getattr(self.weights, part).value)

    def pass_mark(self, part: str) -> float:
        """Mark to reach in `part` (or `total`), out of 100."""
        return float(getattr(self.pass_, part).value)


class Indicator(_Frozen):
    """One performance indicator: 0 at `floor`, 100 at `target`, straight between."""

    title: Entry[str]
    family: Family
    weight: Entry[Score]
    floor: Entry[float]
    target: Entry[float]


class LevelPolicy(_Frozen):
    """The whole policy; equal policies have equal digests whatever their layout."""

    schema_: Literal[1] = Field(alias="schema")
    title: Entry[str]
    owner: Entry[str]
    rounding: Rounding
    attempts: Attempts
    performance: Performance
    skill: Skill
    appraisal: Appraisal
    red_line: RedLine
    ranking: Ranking
    renewal: Renewal
    review: Review
    retention: Retention
    parts: PartTitles
    papers: dict[str, Entry[str]] = Field(default_factory=dict)
    levels: Annotated[dict[str, Level], Field(min_length=1)]
    indicators: Annotated[dict[str, Indicator], Field(min_length=1)]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the meaning of the policy, hex."""
        text = json.dumps(self.content(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def content(self) -> dict[str, Any]:
        """The policy as plain data; a table that was added later and stands empty is left out."""
        plain = self.model_dump(mode="json", by_alias=True)
        if not plain["papers"]:
            del plain["papers"]
        return plain

    @cached_property
    def ladder(self) -> tuple[str, ...]:
        """Level names from low to high."""
        return tuple(sorted(self.levels, key=lambda name: self.levels[name].rank))

    def rank(self, level: str | None) -> int:
        """Height on the ladder; 0 for no level."""
        return 0 if level is None else self.levels[level].rank

    def require(self, level: str) -> None:
        """Refuse to judge somebody who holds a level that this policy does not know.

        Raises
        ------
        InputError
            If `level` is none of its levels.
        """
        if level not in self.levels:
            todo = "登记过的等级，代号（levels.…）不能改，改叫法只改 title；不用了的等级也要留着。"
            raise InputError("等级办法", f"里面有登记着的等级 {level}", "、".join(self.ladder), todo)

    def below(self, level: str) -> str | None:
        """The level under `level`, None under the lowest."""
        at = self.ladder.index(level)
        return self.ladder[at - 1] if at else None

    def level_title(self, level: str | None) -> str:
        """Name of a level for people."""
        return "无等级" if level is None else str(self.levels[level].title.value)

    def part_title(self, part: str) -> str:
        """Name of a part for people."""
        return "总分" if part == "total" else str(getattr(self.parts, part).value)


def _faults(policy: LevelPolicy) -> list[str]:
    found: list[str] = []
    if sorted(level.rank for level in policy.levels.values()) != list(range(1, len(policy.levels) + 1)):
        found.append("levels：rank 要从 1 起连着编，不重不漏")
    for name, level in policy.levels.items():
        total = sum(level.weight(part) for part in PARTS)
        if abs(total - 100) > 1e-9:
            found.append(f"levels.{name}.weights：三部分权重合计应当是 100%，现在是 {total:g}%")
        word = level.entry.appraisal
        if word is not None and word.value not in policy.appraisal.order.value:
            found.append(f"levels.{name}.entry.appraisal：「{word.value}」不在 appraisal.order 里")
        if level.promotion.mode.value == "rank" and level.promotion.vacancies is None:
            found.append(f"levels.{name}.promotion：按名额排名要写 vacancies（名额）")
    for name, paper in policy.papers.items():
        if paper.value not in policy.levels:
            known = "、".join(policy.ladder)
            found.append(f"papers.{name}：等级要是 {known} 之一，看到的是「{paper.value}」")
    total = sum(indicator.weight.value for indicator in policy.indicators.values())
    if abs(total - 100) > 1e-9:
        found.append(f"indicators：指标权重合计应当是 100%，现在是 {total:g}%")
    for name, indicator in policy.indicators.items():
        for text in (name, str(indicator.title.value)):
            reason = refusal(text, indicator.target.unit)
            if reason:
                found.append(f"indicators.{name}：{reason}")
                break
        if indicator.floor.value == indicator.target.value:
            found.append(f"indicators.{name}：floor 与 target 不能相等")
    return found


_MESSAGES = {
    "missing": "缺这一项",
    "extra_forbidden": "不认识这一项，多半是拼写错了",
    "literal_error": "只能是 {expected}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "finite_number": "要是有限的数",
}


def _line(error: dict[str, Any]) -> str:
    place = ".".join(str(step) for step in error["loc"]) or "（整份）"
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return f"{place}：{context['error']}"
    text = _MESSAGES.get(error["type"])
    if text:
        return f"{place}：{text.format(**context)}（看到的是 {str(error.get('input'))[:60]}）"
    if error["type"].startswith(("model_", "dict_")):
        return (
            f"{place}：要写成 {{ value = …, unit = …, source = … }}，看到的是 {str(error.get('input'))[:60]}"
        )
    return f"{place}：值的类型不对，看到的是 {str(error.get('input'))[:60]}"


def parse_policy(text: str, where: str = "levels.toml") -> LevelPolicy:
    """Policy from TOML text.

    Raises
    ------
    InputError
        If the text is no TOML.
    ContentError
        With every fault at once: unknown keys, missing sources, weights that do not add up,
        volume or structure indicators (S1-021).
    """
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number without end, or brackets
        raise InputError(where, "一份 TOML 文件", unreadable(error), "按提示的行改好再试。") from error
    try:
        policy = LevelPolicy.model_validate(raw)
    except ValidationError as error:
        raise ContentError(where, [_line(dict(item)) for item in error.errors()]) from error
    faults = _faults(policy)
    if faults:
        raise ContentError(where, faults)
    return policy


def load_policy(path: Path) -> LevelPolicy:
    """Policy from a file; see `parse_policy`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), "等级办法文件（TOML）", "打不开", "检查路径。") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "UTF-8 文字", f"第 {error.start} 个字节不是", "另存为 UTF-8。") from error
    return parse_policy(text, str(path))
