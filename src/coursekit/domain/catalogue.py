"""What the tables of the course are: file, columns, units, Chinese labels, source, digest."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from coursekit import resources
from coursekit.errors import ContentError, InputError

TYPES = ("text", "int", "number", "bool", "date", "time", "month")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name, label : str
        Name in the data frame, and the Chinese label a reader sees.
    type : str
        `text`, `int`, `number`, `bool`, `date`, `time` (date with clock time) or `month` (its first day).
    unit : str
        Unit of the values, in Chinese; empty for none.
    also : tuple of str
        Other headers the column goes by in exports.
    decimals : int
        Decimals written for a `number`.
    codes : mapping of str to str
        Allowed values and what they mean; empty when any value may stand.
    optional : bool
        Whether a learner's own export may be without it.
    missing : str
        Why a value may be empty, in Chinese; empty when every row has one.
    """

    name: str
    label: str
    type: str
    unit: str = ""
    also: tuple[str, ...] = ()
    decimals: int = 2
    codes: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    missing: str = ""
    source: str = ""


@dataclass(frozen=True)
class Table:
    """One table of the course; `raw` means that faults are part of it.

    `own_columns` are those of a learner's own export, where fewer are needed and others may stand.
    """

    name: str
    title: str
    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    rows: int = 0
    sha256: str = ""
    source: str = ""
    note: str = ""
    raw: bool = False
    own_columns: tuple[Column, ...] = ()

    @property
    def own(self) -> Table:
        """The table as a learner's own export of it may look."""
        return replace(self, columns=self.own_columns) if self.own_columns else self

    def column(self, name: str) -> Column:
        """Column by name.

        Raises
        ------
        InputError
            If the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        known = "、".join(column.name for column in self.columns)
        raise InputError(f"表 {self.name}", f"它的一列({known})", name)

    @property
    def labels(self) -> dict[str, str]:
        """Chinese label, with the unit in brackets, of every column."""
        return {c.name: f"{c.label}({c.unit})" if c.unit else c.label for c in self.columns}


def path() -> Path:
    """The catalogue file."""
    return resources.datasets() / "catalogue.toml"


def tables() -> dict[str, Table]:
    """All tables by name.

    Raises
    ------
    ContentError
        With every fault of the catalogue.
    """
    file = path()
    try:
        return _tables(file, file.stat().st_mtime_ns)
    except OSError as error:
        raise ContentError(str(file), ["读不到数据表的目录"]) from error


def table(name: str) -> Table:
    """One table by name.

    Raises
    ------
    InputError
        If the catalogue has no such table.
    """
    known = tables()
    if not isinstance(name, str) or name not in known:
        raise InputError("数据表的名字", f"目录里有的一张表({'、'.join(known)})", str(name))
    return known[name]


@lru_cache(maxsize=4)
def _tables(file: Path, _changed: int) -> dict[str, Table]:
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ContentError(str(file), [f"不是完整的 TOML:{error}"]) from error
    tables = data.get("table", {})
    if not isinstance(tables, dict) or not all(isinstance(entry, dict) for entry in tables.values()):
        raise ContentError(str(file), ["每张表应当写成一节 [table.表名]"])
    faults: list[str] = []
    found: dict[str, Table] = {}
    for name, entry in tables.items():
        entry = dict(entry)
        columns = entry.pop("columns", None)
        if (twin := entry.pop("columns_of", None)) is not None:
            columns = data["table"].get(twin, {}).get("columns")
        if not columns:
            faults.append(f"[table.{name}] 没有 columns")
            continue
        try:
            entry["columns"] = tuple(_column(column) for column in columns)
            entry["own_columns"] = _own(
                entry["columns"], entry.pop("own_optional", []), entry.get("own_columns", [])
            )
            entry["key"] = tuple(entry.get("key", ()))
            found[name] = Table(name=name, **entry)
        except (TypeError, ValueError) as error:
            faults.append(f"[table.{name}] {error}")
    if faults or not found:
        raise ContentError(str(file), faults or ["里面一张表也没有"])
    return found


def _own(columns: tuple[Column, ...], loose: list[str], more: list[dict[str, Any]]) -> tuple[Column, ...]:
    """Columns of a learner's own export: those in `loose` need not be there, those in `more` may be."""
    if unknown := set(loose) - {column.name for column in columns}:
        raise ValueError(f"own_optional 里没有这样的列：{'、'.join(sorted(unknown))}")
    kept = [replace(c, optional=c.optional or c.name in loose) for c in columns]
    return (*kept, *(replace(_column(entry), optional=True) for entry in more))


def _column(entry: dict[str, Any]) -> Column:
    if entry.get("type") not in TYPES:
        raise ValueError(f"列 {entry.get('name')} 的 type 应当是 {'、'.join(TYPES)} 之一")
    return Column(**{**entry, "also": tuple(entry.get("also", ()))})
