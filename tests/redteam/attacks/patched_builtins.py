"""Replaces built-in functions."""

from tests.redteam.expected import NOTHING

CELL = r"""
import builtins
builtins.AssertionError = type('Never', (Exception,), {})
builtins.isinstance = lambda *a: True
builtins.len = lambda x: 3
builtins.abs = lambda x: 0
total = 5
"""
EXPECT = NOTHING
