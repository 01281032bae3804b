"""`quiz check`: read banks, gather every fault, count items against the blueprint."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursekit.errors import ContentError, CoursekitError
from coursekit.quiz.bank import AREAS, LEVELS, BankFile, bank_paths, load_bank


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
    """

    files: tuple[str, ...]
    faults: tuple[str, ...]
    hints: tuple[str, ...] = ()
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)

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
        }

    def lines(self) -> list[str]:
        """The report for a person."""
        out = list(self.faults) + [f"提示 {hint}" for hint in self.hints]
        out.append(
            f"共 {len(self.files)} 个文件,{self.total} 道题,{len(self.faults)} 处要改,{len(self.hints)} 处提示。"
        )
        for kind in sorted({kind for kind, _, _ in self.counts}):
            out += ["", *_table(kind, self.counts)]
        return out


def check_banks(paths: list[Path] | None = None) -> CheckReport:
    """Check bank files (by default all the shipped ones) and count their items."""
    files = bank_paths() if paths is None else [file for path in paths for file in _files(path)]
    banks: list[BankFile] = []
    faults: list[str] = []
    for file in files:
        try:
            banks.append(load_bank(file))
        except ContentError as error:
            faults += error.faults
        except CoursekitError as error:
            faults.append(str(error))
    counts: Counter[tuple[str, str, str]] = Counter()
    for bank in banks:
        counts.update((bank.bank.kind, item.area, item.level) for item in bank.items)
    return CheckReport(tuple(map(str, files)), tuple(faults), (), dict(counts))


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def _table(kind: str, counts: dict[tuple[str, str, str], int]) -> list[str]:
    rows = [f"{kind:<10}" + "".join(f"{level:>6}" for level in LEVELS) + "  合计"]
    for area in AREAS:
        cells = [counts.get((kind, area, level), 0) for level in LEVELS]
        rows.append(f"{area:<10}" + "".join(f"{n:>6}" for n in cells) + f"{sum(cells):>6}")
    return rows
