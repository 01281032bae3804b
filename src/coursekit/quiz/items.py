"""What an item is: the models of a bank file are its schema.

A bank file is YAML (`assignments/quiz_banks/README.md` is the authors' guide); its schema is
published as `assignments/quiz_banks/schema.json`. Reading files is `bank`'s job.
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

AREAS = tuple(f"C{n}" for n in range(1, 11))
LEVELS = ("R", "A", "N", "E")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MAX_OPTIONS = 10

Area = Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
FactId = Annotated[str, Field(pattern=r"^(S[0-4]-\d{3}|INC-\d{2}|DER-\d{2}|REG-\d)$")]
RiskId = Annotated[str, Field(pattern=r"^REG-\d$")]
ItemId = Annotated[str, Field(pattern=r"^[PTU]-C([1-9]|10)-\d{3,4}$")]


class Model(BaseModel):
    """Strict: a misspelt field or a wrong type is a fault, never a guess."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Option(Model):
    """One option of a choice item."""

    text: Text
    correct: bool = False
    why: str = Field("", description="选它的人是怎么想的；错误选项必写，正确选项可写它为什么对")


class BlankRule(Model):
    """What one blank accepts."""

    accept: Annotated[list[Text], Field(min_length=1, description="都算对的写法；数字也加引号")]
    unit: str = Field("", description="空格后面的单位；写在答案里也算对")
    tolerance: Annotated[float, Field(ge=0)] = 0.0


class Phrase(Model):
    """One point of a short answer: any of these words earns it."""

    any: Annotated[list[Text], Field(min_length=1)]
    points: Annotated[float, Field(gt=0)] = 1.0
    name: str = Field("", description="要点的名字，给学员看的（不要写成答案）")


class Param(Model):
    """A number (or name) that a generated item draws: a range or a list."""

    min: float | None = None
    max: float | None = None
    step: Annotated[float, Field(gt=0)] = 1.0
    choices: list[float | str] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Param:
        ranged = self.min is not None and self.max is not None
        if ranged == bool(self.choices):
            raise ValueError("参数要么写 min 和 max，要么写 choices")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min 不能大于 max")
        return self


class Distractor(Model):
    """A wrong option of a generated item: a wrong formula and the thought behind it."""

    value: Text
    why: str = ""


class Template(Model):
    """Generated numbers: parameters, a formula for the answer, formulas for the wrong options."""

    params: Annotated[dict[str, Param], Field(min_length=1)]
    derived: dict[str, str] = Field(default_factory=dict)
    where: list[str] = Field(default_factory=list, description="抽到的数必须满足的条件")
    answer: Text
    distractors: list[Distractor] = Field(default_factory=list)
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    unit: str = ""
    tolerance: Annotated[float, Field(ge=0)] | None = Field(
        None, description="填空题允许的误差；不写是末位的一半"
    )


class ItemBase(Model):
    """What every item carries, whatever its type."""

    id: ItemId
    area: Area
    lesson: Annotated[str, Field(pattern=r"^\d{2}_[a-z0-9_]+$")]
    level: Literal["R", "A", "N", "E"]
    difficulty: Annotated[int, Field(ge=1, le=5)]
    importance: Literal["X", "Y", "Z"]
    facts: list[FactId] = Field(default_factory=list)
    scope: Literal["national", "province", "company", "other_industry"]
    owner: Text = Field(description="谁家的规定或谁的做法")
    year: Annotated[int, Field(ge=1980, le=2100)] | None = None
    status: Literal["current", "historical", "employer"]
    risk: list[RiskId] = Field(default_factory=list, description="把这条合规风险当作风险来考时写上")
    revision: Annotated[int, Field(ge=1)] = Field(1, description="改了答案或题意就加 1；编号不变")
    not_with: list[ItemId] = Field(
        default_factory=list, description="不能同卷的题：一题的题干或选项说出了另一题的答案；写在一边就行"
    )
    stem: Text
    explanation: str = Field("", max_length=4000)

    @model_validator(mode="after")
    def _area_in_id(self) -> ItemBase:
        if self.id.split("-")[1] != self.area:
            raise ValueError(f"编号 {self.id} 里的领域与 area: {self.area} 不一致")
        if self.id in self.not_with:
            raise ValueError(f"not_with 里写了自己：{self.id}")
        return self


class ChoiceBase(ItemBase):
    """An item with options; `order: keep` when they have an order of their own."""

    options: list[Option] = Field(default_factory=list, max_length=MAX_OPTIONS)
    order: Literal["shuffle", "keep"] = "shuffle"

    @property
    def correct(self) -> tuple[int, ...]:
        """Indexes of the right options, from 0."""
        return tuple(i for i, option in enumerate(self.options) if option.correct)

    @model_validator(mode="after")
    def _options_differ(self) -> ChoiceBase:
        texts = [squeeze(option.text) for option in self.options]
        for text in texts:
            if texts.count(text) > 1:
                raise ValueError(f"两个选项一样：{text}")
        return self


class Single(ChoiceBase):
    """Single choice, with written options or with generated ones."""

    type: Literal["single"]
    template: Template | None = None

    @model_validator(mode="after")
    def _one_right(self) -> Single:
        if self.template is not None:
            if self.options:
                raise ValueError("有 template 的单选题不再写 options")
            if len(self.template.distractors) < 2:
                raise ValueError("template 的 distractors 至少 2 个")
            return self
        if len(self.options) < 3:
            raise ValueError(f"单选题至少 3 个选项，这里有 {len(self.options)} 个")
        if len(self.correct) != 1:
            raise ValueError(f"单选题恰有 1 个正确选项，这里标了 {len(self.correct)} 个")
        return self


class Multiple(ChoiceBase):
    """Multiple choice: at least two right, at least one wrong."""

    type: Literal["multiple"]

    @model_validator(mode="after")
    def _several_right(self) -> Multiple:
        if len(self.options) < 4:
            raise ValueError(f"多选题至少 4 个选项，这里有 {len(self.options)} 个")
        if len(self.correct) < 2 or len(self.correct) == len(self.options):
            raise ValueError(f"多选题至少 2 个正确、至少 1 个错误，这里正确的有 {len(self.correct)} 个")
        return self


class TrueFalse(ItemBase):
    """A statement that is right or wrong; `why` is the thought of whoever errs."""

    type: Literal["true_false"]
    answer: bool
    why: str = ""


class Blank(ItemBase):
    """Blanks in the stem, each marked `____`."""

    type: Literal["blank"]
    blanks: list[BlankRule] = Field(default_factory=list, max_length=8)
    template: Template | None = None

    @model_validator(mode="after")
    def _blanks_in_stem(self) -> Blank:
        marks = len(re.findall(r"_{3,}", self.stem))
        if self.template is not None:
            if self.blanks or self.template.distractors:
                raise ValueError("有 template 的填空题不再写 blanks 和 distractors")
            if marks != 1:
                raise ValueError(f"有 template 的填空题恰有 1 个 ____，题干里有 {marks} 个")
        elif not self.blanks or marks != len(self.blanks):
            raise ValueError(f"题干里有 {marks} 个 ____,blanks 有 {len(self.blanks)} 个")
        return self


class Short(ItemBase):
    """A short answer, pre-scored by key phrases and always put before the trainer."""

    type: Literal["short"]
    phrases: Annotated[list[Phrase], Field(min_length=1)]
    never: list[Text] = Field(default_factory=list, description="出现就提醒培训师看的话（例如违规做法）")
    model_answer: Text = Field(description="参考答案，答完以后给学员看")


Item = Single | Multiple | TrueFalse | Blank | Short
AnyItem = Annotated[Item, Field(discriminator="type")]
TYPES: dict[str, type[Item]] = {
    "single": Single,
    "multiple": Multiple,
    "true_false": TrueFalse,
    "blank": Blank,
    "short": Short,
}
TYPE_NAMES = {
    "single": "单选题",
    "multiple": "多选题",
    "true_false": "判断题",
    "blank": "填空题",
    "short": "简答题",
}


class Bank(Model):
    """One bank file. `practice` goes to learners, `test` never does, `own` is a trainer's import."""

    bank: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    kind: Literal["practice", "test", "own"]
    title: str = ""
    items: Annotated[list[AnyItem], Field(min_length=1)]

    PREFIX: ClassVar[dict[str, str]] = {"practice": "P", "test": "T", "own": "U"}


def squeeze(text: str) -> str:
    """Text without white space, for comparing."""
    return re.sub(r"\s+", "", text)
