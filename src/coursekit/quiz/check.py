"""`quiz check`: read banks, gather every fault, count items against the blueprint."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import ContentError, CoursekitError
from coursekit.quiz.bank import BankFile, bank_paths, load_bank
from coursekit.quiz.items import AREAS, LEVELS
from coursekit.quiz.lint import Finding, lint_item
from coursekit.quiz.lint_bank import doubles, habits
from coursekit.quiz.lint_pairs import giveaways, marks


@dataclass(frozen=True)
class CheckReport:
    """What a check found.

    Parameters
    ----------
    files : tuple of str
        Files that were read.
    faults, hints : tuple of str
        Lines `file:line item what`; hints do not fail the check.
    counts : dict
        (kind, area, level) -> number of items.
    wanted : dict
        (area, level) -> number the blueprint asks for.
    lessons : dict
        Lesson -> number of practice items.
    """

    files: tuple[str, ...]
    faults: tuple[str, ...]
    hints: tuple[str, ...] = ()
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    wanted: dict[tuple[str, str], int] = field(default_factory=dict)
    lessons: dict[str, int] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """2 when there are faults."""
        return 2 if self.faults else 0

    @property
    def total(self) -> int:
        """Items that could be read."""
        return sum(self.counts.values())

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        kinds: dict[str, dict[str, dict[str, int]]] = {}
        for (kind, area, level), count in sorted(self.counts.items()):
            kinds.setdefault(kind, {}).setdefault(area, {})[level] = count
        return {
            "files": list(self.files),
            "items": self.total,
            "faults": list(self.faults),
            "hints": list(self.hints),
            "counts": kinds,
            "wanted": {area: {lv: self.wanted[area, lv] for lv in LEVELS} for area in AREAS}
            if self.wanted
            else {},
            "lessons": self.lessons,
        }

    def lines(self) -> list[str]:
        """The report for a person."""
        out = list(self.faults) + [f"提示 {hint}" for hint in self.hints]
        out.append(
            f"共 {len(self.files)} 个文件，{self.total} 道题，{len(self.faults)} 处要改，{len(self.hints)} 处提示。"
        )
        return [*out, "", *_table(self)] if self.counts else out


def check_banks(paths: list[Path] | None = None) -> CheckReport:
    """Check bank files (by default all the shipped ones): shape, lint, counts.

    A file is compared with the other shipped banks, so that an item that repeats a test item is found
    whichever file is named; habits of the key are counted over the files that are named.
    """
    files = bank_paths() if paths is None else [file for path in paths for file in _files(path)]
    banks, faults = _read(files)
    named = {file.resolve() for file in files}
    around, _ = _read([path for path in bank_paths() if path.resolve() not in named], fast=True)
    rules = policies.load("bank")
    found: list[tuple[BankFile | None, Finding]] = [
        (bank, finding) for bank in banks for item in bank.items for finding in lint_item(item, rules)
    ]
    places = {item.id: bank for bank in banks for item in bank.items}
    every = [*banks, *around]
    papers = [item for bank in every if bank.bank.kind != "practice" for item in bank.items]
    for finding in [*habits(banks, rules), *doubles(every, rules), *marks(every), *giveaways(papers, rules)]:
        if not finding.item or finding.item in places:
            found.append((places.get(finding.item), finding))
    hints: list[str] = []
    for holder, finding in found:
        place = f"{holder.place(finding.item)} {finding.item} " if holder else ""
        (hints if finding.hint or (holder and holder.bank.kind == "own") else faults).append(
            place + finding.text
        )
    seen: dict[str, str] = {}
    for bank in [*around, *banks]:
        for item in bank.items:
            if item.id in seen and item.id in places:
                faults.append(f"{bank.place(item.id)} {item.id} 编号重复，{seen[item.id]} 已经用过")
            seen.setdefault(item.id, bank.place(item.id))
    counts: Counter[tuple[str, str, str]] = Counter()
    lessons: Counter[str] = Counter()
    for bank in banks:
        counts.update((bank.bank.kind, item.area, item.level) for item in bank.items)
        lessons.update(item.lesson for item in bank.items if bank.bank.kind == "practice")
    return CheckReport(
        tuple(map(str, files)), tuple(faults), tuple(hints), dict(counts), wanted(rules), dict(lessons)
    )


def wanted(rules: Policy) -> dict[tuple[str, str], int]:
    """Items the blueprint asks for, by area and level: one paper's draw times the factor."""
    factor = rules.number("size.factor")
    return {
        (area, level): round(count * factor)
        for area in AREAS
        for level, count in zip(LEVELS, rules[f"draw.{area}"], strict=True)
    }


def _read(files: list[Path], fast: bool = False) -> tuple[list[BankFile], list[str]]:
    banks: list[BankFile] = []
    faults: list[str] = []
    for file in files:
        try:
            banks.append(load_bank(file, fast))
        except ContentError as error:
            faults += error.faults
        except CoursekitError as error:
            faults.append(str(error))
    return banks, faults


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def _table(report: CheckReport) -> list[str]:
    """Items at hand / items wanted, by area and level, practice and test together."""
    rows = ["领域    " + "".join(f"{level:>9}" for level in LEVELS) + "     合计   （有/蓝图）"]
    for area in AREAS:
        cells = []
        for level in LEVELS:
            have = sum(n for (_, a, lv), n in report.counts.items() if (a, lv) == (area, level))
            cells.append((have, report.wanted.get((area, level), 0)))
        cells.append((sum(h for h, _ in cells), sum(w for _, w in cells)))
        rows.append(f"{area:<8}" + "".join(f"{f'{h}/{w}':>9}" for h, w in cells))
    kinds = Counter[str]()
    for (kind, _, _), count in report.counts.items():
        kinds[kind] += count
    names = {"practice": "练习", "test": "考试", "own": "自备"}
    rows.append("合计 " + ",".join(f"{names[kind]} {kinds[kind]} 题" for kind in sorted(kinds)))
    if report.lessons:
        rows.append("每课自测 " + ",".join(f"{name} {n}" for name, n in sorted(report.lessons.items())))
    return rows
