"""Reading bank files: every fault of a file at once, with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from coursekit import resources
from coursekit.errors import ContentError, CoursekitError
from coursekit.quiz.faults import chinese
from coursekit.quiz.items import TYPES, Bank, Item
from coursekit.quiz.yamltext import YamlText, read_text, read_yaml


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


def load_bank(path: Path, fast: bool = False) -> BankFile:
    """Read one bank file; every fault of the file is gathered first. `fast` for files that were checked before.

    Raises
    ------
    InputError
        If the file is not readable YAML.
    ContentError
        If items are faulty; one line per fault, `file:line item what`.
    """
    text = read_yaml(path, fast)
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


def load_banks(paths: list[Path], fast: bool = False) -> list[BankFile]:
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
            bank = load_bank(path, fast)
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
    return [item for bank in load_banks(paths, fast=True) for item in bank.items if item.lesson == lesson]


def parse_item(raw: Any) -> Item:
    """An item from plain data, for importers and tests; raises `ValueError` with all faults in Chinese."""
    try:
        return _item(raw)
    except ValidationError as error:
        raise ValueError(";".join(chinese(fault) for fault in error.errors())) from None


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
