"""The compiled functions of the route search, run as plain Python."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

import pytest

MODULES = ("chance", "undo", "route", "queue", "ruin", "recreate", "anneal")


def modules() -> list[ModuleType]:
    """Modules that hold compiled functions."""
    return [import_module(f"coursekit.domain.routing.{name}") for name in MODULES]


def uncompiled(patch: pytest.MonkeyPatch) -> None:
    """Put the Python function in the place of each compiled one."""
    for module in modules():
        for name, function in list(vars(module).items()):
            if hasattr(function, "py_func"):
                patch.setattr(module, name, function.py_func)
