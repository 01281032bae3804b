"""Form tasks: what the fields of an exercise are, read from its `form.yaml` (no key in it)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from coursekit.errors import ContentError
from coursekit.quiz.faults import chinese
from coursekit.quiz.items import Model, Text
from coursekit.quiz.yamltext import read_yaml

FILE_NAME = "form.yaml"
MAX_OPTIONS = 20


class FormField(Model):
    """One field: a number, one or several options, or a text."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
    type: Literal["number", "choice", "multiple", "text"]
    prompt: Text
    points: Annotated[float, Field(ge=0)]
    unit: str = ""
    options: list[Text] = Field(default_factory=list, max_length=MAX_OPTIONS)
    hint: str = ""
    rows: Annotated[int, Field(ge=1, le=20)] = Field(4, description="文字格子显示几行")

    @model_validator(mode="after")
    def _options_where_needed(self) -> FormField:
        needs = self.type in ("choice", "multiple")
        if needs and len(self.options) < 2:
            raise ValueError("选择类的格子至少写 2 个 options")
        if not needs and self.options:
            raise ValueError(f"{self.type} 类的格子不写 options")
        if len(set(self.options)) < len(self.options):
            raise ValueError("有两个选项一样")
        return self


class Form(Model):
    """The fields of one exercise, in the order shown."""

    fields: Annotated[list[FormField], Field(min_length=1)]
    title: str = ""

    @model_validator(mode="after")
    def _ids_differ(self) -> Form:
        names = [one.id for one in self.fields]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"格子的 id 重复：{'、'.join(twice)}")
        return self

    def field(self, name: str) -> FormField:
        """The field `name`.

        Raises
        ------
        ContentError
            If the form has no such field.
        """
        for one in self.fields:
            if one.id == name:
                return one
        known = "、".join(one.id for one in self.fields)
        raise ContentError(FILE_NAME, [f"{FILE_NAME} 里没有格子 {name}，有的是 {known}"])


def load_form(path: Path) -> Form:
    """Read a `form.yaml`.

    Raises
    ------
    InputError
        If the file is not readable YAML.
    ContentError
        Every fault, with file and line.
    """
    text = read_yaml(path)
    try:
        return Form.model_validate(text.data)
    except ValidationError as error:
        faults = [f"{path}:{text.line(tuple(fault['loc']))} {chinese(fault)}" for fault in error.errors()]
        raise ContentError(str(path), faults) from None
