"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import coursekit.domain

MODULES = [info.name for info in pkgutil.walk_packages(coursekit.domain.__path__, "coursekit.domain.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
