"""The question bank: what an item is, and how a bank file is read.

A bank file is YAML (`assignments/quiz_banks/README.md` is the authors' guide); the models here are its
schema, published as `assignments/quiz_banks/schema.json`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from coursekit import resources
from coursekit.errors import ContentError, CoursekitError
from coursekit.quiz.faults import chinese
from coursekit.quiz.yamltext import YamlText, read_text, read_yaml

AREAS = tuple(f"C{n}" for n in range(1, 11))
LEVELS = ("R", "A", "N", "E")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MAX_OPTIONS = 10
BLANK_MARK = "____"

Area = Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
FactId = Annotated[str, Field(pattern=r"^(S[0-4]-\d{3}|INC-\d{2}|DER-\d{2}|REG-\d)$")]
RiskId = Annotated[str, Field(pattern=r"^REG-\d$")]


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

    id: Annotated[str, Field(pattern=r"^[PTU]-C([1-9]|10)-\d{3,4}$")]
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
    stem: Text
    explanation: str = Field("", max_length=4000)

    @model_validator(mode="after")
    def _area_in_id(self) -> ItemBase:
        if self.id.split("-")[1] != self.area:
            raise ValueError(f"编号 {self.id} 里的领域与 area: {self.area} 不一致")
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


@dataclass(frozen=True)
class BankFile:
    """A bank with the file and lines it came from, for messages that lead the author there."""

    path: Path
    bank: Bank
    lines: dict[str, int] = field(default_factory=dict, compare=False)

    @property
    def items(self) -> list[Item]:
        """The items in the order of the file."""
        return self.bank.items

    def place(self, item_id: str) -> str:
        """`file:line` of an item."""
        return f"{self.path}:{self.lines.get(item_id, 1)}"


def load_bank(path: Path) -> BankFile:
    """Read one bank file; every fault of the file is gathered first.

    Raises
    ------
    InputError
        If the file is not readable YAML.
    ContentError
        If items are faulty; one line per fault, `file:line item what`.
    """
    text = read_yaml(path)
    head, faults = _check_head(path, text)
    items: list[Item] = []
    lines: dict[str, int] = {}
    for index, raw in enumerate(head.get("items") or []):
        line = text.line(("items", index))
        try:
            item = _item(raw)
        except ValidationError as error:
            faults += _item_faults(path, text, index, raw, error)
            continue
        except ValueError as error:
            faults.append(f"{path}:{line} 第 {index + 1} 题 {error}")
            continue
        if item.id in lines:
            faults.append(f"{path}:{line} {item.id} 编号重复，第 {lines[item.id]} 行已经用过")
        prefix = Bank.PREFIX.get(str(head.get("kind")), "")
        if prefix and not item.id.startswith(prefix):
            faults.append(
                f"{path}:{line} {item.id} 在 kind: {head['kind']} 的题库里，编号应当以 {prefix}- 开头"
            )
        lines.setdefault(item.id, line)
        items.append(item)
    if faults:
        raise ContentError(str(path), faults)
    bank = Bank.model_construct(
        bank=head["bank"], kind=head["kind"], title=head.get("title") or "", items=items
    )
    return BankFile(path, bank, lines)


def bank_paths(kind: str | None = None) -> list[Path]:
    """The shipped bank files; test banks exist only where authors and trainers work."""
    folder = resources.assignments() / "quiz_banks"
    kinds = (kind,) if kind else ("practice", "test")
    return [path for name in kinds for path in sorted((folder / name).glob("*.yaml"))]


def load_banks(paths: list[Path]) -> list[BankFile]:
    """Read several bank files; the faults of all of them come in one error.

    Raises
    ------
    ContentError
        If any file is faulty or an id occurs in two files.
    """
    banks: list[BankFile] = []
    faults: list[str] = []
    seen: dict[str, str] = {}
    for path in paths:
        try:
            bank = load_bank(path)
        except ContentError as error:
            faults += error.faults
            continue
        except CoursekitError as error:
            faults.append(str(error))
            continue
        for item in bank.items:
            if item.id in seen:
                faults.append(f"{bank.place(item.id)} {item.id} 编号重复，{seen[item.id]} 已经用过")
            seen.setdefault(item.id, bank.place(item.id))
        banks.append(bank)
    if faults:
        raise ContentError("题库", faults)
    return banks


def lesson_items(lesson: str) -> list[Item]:
    """Practice items of one lesson, in the order of the banks."""
    paths = [path for path in bank_paths("practice") if f"lesson: {lesson}" in read_text(path)]
    return [item for bank in load_banks(paths) for item in bank.items if item.lesson == lesson]


def parse_item(raw: Any) -> Item:
    """An item from plain data, for importers and tests; raises `ValueError` with all faults in Chinese."""
    try:
        return _item(raw)
    except ValidationError as error:
        raise ValueError(";".join(chinese(fault) for fault in error.errors())) from None


def squeeze(text: str) -> str:
    """Text without white space, for comparing."""
    return re.sub(r"\s+", "", text)


def _item(raw: Any) -> Item:
    if not isinstance(raw, dict):
        raise ValueError("应当是一组字段（id、type、stem …）")
    kind = raw.get("type")
    model = TYPES.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise ValueError(f"type 应当是 {'、'.join(TYPES)} 之一，看到的是 {kind!r}")
    return model.model_validate(raw)


_HEAD: TypeAdapter[Any] = TypeAdapter(dict[str, Any])


def _check_head(path: Path, text: YamlText) -> tuple[dict[str, Any], list[str]]:
    data = text.data
    if not isinstance(data, dict):
        raise ContentError(str(path), [f"{path}:1 题库文件开头应当是 bank、kind、items 三个字段"])
    faults: list[str] = []
    for key in ("bank", "kind", "items"):
        if key not in data:
            faults.append(f"{path}:1 缺少字段 {key}")
    faults += [
        f"{path}:{text.line((key,))} 不认识的字段 {key}" for key in data if key not in Bank.model_fields
    ]
    if "bank" in data and not re.fullmatch(r"[a-z0-9_]+", str(data["bank"])):
        faults.append(f"{path}:{text.line(('bank',))} bank 应当是小写字母、数字、下划线")
    if "kind" in data and data["kind"] not in Bank.PREFIX:
        faults.append(f"{path}:{text.line(('kind',))} kind 应当是 practice、test 或 own")
    if "items" in data and (not isinstance(data["items"], list) or not data["items"]):
        faults.append(f"{path}:{text.line(('items',))} items 应当是一列题，至少一道")
        data = {**data, "items": []}
    return data, faults


def _item_faults(
    path: Path, text: YamlText, index: int, raw: dict[str, Any], error: ValidationError
) -> list[str]:
    name = raw.get("id") if isinstance(raw.get("id"), str) else f"第 {index + 1} 题"
    return [
        f"{path}:{text.line(('items', index, *fault['loc']))} {name} {chinese(fault)}"
        for fault in error.errors()
    ]
