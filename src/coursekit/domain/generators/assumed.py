"""Assumed numbers of the synthetic tables, from `assignments/policy/datasets.toml`.

A province's own values never reach them: the shipped tables must regenerate byte-identically.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from coursekit import resources


def number(key: str) -> float:
    """Assumed number by dotted key, such as `visits.missed`."""
    return float(value(key))


def count(key: str) -> int:
    """Assumed whole number by dotted key."""
    return int(value(key))


def value(key: str) -> Any:
    """Assumed number or list by dotted key; lists are shared, so callers only read them."""
    section, _, name = key.partition(".")
    return _read()[section][name]["value"]


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return tomllib.loads(resources.policy("datasets").read_text("utf-8"))
