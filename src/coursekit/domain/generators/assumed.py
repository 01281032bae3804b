"""Assumed numbers of the synthetic tables, from `assignments/policy/datasets.toml`.

A province's own values never reach them: the shipped tables must regenerate byte-identically.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from coursekit import resources


def number(key: str) -> float:
    """Assumed number by dotted key, such as `visits.missed`."""
    return float(value(key))


def count(key: str) -> int:
    """Assumed whole number by dotted key."""
    return int(value(key))


def value(key: str) -> Any:
    """Assumed value of any type by dotted key."""
    file = resources.policy("datasets")
    section, _, name = key.partition(".")
    return _read(file, file.stat().st_mtime_ns)[section][name]["value"]


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
