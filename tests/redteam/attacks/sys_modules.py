"""Replaces modules the test imports."""

from tests.redteam.expected import NOTHING

CELL = r"""
import sys, types
for name in ('pandas', 'numpy', 'pandas.testing', 'json'):
    sys.modules[name] = types.ModuleType(name)
total = 5
"""
EXPECT = NOTHING
