"""One file per dataset: seeded, pure, the same rows on every machine.

A generator module has `rows(variant)`, a list of plain rows whose keys are the catalogue's columns.
"""

from __future__ import annotations

from collections.abc import Callable

Value = str | int | float | bool | None
Row = dict[str, Value]
Generator = Callable[[str | None], list[Row]]
