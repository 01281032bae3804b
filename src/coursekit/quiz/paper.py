"""A paper's blueprint: sections, points, time, and how many items of each area and level; read from TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit import resources
from coursekit.errors import ContentError, InputError, unreadable
from coursekit.quiz.items import AREAS, LEVELS, TYPES

Cell = tuple[str, str]
NAMES = ("junior", "intermediate", "senior")


@dataclass(frozen=True)
class Section:
    """One part of a paper.

    Parameters
    ----------
    title, type : str
        Heading, and the item type all its items have.
    count : int
        Items.
    points : float
        Points each item gives.
    levels : tuple of str
        Levels its items may have; all if empty.
    """

    title: str
    type: str
    count: int
    points: float
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quota:
    """Exactly `count` items of the paper lie in `cells`."""

    name: str
    cells: frozenset[Cell]
    count: int


@dataclass(frozen=True)
class Blueprint:
    """What every form of a paper must be.

    Parameters
    ----------
    id, title : str
        Short name and heading.
    minutes : int
        Time to sit it. [min]
    bank : str
        Kind of bank to draw from, `test` or `practice`.
    sections : tuple of Section
        In order.
    quotas : tuple of Quota
        Over cells (area, level).
    overlap : float
        Largest share of items that two forms may have in common.
    """

    id: str
    title: str
    minutes: int
    bank: str
    sections: tuple[Section, ...]
    quotas: tuple[Quota, ...]
    overlap: float

    @property
    def count(self) -> int:
        """Items of one form."""
        return sum(section.count for section in self.sections)

    @property
    def points(self) -> float:
        """Points of one form."""
        return sum(section.count * section.points for section in self.sections)


def blueprint_path(name: str) -> Path:
    """File of a shipped blueprint, or of the path given."""
    return resources.assignments() / "papers" / f"{name}.toml" if name in NAMES else Path(name)


def load_blueprint(path: Path) -> Blueprint:
    """Read a blueprint and check that its numbers agree.

    Raises
    ------
    InputError
        If the file cannot be read as TOML.
    ContentError
        Every number that is missing, wrong, or does not agree with another.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(str(path), "试卷蓝图（TOML）", unreadable(error)) from None
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), "试卷蓝图（TOML）", unreadable(error)) from None
    faults: list[str] = []
    if not isinstance(raw.get("paper", {}), dict):
        raise InputError(str(path), "试卷蓝图（TOML），开头是 [paper] 一节", "paper 不是一节")
    head = _Reader(raw.get("paper", {}), "paper", faults)
    sections = _sections(raw, faults)
    found = Blueprint(
        head.text("id"),
        head.text("title"),
        head.whole("minutes"),
        str(head.get("bank") or "test"),
        sections,
        _quotas(raw, faults),
        head.share("overlap"),
    )
    if not faults:
        _agree(found, faults)
    if faults:
        raise ContentError(str(path), faults)
    return found


class _Reader:
    """Values of one table; a value stands bare or as `{ value = …, source = … }`."""

    def __init__(self, table: Any, place: str, faults: list[str]) -> None:
        self._table = table if isinstance(table, Mapping) else {}
        self._place, self._faults = place, faults

    def get(self, name: str) -> Any:
        """The value of `name`."""
        value = self._table.get(name)
        return value.get("value") if isinstance(value, Mapping) else value

    def text(self, name: str) -> str:
        """A text, or a fault."""
        value = self.get(name)
        if not isinstance(value, str) or not value.strip():
            self._faults.append(f"{self._place}.{name} 应当是文字，看到的是 {value!r}")
            return ""
        return value

    def whole(self, name: str) -> int:
        """A whole number above zero, or a fault."""
        value = self.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self._faults.append(f"{self._place}.{name} 应当是大于 0 的整数，看到的是 {value!r}")
            return 1
        return value

    def number(self, name: str) -> float:
        """A number above zero, or a fault."""
        value = self.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            self._faults.append(f"{self._place}.{name} 应当是大于 0 的数，看到的是 {value!r}")
            return 1.0
        return float(value)

    def share(self, name: str) -> float:
        """A number from 0 to 1, or a fault."""
        value = self.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self._faults.append(f"{self._place}.{name} 应当是 0 到 1 的数，看到的是 {value!r}")
            return 0.0
        return float(value)


def _sections(raw: Mapping[str, Any], faults: list[str]) -> tuple[Section, ...]:
    found = []
    tables = raw.get("sections") or []
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        faults.append("sections 应当写成 [[sections]]，每个大题一节")
        return ()
    for number, table in enumerate(tables, start=1):
        reader = _Reader(table, f"sections 第 {number} 个", faults)
        kind = reader.text("type")
        if kind and kind not in TYPES:
            faults.append(f"sections 第 {number} 个的 type 应当是 {'、'.join(TYPES)} 之一，看到的是 {kind}")
        levels = reader.get("levels") or []
        if not isinstance(levels, list) or not set(levels) <= set(LEVELS):
            faults.append(f"sections 第 {number} 个的 levels 只能有 {'、'.join(LEVELS)}，看到的是 {levels!r}")
            levels = []
        found.append(
            Section(reader.text("title"), kind, reader.whole("count"), reader.number("points"), tuple(levels))
        )
    if not found:
        faults.append("没有 [[sections]]")
    return tuple(found)


def _quotas(raw: Mapping[str, Any], faults: list[str]) -> tuple[Quota, ...]:
    """From `[cells]` (area = numbers for R, A, N, E), or from the margins `[areas]` and `[levels]`."""
    found = []
    for area, value in _table(raw, "cells").items():
        numbers = value.get("value") if isinstance(value, Mapping) else value
        if area not in AREAS or not isinstance(numbers, list) or len(numbers) != len(LEVELS):
            faults.append(f"cells.{area} 应当是领域 C1 到 C10，后面四个数依次是 {'、'.join(LEVELS)} 的题数")
            continue
        for level, count in zip(LEVELS, numbers, strict=True):
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                faults.append(f"cells.{area} 的 {level} 应当是不小于 0 的整数，看到的是 {count!r}")
                continue
            found.append(Quota(f"{area} {level}", frozenset({(area, level)}), count))
    for name, allowed in (("areas", AREAS), ("levels", LEVELS)):
        for key, value in _table(raw, name).items():
            count = value.get("value") if isinstance(value, Mapping) else value
            if key not in allowed or isinstance(count, bool) or not isinstance(count, int) or count < 0:
                faults.append(
                    f"{name}.{key} 应当是{'、'.join(allowed)}之一和不小于 0 的整数，看到的是 {count!r}"
                )
                continue
            cells = {(a, v) for a in AREAS for v in LEVELS if key in (a, v)}
            found.append(Quota(key, frozenset(cells), count))
    return tuple(found)


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = raw.get(name, {})
    return table if isinstance(table, Mapping) else {}


def _agree(found: Blueprint, faults: list[str]) -> None:
    """Quotas over all cells must add up to the items of the sections."""
    single = [quota for quota in found.quotas if len(quota.cells) == 1]
    for name, part in (
        ("cells", single),
        ("areas", [q for q in found.quotas if len(q.cells) == len(LEVELS)]),
        ("levels", [q for q in found.quotas if len(q.cells) == len(AREAS)]),
    ):
        total = sum(quota.count for quota in part)
        whole = {cell for quota in part for cell in quota.cells}
        if part and len(whole) == len(AREAS) * len(LEVELS) and total != found.count:
            faults.append(f"{name} 加起来是 {total} 题，各部分加起来是 {found.count} 题")
