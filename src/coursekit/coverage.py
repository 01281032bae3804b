"""Where each fact of the register is taught and assessed, or why it is left out."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursekit import resources
from coursekit.domain import facts
from coursekit.errors import ContentError
from coursekit.quiz import bank

OUT_OF_SCOPE = "out_of_scope.toml"
_CITED = re.compile(r"\b(S[0-4]-\d{3}|INC-\d{2}|DER-\d{2}|REG-\d)\b")


@dataclass
class Use:
    """One fact and the places that use it: slugs of lessons, exercises and cases, ids of items."""

    fact: str
    lessons: list[str] = field(default_factory=list)
    exercises: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    left_out: str = ""

    @property
    def used(self) -> bool:
        """Whether anything teaches or assesses the fact."""
        return bool(self.lessons or self.exercises or self.items)

    @property
    def accounted(self) -> bool:
        """Taught, assessed, or left out with a reason."""
        return self.used or bool(self.left_out)


def coverage(root: Path | None = None) -> list[Use]:
    """Every seed fact (S…) of the register with its uses, in the register's order.

    Raises
    ------
    ContentError
        If the list of facts left out is broken or names a fact that is not in the register.
    """
    root = root or resources.content_root()
    table = {fact.id: Use(fact.id) for fact in facts.all() if fact.id.startswith("S")}
    for path in sorted((root / "notebooks").glob("[0-9]*.py")):
        _note(table, _CITED.findall(path.read_text("utf-8")), "lessons", path.stem)
    for path in sorted((root / "assignments").glob("*/*/about.toml")):
        texts = [path, *(path.with_name(name) for name in ("exercise.py", "form.yaml", "key.py"))]
        cited = [id for text in texts if text.is_file() for id in _CITED.findall(text.read_text("utf-8"))]
        _note(table, cited, "exercises", path.parent.name)
    for file in bank.load_banks(bank.bank_paths()):
        for item in file.items:
            _note(table, item.facts, "items", item.id)
    for id, reason in _left_out(root / "assignments" / OUT_OF_SCOPE, table):
        if not table[id].used:
            table[id].left_out = reason
    return list(table.values())


def summary(uses: Iterable[Use]) -> dict[str, Any]:
    """Counts and the facts nobody accounts for."""
    rows = list(uses)
    return {
        "facts": len(rows),
        "taught": sum(bool(use.lessons) for use in rows),
        "exercised": sum(bool(use.exercises) for use in rows),
        "asked": sum(bool(use.items) for use in rows),
        "left_out": sum(bool(use.left_out) for use in rows),
        "unaccounted": [use.fact for use in rows if not use.accounted],
    }


def _note(table: dict[str, Use], cited: Iterable[str], where: str, name: str) -> None:
    for id in dict.fromkeys(cited):
        if id in table:
            getattr(table[id], where).append(name)


def _left_out(path: Path, table: dict[str, Use]) -> list[tuple[str, str]]:
    try:
        groups = tomllib.loads(path.read_text("utf-8")).get("left_out", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(str(path), [f"读不了：{error}"]) from error
    found = [(id, str(group.get("reason", ""))) for group in groups for id in group.get("facts", [])]
    faults = [f"{id} 不在事实登记表里" for id, _ in found if id not in table]
    faults += [f"{id} 没有写原因" for id, reason in found if not reason]
    if faults:
        raise ContentError(str(path), faults)
    return found


def write_table(uses: Iterable[Use], out: Path) -> None:
    """The table as CSV that spreadsheet programs open with Chinese intact."""
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["事实", "说的是", "课", "练习与案例", "题", "不用的原因"])
        for use in uses:
            places = ("、".join(names) for names in (use.lessons, use.exercises, use.items))
            writer.writerow([use.fact, facts.get(use.fact).text, *places, use.left_out])
