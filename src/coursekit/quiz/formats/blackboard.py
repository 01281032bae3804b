"""The tab file of Blackboard: one item a line, its type code first."""

from __future__ import annotations

import re

from coursekit.quiz.formats.model import Doubt, ImportedItem, ImportResult, ItemType, Reject, check_item

CODES = {
    "MC", "MA", "TF", "ESS", "ORD", "MAT", "FIB", "FIB_PLUS", "NUM", "SR", "OP", "JUMBLED_SENTENCE", "QUIZ_BOWL",
    "FIL",
}  # fmt: skip


def looks_like(text: str) -> bool:
    """Whether the first line that is not empty starts with a type code and a tab."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return "\t" in first and first.split("\t")[0].strip().upper() in CODES


def read(text: str) -> ImportResult:
    """Items of a Blackboard tab file."""
    items: list[ImportedItem] = []
    rejects: list[Reject] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            items.append(check_item(_item(number, [cell.strip() for cell in line.rstrip("\t").split("\t")])))
        except Doubt as doubt:
            rejects.append(Reject(number, doubt.reason, line.strip()))
    return ImportResult("blackboard", tuple(items), tuple(rejects))


def _item(line: int, cells: list[str]) -> ImportedItem:
    code, rest = cells[0].upper(), cells[1:]
    if code not in CODES:
        raise Doubt("第一格不是题型代码")
    if not rest or not rest[0]:
        raise Doubt("题干是空的")
    stem, values = rest[0], rest[1:]
    if code in ("MC", "MA"):
        return _choice(line, "single" if code == "MC" else "multiple", stem, values)
    if code == "TF":
        if len(values) != 1 or values[0].lower() not in ("true", "false"):
            raise Doubt("判断题的答案应当是 true 或 false")
        return ImportedItem("true_false", stem, (), values[0].lower() == "true", line)
    if code in ("FIB", "FIL"):
        if not values or not all(values):
            raise Doubt("填空题没有答案")
        return ImportedItem("blank", stem, (), [list(dict.fromkeys(values))], line)
    if code == "NUM":
        return _number(line, stem, values)
    if code == "FIB_PLUS":
        return _several(line, stem, rest[1:])
    if code in ("ESS", "SR") and values and values[0]:
        return ImportedItem("short", stem, (), [values[0]], line)
    if code in ("ESS", "SR"):
        raise Doubt("简答题没有答案要点")
    raise Doubt(f"题型 {code} 不能导入")


def _choice(line: int, kind: ItemType, stem: str, values: list[str]) -> ImportedItem:
    if len(values) % 2:
        raise Doubt("选项和 correct、incorrect 不成对")
    marks = [mark.lower() for mark in values[1::2]]
    if any(mark not in ("correct", "incorrect") for mark in marks):
        raise Doubt("选项后面应当是 correct 或 incorrect")
    right: list[int] = [index for index, mark in enumerate(marks) if mark == "correct"]
    return ImportedItem(kind, stem, tuple(values[0::2]), right, line)


def _number(line: int, stem: str, values: list[str]) -> ImportedItem:
    if (
        not values
        or any(not re.fullmatch(r"-?\d+(?:\.\d+)?", value) for value in values[:2])
        or len(values) > 2
    ):
        raise Doubt("数字答案看不懂")
    tolerance = float(values[1]) if len(values) > 1 else 0.0
    return ImportedItem("blank", stem, (), [[values[0]]], line, tolerance=(tolerance,) if tolerance else ())


def _several(line: int, stem: str, cells: list[str]) -> ImportedItem:
    groups: list[list[str]] = [[]]
    for cell in cells:
        if cell:
            groups[-1].append(cell)
        elif groups[-1]:
            groups.append([])
    blanks = []
    for name, *accepted in [group for group in groups if group]:
        if f"[{name}]" not in stem or not accepted:
            raise Doubt("填空的名字在题干里找不到，或没有答案")
        stem = stem.replace(f"[{name}]", "____", 1)
        blanks.append(list(dict.fromkeys(accepted)))
    return ImportedItem("blank", stem, (), blanks, line)
