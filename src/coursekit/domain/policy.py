"""Numbers of the trade: each value with its unit and source, from a TOML file, replaceable by a province.

A policy file holds sections of entries::

    [meta]
    title = "走访"

    [stay_minutes]
    five_star = { value = 25, unit = "分钟", source = "typical", min = 1, note = "教学约定" }

`source` is a fact id (`S2-014`, `INC-05`, `DER-03`, `REG-1`), `page` (a public page that the note names),
`typical` (a teaching convention) or `employer` (the company's own rule), or a list of these.
A province puts its own file of the same name into a folder named by `COURSEKIT_POLICY`; it may replace
values, never invent keys, units or types.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit import resources
from coursekit.errors import ContentError, DomainError, unreadable

if TYPE_CHECKING:
    import pandas as pd

OVERRIDE_VARIABLE = "COURSEKIT_POLICY"
_SOURCE = re.compile(r"S[0-4]-\d{3}|(?:INC|DER)-\d{2}|REG-\d|page|typical|employer")
_LEAST, _LARGEST = -(10**12), 10**12  # no number of the trade lies beyond
_NEEDS_NOTE = {"page", "typical", "employer"}
_FIELDS = {"value", "unit", "source", "note", "min", "max"}


@dataclass(frozen=True)
class Entry:
    """One value of a policy: what it is, in which unit, and on whose word.

    `sources` are fact ids or `page`, `typical`, `employer`; `minimum` and `maximum` bound a number
    (and each number of a list) that a province may put in.
    """

    value: Any
    unit: str
    sources: tuple[str, ...]
    note: str = ""
    minimum: float | None = None
    maximum: float | None = None

    @property
    def source(self) -> str:
        """The sources as one text."""
        return "、".join(self.sources)


@dataclass(frozen=True)
class Policy:
    """Entries of one policy file by dotted key, such as `stay_minutes.five_star`."""

    name: str
    title: str
    entries: Mapping[str, Entry] = field(repr=False)

    def entry(self, key: str) -> Entry:
        """Value with unit and source.

        Raises
        ------
        DomainError
            If the policy has no such key.
        """
        if not isinstance(key, str) or key not in self.entries:
            known = "、".join(sorted(self.entries))
            raise DomainError(f"政策 {self.name}", f"下列之一：{known}", str(key))
        return self.entries[key]

    def __getitem__(self, key: str) -> Any:
        return self.entry(key).value

    def __contains__(self, key: object) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def number(self, key: str) -> float:
        """The value of `key` as a float [unit of the entry]."""
        value = self[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise DomainError(f"政策 {self.name} 的 {key}", "一个数", repr(value))
        return float(value)

    def whole(self, key: str) -> int:
        """The value of `key` as an int [unit of the entry]: a province's 1.5 visits are not rounded to one.

        Raises
        ------
        DomainError
            If the value is no whole number.
        """
        value = self.number(key)
        if value % 1:
            raise DomainError(f"政策 {self.name} 的 {key}", "整数", f"{value:g}")
        return int(value)

    def section(self, prefix: str) -> dict[str, Any]:
        """Values below `prefix`, by the last part of their key, in file order.

        Raises
        ------
        DomainError
            If nothing stands below `prefix`.
        """
        start = f"{prefix}."
        found = {
            key[len(start) :]: entry.value for key, entry in self.entries.items() if key.startswith(start)
        }
        if not found:
            raise DomainError(f"政策 {self.name}", f"有 {prefix} 这一节", "没有这一节")
        return found

    def describe(self) -> pd.DataFrame:
        """All entries as a table for lessons and reports: `key`, `value`, `unit`, `source`, `note`."""
        import pandas as pd  # only here: the loader itself starts fast

        rows = [(key, e.value, e.unit, e.source, e.note) for key, e in self.entries.items()]
        return pd.DataFrame(rows, columns=["key", "value", "unit", "source", "note"])

    def facts(self) -> set[str]:
        """Fact ids that the entries cite, for the check against the fact register."""
        return {s for entry in self.entries.values() for s in entry.sources if s not in _NEEDS_NOTE}

    def replace(self, **values: Any) -> Policy:
        """A copy with other values, as a lesson's slider or a test wants it.

        Keys are written with `__` for the dot: `replace(stay_minutes__five_star=30)`. The same checks
        hold as for a province's file.
        """
        tables = {
            key.replace("__", "."): {"value": value, "source": "typical", "note": "临时改动"}
            for key, value in values.items()
        }
        return _override(self, tables, "replace")


def load(name: str, override: Path | None = None) -> Policy:
    """Policy `name`, with a province's values over ours if there are any.

    Parameters
    ----------
    name : str
        File name without `.toml`, as in `assignments/policy/`.
    override : Path, optional
        A second file whose values go first; by default `NAME.toml` in the folder that the
        environment variable `COURSEKIT_POLICY` names, when it is there.

    Raises
    ------
    DomainError
        If there is no such policy or file.
    ContentError
        Every fault of the file at once: no unit, no source, unknown key, other type or unit,
        value out of its bounds.
    """
    path = resources.policy(name)
    if override is None and (folder := os.environ.get(OVERRIDE_VARIABLE)):
        candidate = Path(folder) / f"{name}.toml"
        override = candidate if candidate.is_file() else None
    stamps = tuple(_stamp(p) for p in (path, override) if p is not None)
    return _load(name, path, override, stamps)


def names() -> list[str]:
    """Names of all policy files of the kit."""
    return sorted(path.stem for path in resources.policy("x").parent.glob("*.toml"))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        raise DomainError(str(path), "一个政策文件(.toml)", "没有这个文件") from None
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _load(name: str, path: Path, override: Path | None, _stamps: tuple[tuple[int, int], ...]) -> Policy:
    raw = _read(path)
    meta = raw.pop("meta", {})
    entries: dict[str, Entry] = {}
    faults: list[str] = [] if isinstance(meta, dict) else ["meta：要写成一节 [meta]"]
    for key, table in _leaves(raw):
        entry = _entry(key, table, faults)
        if entry is not None:
            entries[key] = entry
    if faults:
        raise ContentError(str(path), faults)
    policy = Policy(name, str(meta.get("title", name)), entries)
    if override is None:
        return policy
    own = _read(override)
    own.pop("meta", None)
    return _override(policy, dict(_leaves(own)), str(override))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ContentError(str(path), [f"不是 UTF-8 编码的 TOML 文件：{unreadable(error)}"]) from error


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict) and "value" not in value:
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _entry(key: str, table: Any, faults: list[str], base: Entry | None = None) -> Entry | None:
    """Entry from its table; faults are added to the list, and then nothing is returned."""
    if not isinstance(table, dict):
        faults.append(f"{key}：要写成 {{ value = …, unit = …, source = … }}，看到的是 {table!r}")
        return None
    before = len(faults)
    faults.extend(f"{key}：不认识 {name}" for name in table.keys() - _FIELDS)
    unit = table.get("unit", base.unit if base else None)
    if not isinstance(unit, str) or not unit:
        faults.append(f"{key}：没有写单位 unit")
    sources = table.get("source")
    sources = tuple(sources) if isinstance(sources, list) else (sources,)
    if not sources or not all(isinstance(s, str) and _SOURCE.fullmatch(s) for s in sources):
        faults.append(
            f"{key}:source 要写事实编号、page、typical 或 employer，看到的是 {table.get('source')!r}"
        )
    note = str(table.get("note", ""))
    if all(s in _NEEDS_NOTE for s in sources if isinstance(s, str)) and not note:
        faults.append(f"{key}:source 不是事实编号时，note 要写明依据")
    if base is None:
        low, high = table.get("min"), table.get("max")
        if any(isinstance(b, bool) or not isinstance(b, int | float | None) for b in (low, high)):
            faults.append(f"{key}:min 和 max 要写数，看到的是 {low!r} 和 {high!r}")
            return None
    else:
        low, high = base.minimum, base.maximum
        if (table.get("min", low), table.get("max", high)) != (low, high):
            given = f"{table.get('min', low)} 到 {table.get('max', high)}"
            faults.append(f"{key}：允许的范围由课程定，不能改，看到的是 {given}")
    if base is not None and not _same_type(table["value"], base.value):
        faults.append(f"{key}：应当与原值 {base.value!r} 同一种类，看到的是 {table['value']!r}")
    if base is not None and unit != base.unit:
        faults.append(f"{key}：单位应当是{base.unit}，看到的是{unit}")
    faults.extend(
        f"{key}：应当在 {_LEAST if low is None else low} 到 {_LARGEST if high is None else high} 之间，看到的是 {n!r}"
        for n in _numbers(table["value"])
        if not abs(n) <= _LARGEST or (low is not None and n < low) or (high is not None and n > high)
    )
    if len(faults) > before:
        return None
    return Entry(table["value"], str(unit), sources, note, low, high)


def _numbers(value: Any) -> list[float]:
    if isinstance(value, list):
        return [n for item in value for n in _numbers(item)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def _same_type(new: Any, old: Any) -> bool:
    """Whether a province's value has the shape of ours: a list may have more or fewer items, each like ours."""
    if isinstance(old, bool) or isinstance(new, bool):
        return isinstance(old, bool) and isinstance(new, bool)
    if isinstance(old, int | float):
        return isinstance(new, int | float)
    if isinstance(old, dict):
        return (
            isinstance(new, dict)
            and new.keys() == old.keys()
            and all(_same_type(new[k], old[k]) for k in old)
        )
    if isinstance(old, list):
        return isinstance(new, list) and bool(new) and all(_same_item(item, old[0]) for item in new)
    return isinstance(new, type(old))


def _same_item(new: Any, old: Any) -> bool:
    """Whether an item of a list is like ours; an item that is a list itself has as many parts."""
    if isinstance(old, list):
        return (
            isinstance(new, list)
            and len(new) == len(old)
            and all(_same_type(one, other) for one, other in zip(new, old, strict=True))
        )
    return _same_type(new, old)


def _override(policy: Policy, tables: Mapping[str, Any], where: str) -> Policy:
    faults: list[str] = []
    entries = dict(policy.entries)
    for key, table in tables.items():
        if key not in policy.entries:
            faults.append(f"{key}：政策 {policy.name} 里没有这一项")
            continue
        entry = _entry(key, table, faults, policy.entries[key])
        if entry is not None:
            entries[key] = entry
    if faults:
        raise ContentError(where, faults)
    return Policy(policy.name, policy.title, entries)
